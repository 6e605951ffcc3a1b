//! Reports of work as the time model reads them.

use std::collections::BTreeMap;

use crate::domain::{Date, Operation, WorkResult};

/// Years after which a report counts half: plants get faster, and machines are replaced.
const HALF_LIFE_YEARS: f64 = 5.0;
/// What a report counts at least, however old.
const LEAST_WEIGHT: f64 = 0.05;
/// What a report from another work centre than the routing's counts.
const ELSEWHERE: f64 = 0.5;

/// One report of one operation of one order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// Minutes of the order; zero is what was written, not what is missing.
    pub setup_min: Option<f64>,
    /// Minutes of the order, positive.
    pub run_min: f64,
    /// Pieces worked on, positive.
    pub qty: f64,
    /// How much it counts, 0 to 1, by age and work centre.
    pub weight: f64,
}

/// Reports by (routing, step) of the book.
pub type Observed = BTreeMap<(u32, u32), Vec<Report>>;

impl Report {
    /// A report of `operation`; `None` without run time and quantity, which is how a clock that nobody started looks.
    /// Its age counts back from `as_of`, the plant's latest day.
    pub fn of(result: &WorkResult, operation: &Operation, as_of: Option<Date>) -> Option<Self> {
        let run_min = result.run_min.filter(|minutes| minutes.is_finite() && *minutes > 0.0)?;
        let qty = result.qty.or(result.good_qty).filter(|qty| qty.is_finite() && *qty > 0.0)?;
        let recency = match (result.end, as_of) {
            (Some(end), Some(as_of)) => {
                let years = (as_of - end).num_days().max(0) as f64 / 365.25;
                libm::pow(0.5, years / HALF_LIFE_YEARS).max(LEAST_WEIGHT)
            }
            _ => ELSEWHERE,
        };
        let is_elsewhere = match (&result.work_centre, &operation.work_centre) {
            (Some(used), Some(planned)) => used != planned && !operation.alternatives.contains(used),
            _ => false,
        };
        let setup_min = result.setup_min.filter(|minutes| minutes.is_finite() && *minutes >= 0.0);
        Some(Self { setup_min, run_min, qty, weight: recency * if is_elsewhere { ELSEWHERE } else { 1.0 } })
    }

    /// Puts the reports of one step into an order that depends on their content only.
    pub fn sort(reports: &mut [Self]) {
        let setup = |report: &Self| report.setup_min.unwrap_or(-1.0);
        reports.sort_by(|a, b| {
            (a.run_min.total_cmp(&b.run_min))
                .then_with(|| a.qty.total_cmp(&b.qty))
                .then_with(|| setup(a).total_cmp(&setup(b)))
                .then_with(|| a.weight.total_cmp(&b.weight))
        });
    }
}
