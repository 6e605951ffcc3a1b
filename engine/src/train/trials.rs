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
use crate::predict::vote::{MAX_VOTERS, Ranked, Voting, cast_votes, rank_sequences};
use crate::snapshot::book::Book;
use crate::watch::Check;

/// Items that voting settings are compared on.
const N_VOTING_TRIALS: usize = 600;

/// What a tried item may not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hidden {
    /// Itself: a new member of a known family.
    Itself,
    /// Its whole name family: a truly new item.
    NameFamily,
}

/// The training items for leave-one-out trials.
pub struct LeaveOneOut<'a> {
    encoded: &'a [Vec<Value>],
    book: &'a Book,
    /// Routings of each item of the catalogue.
    routings: Vec<Range<usize>>,
    /// Name family of each item of the catalogue.
    name_families: Vec<u32>,
    /// Items to try, in an order that depends on codes and seed only.
    sample: Vec<usize>,
    seed: u64,
    /// Between two trials.
    pub check: Check<'a>,
}

/// Neighbours of a tried item, nearest first: score and routings of each.
type Near = Vec<(f64, Range<usize>)>;

impl<'a> LeaveOneOut<'a> {
    pub fn new(
        items: &[&Item],
        encoded: &'a [Vec<Value>],
        book: &'a Book,
        routings: &[Range<usize>],
        seed: u64,
        check: Check<'a>,
    ) -> Self {
        let routings = routings.to_vec();
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
        Self { encoded, book, routings, name_families, sample, seed, check }
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

    /// Neighbours of a tried item.
    fn near(&self, catalogue: &Catalogue, at: usize, hidden: Hidden) -> Near {
        let hits = catalogue.nearest(&self.encoded[at], MAX_VOTERS, |other| {
            other != at && !(hidden == Hidden::NameFamily && self.is_same_name_family(at, other))
        });
        hits.into_iter().map(|hit| (hit.score, self.routings[hit.item_idx].clone())).collect()
    }

    /// How good a voting setting is on neighbours found before, higher is better.
    fn worth(&self, tried: &[(usize, Near)], voting: &Voting) -> f64 {
        let worth_of = |(at, near): &(usize, Near)| {
            (self.check)();
            let votes = cast_votes(self.book, near, voting);
            let ranked = rank_sequences(self.book, &votes, voting);
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
                (self.check)();
                let hidden = if order % 2 == 0 { Hidden::Itself } else { Hidden::NameFamily };
                (*at, self.near(catalogue, *at, hidden))
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
    let position = ranked.iter().take(4).position(|candidate| candidate.jobs == truth);
    let first = f64::from(u8::from(position == Some(0)));
    let among = f64::from(u8::from(position.is_some()));
    let alike = ranked.first().map_or(0.0, |candidate| edit_similarity(&candidate.jobs, truth));
    first + 0.25 * among + 0.25 * alike
}

/// The voting setting that would have answered best: number of voters and power together, then the blend.
pub fn choose_voting(trials: &LeaveOneOut, catalogue: &Catalogue) -> Voting {
    let tried = trials.tried(catalogue);
    let mut best = (f64::NEG_INFINITY, Voting::default());
    let mut consider = |voting: Voting| {
        let worth = trials.worth(&tried, &voting);
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
