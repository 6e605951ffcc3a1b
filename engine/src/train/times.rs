//! Learns times: from reports and plans to one law per job, and one level for each past step.
//!
//! Comes in: the book, the reports that found their operation, the items, and trials (items with the votes that they
//! would have had). Goes out: a [`TimeModel`].
//! Never does: look at a held-out item when its own error is measured, read a clock (days count back from the plant's
//! latest one), depend on the order of rows.
//!
//! # How
//! For each kind of time: robust spread between orders of one step → bias of plans against reports → one level per step
//! (reports and corrected plan, weighed by their measured precision) → ridge regression of the levels on the item's
//! attributes → effects of work centres → spread between items. Everything leans on the coarser: work centre on job,
//! job on plant. Folds of whole name families then decide whether attributes help, how similar steps are weighed, and by
//! which factor the spread has to be stretched so that P80 holds for a new item.

mod attributes;
mod bias;
mod fit;
mod learning;
mod levels;
mod lots;
mod regression;
mod robust;
mod samples;
mod trials;

use crate::domain::{Date, Item};
use crate::features::Schema;
use crate::predict::times::{JobTimes, TimeKind, TimeModel, planned_interoperation, spread};
use crate::snapshot::book::Book;
use crate::snapshot::observed::Observed;
use crate::watch::Check;

pub use trials::Trial;

use samples::Samples;

/// What times are learned from.
pub struct TimeData<'a> {
    pub items: &'a [Item],
    pub schema: &'a Schema,
    pub observed: &'a Observed,
    pub trials: &'a [Trial],
    /// The plant's latest day.
    pub as_of: Option<Date>,
    /// Between two steps of anything that takes its time.
    pub check: Check<'a>,
}

/// Learns the time model.
pub fn learn(book: &Book, data: &TimeData) -> TimeModel {
    let routed: Vec<usize> = routed_items(book);
    let attributes = attributes::choose(data.schema, routed.iter().map(|at| &data.items[*at]));
    let mut designs: Vec<Vec<f32>> = vec![Vec::new(); data.items.len()];
    for at in &routed {
        designs[*at] = attributes.design(&data.items[*at]);
    }
    let routed_items: Vec<&Item> = routed.iter().map(|at| &data.items[*at]).collect();
    let learning = learning::learning(data.schema, &routed_items, data.observed, data.as_of);
    let maturities: Vec<f64> = data.items.iter().map(|item| learning.maturity(item)).collect();
    let folds = trials::folds(data.items);
    let per_lot = lots::per_lot(book, data.observed);
    let mut jobs: Vec<JobTimes> = interoperation(book);
    jobs.iter_mut().zip(&per_lot).for_each(|(job, is_per_lot)| job.is_per_lot = *is_per_lot);
    let mut model = TimeModel { attributes, learning, jobs, ..TimeModel::default() };
    for kind in [TimeKind::Setup, TimeKind::Run] {
        (data.check)();
        let samples = Samples::collect(book, data.observed, kind, &per_lot);
        let tried = trials::TimeTrials {
            book,
            samples: &samples,
            designs: &designs,
            maturities: &maturities,
            folds: &folds,
            trials: data.trials,
            check: data.check,
        };
        let (law, fit) = trials::choose(&tried);
        for (job, found) in model.jobs.iter_mut().zip(fit.into_jobs(&samples)) {
            match kind {
                TimeKind::Setup => job.setup = found,
                TimeKind::Run => job.run = found,
            }
        }
        match kind {
            TimeKind::Setup => model.setup = law,
            TimeKind::Run => model.run = law,
        }
    }
    model
}

/// Positions of the items that have a routing, ascending.
fn routed_items(book: &Book) -> Vec<usize> {
    let mut routed: Vec<usize> = book.routings.iter().map(|routing| routing.item_idx as usize).collect();
    routed.sort_unstable();
    routed.dedup();
    routed
}

/// Planned queue, wait and move of each job.
fn interoperation(book: &Book) -> Vec<JobTimes> {
    let mut values: Vec<[Vec<(f64, f64)>; 3]> = vec![Default::default(); book.jobs.len()];
    for step in book.routings.iter().flat_map(|routing| &routing.steps) {
        for (values, minutes) in values[step.job as usize].iter_mut().zip(planned_interoperation(&step.interoperation))
        {
            values.extend(minutes.map(|minutes| (minutes, 1.0)));
        }
    }
    values.into_iter().map(|values| JobTimes { interoperation: values.map(spread), ..JobTimes::default() }).collect()
}
