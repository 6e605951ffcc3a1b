//! What goes wrong most often in a group of trials.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Confusion;

use super::{Trial, TrialContext};

/// Ways to be wrong that are shown.
const MAX_CONFUSIONS: usize = 3;
/// Items that are shown for each.
const MAX_ITEMS: usize = 3;
/// Longer routes are no example that anyone reads, and would make the model card long.
const MAX_JOBS: usize = 40;

/// The commonest pairs of true route and first candidate among the wrong answers; of equally common ones first the one
/// that the model was surest of.
pub fn confusions(trials: &[Trial], context: &TrialContext) -> Vec<Confusion> {
    let mut ways: BTreeMap<(&[u32], &[u32]), Vec<&Trial>> = BTreeMap::new();
    for trial in trials.iter().filter(|trial| !trial.answer.is_first_right) {
        let (truth, said) = (context.truths[trial.case.voter].as_slice(), trial.said());
        if truth.len() <= MAX_JOBS && said.len() <= MAX_JOBS {
            ways.entry((truth, said)).or_default().push(trial);
        }
    }
    let surest = |trials: &[&Trial]| trials.iter().map(|trial| trial.answer.first_prob).fold(0.0, f64::max);
    let mut order: Vec<_> = ways.into_iter().collect();
    // Stable: what is equal in both stays in the order of the routes.
    order.sort_by(|(_, a), (_, b)| b.len().cmp(&a.len()).then_with(|| surest(b).total_cmp(&surest(a))));
    order
        .into_iter()
        .take(MAX_CONFUSIONS)
        .map(|((truth, said), trials)| {
            let items: BTreeSet<_> = trials.iter().map(|trial| context.item_code(trial)).collect();
            Confusion {
                truth: context.job_codes(truth),
                said: context.job_codes(said),
                n_trials: trials.len(),
                items: items.into_iter().take(MAX_ITEMS).collect(),
            }
        })
        .collect()
}
