//! Candidate routings for one item: neighbours → vote → sequences → full operations, in reading order.

use crate::domain::Item;
use crate::predict::confidence::Signs;
use crate::predict::propose::{Asked, candidate, propose};
use crate::predict::times::TimeQuery;
use crate::predict::vote::{MAX_VOTERS, Ranked, Vote, cast_votes, rank_sequences};
use crate::predict::{AbstainReason, Candidate, Origin, OwnHistory, PredictOptions, Prediction};

use super::Model;

/// Below this similarity of the nearest item there is nothing to copy from.
const LEAST_SIMILARITY: f64 = 0.08;
/// A further candidate with less of the vote than this only adds noise.
const LEAST_SCORE: f64 = 0.01;

impl Model {
    /// Candidate routings for `query`, which need not exist. Its own routings never vote.
    pub fn predict(&self, query: &Item, options: &PredictOptions) -> Prediction {
        let n_neighbours = options.n_neighbours.clamp(1, 50);
        let max_candidates = options.max_candidates.clamp(1, 4);
        let values = self.payload.encoder.encode(query);
        let coverage = self.catalogue.query_weights(&values).1 / self.catalogue.total_weight();
        let hits = self.near(query, &values, n_neighbours.max(MAX_VOTERS));
        let neighbours = hits.iter().take(n_neighbours).map(|hit| self.neighbour(hit)).collect();
        let abstain_reason = if self.voters.is_empty() {
            Some(AbstainReason::NoRoutings)
        } else if hits.is_empty() {
            Some(if coverage > 0.0 { AbstainReason::NothingSimilar } else { AbstainReason::NothingKnown })
        } else if hits[0].score < LEAST_SIMILARITY {
            Some(AbstainReason::NothingSimilar)
        } else {
            None
        };

        let timed = self.payload.times.query(query);
        let own = if options.own_history == OwnHistory::Ignore {
            Vec::new()
        } else {
            self.own_candidates(query, &timed, max_candidates)
        };
        let n_similar = match options.own_history {
            OwnHistory::First => max_candidates - own.len(),
            OwnHistory::Ignore | OwnHistory::Beside => max_candidates,
        };
        let mut candidates = own;
        if abstain_reason.is_none() && n_similar > 0 {
            let near: Vec<_> =
                hits.iter().map(|hit| (hit.score, self.ranges[self.voters[hit.item_idx] as usize].clone())).collect();
            let votes = cast_votes(&self.payload.book, &near, &self.payload.voting);
            let ranked = rank_sequences(&self.payload.book, &votes, &self.payload.voting, 4);
            let scores: Vec<f64> = hits.iter().map(|hit| hit.score).collect();
            let probabilities = self.payload.calibration.all(&Signs::of(&ranked, &votes, &scores, coverage), &ranked);
            let first_rank = if options.own_history == OwnHistory::First { candidates.len() } else { 0 };
            let similar =
                self.similar_candidates(&ranked, &probabilities, (&votes, &timed), &candidates, options.own_history);
            candidates.extend(similar.into_iter().take(n_similar).enumerate().map(|(at, mut similar)| {
                similar.rank = (first_rank + at + 1) as u32;
                similar
            }));
        }
        Prediction {
            item: query.code.clone(),
            model: self.id.clone(),
            abstained: abstain_reason.is_some(),
            abstain_reason,
            candidates,
            neighbours,
        }
    }

    fn similar_candidates(
        &self,
        ranked: &[Ranked],
        probabilities: &[f64],
        (votes, timed): (&[Vote], &TimeQuery),
        own: &[Candidate],
        own_history: OwnHistory,
    ) -> Vec<Candidate> {
        ranked
            .iter()
            .zip(probabilities)
            .enumerate()
            .filter(|(at, (sequence, _))| *at == 0 || sequence.score >= LEAST_SCORE)
            .map(|(at, (sequence, probability))| {
                let operations = self.operations(&sequence.jobs, votes, timed, false);
                candidate(at as u32 + 1, Origin::Similar, Some(*probability), operations)
            })
            // What the item already has need not be proposed again below it.
            .filter(|similar| own_history != OwnHistory::First || own.iter().all(|known| jobs(known) != jobs(similar)))
            .collect()
    }

    fn own_candidates(&self, query: &Item, timed: &TimeQuery, max_candidates: usize) -> Vec<Candidate> {
        let Some(at) = self.item_idx(&query.code) else { return Vec::new() };
        self.ranges[at]
            .clone()
            .filter(|routing_idx| !self.payload.book.routings[*routing_idx].steps.is_empty())
            .take(max_candidates)
            .enumerate()
            .map(|(rank, routing_idx)| {
                let past = &self.payload.book.routings[routing_idx];
                let operations = self.operations(&past.jobs(), &[Vote { routing_idx, share: 1.0 }], timed, true);
                let origin = Origin::OwnHistory { routing: past.id.clone() };
                candidate(rank as u32 + 1, origin, None, operations)
            })
            .collect()
    }

    fn operations(
        &self,
        jobs: &[u32],
        votes: &[Vote],
        timed: &TimeQuery,
        is_own: bool,
    ) -> Vec<crate::predict::ProposedOperation> {
        let code = |at: u32| self.payload.items[at as usize].code.clone();
        let asked = Asked { book: &self.payload.book, times: &self.payload.times, query: timed, is_own };
        propose(asked, code, jobs, votes)
    }
}

fn jobs(candidate: &Candidate) -> Vec<&str> {
    candidate.operations.iter().map(|operation| operation.job.as_str()).collect()
}
