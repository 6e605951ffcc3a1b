//! How much of a route an ideal predictor could know: a ceiling to judge real ones by.

use std::collections::BTreeMap;

use super::catalogue::Job;
use super::drawing::{Known, features};
use super::operations::{Visible, jobs};
use super::sampling::distribution;

/// The likeliest job sequence of one kind of item.
#[derive(Clone, Debug)]
pub struct Best {
    pub jobs: Vec<Job>,
    pub prob: f64,
}

/// Remembers the likeliest job sequence per kind of item.
#[derive(Default)]
pub struct Ceiling {
    best: BTreeMap<(Visible, Known), Best>,
}

impl Ceiling {
    /// The likeliest job sequence of the main routing, given what is visible and known.
    ///
    /// Exact: every combination of drawing features and planner habits is run through and weighed.
    pub fn of(&mut self, visible: Visible, known: Known) -> &Best {
        self.best.entry((visible, known)).or_insert_with(|| {
            let outcomes = distribution(|chooser| {
                let features = features(visible.drawing, known, chooser);
                jobs(visible, features, None, chooser)
            });
            let likeliest = outcomes.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
            let (jobs, prob) = likeliest.expect("a run has at least one outcome");
            Best { jobs, prob }
        })
    }
}
