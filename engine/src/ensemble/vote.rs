//! The vote of the neighbours as a base predictor.

use std::collections::BTreeMap;

use crate::predict::ScorePart;
use crate::predict::vote::Ranked;

use super::base_predictor::{BasePredictor, Column, Registration};

/// What similar items do. The item itself is none of its neighbours.
pub const REGISTRATION: Registration = Registration {
    columns: &[Column { code: "vote", part: ScorePart::Vote, untried_weight: 0.2, is_compared: true }],
    read: |query| {
        let ranked = query.neighbourhood.ranked;
        Box::new(Vote { ranked, by_jobs: ranked.iter().map(|ranked| (ranked.jobs.as_slice(), ranked)).collect() })
    },
};

struct Vote<'a> {
    /// Likeliest first.
    ranked: &'a [Ranked],
    by_jobs: BTreeMap<&'a [u32], &'a Ranked>,
}

impl BasePredictor for Vote<'_> {
    fn propose(&mut self, n_best: usize) -> Vec<Vec<u32>> {
        self.ranked.iter().take(n_best).map(|ranked| ranked.jobs.clone()).collect()
    }

    fn rate(&mut self, candidates: &[Vec<u32>]) -> Vec<Vec<f64>> {
        let score = |jobs: &Vec<u32>| self.by_jobs.get(jobs.as_slice()).map_or(0.0, |ranked| ranked.score);
        vec![candidates.iter().map(score).collect()]
    }
}
