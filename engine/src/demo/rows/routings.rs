//! Rows of `routings.csv`, `work_results.csv` and `truth.csv`, faults included.

use super::super::actuals::{Mishap, reports};
use super::super::catalogue::{Job, WorkCentre};
use super::super::design::Design;
use super::super::plant::TruthRow;
use super::super::routings::{PlannedOperation, PlannedRouting, end_of};
use super::super::sampling::{Chooser, Dice};
use super::dirt::{Every, PlantedFaults, number};
use super::tables::{DemoFile, Tables};
use crate::domain::Date;

const VALIDITY: u64 = 12;

/// Writes routing rows, numbers the orders, and remembers where the next faulty row is due.
#[derive(Default)]
pub struct RoutingRows {
    n_orders: usize,
    n_results: usize,
    clashing_seq: Every,
    text_in_time: Every,
    text_in_result: Every,
    without_item: Every,
}

/// What the rows of one operation have in common.
struct RowFrame<'a> {
    code: &'a str,
    routing: &'a PlannedRouting,
    open_end: &'a str,
}

impl RoutingRows {
    /// Good rows of results so far.
    pub fn n_results(&self) -> usize {
        self.n_results
    }

    /// The routings of one item and what was reported on them.
    #[allow(clippy::too_many_arguments, reason = "one row writer between two tables; a struct would only rename them")]
    pub fn write(
        &mut self,
        seed: u64,
        code: &str,
        design: &Design,
        routings: &[PlannedRouting],
        as_of: Date,
        tables: &mut Tables,
        faults: &mut PlantedFaults,
    ) {
        let mut dice = Dice::new(seed, &[VALIDITY, design.stream[0], design.stream[1]]);
        for (idx, routing) in routings.iter().enumerate() {
            let open_end = ["2999-12-31", "31-Dec-99", ""][dice.choose(&[0.85, 0.10, 0.05])];
            self.write_routing(&RowFrame { code, routing, open_end }, tables, faults);
            self.write_reports(seed, code, design, (idx, routing), as_of, tables, faults);
        }
    }

    /// The routing of a standard code: clean, and never reported on.
    pub fn write_standard(&self, code: &str, routing: &PlannedRouting, tables: &mut Tables) {
        let frame = RowFrame { code, routing, open_end: "2999-12-31" };
        for operation in &routing.operations {
            tables.row(DemoFile::Routings, frame.cells(operation, operation.work_centre, true));
            for centre in &operation.alternatives {
                tables.row(DemoFile::Routings, frame.cells(operation, centre, false));
            }
        }
    }

    fn write_routing(&mut self, frame: &RowFrame<'_>, tables: &mut Tables, faults: &mut PlantedFaults) {
        for operation in &frame.routing.operations {
            let main = frame.cells(operation, operation.work_centre, true);
            count_sentinel(&main, faults);
            tables.row(DemoFile::Routings, &main);
            for centre in &operation.alternatives {
                let cells = frame.cells(operation, centre, false);
                count_sentinel(&cells, faults);
                tables.row(DemoFile::Routings, &cells);
            }
        }
        let Some(first) = frame.routing.operations.first() else {
            return;
        };
        // A whole operation that clashes, and a doubled one with words for minutes: both are extra rows, so that
        // refusing them costs nothing of the routing.
        if self.clashing_seq.chance(450) {
            faults.refused_clashing_seq += 1;
            let mut cells = frame.cells(first, first.work_centre, true);
            cells[3] = Job::Mark.facts().code.to_owned();
            cells[4] = Job::Mark.facts().name.to_owned();
            count_sentinel(&cells, faults);
            tables.row(DemoFile::Routings, &cells);
        }
        if self.text_in_time.chance(400) {
            faults.refused_text_in_time += 1;
            let mut cells = frame.cells(first, first.work_centre, true);
            cells[7] = "도면참조".to_owned();
            count_sentinel(&cells, faults);
            tables.row(DemoFile::Routings, &cells);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "see `write`")]
    fn write_reports(
        &mut self,
        seed: u64,
        code: &str,
        design: &Design,
        (routing_idx, routing): (usize, &PlannedRouting),
        as_of: Date,
        tables: &mut Tables,
        faults: &mut PlantedFaults,
    ) {
        let mut n_orders = 0;
        for report in reports(seed, design, routing_idx, routing, as_of) {
            n_orders = n_orders.max(report.order + 1);
            let cells = [
                format!("WO-{:08}", self.n_orders + report.order + 1),
                code.to_owned(),
                routing.id.clone(),
                report.seq.to_string(),
                report.job_code.to_owned(),
                report.work_centre.code.to_owned(),
                report.qty.to_string(),
                report.good_qty.to_string(),
                number(report.setup_min, 1),
                number(report.run_min, 1),
                report.end.to_string(),
            ];
            tables.row(DemoFile::WorkResults, &cells);
            self.n_results += 1;
            faults.outlier_results += usize::from(report.mishap == Mishap::Outlier);
            faults.zero_results += usize::from(report.mishap == Mishap::Zero);
            let planned = routing.operations.iter().find(|operation| operation.seq == report.seq);
            let is_other = planned.is_some_and(|operation| operation.work_centre.code != report.work_centre.code);
            faults.other_work_centre += usize::from(is_other);
            if self.text_in_result.chance(1_900) {
                faults.refused_text_in_result += 1;
                let mut bad = cells.clone();
                bad[9] = "확인중".to_owned();
                tables.row(DemoFile::WorkResults, &bad);
            }
            if self.without_item.chance(2_300) {
                faults.refused_result_without_item += 1;
                let mut bad = cells;
                bad[1] = String::new();
                tables.row(DemoFile::WorkResults, &bad);
            }
        }
        self.n_orders += n_orders;
    }

    /// The main routing of an item whose routing was left out.
    pub fn write_truth(
        &self,
        code: &str,
        routings: &[PlannedRouting],
        tables: &mut Tables,
        on_truth: &mut dyn FnMut(TruthRow),
    ) {
        for operation in routings.iter().filter(|routing| routing.is_main).flat_map(|routing| &routing.operations) {
            let row = TruthRow {
                item_cd: code.to_owned(),
                proc_seq: operation.seq,
                job_cd: operation.job.facts().code,
                res_cd: operation.work_centre.code,
                setup_min: operation.truth.setup_min,
                run_min_per_piece: operation.truth.run_min_per_piece,
            };
            tables.row(
                DemoFile::Truth,
                [
                    row.item_cd.as_str(),
                    &row.proc_seq.to_string(),
                    row.job_cd,
                    row.res_cd,
                    &number(row.setup_min, 2),
                    &number(row.run_min_per_piece, 3),
                ],
            );
            on_truth(row);
        }
    }
}

impl RowFrame<'_> {
    /// One row: the main work centre with its times, or an alternative without.
    fn cells(&self, operation: &PlannedOperation, centre: &WorkCentre, is_first: bool) -> [String; 15] {
        let facts = operation.job.facts();
        let minutes = |minutes: f64| {
            // A supplier's minutes are not known, and an alternative's are not written down.
            if is_first && !operation.is_outside() { number(minutes, 1) } else { String::new() }
        };
        let created = self.routing.created.to_string();
        let end = end_of(centre);
        // The machine has gone and the step has not: such a row has an end and no start.
        let valid_from = if end.is_some() { String::new() } else { created.clone() };
        let valid_to = end.map_or_else(|| self.open_end.to_owned(), |end| end.to_string());
        [
            self.code.to_owned(),
            self.routing.id.clone(),
            operation.seq.to_string(),
            facts.code.to_owned(),
            facts.name.to_owned(),
            centre.code.to_owned(),
            centre.name.to_owned(),
            minutes(operation.planned.setup_min),
            minutes(operation.planned.run_min_per_piece),
            "1".to_owned(),
            (if operation.is_outside() { "외주" } else { "사내" }).to_owned(),
            (if self.routing.is_main { "Y" } else { "N" }).to_owned(),
            valid_from,
            valid_to,
            created,
        ]
    }
}

fn count_sentinel(cells: &[String; 15], faults: &mut PlantedFaults) {
    faults.short_sentinel_dates += usize::from(cells[13] == "31-Dec-99");
}
