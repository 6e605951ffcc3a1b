//! Held-out trials: whether attributes help, how similar steps are weighed, and what makes P80 true.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::domain::Item;
use crate::predict::support::supports;
use crate::predict::times::{Blend, KindLaw, KnownStep, N_CLASSES, blended, class_of, weighted_quantile};
use crate::predict::vote::Vote;
use crate::snapshot::book::Book;
use crate::watch::Check;

use super::fit::{Fit, N_WAYS};
use super::samples::Samples;

/// Folds of whole name families.
const N_FOLDS: u32 = 4;
/// Ways to weigh similar steps that are compared.
const POWERS: [f64; 3] = [0.0, 0.5, 1.0];
const PRIOR_STEPS: [f64; 5] = [0.5, 2.0, 8.0, 32.0, 1e6];
/// Held-out steps from which on a job decides by itself whether attributes help it.
const LEAST_TARGETS: usize = 30;
/// By how much its error must fall for that.
const GAIN: f64 = 0.98;
/// Standard deviations beyond which a similar step's deviation is a mistake; as when predicting.
const LARGEST_DEVIATION: f64 = 3.0;
/// Variance of a level at which a held-out step counts half.
const HALF_VARIANCE: f64 = 0.09;
/// Held-out items that the factor of the coarser class counts for.
const N_PRIOR_ITEMS: f64 = 30.0;
/// Jobs whose held-out orders must agree before the median of all is moved.
const LEAST_JOBS: usize = 3;
/// z of the 80 % quantile.
const Z80: f64 = 0.841_621;

/// An item of the plant with the votes that it would have got had it been new.
#[derive(Clone, Debug)]
pub struct Trial {
    /// First of its routings in the book.
    pub routing_idx: usize,
    pub votes: Vec<Vote>,
}

/// What trials are run on, for one kind of time.
pub struct TimeTrials<'a> {
    pub book: &'a Book,
    pub samples: &'a Samples,
    pub designs: &'a [Vec<f32>],
    /// Mean maturity of the orders of each item.
    pub maturities: &'a [f64],
    pub folds: &'a [u32],
    pub trials: &'a [Trial],
    pub check: Check<'a>,
}

/// Fold of each item, by name family; by code where one family is most of the plant.
pub fn folds(items: &[Item]) -> Vec<u32> {
    // FNV-1a.
    let hash =
        |text: &str| text.bytes().fold(0x811c_9dc5u32, |hash, b| (hash ^ u32::from(b)).wrapping_mul(0x0100_0193));
    let folds: Vec<u32> = items.iter().map(|item| hash(&item.name_family()) % N_FOLDS).collect();
    let largest = (0..N_FOLDS).map(|fold| folds.iter().filter(|found| **found == fold).count()).max();
    if largest.is_some_and(|n| 5 * n > 3 * items.len()) {
        return items.iter().map(|item| hash(item.code.as_str()) % N_FOLDS).collect();
    }
    folds
}

/// A step of a tried item.
struct Target {
    sample: usize,
    fold: usize,
    /// Similar steps that have a level: sample and share of the vote.
    similar: Vec<(usize, f64)>,
    source: usize,
    class: usize,
}

/// In place of what a model knows of a step.
static NOTHING: KnownStep = KnownStep::NOTHING;

/// What a way of estimating would have said of a target.
#[derive(Clone, Copy)]
struct Said {
    log: f64,
    sd: f64,
}

/// The law of the plant and the fit to all samples, each job in the way that served held-out items best.
pub fn choose(tried: &TimeTrials) -> (KindLaw, Fit) {
    let mut fits: Vec<Fit> = (0..=N_FOLDS)
        .into_par_iter()
        .map(|fold| {
            (tried.check)();
            let is_in = |item: u32| tried.folds[item as usize] != fold;
            // The last one is fitted to all.
            Fit::new(tried.samples, tried.designs, |sample| fold == N_FOLDS || is_in(sample.item))
        })
        .collect();
    let mut whole = fits.pop().expect("there is one fit more than folds");
    let targets = targets(tried);
    let mut law = KindLaw::default();
    if targets.is_empty() {
        whole.way = vec![0; tried.samples.n_jobs];
        return (law, whole);
    }
    let deviations = deviations(tried, &fits, &targets);
    let said = |at: usize, way: usize, blend: (usize, f64)| {
        let target = &targets[at];
        say(tried, &fits[target.fold], target, &deviations[way][at], way, blend)
    };
    let error = |at: usize, way: usize, blend: (usize, f64)| {
        let target = &targets[at];
        let level = fits[target.fold].level(target.sample)?;
        let weight = HALF_VARIANCE / (HALF_VARIANCE + level.variance);
        Some(weight * (said(at, way, blend)?.log - level.log).abs())
    };
    let total =
        |way: usize, blend: (usize, f64)| (0..targets.len()).filter_map(|at| error(at, way, blend)).sum::<f64>();
    let grid: Vec<(usize, (usize, f64))> = (0..N_WAYS)
        .flat_map(|way| (0..POWERS.len()).map(move |power| (way, power)))
        .flat_map(|(way, power)| PRIOR_STEPS.map(|prior_steps| (way, (power, prior_steps))))
        .collect();
    let error_of = |(way, blend): &(usize, (usize, f64))| {
        (tried.check)();
        total(*way, *blend)
    };
    let errors: Vec<f64> = grid.par_iter().map(error_of).collect();
    let best = (0..grid.len()).min_by(|a, b| errors[*a].total_cmp(&errors[*b])).expect("the grid is not empty");
    let (way, blend) = grid[best];
    law.blend = Blend { power: POWERS[blend.0], prior_steps: blend.1 };
    whole.way = ways_of_jobs(tried, &targets, way, |at, way| error(at, way, blend));
    let outcomes: Vec<Vec<Outcome>> = targets
        .par_iter()
        .enumerate()
        .map(|(at, target)| {
            (tried.check)();
            let sample = &tried.samples.list[target.sample];
            let way = whole.way[sample.job as usize];
            let Some(said) = said(at, way, blend) else { return Vec::new() };
            let (item, job, source, class) = (sample.item, sample.job, target.source, target.class);
            // Reports as they were written, against what is said of an item of this age.
            let learning = tried.samples.learning[job as usize];
            let expected = said.log - learning * (1.0 - tried.maturities[item as usize]);
            let outcome = |((log, _), maturity): (&(f64, f64), &Option<f64>)| {
                let log = log - learning * (1.0 - maturity.unwrap_or(1.0));
                Outcome { item, job, source, class, z: (log - expected) / said.sd }
            };
            sample.reports.iter().zip(&sample.maturities).map(outcome).collect()
        })
        .collect();
    stretch(&mut law, &outcomes.concat());
    (law, whole)
}

fn targets(tried: &TimeTrials) -> Vec<Target> {
    let of_trial = |trial: &Trial| {
        let truth = &tried.book.routings[trial.routing_idx];
        let jobs = truth.jobs();
        // What a model would know of the steps is what is tried out here.
        let found = supports(tried.book, |_, _| &NOTHING, &jobs, &trial.votes);
        let mut targets = Vec::new();
        for (step_idx, supports) in found.into_iter().enumerate() {
            let Some(sample) = tried.samples.at((trial.routing_idx as u32, step_idx as u32)) else { continue };
            if tried.samples.list[sample].is_supplier {
                continue;
            }
            let similar: Vec<(usize, f64)> = supports
                .iter()
                .filter_map(|support| {
                    Some((tried.samples.at((support.routing_idx as u32, support.step_idx as u32))?, support.weight))
                })
                .collect();
            let list = &tried.samples.list;
            let n_reports: usize = similar.iter().map(|(at, _)| list[*at].reports.len()).sum();
            let n_planned = similar.iter().filter(|(at, _)| list[*at].plan.is_some()).count();
            let (source, n) = match (n_reports, n_planned) {
                (0, 0) => (2, 0),
                (0, n) => (1, n),
                (n, _) => (0, n),
            };
            // The pool of a job is large or small for everyone alike.
            let class = if source == 2 { N_CLASSES - 1 } else { class_of(n as u32) };
            targets.push(Target {
                sample,
                fold: tried.folds[truth.item_idx as usize] as usize,
                similar,
                source,
                class,
            });
        }
        targets
    };
    tried.trials.par_iter().flat_map_iter(of_trial).collect()
}

/// A similar step of a target.
struct Similar {
    deviation: f64,
    trust: f64,
    /// Its share of the vote to each power.
    weights: [f64; POWERS.len()],
}

/// Similar steps by way and target.
type Deviations = Vec<Vec<Vec<Similar>>>;

fn deviations(tried: &TimeTrials, fits: &[Fit], targets: &[Target]) -> Deviations {
    let of_target = |way: usize, target: &Target| {
        let fit = &fits[target.fold];
        let known = |(at, share): &(usize, f64)| {
            let level = fit.deviation(way, tried.samples, *at, tried.designs)?;
            let weights = POWERS.map(|power| libm::pow(*share, power));
            Some(Similar { deviation: f64::from(level.deviation), trust: f64::from(level.trust), weights })
        };
        target.similar.iter().filter_map(known).collect()
    };
    (0..N_WAYS).map(|way| targets.par_iter().map(|target| of_target(way, target)).collect()).collect()
}

fn say(
    tried: &TimeTrials,
    fit: &Fit,
    target: &Target,
    similar: &[Similar],
    way: usize,
    (power, prior_steps): (usize, f64),
) -> Option<Said> {
    let sample = &tried.samples.list[target.sample];
    let expected = fit.expected(way, sample.job, sample.centre, &tried.designs[sample.item as usize])?;
    let (within, between) = (fit.within_sd(sample.job as usize), fit.between_sd(way, sample.job));
    let sd = libm::sqrt(within * within + between * between);
    let weighed = similar.iter().map(|step| (step.deviation, step.trust, step.weights[power]));
    Some(Said { log: expected + blended(weighed, LARGEST_DEVIATION * sd, prior_steps), sd })
}

/// The best way of each job that has enough targets, else the plant's.
fn ways_of_jobs(
    tried: &TimeTrials,
    targets: &[Target],
    plant: usize,
    error: impl Fn(usize, usize) -> Option<f64>,
) -> Vec<usize> {
    let mut sums = vec![([0.0; N_WAYS], 0usize); tried.samples.n_jobs];
    for (at, target) in targets.iter().enumerate() {
        let sum = &mut sums[tried.samples.list[target.sample].job as usize];
        let errors: Option<Vec<f64>> = (0..N_WAYS).map(|way| error(at, way)).collect();
        if let Some(errors) = errors {
            sum.0.iter_mut().zip(errors).for_each(|(sum, error)| *sum += error);
            sum.1 += 1;
        }
    }
    let of_job = |(errors, n): ([f64; N_WAYS], usize)| {
        let best = (0..N_WAYS).min_by(|a, b| errors[*a].total_cmp(&errors[*b])).unwrap_or(plant);
        if n >= LEAST_TARGETS && errors[best] < GAIN * errors[plant] { best } else { plant }
    };
    sums.into_iter().map(of_job).collect()
}

/// One order of a held-out item, in standard deviations from what was said.
#[derive(Clone, Copy)]
struct Outcome {
    item: u32,
    job: u32,
    source: usize,
    class: usize,
    z: f64,
}

/// Finds where P50 and P80 of held-out orders lie: for all, for each source, for each class within it.
fn stretch(law: &mut KindLaw, outcomes: &[Outcome]) {
    let all = Quantiles { p50: 0.0, p80: Z80 }.refined(outcomes.iter());
    for source in 0..law.p50_shift.len() {
        let of_source = || outcomes.iter().filter(move |outcome| outcome.source == source);
        // What shifts the median of one source, an old plan say, is not known to shift another's.
        let found = Quantiles { p50: 0.0, ..all }.refined(of_source());
        law.p50_shift[source] = found.p50 as f32;
        for class in 0..N_CLASSES {
            let found = found.refined(of_source().filter(|outcome| outcome.class == class));
            law.p80_factor[source][class] = found.p80.max(0.0) as f32;
        }
    }
}

#[derive(Clone, Copy)]
struct Quantiles {
    p50: f64,
    p80: f64,
}

impl Quantiles {
    /// Those of `outcomes`, leaning on these. Orders of one item resemble each other, so items count, not orders.
    fn refined<'a>(&self, outcomes: impl Iterator<Item = &'a Outcome>) -> Self {
        let mut items = BTreeSet::new();
        let mut jobs = BTreeSet::new();
        let mut values: Vec<(f64, f64)> = Vec::new();
        for outcome in outcomes {
            items.insert(outcome.item);
            jobs.insert(outcome.job);
            values.push((outcome.z, 1.0));
        }
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let n = items.len() as f64;
        let lean = |found: Option<f64>, prior: f64| {
            found.map_or(prior, |found| (n * found + N_PRIOR_ITEMS * prior) / (n + N_PRIOR_ITEMS))
        };
        Self {
            // The habit of one job is not the plant's.
            p50: lean(weighted_quantile(&values, 0.5).filter(|_| jobs.len() >= LEAST_JOBS), self.p50),
            p80: lean(weighted_quantile(&values, 0.8), self.p80),
        }
    }
}
