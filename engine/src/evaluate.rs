//! How good a model is on items that it has not seen, beside simple baselines.
//!
//! Comes in: a plant. Goes out: scores of the model and of the baselines on the same held-out items.
//! Never does: any fitting on held-out items; the model is trained on the rest only.

mod baselines;
mod score;
mod split;
mod times;

use serde::{Deserialize, Serialize};

use crate::domain::{Item, Plant, Routing};
use crate::model::ReliabilityBin;
use crate::predict::{OwnHistory, PredictOptions};
use crate::train::curves::reliability;
use crate::train::{TrainError, TrainSettings, train};

pub use score::MethodScore;
pub use split::Split;
pub use times::{ClassScore, TimeScore};

/// Settings of one evaluation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EvaluateSettings {
    pub split: Split,
    /// Share of the items with a routing that is held out, 0 to 1 exclusive.
    pub holdout: f64,
    pub seed: u64,
}

/// Result of one evaluation. Shares are 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    pub split: Split,
    pub holdout: f64,
    pub seed: u64,
    /// Items with a routing that were trained on.
    pub n_train: usize,
    /// Items that were held out.
    pub n_test: usize,
    /// Share of held-out routes that occur in training: what copying can reach at best.
    pub seen_route_share: f64,
    /// Share of held-out items that got an answer; an abstention counts as wrong in every score.
    pub answered_share: f64,
    /// Stated against true for the model's first candidates, in ten bins of equal mass; empty with too few answers.
    #[serde(default)]
    pub reliability: Vec<ReliabilityBin>,
    /// The model first, then each of its predictors alone, then the baselines.
    pub scores: Vec<MethodScore>,
    /// Times of the model and of the mean of neighbours, setup first, on the same operations.
    pub times: Vec<TimeScore>,
}

/// Why no evaluation was possible.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum EvaluateError {
    #[error("holdout {0} is not between 0 and 1")]
    Holdout(f64),
    #[error("{n} items with a routing are too few to hold any out: at least 10 are needed")]
    TooFew { n: usize },
    #[error("a time split needs routings with a creation date: {n_dated} of {n} items have one")]
    NoDates { n_dated: usize, n: usize },
    #[error("no name family is small enough to be held out: the {n} items share too few names")]
    OneFamily { n: usize },
    #[error(transparent)]
    Train(#[from] TrainError),
}

/// One held-out item with its true routing.
pub(crate) struct Case<'a> {
    pub item: &'a Item,
    pub truth: &'a Routing,
}

/// Holds items out, trains on the rest, and compares with the baselines; `progress` hears the share done.
///
/// # Errors
/// [`EvaluateError`] says what is missing.
pub fn evaluate(
    plant: &Plant,
    settings: &EvaluateSettings,
    progress: &mut dyn FnMut(f64),
) -> Result<Evaluation, EvaluateError> {
    let held_out = split::hold_out(plant, settings)?;
    let (rest, cases) = split::divide(plant, &held_out);
    let settings_of_training = TrainSettings { seed: settings.seed };
    let model = train(&rest, &settings_of_training, &mut |_, share| progress(share * 0.6))?;
    let options = PredictOptions { own_history: OwnHistory::Ignore, n_neighbours: 10, max_candidates: 4 };
    let mut answers = Vec::with_capacity(cases.len());
    for (at, case) in cases.iter().enumerate() {
        progress(0.6 + 0.35 * at as f64 / cases.len() as f64);
        answers.push(model.predict(case.item, &options));
    }
    let n_answered = answers.iter().filter(|answer| !answer.abstained).count();
    let mut scores = vec![score::of_model(&cases, &answers, plant)];
    scores.extend(score::of_parts(&cases, &model));
    scores.extend(baselines::scores(&rest, &cases));
    progress(1.0);
    Ok(Evaluation {
        split: settings.split,
        holdout: settings.holdout,
        seed: settings.seed,
        n_train: model.card().n_items_with_routing,
        n_test: cases.len(),
        seen_route_share: baselines::seen_route_share(&rest, &cases),
        answered_share: n_answered as f64 / cases.len().max(1) as f64,
        reliability: reliability(&score::stated(&cases, &answers)),
        scores,
        times: times::scores(plant, &cases, &answers),
    })
}
