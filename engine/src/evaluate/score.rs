//! Scores of one method on the held-out items.

use serde::{Deserialize, Serialize};

use crate::domain::{JobCode, Routing};
use crate::model::MethodKind;
use crate::predict::{Candidate, Prediction, matched_steps};
use crate::train::{calibration_error_by_chance, expected_calibration_error};

use super::bootstrap::{Interval, Resamples, mean};
use super::measure::Outcome;
use super::{Case, TimeScore};

/// Scores of one method over the held-out items. Shares are 0 to 1; `None` is not defined for the method or the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MethodScore {
    /// `model`, a predictor of it alone (`vote`, `steps` …), `commonest_route`, `copy_nearest` …
    pub method: String,
    pub kind: MethodKind,
    /// Answers judged; an abstention counts as wrong.
    pub n: usize,
    /// The true job sequence is the first candidate.
    pub exact_at_1: f64,
    pub exact_at_1_interval: Interval,
    /// The true job sequence is among the first four.
    pub exact_at_4: f64,
    pub exact_at_4_interval: Interval,
    /// One minus edit distance over the longer length, first candidate.
    pub edit_similarity: f64,
    pub edit_similarity_interval: Interval,
    /// F1 of the first candidate's jobs as a set: the right jobs in whatever order.
    pub job_f1: f64,
    /// Share of the routes that no training item has which are the first candidate: composed, not copied.
    pub unseen_exact_at_1: Option<f64>,
    /// Answers that state a probability.
    pub n_stated: usize,
    /// Expected calibration error of the first candidate over them, ten bins of equal mass.
    pub ece: Option<f64>,
    /// What it would be about if every stated probability were exactly true: shares of few answers scatter, and those of
    /// few name families more.
    pub ece_by_chance: Option<f64>,
    /// Matched operations whose true work centre is known.
    pub n_work_centres: usize,
    /// Share of them whose proposed work centre is the true one.
    pub work_centre_hit: Option<f64>,
    /// Median over matched operations of |P50 − true| / true of run time, where true is the median of the item's own
    /// reports; see [`TimeScore`] for setup, for n and for the baseline.
    pub run_time_median_ape: Option<f64>,
    /// Share of the held-out items' own reports at or below P80 of the matched operation.
    pub p80_coverage: Option<f64>,
}

/// One method with what became of its answers, in the order of the cases of all repeats.
pub(super) struct Method {
    pub name: String,
    pub kind: MethodKind,
    pub outcomes: Vec<Outcome>,
}

impl Method {
    /// What all methods are measured by.
    pub fn score(&self, is_unseen: &[bool], units: &[&str], resamples: &Resamples) -> MethodScore {
        let all = |of: fn(&Outcome) -> f64| -> Vec<f64> { self.outcomes.iter().map(of).collect() };
        let (exact, among) = (all(Outcome::exact_at_1), all(Outcome::exact_at_4));
        let alike = all(|outcome| outcome.similarity);
        let unseen = self.outcomes.iter().zip(is_unseen).filter(|(_, is_unseen)| **is_unseen);
        let of_unseen: Vec<f64> = unseen.map(|(outcome, _)| outcome.exact_at_1()).collect();
        let stated: Vec<(f64, bool)> =
            self.outcomes.iter().filter_map(|outcome| Some((outcome.prob?, outcome.is_first))).collect();
        let drawn = self.outcomes.iter().zip(units);
        let by_unit: Vec<(f64, bool, &str)> =
            drawn.filter_map(|(outcome, unit)| Some((outcome.prob?, outcome.is_first, *unit))).collect();
        MethodScore {
            method: self.name.clone(),
            kind: self.kind,
            n: self.outcomes.len(),
            exact_at_1: mean(&exact),
            exact_at_1_interval: resamples.interval(&exact),
            exact_at_4: mean(&among),
            exact_at_4_interval: resamples.interval(&among),
            edit_similarity: mean(&alike),
            edit_similarity_interval: resamples.interval(&alike),
            job_f1: mean(&all(|outcome| outcome.job_f1)),
            unseen_exact_at_1: (!of_unseen.is_empty()).then(|| mean(&of_unseen)),
            n_stated: stated.len(),
            ece: expected_calibration_error(&stated),
            ece_by_chance: calibration_error_by_chance(&by_unit),
            n_work_centres: 0,
            work_centre_hit: None,
            run_time_median_ape: None,
            p80_coverage: None,
        }
    }
}

impl MethodScore {
    /// The same with what only the model proposes: work centres and times.
    pub(super) fn with_operations(self, cases: &[Case], answers: &[Prediction], times: &[TimeScore]) -> Self {
        let run = times.iter().find(|score| score.is_run_of_model());
        let (mut n_matched, mut n_hits) = (0usize, 0usize);
        for (case, answer) in cases.iter().zip(answers) {
            let Some(first) = answer.candidates.first() else { continue };
            for (at, true_at) in matched_steps(&candidate_jobs(first), &jobs(case.truth)) {
                let (proposed, truth) = (&first.operations[at], &case.truth.operations[true_at]);
                if let Some(centre) = &truth.work_centre {
                    n_matched += 1;
                    n_hits += usize::from(proposed.work_centre.as_ref() == Some(centre));
                }
            }
        }
        Self {
            n_work_centres: n_matched,
            work_centre_hit: (n_matched > 0).then(|| n_hits as f64 / n_matched as f64),
            run_time_median_ape: run.and_then(|run| run.median_ape),
            p80_coverage: run.and_then(|run| run.p80_coverage),
            ..self
        }
    }
}

/// Jobs of a routing as text.
pub(super) fn jobs(routing: &Routing) -> Vec<&str> {
    routing.jobs().map(JobCode::as_str).collect()
}

pub(super) fn candidate_jobs(candidate: &Candidate) -> Vec<&str> {
    candidate.operations.iter().map(|operation| operation.job.as_str()).collect()
}
