//! Scores of one method on the held-out items.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::Model;
use crate::domain::{JobCode, Plant, Routing};
use crate::ensemble::PARTS;
use crate::predict::align::{edit_similarity, matched_steps};
use crate::predict::{Candidate, Prediction};

use crate::train::expected_calibration_error;

use super::{Case, times};

/// Scores of one method over the held-out items. Shares are 0 to 1; `None` is not defined for the method or the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MethodScore {
    /// `model`, a predictor of it alone (`vote`, `steps` …), `commonest_route`, `copy_nearest`.
    pub method: String,
    /// The true job sequence is the first candidate.
    pub exact_at_1: f64,
    /// The true job sequence is among the first four.
    pub exact_at_4: f64,
    /// One minus edit distance over the longer length, first candidate.
    pub edit_similarity: f64,
    /// Expected calibration error of the first candidate, ten bins of equal mass.
    pub ece: Option<f64>,
    /// Share of the matched operations of the first candidate whose work centre is the true one.
    pub work_centre_hit: Option<f64>,
    /// Median over matched operations of |P50 − true| / true of run time, where true is the median of the item's own
    /// reports; see [`TimeScore`](super::TimeScore) for setup and for the baseline.
    pub run_time_median_ape: Option<f64>,
    /// Share of the held-out items' own reports at or below P80 of the matched operation.
    pub p80_coverage: Option<f64>,
}

/// Share-type scores from first-to-fourth candidates as job lists.
pub(super) fn of_routes(method: &str, cases: &[Case], answers: &[Vec<Vec<&str>>]) -> MethodScore {
    let n = cases.len().max(1) as f64;
    let (mut first, mut among, mut alike) = (0usize, 0usize, 0.0);
    for (case, routes) in cases.iter().zip(answers) {
        let truth = jobs(case.truth);
        first += usize::from(routes.first() == Some(&truth));
        among += usize::from(routes.iter().take(4).any(|route| *route == truth));
        alike += routes.first().map_or(0.0, |route| similarity(route, &truth));
    }
    MethodScore {
        method: method.to_owned(),
        exact_at_1: first as f64 / n,
        exact_at_4: among as f64 / n,
        edit_similarity: alike / n,
        ece: None,
        work_centre_hit: None,
        run_time_median_ape: None,
        p80_coverage: None,
    }
}

/// All scores of the model.
pub(super) fn of_model(cases: &[Case], answers: &[Prediction], plant: &Plant) -> MethodScore {
    let routes: Vec<Vec<Vec<&str>>> =
        answers.iter().map(|answer| answer.candidates.iter().map(candidate_jobs).collect()).collect();
    let stated = stated(cases, answers);
    let run = times::scores(plant, cases, answers).into_iter().find(|score| score.is_run_of_model());
    let (mut n_matched, mut n_centre_hits) = (0usize, 0usize);
    for (case, answer) in cases.iter().zip(answers) {
        let Some(first) = answer.candidates.first() else { continue };
        for (at, true_at) in matched(&candidate_jobs(first), &jobs(case.truth)) {
            let (proposed, truth) = (&first.operations[at], &case.truth.operations[true_at]);
            if let Some(centre) = &truth.work_centre {
                n_matched += 1;
                n_centre_hits += usize::from(proposed.work_centre.as_ref() == Some(centre));
            }
        }
    }
    let share = |part: usize, whole: usize| (whole > 0).then(|| part as f64 / whole as f64);
    MethodScore {
        ece: expected_calibration_error(&stated),
        work_centre_hit: share(n_centre_hits, n_matched),
        run_time_median_ape: run.as_ref().and_then(|run| run.median_ape),
        p80_coverage: run.and_then(|run| run.p80_coverage),
        ..of_routes("model", cases, &routes)
    }
}

/// Stated probability of each first candidate, and whether it was right.
pub(super) fn stated(cases: &[Case], answers: &[Prediction]) -> Vec<(f64, bool)> {
    let first = |(case, answer): (&Case, &Prediction)| {
        let first = answer.candidates.first()?;
        Some((first.confidence_prob?, candidate_jobs(first) == jobs(case.truth)))
    };
    cases.iter().zip(answers).filter_map(first).collect()
}

/// Scores of each predictor alone.
pub(super) fn of_parts(cases: &[Case], model: &Model) -> Vec<MethodScore> {
    let mut answers: Vec<Vec<Vec<Vec<&str>>>> = vec![Vec::new(); PARTS.len()];
    for case in cases {
        for (of_part, (_, routes)) in answers.iter_mut().zip(model.rankings(case.item)) {
            of_part.push(routes);
        }
    }
    PARTS.iter().zip(&answers).map(|(name, routes)| of_routes(name, cases, routes)).collect()
}

/// Jobs of a routing as text.
pub(super) fn jobs(routing: &Routing) -> Vec<&str> {
    routing.jobs().map(JobCode::as_str).collect()
}

pub(super) fn candidate_jobs(candidate: &Candidate) -> Vec<&str> {
    candidate.operations.iter().map(|operation| operation.job.as_str()).collect()
}

/// Jobs of both lists as shared numbers.
fn numbered(a: &[&str], b: &[&str]) -> (Vec<u32>, Vec<u32>) {
    let known: BTreeSet<&str> = a.iter().chain(b).copied().collect();
    let numbers: BTreeMap<&str, u32> = known.into_iter().zip(0..).collect();
    let number = |jobs: &[&str]| jobs.iter().map(|job| numbers[job]).collect();
    (number(a), number(b))
}

fn similarity(a: &[&str], b: &[&str]) -> f64 {
    let (a, b) = numbered(a, b);
    edit_similarity(&a, &b)
}

/// Pairs of equal jobs in order.
pub(super) fn matched(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    let (a, b) = numbered(a, b);
    matched_steps(&a, &b)
}
