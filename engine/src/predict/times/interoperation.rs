//! Times between operations: queue, wait, move. Nobody clocks them, so they are what was planned.

use crate::predict::answer::{TimeEstimate, TimeSource};
use crate::predict::support::Support;
use crate::snapshot::book::Interoperation;

use super::quantiles::spread;
use super::{Reach, TimeModel};

/// The planned times in the order of [`JobTimes::interoperation`](super::JobTimes::interoperation).
pub fn planned(times: &Interoperation) -> [Option<f64>; 3] {
    [times.queue_min, times.wait_min, times.move_min].map(|minutes| minutes.map(f64::from))
}

/// Queue, wait and move: quantiles of the supports' planned values, else of the job's; zero is a value, missing is not.
pub fn times(model: &TimeModel, job: u32, supports: &[Support], reach: Reach) -> [Option<TimeEstimate>; 3] {
    let of_job = &model.job(job).interoperation;
    std::array::from_fn(|at| {
        let values: Vec<(f64, f64)> = supports
            .iter()
            .filter_map(|support| Some((planned(&support.step.interoperation)[at]?, support.weight)))
            .collect();
        let own = spread(values).map(|found| (found, TimeSource::Planned));
        let elsewhere = of_job[at].filter(|_| reach != Reach::Supplier).map(|found| (found, TimeSource::Similar));
        let (found, source) = own.or(elsewhere)?;
        Some(TimeEstimate { p50: found.p50, p80: found.p80, n: found.n, source })
    })
}
