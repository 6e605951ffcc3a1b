//! Which items are held out.

use std::collections::{BTreeMap, BTreeSet};

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

use crate::domain::{Item, ItemCode, Plant, Routing};

use crate::features::ITEM_NAME_FEATURE;

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

impl Split {
    /// As in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Time => "time",
            Self::Family => "family",
        }
    }

    /// What is drawn as one when items are resampled: the name family of a family split, else the item.
    pub(super) fn unit(self, item: &Item) -> String {
        match self {
            Self::Family => item.name_family(),
            Self::Random | Self::Time => item.code.to_string(),
        }
    }
}

/// Codes of the items to hold out, of each repeat or fold.
pub(super) fn rounds(plant: &Plant, settings: &EvaluateSettings) -> Result<Vec<BTreeSet<ItemCode>>, EvaluateError> {
    match settings.n_folds {
        Some(n_folds) => folds(plant, settings, n_folds),
        None if settings.n_repeats == 0 => Err(EvaluateError::NoRepeats),
        None => (0..settings.n_repeats)
            .map(|repeat| {
                let seed = settings.seed.wrapping_add(repeat as u64);
                hold_out(plant, &EvaluateSettings { seed, ..settings.clone() })
            })
            .collect(),
    }
}

/// Every item with a routing once, in folds of about one size; in a family split whole families.
fn folds(plant: &Plant, settings: &EvaluateSettings, n_folds: usize) -> Result<Vec<BTreeSet<ItemCode>>, EvaluateError> {
    if settings.split == Split::Time {
        return Err(EvaluateError::TimeFolds);
    }
    let routed = main_routings(plant);
    if routed.len() < LEAST_ITEMS {
        return Err(EvaluateError::TooFew { n: routed.len() });
    }
    let mut units: BTreeMap<String, Vec<&ItemCode>> = BTreeMap::new();
    for item in plant.items.iter().filter(|item| routed.contains_key(&item.code)) {
        units.entry(settings.split.unit(item)).or_default().push(&item.code);
    }
    if !(2..=units.len()).contains(&n_folds) {
        let kind = if settings.split == Split::Family { "name families" } else { "items" };
        return Err(EvaluateError::Folds { n_folds, most: units.len(), units: kind });
    }
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(settings.seed);
    let mut keyed: Vec<(u64, Vec<&ItemCode>)> = units.into_values().map(|codes| (rng.r#gen(), codes)).collect();
    keyed.sort();
    let mut folds = vec![BTreeSet::new(); n_folds];
    for (_, codes) in keyed {
        let smallest = (0..n_folds).min_by_key(|fold| folds[*fold].len()).unwrap_or(0);
        folds[smallest].extend(codes.into_iter().cloned());
    }
    Ok(folds)
}

fn hold_out(plant: &Plant, settings: &EvaluateSettings) -> Result<BTreeSet<ItemCode>, EvaluateError> {
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

/// The plant without the items that are `gone` and all that is known of them: routings and reports.
///
/// Nothing of them is left, so that not even their attributes shape rarities, scales or vocabularies.
pub(super) fn without_items(plant: &Plant, gone: &BTreeSet<ItemCode>) -> Plant {
    Plant {
        items: plant.items.iter().filter(|item| !gone.contains(&item.code)).cloned().collect(),
        routings: plant.routings.iter().filter(|routing| !gone.contains(&routing.item)).cloned().collect(),
        results: plant.results.iter().filter(|result| !gone.contains(&result.item)).cloned().collect(),
    }
}

/// The held-out items with their truth.
pub(super) fn cases<'a>(plant: &'a Plant, held_out: &BTreeSet<ItemCode>) -> Vec<Case<'a>> {
    let main = main_routings(plant);
    plant
        .items
        .iter()
        .filter(|item| held_out.contains(&item.code))
        .filter_map(|item| main.get(&item.code).map(|truth| Case { item, truth }))
        .collect()
}

/// The plant as if it had no such columns; `item_nm` is the name.
///
/// # Errors
/// [`EvaluateError::NoSuchColumn`] where no item has one of them.
pub(super) fn without_columns(plant: &Plant, columns: &[String]) -> Result<Plant, EvaluateError> {
    let mut plant = plant.clone();
    for column in columns {
        let mut is_known = false;
        for item in &mut plant.items {
            let had = if column == ITEM_NAME_FEATURE { item.name.take() } else { item.attributes.remove(column) };
            is_known |= had.is_some();
        }
        if !is_known {
            return Err(EvaluateError::NoSuchColumn { column: column.clone() });
        }
    }
    Ok(plant)
}
