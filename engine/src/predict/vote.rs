//! The vote: neighbours' routings are weighed, merged and ranked as candidate job sequences.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::align::{edit_similarity, matched_steps};
use crate::snapshot::book::Book;

/// Sequences that are scored against each other; the rest have too little weight to win.
const MAX_SCORED: usize = 12;
/// Voting sequences that a candidate is compared with.
const MAX_COMPARED: usize = 50;
/// What a routing that is not the item's main one weighs beside it.
const SIDE_ROUTING: f64 = 0.25;
/// What a routing whose validity has ended weighs.
const EXPIRED_ROUTING: f64 = 0.3;

/// How neighbours vote; chosen by leave-one-out trials in training.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Voting {
    /// Neighbours that vote.
    pub n_voters: usize,
    /// A neighbour's weight is (score / best score) to this power.
    pub power: f64,
    /// Share that similar but not equal sequences add to a candidate.
    pub blend: f64,
}

impl Default for Voting {
    fn default() -> Self {
        Self { n_voters: 20, power: 8.0, blend: 0.2 }
    }
}

/// Most neighbours that any setting asks for.
pub const MAX_VOTERS: usize = 40;

/// One vote: a past routing and its share of all votes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vote {
    /// Position in the book.
    pub routing_idx: usize,
    /// Shares of all votes add up to 1.
    pub share: f64,
}

/// A ranked job sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    pub jobs: Vec<u32>,
    /// Share of the votes for exactly this sequence.
    pub share: f64,
    /// `share` plus what similar sequences add.
    pub score: f64,
}

/// Shares out the vote among the routings of the nearest items.
///
/// `near` holds score and routings of each neighbour, nearest first.
pub fn cast_votes(book: &Book, near: &[(f64, std::ops::Range<usize>)], voting: &Voting) -> Vec<Vote> {
    let best = near.first().map_or(0.0, |(score, _)| *score);
    if best <= 0.0 {
        return Vec::new();
    }
    let mut votes = Vec::new();
    for (score, routings) in near.iter().take(voting.n_voters) {
        let weight = libm::pow(score / best, voting.power);
        let inner: Vec<f64> = routings
            .clone()
            .enumerate()
            .map(|(at, routing)| {
                let side = if at == 0 { 1.0 } else { SIDE_ROUTING };
                if book.routings[routing].is_current { side } else { side * EXPIRED_ROUTING }
            })
            .collect();
        // A neighbour whose routings all ended still votes, with less weight.
        let total = inner.iter().sum::<f64>().max(1.0);
        votes.extend(
            routings.clone().zip(inner).map(|(routing_idx, part)| Vote { routing_idx, share: weight * part / total }),
        );
    }
    votes.retain(|vote| !book.routings[vote.routing_idx].steps.is_empty());
    let total: f64 = votes.iter().map(|vote| vote.share).sum();
    votes.iter_mut().for_each(|vote| vote.share /= total);
    votes
}

/// Candidate sequences, best first: the neighbours' own sequences and one composed by merging them.
pub fn rank_sequences(book: &Book, votes: &[Vote], voting: &Voting) -> Vec<Ranked> {
    let mut shares: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
    for vote in votes {
        *shares.entry(book.routings[vote.routing_idx].jobs()).or_default() += vote.share;
    }
    let mut sequences: Vec<(Vec<u32>, f64)> = shares.into_iter().collect();
    // Equal shares: fewer steps first, then by job order, which is the order of codes.
    sequences.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.len().cmp(&b.0.len())).then_with(|| a.0.cmp(&b.0)));
    let mut candidates: Vec<(Vec<u32>, f64)> = sequences.iter().take(MAX_SCORED).cloned().collect();
    if let Some(merged) = merge(&sequences)
        && candidates.iter().all(|(jobs, _)| *jobs != merged)
    {
        let share = sequences.iter().find(|(jobs, _)| *jobs == merged).map_or(0.0, |(_, share)| *share);
        candidates.push((merged, share));
    }
    let mut ranked: Vec<Ranked> = candidates
        .into_iter()
        .map(|(jobs, share)| {
            let similar: f64 = if voting.blend > 0.0 {
                sequences
                    .iter()
                    .take(MAX_COMPARED)
                    .filter(|(other, _)| *other != jobs)
                    .map(|(other, other_share)| {
                        let similarity = edit_similarity(&jobs, other);
                        other_share * similarity * similarity * similarity
                    })
                    .sum()
            } else {
                0.0
            };
            Ranked { score: share + voting.blend * similar, jobs, share }
        })
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.jobs.cmp(&b.jobs)));
    ranked
}

/// One sequence out of many: the heaviest is the backbone; the others are aligned to it; a step of the backbone stays,
/// and one that it lacks comes in, when more than half of the vote has it.
///
/// # Source
/// Centre-star alignment: Gusfield, "Efficient methods for multiple sequence alignment", 1993.
fn merge(sequences: &[(Vec<u32>, f64)]) -> Option<Vec<u32>> {
    let (backbone, _) = sequences.first()?;
    let total: f64 = sequences.iter().take(MAX_COMPARED).map(|(_, share)| share).sum();
    let mut kept = vec![0.0; backbone.len()];
    // Weight of each step that the backbone lacks, by the backbone position that it stands before.
    let mut missing: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for (jobs, share) in sequences.iter().take(MAX_COMPARED) {
        let pairs = matched_steps(backbone, jobs);
        let (mut next, mut before) = (0, 0);
        // A step that one routing repeats at one place weighs once.
        let mut seen: BTreeSet<(u32, usize)> = BTreeSet::new();
        for (at, job) in jobs.iter().enumerate() {
            if let Some((place, _)) = pairs.get(next).filter(|(_, matched)| *matched == at) {
                kept[*place] += share;
                before = place + 1;
                next += 1;
            } else if seen.insert((*job, before)) {
                missing.entry(*job).or_insert_with(|| vec![0.0; backbone.len() + 1])[before] += share;
            }
        }
    }
    let is_majority = |weight: f64| weight > total / 2.0;
    let mut inserted: Vec<Vec<u32>> = vec![Vec::new(); backbone.len() + 1];
    for (job, places) in missing {
        if is_majority(places.iter().sum()) {
            // Where most of the vote has it; of equal places the later one.
            let place = (0..places.len()).max_by(|a, b| places[*a].total_cmp(&places[*b]).then_with(|| a.cmp(b)));
            inserted[place.unwrap_or(0)].push(job);
        }
    }
    let mut merged = Vec::new();
    for at in 0..=backbone.len() {
        merged.append(&mut inserted[at]);
        if at < backbone.len() && is_majority(kept[at]) {
            merged.push(backbone[at]);
        }
    }
    Some(merged).filter(|merged| !merged.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_composes_a_sequence_that_nobody_has() {
        // Every routing lacks a different step of 1-2-3-4.
        let sequences = vec![(vec![1, 2, 3], 0.34), (vec![1, 2, 4], 0.33), (vec![2, 3, 4], 0.33)];
        assert_eq!(merge(&sequences), Some(vec![1, 2, 3, 4]));
    }

    #[test]
    fn a_clear_majority_stays_as_it_is() {
        let sequences = vec![(vec![1, 2, 3], 0.7), (vec![9, 8], 0.3)];
        assert_eq!(merge(&sequences), Some(vec![1, 2, 3]));
    }
}
