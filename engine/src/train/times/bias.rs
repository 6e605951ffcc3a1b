//! How far orders of one step scatter, and how far plans are from reports.

use std::collections::BTreeMap;

use crate::predict::times::{PRIOR_PLAN_SD, PRIOR_WITHIN_SD, PlanLaw};

use super::robust::{median, sd_around_zero, shrunk};
use super::samples::{Sample, Samples};

/// No plan and no clock is better than this.
const LEAST_SD: f64 = 0.01;
const LEAST_PLAN_SD: f64 = 0.05;
/// Values that the prior counts for, in the plant and in a job.
const N_PRIOR_PLANT: f64 = 5.0;
const N_PRIOR_JOB: f64 = 20.0;
/// Steps that the coarser bias counts for, for a job and for a work centre within it.
const N_BIAS_JOB: f64 = 4.0;
const N_BIAS_CENTRE: f64 = 8.0;
/// Jobs with a measured bias from which on the plant has one.
const LEAST_JOBS: usize = 3;

/// Spreads and biases of one kind of time.
pub struct Bias {
    /// Standard deviation between orders, by job.
    pub within_sd: Vec<f64>,
    /// Standard deviation of a corrected plan, by job.
    pub plan_sd: Vec<f64>,
    job: Vec<f64>,
    centre: BTreeMap<(u32, u32), f64>,
}

impl Bias {
    /// Measures on the samples that `is_in` lets through.
    pub fn measure(samples: &Samples, is_in: impl Fn(&Sample) -> bool) -> Self {
        let mut scatter: Vec<Vec<f64>> = vec![Vec::new(); samples.n_jobs];
        let mut n_free = vec![0usize; samples.n_jobs];
        let mut pairs: Vec<Vec<Pair>> = vec![Vec::new(); samples.n_jobs];
        for sample in samples.list.iter().filter(|sample| is_in(sample) && !sample.reports.is_empty()) {
            let job = sample.job as usize;
            let n = sample.reports.len();
            let middle = median(sample.reports.clone()).expect("weights of reports are positive");
            if n >= 2 {
                let widened = libm::sqrt(n as f64 / (n as f64 - 1.0));
                scatter[job].extend(sample.reports.iter().map(|(log, _)| (log - middle) * widened));
                n_free[job] += n - 1;
            }
            if let Some(plan) = sample.plan {
                pairs[job].push(Pair { centre: sample.centre, off: middle - plan, n: n as f64 });
            }
        }
        let within_sd = within(&scatter, &n_free);
        let biases = biases(&pairs);
        let plan_sd = plan_sds(&pairs, &biases, &within_sd);
        Self { within_sd, plan_sd, job: biases.0, centre: biases.1 }
    }

    /// Logarithm of (reported / planned) to expect.
    pub fn of(&self, job: u32, centre: Option<u32>) -> f64 {
        let known = centre.and_then(|centre| self.centre.get(&(job, centre)));
        known.copied().unwrap_or(self.job[job as usize])
    }

    /// What a model keeps of it.
    pub fn law(&self, job: u32) -> PlanLaw {
        let centres = self.centre.range((job, 0)..=(job, u32::MAX)).map(|((_, centre), bias)| (*centre, *bias as f32));
        PlanLaw {
            sd: self.plan_sd[job as usize] as f32,
            bias: self.job[job as usize] as f32,
            centres: centres.collect(),
        }
    }
}

/// A step with reports and a plan.
#[derive(Clone, Copy)]
struct Pair {
    centre: Option<u32>,
    /// Logarithm of (reported / planned).
    off: f64,
    n: f64,
}

impl Pair {
    /// Many reports say more than one, but it is still one plan.
    fn weight(&self) -> f64 {
        self.n / (self.n + 1.0)
    }
}

fn within(scatter: &[Vec<f64>], n_free: &[usize]) -> Vec<f64> {
    let square = |sd: f64| sd * sd;
    let plant = sd_around_zero(scatter.iter().flatten().copied()).map(square);
    let n: usize = n_free.iter().sum();
    let plant = shrunk(plant, n as f64, square(PRIOR_WITHIN_SD), N_PRIOR_PLANT);
    let of_job = |(residuals, n): (&Vec<f64>, &usize)| {
        let found = sd_around_zero(residuals.iter().copied()).map(square);
        libm::sqrt(shrunk(found, *n as f64, plant, N_PRIOR_JOB)).max(LEAST_SD)
    };
    scatter.iter().zip(n_free).map(of_job).collect()
}

/// Bias of each job, and of each work centre within it.
type Biases = (Vec<f64>, BTreeMap<(u32, u32), f64>);

fn biases(pairs: &[Vec<Pair>]) -> Biases {
    let middle = |pairs: &[Pair]| median(pairs.iter().map(|pair| (pair.off, pair.weight())).collect());
    let total = |pairs: &[Pair]| pairs.iter().map(Pair::weight).sum::<f64>();
    let measured: Vec<(f64, f64)> =
        pairs.iter().filter_map(|pairs| Some((middle(pairs)?, total(pairs) / (total(pairs) + N_BIAS_JOB)))).collect();
    let n_jobs = measured.len() as f64;
    let plant = if measured.len() < LEAST_JOBS {
        0.0
    } else {
        median(measured).unwrap_or_default() * n_jobs / (n_jobs + LEAST_JOBS as f64)
    };
    let mut of_centre = BTreeMap::new();
    let mut of_job = Vec::with_capacity(pairs.len());
    for (job, pairs) in pairs.iter().enumerate() {
        let bias = shrunk(middle(pairs), total(pairs), plant, N_BIAS_JOB);
        let mut by_centre: BTreeMap<u32, Vec<Pair>> = BTreeMap::new();
        for pair in pairs {
            if let Some(centre) = pair.centre {
                by_centre.entry(centre).or_default().push(*pair);
            }
        }
        for (centre, pairs) in by_centre {
            of_centre.insert((job as u32, centre), shrunk(middle(&pairs), total(&pairs), bias, N_BIAS_CENTRE));
        }
        of_job.push(bias);
    }
    (of_job, of_centre)
}

fn plan_sds(pairs: &[Vec<Pair>], biases: &Biases, within_sd: &[f64]) -> Vec<f64> {
    // What the reports themselves scatter is not the plan's fault.
    let variance = |pairs: &[(f64, f64)]| {
        let found = sd_around_zero(pairs.iter().map(|(off, _)| *off))?;
        let noise = pairs.iter().map(|(_, noise)| noise).sum::<f64>() / pairs.len() as f64;
        Some((found * found - noise).max(LEAST_PLAN_SD * LEAST_PLAN_SD))
    };
    let residuals: Vec<Vec<(f64, f64)>> = pairs
        .iter()
        .enumerate()
        .map(|(job, pairs)| {
            let sd = within_sd[job];
            let bias = |pair: &Pair| {
                pair.centre.and_then(|centre| biases.1.get(&(job as u32, centre))).copied().unwrap_or(biases.0[job])
            };
            // A median of n scatters a little more than a mean of n.
            pairs.iter().map(|pair| (pair.off - bias(pair), 1.3 * sd * sd / pair.n)).collect()
        })
        .collect();
    let all: Vec<(f64, f64)> = residuals.iter().flatten().copied().collect();
    let plant = shrunk(variance(&all), all.len() as f64, PRIOR_PLAN_SD * PRIOR_PLAN_SD, N_PRIOR_PLANT);
    let of_job = |pairs: &Vec<(f64, f64)>| libm::sqrt(shrunk(variance(pairs), pairs.len() as f64, plant, N_PRIOR_JOB));
    residuals.iter().map(of_job).collect()
}
