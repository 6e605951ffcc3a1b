//! Standard routings: what a plant keeps under codes that name the features of an item, and what it would keep.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::domain::{Item, ItemCode};
use crate::predict::propose::candidate;
use crate::predict::standards::Standard;
use crate::predict::vote::Vote;
use crate::predict::{Candidate, Origin};
use crate::snapshot::Snapshot;

use super::predict::Reading;
use super::{Model, Payload};

/// Codes that a composed routing rests on, beside those that have a job that none of these has.
const N_ALIKE: usize = 5;

/// Code of each standard routing as its grammar writes it → position of the item that has it; of two items under one
/// code, the first.
pub(super) fn standards(payload: &Payload, snapshot: &Snapshot, voters: &[u32]) -> BTreeMap<String, u32> {
    let mut standards = BTreeMap::new();
    for standard in &payload.standards {
        for at in voters {
            if let Some(code) = standard.grammar.canonical(snapshot.code(*at as usize)) {
                standards.entry(code).or_insert(*at);
            }
        }
    }
    standards
}

impl Payload {
    /// See [`Model::completed`].
    pub(super) fn completed<'a>(&self, query: &'a Item) -> Cow<'a, Item> {
        let mut completed = Cow::Borrowed(query);
        for standard in &self.standards {
            if let Some(more) = standard.grammar.completed(&completed) {
                completed = Cow::Owned(more);
            }
        }
        completed
    }
}

impl Model {
    /// `query` with what its own code says of it, where it lacks that and the plant has standard codes: what a prediction
    /// reads of an item.
    pub fn completed<'a>(&self, query: &'a Item) -> Cow<'a, Item> {
        self.payload.completed(query)
    }

    /// The standard routing for exactly the features of a completed `query`, one for each grammar of which it has all: the
    /// one that is kept, else the one that the rules of the others ask for. None for an item that is kept under that code
    /// itself. Each is first within its origin.
    pub(super) fn standard_candidates(&self, query: &Item, reading: &Reading) -> Vec<Candidate> {
        let itself = self.item_idx(&query.code);
        let of = |standard: &Standard| {
            let code = standard.grammar.compose(&query.attributes)?;
            match self.standards.get(&code) {
                Some(at) if Some(*at as usize) == itself => None,
                Some(at) => self.kept(*at, reading),
                None => self.composed(standard, code, reading),
            }
        };
        self.payload.standards.iter().filter_map(of).collect()
    }

    fn kept(&self, at: u32, reading: &Reading) -> Option<Candidate> {
        let book = self.book();
        let routing_idx = self.ranges[at as usize].clone().find(|at| !book.routings[*at].steps.is_empty())?;
        let past = &book.routings[routing_idx];
        let operations = self.operations(&past.jobs(), &[Vote { routing_idx, share: 1.0 }], &reading.timed, true);
        let origin = Origin::Standard { item: self.code_at(at), routing: Some(past.id.clone()) };
        Some(candidate(1, origin, None, operations))
    }

    fn composed(&self, standard: &Standard, code: String, reading: &Reading) -> Option<Candidate> {
        let right_prob = standard.right_prob?;
        let features = standard.grammar.features_of(&code)?;
        let jobs = standard.compose(&features)?;
        let votes = self.alike(standard, &features, &jobs);
        let operations = self.operations(&jobs, &votes, &reading.timed, false);
        let origin = Origin::Standard { item: ItemCode::new(code), routing: None };
        Some(candidate(1, origin, Some(right_prob), operations))
    }

    /// The standard routings whose codes differ least, and for each job that they lack the nearest that has it.
    fn alike(&self, standard: &Standard, features: &[String], jobs: &[u32]) -> Vec<Vote> {
        let book = self.book();
        let mut near: Vec<(usize, usize)> = Vec::new();
        for (code, at) in &self.standards {
            let Some(others) = standard.grammar.features_of(code) else { continue };
            let n_differ = features.iter().zip(&others).filter(|(a, b)| a != b).count();
            let first = self.ranges[*at as usize].clone().find(|at| !book.routings[*at].steps.is_empty());
            near.extend(first.map(|routing_idx| (n_differ, routing_idx)));
        }
        // Of codes that differ as much, the first in the order of items.
        near.sort_unstable();
        let has = |routing_idx: usize, job: u32| book.routings[routing_idx].steps.iter().any(|step| step.job == job);
        let mut chosen: Vec<(usize, usize)> = near.iter().take(N_ALIKE).copied().collect();
        for job in jobs {
            if !chosen.iter().any(|(_, routing_idx)| has(*routing_idx, *job)) {
                chosen.extend(near.iter().find(|(_, routing_idx)| has(*routing_idx, *job)));
            }
        }
        let weight = |n_differ: usize| 1.0 / (1.0 + n_differ as f64);
        let total: f64 = chosen.iter().map(|(n_differ, _)| weight(*n_differ)).sum();
        chosen.iter().map(|(n_differ, at)| Vote { routing_idx: *at, share: weight(*n_differ) / total }).collect()
    }
}
