//! Columns that may give the answer away: known only once a routing exists, or computed from it.
//!
//! Comes in: a plant. Goes out: columns with the evidence against them. A suspicion is no proof: the planner knows what the
//! column is, and `--without` shows what it is worth.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{Item, Plant, Routing};
use crate::train::telling::told_share;

use super::measure::{Jobs, Route};
use super::split::main_routings;

/// Fewer items than this prove nothing.
const LEAST_ITEMS: usize = 20;
/// Share of items in which a column equals the number of operations, from which on it is suspicious.
const LEAST_EQUAL: f64 = 0.9;
/// Rank correlation with the number of operations, or with the planned minutes, from which on a column is suspicious.
const LEAST_CORRELATION: f64 = 0.95;
/// Share of items whose value is told by the route and whose route is told by the value.
const LEAST_TOLD: f64 = 0.95;
/// Routes that a column must tell apart for that.
const LEAST_ROUTES: usize = 5;

/// A column under suspicion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuspiciousColumn {
    /// Attribute name.
    pub column: String,
    pub evidence: Suspicion,
    /// How strong: a share or the absolute value of a rank correlation, 0 to 1.
    pub strength: f64,
    /// Items that show it.
    pub n: usize,
}

/// What speaks against a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suspicion {
    /// It is the number of operations.
    EqualsOperations,
    /// It rises or falls with the number of operations.
    MonotoneInOperations,
    /// It rises or falls with the planned minutes of the whole routing.
    MonotoneInPlannedTime,
    /// Each of its values stands for one route, and each route for one value.
    NamesTheRoute,
    /// It says whether the item has a routing.
    TellsWhetherRouted,
}

/// All suspicious columns by name, each with the strongest evidence: of several kinds the first in [`Suspicion`].
pub(super) fn suspicious_columns(plant: &Plant, jobs: &Jobs) -> Vec<SuspiciousColumn> {
    let main = main_routings(plant);
    let mut columns: Vec<&str> =
        plant.items.iter().flat_map(|item| item.attributes.keys().map(String::as_str)).collect();
    columns.sort_unstable();
    columns.dedup();
    let routed: Vec<(&Item, &Routing)> =
        plant.items.iter().filter_map(|item| main.get(&item.code).map(|routing| (item, *routing))).collect();
    let routes: Vec<Route> = routed.iter().map(|(_, routing)| jobs.of_routing(routing)).collect();
    let evidence = |column: &str| {
        by_number(column, &routed)
            .or_else(|| by_route(column, &routed, &routes))
            .or_else(|| by_presence(column, plant, &|item| main.contains_key(&item.code)))
    };
    columns
        .into_iter()
        .filter_map(|column| {
            let (evidence, strength, n) = evidence(column)?;
            Some(SuspiciousColumn { column: column.to_owned(), evidence, strength, n })
        })
        .collect()
}

type Evidence = Option<(Suspicion, f64, usize)>;

fn by_number(column: &str, routed: &[(&Item, &Routing)]) -> Evidence {
    let value = |item: &Item| item.attributes.get(column)?.parse::<f64>().ok().filter(|number| number.is_finite());
    let n_filled = routed.iter().filter(|(item, _)| item.attributes.contains_key(column)).count();
    let numbers: Vec<(f64, &Routing)> =
        routed.iter().filter_map(|(item, routing)| value(item).map(|number| (number, *routing))).collect();
    if numbers.len() < LEAST_ITEMS || numbers.len() * 10 < n_filled * 9 {
        return None;
    }
    let counted: Vec<(f64, f64)> =
        numbers.iter().map(|(number, routing)| (*number, routing.operations.len() as f64)).collect();
    let varies = counted.iter().any(|(_, n)| *n != counted[0].1);
    let equal = counted.iter().filter(|(number, n)| number == n).count() as f64 / counted.len() as f64;
    if varies && equal >= LEAST_EQUAL {
        return Some((Suspicion::EqualsOperations, equal, counted.len()));
    }
    let monotone = |pairs: &[(f64, f64)], suspicion: Suspicion| {
        let strength = rank_correlation(pairs)?.abs();
        (strength >= LEAST_CORRELATION).then_some((suspicion, strength, pairs.len()))
    };
    let timed: Vec<(f64, f64)> =
        numbers.iter().filter_map(|(number, routing)| Some((*number, planned_min(routing)?))).collect();
    monotone(&counted, Suspicion::MonotoneInOperations)
        .or_else(|| monotone(&timed, Suspicion::MonotoneInPlannedTime).filter(|(_, _, n)| *n >= LEAST_ITEMS))
}

/// Planned run minutes of all operations for one piece; `None` while one of them is unknown.
fn planned_min(routing: &Routing) -> Option<f64> {
    routing.operations.iter().map(|operation| operation.run_min_per_piece).sum()
}

fn by_route(column: &str, routed: &[(&Item, &Routing)], routes: &[Route]) -> Evidence {
    let (mut values, mut of_values) = (Vec::new(), Vec::new());
    for ((item, _), route) in routed.iter().zip(routes) {
        if let Some(value) = item.attributes.get(column) {
            values.push(Some(value.to_lowercase()));
            of_values.push(route);
        }
    }
    if values.len() < LEAST_ITEMS {
        return None;
    }
    let mut distinct = of_values.clone();
    distinct.sort();
    distinct.dedup();
    let mut numbers: BTreeMap<Option<String>, u32> = BTreeMap::new();
    let as_route: Vec<Route> = values
        .iter()
        .map(|value| {
            let next = numbers.len() as u32;
            vec![*numbers.entry(value.clone()).or_insert(next)]
        })
        .collect();
    if distinct.len() < LEAST_ROUTES || numbers.len() < LEAST_ROUTES {
        return None;
    }
    let as_value: Vec<Option<String>> = of_values.iter().map(|route| Some(format!("{route:?}"))).collect();
    let strength = told_share(&values, &of_values).min(told_share(&as_value, &as_route.iter().collect::<Vec<_>>()));
    (strength >= LEAST_TOLD).then_some((Suspicion::NamesTheRoute, strength, values.len()))
}

fn by_presence(column: &str, plant: &Plant, is_routed: &dyn Fn(&Item) -> bool) -> Evidence {
    let mut counts: BTreeMap<Option<&str>, [usize; 2]> = BTreeMap::new();
    let mut n_of = [0usize; 2];
    for item in &plant.items {
        let side = usize::from(is_routed(item));
        counts.entry(item.attributes.get(column).map(String::as_str)).or_default()[side] += 1;
        n_of[side] += 1;
    }
    if n_of[0] < LEAST_ITEMS || n_of[1] < LEAST_ITEMS || counts.len() * 4 > n_of[0] + n_of[1] {
        return None;
    }
    // Of each side by itself, so that a rare side counts as much as the other.
    let mut told = [0usize; 2];
    for of_value in counts.values() {
        let side = usize::from(of_value[1] * n_of[0] >= of_value[0] * n_of[1]);
        told[side] += of_value[side];
    }
    let strength = (told[0] as f64 / n_of[0] as f64).min(told[1] as f64 / n_of[1] as f64);
    (strength >= 0.99).then_some((Suspicion::TellsWhetherRouted, strength, n_of[0] + n_of[1]))
}

/// Spearman's rank correlation, ties at their mean rank; `None` where one side does not vary.
///
/// # Source
/// Spearman, "The proof and measurement of association between two things", 1904.
fn rank_correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let ranks = |values: Vec<f64>| {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        let (mut ranks, mut start) = (vec![0.0; values.len()], 0);
        for run in order.chunk_by(|a, b| values[*a] == values[*b]) {
            run.iter().for_each(|at| ranks[*at] = start as f64 + (run.len() as f64 - 1.0) / 2.0);
            start += run.len();
        }
        ranks
    };
    let a = ranks(pairs.iter().map(|(a, _)| *a).collect());
    let b = ranks(pairs.iter().map(|(_, b)| *b).collect());
    let middle = (pairs.len() as f64 - 1.0) / 2.0;
    let sum = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - middle) * (y - middle)).sum::<f64>();
    let spread = libm::sqrt(sum(&a, &a) * sum(&b, &b));
    (spread > 0.0).then(|| sum(&a, &b) / spread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{OperationRow, Seq};

    #[test]
    fn giveaways_are_found_and_honest_columns_are_not() {
        let (mut items, mut rows) = (Vec::new(), Vec::new());
        for at in 0..120u32 {
            let n_steps = 1 + at * 7 % 6;
            let item = Item::new(format!("P{at:03}"))
                .with("n_steps", n_steps.to_string())
                .with("effort", format!("{}", 1000 - n_steps * n_steps * 10))
                .with("plan_no", format!("PL-{n_steps}"))
                .with("has_routing", if at < 90 { "True" } else { "False" })
                .with("size_mm", format!("{}", 10 + at * 31 % 97))
                .with("kind", ["a", "b", "c"][(at * at) as usize % 3]);
            for seq in (1..=n_steps).filter(|_| at < 90) {
                let (item, routing, job) = (item.code.clone(), "1".into(), format!("J{seq}").as_str().into());
                rows.push(OperationRow { item, routing, seq: Seq::new(seq * 10), job, ..OperationRow::default() });
            }
            items.push(item);
        }
        let plant = Plant::assemble(items, rows, Vec::new());
        let found = suspicious_columns(&plant, &Jobs::of(&plant));
        let found: Vec<(&str, Suspicion)> = found.iter().map(|found| (found.column.as_str(), found.evidence)).collect();
        assert_eq!(
            found,
            [
                ("effort", Suspicion::MonotoneInOperations),
                ("has_routing", Suspicion::TellsWhetherRouted),
                ("n_steps", Suspicion::EqualsOperations),
                ("plan_no", Suspicion::NamesTheRoute),
            ]
        );
    }

    #[test]
    fn rank_correlation_by_hand() {
        assert_eq!(rank_correlation(&[(1.0, 10.0), (2.0, 20.0), (3.0, 500.0)]), Some(1.0));
        assert_eq!(rank_correlation(&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]), Some(-1.0));
        assert_eq!(rank_correlation(&[(1.0, 1.0), (2.0, 1.0)]), None);
        // Ranks 0 1 2 against 1 0 2: 1 − 6·2 / (3·8) = 0.5.
        assert_eq!(rank_correlation(&[(1.0, 2.0), (2.0, 1.0), (3.0, 3.0)]), Some(0.5));
    }
}
