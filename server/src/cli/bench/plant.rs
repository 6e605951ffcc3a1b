//! The plant that is trained on, and the items that are asked for.

use std::collections::BTreeSet;

use anyhow::Result;
use engine::demo::{DemoSettings, generate};
use engine::domain::{Item, ItemCode, Plant};
use engine::import::{Profile, Record, TableReader};

pub struct BenchPlant {
    /// Without the items that are asked for, their routings and reports.
    pub plant: Plant,
    /// Ascending by code; each had a routing.
    pub queries: Vec<Item>,
    /// Size of the tables that both were read from: some percent more items than are trained on.
    pub csv_bytes: usize,
}

/// Spare items in a hundred: some rows are refused, and items without a routing cannot be asked for.
const SPARE_PERCENT: usize = 4;

/// A plant of exactly `n_items`, unless the demo plant has fewer to give, and `n_queries` items beside it.
pub fn make(n_items: usize, n_queries: usize, seed: u64) -> Result<BenchPlant> {
    let n_made = (n_items + n_queries) * (100 + SPARE_PERCENT) / 100 + 1;
    let tables = generate(&DemoSettings { items: n_made, seed, standard_codes: 0 }).tables;
    let csv_bytes = tables.iter().map(|table| table.csv.len()).sum();
    let (mut items, mut operations, mut results) = (Vec::new(), Vec::new(), Vec::new());
    for table in tables {
        // The plant has planted faults; rows in error are left out as an import leaves them out.
        for record in TableReader::open(table.file_name, table.csv.as_bytes(), &Profile::common())?.flatten() {
            match record {
                Record::Item(item) => items.push(item),
                Record::Operation(row) => operations.push(row),
                Record::WorkResult(report) => results.push(report.result),
            }
        }
    }
    let all = Plant::assemble(items, operations, results);
    let mut routed: Vec<&ItemCode> = all.routings.iter().map(|routing| &routing.item).collect();
    routed.dedup();
    let asked: BTreeSet<&ItemCode> = spaced(routed.len(), n_queries).map(|at| routed[at]).collect();
    let queries = all.items.iter().filter(|item| asked.contains(&item.code)).cloned().collect();
    let rest: Vec<&ItemCode> = all.items.iter().map(|item| &item.code).filter(|code| !asked.contains(code)).collect();
    let kept: BTreeSet<&ItemCode> = spaced(rest.len(), n_items).map(|at| rest[at]).collect();
    let plant = Plant {
        items: all.items.iter().filter(|item| kept.contains(&item.code)).cloned().collect(),
        routings: all.routings.iter().filter(|routing| kept.contains(&routing.item)).cloned().collect(),
        results: all.results.iter().filter(|result| kept.contains(&result.item)).cloned().collect(),
    };
    Ok(BenchPlant { plant, queries, csv_bytes })
}

/// Positions of `n_wanted` of `n`, evenly spaced; all of them when there are no more.
fn spaced(n: usize, n_wanted: usize) -> impl Iterator<Item = usize> {
    let n_taken = n.min(n_wanted);
    (0..n_taken).map(move |at| at * n / n_taken)
}
