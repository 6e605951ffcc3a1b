//! Weighs candidates by what all predictors say of them: their linear pool, a conditional logit over it with "none of
//! them" as one more choice, and a curve that makes the first candidate's probability true.

use serde::{Deserialize, Serialize};

use super::base_predictions::{BasePrediction, BasePredictions, JOBS, PARTS, STEPS};

/// Features of a candidate, those of "none" included.
pub const N_FEATURES: usize = 15;
/// The steps' logarithm.
const STEPS_LOG: usize = 0;
/// The linear pool's logarithm.
const POOL: usize = 1;
/// How many items have the route.
const COUNT: usize = 2;
/// Whether none has it.
const UNSEEN: usize = 3;
const NEARNESS: usize = 4;
const VOTED: usize = 5;
const ALIKE: usize = 6;
/// The probabilities themselves: sure and nearly sure differ less in logarithms than in what they are worth.
const STEPS_SHARE: usize = 7;
const POOL_SHARE: usize = 8;
/// Whether it is the favourite of the steps, and of the pool.
const STEPS_BEST: usize = 9;
const POOL_BEST: usize = 10;
/// The constant of "none".
const NONE: usize = 11;
/// What the surest route leaves to "none", by the steps and by the pool.
const NONE_STEPS: usize = 12;
const NONE_POOL: usize = 13;
/// The jobs' logarithm.
const JOBS_LOG: usize = 14;
/// Logarithms are cut here: beyond it, unlikely is unlikely.
const LEAST_LOG: f64 = -9.0;
/// The same for the pool.
const LEAST_POOLED: f64 = 0.003;

/// What is known about an item decides how far the predictors are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Regime {
    /// As much is filled in as usual.
    Usual,
    /// Much less is.
    Sparse,
}

/// One weight per feature.
pub type Weights = [f64; N_FEATURES];

/// Share of each predictor in the linear pool, by [`PARTS`].
pub type Pool = [f64; PARTS.len()];

/// Learned on items that the predictors had not seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stacker {
    /// Adds up to 1.
    pub pool: Pool,
    /// By regime.
    pub weights: [Weights; 2],
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

/// Shares before anything was tried.
const UNTRIED_POOL: Pool = [0.2, 0.1, 0.1, 0.05, 0.05, 0.1, 0.3, 0.1];

/// Weights before anything was tried.
const UNTRIED: Weights = {
    let mut weights = [0.0; N_FEATURES];
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
    /// What each predictor's own probabilities say, by [`PARTS`].
    pub shares: [f64; PARTS.len()],
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
        let tops = Tops::of(&self.pool, predictions);
        let (a, b) = (features_of(&self.pool, tops, first), features_of(&self.pool, tops, second));
        let says = |feature: usize| weights[feature] * (a[feature] - b[feature]);
        let gap = pooled(&self.pool, first) - pooled(&self.pool, second);
        let rate = if gap == 0.0 { 0.0 } else { (says(POOL) + says(POOL_SHARE)) / gap };
        let mut shares = [0.0; PARTS.len()];
        for (part, share) in shares.iter_mut().enumerate() {
            *share = rate * self.pool[part] * (first.shares[part] - second.shares[part]);
        }
        shares[JOBS] += says(JOBS_LOG);
        shares[STEPS] += says(STEPS_LOG) + says(STEPS_SHARE) + says(STEPS_BEST);
        Contrast {
            shares,
            neighbours: says(NEARNESS) + says(VOTED),
            frequency: says(COUNT) + says(UNSEEN),
            agreement: says(ALIKE) + says(POOL_BEST),
        }
    }
}

/// Pooled probability of a candidate: a linear opinion pool (Stone, 1961).
fn pooled(pool: &Pool, prediction: &BasePrediction) -> f64 {
    pool.iter().zip(&prediction.shares).map(|(weight, share)| weight * share).sum()
}

/// The highest probability of any candidate.
#[derive(Clone, Copy)]
struct Tops {
    steps: f64,
    pool: f64,
}

impl Tops {
    fn of(pool: &Pool, predictions: &BasePredictions) -> Self {
        let highest = |of: &dyn Fn(&BasePrediction) -> f64| predictions.all.iter().map(of).fold(0.0, f64::max);
        Self {
            steps: highest(&|prediction| prediction.shares[STEPS]),
            pool: highest(&|prediction| pooled(pool, prediction)),
        }
    }
}

fn features_of(pool: &Pool, tops: Tops, prediction: &BasePrediction) -> Weights {
    let is = |condition: bool| f64::from(u8::from(condition));
    let (steps, together) = (prediction.shares[STEPS], pooled(pool, prediction));
    let mut features = [0.0; N_FEATURES];
    features[STEPS_LOG] = libm::log(steps).max(LEAST_LOG);
    features[JOBS_LOG] = libm::log(prediction.shares[JOBS]).max(LEAST_LOG);
    features[POOL] = libm::log(together + LEAST_POOLED);
    features[STEPS_SHARE] = steps;
    features[POOL_SHARE] = together;
    features[STEPS_BEST] = is(steps >= tops.steps);
    features[POOL_BEST] = is(together >= tops.pool);
    features[COUNT] = libm::log(f64::from(prediction.n_items) + 1.0);
    features[UNSEEN] = is(prediction.n_items == 0);
    features[NEARNESS] = prediction.nearness;
    features[VOTED] = is(prediction.is_voted);
    features[ALIKE] = prediction.alike;
    features
}

/// Features of each candidate and, last, of none.
pub fn features(pool: &Pool, predictions: &BasePredictions) -> Vec<Weights> {
    let tops = Tops::of(pool, predictions);
    let mut all: Vec<Weights> = predictions.all.iter().map(|prediction| features_of(pool, tops, prediction)).collect();
    let mut none = [0.0; N_FEATURES];
    none[NONE] = 1.0;
    none[NONE_STEPS] = libm::log(1.02 - tops.steps.min(1.0));
    none[NONE_POOL] = libm::log(1.02 - tops.pool.min(1.0));
    all.push(none);
    all
}

/// Share of each choice whose features are given.
pub fn shares(weights: &Weights, features: &[Weights]) -> Vec<f64> {
    let score =
        |features: &Weights| features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum::<f64>();
    let mut scores: Vec<f64> = features.iter().map(score).collect();
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    scores.iter_mut().for_each(|score| *score = libm::exp(*score - highest));
    let total: f64 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= total);
    scores
}
