//! Weighs candidates by what all predictors say of them: a conditional logit with "none of them" as one more choice.

use serde::{Deserialize, Serialize};

use super::opinions::{N_SIGNS, Opinions};

/// What is known about an item's kind decides how far each predictor is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Regime {
    /// Items of its name family are known.
    Familiar,
    /// No item bears such a name.
    New,
    /// Much less is filled in than usual.
    Sparse,
}

/// One weight per sign.
pub type Weights = [f64; N_SIGNS];

/// Learned on items that the predictors had not seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stacker {
    /// By regime.
    pub weights: [Weights; 3],
    /// Share of the usual coverage below which an item is sparse.
    pub sparse_below: f64,
    /// Similarity of the nearest item that nearly all tried ones reached; below it nothing was tried.
    pub tried_score: f64,
    /// Sum of the four best probabilities below which the answer is withheld.
    pub answer_above: f64,
    /// How often the surest tenth of the answers was right: no answer is surer than trials can show.
    pub most_prob: f64,
}

impl Default for Stacker {
    /// Without any trial: the mean of what the predictors say, damped.
    fn default() -> Self {
        Self {
            weights: [super::opinions::UNTRIED; 3],
            sparse_below: 0.5,
            tried_score: 0.0,
            answer_above: 0.0,
            most_prob: 0.95,
        }
    }
}

impl Stacker {
    /// Which weights hold.
    pub fn regime(&self, is_familiar: bool, coverage: f64) -> Regime {
        match (coverage < self.sparse_below, is_familiar) {
            (true, _) => Regime::Sparse,
            (false, true) => Regime::Familiar,
            (false, false) => Regime::New,
        }
    }

    /// Probability of each candidate, in their order; what is left to one is that of none.
    ///
    /// For an item farther from everything than those that were tried, the trials promise nothing: the probabilities
    /// fall in proportion to the similarity.
    pub fn probabilities(&self, opinions: &Opinions, regime: Regime) -> Vec<f64> {
        let tried = if self.tried_score > 0.0 { (opinions.nearest / self.tried_score).min(1.0) } else { 1.0 };
        let mut all = shares(&self.weights[regime as usize], opinions);
        all.pop();
        all.iter_mut().for_each(|share| *share = (*share * tried).min(self.most_prob));
        all
    }
}

/// Share of each candidate and, last, of none.
pub fn shares(weights: &Weights, opinions: &Opinions) -> Vec<f64> {
    let score = |signs: &[f64; N_SIGNS]| signs.iter().zip(weights).map(|(sign, weight)| sign * weight).sum::<f64>();
    let mut scores: Vec<f64> = opinions.all.iter().map(|opinion| score(&opinion.signs)).collect();
    scores.push(score(&opinions.none));
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    scores.iter_mut().for_each(|score| *score = libm::exp(*score - highest));
    let total: f64 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= total);
    scores
}
