//! The estimate itself: job, attributes, work centre and similar steps put together.

use serde::{Deserialize, Serialize};

use crate::predict::answer::{TimeEstimate, TimeSource};
use crate::predict::support::Support;

use super::quantiles::normal_quantile;
use super::{TimeKind, TimeModel, TimeQuery};

/// Share of zeros in a job's reports from which on a zero is a time; below it is a clock that nobody started.
const REAL_ZERO_SHARE: f64 = 0.2;
/// Steps that a job's share of zeros counts for, beside those of the steps at hand.
const PRIOR_STEPS: f64 = 2.0;
/// Standard deviations beyond which the deviation of a similar step is taken for a mistake.
const LARGEST_DEVIATION: f64 = 3.0;
/// z of the 80 % quantile of a normal distribution.
const Z80: f64 = 0.841_621;
/// Classes of certainty: one report or plan, two to four, five to nineteen, more.
pub const N_CLASSES: usize = 4;

/// Standard deviations of logarithms that are assumed where nothing was measured: between orders of one item, between
/// items of one job, of a plan.
pub const PRIOR_WITHIN_SD: f64 = 0.3;
pub const PRIOR_BETWEEN_SD: f64 = 0.3;
pub const PRIOR_PLAN_SD: f64 = 0.4;

/// How similar steps are weighed; chosen by trials in training.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Blend {
    /// Power of a step's share of the vote: 1 trusts the nearest, 0 all alike.
    pub power: f64,
    /// Steps that the expectation counts for, beside the similar ones.
    pub prior_steps: f64,
}

/// What holds for one kind of time in the whole plant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KindLaw {
    pub blend: Blend,
    /// By source: where the median of held-out orders lies, in standard deviations from the expectation.
    pub p50_shift: [f32; 3],
    /// By source and class: where their 80 % quantile lies.
    pub p80_factor: [[f32; N_CLASSES]; 3],
}

impl Default for KindLaw {
    fn default() -> Self {
        Self {
            blend: Blend { power: 0.5, prior_steps: 2.0 },
            p50_shift: [0.0; 3],
            p80_factor: [[Z80 as f32; N_CLASSES]; 3],
        }
    }
}

/// One kind of time of one job.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JobLaw {
    /// Logarithm of the minutes of an item with mean attributes; `None` when no positive time is known of the job.
    pub intercept: Option<f64>,
    /// What each entry of the design row adds; empty when attributes do not help.
    pub slopes: Vec<f32>,
    /// What a work centre adds, ascending by work centre.
    pub centres: Vec<(u32, f32)>,
    /// What all learning together adds to the logarithm; negative where work gets faster.
    pub learning: f32,
    /// Standard deviation of the logarithm between orders of one item.
    pub within_sd: f32,
    /// The same between items, beside what attributes explain.
    pub between_sd: f32,
    /// What plans are worth.
    pub plan: PlanLaw,
    /// Share of zeros among reports, else among planned values.
    pub zero_share: f32,
    pub n_reports: u32,
    pub n_planned: u32,
}

/// How far plans of one job are from reports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanLaw {
    /// Standard deviation of a corrected plan.
    pub sd: f32,
    /// Logarithm of (reported / planned) to expect, and the same at work centres, ascending, where it is known.
    pub bias: f32,
    pub centres: Vec<(u32, f32)>,
}

impl PlanLaw {
    /// What corrects a plan at a work centre.
    pub fn bias(&self, centre: Option<u32>) -> f64 {
        let at = centre.and_then(|centre| self.centres.binary_search_by_key(&centre, |(code, _)| *code).ok());
        f64::from(at.map_or(self.bias, |at| self.centres[at].1))
    }
}

impl JobLaw {
    /// Expected logarithm of the minutes before anything is known of similar steps.
    ///
    /// # Shapes
    /// `design` has one entry per slope, or more when there are no slopes.
    pub fn expected(&self, design: &[f32], centre: Option<u32>) -> Option<f64> {
        let slopes: f64 = self.slopes.iter().zip(design).map(|(slope, x)| f64::from(*slope) * f64::from(*x)).sum();
        Some(self.intercept? + slopes + self.centre(centre))
    }

    /// What a work centre adds.
    pub fn centre(&self, centre: Option<u32>) -> f64 {
        let at = centre.and_then(|centre| self.centres.binary_search_by_key(&centre, |(code, _)| *code).ok());
        at.map_or(0.0, |at| f64::from(self.centres[at].1))
    }
}

/// Where a step that is asked for is: what it may learn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// A new item: similar steps, and the job in the plant.
    Similar,
    /// The very step of a known item.
    Itself,
    /// A supplier: what the plant's own machines take says nothing.
    Supplier,
}

/// Class of certainty of `n` values.
pub fn class_of(n: u32) -> usize {
    match n {
        0..=1 => 0,
        2..=4 => 1,
        5..=19 => 2,
        _ => 3,
    }
}

/// Shrunk mean of deviations `(deviation, trust, weight)`, and the effective number of steps in it.
pub fn blended(steps: impl Iterator<Item = (f64, f64, f64)>, limit: f64, prior_steps: f64) -> f64 {
    let (mut sum, mut total, mut squares) = (0.0, 0.0, 0.0);
    for (deviation, trust, weight) in steps {
        let weight = weight * trust;
        sum += weight * deviation.clamp(-limit, limit);
        total += weight;
        squares += weight * weight;
    }
    if total <= 0.0 {
        return 0.0;
    }
    let n_effective = total * total / squares;
    sum / total * n_effective / (n_effective + prior_steps)
}

/// The time of a step at `centre` from its supports. `None` where nobody knows one.
pub fn estimate(
    model: &TimeModel,
    kind: TimeKind,
    (job, centre): (u32, Option<u32>),
    query: &TimeQuery,
    supports: &[Support],
    reach: Reach,
) -> Option<TimeEstimate> {
    let (law, job) = model.laws(kind, job);
    let (source, n) = ground(kind, job, supports, reach)?;
    let zeros = zero_share(kind, job, supports, source);
    let Some(expected) = job.expected(&query.design, centre) else {
        return (zeros >= 0.5).then_some(TimeEstimate { p50: 0.0, p80: 0.0, n, source });
    };
    // Levels are those of grown routings; an item whose routing is young is not there yet.
    let expected = expected - f64::from(job.learning) * (1.0 - query.maturity);
    let (within, between) = (f64::from(job.within_sd), f64::from(job.between_sd));
    let limit = LARGEST_DEVIATION * libm::sqrt(within * within + between * between);
    let known = supports.iter().filter_map(|support| {
        let level = kind.known(support.known).level?;
        let weight = libm::pow(support.weight, law.blend.power);
        Some((f64::from(level.deviation), f64::from(level.trust), weight))
    });
    let (deviation, between) = match reach {
        Reach::Similar => (blended(known, limit, law.blend.prior_steps), between),
        Reach::Supplier => (blended(known, f64::INFINITY, 0.0), between),
        // The posterior of one item: its deviation counts as far as it is its own, and what remains open is added.
        Reach::Itself => known.fold((0.0, between), |_, (deviation, trust, _)| {
            (trust * deviation, between * libm::sqrt((1.0 - trust).max(0.0)))
        }),
    };
    let sd = libm::sqrt(within * within + between * between);
    let p80_factor = f64::from(law.p80_factor[source as usize][class_of(n)]);
    let p50_shift = f64::from(law.p50_shift[source as usize]);
    let at = |level: f64| {
        if level <= zeros {
            return 0.0;
        }
        // The quantile among the times that are not zero.
        let z = normal_quantile((level - zeros) / (1.0 - zeros)) / Z80;
        let place = if zeros == 0.0 && level == 0.5 { 0.0 } else { z };
        // Nine decimals: what is computed as 4.999999999999999 was 5.
        let minutes = libm::exp(expected + deviation + sd * (p50_shift + place * (p80_factor - p50_shift)));
        libm::round(minutes * 1e9) / 1e9
    };
    let p50 = at(0.5);
    Some(TimeEstimate { p50, p80: at(0.8).max(p50), n, source })
}

/// The best source that the supports have, and how many values it holds.
fn ground(kind: TimeKind, job: &JobLaw, supports: &[Support], reach: Reach) -> Option<(TimeSource, u32)> {
    let is_real_zero = f64::from(job.zero_share) >= REAL_ZERO_SHARE;
    let zeros = |n_zero: u32| if is_real_zero { n_zero } else { 0 };
    let reported = |support: &Support| {
        let known = kind.known(support.known);
        known.n + zeros(known.n_zero)
    };
    let n_reports: u32 = supports.iter().map(reported).sum();
    if n_reports > 0 {
        return Some((TimeSource::Actual, n_reports));
    }
    let n_planned = supports.iter().filter(|support| kind.planned(support.step).is_some()).count() as u32;
    if n_planned > 0 {
        return Some((TimeSource::Planned, n_planned));
    }
    let n_job = if job.n_reports > 0 { job.n_reports } else { job.n_planned };
    (reach != Reach::Supplier && n_job > 0).then_some((TimeSource::Similar, n_job))
}

/// Share of orders that take no time at all, 0 where zeros are only forgotten clocks.
fn zero_share(kind: TimeKind, job: &JobLaw, supports: &[Support], source: TimeSource) -> f64 {
    let (mut zeros, mut total, mut squares) = (0.0, 0.0, 0.0);
    for support in supports {
        let known = kind.known(support.known);
        let share = match source {
            TimeSource::Actual if known.n + known.n_zero > 0 => {
                f64::from(known.n_zero) / f64::from(known.n + known.n_zero)
            }
            TimeSource::Planned => match kind.planned(support.step) {
                Some(minutes) => f64::from(u8::from(minutes <= 0.0)),
                None => continue,
            },
            TimeSource::Actual | TimeSource::Similar => continue,
        };
        zeros += support.weight * share;
        total += support.weight;
        squares += support.weight * support.weight;
    }
    let n = if squares > 0.0 { total * total / squares } else { 0.0 };
    let share = if total > 0.0 { zeros / total } else { 0.0 };
    let share = (n * share + PRIOR_STEPS * f64::from(job.zero_share)) / (n + PRIOR_STEPS);
    if share < REAL_ZERO_SHARE { 0.0 } else { share }
}

#[cfg(all(test, feature = "train"))]
mod tests {
    use super::*;

    #[test]
    fn similar_steps_count_between_not_at_all_and_wholly() {
        let steps = |n: usize| std::iter::repeat_n((0.6, 1.0, 0.1), n);
        assert_eq!(blended(steps(0), 9.0, 2.0), 0.0);
        let grown: Vec<f64> = [1, 2, 10, 1000].map(|n| blended(steps(n), 9.0, 2.0)).to_vec();
        assert!(grown.windows(2).all(|pair| pair[0] < pair[1]), "{grown:?}");
        assert!((grown[0] - 0.2).abs() < 1e-12 && (grown[3] - 0.6).abs() < 0.01, "{grown:?}");
        assert!(blended(steps(1000), 9.0, 1e9) < 1e-6, "where similar steps do not help, the expectation stays");
        assert!((blended(steps(5), 9.0, 0.0) - 0.6).abs() < 1e-12, "without a prior they are all there is");
    }

    #[test]
    fn one_wild_step_moves_little_and_one_without_trust_nothing() {
        let wild = [(0.1, 1.0, 1.0), (50.0, 1.0, 1.0)];
        assert!(blended(wild.into_iter(), 0.9, 0.0) <= 0.5);
        let unknown = [(0.1, 1.0, 1.0), (0.8, 0.0, 1.0)];
        assert!((blended(unknown.into_iter(), 0.9, 0.0) - 0.1).abs() < 1e-12);
    }

    #[test]
    fn a_job_without_any_time_expects_none() {
        assert_eq!(JobLaw::default().expected(&[1.0], Some(3)), None);
        let law = JobLaw { intercept: Some(1.0), centres: vec![(3, 0.5)], ..JobLaw::default() };
        assert_eq!(law.expected(&[1.0], Some(3)), Some(1.5));
        assert_eq!(law.expected(&[1.0], Some(4)), Some(1.0));
    }
}
