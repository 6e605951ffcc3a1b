//! All candidates of all predictors, and what each predictor says of each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::features::Cues;
use crate::predict::align::edit_similarity;
use crate::predict::book::Book;
use crate::predict::vote::Ranked;

use super::steps::Walk;
use super::{Parts, Speakers};

/// Signs of a candidate, those of "none" included.
pub const N_SIGNS: usize = 20;
/// Position of the mean of all predictors among the signs.
const MEAN: usize = 7;
/// Position of the constant of "none".
const NONE: usize = 16;

/// Weights before anything was tried.
pub(super) const UNTRIED: [f64; N_SIGNS] = {
    let mut weights = [0.0; N_SIGNS];
    weights[MEAN] = 1.0;
    weights[NONE] = -1.2;
    weights
};

/// Predictors, in the order of [`Opinions::by_part`].
pub const PARTS: [&str; 6] = ["vote", "route_linear", "route_trees", "steps_linear", "steps_trees", "steps"];

/// Candidates that each predictor names.
const N_NAMED: usize = 8;
/// Logarithms are cut here: beyond it, unlikely is unlikely.
const LEAST_LOG: f64 = -9.0;

/// One candidate with the signs that speak for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinion {
    pub jobs: Vec<u32>,
    pub signs: [f64; N_SIGNS],
}

/// What all predictors say about one item.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinions {
    pub all: Vec<Opinion>,
    /// Signs of "none of them".
    pub none: [f64; N_SIGNS],
    /// Similarity of the nearest item.
    pub nearest: f64,
    /// Value of each candidate to each predictor, by [`PARTS`].
    pub by_part: Vec<[f64; PARTS.len()]>,
}

/// The neighbours' side of the matter.
pub struct Ballot<'a> {
    pub book: &'a Book,
    pub ranked: &'a [Ranked],
    /// Score and routings of each neighbour, nearest first.
    pub near: &'a [(f64, Range<usize>)],
}

/// Collects the candidates and asks everyone about each.
pub fn opinions(parts: &Parts, cues: &Cues, ballot: &Ballot, speakers: Speakers) -> Opinions {
    let routes = parts.routes.probabilities(cues, speakers);
    let places = parts.routes.places();
    let mut walk = Walk::new(&parts.steps, cues, speakers);
    let mut named: BTreeSet<Vec<u32>> = ballot.ranked.iter().take(N_NAMED).map(|ranked| ranked.jobs.clone()).collect();
    named.extend(walk.compose(N_NAMED));
    for probabilities in [&routes.linear, &routes.trees] {
        named.extend(best(probabilities).into_iter().map(|at| parts.routes.routes[at].clone()));
    }
    let shares: BTreeMap<&[u32], &Ranked> =
        ballot.ranked.iter().map(|ranked| (ranked.jobs.as_slice(), ranked)).collect();
    let top_score = ballot.near.first().map_or(0.0, |(score, _)| *score);
    let mut nearest_of: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
    for (score, routings) in ballot.near {
        let jobs = ballot.book.routings[routings.start].jobs();
        nearest_of.entry(jobs).or_insert(score / top_score.max(f64::MIN_POSITIVE));
    }
    let named: Vec<Vec<u32>> = named.into_iter().filter(|jobs| !jobs.is_empty()).collect();
    let mut by_part = Vec::with_capacity(named.len());
    let mut all = Vec::with_capacity(named.len());
    for jobs in &named {
        let ranked = shares.get(jobs.as_slice());
        let vote = ranked.map_or(0.0, |ranked| ranked.share);
        let score = ranked.map_or(0.0, |ranked| ranked.score);
        let place = places.get(jobs.as_slice());
        let linear = place.map_or(0.0, |at| f64::from(routes.linear[*at]));
        let trees = place.map_or(0.0, |at| f64::from(routes.trees[*at]));
        let weight = walk.weigh(jobs);
        let count = place.map_or(0.0, |at| f64::from(parts.routes.counts[*at]));
        let mixed = libm::exp(weight.mixed);
        let log = |value: f64, least: f64| libm::log(value + least);
        let mut signs = [0.0; N_SIGNS];
        signs[0] = log(vote, 0.01);
        signs[1] = log(score, 0.01);
        signs[2] = log(linear, 0.003);
        signs[3] = log(trees, 0.003);
        signs[4] = weight.linear.max(LEAST_LOG);
        signs[5] = weight.trees.max(LEAST_LOG);
        signs[6] = weight.mixed.max(LEAST_LOG);
        signs[MEAN] = log((vote + linear + trees + 3.0 * mixed) / 6.0, 0.003);
        signs[8] = log(count, 1.0);
        signs[9] = f64::from(u8::from(count == 0.0));
        signs[10] = nearest_of.get(jobs).copied().unwrap_or(0.0);
        by_part.push([score, linear, trees, weight.linear, weight.trees, weight.mixed]);
        all.push(Opinion { jobs: jobs.clone(), signs });
    }
    let favourites: Vec<Option<usize>> = (0..PARTS.len()).map(|part| favourite(&by_part, part)).collect();
    for at in 0..all.len() {
        // The vote, the two over routes and the composed ones: each adds where it agrees, and how much.
        let mut alike = 0.0;
        for (sign, part) in [(11, 0), (12, 1), (13, 2), (14, 5)] {
            if let Some(first) = favourites[part] {
                all[at].signs[sign] = f64::from(u8::from(first == at));
                alike += edit_similarity(&all[at].jobs, &all[first].jobs) / 4.0;
            }
        }
        all[at].signs[15] = alike;
    }
    let highest = |sign: usize| all.iter().map(|opinion| opinion.signs[sign]).fold(LEAST_LOG, f64::max);
    let mut none = [0.0; N_SIGNS];
    none[NONE] = 1.0;
    none[17] = libm::log(1.02 - libm::exp(highest(6)).min(1.0));
    none[18] = libm::log(1.02 - libm::exp(highest(MEAN)).min(1.0));
    none[19] = top_score;
    Opinions { all, none, nearest: top_score, by_part }
}

/// Positions of the largest values, best first; equal ones in order.
fn best(values: &[f32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).filter(|at| values[*at] > 1e-3).collect();
    order.sort_by(|a, b| values[*b].total_cmp(&values[*a]).then_with(|| a.cmp(b)));
    order.truncate(N_NAMED);
    order
}

fn favourite(by_part: &[[f64; PARTS.len()]], part: usize) -> Option<usize> {
    (0..by_part.len()).max_by(|a, b| by_part[*a][part].total_cmp(&by_part[*b][part]).then_with(|| b.cmp(a)))
}
