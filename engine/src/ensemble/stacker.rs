//! Weighs candidates by what all predictors say of them: their linear pool, a conditional logit over it with "none of
//! them" as one more choice, and a curve that makes the first candidate's probability true.

use serde::{Deserialize, Serialize};

use super::registered::COLUMNS;
use super::stacker_features::{
    FEATURES, Features, Form, Highest, StackerFeature, features, features_of, pooled, untried_weights,
};
use super::{BasePrediction, BasePredictions, N_COLUMNS};

/// What is known about an item decides how far the predictors are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Regime {
    /// As much is filled in as usual.
    Usual,
    /// Much less is.
    Sparse,
}

/// Share of each column in the linear pool.
pub type Pool = [f64; N_COLUMNS];

/// Learned on items that the predictors had not seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stacker {
    /// Adds up to 1.
    pub pool: Pool,
    /// One weight per feature, by regime.
    pub weights: [Features; 2],
    /// By regime.
    pub curves: [Curve; 2],
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
            pool: COLUMNS.map(|column| column.untried_weight),
            weights: [untried_weights(); 2],
            curves: [Curve::default(); 2],
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
    /// The curve moves the first candidate; the others and "none" share what it leaves as before, and none of them
    /// passes it.
    ///
    /// For an item farther from everything than those that were tried, the trials promise nothing: the probabilities
    /// fall in proportion to the similarity.
    pub fn probabilities(&self, predictions: &BasePredictions, regime: Regime) -> Vec<f64> {
        let tried = if self.tried_score > 0.0 { (predictions.nearest / self.tried_score).min(1.0) } else { 1.0 };
        let mut all = self.uncurved(predictions, regime);
        // Of equal ones the one that stands first.
        let first = (0..all.len()).max_by(|a, b| all[*a].total_cmp(&all[*b]).then_with(|| b.cmp(a)));
        if let Some(first) = first.filter(|first| all[*first] < 1.0) {
            let curved = self.curves[regime as usize].of(all[first]);
            let left = (1.0 - curved) / (1.0 - all[first]);
            all.iter_mut().for_each(|share| *share = (*share * left).min(curved));
            all[first] = curved;
        }
        all.iter_mut().for_each(|share| *share = (*share * tried).min(self.most_prob));
        all
    }

    /// The same before the curve, the distance and the cap: what the curve is fitted to.
    pub fn uncurved(&self, predictions: &BasePredictions, regime: Regime) -> Vec<f64> {
        let mut all = shares(&self.weights[regime as usize], &features(&self.pool, predictions));
        all.pop();
        all
    }
}

/// From a stated probability to a true one: rising, and true to both ends.
///
/// # Source
/// The beta calibration of Kull, Silva Filho, Flach, "Beyond sigmoids", 2017.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// What the logarithm of the probability counts; not negative.
    pub of_prob: f64,
    /// What that of its complement counts; not negative.
    pub of_rest: f64,
    pub shift: f64,
}

impl Default for Curve {
    /// The straight line.
    fn default() -> Self {
        Self { of_prob: 1.0, of_rest: 1.0, shift: 0.0 }
    }
}

impl Curve {
    /// The true probability of what was stated, 0 to 1.
    pub fn of(&self, stated: f64) -> f64 {
        let [of_prob, of_rest, one] = Self::terms(stated);
        let odds = self.of_prob * of_prob + self.of_rest * of_rest + self.shift * one;
        1.0 / (1.0 + libm::exp(-odds))
    }

    /// What its three numbers are multiplied with.
    pub fn terms(stated: f64) -> [f64; 3] {
        let stated = stated.clamp(1e-4, 1.0 - 1e-4);
        [libm::log(stated), -libm::log(1.0 - stated), 1.0]
    }
}

/// Why one candidate is likelier than another: the terms add up to the logarithm of their odds, before the curve and the
/// cap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// What each column's own probabilities say.
    pub shares: [f64; N_COLUMNS],
    /// What the nearness of the items says that have the one or the other, and who is the vote's favourite.
    pub neighbours: f64,
    /// How many items have the one or the other.
    pub frequency: f64,
    /// How much the one or the other is, or resembles, what most predictors favour.
    pub agreement: f64,
}

impl Stacker {
    /// The first candidate against the second, both of them among the base predictions.
    ///
    /// # Source
    /// The logarithm of a pool is no sum; its difference is shared out in proportion to what each predictor adds to the
    /// difference of the pools, by their logarithmic mean, which leaves nothing over (Ang, "The LMDI approach to
    /// decomposition analysis", 2005).
    pub fn contrast(
        &self,
        regime: Regime,
        predictions: &BasePredictions,
        first: &BasePrediction,
        second: &BasePrediction,
    ) -> Contrast {
        let weights = &self.weights[regime as usize];
        let highest = Highest::of(&self.pool, predictions);
        let (a, b) = (features_of(&self.pool, &highest, first), features_of(&self.pool, &highest, second));
        let (mut of_pool, mut of_columns) = (0.0, [0.0; N_COLUMNS]);
        let (mut neighbours, mut frequency, mut agreement) = (0.0, 0.0, 0.0);
        for (at, feature) in FEATURES.iter().enumerate() {
            let says = weights[at] * (a[at] - b[at]);
            match feature {
                StackerFeature::Of(column, _) => of_columns[*column] += says,
                StackerFeature::Pool(Form::IsHighest) | StackerFeature::Alike => agreement += says,
                StackerFeature::Pool(_) => of_pool += says,
                StackerFeature::Nearness | StackerFeature::IsVoted => neighbours += says,
                StackerFeature::ItemCount | StackerFeature::IsUnseen => frequency += says,
                // The same for both.
                StackerFeature::IsNone => {}
            }
        }
        let gap = pooled(&self.pool, first) - pooled(&self.pool, second);
        let rate = if gap == 0.0 { 0.0 } else { of_pool / gap };
        let share =
            |column| rate * self.pool[column] * (first.shares[column] - second.shares[column]) + of_columns[column];
        Contrast { shares: std::array::from_fn(share), neighbours, frequency, agreement }
    }
}

/// Share of each choice whose features are given.
pub fn shares(weights: &Features, choices: &[Features]) -> Vec<f64> {
    let score =
        |features: &Features| features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum::<f64>();
    let mut scores: Vec<f64> = choices.iter().map(score).collect();
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    scores.iter_mut().for_each(|score| *score = libm::exp(*score - highest));
    let total: f64 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= total);
    scores
}
