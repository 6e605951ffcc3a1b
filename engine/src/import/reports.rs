//! Reports of work as they were written, what replaces which, and which of them count.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::WorkResult;

/// One report of work as it was written, also one that takes another back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WorkReport {
    /// Its quantities and times; a reversal has negative ones. The run time includes `hold_min`.
    pub result: WorkResult,
    /// Its own number, by which a later import replaces it.
    pub number: Option<String>,
    /// Minutes of the run time in which nothing was done.
    pub hold_min: Option<f64>,
    /// Marked as cancelled.
    pub is_cancelled: bool,
}

/// By what a later report replaces an earlier one of the same item and order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportKey {
    Number(String),
    /// Operation number, job, work centre and day, as text.
    Work(String),
}

impl WorkReport {
    /// Its key.
    pub fn key(&self) -> ReportKey {
        match &self.number {
            Some(number) => ReportKey::Number(number.clone()),
            None => {
                let result = &self.result;
                let part = |text: Option<String>| text.unwrap_or_default();
                let parts = [
                    part(result.routing.as_ref().map(ToString::to_string)),
                    part(result.seq.as_ref().map(ToString::to_string)),
                    result.job.to_string(),
                    part(result.work_centre.as_ref().map(ToString::to_string)),
                    part(result.end.as_ref().map(ToString::to_string)),
                ];
                ReportKey::Work(parts.join("\u{1f}"))
            }
        }
    }

    /// Whether it takes another report back: a negative quantity or time.
    pub fn is_reversal(&self) -> bool {
        let result = &self.result;
        [result.qty, result.good_qty, result.run_min, result.setup_min].into_iter().flatten().any(|value| value < 0.0)
    }
}

/// The reports that count: without cancelled ones, and without pairs of a report and its reversal.
///
/// A reversal takes back the latest report before it of the same operation whose quantity and run time it names, else the
/// latest of the same operation with one of the two. A reversal without such a report does not count either. The hold
/// time is taken off the run time.
pub fn effective(reports: &[WorkReport]) -> Vec<WorkResult> {
    let mut counts: Vec<Option<&WorkReport>> = Vec::with_capacity(reports.len());
    for report in reports.iter().filter(|report| !report.is_cancelled) {
        if !report.is_reversal() {
            counts.push(Some(report));
            continue;
        }
        let same_work = |one: &WorkReport| {
            (&one.result.job, one.result.seq, &one.result.routing)
                == (&report.result.job, report.result.seq, &report.result.routing)
        };
        let opposes = |a: Option<f64>, b: Option<f64>| a.zip(b).is_some_and(|(a, b)| a != 0.0 && a == -b);
        let fit = |one: &WorkReport| {
            u8::from(opposes(one.result.run_min, report.result.run_min))
                + u8::from(opposes(one.result.qty, report.result.qty))
        };
        let found = counts
            .iter()
            .enumerate()
            .filter_map(|(at, one)| one.filter(|one| same_work(one)).map(|one| (fit(one), at)))
            .filter(|(fit, _)| *fit > 0)
            .max();
        if let Some((_, at)) = found {
            counts[at] = None;
        }
    }
    counts.into_iter().flatten().map(worked).collect()
}

fn worked(report: &WorkReport) -> WorkResult {
    let run_min = match (report.result.run_min, report.hold_min) {
        // A hold longer than the work says that one of the two is wrong, and not which.
        (Some(run), Some(hold)) => Some(run - hold).filter(|rest| *rest >= 0.0),
        (run, _) => run,
    };
    WorkResult { run_min, ..report.result.clone() }
}

/// The reports of one item and order after an import: those with a key of the new ones are replaced.
pub fn merged_reports(old: Vec<WorkReport>, new: Vec<WorkReport>) -> Vec<WorkReport> {
    let keys: BTreeSet<ReportKey> = new.iter().map(WorkReport::key).collect();
    let mut merged: Vec<WorkReport> = old.into_iter().filter(|report| !keys.contains(&report.key())).collect();
    merged.extend(new);
    merged
}
