//! One fit of all jobs to the samples of some folds, with attributes, without, or with slopes of each job's own.

use std::collections::BTreeMap;

use crate::predict::times::{JobLaw, Level, PRIOR_BETWEEN_SD, StepLevel};

use super::bias::Bias;
use super::levels::levels;
use super::regression::{Row, dot, intercept, slopes};
use super::robust::{sd_around_zero, shrunk};
use super::samples::{Sample, Samples};

/// Ways to use attributes: not at all, alike in all jobs, in each job its own way.
pub const N_WAYS: usize = 3;
const LEAST_BETWEEN_SD: f64 = 0.01;
/// Items that it counts for, in the plant and in a job.
const N_PRIOR_PLANT: f64 = 5.0;
const N_PRIOR_JOB: f64 = 10.0;
/// Steps at other work centres that a work centre leans on.
const N_PRIOR_CENTRE: f64 = 10.0;
/// Deviations are cut at so many standard deviations before a work centre's mean is taken.
const CUT: f64 = 2.5;

/// One job fitted in one way.
#[derive(Clone, Debug, Default)]
struct JobFit {
    intercept: Option<f64>,
    slopes: Vec<f64>,
    centres: BTreeMap<u32, f64>,
    between_sd: f64,
}

/// All jobs fitted in all ways.
pub struct Fit {
    bias: Bias,
    levels: Vec<Option<StepLevel>>,
    /// By job and way.
    jobs: Vec<[JobFit; N_WAYS]>,
    /// The way of each job.
    pub way: Vec<usize>,
}

impl Fit {
    /// Fits to the samples that `is_in` lets through; levels are made for all samples.
    pub fn new(samples: &Samples, designs: &[Vec<f32>], is_in: impl Fn(&Sample) -> bool) -> Self {
        let bias = Bias::measure(samples, &is_in);
        let levels = levels(samples, &bias);
        let mut has_own = vec![false; samples.n_jobs];
        for sample in samples.list.iter().filter(|sample| !sample.is_supplier) {
            has_own[sample.job as usize] = true;
        }
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); samples.n_jobs];
        for (at, sample) in samples.list.iter().enumerate() {
            let teaches = !sample.is_supplier || !has_own[sample.job as usize];
            if teaches && levels[at].is_some() && is_in(sample) {
                members[sample.job as usize].push(at);
            }
        }
        let row = |at: &usize| {
            let level = levels[*at].expect("members have a level");
            let prior = PRIOR_BETWEEN_SD * PRIOR_BETWEEN_SD;
            let design = designs[samples.list[*at].item as usize].as_slice();
            Row { design, log: level.log, weight: prior / (prior + level.variance) }
        };
        let rows: Vec<Vec<Row>> = members.iter().map(|members| members.iter().map(row).collect()).collect();
        let width = designs.iter().map(Vec::len).max().unwrap_or_default();
        let found = slopes(&rows, width);
        let ways = [vec![Vec::new(); samples.n_jobs], vec![found.plant; samples.n_jobs], found.jobs];
        let mut jobs: Vec<[JobFit; N_WAYS]> = vec![Default::default(); samples.n_jobs];
        for (way, slopes) in ways.into_iter().enumerate() {
            let fitted = fit_way(samples, &members, &rows, &levels, slopes);
            jobs.iter_mut().zip(fitted).for_each(|(job, fitted)| job[way] = fitted);
        }
        Self { bias, levels, jobs, way: vec![0; samples.n_jobs] }
    }

    /// Expected logarithm of the minutes of an item's step, if its job is known.
    pub fn expected(&self, way: usize, job: u32, centre: Option<u32>, design: &[f32]) -> Option<f64> {
        let fit = &self.jobs[job as usize][way];
        let centre = centre.and_then(|centre| fit.centres.get(&centre)).copied().unwrap_or_default();
        Some(fit.intercept? + dot(&fit.slopes, design) + centre)
    }

    /// Spread between items of a job.
    pub fn between_sd(&self, way: usize, job: u32) -> f64 {
        self.jobs[job as usize][way].between_sd
    }

    /// Spread between orders of one item, by job.
    pub fn within_sd(&self, job: usize) -> f64 {
        self.bias.within_sd[job]
    }

    /// Level of a sample.
    pub fn level(&self, at: usize) -> Option<StepLevel> {
        self.levels[at]
    }

    /// What a sample's level is beside what is expected.
    pub fn deviation(&self, way: usize, samples: &Samples, at: usize, designs: &[Vec<f32>]) -> Option<Level> {
        let (sample, level) = (&samples.list[at], self.levels[at]?);
        let expected = self.expected(way, sample.job, sample.centre, &designs[sample.item as usize])?;
        let between = self.between_sd(way, sample.job);
        let trust = between * between / (between * between + level.variance);
        Some(Level { deviation: (level.log - expected) as f32, trust: trust as f32 })
    }

    /// The laws of all jobs, each in its way.
    pub fn into_jobs(self, samples: &Samples) -> Vec<JobLaw> {
        let mut counts = vec![Counts::default(); samples.n_jobs];
        samples.list.iter().for_each(|sample| counts[sample.job as usize].add(sample));
        let law = |(job, counts): (usize, Counts)| {
            let fit = &self.jobs[job][self.way[job]];
            JobLaw {
                intercept: fit.intercept,
                slopes: fit.slopes.iter().map(|slope| *slope as f32).collect(),
                centres: fit.centres.iter().map(|(centre, more)| (*centre, *more as f32)).collect(),
                learning: samples.learning[job] as f32,
                within_sd: self.within_sd(job) as f32,
                plan: self.bias.law(job as u32),
                between_sd: fit.between_sd as f32,
                zero_share: counts.zero_share(),
                n_reports: counts.n_reports + counts.n_zero,
                n_planned: counts.n_planned,
            }
        };
        counts.into_iter().enumerate().map(law).collect()
    }
}

fn fit_way(
    samples: &Samples,
    members: &[Vec<usize>],
    rows: &[Vec<Row>],
    levels: &[Option<StepLevel>],
    slopes: Vec<Vec<f64>>,
) -> Vec<JobFit> {
    let mut fits: Vec<JobFit> = Vec::with_capacity(slopes.len());
    let mut left: Vec<Vec<f64>> = Vec::with_capacity(slopes.len());
    for ((members, rows), slopes) in members.iter().zip(rows).zip(slopes) {
        let Some(middle) = (!rows.is_empty()).then(|| robust_intercept(rows, &slopes)) else {
            fits.push(JobFit { slopes, ..JobFit::default() });
            left.push(Vec::new());
            continue;
        };
        let mut residuals: Vec<f64> = rows.iter().map(|row| row.log - middle - dot(&slopes, row.design)).collect();
        let limit = CUT * sd_around_zero(residuals.iter().copied()).unwrap_or_default();
        let mut sums: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        for ((at, row), residual) in members.iter().zip(rows).zip(&residuals) {
            if let Some(centre) = samples.list[*at].centre {
                let sum = sums.entry(centre).or_default();
                sum.0 += row.weight * residual.clamp(-limit, limit);
                sum.1 += row.weight;
            }
        }
        let centres: BTreeMap<u32, f64> = if sums.len() > 1 {
            sums.into_iter().map(|(centre, (sum, weight))| (centre, sum / (weight + N_PRIOR_CENTRE))).collect()
        } else {
            BTreeMap::new()
        };
        for (at, residual) in members.iter().zip(&mut residuals) {
            let centre = samples.list[*at].centre.and_then(|centre| centres.get(&centre));
            *residual -= centre.copied().unwrap_or_default();
        }
        fits.push(JobFit { intercept: Some(middle), slopes, centres, between_sd: 0.0 });
        left.push(residuals);
    }
    let between = between_sds(members, levels, &left);
    fits.iter_mut().zip(between).for_each(|(fit, sd)| fit.between_sd = sd);
    fits
}

/// The intercept without what lies far off.
fn robust_intercept(rows: &[Row], slopes: &[f64]) -> f64 {
    let left = |row: &Row| row.log - dot(slopes, row.design);
    let middle = super::robust::median(rows.iter().map(|row| (left(row), row.weight)).collect()).unwrap_or_default();
    let limit = CUT * sd_around_zero(rows.iter().map(|row| left(row) - middle)).unwrap_or_default();
    let cut: Vec<Row> = rows
        .iter()
        .map(|row| Row { log: middle + (left(row) - middle).clamp(-limit, limit), design: &[], ..*row })
        .collect();
    intercept(&cut, &[])
}

fn between_sds(members: &[Vec<usize>], levels: &[Option<StepLevel>], left: &[Vec<f64>]) -> Vec<f64> {
    // What a level itself is off by is no difference between items.
    let variance = |pairs: &[(f64, f64)]| {
        let sd = sd_around_zero(pairs.iter().map(|(residual, _)| *residual))?;
        let noise = pairs.iter().map(|(_, noise)| noise).sum::<f64>() / pairs.len() as f64;
        Some((sd * sd - noise).max(LEAST_BETWEEN_SD * LEAST_BETWEEN_SD))
    };
    let pairs: Vec<Vec<(f64, f64)>> = members
        .iter()
        .zip(left)
        .map(|(members, left)| {
            let noise = |at: &usize| levels[*at].map_or(0.0, |level| level.variance);
            members.iter().zip(left).map(|(at, residual)| (*residual, noise(at))).collect()
        })
        .collect();
    let n_free = |pairs: &[(f64, f64)]| (pairs.len() as f64 - 1.0).max(0.0);
    // A job with one step says nothing about a spread.
    let all: Vec<(f64, f64)> = pairs.iter().filter(|pairs| pairs.len() > 1).flatten().copied().collect();
    let plant = shrunk(variance(&all), all.len() as f64, PRIOR_BETWEEN_SD * PRIOR_BETWEEN_SD, N_PRIOR_PLANT);
    pairs.iter().map(|pairs| libm::sqrt(shrunk(variance(pairs), n_free(pairs), plant, N_PRIOR_JOB))).collect()
}

#[derive(Clone, Copy, Default)]
struct Counts {
    n_reports: u32,
    n_zero: u32,
    n_planned: u32,
    n_planned_zero: u32,
}

impl Counts {
    fn add(&mut self, sample: &Sample) {
        self.n_reports += sample.reports.len() as u32;
        self.n_zero += sample.n_zero;
        self.n_planned += u32::from(sample.plan.is_some() || sample.is_planned_zero);
        self.n_planned_zero += u32::from(sample.is_planned_zero);
    }

    fn zero_share(&self) -> f32 {
        let share = |part: u32, whole: u32| part as f32 / whole.max(1) as f32;
        if self.n_reports + self.n_zero > 0 {
            share(self.n_zero, self.n_reports + self.n_zero)
        } else {
            share(self.n_planned_zero, self.n_planned)
        }
    }
}
