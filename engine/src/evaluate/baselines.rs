//! What anyone would try first: the yardsticks that a model has to beat.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::domain::{Item, ItemCode, Plant, Routing};
use crate::features::{Encoder, Feature, FeatureKind, ITEM_CODE_FEATURE, ITEM_NAME_FEATURE, Schema, Value};
use crate::index::Catalogue;

use super::Case;
use super::score::{MethodScore, jobs, of_routes};
use super::split::main_routings;

/// Scores of all baselines, trained on `rest` only.
pub(super) fn scores(rest: &Plant, cases: &[Case]) -> Vec<MethodScore> {
    let main = main_routings(rest);
    vec![
        of_routes("commonest_route", cases, &commonest_route(&main, cases)),
        of_routes("copy_nearest", cases, &copy_nearest(rest, &main, cases)),
    ]
}

/// Share of the held-out routes that occur in training.
pub(super) fn seen_route_share(rest: &Plant, cases: &[Case]) -> f64 {
    let known: BTreeSet<Vec<&str>> = rest.routings.iter().map(jobs).collect();
    let n_seen = cases.iter().filter(|case| known.contains(&jobs(case.truth))).count();
    n_seen as f64 / cases.len().max(1) as f64
}

/// The four commonest routes of the plant, for everyone.
fn commonest_route<'a>(main: &BTreeMap<&ItemCode, &'a Routing>, cases: &[Case]) -> Vec<Vec<Vec<&'a str>>> {
    let mut counts: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for routing in main.values() {
        *counts.entry(jobs(routing)).or_default() += 1;
    }
    let mut routes: Vec<(Vec<&str>, usize)> = counts.into_iter().collect();
    routes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let first_four: Vec<Vec<&str>> = routes.into_iter().take(4).map(|(route, _)| route).collect();
    vec![first_four; cases.len()]
}

/// The routes of the items with the nearest name and code, by cosine of character n-grams with rarity weights.
fn copy_nearest<'a>(rest: &Plant, main: &BTreeMap<&ItemCode, &'a Routing>, cases: &[Case]) -> Vec<Vec<Vec<&'a str>>> {
    let items: Vec<&Item> = rest.items.iter().filter(|item| main.contains_key(&item.code)).collect();
    let text = |name: &str, kind: FeatureKind, weight: f64| Feature {
        name: name.to_owned(),
        kind,
        unit: None,
        weight,
        filled_share: 1.0,
        common_values: Vec::new(),
    };
    let features =
        vec![text(ITEM_NAME_FEATURE, FeatureKind::Text, 1.0), text(ITEM_CODE_FEATURE, FeatureKind::Code, 0.5)];
    let encoder = Encoder::fit(Schema { version: 0, features }, &items);
    let encoded: Vec<Vec<Value>> = items.iter().map(|item| encoder.encode(item)).collect();
    let catalogue = Catalogue::new(&encoder, &encoded);
    cases
        .par_iter()
        .map(|case| {
            let mut routes: Vec<Vec<&str>> = Vec::new();
            for hit in catalogue.nearest(&encoder.encode(case.item), 20, |_| true) {
                let route = jobs(main[&items[hit.item_idx].code]);
                if !routes.contains(&route) {
                    routes.push(route);
                }
            }
            routes.truncate(4);
            routes
        })
        .collect()
}
