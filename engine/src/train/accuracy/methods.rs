//! The whole beside each of its base predictors and beside the baselines, on the same trials.

use crate::ensemble::COLUMNS;
use crate::model::{MethodKind, TrialMethod};

use super::yardsticks::BASELINES;
use super::{Trial, share};

/// The model first, then its base predictors, then the baselines.
pub fn methods(trials: &[Trial]) -> Vec<TrialMethod> {
    let method = |method: &str, kind, is_first: &dyn Fn(&Trial) -> bool, is_among: &dyn Fn(&Trial) -> bool| {
        let (exact_at_1, exact_at_4) = (share(trials, is_first), share(trials, is_among));
        TrialMethod { method: method.to_owned(), kind, n_trials: trials.len(), exact_at_1, exact_at_4 }
    };
    let whole =
        method("model", MethodKind::Model, &|trial| trial.answer.is_first_right, &|trial| trial.answer.is_among_four);
    let alone = COLUMNS.iter().enumerate().map(|(column, declared)| {
        let is_within = |n: usize| move |trial: &Trial| rank(trial, column).is_some_and(|rank| rank < n);
        method(declared.code, MethodKind::Part, &is_within(1), &is_within(4))
    });
    let baselines = BASELINES.iter().enumerate().map(|(at, name)| {
        let rank = |trial: &Trial| trial.case.baseline_ranks[at];
        method(name, MethodKind::Baseline, &|trial| rank(trial) == Some(0), &|trial| rank(trial).is_some())
    });
    std::iter::once(whole).chain(alone).chain(baselines).collect()
}

/// How many candidates a base predictor prefers to the true one; of equal ones those that come first.
fn rank(trial: &Trial, column: usize) -> Option<usize> {
    let truth = trial.case.truth?;
    let all = &trial.case.predictions.all;
    let of_truth = all[truth].shares[column];
    let is_before = |(at, value): (usize, &f64)| match value.total_cmp(&of_truth) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => at < truth,
        std::cmp::Ordering::Less => false,
    };
    Some(all.iter().map(|of| &of.shares[column]).enumerate().filter(|found| is_before(*found)).count())
}
