//! Confidence that means a frequency: signs of agreement, turned into a probability by what happened in training.

use serde::{Deserialize, Serialize};

use super::vote::{Ranked, Vote};

/// Number of signs.
pub const N_SIGNS: usize = 6;

/// What the evidence looks like before it is known whether the answer is right, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signs(pub [f64; N_SIGNS]);

impl Signs {
    /// Reads the signs of one vote.
    ///
    /// `scores` are the neighbours' similarities, nearest first; `coverage` is the share of feature weight that the
    /// query fills.
    pub fn of(ranked: &[Ranked], votes: &[Vote], scores: &[f64], coverage: f64) -> Self {
        let first = ranked.first();
        let share = first.map_or(0.0, |best| best.share);
        let margin = first.map_or(0.0, |best| best.score) - ranked.get(1).map_or(0.0, |second| second.score);
        let top: Vec<f64> = scores.iter().take(5).copied().collect();
        let mean = top.iter().sum::<f64>() / top.len().max(1) as f64;
        // Number of voters as if all weighed the same; a single voter who decides alone is weak evidence.
        let concentration: f64 = votes.iter().map(|vote| vote.share * vote.share).sum();
        Self([share, margin.clamp(0.0, 1.0), scores.first().copied().unwrap_or(0.0), mean, coverage, concentration])
    }

    /// Similarity of the nearest item.
    pub fn nearest(&self) -> f64 {
        self.0[2]
    }
}

/// A logistic model of "the first candidate is right", and what the others share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    pub intercept: f64,
    pub slopes: [f64; N_SIGNS],
    /// P(the truth is among the next candidates | the first is wrong).
    pub next_prob: f64,
    /// Similarity of the nearest item that nearly all trials reached; below it nothing was tried.
    pub tried_score: f64,
}

impl Default for Calibration {
    /// Without any trial: the vote share itself, damped.
    fn default() -> Self {
        Self { intercept: -2.0, slopes: [3.0, 0.0, 0.0, 0.0, 0.0, 0.0], next_prob: 0.3, tried_score: 0.0 }
    }
}

/// No answer is surer than the trials can show.
const MAX_PROB: f64 = 0.995;

impl Calibration {
    /// Probability that the first candidate is right.
    ///
    /// For an item farther from everything than those that were tried, the trials promise nothing: the probability
    /// falls in proportion to the similarity.
    pub fn first(&self, signs: &Signs) -> f64 {
        let tried = if self.tried_score > 0.0 { (signs.nearest() / self.tried_score).min(1.0) } else { 1.0 };
        (tried * sigmoid(self.intercept + dot(&self.slopes, &signs.0))).min(MAX_PROB)
    }

    /// Probability of each candidate, in their order; never rising, and in sum at most 1.
    pub fn all(&self, signs: &Signs, ranked: &[Ranked]) -> Vec<f64> {
        let first = self.first(signs);
        let rest = (1.0 - first) * self.next_prob;
        let total: f64 = ranked.iter().skip(1).map(|candidate| candidate.score).sum();
        let mut ceiling = first;
        ranked
            .iter()
            .enumerate()
            .map(|(at, candidate)| {
                if at > 0 {
                    let part = if total > 0.0 { candidate.score / total } else { 0.0 };
                    ceiling = ceiling.min(rest * part);
                }
                ceiling
            })
            .collect()
    }
}

/// The logistic function.
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_far_from_all_that_was_tried_is_trusted_less() {
        let calibration = Calibration { tried_score: 0.8, ..Calibration::default() };
        let near = Signs([0.9, 0.5, 0.8, 0.8, 1.0, 0.2]);
        let far = Signs([0.9, 0.5, 0.2, 0.8, 1.0, 0.2]);
        assert!((calibration.first(&far) - calibration.first(&near) / 4.0).abs() < 1e-12);
    }

    #[test]
    fn probabilities_never_rise_and_never_exceed_one_in_sum() {
        let calibration = Calibration::default();
        let ranked: Vec<Ranked> =
            [0.5, 0.3, 0.2].iter().map(|share| Ranked { jobs: vec![1], share: *share, score: *share }).collect();
        let all = calibration.all(&Signs([0.5, 0.2, 0.9, 0.9, 1.0, 0.1]), &ranked);
        assert!(all.windows(2).all(|pair| pair[0] >= pair[1]), "{all:?}");
        assert!(all.iter().sum::<f64>() <= 1.0);
    }
}
