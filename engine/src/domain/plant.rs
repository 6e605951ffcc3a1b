//! Everything a plant gave us: what a model is trained on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Date, Item, ItemCode, JobCode, Operation, Routing, RoutingId, WorkCentreCode, WorkResult};

/// One row of a routing table: an operation, or one more work centre of an operation already seen.
///
/// # Units
/// Minutes; `run_min_per_piece` is already divided by the plant's reference quantity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OperationRow {
    pub item: ItemCode,
    pub routing: RoutingId,
    pub seq: u32,
    pub job: JobCode,
    pub job_name: Option<String>,
    pub work_centre: Option<WorkCentreCode>,
    pub work_centre_name: Option<String>,
    pub outsourced: Option<bool>,
    pub setup_min: Option<f64>,
    pub run_min_per_piece: Option<f64>,
    pub queue_min: Option<f64>,
    pub wait_min: Option<f64>,
    pub move_min: Option<f64>,
    pub is_batch: Option<bool>,
    pub is_main: Option<bool>,
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
    /// Puts rows in any order into one canonical order, so that permuted input gives the same model.
    ///
    /// Rows of one (item, routing, seq) with the same job become one operation with alternatives: the first by
    /// work centre code that carries times, else the first, is the main one. An item that only routings name is
    /// added without attributes.
    pub fn assemble(items: Vec<Item>, rows: Vec<OperationRow>, results: Vec<WorkResult>) -> Self {
        let mut by_code: BTreeMap<ItemCode, Item> = BTreeMap::new();
        for item in items {
            by_code.entry(item.code.clone()).or_insert(item);
        }
        let mut grouped: BTreeMap<(ItemCode, RoutingId), Vec<OperationRow>> = BTreeMap::new();
        for row in rows {
            by_code.entry(row.item.clone()).or_insert_with(|| Item { code: row.item.clone(), ..Item::default() });
            grouped.entry((row.item.clone(), row.routing.clone())).or_default().push(row);
        }
        let routings = grouped.into_iter().map(|((item, id), rows)| routing(item, id, rows)).collect();
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

fn routing(item: ItemCode, id: RoutingId, mut rows: Vec<OperationRow>) -> Routing {
    rows.sort_by(|a, b| {
        let rank = |row: &OperationRow| (row.run_min_per_piece.is_none(), row.work_centre.is_none());
        (a.seq, &a.job, rank(a), &a.work_centre).cmp(&(b.seq, &b.job, rank(b), &b.work_centre))
    });
    let is_main = rows.iter().filter_map(|row| row.is_main).max();
    let created = rows.iter().filter_map(|row| row.created).max();
    let mut operations: Vec<Operation> = Vec::new();
    for row in rows {
        if let Some(last) = operations.last_mut()
            && last.seq == row.seq
            && last.job == row.job
        {
            if let Some(work_centre) = row.work_centre
                && last.work_centre.as_ref() != Some(&work_centre)
                && !last.alternatives.contains(&work_centre)
            {
                last.alternatives.push(work_centre);
            }
            continue;
        }
        operations.push(Operation {
            seq: row.seq,
            job: row.job,
            job_name: row.job_name,
            work_centre: row.work_centre,
            work_centre_name: row.work_centre_name,
            alternatives: Vec::new(),
            outsourced: row.outsourced,
            setup_min: row.setup_min,
            run_min_per_piece: row.run_min_per_piece,
            queue_min: row.queue_min,
            wait_min: row.wait_min,
            move_min: row.move_min,
            is_batch: row.is_batch,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
        });
    }
    Routing { item, id, is_main, created, operations }
}
