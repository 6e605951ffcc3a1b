//! From a snapshot of a plant to a model, in one readable function.
//!
//! Comes in: a [`Snapshot`] of a plant and a seed. Goes out: a [`Model`].
//! Never does: files, threads of its own beyond rayon's pool, anything that depends on the order of the input rows.

mod accuracy;
mod calibration_error;
pub(crate) mod curves;
mod fit_boost;
mod fit_cues;
mod fit_curve;
mod fit_forest;
mod fit_sentences;
mod fit_softmax;
mod fit_stacker;
mod folds;
mod predictors;
mod solve;
mod standards;
mod times;
mod trials;
mod weights;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::Model;
use crate::domain::{Item, Plant};
use crate::encode::{Point, sketch};
use crate::ensemble::{Stacker, item_key};
use crate::family::Families;
use crate::features::{CodeGrammar, Sentences, Value};
use crate::import::Profile;
use crate::model::{ModelCard, Payload, voters};
use crate::predict::vote::{MAX_VOTERS, cast_votes};
use crate::snapshot::Snapshot;
use crate::watch::{Check, Hear, Watch, watched};

pub(crate) use accuracy::telling;
pub use calibration_error::{calibration_error_by_chance, expected_calibration_error};
use fit_stacker::OutOfFold;
use predictors::{Fitted, TrainingData};
use trials::LeaveOneOut;

/// Items whose times are tried: some ten thousand operations.
const N_TIME_TRIALS: usize = 1500;

/// Settings of a training.
#[derive(Clone, Debug)]
pub struct TrainSettings {
    /// Every random choice follows from it.
    pub seed: u64,
}

/// A step of the training, for a progress display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrainStep {
    Features,
    Weights,
    Voting,
    Predictors,
    Calibration,
    Families,
}

/// Why a plant cannot be trained on.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TrainError {
    /// There is nothing to learn from.
    #[error("the plant has {n_items} items and {n_routings} routings: at least one item with one routing is needed")]
    Empty { n_items: usize, n_routings: usize },
    /// Whoever watched the training ended it.
    #[error("the training was ended")]
    Stopped,
}

/// Trains a model. `hear` is told each step with the share of the whole that is done before it, 0 to 1, and asked again and
/// again in between, whether to go on.
///
/// # Errors
/// [`TrainError::Empty`] when no item has a routing, [`TrainError::Stopped`] when `hear` said so.
pub fn train(plant: &Plant, settings: &TrainSettings, hear: &mut Hear<'_, TrainStep>) -> Result<Model, TrainError> {
    train_with(plant, None, settings, hear)
}

/// [`train`] with the vectors of the items' texts, where there is a sentence encoder.
///
/// # Errors
/// Those of [`train`].
pub fn train_with(
    plant: &Plant,
    sentences: Option<&Sentences>,
    settings: &TrainSettings,
    hear: &mut Hear<'_, TrainStep>,
) -> Result<Model, TrainError> {
    train_by(plant, sentences, &Profile::auto().standard_codes(), settings, hear)
}

/// [`train_with`] and with these `grammars` of standard-routing codes instead of all that are known. A grammar that the
/// plant does not use changes nothing.
///
/// # Errors
/// Those of [`train`].
pub fn train_by(
    plant: &Plant,
    sentences: Option<&Sentences>,
    grammars: &[CodeGrammar],
    settings: &TrainSettings,
    hear: &mut Hear<'_, TrainStep>,
) -> Result<Model, TrainError> {
    train_from(&Arc::new(Snapshot::of_plant(plant)), sentences, grammars, settings, hear)
}

/// [`train_by`] from a snapshot, over which the model answers then.
///
/// # Errors
/// Those of [`train`].
pub fn train_from(
    snapshot: &Arc<Snapshot>,
    sentences: Option<&Sentences>,
    grammars: &[CodeGrammar],
    settings: &TrainSettings,
    hear: &mut Hear<'_, TrainStep>,
) -> Result<Model, TrainError> {
    watched(hear, |watch| train_watched(snapshot, sentences, grammars, settings, watch))
        .unwrap_or(Err(TrainError::Stopped))
}

fn train_watched(
    snapshot: &Arc<Snapshot>,
    sentences: Option<&Sentences>,
    grammars: &[CodeGrammar],
    settings: &TrainSettings,
    watch: &Watch<'_, '_, TrainStep>,
) -> Result<Model, TrainError> {
    watch.at(TrainStep::Features, 0.0);
    let check: Check = &|| watch.check();
    let book = snapshot.book();
    let grammars = standards::in_force(grammars, snapshot);
    let completed = standards::completed(snapshot, &grammars);
    let items: &[Item] = &completed;
    let ranges = book.ranges(items.len());
    let voters = voters(&ranges);
    if voters.is_empty() {
        return Err(TrainError::Empty { n_items: items.len(), n_routings: book.routings.len() });
    }
    let data = TrainingData {
        items: items.iter().collect(),
        voters: voters.iter().map(|at| &items[*at as usize]).collect(),
        book,
        routings: voters.iter().map(|at| ranges[*at as usize].clone()).collect(),
        sentences,
        seed: settings.seed,
        check,
    };
    let mut fitted = predictors::fit_predictors(&data, &mut |share| watch.at(step_at(share), share * FITTED_SHARE));
    fitted.encoder.set_standard(&grammars);

    watch.at(TrainStep::Calibration, FITTED_SHARE);
    let cases = folds::cases(&data, &|share| {
        watch.at(TrainStep::Calibration, FITTED_SHARE + share * (FOLDS_SHARE - FITTED_SHARE));
    });
    check();
    let mut stacker = fit_stacker::fit_stacker(&cases);
    check();
    let answers = fit_stacker::out_of_fold(&cases);
    let truths: Vec<Vec<u32>> = data.routings.iter().map(|range| book.routings[range.start].jobs()).collect();
    if !answers.is_empty() {
        stacker.most_prob = fit_stacker::most_prob(&answers);
    }
    stacker.answer_above = fit_stacker::answer_above(&answers, fit_stacker::commonest_shares(&truths));

    let time_trials = time_trials(&data, &fitted);

    watch.at(TrainStep::Families, FOLDS_SHARE);
    let encoder = &fitted.encoder;
    let points: Vec<Point> = items.par_iter().map(|item| sketch(encoder, &encoder.encode(item))).collect();
    let families = Families::fit(&points, settings.seed);
    let of_items: Vec<u16> = points.par_iter().map(|point| families.of(point)).collect();

    let on = times::TimeData {
        items,
        schema: encoder.schema(),
        observed: snapshot.observed(),
        trials: &time_trials,
        as_of: snapshot.as_of(),
        check,
    };
    let times = times::learn(book, &on);

    let mut card = ModelCard {
        seed: settings.seed,
        n_items: items.len(),
        n_items_with_routing: voters.len(),
        n_routings: book.routings.len(),
        n_distinct_routes: book.routings.iter().map(|routing| routing.jobs()).collect::<BTreeSet<_>>().len(),
        n_results: snapshot.observed().reports().len(),
        n_families: of_items.iter().collect::<BTreeSet<_>>().len(),
        index: "exact".into(),
        ..ModelCard::default()
    };
    describe(&mut card, &answers, &stacker);
    let tried = accuracy::TrialContext {
        schema: encoder.schema(),
        book,
        items,
        voters: &voters,
        families: &of_items,
        points: &points,
        truths: &truths,
        answer_above: stacker.answer_above,
    };
    accuracy::describe(&mut card, &cases, &answers, &tried);
    if let Some(block) = &mut fitted.learned.cues.sentences {
        block.restricted_to(items);
    }
    let Fitted { encoder, voting, learned, .. } = fitted;
    let standards = grammars.into_iter().map(|grammar| standards::learn(grammar, items, &ranges, book)).collect();
    let mut trained_on: Vec<u64> = voters.iter().map(|at| item_key(items[*at as usize].code.as_str())).collect();
    trained_on.sort_unstable();
    let payload = Payload {
        card,
        snapshot: snapshot.id().clone(),
        jobs: book.jobs.iter().map(|job| job.code.clone()).collect(),
        work_centres: book.work_centres.iter().map(|centre| centre.code.clone()).collect(),
        trained_on,
        encoder,
        families,
        times,
        voting,
        learned,
        stacker,
        standards,
        known: None,
        local: None,
    };
    Ok(Model::new(payload, Arc::clone(snapshot)))
}

/// Share of the work that is done when the predictors are fitted, and when the folds are asked.
const FITTED_SHARE: f64 = 0.2;
const FOLDS_SHARE: f64 = 0.95;

/// What is being fitted at a share of the fit.
fn step_at(share: f64) -> TrainStep {
    match share {
        share if share < 0.2 => TrainStep::Features,
        share if share < 0.4 => TrainStep::Weights,
        share if share < 0.6 => TrainStep::Voting,
        _ => TrainStep::Predictors,
    }
}

/// Writes down what the folds have shown.
fn describe(card: &mut ModelCard, answers: &[OutOfFold], stacker: &Stacker) {
    let stated: Vec<(f64, bool)> = answers.iter().map(|answer| (answer.first_prob, answer.is_first_right)).collect();
    let share = |n: usize| n as f64 / answers.len() as f64;
    if stated.len() >= 20 {
        card.calibration_ece = expected_calibration_error(&stated);
        card.trial_exact_at_1 = Some(share(answers.iter().filter(|answer| answer.is_first_right).count()));
        card.trial_answered_share =
            Some(share(answers.iter().filter(|answer| answer.four_prob >= stacker.answer_above).count()));
    }
    card.answer_above_prob = stacker.answer_above;
    card.reliability = curves::reliability(&stated);
    card.coverage = curves::coverage(answers);
}

/// Items with the votes that they would have had: half without the item itself, half without its whole name family.
fn time_trials(data: &TrainingData, fitted: &Fitted) -> Vec<times::Trial> {
    let encoded: Vec<Vec<Value>> = data.voters.par_iter().map(|item| fitted.encoder.encode(item)).collect();
    let trials = LeaveOneOut::new(&data.voters, &encoded, data.book, &data.routings, data.seed, data.check);
    let of_item = |(order, at): (usize, &usize)| {
        (data.check)();
        let is_other = |other: usize| other != *at && (order % 2 == 0 || !trials.is_same_name_family(*at, other));
        let hits = fitted.catalogue.nearest(trials.values(*at), MAX_VOTERS, is_other);
        let near: Vec<_> = hits.iter().map(|hit| (hit.score, data.routings[hit.item_idx].clone())).collect();
        let votes = cast_votes(data.book, &near, &fitted.voting);
        times::Trial { routing_idx: data.routings[*at].start, votes }
    };
    trials.sample(N_TIME_TRIALS).par_iter().enumerate().map(of_item).collect()
}
