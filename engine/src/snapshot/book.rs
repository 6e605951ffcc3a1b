//! The book of past routings: what the plant has written, compactly.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::domain::{Date, ItemCode, JobCode, Operation, Routing, RoutingId, Seq, WorkCentreCode};

/// All past routings of a plant's items. Jobs and work centres are indexes into the lists.
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
    /// Position of its item.
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
}

/// Planned times between operations, minutes per order; `None` is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Interoperation {
    pub queue_min: Option<f32>,
    pub wait_min: Option<f32>,
    pub move_min: Option<f32>,
}

impl Book {
    /// Whether every number points to something, of a plant of `n_items` items.
    pub(super) fn is_whole(&self, n_items: usize) -> bool {
        let (n_jobs, n_centres) = (self.jobs.len() as u32, self.work_centres.len() as u32);
        let are_centres = |centres: &[u32]| centres.iter().all(|centre| *centre < n_centres);
        let is_step = |step: &PastStep| {
            step.job < n_jobs
                && step.work_centre.is_none_or(|centre| centre < n_centres)
                && are_centres(&step.alternatives)
        };
        let is_routing =
            |routing: &PastRouting| (routing.item_idx as usize) < n_items && routing.steps.iter().all(is_step);
        self.routings.is_sorted_by_key(|routing| routing.item_idx)
            && self.routings.iter().all(is_routing)
            && self.jobs.iter().all(|job| are_centres(&job.work_centres))
    }

    /// The same by other numbers of jobs and work centres: those of the lists, then those that the lists lack. `None` where
    /// the book has these numbers already.
    pub fn renumbered(&self, jobs: &[JobCode], work_centres: &[WorkCentreCode]) -> Option<Self> {
        let (own_jobs, own_centres) =
            (self.jobs.iter().map(|job| &job.code), self.work_centres.iter().map(|c| &c.code));
        if own_jobs.clone().eq(jobs) && own_centres.clone().eq(work_centres) {
            return None;
        }
        let (job_codes, job_numbers) = merged(jobs, own_jobs);
        let (centre_codes, centre_numbers) = merged(work_centres, own_centres);
        let centres = |numbers: &[u32]| numbers.iter().map(|number| centre_numbers[*number as usize]).collect();
        let mut book = Self {
            jobs: job_codes.into_iter().map(|code| Job { code, name: None, work_centres: Vec::new() }).collect(),
            work_centres: centre_codes
                .into_iter()
                .map(|code| WorkCentre { code, name: None, is_active: false })
                .collect(),
            routings: self.routings.clone(),
        };
        for (job, number) in self.jobs.iter().zip(&job_numbers) {
            book.jobs[*number as usize] = Job { work_centres: centres(&job.work_centres), ..job.clone() };
        }
        for (centre, number) in self.work_centres.iter().zip(&centre_numbers) {
            book.work_centres[*number as usize] = centre.clone();
        }
        for step in book.routings.iter_mut().flat_map(|routing| &mut routing.steps) {
            step.job = job_numbers[step.job as usize];
            step.work_centre = step.work_centre.map(|centre| centre_numbers[centre as usize]);
            step.alternatives = centres(&step.alternatives);
        }
        Some(book)
    }

    /// Routings of each of `n_items` items, as ranges of [`Book::routings`].
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

/// Codes of `first`, then those of `more` that it lacks; and the number that each of `more` has there.
fn merged<'c, C: Ord + Clone + 'c>(first: &'c [C], more: impl Iterator<Item = &'c C>) -> (Vec<C>, Vec<u32>) {
    let mut codes: Vec<C> = first.to_vec();
    let mut number_of: BTreeMap<&C, u32> = first.iter().zip(0..).collect();
    let numbers = more.map(|code| {
        *number_of.entry(code).or_insert_with(|| {
            codes.push(code.clone());
            codes.len() as u32 - 1
        })
    });
    let numbers = numbers.collect();
    (codes, numbers)
}
