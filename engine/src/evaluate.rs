//! How good a model is on items that it has not seen, beside simple baselines and beside each of its parts.
//!
//! Comes in: a plant. Goes out: scores of the model, its parts and the baselines on the same held-out items, with
//! intervals, and what in the data could make them too good to be true.
//! Never does: any fitting on held-out items, on their exact copies or, in a family split, on their name families.

mod baselines;
mod bootstrap;
mod breakdown;
mod compare;
mod copies;
mod curves;
mod measure;
mod peer;
mod repeat;
mod score;
mod split;
mod suspicious;
#[cfg(test)]
mod tests;
mod times;

use serde::{Deserialize, Serialize};

use crate::domain::{Item, ItemCode, Plant, Routing};
use crate::features::Sentences;
use crate::model::{CoveragePoint, ReliabilityBin};
use crate::train::TrainError;
use crate::watch::{Hear, Watch, watched};

pub use crate::model::MethodKind;
pub use bootstrap::Interval;
pub use breakdown::{Breakdown, TypeScore};
pub use compare::{Comparison, Measure};
pub use peer::KnnVote;
pub use score::MethodScore;
pub use split::Split;
pub use suspicious::{Suspicion, SuspiciousColumn};
pub use times::{ClassScore, TimeScore};

use bootstrap::{Resamples, mean};
use measure::{Jobs, Outcome};
use repeat::{Given, Heard, Tried};

/// Settings of one evaluation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EvaluateSettings {
    pub split: Split,
    /// Share of the items with a routing that is held out, 0 to 1 exclusive.
    pub holdout: f64,
    pub seed: u64,
    /// How often it is done, with seeds from `seed` on; at least 1.
    pub n_repeats: usize,
    /// Cross-validation instead, with so many folds: every item with a routing is held out once. At least 2.
    pub n_folds: Option<usize>,
    /// Columns that nobody may look at; `item_nm` is the name.
    pub without: Vec<String>,
}

impl EvaluateSettings {
    /// One time, with all columns.
    pub fn once(split: Split, holdout: f64, seed: u64) -> Self {
        Self { split, holdout, seed, n_repeats: 1, n_folds: None, without: Vec::new() }
    }
}

/// Result of one evaluation. Shares are 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    pub split: Split,
    pub holdout: f64,
    pub seed: u64,
    /// How often items were held out: the number of repeats, or of folds.
    pub n_repeats: usize,
    /// Whether every item was held out once, in folds.
    pub is_cross_validation: bool,
    /// Columns that nobody looked at.
    pub without: Vec<String>,
    /// Items with a routing that were trained on, mean of the repeats.
    pub n_train: usize,
    /// Held-out items asked about, all repeats together: the n of every share over answers.
    pub n_test: usize,
    /// What intervals resample: distinct held-out items, or name families in a family split.
    pub n_units: usize,
    /// Items that left the training because they are exact copies of a held-out item, all repeats together.
    pub n_copies_removed: usize,
    /// Further items that left it because a family split has held their name family out: they have no routing.
    pub n_relatives_removed: usize,
    /// Share of held-out routes that occur in training: what copying can reach at best.
    pub seen_route_share: f64,
    /// Held-out routes that do not: see [`MethodScore::unseen_exact_at_1`].
    pub n_unseen: usize,
    /// Held-out items that got an answer.
    pub n_answered: usize,
    /// Share of held-out items that got an answer; an abstention counts as wrong in every score.
    pub answered_share: f64,
    /// Share of the answered items whose first candidate is right; `None` when none was answered.
    pub answered_exact_at_1: Option<f64>,
    /// Share of them with the right one among the first four.
    pub answered_exact_at_4: Option<f64>,
    /// The model first, then each of its predictors alone, then the baselines.
    pub scores: Vec<MethodScore>,
    /// The model against the best baseline and the best part.
    pub comparisons: Vec<Comparison>,
    /// The model's scores by the attribute that tells most, worst first.
    pub by_type: Option<Breakdown>,
    /// Stated against true, in bins of equal mass; empty with fewer than ten answers.
    pub reliability: Vec<ReliabilityBin>,
    /// How good answers are when only the surest are given; empty with fewer than ten answers.
    pub coverage: Vec<CoveragePoint>,
    /// Columns that may give the answer away.
    pub suspicious_columns: Vec<SuspiciousColumn>,
    /// Times of the model and of the mean of neighbours, setup first, on the same operations.
    pub times: Vec<TimeScore>,
}

/// Why no evaluation was possible.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum EvaluateError {
    #[error("holdout {0} is not between 0 and 1")]
    Holdout(f64),
    #[error("0 repeats measure nothing: at least 1 is needed")]
    NoRepeats,
    #[error("{n_folds} folds are not possible: from 2 to {most}, the number of {units} with a routing")]
    Folds { n_folds: usize, most: usize, units: &'static str },
    #[error("a time split has no folds: only the newest items can be held out")]
    TimeFolds,
    #[error("no item has a column {column:?}")]
    NoSuchColumn { column: String },
    #[error("{n} items with a routing are too few to hold any out: at least 10 are needed")]
    TooFew { n: usize },
    #[error("a time split needs routings with a creation date: {n_dated} of {n} items have one")]
    NoDates { n_dated: usize, n: usize },
    #[error("no name family is small enough to be held out: the {n} items share too few names")]
    OneFamily { n: usize },
    #[error("nothing is left to train on: all other items are exact copies of the {n_held} that are held out")]
    AllCopies { n_held: usize },
    #[error("the training knows {by}, which gives the answer to the held-out {item} away")]
    Leak { item: ItemCode, by: ItemCode },
    /// Whoever watched the evaluation ended it.
    #[error("the evaluation was ended")]
    Stopped,
    #[error(transparent)]
    Train(TrainError),
}

impl From<TrainError> for EvaluateError {
    fn from(error: TrainError) -> Self {
        match error {
            TrainError::Stopped => Self::Stopped,
            error => Self::Train(error),
        }
    }
}

/// One held-out item with its true routing.
pub(crate) struct Case<'a> {
    pub item: &'a Item,
    pub truth: &'a Routing,
}

/// Holds items out, trains on the rest, and compares with the baselines, as often as asked. `hear` is told the share done,
/// 0 to 1, and asked whether to go on.
///
/// # Errors
/// [`EvaluateError`] says what is missing, or what would have given answers away.
///
/// # Cost
/// One training for each repeat or fold, and some tens of milliseconds for each held-out item.
pub fn evaluate(
    plant: &Plant,
    settings: &EvaluateSettings,
    hear: &mut Hear<'_, ()>,
) -> Result<Evaluation, EvaluateError> {
    evaluate_with(plant, None, settings, hear)
}

/// The plant as everyone may see it: without the columns that the settings name. Texts are to be taken from it.
///
/// # Errors
/// [`EvaluateError::NoSuchColumn`].
pub fn visible(plant: &Plant, settings: &EvaluateSettings) -> Result<Plant, EvaluateError> {
    split::without_columns(plant, &settings.without)
}

/// [`evaluate`] with the vectors of the texts of all items, held-out ones included, and beside it the same model without
/// them. What is fitted to vectors is fitted to those of training items.
///
/// # Errors
/// Those of [`evaluate`].
pub fn evaluate_with(
    plant: &Plant,
    sentences: Option<&Sentences>,
    settings: &EvaluateSettings,
    hear: &mut Hear<'_, ()>,
) -> Result<Evaluation, EvaluateError> {
    watched(hear, |watch| evaluate_watched(plant, sentences, settings, watch)).unwrap_or(Err(EvaluateError::Stopped))
}

fn evaluate_watched(
    plant: &Plant,
    sentences: Option<&Sentences>,
    settings: &EvaluateSettings,
    watch: &Watch<'_, '_, ()>,
) -> Result<Evaluation, EvaluateError> {
    let visible = visible(plant, settings)?;
    let jobs = Jobs::of(plant);
    let mut tried = Tried::default();
    let given = Given { plant, visible: &visible, jobs: &jobs, sentences, settings };
    let rounds = split::rounds(plant, settings)?;
    for (at, held_out) in rounds.iter().enumerate() {
        let tell = |share: f64| watch.at((), (at as f64 + share) / rounds.len() as f64);
        let hear = Heard { tell: &tell, check: &|| watch.check() };
        repeat::run(given, held_out, settings.seed.wrapping_add(at as u64), &mut tried, hear)?;
    }
    Ok(sum_up(&visible, &jobs, settings, rounds.len(), &tried))
}

fn sum_up(plant: &Plant, jobs: &Jobs, settings: &EvaluateSettings, n_rounds: usize, tried: &Tried) -> Evaluation {
    let units: Vec<&str> = tried.units.iter().map(String::as_str).collect();
    let resamples = Resamples::new(&units, settings.seed);
    let times = times::scores(plant, &tried.cases, &tried.predictions);
    let mut scores: Vec<MethodScore> =
        tried.methods.iter().map(|method| method.score(&tried.is_unseen, &units, &resamples)).collect();
    scores[0] = scores[0].clone().with_operations(&tried.cases, &tried.predictions, &times);
    let of_model = &tried.methods[0].outcomes;
    let answered: Vec<&Outcome> = of_model.iter().filter(|outcome| outcome.is_answered).collect();
    let among_answered = |of: fn(&Outcome) -> f64| {
        let values: Vec<f64> = answered.iter().map(|outcome| of(outcome)).collect();
        (!values.is_empty()).then(|| mean(&values))
    };
    let n_test = tried.cases.len();
    let n_unseen = tried.is_unseen.iter().filter(|is_unseen| **is_unseen).count();
    let items: Vec<&Item> = tried.cases.iter().map(|case| case.item).collect();
    let share = |n: usize| n as f64 / n_test.max(1) as f64;
    Evaluation {
        split: settings.split,
        holdout: settings.n_folds.map_or(settings.holdout, |n_folds| 1.0 / n_folds as f64),
        seed: settings.seed,
        n_repeats: n_rounds,
        is_cross_validation: settings.n_folds.is_some(),
        without: settings.without.clone(),
        n_train: (tried.n_trained_on + n_rounds / 2) / n_rounds,
        n_test,
        n_units: resamples.n_units(),
        n_copies_removed: tried.n_copies_removed,
        n_relatives_removed: tried.n_relatives_removed,
        seen_route_share: share(n_test - n_unseen),
        n_unseen,
        n_answered: answered.len(),
        answered_share: share(answered.len()),
        answered_exact_at_1: among_answered(Outcome::exact_at_1),
        answered_exact_at_4: among_answered(Outcome::exact_at_4),
        comparisons: compare::comparisons(&tried.methods, &resamples),
        by_type: breakdown::breakdown(&items, &tried.truths, &units, of_model, settings.seed),
        reliability: curves::reliability(of_model),
        coverage: curves::coverage(of_model),
        suspicious_columns: suspicious::suspicious_columns(plant, jobs),
        scores,
        times,
    }
}
