//! Standard routings: what a plant keeps under codes that name the features of an item.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::domain::Item;
use crate::predict::propose::candidate;
use crate::predict::times::TimeQuery;
use crate::predict::vote::Vote;
use crate::predict::{Candidate, Origin};

use super::{Model, Payload};

/// Code of each standard routing as its grammar writes it → position of the item that has it; of two items under one
/// code, the first.
pub(super) fn standards(payload: &Payload, voters: &[u32]) -> BTreeMap<String, u32> {
    let mut standards = BTreeMap::new();
    for grammar in &payload.grammars {
        for at in voters {
            if let Some(code) = grammar.canonical(payload.items[*at as usize].code.as_str()) {
                standards.entry(code).or_insert(*at);
            }
        }
    }
    standards
}

impl Model {
    /// `query` with what its own code says of it, where it lacks that.
    pub(super) fn completed<'a>(&self, query: &'a Item) -> Cow<'a, Item> {
        let mut completed = Cow::Borrowed(query);
        for grammar in &self.payload.grammars {
            if let Some(more) = grammar.completed(&completed) {
                completed = Cow::Owned(more);
            }
        }
        completed
    }

    /// The standard routing for exactly the features of a completed `query`, one for each grammar of which it has all;
    /// none for an item that is kept under that code itself. Each is first within its origin.
    pub(super) fn standard_candidates(&self, query: &Item, timed: &TimeQuery) -> Vec<Candidate> {
        let itself = self.item_idx(&query.code);
        self.payload
            .grammars
            .iter()
            .filter_map(|grammar| self.standards.get(&grammar.compose(&query.attributes)?).copied())
            .filter(|at| Some(*at as usize) != itself)
            .filter_map(|at| {
                let range = self.ranges[at as usize].clone();
                let routing_idx = range.into_iter().find(|at| !self.payload.book.routings[*at].steps.is_empty())?;
                let past = &self.payload.book.routings[routing_idx];
                let operations = self.operations(&past.jobs(), &[Vote { routing_idx, share: 1.0 }], timed, true);
                let item = self.payload.items[at as usize].code.clone();
                Some(candidate(1, Origin::Standard { item, routing: past.id.clone() }, None, operations))
            })
            .collect()
    }
}
