//! One level for each step: its reports and its corrected plan, weighed by their precision, robust to wrong clocks.

use super::bias::Bias;
use super::robust::{median, trust};
use super::samples::{Sample, Samples};

/// Rounds of reweighing; more change nothing that matters.
const N_ROUNDS: usize = 5;

/// Where a step lies.
#[derive(Clone, Copy, Debug)]
pub struct StepLevel {
    /// Logarithm of minutes.
    pub log: f64,
    /// Its variance.
    pub variance: f64,
}

/// Levels of all samples; `None` where no positive time is known.
pub fn levels(samples: &Samples, bias: &Bias) -> Vec<Option<StepLevel>> {
    samples.list.iter().map(|sample| level(sample, bias)).collect()
}

fn level(sample: &Sample, bias: &Bias) -> Option<StepLevel> {
    let within = bias.within_sd[sample.job as usize];
    let plan_sd = bias.plan_sd[sample.job as usize];
    let plan = sample.plan.map(|plan| (plan + bias.of(sample.job, sample.centre), 1.0, plan_sd));
    let values: Vec<(f64, f64, f64)> =
        sample.reports.iter().map(|(log, weight)| (*log, *weight, within)).chain(plan).collect();
    let mut log = median(values.iter().map(|(log, weight, sd)| (*log, weight / (sd * sd))).collect())?;
    let mut precision = 0.0;
    for _ in 0..N_ROUNDS {
        let mut sum = 0.0;
        precision = 0.0;
        for (value, weight, sd) in &values {
            let counts = weight * trust((value - log) / sd) / (sd * sd);
            sum += counts * value;
            precision += counts;
        }
        log = sum / precision;
    }
    Some(StepLevel { log, variance: 1.0 / precision })
}
