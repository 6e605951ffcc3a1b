//! Fits all base predictors to some of a plant's items: the same for the model and for the folds that test it.
//!
//! Comes in: items, their routings and a seed. Goes out: what was learned, with the encoder and the vote. One file for each
//! group of models; their parameters are in `params`.
//! Never does: weigh the predictors against each other (that is `fit_stacker`).

mod jobs;
mod params;
mod routes;
mod steps;

use std::ops::Range;

use rayon::prelude::*;

use crate::domain::Item;
use crate::ensemble::{Boost, Forest, History, LearnedPredictors, Look, Shape, item_key};
use crate::features::{CueBook, Cues, Encoder, Sentences, Value, infer_schema};
use crate::index::Catalogue;
use crate::predict::vote::Voting;
use crate::snapshot::book::Book;
use crate::watch::Check;

use super::fit_boost::{Table, fit_boost};
use super::fit_cues::fit_cues;
use super::fit_forest::{Columns, Example, fit_forest};
use super::trials::{self, LeaveOneOut};
use super::weights;

#[cfg(test)]
pub use params::Params;
pub use params::{BoostParams, Checked, ForestParams};

use params::PredictorParams;

/// What a training looks at.
pub struct TrainingData<'a> {
    /// Items by which the schema is inferred; ascending by code.
    pub items: Vec<&'a Item>,
    /// Items with a routing, ascending by code.
    pub voters: Vec<&'a Item>,
    pub book: &'a Book,
    /// Routings of each voter.
    pub routings: Vec<Range<usize>>,
    /// Vectors of the items' texts, where there is a sentence encoder.
    pub sentences: Option<&'a Sentences>,
    pub seed: u64,
    /// Between two steps of anything that takes its time.
    pub check: Check<'a>,
}

/// What was fitted.
pub struct Fitted {
    pub encoder: Encoder,
    pub catalogue: Catalogue,
    pub voting: Voting,
    pub learned: LearnedPredictors,
}

/// Fits the vote, the cues and all base predictors to `data`; `progress` hears 0 to 1.
pub fn fit_predictors(data: &TrainingData, progress: &mut dyn FnMut(f64)) -> Fitted {
    let mut encoder = Encoder::fit(infer_schema(data.items.iter().copied()), &data.voters);
    let encoded: Vec<Vec<Value>> = data.voters.par_iter().map(|item| encoder.encode(item)).collect();
    let mut catalogue = Catalogue::new(&encoder, &encoded);
    let leave_one_out = LeaveOneOut::new(&data.voters, &encoded, data.book, &data.routings, data.seed, data.check);
    progress(0.2);
    let learned = weights::learn(&leave_one_out, &mut catalogue, &encoder.schema().features);
    encoder.set_weights(&learned);
    catalogue.set_weights(&encoder.schema().features.iter().map(|feature| feature.weight).collect::<Vec<_>>());
    progress(0.4);
    let voting = trials::choose_voting(&leave_one_out, &catalogue);
    // What follows reads the items in another way.
    drop(leave_one_out);
    drop(encoded);
    progress(0.5);
    let truths: Vec<Vec<u32>> = data.routings.iter().map(|range| data.book.routings[range.start].jobs()).collect();
    let listed = routes::list(&truths);
    (data.check)();
    let cues = fit_cues(encoder.schema(), &data.voters, &listed.of_item, data.sentences);
    let read: Vec<Cues> = data.voters.par_iter().map(|item| cues.encode(item)).collect();
    let n = data.voters.len();
    let params = PredictorParams::for_items(n).expect("a test tries plants of all sizes");
    let keys: Vec<u64> = data.voters.iter().map(|item| item_key(item.code.as_str())).collect();
    let shape = shape(&cues, data.book);
    let fitting = Fitting { shape, cues: &read, keys: &keys, params, seed: data.seed, check: data.check };
    progress(0.6);
    let routes = routes::fit(&fitting, listed);
    progress(0.8);
    let jobs_of = |range: &Range<usize>| range.clone().map(|at| data.book.routings[at].jobs()).collect();
    let written: Vec<Vec<Vec<u32>>> = data.routings.iter().map(jobs_of).collect();
    let steps = steps::fit(&fitting, &written);
    let jobs = jobs::fit(&fitting, &truths);
    let learned = LearnedPredictors { cues, routes, steps, jobs, bag_share: params.forest.bag_share };
    Fitted { encoder, catalogue, voting, learned }
}

fn shape(cues: &CueBook, book: &Book) -> Shape {
    Shape {
        n_numbers: cues.n_numbers() as u32,
        n_plain: cues.n_plain() as u32,
        n_terms: cues.n_terms() as u32,
        n_jobs: book.jobs.len() as u32,
    }
}

/// The routed items as the models of the base predictors are fitted to them.
struct Fitting<'a> {
    shape: Shape,
    cues: &'a [Cues],
    keys: &'a [u64],
    params: PredictorParams,
    seed: u64,
    check: Check<'a>,
}

impl Fitting<'_> {
    /// An item, or a step of it, as trees learn from it.
    fn example(&self, item: usize, history: Option<&History>) -> Example {
        let look = Look { shape: self.shape, cues: &self.cues[item], history };
        Example { columns: look.columns(), item_key: self.keys[item] }
    }

    /// A forest over `classes` with the plant's parameters.
    fn forest(&self, classes: &[u32], columns: &Columns, labels: &[u16], seed: u64) -> Forest {
        fit_forest(classes, columns, labels, &self.params.forest, seed, self.check)
    }

    /// Boosted trees over `classes` with the plant's parameters.
    fn boost(&self, classes: &[u32], table: &Table, labels: &[u16], seed: u64) -> Boost {
        fit_boost(classes, table, labels, &self.params.boost, seed, self.check)
    }
}

/// At most `limit` of `n` positions, evenly spaced.
fn evenly(n: usize, limit: usize) -> Vec<usize> {
    if n <= limit { (0..n).collect() } else { (0..limit).map(|at| at * n / limit).collect() }
}
