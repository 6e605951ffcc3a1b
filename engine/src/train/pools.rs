//! Plant-wide times of each job: the ground that an estimate falls back on.

use crate::predict::book::{Book, PastStep};
use crate::predict::times::{JobTimes, Pool, TimeKind, spread, weighted};

/// Pools of all jobs of a book, in the order of its jobs.
pub(super) fn pools(book: &Book) -> Vec<Pool> {
    let mut steps: Vec<Vec<&PastStep>> = vec![Vec::new(); book.jobs.len()];
    for step in book.routings.iter().flat_map(|routing| &routing.steps) {
        steps[step.job as usize].push(step);
    }
    let times = |steps: &[&PastStep], kind: TimeKind| {
        let reported: Vec<(f64, f64)> = steps.iter().flat_map(|step| weighted(kind.reports(step), 1.0)).collect();
        let planned: Vec<(f64, f64)> =
            steps.iter().filter_map(|step| kind.planned(step)).map(|minutes| (minutes, 1.0)).collect();
        let n_reports: u32 = steps.iter().map(|step| kind.reports(step).n).sum();
        let n_planned = planned.len() as u32;
        JobTimes {
            reported: spread(reported, n_reports),
            planned: spread(planned, n_planned),
            spread_of_reports: spread_within(steps, kind),
        }
    };
    steps.iter().map(|steps| Pool { setup: times(steps, TimeKind::Setup), run: times(steps, TimeKind::Run) }).collect()
}

/// P80 over P50 of reports relative to the median of their step, over the steps with at least three reports.
fn spread_within(steps: &[&PastStep], kind: TimeKind) -> Option<f64> {
    let mut ratios = Vec::new();
    for step in steps {
        let reports = kind.reports(step);
        if reports.n < 3 {
            continue;
        }
        let middle = f64::from(reports.minutes[reports.minutes.len() / 2]);
        if middle > 0.0 {
            ratios.extend(reports.minutes.iter().map(|minutes| (f64::from(*minutes) / middle, 1.0)));
        }
    }
    let found = spread(ratios, 0)?;
    Some((found.p80 / found.p50).max(1.0)).filter(|ratio| ratio.is_finite())
}
