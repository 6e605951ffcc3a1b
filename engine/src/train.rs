//! From a plant to a model, in one readable function.
//!
//! Comes in: a [`Plant`] in canonical order and a seed. Goes out: a [`Model`].
//! Never does: files, threads of its own beyond rayon's pool, anything that depends on the order of the input rows.

mod book;
mod calibrate;
mod calibration_error;
mod times;
mod trials;
mod weights;

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use crate::Model;
use crate::bundle;
use crate::domain::{Item, Plant};
use crate::encode::{Point, sketch};
use crate::family::part_families;
use crate::features::{Encoder, Value, infer_schema};
use crate::index::Catalogue;
use crate::model::{ModelCard, Payload, voters};
use crate::predict::book::Book;
use crate::predict::vote::{MAX_VOTERS, Voting, cast_votes};

use calibrate::fit_calibration;
pub use calibration_error::expected_calibration_error;
use trials::Bench;

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
    Calibration,
    Families,
}

/// Why a plant cannot be trained on.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TrainError {
    /// There is nothing to learn from.
    #[error("the plant has {n_items} items and {n_routings} routings: at least one item with one routing is needed")]
    Empty { n_items: usize, n_routings: usize },
}

/// Trains a model; `progress` hears each step with the share of the whole that is done before it, 0 to 1.
///
/// # Errors
/// [`TrainError::Empty`] when no item has a routing.
pub fn train(
    plant: &Plant,
    settings: &TrainSettings,
    progress: &mut dyn FnMut(TrainStep, f64),
) -> Result<Model, TrainError> {
    progress(TrainStep::Features, 0.0);
    let items = &plant.items;
    let item_idx = |code: &_| items.binary_search_by(|item| item.code.cmp(code)).ok().map(|at| at as u32);
    let (mut book, observed) = book::write_book(plant, item_idx);
    let ranges = book.ranges(items.len());
    let voters = voters(&ranges);
    if voters.is_empty() {
        return Err(TrainError::Empty { n_items: items.len(), n_routings: plant.routings.len() });
    }
    let voting_items: Vec<&Item> = voters.iter().map(|at| &items[*at as usize]).collect();
    let mut encoder = Encoder::fit(infer_schema(items), &voting_items);
    let encoded: Vec<Vec<Value>> = voting_items.par_iter().map(|item| encoder.encode(item)).collect();
    let mut catalogue = Catalogue::new(&encoder, &encoded);
    let bench = Bench::new(&voting_items, &encoded, &book, &voters, &ranges, settings.seed);

    progress(TrainStep::Weights, 0.2);
    let learned = weights::learn(&bench, &mut catalogue, &encoder.schema().features);
    encoder.set_weights(&learned);
    catalogue.set_weights(&encoder.schema().features.iter().map(|feature| feature.weight).collect::<Vec<_>>());

    progress(TrainStep::Voting, 0.5);
    let voting = trials::choose_voting(&bench, &catalogue);

    progress(TrainStep::Calibration, 0.7);
    let outcomes = bench.outcomes(&catalogue, &voting);
    let calibration = fit_calibration(&outcomes.iter().map(|outcome| outcome.trial).collect::<Vec<_>>());
    let calibration_ece = trials::inner_calibration_error(&outcomes);
    let time_trials = time_trials(&bench, &catalogue, &voting, (&book, &voters, &ranges));

    progress(TrainStep::Families, 0.85);
    let points: Vec<Point> = items.par_iter().map(|item| sketch(&encoder, &encoder.encode(item))).collect();
    let families = part_families(&points, settings.seed);

    let ground = times::Ground {
        items,
        schema: encoder.schema(),
        observed: &observed,
        trials: &time_trials,
        as_of: plant.as_of(),
    };
    let times = times::learn(&mut book, &ground);

    let card = ModelCard {
        seed: settings.seed,
        n_items: items.len(),
        n_items_with_routing: voters.len(),
        n_routings: book.routings.len(),
        n_distinct_routes: book.routings.iter().map(|routing| routing.jobs()).collect::<BTreeSet<_>>().len(),
        n_results: observed.values().map(Vec::len).sum(),
        n_families: families.iter().collect::<BTreeSet<_>>().len(),
        index: "exact".into(),
        index_recall_at_10: None,
        calibration_ece,
        trial_exact_at_1: trials::exact_at_1(&outcomes),
        parent: None,
    };
    let payload =
        Payload { card, encoder, items: items.clone(), families, book, times, voting, calibration, local: None };
    Ok(Model::open(bundle::id_of(&payload), payload))
}

/// Items with the votes that they would have had: half without the item itself, half without its whole name family.
fn time_trials(
    bench: &Bench,
    catalogue: &Catalogue,
    voting: &Voting,
    (book, voters, ranges): (&Book, &[u32], &[Range<usize>]),
) -> Vec<times::Trial> {
    let of_item = |(order, at): (usize, &usize)| {
        let is_other = |other: usize| other != *at && (order % 2 == 0 || !bench.is_same_name_family(*at, other));
        let routings = |at: usize| ranges[voters[at] as usize].clone();
        let hits = catalogue.nearest(bench.values(*at), MAX_VOTERS, is_other);
        let near: Vec<_> = hits.iter().map(|hit| (hit.score, routings(hit.item_idx))).collect();
        times::Trial { routing_idx: routings(*at).start, votes: cast_votes(book, &near, voting) }
    };
    bench.sample(N_TIME_TRIALS).par_iter().enumerate().map(of_item).collect()
}
