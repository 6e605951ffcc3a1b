//! The book of past routings: what the plant has done, compactly, with reported times beside the planned ones.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::domain::{Date, ItemCode, JobCode, Operation, Routing, RoutingId, Seq, WorkCentreCode};

/// All past routings of a model's items. Jobs and work centres are indexes into the lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Book {
    /// Ascending by code.
    pub jobs: Vec<Job>,
    /// Ascending by code.
    pub work_centres: Vec<WorkCentre>,
    /// Ascending by item; within an item the main one first.
    pub routings: Vec<PastRouting>,
}

/// A job that occurs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    pub code: JobCode,
    pub name: Option<String>,
    /// Active work centres that have run it, most used first.
    pub work_centres: Vec<u32>,
}

/// A work centre that occurs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkCentre {
    pub code: WorkCentreCode,
    pub name: Option<String>,
    /// False when it no longer runs.
    pub is_active: bool,
}

/// One past routing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastRouting {
    /// Position of its item in the model.
    pub item_idx: u32,
    pub id: RoutingId,
    pub is_main: Option<bool>,
    pub created: Option<Date>,
    /// False when every operation's validity ended before the plant's latest day.
    pub is_current: bool,
    pub steps: Vec<PastStep>,
}

impl PastRouting {
    /// Jobs in order.
    pub fn jobs(&self) -> Vec<u32> {
        self.steps.iter().map(|step| step.job).collect()
    }
}

/// One operation of a past routing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastStep {
    pub seq: Seq,
    pub job: u32,
    pub work_centre: Option<u32>,
    pub alternatives: Vec<u32>,
    pub outsourced: Option<bool>,
    /// Minutes per order.
    pub planned_setup: Option<f64>,
    /// Minutes per piece.
    pub planned_run: Option<f64>,
    pub interoperation: Interoperation,
    /// Whether the plant marks it as a batch operation.
    pub is_batch: Option<bool>,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    /// Setup, as reported.
    pub setup_reports: Reports,
    /// Run, as reported.
    pub run_reports: Reports,
}

impl PastStep {
    /// Reports of setup or of run, whichever has more, those of zero minutes included.
    pub fn n_reports(&self) -> u32 {
        let n = |reports: &Reports| reports.n + reports.n_zero;
        n(&self.setup_reports).max(n(&self.run_reports))
    }
}

/// Planned times between operations, minutes per order; `None` is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Interoperation {
    pub queue_min: Option<f32>,
    pub wait_min: Option<f32>,
    pub move_min: Option<f32>,
}

/// What is known of one kind of time of one step, reports and plan together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reports {
    /// Reports with a positive time.
    pub n: u32,
    /// Reports of zero minutes: a forgotten clock, or a job that really takes none.
    pub n_zero: u32,
    /// Where the step lies; `None` when no positive time is known of it, neither reported nor planned.
    pub level: Option<Level>,
}

/// A step's time relative to what the time model expects of its item, job and work centre.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Natural logarithm of (time of the step / expected time).
    pub deviation: f32,
    /// Share of the deviation that is the step's own and not chance, 0 to 1: near 1 with many reports.
    pub trust: f32,
}

impl Book {
    /// Routings of each item of a model with `n_items` items, as ranges of [`Book::routings`].
    pub fn ranges(&self, n_items: usize) -> Vec<Range<usize>> {
        let mut ranges = vec![0..0; n_items];
        let mut start = 0;
        while start < self.routings.len() {
            let item = self.routings[start].item_idx;
            let length = self.routings[start..].iter().take_while(|routing| routing.item_idx == item).count();
            ranges[item as usize] = start..start + length;
            start += length;
        }
        ranges
    }

    /// A past routing in the words of the domain.
    pub fn routing(&self, past: &PastRouting, item: ItemCode) -> Routing {
        let centre = |idx: u32| self.work_centres[idx as usize].clone();
        let operations = past
            .steps
            .iter()
            .map(|step| Operation {
                seq: step.seq,
                job: self.jobs[step.job as usize].code.clone(),
                job_name: self.jobs[step.job as usize].name.clone(),
                work_centre: step.work_centre.map(|idx| centre(idx).code),
                work_centre_name: step.work_centre.and_then(|idx| centre(idx).name),
                alternatives: step.alternatives.iter().map(|idx| centre(*idx).code).collect(),
                outsourced: step.outsourced,
                setup_min: step.planned_setup,
                run_min_per_piece: step.planned_run,
                queue_min: step.interoperation.queue_min.map(f64::from),
                wait_min: step.interoperation.wait_min.map(f64::from),
                move_min: step.interoperation.move_min.map(f64::from),
                is_batch: step.is_batch,
                valid_from: step.valid_from,
                valid_to: step.valid_to,
            })
            .collect();
        Routing { item, id: past.id.clone(), is_main: past.is_main, created: past.created, operations }
    }
}
