//! Which categorical attribute tells most about the route.

use std::collections::BTreeMap;

use crate::domain::Item;
use crate::features::{Feature, FeatureKind, Schema};

/// A job sequence in whatever numbering: only equality counts.
type Route = Vec<u32>;

/// How often the commonest route among the *other* items with the same value is right, 0 to 1. An item alone with its
/// value is wrong, so that a column of identifiers tells nothing; a tie counts half.
pub fn told_share<'a>(values: &[Option<String>], routes: &[&'a Route]) -> f64 {
    let mut counts: BTreeMap<&str, BTreeMap<&'a Route, usize>> = BTreeMap::new();
    for (value, route) in values.iter().zip(routes) {
        *counts.entry(value.as_deref().unwrap_or_default()).or_default().entry(route).or_default() += 1;
    }
    let mut right = 0.0;
    for routes in counts.values() {
        let mut sizes: Vec<usize> = routes.values().copied().collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        for own in &sizes {
            let others = if *own == sizes[0] { sizes.get(1).copied().unwrap_or(0) } else { sizes[0] };
            right += *own as f64
                * match (own - 1).cmp(&others) {
                    std::cmp::Ordering::Greater => 1.0,
                    std::cmp::Ordering::Equal if *own > 1 => 0.5,
                    _ => 0.0,
                };
        }
    }
    right / values.len().max(1) as f64
}

/// The category or flag that tells most, with its share; of equal ones the first in the schema. `None` where there is
/// none with two values that `suits`.
pub fn most_telling<'a>(
    schema: &'a Schema,
    items: &[&Item],
    routes: &[&Route],
    suits: impl Fn(&[Option<String>]) -> bool,
) -> Option<(&'a Feature, f64)> {
    let mut best: Option<(&Feature, f64)> = None;
    for feature in &schema.features {
        if !matches!(feature.kind, FeatureKind::Category | FeatureKind::Flag) {
            continue;
        }
        let values = values(feature, items);
        if !suits(&values) {
            continue;
        }
        let share = told_share(&values, routes);
        if best.is_none_or(|(_, known)| share > known + 1e-12) {
            best = Some((feature, share));
        }
    }
    best
}

/// The value of a feature in each item, in lower case.
pub fn values(feature: &Feature, items: &[&Item]) -> Vec<Option<String>> {
    items.iter().map(|item| feature.value(item).map(|value| value.to_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::infer_schema;

    #[test]
    fn the_telling_column_is_found_and_identifiers_are_not() {
        let items: Vec<Item> = (0..90)
            .map(|n| {
                Item::new(format!("X{n:03}"))
                    .with("colour", ["red", "blue", "green"][n * 7 / 3 % 3])
                    .with("kind", ["a", "b", "c"][n % 3])
            })
            .collect();
        let items: Vec<&Item> = items.iter().collect();
        let routes: Vec<Route> = (0..90).map(|n| vec![n % 3]).collect();
        let routes: Vec<&Route> = routes.iter().collect();
        let schema = infer_schema(items.iter().copied());
        let (feature, share) = most_telling(&schema, &items, &routes, |_| true).expect("two categories");
        assert_eq!((feature.name.as_str(), share), ("kind", 1.0));
        let identifiers: Vec<Option<String>> = (0..90).map(|n| Some(n.to_string())).collect();
        assert_eq!(told_share(&identifiers, &routes), 0.0);
        // Two of one route, one of another under one value: the two are right of each other only in a tie.
        assert_eq!(told_share(&[None, None, None], &[routes[0], routes[3], routes[1]]), 2.0 * 0.5 / 3.0);
    }
}
