//! Times of a proposed step: P50 and P80 from the past steps behind it, from its job and from the item's attributes.
//!
//! Comes in: what training learned ([`TimeModel`]), the item's [`TimeAttributes`] and the past steps that voted. Goes out:
//! one [`TimeEstimate`] for each kind of time, or none where nobody knows one.
//! Never does: reading reports (training has turned each step into one [`Level`](crate::snapshot::book::Level)), a clock, taking a
//! missing time for zero.
//!
//! # How
//! On a log scale a time is: what the job takes, plus what size, material and other attributes add, plus the work centre,
//! plus what the similar past steps have in common. Each part leans on the coarser one the more the less data it has.
//! The spread of one order of a new item is that between items and that between orders of an item together, times a
//! factor that made P80 true for items held out in training.

mod attributes;
mod interoperation;
mod known;
mod later;
mod law;
mod learning;
mod levels;
mod quantiles;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub use attributes::TimeAttributes;
#[cfg(feature = "train")]
pub use attributes::{Gap, NumberColumn, WordColumn, difference, size};
#[cfg(feature = "train")]
pub use interoperation::planned as planned_interoperation;
#[cfg(feature = "train")]
pub use known::Level;
pub use known::{Known, KnownStep, KnownSteps};
pub use law::PlanLaw;
#[cfg(feature = "train")]
pub use law::{Blend, N_CLASSES, blended, class_of};
pub use law::{JobLaw, KindLaw, Reach, estimate};
#[cfg(feature = "train")]
pub use law::{PRIOR_BETWEEN_SD, PRIOR_PLAN_SD, PRIOR_WITHIN_SD};
#[cfg(feature = "train")]
pub use learning::Learning;
#[cfg(feature = "train")]
pub use levels::{StepLevel, median, minutes, step_level};
pub use quantiles::Spread;
#[cfg(feature = "train")]
pub use quantiles::{spread, weighted_quantile};

use crate::domain::Item;

use super::answer::TimeEstimate;
use super::propose::ProposeContext;
use super::support::Support;
use crate::snapshot::book::PastStep;

/// Setup per order or run per piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    Setup,
    Run,
}

impl TimeKind {
    /// What is known of a step.
    pub fn known(self, step: &KnownStep) -> &Known {
        match self {
            Self::Setup => &step.setup,
            Self::Run => &step.run,
        }
    }

    /// What was planned for a step, minutes.
    pub fn planned(self, step: &PastStep) -> Option<f64> {
        match self {
            Self::Setup => step.planned_setup,
            Self::Run => step.planned_run,
        }
    }
}

/// All that a model knows about times; what it knows of each past step follows from it ([`TimeModel::known_steps`]).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TimeModel {
    pub attributes: TimeAttributes,
    pub learning: learning::Learning,
    pub setup: KindLaw,
    pub run: KindLaw,
    /// One per job of the book.
    pub jobs: Vec<JobTimes>,
}

/// Times of one job in the whole plant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JobTimes {
    pub setup: JobLaw,
    pub run: JobLaw,
    /// Whether an order's run time does not grow with its pieces: ovens, baths, whole-lot tests.
    pub is_per_lot: bool,
    /// Planned queue, wait and move, minutes per order.
    pub interoperation: [Option<Spread>; 3],
}

/// An item as the time model reads it.
pub struct TimeQuery {
    /// Row of [`TimeAttributes::design`].
    pub design: Vec<f32>,
    /// How far its orders have come in learning, 0 to 1.
    pub maturity: f64,
}

impl TimeModel {
    /// Reads an item.
    pub fn query(&self, item: &Item) -> TimeQuery {
        TimeQuery { design: self.attributes.design(item), maturity: self.learning.maturity(item) }
    }

    /// Times of a job; of one that came after the training nothing is known.
    pub fn job(&self, job: u32) -> &JobTimes {
        static NOTHING: LazyLock<JobTimes> = LazyLock::new(JobTimes::default);
        self.jobs.get(job as usize).unwrap_or(&NOTHING)
    }

    /// The law of one kind and of one job within it.
    pub fn laws(&self, kind: TimeKind, job: u32) -> (&KindLaw, &JobLaw) {
        let job = self.job(job);
        match kind {
            TimeKind::Setup => (&self.setup, &job.setup),
            TimeKind::Run => (&self.run, &job.run),
        }
    }
}

/// All times of one proposed operation.
pub struct OperationTimes {
    pub setup_min: Option<TimeEstimate>,
    pub run_min_per_piece: Option<TimeEstimate>,
    pub run_min_per_lot: Option<TimeEstimate>,
    pub queue_min: Option<TimeEstimate>,
    pub wait_min: Option<TimeEstimate>,
    pub move_min: Option<TimeEstimate>,
}

/// The times of a job at a work centre, from the steps behind it.
pub fn operation_times(
    context: ProposeContext,
    (job, centre): (u32, Option<u32>),
    supports: &[Support],
    is_supplier: bool,
) -> OperationTimes {
    let reach = match (is_supplier, context.is_own) {
        (true, _) => Reach::Supplier,
        (false, true) => Reach::Itself,
        (false, false) => Reach::Similar,
    };
    let suppliers: Vec<Support>;
    let supports = if is_supplier {
        suppliers = supports.iter().filter(|support| support.step.outsourced == Some(true)).copied().collect();
        suppliers.as_slice()
    } else {
        supports
    };
    let of = |kind| estimate(context.times, kind, (job, centre), context.query, supports, reach);
    let run = of(TimeKind::Run);
    let is_per_lot = context.times.job(job).is_per_lot;
    let [queue_min, wait_min, move_min] = interoperation::times(context.times, job, supports, reach);
    OperationTimes {
        setup_min: of(TimeKind::Setup),
        run_min_per_piece: run.filter(|_| !is_per_lot),
        run_min_per_lot: run.filter(|_| is_per_lot),
        queue_min,
        wait_min,
        move_min,
    }
}
