//! One level for each sample.

use crate::predict::times::{StepLevel, step_level};

use super::bias::Bias;
use super::samples::{Sample, Samples};

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
    step_level(&values)
}
