//! How good a model is on items that it has not seen, beside simple baselines.

use serde::{Deserialize, Serialize};

use crate::domain::Plant;

/// How items are held out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Items at random.
    Random,
    /// The items whose routing is newest.
    Time,
    /// Whole name families (item name without digits).
    Family,
}

/// Settings of one evaluation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EvaluateSettings {
    pub split: Split,
    /// Share of the items with a routing that is held out, 0 to 1 exclusive.
    pub holdout: f64,
    pub seed: u64,
}

/// Scores of one method over the held-out items. Shares are 0 to 1; `None` is not defined for the method.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MethodScore {
    /// `model`, `commonest_route`, `copy_nearest`.
    pub method: String,
    /// The true job sequence is the first candidate.
    pub exact_at_1: f64,
    /// The true job sequence is among the first four.
    pub exact_at_4: f64,
    /// 1 − edit distance / longer length, first candidate.
    pub edit_similarity: f64,
    /// Expected calibration error, ten equal-mass bins.
    pub ece: Option<f64>,
    /// Share of matched operations whose work centre is right; `None` when the plant has none.
    pub work_centre_hit: Option<f64>,
    /// Median absolute percentage error of the run time per piece against planned or reported values.
    pub run_time_median_ape: Option<f64>,
    /// Share of held-out reports at or below P80.
    pub p80_coverage: Option<f64>,
}

/// Result of one evaluation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    pub split: Split,
    pub holdout: f64,
    pub seed: u64,
    pub n_train: usize,
    pub n_test: usize,
    /// Share of held-out routes that occur in training: the ceiling of copying.
    pub seen_route_share: f64,
    /// Share of held-out items that got an answer.
    pub answered_share: f64,
    pub scores: Vec<MethodScore>,
}

/// Why no evaluation was possible.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum EvaluateError {
    #[error("holdout {0} is not between 0 and 1")]
    Holdout(f64),
    #[error("{n} items with a routing are too few to hold any out")]
    TooFew { n: usize },
    #[error("a time split needs routings with a creation date: {n_dated} of {n} have one")]
    NoDates { n_dated: usize, n: usize },
    #[error(transparent)]
    Train(#[from] crate::train::TrainError),
}

/// Holds items out, trains on the rest, and compares with baselines.
pub fn evaluate(
    _plant: &Plant,
    _settings: &EvaluateSettings,
    _progress: &mut dyn FnMut(f64),
) -> Result<Evaluation, EvaluateError> {
    todo!()
}
