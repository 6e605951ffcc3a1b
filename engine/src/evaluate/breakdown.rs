//! Where the model fails: its scores by the categorical attribute that tells most about the route, worst first.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::Item;
use crate::features::infer_schema;
use crate::train::telling::{most_telling, values};

use super::bootstrap::{Interval, Resamples, mean};
use super::measure::{Outcome, Route};

/// Types with fewer items than this are not shown: chance would decide their place.
const LEAST_ITEMS: usize = 10;
/// Fewer units than this have no interval.
const LEAST_UNITS: usize = 5;

/// The model's scores by type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Breakdown {
    /// The attribute, chosen because the commonest route among items of its value is most often right.
    pub column: String,
    /// How often that is so among the held-out items, 0 to 1.
    pub told_share: f64,
    /// Types with at least ten items, lowest exact@1 first.
    pub types: Vec<TypeScore>,
    /// Answers of all other types together.
    pub n_other: usize,
}

/// Scores of one type. Shares are 0 to 1; an abstention is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TypeScore {
    /// The attribute's value in lower case; `None` where the item has none.
    pub value: Option<String>,
    /// Answers.
    pub n: usize,
    /// Distinct items, or name families in a family split.
    pub n_units: usize,
    pub exact_at_1: f64,
    /// `None` with fewer than five units: resampling them would promise too much.
    pub exact_at_1_interval: Option<Interval>,
    pub exact_at_4: f64,
    pub edit_similarity: f64,
    pub answered_share: f64,
}

/// Scores by type; `None` where no attribute has two types that are large enough.
pub(super) fn breakdown(
    items: &[&Item],
    routes: &[Route],
    units: &[&str],
    outcomes: &[Outcome],
    seed: u64,
) -> Option<Breakdown> {
    // An item that several repeats have asked about is one item.
    let mut known = BTreeSet::new();
    let firsts: Vec<usize> = (0..items.len()).filter(|at| known.insert(&items[*at].code)).collect();
    let distinct: Vec<&Item> = firsts.iter().map(|at| items[*at]).collect();
    let of_distinct: Vec<&Route> = firsts.iter().map(|at| &routes[*at]).collect();
    let schema = infer_schema(distinct.iter().copied());
    let suits = |values: &[Option<String>]| sizes(values).values().filter(|n| **n >= LEAST_ITEMS).count() >= 2;
    let (feature, told_share) = most_telling(&schema, &distinct, &of_distinct, suits)?;
    let all_values = values(feature, items);
    let mut types = Vec::new();
    let mut n_other = 0;
    for (value, n_items) in sizes(&values(feature, &distinct)) {
        let places: Vec<usize> = (0..items.len()).filter(|at| all_values[*at] == *value).collect();
        if n_items < LEAST_ITEMS {
            n_other += places.len();
            continue;
        }
        let resamples = Resamples::new(&places.iter().map(|at| units[*at]).collect::<Vec<_>>(), seed);
        let all = |of: fn(&Outcome) -> f64| -> Vec<f64> { places.iter().map(|at| of(&outcomes[*at])).collect() };
        let exact = all(Outcome::exact_at_1);
        types.push(TypeScore {
            value: value.clone(),
            n: places.len(),
            exact_at_1: mean(&exact),
            n_units: resamples.n_units(),
            exact_at_1_interval: (resamples.n_units() >= LEAST_UNITS).then(|| resamples.interval(&exact)),
            exact_at_4: mean(&all(Outcome::exact_at_4)),
            edit_similarity: mean(&all(|outcome| outcome.similarity)),
            answered_share: mean(&all(|outcome| f64::from(u8::from(outcome.is_answered)))),
        });
    }
    types.sort_by(|a, b| a.exact_at_1.total_cmp(&b.exact_at_1).then_with(|| a.value.cmp(&b.value)));
    Some(Breakdown { column: feature.name.clone(), told_share, types, n_other })
}

fn sizes(values: &[Option<String>]) -> BTreeMap<&Option<String>, usize> {
    let mut sizes = BTreeMap::new();
    values.iter().for_each(|value| *sizes.entry(value).or_default() += 1);
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_type_leads_and_small_ones_are_left_out() {
        let items: Vec<Item> = (0..65)
            .map(|n| {
                let kind = if n < 5 { "rare" } else { ["ring", "sleeve", "shaft"][n % 3] };
                Item::new(format!("X{n}")).with("kind", kind).with("plant", "P1")
            })
            .collect();
        let routes: Vec<Route> = (0..65).map(|n| vec![n % 3]).collect();
        let outcome = |is_first| Outcome {
            is_first,
            is_among_four: true,
            similarity: 0.5,
            job_f1: 0.5,
            prob: None,
            is_answered: true,
        };
        // Rings are always right, sleeves never, shafts every other time.
        let outcomes: Vec<Outcome> = (0..65).map(|n| outcome(n % 3 == 0 || (n % 3 == 2 && n % 2 == 0))).collect();
        let codes: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
        let items: Vec<&Item> = items.iter().collect();
        let found = breakdown(&items, &routes, &codes, &outcomes, 1).expect("three large types");
        assert_eq!((found.column.as_str(), found.n_other), ("kind", 5));
        let order: Vec<_> = found.types.iter().map(|found| found.value.as_deref().expect("all have one")).collect();
        assert_eq!(order, ["sleeve", "shaft", "ring"]);
        assert_eq!((found.types[0].exact_at_1, found.types[2].exact_at_1), (0.0, 1.0));
        assert_eq!(found.types.iter().map(|found| found.n).sum::<usize>() + found.n_other, 65);
        assert_eq!(breakdown(&items[..12], &routes[..12], &codes[..12], &outcomes[..12], 1), None);
    }
}
