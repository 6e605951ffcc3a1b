//! One sample for each past step that says anything about a kind of time.

use crate::predict::times::{TimeKind, minutes};
use crate::snapshot::book::Book;

use super::learning;
use crate::snapshot::observed::Observed;

/// What is known of one kind of time of one past step.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Routing and step in the book.
    pub place: (u32, u32),
    pub item: u32,
    pub job: u32,
    pub centre: Option<u32>,
    /// Logarithm of reported minutes, as if all learning had been done, with the weight of each.
    pub reports: Vec<(f64, f64)>,
    /// How far learning had come at each report.
    pub maturities: Vec<Option<f64>>,
    /// Reports of zero minutes.
    pub n_zero: u32,
    /// Logarithm of planned minutes.
    pub plan: Option<f64>,
    pub is_planned_zero: bool,
    /// A supplier's step: it has a level, and teaches nothing about the plant's own machines.
    pub is_supplier: bool,
}

/// All samples of one kind, ascending by place.
pub struct Samples {
    pub list: Vec<Sample>,
    pub n_jobs: usize,
    /// What all learning together adds to the logarithm of a time, by job.
    pub learning: Vec<f64>,
}

impl Samples {
    /// Reads the samples of `kind` out of the book and its reports; `per_lot` tells by job whether run time is per lot.
    pub fn collect(book: &Book, observed: &Observed, kind: TimeKind, per_lot: &[bool]) -> Self {
        let mut list = Vec::new();
        for (routing_at, routing) in book.routings.iter().enumerate() {
            for (step_at, step) in routing.steps.iter().enumerate() {
                let place = (routing_at as u32, step_at as u32);
                let found = observed.get(place);
                let is_per_lot = per_lot[step.job as usize];
                let minutes = found
                    .iter()
                    .filter_map(|report| Some((minutes(kind, report, is_per_lot)?, report.weight, report.maturity)));
                let (positive, zeros): (Vec<_>, Vec<_>) = minutes.partition(|(minutes, ..)| *minutes > 0.0);
                let planned = kind.planned(step).filter(|minutes| minutes.is_finite());
                if positive.is_empty() && zeros.is_empty() && planned.is_none() {
                    continue;
                }
                list.push(Sample {
                    place,
                    item: routing.item_idx,
                    job: step.job,
                    centre: step.work_centre,
                    maturities: positive.iter().map(|(.., maturity)| *maturity).collect(),
                    reports: positive.into_iter().map(|(minutes, weight, _)| (libm::log(minutes), weight)).collect(),
                    n_zero: zeros.len() as u32,
                    plan: planned.filter(|minutes| *minutes > 0.0).map(libm::log),
                    is_planned_zero: planned.is_some_and(|minutes| minutes <= 0.0),
                    is_supplier: step.outsourced == Some(true),
                });
            }
        }
        let learning = learning::slopes(&list, book.jobs.len());
        for sample in &mut list {
            for (report, maturity) in sample.reports.iter_mut().zip(&sample.maturities) {
                report.0 += learning[sample.job as usize] * (1.0 - maturity.unwrap_or(1.0));
            }
        }
        Self { list, n_jobs: book.jobs.len(), learning }
    }

    /// Sample of a step.
    pub fn at(&self, place: (u32, u32)) -> Option<usize> {
        self.list.binary_search_by_key(&place, |sample| sample.place).ok()
    }
}
