//! Leave-one-out trials on the training items: what a setting would have answered for an item it had not seen.

use std::collections::BTreeMap;
use std::ops::Range;

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use crate::domain::Item;
use crate::features::Value;
use crate::index::Catalogue;
use crate::predict::align::edit_similarity;
use crate::predict::book::Book;
use crate::predict::confidence::Signs;
use crate::predict::vote::{MAX_VOTERS, Ranked, Voting, cast_votes, rank_sequences};

use super::calibrate::{Trial, fit_calibration};
use super::calibration_error::expected_calibration_error;

/// Items that are tried: enough for a standard error of about one point.
const N_TRIALS: usize = 1500;
/// Items that voting settings are compared on.
const N_VOTING_TRIALS: usize = 600;
/// Chance that a feature is hidden in a trial of a sparsely described item.
const HIDE_PROB: f64 = 0.6;

/// What a tried item may not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hidden {
    /// Itself: a new member of a known family.
    Itself,
    /// Its whole name family: a truly new item.
    NameFamily,
    /// Itself and many of its attributes: an item of which little is known yet.
    Attributes,
}

/// The training items as a test bench.
pub struct Bench<'a> {
    encoded: &'a [Vec<Value>],
    book: &'a Book,
    /// Routings of each item of the catalogue.
    routings: Vec<Range<usize>>,
    /// Name family of each item of the catalogue.
    name_families: Vec<u32>,
    /// Items to try, in an order that depends on codes and seed only.
    sample: Vec<usize>,
    seed: u64,
}

/// Neighbours of a tried item, nearest first: score and routings of each.
type Near = Vec<(f64, Range<usize>)>;

/// Outcome of one trial.
pub struct Outcome {
    hidden: Hidden,
    pub trial: Trial,
}

impl<'a> Bench<'a> {
    pub fn new(
        items: &[&Item],
        encoded: &'a [Vec<Value>],
        book: &'a Book,
        voters: &[u32],
        ranges: &[Range<usize>],
        seed: u64,
    ) -> Self {
        let routings = voters.iter().map(|at| ranges[*at as usize].clone()).collect();
        let mut ids: BTreeMap<String, u32> = BTreeMap::new();
        let name_families = items
            .iter()
            .map(|item| {
                let next = ids.len() as u32;
                *ids.entry(item.name_family()).or_insert(next)
            })
            .collect();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut keyed: Vec<(u64, usize)> = (0..items.len()).map(|at| (rng.r#gen(), at)).collect();
        keyed.sort_unstable();
        let sample = keyed.into_iter().map(|(_, at)| at).collect();
        Self { encoded, book, routings, name_families, sample, seed }
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.encoded.len()
    }

    /// The first `n` items to try.
    pub fn sample(&self, n: usize) -> &[usize] {
        &self.sample[..n.min(self.sample.len())]
    }

    /// A generator for the item at `at`, the same in every run.
    pub fn rng(&self, at: usize) -> Xoshiro256PlusPlus {
        Xoshiro256PlusPlus::seed_from_u64(self.seed ^ (at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// Encoded values of an item.
    pub fn values(&self, at: usize) -> &[Value] {
        &self.encoded[at]
    }

    /// Whether two items bear the same name but for digits.
    pub fn is_same_name_family(&self, a: usize, b: usize) -> bool {
        self.name_families[a] == self.name_families[b]
    }

    /// Jobs of the item's main routing.
    pub fn truth(&self, at: usize) -> Vec<u32> {
        self.book.routings[self.routings[at].start].jobs()
    }

    /// Neighbours of a tried item and the weight that its values cover.
    fn near(&self, catalogue: &Catalogue, at: usize, hidden: Hidden) -> (Near, f64) {
        let mut values = self.encoded[at].clone();
        if hidden == Hidden::Attributes {
            let mut rng = self.rng(at);
            values.iter_mut().filter(|_| rng.r#gen::<f64>() < HIDE_PROB).for_each(|value| *value = Value::Missing);
        }
        let covered = catalogue.query_weights(&values).1;
        let hits = catalogue.nearest(&values, MAX_VOTERS, |other| {
            other != at && !(hidden == Hidden::NameFamily && self.is_same_name_family(at, other))
        });
        (hits.into_iter().map(|hit| (hit.score, self.routings[hit.item_idx].clone())).collect(), covered)
    }

    /// Tries a sample of the items under all three conditions.
    pub fn outcomes(&self, catalogue: &Catalogue, voting: &Voting) -> Vec<Outcome> {
        let total_weight = catalogue.total_weight();
        self.sample(N_TRIALS)
            .par_iter()
            .enumerate()
            .filter_map(|(order, at)| {
                let hidden = match order % 5 {
                    0 | 2 => Hidden::Itself,
                    1 | 3 => Hidden::NameFamily,
                    _ => Hidden::Attributes,
                };
                let (near, covered) = self.near(catalogue, *at, hidden);
                if near.is_empty() {
                    return None;
                }
                let votes = cast_votes(self.book, &near, voting);
                let ranked = rank_sequences(self.book, &votes, voting, 4);
                let scores: Vec<f64> = near.iter().map(|(score, _)| *score).collect();
                let truth = self.truth(*at);
                let signs = Signs::of(&ranked, &votes, &scores, covered / total_weight);
                let true_rank = ranked.iter().position(|candidate| candidate.jobs == truth);
                Some(Outcome { hidden, trial: Trial { signs, true_rank } })
            })
            .collect()
    }

    /// How good a voting setting is on neighbours found before, higher is better.
    fn worth(&self, tried: &[(usize, Near)], voting: &Voting) -> f64 {
        let worth_of = |(at, near): &(usize, Near)| {
            let votes = cast_votes(self.book, near, voting);
            let ranked = rank_sequences(self.book, &votes, voting, 4);
            worth_of_answer(&ranked, &self.truth(*at))
        };
        // Collected in order before adding, so that the sum does not depend on threads.
        tried.par_iter().map(worth_of).collect::<Vec<f64>>().iter().sum::<f64>() / tried.len().max(1) as f64
    }

    /// Neighbours of the items that voting settings and weights are compared on.
    pub fn tried(&self, catalogue: &Catalogue) -> Vec<(usize, Near)> {
        self.sample(N_VOTING_TRIALS)
            .par_iter()
            .enumerate()
            .map(|(order, at)| {
                let hidden = if order % 2 == 0 { Hidden::Itself } else { Hidden::NameFamily };
                (*at, self.near(catalogue, *at, hidden).0)
            })
            .collect()
    }

    /// How good a catalogue is under the default voting, higher is better.
    pub fn worth_of_catalogue(&self, catalogue: &Catalogue) -> f64 {
        let voting = Voting { blend: 0.0, ..Voting::default() };
        self.worth(&self.tried(catalogue), &voting)
    }
}

fn worth_of_answer(ranked: &[Ranked], truth: &[u32]) -> f64 {
    let position = ranked.iter().position(|candidate| candidate.jobs == truth);
    let first = f64::from(u8::from(position == Some(0)));
    let among = f64::from(u8::from(position.is_some()));
    let alike = ranked.first().map_or(0.0, |candidate| edit_similarity(&candidate.jobs, truth));
    first + 0.25 * among + 0.25 * alike
}

/// The voting setting that would have answered best: number of voters and power together, then the blend.
pub fn choose_voting(bench: &Bench, catalogue: &Catalogue) -> Voting {
    let tried = bench.tried(catalogue);
    let mut best = (f64::NEG_INFINITY, Voting::default());
    let mut consider = |voting: Voting| {
        let worth = bench.worth(&tried, &voting);
        if worth > best.0 + 1e-12 {
            best = (worth, voting);
        }
        best.1
    };
    let mut chosen = Voting::default();
    for n_voters in [5, 10, 20, MAX_VOTERS] {
        for power in [2.0, 4.0, 8.0, 16.0, 32.0] {
            chosen = consider(Voting { n_voters, power, blend: 0.0 });
        }
    }
    for blend in [0.1, 0.3, 0.6] {
        chosen = consider(Voting { blend, ..chosen });
    }
    chosen
}

/// Calibration error on one half of the trials of a fit to the other half.
pub fn inner_calibration_error(outcomes: &[Outcome]) -> Option<f64> {
    let half = |parity: usize| {
        outcomes.iter().enumerate().filter(move |(at, _)| (at / 5) % 2 == parity).map(|(_, outcome)| outcome.trial)
    };
    let fitted = fit_calibration(&half(0).collect::<Vec<_>>());
    let answers: Vec<(f64, bool)> =
        half(1).map(|trial| (fitted.first(&trial.signs), trial.true_rank == Some(0))).collect();
    (answers.len() >= 50).then(|| expected_calibration_error(&answers)).flatten()
}

/// Share of fully described trials whose first candidate was right; `None` with fewer than 20.
pub fn exact_at_1(outcomes: &[Outcome]) -> Option<f64> {
    let full: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.hidden != Hidden::Attributes).collect();
    let n_right = full.iter().filter(|outcome| outcome.trial.true_rank == Some(0)).count();
    (full.len() >= 20).then(|| n_right as f64 / full.len() as f64)
}
