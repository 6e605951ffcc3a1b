//! The trials by the attribute that tells most about the route, or else by part family, worst group first.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::Item;
use crate::model::{TrialGroup, TrialGroups};

use super::confusions::confusions;
use super::labels::{family_labels, spelling};
use super::telling::{most_telling, values};
use super::{LEAST_OF_GROUP, Trial, TrialContext, share};

/// More groups than this nobody reads.
const MAX_GROUPS: usize = 30;

/// Which trials belong together.
struct Grouping<'a> {
    column: Option<String>,
    /// Label and trials of each group.
    groups: Vec<(Vec<String>, Vec<Trial<'a>>)>,
}

/// The groups of at least ten items; all other trials are only counted.
pub fn groups(trials: &[Trial], context: &TrialContext) -> TrialGroups {
    let Grouping { column, groups } = by_attribute(trials, context).unwrap_or_else(|| by_family(trials, context));
    let mut listed: Vec<TrialGroup> =
        groups.into_iter().filter_map(|(label, trials)| group(label, &trials, context)).collect();
    listed.sort_by(|a, b| {
        let worst_first = a.exact_at_1.total_cmp(&b.exact_at_1);
        worst_first.then_with(|| b.n_trials.cmp(&a.n_trials)).then_with(|| a.label.cmp(&b.label))
    });
    listed.truncate(MAX_GROUPS);
    let n_other_trials = trials.len() - listed.iter().map(|group| group.n_trials).sum::<usize>();
    TrialGroups { column, groups: listed, n_other_trials }
}

fn group(label: Vec<String>, trials: &[Trial], context: &TrialContext) -> Option<TrialGroup> {
    let n_items = trials.iter().map(|trial| trial.case.voter).collect::<BTreeSet<_>>().len();
    (n_items >= LEAST_OF_GROUP).then(|| TrialGroup {
        label,
        n_trials: trials.len(),
        n_items,
        exact_at_1: share(trials, |trial| trial.answer.is_first_right),
        answered_share: share(trials, |trial| context.is_answered(trial)),
        stated_prob: trials.iter().map(|trial| trial.answer.first_prob).sum::<f64>() / trials.len() as f64,
        confusions: confusions(trials, context),
    })
}

/// By the values of the category that tells most; `None` where none has two values that are common enough.
fn by_attribute<'a>(trials: &[Trial<'a>], context: &TrialContext) -> Option<Grouping<'a>> {
    let tried: BTreeSet<usize> = trials.iter().map(|trial| trial.case.voter).collect();
    let items: Vec<&Item> = tried.iter().map(|at| &context.items[context.voters[*at] as usize]).collect();
    let routes: Vec<&Vec<u32>> = tried.iter().map(|at| &context.truths[*at]).collect();
    let suits = |values: &[Option<String>]| {
        let mut sizes: BTreeMap<&Option<String>, usize> = BTreeMap::new();
        values.iter().for_each(|value| *sizes.entry(value).or_default() += 1);
        sizes.values().filter(|n| **n >= LEAST_OF_GROUP).count() >= 2
    };
    let (feature, _) = most_telling(context.schema, &items, &routes, suits)?;
    let of_voter: BTreeMap<usize, Option<String>> = tried.iter().copied().zip(values(feature, &items)).collect();
    let mut spelled: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for value in items.iter().filter_map(|item| feature.value(item)) {
        *spelled.entry(value.to_lowercase()).or_default().entry(value.into_owned()).or_default() += 1;
    }
    let mut groups: BTreeMap<&Option<String>, Vec<Trial>> = BTreeMap::new();
    for trial in trials {
        groups.entry(&of_voter[&trial.case.voter]).or_default().push(*trial);
    }
    let label = |value: &Option<String>| value.iter().map(|value| spelling(&spelled[value])).collect();
    Some(Grouping {
        column: Some(feature.name.clone()),
        groups: groups.into_iter().map(|(value, trials)| (label(value), trials)).collect(),
    })
}

fn by_family<'a>(trials: &[Trial<'a>], context: &TrialContext) -> Grouping<'a> {
    let mut labels = family_labels(context.items, context.families, context.schema);
    let mut groups: BTreeMap<u16, Vec<Trial>> = BTreeMap::new();
    trials.iter().for_each(|trial| groups.entry(context.family(trial)).or_default().push(*trial));
    Grouping {
        column: None,
        groups: groups
            .into_iter()
            .map(|(family, trials)| (labels.remove(&family).unwrap_or_default(), trials))
            .collect(),
    }
}
