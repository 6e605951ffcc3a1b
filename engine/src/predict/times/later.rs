//! Times of jobs that came after the training: what their own steps say, with the spreads that are assumed where nothing
//! was measured.

use crate::snapshot::book::Book;
use crate::snapshot::observed::Observed;

use super::interoperation::planned;
use super::law::{PRIOR_BETWEEN_SD, PRIOR_PLAN_SD, PRIOR_WITHIN_SD};
use super::levels::{median, minutes};
use super::quantiles::spread;
use super::{JobLaw, JobTimes, PlanLaw, TimeKind, TimeModel};

/// What the steps of one job say of one kind of time.
#[derive(Default)]
struct Seen {
    /// Logarithms of positive minutes, with their weights.
    logs: Vec<(f64, f64)>,
    n_reports: u32,
    n_reported_zeros: u32,
    n_planned: u32,
    n_planned_zeros: u32,
}

impl TimeModel {
    /// The same model with laws for the jobs of `book` that it has none for.
    pub fn extended_by(&self, book: &Book, observed: &Observed) -> Self {
        let mut extended = self.clone();
        for job in self.jobs.len()..book.jobs.len() {
            extended.jobs.push(of_job(book, observed, job as u32));
        }
        extended
    }
}

fn of_job(book: &Book, observed: &Observed, job: u32) -> JobTimes {
    let places = book.routings.iter().enumerate().flat_map(|(routing_idx, routing)| {
        let steps = routing.steps.iter().enumerate().filter(|(_, step)| step.job == job);
        steps.map(move |(step_idx, step)| ((routing_idx as u32, step_idx as u32), step))
    });
    let steps: Vec<_> = places.collect();
    let n_marked = steps.iter().filter(|(_, step)| step.is_batch == Some(true)).count();
    let is_per_lot = 2 * n_marked > steps.len();
    let law = |kind: TimeKind| {
        let mut seen = Seen::default();
        for (place, step) in &steps {
            for report in observed.get(*place) {
                match minutes(kind, report, is_per_lot) {
                    Some(minutes) if minutes > 0.0 => {
                        seen.n_reports += 1;
                        seen.logs.push((libm::log(minutes), report.weight));
                    }
                    Some(_) => seen.n_reported_zeros += 1,
                    None => {}
                }
            }
            match kind.planned(step).filter(|minutes| minutes.is_finite()) {
                Some(minutes) if minutes > 0.0 => {
                    seen.n_planned += 1;
                    seen.logs.push((libm::log(minutes), 1.0));
                }
                Some(_) => seen.n_planned_zeros += 1,
                None => {}
            }
        }
        seen.law()
    };
    let between = std::array::from_fn(|at| {
        spread(steps.iter().filter_map(|(_, step)| Some((planned(&step.interoperation)[at]?, 1.0))).collect())
    });
    JobTimes { setup: law(TimeKind::Setup), run: law(TimeKind::Run), is_per_lot, interoperation: between }
}

impl Seen {
    fn law(self) -> JobLaw {
        let share = |part: u32, whole: u32| part as f32 / whole.max(1) as f32;
        let zero_share = match self.n_reports + self.n_reported_zeros {
            0 => share(self.n_planned_zeros, self.n_planned + self.n_planned_zeros),
            n_reports => share(self.n_reported_zeros, n_reports),
        };
        JobLaw {
            intercept: median(self.logs),
            within_sd: PRIOR_WITHIN_SD as f32,
            between_sd: PRIOR_BETWEEN_SD as f32,
            plan: PlanLaw { sd: PRIOR_PLAN_SD as f32, ..PlanLaw::default() },
            zero_share,
            n_reports: self.n_reports + self.n_reported_zeros,
            n_planned: self.n_planned + self.n_planned_zeros,
            ..JobLaw::default()
        }
    }
}
