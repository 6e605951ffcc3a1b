//! Which grammars of standard-routing codes a plant uses, and what its codes say.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::domain::{Item, Plant};
use crate::features::CodeGrammar;

/// Items with a routing under fitting codes that show that a plant uses a grammar.
const LEAST_CODES: usize = 3;

/// Those of `grammars` that the plant uses, in their order.
pub(super) fn in_force(grammars: &[CodeGrammar], plant: &Plant) -> Vec<CodeGrammar> {
    let has_steps = plant.routings.iter().filter(|routing| !routing.operations.is_empty());
    let routed: BTreeSet<&str> = has_steps.map(|routing| routing.item.as_str()).collect();
    let is_used = |grammar: &&CodeGrammar| {
        let fitting = routed.iter().filter(|code| grammar.parse(code).is_some());
        fitting.take(LEAST_CODES).count() == LEAST_CODES
    };
    grammars.iter().filter(is_used).cloned().collect()
}

/// The items with what their codes say of them; the same items where no grammar is in force.
pub(super) fn completed<'a>(items: &'a [Item], grammars: &[CodeGrammar]) -> Cow<'a, [Item]> {
    if grammars.is_empty() {
        return Cow::Borrowed(items);
    }
    let mut completed = items.to_vec();
    for item in &mut completed {
        for grammar in grammars {
            if let Some(more) = grammar.completed(item) {
                *item = more;
            }
        }
    }
    Cow::Owned(completed)
}
