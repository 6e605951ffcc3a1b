//! What one answer to one held-out item is worth.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{JobCode, Plant, Routing};
use crate::predict::align::edit_similarity;

/// A job sequence as the plant's jobs numbered by [`Jobs`].
pub(super) type Route = Vec<u32>;

/// The plant's jobs, numbered in the order of their codes. Numbers only: nothing is learned from it.
pub(super) struct Jobs<'a>(BTreeMap<&'a str, u32>);

impl<'a> Jobs<'a> {
    pub fn of(plant: &'a Plant) -> Self {
        let codes: BTreeSet<&str> =
            plant.routings.iter().flat_map(|routing| routing.jobs().map(JobCode::as_str)).collect();
        Self(codes.into_iter().zip(0..).collect())
    }

    /// The numbers of jobs that the plant has; a job that it does not have gets one number more than the last.
    pub fn route<'b>(&self, jobs: impl IntoIterator<Item = &'b str>) -> Route {
        let unknown = self.0.len() as u32;
        jobs.into_iter().map(|job| self.0.get(job).copied().unwrap_or(unknown)).collect()
    }

    /// The codes of a route; jobs that the plant does not have are left out.
    pub fn codes(&self, route: &[u32]) -> Vec<&'a str> {
        let code_of = |wanted: &u32| self.0.iter().find(|(_, number)| *number == wanted).map(|(code, _)| *code);
        route.iter().filter_map(code_of).collect()
    }

    pub fn of_routing(&self, routing: &Routing) -> Route {
        self.route(routing.jobs().map(JobCode::as_str))
    }
}

/// What a method says about one item.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Answer {
    /// Distinct routes, best first; none is an abstention.
    pub routes: Vec<Route>,
    /// Stated probability of the first, 0 to 1; `None` where the method states none.
    pub prob: Option<f64>,
}

/// How one answer compares with the truth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Outcome {
    pub is_first: bool,
    pub is_among_four: bool,
    /// One minus edit distance over the longer length, first candidate; 0 without a candidate.
    pub similarity: f64,
    /// F1 of the first candidate's jobs as a set; 0 without a candidate.
    pub job_f1: f64,
    pub prob: Option<f64>,
    pub is_answered: bool,
}

impl Outcome {
    pub fn of(answer: &Answer, truth: &Route) -> Self {
        let first = answer.routes.first();
        Self {
            is_first: first == Some(truth),
            is_among_four: answer.routes.iter().take(4).any(|route| route == truth),
            similarity: first.map_or(0.0, |route| edit_similarity(route, truth)),
            job_f1: first.map_or(0.0, |route| job_f1(route, truth)),
            prob: answer.prob,
            is_answered: first.is_some(),
        }
    }

    /// Whether the first candidate is right, as 0 or 1.
    pub fn exact_at_1(&self) -> f64 {
        f64::from(u8::from(self.is_first))
    }

    /// Whether one of the first four is right, as 0 or 1.
    pub fn exact_at_4(&self) -> f64 {
        f64::from(u8::from(self.is_among_four))
    }
}

/// Harmonic mean of precision and recall of one set of jobs against another; order and repetition do not count.
///
/// # Source
/// van Rijsbergen, "Information Retrieval", 1979.
fn job_f1(said: &[u32], truth: &[u32]) -> f64 {
    let (said, truth): (BTreeSet<_>, BTreeSet<_>) = (said.iter().collect(), truth.iter().collect());
    let n_all = said.len() + truth.len();
    if n_all == 0 { 1.0 } else { 2.0 * said.intersection(&truth).count() as f64 / n_all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_by_hand() {
        let answer = Answer { routes: vec![vec![1, 2, 3], vec![1, 3, 4, 4]], prob: Some(0.7) };
        let outcome = Outcome::of(&answer, &vec![1, 3, 4, 4]);
        assert!(!outcome.is_first && outcome.is_among_four && outcome.is_answered);
        // 1 2 3 → 1 3 4 4: drop 2, add 4 and 4, or replace 2 and 3 and add 4: three edits over four steps.
        assert!((outcome.similarity - 0.25).abs() < 1e-12, "{}", outcome.similarity);
        // {1, 2, 3} against {1, 3, 4}: two in common, 2·2 / (3 + 3).
        assert!((outcome.job_f1 - 2.0 / 3.0).abs() < 1e-12, "{}", outcome.job_f1);
    }

    #[test]
    fn an_abstention_is_wrong_everywhere() {
        let outcome = Outcome::of(&Answer::default(), &vec![1]);
        assert!(!outcome.is_answered && !outcome.is_first && !outcome.is_among_four);
        assert_eq!((outcome.similarity, outcome.job_f1), (0.0, 0.0));
    }
}
