//! Which of the plant's own routes an item gets: the linear model and the trees over whole routes.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::features::Cues;
use crate::predict::ScorePart;

use super::base_predictor::{BasePredictor, Column, Registration};
use super::{Forest, OutOfBag, Sheet, Softmax, normalised};

/// Routes that the plant has, with two models that choose among them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Routes {
    /// Job sequences, commonest first.
    pub routes: Vec<Vec<u32>>,
    /// Items that have each as their main routing.
    pub counts: Vec<u32>,
    pub linear: Softmax,
    pub trees: Forest,
}

/// Which of the plant's own routes an item gets, by a linear model and by trees.
pub const REGISTRATION: Registration = Registration {
    columns: &[
        Column { code: "route_linear", part: ScorePart::Routes, untried_weight: 0.1, is_compared: true },
        Column { code: "route_trees", part: ScorePart::Routes, untried_weight: 0.1, is_compared: true },
    ],
    read: |query| {
        let routes = &query.learned.routes;
        let found = routes.probabilities(query.cues, query.sheet, query.out_of_bag);
        Box::new(KnownRoutes { routes, found, places: routes.places() })
    },
};

/// The routes of the plant with their probabilities for one item.
struct KnownRoutes<'a> {
    routes: &'a Routes,
    found: RouteProbs,
    places: BTreeMap<&'a [u32], usize>,
}

impl BasePredictor for KnownRoutes<'_> {
    fn propose(&mut self, n_best: usize) -> Vec<Vec<u32>> {
        let best = |shares| best(shares, n_best).into_iter().map(|at| self.routes.routes[at].clone());
        best(&self.found.linear).chain(best(&self.found.trees)).collect()
    }

    fn rate(&mut self, candidates: &[Vec<u32>]) -> Vec<Vec<f64>> {
        let share = |shares: &[f32], jobs: &Vec<u32>| {
            self.places.get(jobs.as_slice()).map_or(0.0, |place| f64::from(shares[*place]))
        };
        let column = |shares: &[f32]| candidates.iter().map(|jobs| share(shares, jobs)).collect();
        vec![column(&self.found.linear), column(&self.found.trees)]
    }
}

/// Positions of the `n_best` largest shares, best first; equal ones in order.
fn best(shares: &[f32], n_best: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..shares.len()).filter(|at| shares[*at] > LEAST_SHARE).collect();
    order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]).then_with(|| a.cmp(b)));
    order.truncate(n_best);
    order
}

/// A route less likely than this is not proposed.
const LEAST_SHARE: f32 = 1e-3;

fn sorted(jobs: &[u32]) -> Vec<u32> {
    let mut sorted = jobs.to_vec();
    sorted.sort_unstable();
    sorted
}

/// Probability of each route by each model, in the order of [`Routes::routes`].
pub struct RouteProbs {
    pub linear: Vec<f32>,
    pub trees: Vec<f32>,
}

impl Routes {
    /// Probabilities for an item. Where a model may not be asked, the other one stands in.
    pub fn probabilities(&self, cues: &Cues, sheet: &Sheet, out_of_bag: OutOfBag) -> RouteProbs {
        let mut found = RouteProbs { linear: vec![0.0; self.routes.len()], trees: vec![0.0; self.routes.len()] };
        let trees = self.trees.shares(&sheet.with(None), |tree| out_of_bag.allows(tree)).unwrap_or_default();
        let linear = if out_of_bag.allows_all() { normalised(&self.linear.scores(&cues.terms)) } else { trees.clone() };
        let spread = |all: &mut [f32], classes: &[u32], shares: &[f32]| {
            classes.iter().zip(shares).for_each(|(class, share)| all[*class as usize] = *share);
        };
        spread(&mut found.trees, &self.trees.classes, &trees);
        spread(&mut found.linear, &self.linear.classes, &linear);
        found
    }

    /// Share of each of the `named` orders among all items that take just these jobs, 0 to 1. One that was never seen counts
    /// as half an item; jobs that nobody took together have but one order.
    pub fn order_shares(&self, named: &[Vec<u32>]) -> Vec<f64> {
        const UNSEEN: f64 = 0.5;
        let sets: Vec<Vec<u32>> = named.iter().map(|jobs| sorted(jobs)).collect();
        // Most routes have other jobs, as their sum tells at once.
        let sums: BTreeSet<u32> = sets.iter().map(|set| set.iter().sum()).collect();
        let mut totals: BTreeMap<&[u32], u32> = sets.iter().map(|set| (set.as_slice(), 0)).collect();
        let mut own: BTreeMap<&[u32], u32> = named.iter().map(|jobs| (jobs.as_slice(), 0)).collect();
        for (jobs, count) in self.routes.iter().zip(&self.counts).filter(|(jobs, _)| sums.contains(&jobs.iter().sum()))
        {
            if let Some(total) = totals.get_mut(sorted(jobs).as_slice()) {
                *total += count;
            }
            if let Some(own) = own.get_mut(jobs.as_slice()) {
                *own = *count;
            }
        }
        let share = |(jobs, set): (&Vec<u32>, &Vec<u32>)| match (own[jobs.as_slice()], totals[set.as_slice()]) {
            (_, 0) => 1.0,
            (0, total) => UNSEEN / (f64::from(total) + UNSEEN),
            (own, total) => f64::from(own) / (f64::from(total) + UNSEEN),
        };
        named.iter().zip(&sets).map(share).collect()
    }

    /// Position of each route, by its jobs.
    pub fn places(&self) -> BTreeMap<&[u32], usize> {
        self.routes.iter().enumerate().map(|(at, jobs)| (jobs.as_slice(), at)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_counts_by_the_items_that_have_it() {
        let routes =
            Routes { routes: vec![vec![0, 1, 2], vec![1, 0, 2], vec![3]], counts: vec![6, 3, 4], ..Routes::default() };
        let shares = routes.order_shares(&[vec![0, 1, 2], vec![2, 1, 0], vec![0, 3]]);
        assert!((shares[0] - 6.0 / 9.5).abs() < 1e-9 && (shares[1] - 0.5 / 9.5).abs() < 1e-9);
        assert_eq!(shares[2], 1.0, "nobody takes these two, though their sum is that of others");
    }
}
