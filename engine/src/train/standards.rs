//! Which grammars of standard-routing codes a plant uses, what its codes say, and the rules of the routings under them.

mod rules;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::domain::Item;
use crate::features::CodeGrammar;
use crate::predict::standards::Standard;
use crate::snapshot::Snapshot;
use crate::snapshot::book::Book;

use rules::{Kept, fit_rules};

/// Items with a routing under fitting codes that show that a plant uses a grammar.
const LEAST_CODES: usize = 3;

/// Those of `grammars` that the plant uses, in their order.
pub(super) fn in_force(grammars: &[CodeGrammar], snapshot: &Snapshot) -> Vec<CodeGrammar> {
    let has_steps = snapshot.book().routings.iter().filter(|routing| !routing.steps.is_empty());
    let routed: BTreeSet<&str> = has_steps.map(|routing| snapshot.code(routing.item_idx as usize)).collect();
    let is_used = |grammar: &&CodeGrammar| {
        let fitting = routed.iter().filter(|code| grammar.parse(code).is_some());
        fitting.take(LEAST_CODES).count() == LEAST_CODES
    };
    grammars.iter().filter(is_used).cloned().collect()
}

/// The items with what their codes say of them.
pub(super) fn completed(snapshot: &Snapshot, grammars: &[CodeGrammar]) -> Vec<Item> {
    let of = |at: usize| {
        let mut item = snapshot.item(at);
        for grammar in grammars {
            if let Some(more) = grammar.completed(&item) {
                item = more;
            }
        }
        item
    };
    (0..snapshot.len()).into_par_iter().map(of).collect()
}

/// Codes below which it is not tried whether their routings follow rules, and the parts in which it is tried.
const LEAST_TRIED: usize = 10;
const N_FOLDS: usize = 5;

/// Learns the rules of the main routings under the codes of `grammar`, and tries them on codes that were held out.
pub(super) fn learn(grammar: CodeGrammar, items: &[Item], ranges: &[Range<usize>], book: &Book) -> Standard {
    let mut kept: BTreeMap<String, Kept> = BTreeMap::new();
    for (item, range) in items.iter().zip(ranges) {
        let Some(code) = grammar.canonical(item.code.as_str()) else { continue };
        let first = range.clone().find(|at| !book.routings[*at].steps.is_empty());
        if let (Some(features), Some(at)) = (grammar.features_of(&code), first) {
            kept.entry(code).or_insert_with(|| Kept { features, jobs: book.routings[at].jobs() });
        }
    }
    let kept: Vec<Kept> = kept.into_values().collect();
    let rules = fit_rules(&kept.iter().collect::<Vec<_>>());
    let mut standard = Standard { grammar, rules, right_prob: None };
    standard.right_prob = right_prob(&kept).filter(|prob| *prob > 0.5);
    standard
}

/// Share of the composed routings of held-out codes that are right; of few trials, nearer to one half.
fn right_prob(kept: &[Kept]) -> Option<f64> {
    if kept.len() < LEAST_TRIED {
        return None;
    }
    let (mut n_composed, mut n_right) = (0.0, 0.0);
    for fold in 0..N_FOLDS {
        let others: Vec<&Kept> =
            kept.iter().enumerate().filter(|(at, _)| at % N_FOLDS != fold).map(|(_, kept)| kept).collect();
        let standard = Standard { rules: fit_rules(&others), ..Standard::default() };
        for held in kept.iter().skip(fold).step_by(N_FOLDS) {
            if let Some(jobs) = standard.compose(&held.features) {
                n_composed += 1.0;
                n_right += f64::from(u8::from(jobs == held.jobs));
            }
        }
    }
    Some((n_right + 1.0) / (n_composed + 2.0))
}
