//! Everything a plant gave us: what a model is trained on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Date, Item, ItemCode, JobCode, Routing, RoutingId, Seq, WorkCentreCode, WorkResult, assembly};

/// One row of a routing table: an operation, one more work centre of it, or the same operation in another period.
///
/// # Units
/// Minutes; `run_min_per_piece` is already divided by the plant's reference quantity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OperationRow {
    pub item: ItemCode,
    pub routing: RoutingId,
    pub seq: Seq,
    pub job: JobCode,
    pub job_name: Option<String>,
    pub work_centre: Option<WorkCentreCode>,
    pub work_centre_name: Option<String>,
    /// Further work centres that the same row names.
    pub alternatives: Vec<WorkCentreCode>,
    pub outsourced: Option<bool>,
    pub setup_min: Option<f64>,
    pub run_min_per_piece: Option<f64>,
    pub queue_min: Option<f64>,
    pub wait_min: Option<f64>,
    pub move_min: Option<f64>,
    pub is_batch: Option<bool>,
    /// A flag of the routing, or of the work centre where rows of one operation differ in it.
    pub is_main: Option<bool>,
    /// A flag of the work centre, or of the routing where all its rows have the same.
    pub is_primary: Option<bool>,
    /// The lower, the better: of the work centre where rows of one operation differ in it, else of the routing.
    pub priority: Option<u32>,
    pub created: Option<Date>,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
}

/// Items, routings and reported work of one plant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plant {
    /// Ascending by code, codes unique.
    pub items: Vec<Item>,
    /// Ascending by item, then by routing id.
    pub routings: Vec<Routing>,
    /// Ascending by item, job, end and order.
    pub results: Vec<WorkResult>,
}

impl Plant {
    /// Puts rows into one canonical order, so that the same data give the same model however items and routings are
    /// ordered. Rows of one routing keep their order where their numbers are equal.
    ///
    /// Periods count at the latest day that the data knows; [`Plant::assemble_on`] takes the plant's own day.
    /// An item that only routings name is added without attributes.
    pub fn assemble(items: Vec<Item>, rows: Vec<OperationRow>, results: Vec<WorkResult>) -> Self {
        let written = rows.iter().filter_map(|row| row.created);
        let today = written.chain(results.iter().filter_map(|result| result.end)).max();
        Self::assemble_on(items, rows, results, today)
    }

    /// The same, on a given day.
    pub fn assemble_on(
        items: Vec<Item>,
        rows: Vec<OperationRow>,
        results: Vec<WorkResult>,
        today: Option<Date>,
    ) -> Self {
        let mut by_code: BTreeMap<ItemCode, Item> = BTreeMap::new();
        for item in items {
            by_code.entry(item.code.clone()).or_insert(item);
        }
        let mut of_items: BTreeMap<ItemCode, Vec<OperationRow>> = BTreeMap::new();
        for row in rows {
            by_code.entry(row.item.clone()).or_insert_with(|| Item { code: row.item.clone(), ..Item::default() });
            of_items.entry(row.item.clone()).or_default().push(row);
        }
        let routings = of_items.into_iter().flat_map(|(item, rows)| assembly::routings(&item, rows, today)).collect();
        let mut results = results;
        results.sort_by(|a, b| {
            (&a.item, &a.job, a.end, &a.order, a.seq)
                .cmp(&(&b.item, &b.job, b.end, &b.order, b.seq))
                .then_with(|| a.run_min.unwrap_or(-1.0).total_cmp(&b.run_min.unwrap_or(-1.0)))
        });
        Self { items: by_code.into_values().collect(), routings, results }
    }

    /// The latest day that the data knows: the plant's own "today", so that nothing depends on a clock.
    pub fn as_of(&self) -> Option<Date> {
        let written = self.routings.iter().filter_map(|routing| routing.created);
        let reported = self.results.iter().filter_map(|result| result.end);
        written.chain(reported).max()
    }
}
