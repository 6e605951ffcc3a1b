//! How much of a route an ideal predictor could know: a ceiling to judge real ones by.

use std::collections::BTreeMap;

use super::drawing::{Known, features};
use super::operations::{Visible, jobs};
use super::sampling::distribution;

/// Remembers the best possible chance of naming the job sequence, per kind of item.
#[derive(Default)]
pub struct Ceiling {
    best: BTreeMap<(Visible, Known), f64>,
}

impl Ceiling {
    /// Probability of the likeliest job sequence of the main routing, given what is visible and known.
    ///
    /// Exact: every combination of drawing features and planner habits is run through and weighed.
    pub fn of(&mut self, visible: Visible, known: Known) -> f64 {
        *self.best.entry((visible, known)).or_insert_with(|| {
            let outcomes = distribution(|chooser| {
                let features = features(visible.drawing, known, chooser);
                jobs(visible, features, None, chooser)
            });
            outcomes.into_values().fold(0.0, f64::max)
        })
    }
}
