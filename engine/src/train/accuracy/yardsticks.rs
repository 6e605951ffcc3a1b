//! What costs nothing and needs no model, on the very items that the model is tried on: naming the commonest routes,
//! and copying the most similar item.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::snapshot::book::Book;

/// Names of the baselines, in the order of [`Ranks`].
pub const BASELINES: [&str; 2] = ["commonest_route", "nearest_item"];
/// Candidates of each.
const N_CANDIDATES: usize = 4;

/// Where each baseline has the true route among its four; `None` where it has not.
pub type Ranks = [Option<usize>; BASELINES.len()];

/// What the baselines know of the items that are not held out.
pub struct Baselines {
    commonest: Vec<Vec<u32>>,
}

impl Baselines {
    /// Over the main routes of the items that are not held out.
    pub fn of(book: &Book, routings: &[Range<usize>]) -> Self {
        let mut counts: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
        for range in routings {
            *counts.entry(book.routings[range.start].jobs()).or_default() += 1;
        }
        let mut order: Vec<(Vec<u32>, usize)> = counts.into_iter().collect();
        order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Self { commonest: order.into_iter().take(N_CANDIDATES).map(|(jobs, _)| jobs).collect() }
    }

    /// Places of `truth`; `near` are score and routings of the neighbours, nearest first.
    pub fn ranks(&self, book: &Book, near: &[(f64, Range<usize>)], truth: &[u32]) -> Ranks {
        let mut copied: Vec<Vec<u32>> = Vec::new();
        for (_, range) in near {
            let jobs = book.routings[range.start].jobs();
            if copied.len() < N_CANDIDATES && !copied.contains(&jobs) {
                copied.push(jobs);
            }
        }
        [&self.commonest, &copied].map(|routes| routes.iter().position(|jobs| jobs == truth))
    }
}
