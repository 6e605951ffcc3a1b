//! All candidates of all predictors, and what each predictor says of each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::features::Cues;
use crate::predict::align::edit_similarity;
use crate::predict::vote::Ranked;
use crate::snapshot::book::Book;

use super::jobs::taken_together;
use super::steps::Walk;
use super::{OutOfBag, Parts, Sheet};

/// Predictors, in the order of [`BasePrediction::shares`].
pub const PARTS: [&str; 8] =
    ["vote", "route_linear", "route_trees", "steps_linear", "steps_trees", "steps_boost", "steps", "jobs"];

pub(super) const VOTE: usize = 0;
const ROUTE_LINEAR: usize = 1;
const ROUTE_TREES: usize = 2;
pub(super) const STEPS: usize = 6;
pub(super) const JOBS: usize = 7;

/// Candidates that each predictor names.
const N_NAMED: usize = 8;

/// One candidate and what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct BasePrediction {
    pub jobs: Vec<u32>,
    /// Probability that each predictor gives it, by [`PARTS`].
    pub shares: [f64; PARTS.len()],
    /// Items of the training that have this route.
    pub n_items: u32,
    /// Similarity of the nearest neighbour that has it, relative to the nearest of all; 0 where none has.
    pub nearness: f64,
    /// Whether it is the vote's favourite.
    pub is_voted: bool,
    /// Mean similarity of its sequence to the favourites of the vote, of both models of routes and of the steps.
    pub alike: f64,
}

/// What all predictors say about one item.
#[derive(Clone, Debug, PartialEq)]
pub struct BasePredictions {
    pub all: Vec<BasePrediction>,
    /// Similarity of the nearest item.
    pub nearest: f64,
}

/// The neighbours' side of the matter.
pub struct Neighbourhood<'a> {
    pub book: &'a Book,
    pub ranked: &'a [Ranked],
    /// Score and routings of each neighbour, nearest first.
    pub near: &'a [(f64, Range<usize>)],
}

/// Collects the candidates and asks everyone about each.
pub fn base_predictions(
    parts: &Parts,
    cues: &Cues,
    neighbourhood: &Neighbourhood,
    out_of_bag: OutOfBag,
) -> BasePredictions {
    let sheet = Sheet::of(parts.steps.shape, cues);
    let routes = parts.routes.probabilities(cues, &sheet, out_of_bag);
    let places = parts.routes.places();
    let taken = parts.jobs.probabilities(&sheet, out_of_bag);
    let mut walk = Walk::new(&parts.steps, cues, &sheet, out_of_bag);
    let mut named: BTreeSet<Vec<u32>> =
        neighbourhood.ranked.iter().take(N_NAMED).map(|ranked| ranked.jobs.clone()).collect();
    named.extend(walk.compose(N_NAMED));
    for probabilities in [&routes.linear, &routes.trees] {
        named.extend(best(probabilities).into_iter().map(|at| parts.routes.routes[at].clone()));
    }
    let shares: BTreeMap<&[u32], &Ranked> =
        neighbourhood.ranked.iter().map(|ranked| (ranked.jobs.as_slice(), ranked)).collect();
    let top_score = neighbourhood.near.first().map_or(0.0, |(score, _)| *score);
    let mut nearest_of: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
    for (score, routings) in neighbourhood.near {
        let jobs = neighbourhood.book.routings[routings.start].jobs();
        nearest_of.entry(jobs).or_insert(score / top_score.max(f64::MIN_POSITIVE));
    }
    let named: Vec<Vec<u32>> = named.into_iter().filter(|jobs| !jobs.is_empty()).collect();
    let orders = parts.routes.order_shares(&named);
    let mut all = Vec::with_capacity(named.len());
    for (jobs, order) in named.into_iter().zip(orders) {
        let score = shares.get(jobs.as_slice()).map_or(0.0, |ranked| ranked.score);
        let place = places.get(jobs.as_slice());
        let linear = place.map_or(0.0, |at| f64::from(routes.linear[*at]));
        let trees = place.map_or(0.0, |at| f64::from(routes.trees[*at]));
        let weight = walk.weigh(&jobs);
        let steps = [weight.linear, weight.trees, weight.boost, weight.mixed].map(libm::exp);
        let together = taken_together(&taken, &jobs) * order;
        // Of a job that came after the training only the neighbours know.
        let is_known = jobs.iter().all(|job| *job < parts.steps.shape.n_jobs);
        let learned = [score, linear, trees, steps[0], steps[1], steps[2], steps[3], together];
        all.push(BasePrediction {
            shares: if is_known { learned } else { [score; PARTS.len()] },
            n_items: place.map_or(0, |at| parts.routes.counts[*at]),
            nearness: nearest_of.get(&jobs).copied().unwrap_or(0.0),
            is_voted: false,
            alike: 0.0,
            jobs,
        });
    }
    let favourites = [VOTE, ROUTE_LINEAR, ROUTE_TREES, STEPS].map(|part| favourite(&all, part));
    let alike: Vec<f64> = all
        .iter()
        .map(|prediction| {
            let of = |at: &usize| edit_similarity(&prediction.jobs, &all[*at].jobs) / favourites.len() as f64;
            favourites.iter().flatten().map(of).sum()
        })
        .collect();
    for (at, (prediction, alike)) in all.iter_mut().zip(alike).enumerate() {
        prediction.is_voted = favourites[0] == Some(at);
        prediction.alike = alike;
    }
    BasePredictions { all, nearest: top_score }
}

/// Positions of the largest values, best first; equal ones in order.
fn best(values: &[f32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).filter(|at| values[*at] > 1e-3).collect();
    order.sort_by(|a, b| values[*b].total_cmp(&values[*a]).then_with(|| a.cmp(b)));
    order.truncate(N_NAMED);
    order
}

fn favourite(all: &[BasePrediction], part: usize) -> Option<usize> {
    (0..all.len()).max_by(|a, b| all[*a].shares[part].total_cmp(&all[*b].shares[part]).then_with(|| b.cmp(a)))
}
