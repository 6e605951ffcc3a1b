//! Inner folds: every predictor is asked about items that it has not seen, half of the time without their name family.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use crate::domain::Item;
use crate::ensemble::{BasePredictions, Neighbourhood, OutOfBag, base_predictions};
use crate::predict::vote::{MAX_VOTERS, cast_votes, rank_sequences};

use super::accuracy::{Baselines, Ranks};
use super::predictors::{Fitted, TrainingData, fit_predictors};

/// An item that was held out, and what the predictors said about it.
#[derive(Clone)]
pub struct Case {
    /// Position among the voters.
    pub voter: usize,
    pub predictions: BasePredictions,
    /// Position of the true route among the candidates; `None` when nobody named it.
    pub truth: Option<usize>,
    /// Share of feature weight that was filled.
    pub coverage: f64,
    /// Whether many of its attributes were hidden on purpose.
    pub is_hidden: bool,
    /// What the baselines would have said.
    pub baseline_ranks: Ranks,
}

/// Fewer items than this are not worth holding any out.
const LEAST_ITEMS: usize = 12;
/// A fold holds no more than so many items, and no more than a quarter of them: what the rest can say is to be what all can.
const MAX_HELD: usize = 1_200;
const MAX_HELD_SHARE: f64 = 0.25;
/// Each of so many held-out items is asked about once more with much hidden.
const HIDE_EACH: usize = 4;
/// Chance that an attribute is hidden then.
const HIDE_PROB: f64 = 0.6;
/// A name family larger than this share of the items is never held out: too little would be left.
const LARGEST_FAMILY: f64 = 0.4;

/// Holds items out, fits to the rest, and asks; `tell` hears 0 to 1.
pub fn cases(data: &TrainingData, tell: &(dyn Fn(f64) + Sync)) -> Vec<Case> {
    let n = data.voters.len();
    if n < LEAST_ITEMS {
        return Vec::new();
    }
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(data.seed ^ 0xf01d);
    let mut folds = random_folds(n, &mut rng);
    folds.extend(family_folds(data, &mut rng));
    let n_done = AtomicUsize::new(0);
    let hold_out = |held: &BTreeSet<usize>| {
        let cases = ask_about_held(data, held);
        tell((n_done.fetch_add(1, Ordering::Relaxed) + 1) as f64 / folds.len() as f64);
        cases
    };
    let cases: Vec<Vec<Case>> = folds.par_iter().map(hold_out).collect();
    cases.into_iter().flatten().collect()
}

/// Folds of each kind: ten in a small plant, since every trial counts there and fits are cheap; four hold every item of a
/// larger one out, as long as they cost no more than what the fold of the largest plants does; then fewer.
fn n_folds(n: usize) -> usize {
    let affordable = (10_000 / n).clamp(1, 4);
    (4_000 / n).clamp(affordable, 10)
}

/// Items of each fold, about.
fn fold_size(n: usize) -> usize {
    n.div_ceil(n_folds(n)).min((n as f64 * MAX_HELD_SHARE).ceil() as usize).min(MAX_HELD)
}

fn random_folds(n: usize, rng: &mut Xoshiro256PlusPlus) -> Vec<BTreeSet<usize>> {
    let mut keyed: Vec<(u64, usize)> = (0..n).map(|at| (rng.r#gen(), at)).collect();
    keyed.sort_unstable();
    let drawn: Vec<usize> = keyed.into_iter().map(|(_, at)| at).collect();
    drawn.chunks(fold_size(n)).take(n_folds(n)).map(|fold| fold.iter().copied().collect()).collect()
}

fn family_folds(data: &TrainingData, rng: &mut Xoshiro256PlusPlus) -> Vec<BTreeSet<usize>> {
    let n = data.voters.len();
    let mut families: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, item) in data.voters.iter().enumerate() {
        families.entry(item.name_family()).or_default().push(at);
    }
    let largest = (n as f64 * LARGEST_FAMILY) as usize;
    let mut keyed: Vec<(u64, Vec<usize>)> = families
        .into_values()
        .filter(|members| members.len() <= largest)
        .map(|members| (rng.r#gen(), members))
        .collect();
    keyed.sort_unstable();
    let mut folds = vec![BTreeSet::new(); n_folds(n)];
    let are_all_held = n_folds(n) * fold_size(n) >= n;
    for (_, members) in keyed {
        let smallest = (0..folds.len()).min_by_key(|fold| folds[*fold].len()).unwrap_or(0);
        if are_all_held || folds[smallest].len() + members.len() <= fold_size(n) {
            folds[smallest].extend(members);
        }
    }
    folds.retain(|fold| !fold.is_empty());
    folds
}

/// Fits to what is not held out, and asks about what is.
fn ask_about_held(data: &TrainingData, held: &BTreeSet<usize>) -> Vec<Case> {
    let kept: Vec<usize> = (0..data.voters.len()).filter(|at| !held.contains(at)).collect();
    if kept.is_empty() {
        return Vec::new();
    }
    let gone: BTreeSet<&str> = held.iter().map(|at| data.voters[*at].code.as_str()).collect();
    let rest = TrainingData {
        items: data.items.iter().copied().filter(|item| !gone.contains(item.code.as_str())).collect(),
        voters: kept.iter().map(|at| data.voters[*at]).collect(),
        book: data.book,
        routings: kept.iter().map(|at| data.routings[*at].clone()).collect(),
        sentences: data.sentences,
        seed: data.seed,
        check: data.check,
    };
    let fitted = fit_predictors(&rest, &mut |_| {});
    let baselines = Baselines::of(rest.book, &rest.routings);
    let held: Vec<usize> = held.iter().copied().collect();
    held.par_iter()
        .enumerate()
        .flat_map_iter(|(order, at)| {
            (data.check)();
            let item = data.voters[*at];
            let truth = data.book.routings[data.routings[*at].start].jobs();
            let ask = |item: &Item, is_hidden: bool| {
                let Said { predictions, coverage, near } = ask(&fitted, &rest, item)?;
                let baseline_ranks = baselines.ranks(rest.book, &near, &truth);
                let truth = predictions.all.iter().position(|prediction| prediction.jobs == truth);
                Some(Case { voter: *at, predictions, truth, coverage, is_hidden, baseline_ranks })
            };
            let hidden = (order % HIDE_EACH == 0).then(|| ask(&much_hidden(item, data.seed, *at), true)).flatten();
            ask(item, false).into_iter().chain(hidden).collect::<Vec<_>>()
        })
        .collect()
}

/// What the predictors say, and about what.
struct Said {
    predictions: BasePredictions,
    coverage: f64,
    /// Score and routings of the neighbours, nearest first.
    near: Vec<(f64, Range<usize>)>,
}

/// What the predictors say about an item that is none of theirs; `None` when nothing is near.
fn ask(fitted: &Fitted, data: &TrainingData, item: &Item) -> Option<Said> {
    let values = fitted.encoder.encode(item);
    let coverage = fitted.catalogue.query_weights(&values).1 / fitted.catalogue.total_weight();
    let hits = fitted.catalogue.nearest(&values, MAX_VOTERS, |_| true);
    if hits.is_empty() {
        return None;
    }
    let near: Vec<_> = hits.iter().map(|hit| (hit.score, data.routings[hit.item_idx].clone())).collect();
    let votes = cast_votes(data.book, &near, &fitted.voting);
    let ranked = rank_sequences(data.book, &votes, &fitted.voting);
    let neighbourhood = Neighbourhood { book: data.book, ranked: &ranked, near: &near };
    let out_of_bag = OutOfBag { known_item: None, bag_share: fitted.learned.bag_share };
    let predictions = base_predictions(&fitted.learned, &fitted.learned.cues.encode(item), &neighbourhood, out_of_bag);
    Some(Said { predictions, coverage, near })
}

/// The item as someone describes it who knows little yet.
fn much_hidden(item: &Item, seed: u64, at: usize) -> Item {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed ^ (at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut little = item.clone();
    little.attributes.retain(|_, _| rng.r#gen::<f64>() >= HIDE_PROB);
    if rng.r#gen::<f64>() < HIDE_PROB {
        little.name = None;
    }
    little
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_plant_is_tried_whole_and_a_large_one_in_part() {
        for (n, n_folds, n_held) in [
            (40, 10, 40),
            (150, 10, 150),
            (900, 4, 900),
            (2_500, 4, 2_500),
            (3_300, 3, 2_475),
            (5_000, 2, 2_400),
            (11_000, 1, 1_200),
        ] {
            let folds = random_folds(n, &mut Xoshiro256PlusPlus::seed_from_u64(1));
            let held: BTreeSet<usize> = folds.iter().flatten().copied().collect();
            assert_eq!((folds.len(), held.len()), (n_folds, n_held), "{n} items");
            assert_eq!(folds.iter().map(BTreeSet::len).sum::<usize>(), n_held, "no item is in two folds");
            assert!(folds.iter().all(|fold| fold.len() <= n.div_ceil(4)), "{n} items");
        }
    }
}
