//! Which past steps stand behind each step of a job sequence.

use super::align::{edit_similarity, matched_steps};
use super::times::KnownStep;
use super::vote::Vote;
use crate::snapshot::book::{Book, PastStep};

/// A past step that stands behind a proposed one.
#[derive(Clone, Copy, Debug)]
pub struct Support<'a> {
    pub routing_idx: usize,
    #[cfg_attr(not(feature = "train"), allow(dead_code, reason = "only trials look samples up by it"))]
    pub step_idx: usize,
    pub step: &'a PastStep,
    pub known: &'a KnownStep,
    /// Share of the vote, less for a routing that is unlike the sequence.
    pub weight: f64,
}

/// The supports of each job of a sequence: the aligned steps of the routings that voted. `known` is what is known of a step,
/// by its routing and its place there.
pub fn supports<'a>(
    book: &'a Book,
    known: impl Fn(usize, usize) -> &'a KnownStep,
    jobs: &[u32],
    votes: &[Vote],
) -> Vec<Vec<Support<'a>>> {
    let mut supports: Vec<Vec<Support>> = jobs.iter().map(|_| Vec::new()).collect();
    for vote in votes {
        let past = &book.routings[vote.routing_idx];
        let past_jobs = past.jobs();
        let weight = vote.share * edit_similarity(jobs, &past_jobs);
        if weight > 0.0 {
            for (at, step_idx) in matched_steps(jobs, &past_jobs) {
                let routing_idx = vote.routing_idx;
                let (step, known) = (&past.steps[step_idx], known(routing_idx, step_idx));
                supports[at].push(Support { routing_idx, step_idx, step, known, weight });
            }
        }
    }
    supports
}
