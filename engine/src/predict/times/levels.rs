//! Where each past step lies: its reports and its corrected plan, weighed by their precision, robust to wrong clocks, beside
//! what the law expects of its item.

use crate::snapshot::book::{Book, PastStep};
use crate::snapshot::observed::{Observed, ReportedOrder};

use super::known::{Known, KnownStep, KnownSteps, Level};
use super::quantiles::weighted_quantile;
use super::{JobLaw, TimeKind, TimeModel};

/// Deviations up to so many standard deviations count fully, beyond less and less.
const HUBER: f64 = 1.5;
/// Beyond so many, a value is almost certainly a mistake.
const ALMOST_CERTAIN: f64 = 3.0;
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

/// Median of `(value, weight)` pairs in any order; `None` without weight.
pub fn median(mut values: Vec<(f64, f64)>) -> Option<f64> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.total_cmp(&b.1)));
    weighted_quantile(&values, 0.5)
}

/// What a residual of `z` standard deviations counts: 1 in the middle, falling with 1/z, then with 1/z².
fn trust(z: f64) -> f64 {
    let z = z.abs();
    if z <= HUBER {
        1.0
    } else if z <= ALMOST_CERTAIN {
        HUBER / z
    } else {
        HUBER * ALMOST_CERTAIN / (z * z)
    }
}

/// The level of values (logarithm, weight, standard deviation); `None` where there is none.
pub fn step_level(values: &[(f64, f64, f64)]) -> Option<StepLevel> {
    let mut log = median(values.iter().map(|(log, weight, sd)| (*log, weight / (sd * sd))).collect())?;
    let mut precision = 0.0;
    for _ in 0..N_ROUNDS {
        let mut sum = 0.0;
        precision = 0.0;
        for (value, weight, sd) in values {
            let counts = weight * trust((value - log) / sd) / (sd * sd);
            sum += counts * value;
            precision += counts;
        }
        log = sum / precision;
    }
    Some(StepLevel { log, variance: 1.0 / precision })
}

/// Minutes that a report shows of a kind of time: of the order, or of a piece.
pub fn minutes(kind: TimeKind, report: &ReportedOrder, is_per_lot: bool) -> Option<f64> {
    match kind {
        TimeKind::Setup => report.setup_min,
        TimeKind::Run if is_per_lot => Some(report.run_min),
        TimeKind::Run => Some(report.run_min / report.qty),
    }
}

impl TimeModel {
    /// What is known of all steps of a book. `design` is that of an item, by its position.
    ///
    /// # Cost
    /// Some microseconds for each step with reports.
    pub fn known_steps(&self, book: &Book, observed: &Observed, design: impl Fn(u32) -> Vec<f32>) -> KnownSteps {
        let mut of_item: (Option<u32>, Vec<f32>) = (None, Vec::new());
        KnownSteps::of(book, |routing_idx, step_idx| {
            let routing = &book.routings[routing_idx];
            if of_item.0 != Some(routing.item_idx) {
                of_item = (Some(routing.item_idx), design(routing.item_idx));
            }
            let reports = observed.get((routing_idx as u32, step_idx as u32));
            let of = |kind| self.known(kind, &routing.steps[step_idx], reports, &of_item.1);
            KnownStep { setup: of(TimeKind::Setup), run: of(TimeKind::Run) }
        })
    }

    fn known(&self, kind: TimeKind, step: &PastStep, reports: &[ReportedOrder], design: &[f32]) -> Known {
        let (law, is_per_lot) = (self.laws(kind, step.job).1, self.job(step.job).is_per_lot);
        let mut known = Known::default();
        let mut values: Vec<(f64, f64, f64)> = Vec::with_capacity(reports.len() + 1);
        for report in reports {
            match minutes(kind, report, is_per_lot) {
                Some(minutes) if minutes > 0.0 => {
                    known.n += 1;
                    // As if all learning had been done.
                    let learning = f64::from(law.learning) * (1.0 - report.maturity.unwrap_or(1.0));
                    values.push((libm::log(minutes) + learning, report.weight, f64::from(law.within_sd)));
                }
                Some(_) => known.n_zero += 1,
                None => {}
            }
        }
        if let Some(planned) = kind.planned(step).filter(|minutes| minutes.is_finite() && *minutes > 0.0) {
            let bias = law.plan.bias(step.work_centre);
            values.push((libm::log(planned) + bias, 1.0, f64::from(law.plan.sd)));
        }
        known.level = step_level(&values).and_then(|level| law.beside(level, design, step.work_centre));
        known
    }
}

impl JobLaw {
    fn beside(&self, level: StepLevel, design: &[f32], centre: Option<u32>) -> Option<Level> {
        let expected = self.expected(design, centre)?;
        let between = f64::from(self.between_sd);
        let trust = between * between / (between * between + level.variance);
        Some(Level { deviation: (level.log - expected) as f32, trust: trust as f32 })
    }
}
