//! Times of a step: quantiles of what was reported, else planned, else of the same job elsewhere.

use serde::{Deserialize, Serialize};

use super::answer::{TimeEstimate, TimeSource};
use super::book::{PastStep, Reports};

/// Reports that the plant-wide spread of a job counts for, beside the reports at hand.
const PRIOR_REPORTS: f64 = 5.0;

/// Setup per order or run per piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    Setup,
    Run,
}

impl TimeKind {
    pub fn reports(self, step: &PastStep) -> &Reports {
        match self {
            Self::Setup => &step.setup_reports,
            Self::Run => &step.run_reports,
        }
    }

    pub fn planned(self, step: &PastStep) -> Option<f64> {
        match self {
            Self::Setup => step.planned_setup,
            Self::Run => step.planned_run,
        }
    }
}

/// Plant-wide times of one job.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pool {
    pub setup: JobTimes,
    pub run: JobTimes,
}

/// One kind of time of one job, plant-wide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JobTimes {
    pub reported: Option<Spread>,
    pub planned: Option<Spread>,
    /// P80 over P50 of reports around the median of their own step, 1 or more.
    pub spread_of_reports: Option<f64>,
}

/// Two quantiles in minutes and how many values they stand on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    pub p50: f64,
    pub p80: f64,
    pub n: u32,
}

/// The time of a proposed step from the steps that voted for it, each with its share of the vote.
pub fn estimate(supports: &[(&PastStep, f64)], pool: &Pool, kind: TimeKind) -> Option<TimeEstimate> {
    let times = match kind {
        TimeKind::Setup => &pool.setup,
        TimeKind::Run => &pool.run,
    };
    let reported: Vec<(f64, f64)> =
        supports.iter().flat_map(|(step, share)| weighted(kind.reports(step), *share)).collect();
    let n_reports: u32 = supports.iter().map(|(step, _)| kind.reports(step).n).sum();
    if let Some(found) = spread(reported, n_reports) {
        return Some(shrunk(found, times.spread_of_reports, TimeSource::Actual));
    }
    let planned: Vec<(f64, f64)> =
        supports.iter().filter_map(|(step, share)| kind.planned(step).map(|minutes| (minutes, *share))).collect();
    let n_planned = planned.len() as u32;
    if let Some(found) = spread(planned, n_planned) {
        return Some(shrunk(found, times.spread_of_reports, TimeSource::Planned));
    }
    let found = times.reported.or(times.planned)?;
    Some(TimeEstimate { p50: found.p50, p80: found.p80, n: found.n, source: TimeSource::Similar })
}

/// Few reports say little about their spread: the upper quantile leans on the spread that the job has plant-wide.
fn shrunk(found: Spread, job_ratio: Option<f64>, source: TimeSource) -> TimeEstimate {
    let n = f64::from(found.n);
    let p80 = match job_ratio {
        Some(job_ratio) if found.p50 > 0.0 => {
            let ratio = (n * (found.p80 / found.p50) + PRIOR_REPORTS * job_ratio) / (n + PRIOR_REPORTS);
            found.p50 * ratio.max(1.0)
        }
        _ => found.p80,
    };
    TimeEstimate { p50: found.p50, p80, n: found.n, source }
}

/// Reported minutes of one step with the weight of each.
pub fn weighted(reports: &Reports, share: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
    // A step with many reports is surer than one with few, but is still one step.
    let weight = share * libm::sqrt(f64::from(reports.n)) / reports.minutes.len().max(1) as f64;
    reports.minutes.iter().map(move |minutes| (f64::from(*minutes), weight))
}

/// P50 and P80 of `(value, weight)` pairs; `None` without weight.
pub fn spread(mut values: Vec<(f64, f64)>, n: u32) -> Option<Spread> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.total_cmp(&b.1)));
    let p50 = weighted_quantile(&values, 0.5)?;
    let p80 = weighted_quantile(&values, 0.8)?;
    Some(Spread { p50, p80, n })
}

/// Quantile of ascending `(value, weight)` pairs, linear between the middles of the weights; `None` without weight.
pub fn weighted_quantile(values: &[(f64, f64)], level: f64) -> Option<f64> {
    let total: f64 = values.iter().map(|(_, weight)| weight).sum();
    if total <= 0.0 {
        return None;
    }
    let target = level * total;
    let mut before = 0.0;
    let mut last: Option<(f64, f64)> = None;
    for (value, weight) in values.iter().filter(|(_, weight)| *weight > 0.0) {
        let middle = before + weight / 2.0;
        if middle >= target {
            return Some(match last {
                Some((last_value, last_middle)) => {
                    let part = (target - last_middle) / (middle - last_middle);
                    last_value + part * (value - last_value)
                }
                None => *value,
            });
        }
        last = Some((*value, middle));
        before += weight;
    }
    last.map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_equal_weights() {
        let values: Vec<(f64, f64)> = [1.0, 2.0, 3.0, 4.0, 5.0].map(|value| (value, 1.0)).to_vec();
        assert_eq!(weighted_quantile(&values, 0.5), Some(3.0));
        assert_eq!(weighted_quantile(&values, 0.8), Some(4.5));
        assert_eq!(weighted_quantile(&[], 0.5), None);
        assert_eq!(weighted_quantile(&[(7.0, 2.0)], 0.8), Some(7.0));
    }

    #[test]
    fn one_report_takes_the_spread_of_its_job() {
        let found = Spread { p50: 10.0, p80: 10.0, n: 1 };
        let time = shrunk(found, Some(1.6), TimeSource::Actual);
        assert!((time.p80 - 15.0).abs() < 1e-9, "{time:?}");
    }
}
