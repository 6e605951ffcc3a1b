//! Weighs candidates by what all predictors say of them: their pooled opinion, and a conditional logit over it with "none
//! of them" as one more choice.

use serde::{Deserialize, Serialize};

use super::opinions::{Opinion, Opinions, PARTS, STEPS};

/// Signs of a candidate, those of "none" included.
pub const N_SIGNS: usize = 10;
/// Position of the constant of "none".
const NONE: usize = 7;
/// Position of the pooled opinion.
const POOL: usize = 1;
/// Logarithms are cut here: beyond it, unlikely is unlikely.
const LEAST_LOG: f64 = -9.0;

/// What is known about an item decides how far the predictors are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Regime {
    /// As much is filled in as usual.
    Usual,
    /// Much less is.
    Sparse,
}

/// One weight per sign.
pub type Weights = [f64; N_SIGNS];

/// Share of each predictor in the pooled opinion, by [`PARTS`].
pub type Pool = [f64; PARTS.len()];

/// Learned on items that the predictors had not seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stacker {
    /// Adds up to 1.
    pub pool: Pool,
    /// By regime.
    pub weights: [Weights; 2],
    /// Share of the usual coverage below which an item is sparse.
    pub sparse_below: f64,
    /// Similarity of the nearest item that nearly all tried ones reached; below it nothing was tried.
    pub tried_score: f64,
    /// Sum of the four best probabilities below which the answer is withheld.
    pub answer_above: f64,
    /// How often the surest tenth of the answers was right: no answer is surer than trials can show.
    pub most_prob: f64,
}

/// Shares before anything was tried.
const UNTRIED_POOL: Pool = [0.2, 0.1, 0.1, 0.05, 0.05, 0.2, 0.3];

/// Weights before anything was tried.
const UNTRIED: Weights = {
    let mut weights = [0.0; N_SIGNS];
    weights[POOL] = 1.0;
    weights[NONE] = -1.2;
    weights
};

impl Default for Stacker {
    /// Without any trial: the mean of what the predictors say, damped.
    fn default() -> Self {
        Self {
            pool: UNTRIED_POOL,
            weights: [UNTRIED; 2],
            sparse_below: 0.5,
            tried_score: 0.0,
            answer_above: 0.0,
            most_prob: 0.95,
        }
    }
}

impl Stacker {
    /// Which weights hold.
    pub fn regime(&self, coverage: f64) -> Regime {
        if coverage < self.sparse_below { Regime::Sparse } else { Regime::Usual }
    }

    /// Probability of each candidate, in their order; what is left to one is that of none.
    ///
    /// For an item farther from everything than those that were tried, the trials promise nothing: the probabilities
    /// fall in proportion to the similarity.
    pub fn probabilities(&self, opinions: &Opinions, regime: Regime) -> Vec<f64> {
        let tried = if self.tried_score > 0.0 { (opinions.nearest / self.tried_score).min(1.0) } else { 1.0 };
        let mut all = shares(&self.weights[regime as usize], &signs(&self.pool, opinions));
        all.pop();
        all.iter_mut().for_each(|share| *share = (*share * tried).min(self.most_prob));
        all
    }
}

/// Pooled probability of a candidate: a linear opinion pool.
fn pooled(pool: &Pool, opinion: &Opinion) -> f64 {
    pool.iter().zip(&opinion.shares).map(|(weight, share)| weight * share).sum()
}

/// Signs of each candidate and, last, of none.
pub fn signs(pool: &Pool, opinions: &Opinions) -> Vec<Weights> {
    let mut all: Vec<Weights> = opinions
        .all
        .iter()
        .map(|opinion| {
            [
                libm::log(opinion.shares[STEPS]).max(LEAST_LOG),
                libm::log(pooled(pool, opinion) + 0.003),
                libm::log(f64::from(opinion.n_items) + 1.0),
                f64::from(u8::from(opinion.n_items == 0)),
                opinion.nearness,
                f64::from(u8::from(opinion.is_voted)),
                opinion.alike,
                0.0,
                0.0,
                0.0,
            ]
        })
        .collect();
    let highest = |of: &dyn Fn(&Opinion) -> f64| opinions.all.iter().map(of).fold(0.0, f64::max).min(1.0);
    let mut none = [0.0; N_SIGNS];
    none[NONE] = 1.0;
    none[NONE + 1] = libm::log(1.02 - highest(&|opinion| opinion.shares[STEPS]));
    none[NONE + 2] = libm::log(1.02 - highest(&|opinion| pooled(pool, opinion)));
    all.push(none);
    all
}

/// Share of each choice whose signs are given.
pub fn shares(weights: &Weights, signs: &[Weights]) -> Vec<f64> {
    let score = |signs: &Weights| signs.iter().zip(weights).map(|(sign, weight)| sign * weight).sum::<f64>();
    let mut scores: Vec<f64> = signs.iter().map(score).collect();
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    scores.iter_mut().for_each(|score| *score = libm::exp(*score - highest));
    let total: f64 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= total);
    scores
}
