//! Reports of work as the time model reads them.

use serde::{Deserialize, Serialize};

use crate::domain::Date;
#[cfg(feature = "train")]
use crate::domain::WorkResult;

/// Years in which half of the learning is done that makes orders faster.
pub const LEARNED_HALF_YEARS: f64 = 1.0;
const DAYS_PER_YEAR: f64 = 365.25;

/// Years after which a report counts half: plants get faster, and machines are replaced.
#[cfg(feature = "train")]
const HALF_LIFE_YEARS: f64 = 5.0;
/// What a report counts at least, however old.
#[cfg(feature = "train")]
const LEAST_WEIGHT: f64 = 0.05;
/// What a report without a day counts.
#[cfg(feature = "train")]
const UNDATED: f64 = 0.5;
/// What a report from another work centre than the routing's counts.
#[cfg(feature = "train")]
const ELSEWHERE: f64 = 0.5;

/// One report of one operation of one order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportedOrder {
    /// Minutes of the order; zero is what was written, not what is missing.
    pub setup_min: Option<f64>,
    /// Minutes of the order, positive.
    pub run_min: f64,
    /// Pieces worked on, positive.
    pub qty: f64,
    /// How much it counts, 0 to 1, by age and work centre.
    pub weight: f64,
    /// How far learning had come, 0 to 1, by the age of the routing; `None` where it is not known.
    pub maturity: Option<f64>,
}

/// Reports by routing of the book and place of the step there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    /// Ascending.
    places: Vec<(u32, u32)>,
    /// Where the reports of each place begin, and where the next would.
    starts: Vec<u32>,
    reports: Vec<ReportedOrder>,
}

impl Observed {
    /// Reports of a step; empty when there are none.
    pub fn get(&self, place: (u32, u32)) -> &[ReportedOrder] {
        match self.places.binary_search(&place) {
            Ok(at) => self.at(at),
            Err(_) => &[],
        }
    }

    fn at(&self, at: usize) -> &[ReportedOrder] {
        &self.reports[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Every step that has reports, ascending.
    #[cfg(feature = "train")]
    pub fn iter(&self) -> impl Iterator<Item = ((u32, u32), &[ReportedOrder])> {
        self.places.iter().enumerate().map(|(at, place)| (*place, self.at(at)))
    }

    /// All reports.
    #[cfg(feature = "train")]
    pub fn reports(&self) -> &[ReportedOrder] {
        &self.reports
    }

    /// Adds the reports of the next step.
    #[cfg(feature = "train")]
    pub fn push(&mut self, place: (u32, u32), reports: &[ReportedOrder]) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.places.push(place);
        self.reports.extend_from_slice(reports);
        self.starts.push(self.reports.len() as u32);
    }

    /// Whether its columns fit together.
    pub(super) fn is_whole(&self) -> bool {
        let ends = self.starts.last().map_or(0, |end| *end as usize);
        let n_starts = if self.places.is_empty() { self.starts.len().min(1) } else { self.places.len() + 1 };
        self.starts.len() == n_starts && self.starts.is_sorted() && ends == self.reports.len()
    }
}

/// Years from one day to another, not below 0.
pub fn years_between(from: Date, to: Date) -> f64 {
    (to - from).num_days().max(0) as f64 / DAYS_PER_YEAR
}

/// How far learning has come after so many years, 0 to 1.
#[cfg(feature = "train")]
pub fn maturity(years: f64) -> f64 {
    1.0 - libm::pow(0.5, years / LEARNED_HALF_YEARS)
}

/// A report as it came, before it is known how old it is.
#[cfg(feature = "train")]
#[derive(Clone, Copy, Debug)]
pub struct RawReport {
    end: Option<Date>,
    /// Whether it comes from another work centre than those of the routing.
    is_elsewhere: bool,
    setup_min: Option<f64>,
    run_min: f64,
    qty: f64,
    maturity: Option<f64>,
}

#[cfg(feature = "train")]
impl RawReport {
    /// `None` without run time and quantity, which is how a clock that nobody started looks. `written` is the day of the routing.
    pub fn of(result: &WorkResult, written: Option<Date>, is_elsewhere: bool) -> Option<Self> {
        let run_min = result.run_min.filter(|minutes| minutes.is_finite() && *minutes > 0.0)?;
        let qty = result.qty.or(result.good_qty).filter(|qty| qty.is_finite() && *qty > 0.0)?;
        let dated = written.zip(result.end).filter(|(written, end)| end >= written);
        let maturity = dated.map(|(written, end)| maturity(years_between(written, end)));
        let setup_min = result.setup_min.filter(|minutes| minutes.is_finite() && *minutes >= 0.0);
        Some(Self { end: result.end, is_elsewhere, setup_min, run_min, qty, maturity })
    }

    /// What it is worth on `as_of`, the plant's latest day.
    pub fn seen_on(&self, as_of: Option<Date>) -> ReportedOrder {
        let recency = self.end.zip(as_of).map_or(UNDATED, |(end, as_of)| {
            libm::pow(0.5, years_between(end, as_of) / HALF_LIFE_YEARS).max(LEAST_WEIGHT)
        });
        let weight = recency * if self.is_elsewhere { ELSEWHERE } else { 1.0 };
        let Self { setup_min, run_min, qty, maturity, .. } = *self;
        ReportedOrder { setup_min, run_min, qty, weight, maturity }
    }
}

#[cfg(feature = "train")]
impl ReportedOrder {
    /// Puts the reports of one step into an order that depends on their content only.
    pub fn sort(reports: &mut [Self]) {
        let setup = |report: &Self| report.setup_min.unwrap_or(-1.0);
        reports.sort_by(|a, b| {
            (a.run_min.total_cmp(&b.run_min))
                .then_with(|| a.qty.total_cmp(&b.qty))
                .then_with(|| setup(a).total_cmp(&setup(b)))
                .then_with(|| a.weight.total_cmp(&b.weight))
                .then_with(|| a.maturity.unwrap_or(-1.0).total_cmp(&b.maturity.unwrap_or(-1.0)))
        });
    }
}
