//! Which items are held out.

use std::collections::{BTreeMap, BTreeSet};

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

use crate::domain::{ItemCode, Plant, Routing};

use super::{Case, EvaluateError, EvaluateSettings};

/// Fewer items with a routing than this cannot be split.
const LEAST_ITEMS: usize = 10;

/// How items are held out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Items at random.
    Random,
    /// The items whose first routing is newest.
    Time,
    /// Whole name families: items that differ in digits only stay together.
    Family,
}

/// Codes of the items to hold out.
pub(super) fn hold_out(plant: &Plant, settings: &EvaluateSettings) -> Result<BTreeSet<ItemCode>, EvaluateError> {
    if !(settings.holdout > 0.0 && settings.holdout < 1.0) {
        return Err(EvaluateError::Holdout(settings.holdout));
    }
    let routed = main_routings(plant);
    if routed.len() < LEAST_ITEMS {
        return Err(EvaluateError::TooFew { n: routed.len() });
    }
    let n_held = ((routed.len() as f64 * settings.holdout) as usize).clamp(1, routed.len() - 1);
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(settings.seed);
    match settings.split {
        Split::Random => {
            let mut keyed: Vec<(u64, &ItemCode)> = routed.keys().map(|code| (rng.r#gen(), *code)).collect();
            keyed.sort();
            Ok(keyed.into_iter().take(n_held).map(|(_, code)| code.clone()).collect())
        }
        Split::Time => newest(plant, routed.len(), n_held),
        Split::Family => {
            let mut families: BTreeMap<String, Vec<&ItemCode>> = BTreeMap::new();
            for item in plant.items.iter().filter(|item| routed.contains_key(&item.code)) {
                families.entry(item.name_family()).or_default().push(&item.code);
            }
            if families.len() < 2 {
                return Err(EvaluateError::OneFamily { n: routed.len() });
            }
            let mut keyed: Vec<(u64, Vec<&ItemCode>)> =
                families.into_values().map(|codes| (rng.r#gen(), codes)).collect();
            keyed.sort();
            let mut held = BTreeSet::new();
            let last = keyed.len() - 1;
            for (_, codes) in keyed.into_iter().take(last) {
                // A family that would overshoot the share by far is left in training.
                if held.len() + codes.len() <= n_held + n_held / 4 + 1 && held.len() < n_held {
                    held.extend(codes.into_iter().cloned());
                }
            }
            if held.is_empty() { Err(EvaluateError::OneFamily { n: routed.len() }) } else { Ok(held) }
        }
    }
}

fn newest(plant: &Plant, n: usize, n_held: usize) -> Result<BTreeSet<ItemCode>, EvaluateError> {
    let mut first_written: BTreeMap<&ItemCode, crate::domain::Date> = BTreeMap::new();
    for routing in &plant.routings {
        if let Some(day) = routing.created {
            let first = first_written.entry(&routing.item).or_insert(day);
            *first = (*first).min(day);
        }
    }
    if first_written.len() < n_held.max(LEAST_ITEMS) {
        return Err(EvaluateError::NoDates { n_dated: first_written.len(), n });
    }
    let mut by_day: Vec<(crate::domain::Date, &ItemCode)> =
        first_written.into_iter().map(|(code, day)| (day, code)).collect();
    by_day.sort();
    Ok(by_day.into_iter().rev().take(n_held).map(|(_, code)| code.clone()).collect())
}

/// The routing of each item that counts as true: the main one, else the newest, else the first by number.
pub(super) fn main_routings(plant: &Plant) -> BTreeMap<&ItemCode, &Routing> {
    let mut main: BTreeMap<&ItemCode, &Routing> = BTreeMap::new();
    let rank = |routing: &Routing| (routing.is_main == Some(true), routing.created);
    for routing in plant.routings.iter().filter(|routing| !routing.operations.is_empty()) {
        let best = main.entry(&routing.item).or_insert(routing);
        if rank(routing) > rank(best) {
            *best = routing;
        }
    }
    main
}

/// The plant without the held-out items and all that is known of them, and the held-out items with their truth.
///
/// Held-out items leave the training wholly, reports included: not even their attributes shape rarities or scales.
pub(super) fn divide<'a>(plant: &'a Plant, held_out: &BTreeSet<ItemCode>) -> (Plant, Vec<Case<'a>>) {
    let rest = Plant {
        items: plant.items.iter().filter(|item| !held_out.contains(&item.code)).cloned().collect(),
        routings: plant.routings.iter().filter(|routing| !held_out.contains(&routing.item)).cloned().collect(),
        results: plant.results.iter().filter(|result| !held_out.contains(&result.item)).cloned().collect(),
    };
    let main = main_routings(plant);
    let cases = plant
        .items
        .iter()
        .filter(|item| held_out.contains(&item.code))
        .filter_map(|item| main.get(&item.code).map(|truth| Case { item, truth }))
        .collect();
    (rest, cases)
}
