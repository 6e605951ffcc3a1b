//! Small plants whose routes are known.

// Each test binary uses some of this.
#![allow(dead_code)]

use chrono::NaiveDate;
use engine::Model;
use engine::domain::{Item, OperationRow, Plant, Seq, WorkResult};
use engine::predict::{OwnHistory, PredictOptions, Prediction};
use engine::train::{TrainSettings, train};
use engine::watch::unwatched;

pub const IGNORE: PredictOptions =
    PredictOptions { own_history: OwnHistory::Ignore, n_neighbours: 10, max_candidates: 4 };

/// Rows of a plant: glands above 100 mm are milled, smaller ones mill-turned; sleeves are ground.
#[derive(Clone, Default)]
pub struct Rows {
    pub items: Vec<Item>,
    pub operations: Vec<OperationRow>,
    pub results: Vec<WorkResult>,
}

impl Rows {
    pub fn new(n: usize) -> Self {
        let mut rows = Self::default();
        for at in 0..n {
            let size = 40.0 + (at * 7 % 160) as f64;
            let is_gland = at % 2 == 0;
            let kind = if is_gland { "gland" } else { "sleeve" };
            let code = format!("{}-{at:04}", if is_gland { "GL" } else { "SL" });
            rows.items.push(
                Item::new(&code)
                    .named(format!("{kind} {size}"))
                    .with("part_type", kind)
                    .with("outer_diameter_mm", size.to_string())
                    .with("material", ["316", "304", "Alloy 20"][at % 3]),
            );
            // Every fifth item is new: it has no routing yet.
            if at % 5 != 0 {
                let jobs: &[(&str, &str)] = match (is_gland, size > 100.0) {
                    (true, true) => &[("CUT", "SAW-1"), ("TURN", "CNC-12"), ("MILL", "MCT-1"), ("INSPECT", "QC-1")],
                    (true, false) => &[("CUT", "SAW-1"), ("MILLTURN", "MTM-1"), ("INSPECT", "QC-1")],
                    (false, _) => &[("CUT", "SAW-1"), ("TURN", "CNC-8"), ("GRIND", "GR-1"), ("INSPECT", "QC-1")],
                };
                rows.add_routing(&code, jobs);
            }
        }
        rows
    }

    pub fn add_routing(&mut self, code: &str, jobs: &[(&str, &str)]) {
        for (step, (job, centre)) in jobs.iter().enumerate() {
            let run = if *job == "GRIND" { None } else { Some(5.0 + step as f64) };
            self.operations.push(OperationRow {
                item: code.into(),
                routing: "1".into(),
                seq: Seq::new((step as u32 + 1) * 10),
                job: (*job).into(),
                job_name: Some(job.to_lowercase()),
                work_centre: Some((*centre).into()),
                setup_min: Some(0.0),
                run_min_per_piece: run,
                is_main: Some(true),
                created: day(2020, 1),
                ..OperationRow::default()
            });
        }
    }

    pub fn report(&mut self, code: &str, job: &str, run_min: f64, qty: f64, month: u32) {
        self.results.push(WorkResult {
            item: code.into(),
            job: job.into(),
            qty: Some(qty),
            run_min: Some(run_min),
            end: day(2020, month),
            ..WorkResult::default()
        });
    }

    pub fn plant(self) -> Plant {
        Plant::assemble(self.items, self.operations, self.results)
    }

    pub fn model(self) -> Model {
        train(&self.plant(), &TrainSettings { seed: 1 }, &mut unwatched).expect("the plant has routings")
    }
}

pub fn day(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 15)
}

pub fn first_jobs(prediction: &Prediction) -> Vec<&str> {
    prediction.candidates[0].operations.iter().map(|operation| operation.job.as_str()).collect()
}

pub fn new_gland(size: &str) -> Item {
    Item::new("NEW").named(format!("gland {size}")).with("part_type", "gland").with("outer_diameter_mm", size)
}
