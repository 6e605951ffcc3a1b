//! The part families in the plane, with how often the trials of each were right.

use std::collections::BTreeMap;

use crate::encode::DIMENSIONS;
use crate::model::{FamilyMap, FamilySpot};

use super::labels::family_labels;
use super::projection::project;
use super::{LEAST_OF_GROUP, Trial, TrialContext, share};

/// Sum of the embeddings of a family, exact in whole numbers, and its items.
struct Members {
    sums: Vec<i64>,
    n_items: usize,
}

/// The map; `None` with fewer than two families, or where all centres are the same.
pub fn family_map(trials: &[Trial], context: &TrialContext) -> Option<FamilyMap> {
    let mut members: BTreeMap<u16, Members> = BTreeMap::new();
    for (point, family) in context.points.iter().zip(context.families) {
        let family = members.entry(*family).or_insert_with(|| Members { sums: vec![0; DIMENSIONS], n_items: 0 });
        family.n_items += 1;
        family.sums.iter_mut().zip(point.components()).for_each(|(sum, x)| *sum += i64::from(*x));
    }
    let centre = |of: &Members| -> Vec<f64> { of.sums.iter().map(|sum| *sum as f64 / of.n_items as f64).collect() };
    let centres: Vec<Vec<f64>> = members.values().map(centre).collect();
    let weights: Vec<f64> = members.values().map(|of| of.n_items as f64).collect();
    let projection = project(&centres, &weights)?;
    let mut tried: BTreeMap<u16, Vec<Trial>> = BTreeMap::new();
    trials.iter().for_each(|trial| tried.entry(context.family(trial)).or_default().push(*trial));
    let mut labels = family_labels(context.items, context.families, context.schema);
    let mut spots: Vec<FamilySpot> = members
        .into_iter()
        .zip(projection.places)
        .map(|((family, members), [x, y])| {
            let trials = tried.remove(&family).unwrap_or_default();
            FamilySpot {
                family,
                label: labels.remove(&family).unwrap_or_default(),
                x,
                y,
                n_items: members.n_items,
                n_trials: trials.len(),
                exact_at_1: (trials.len() >= LEAST_OF_GROUP)
                    .then(|| share(&trials, |trial| trial.answer.is_first_right)),
            }
        })
        .collect();
    spots.sort_by(|a, b| b.n_items.cmp(&a.n_items).then_with(|| a.family.cmp(&b.family)));
    Some(FamilyMap { spots, shown_share: projection.shown_share })
}
