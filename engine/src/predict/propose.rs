//! From a job sequence to full operations: work centre, times and evidence for each step.

use std::collections::BTreeMap;

use crate::domain::{ItemCode, signature};

use super::align::{edit_similarity, matched_steps};
use super::answer::{Candidate, Evidence, Origin, ProposedOperation};
use super::book::{Book, PastStep};
use super::times::{Pool, TimeKind, estimate};
use super::vote::Vote;

/// Evidence shown per step.
const MAX_EVIDENCE: usize = 8;
/// Alternative work centres shown per step.
const MAX_ALTERNATIVES: usize = 4;
/// What an alternative work centre of a past operation weighs beside its main one.
const ALTERNATIVE: f64 = 0.3;

/// A past step that stands behind a proposed one.
struct Support<'a> {
    routing_idx: usize,
    step: &'a PastStep,
    weight: f64,
}

/// Fills a job sequence in.
///
/// A work centre is only taken together with the job that it ran, and never when it no longer runs.
pub fn propose(
    book: &Book,
    pools: &[Pool],
    item_code: impl Fn(u32) -> ItemCode,
    jobs: &[u32],
    votes: &[Vote],
) -> Vec<ProposedOperation> {
    let mut supports: Vec<Vec<Support>> = jobs.iter().map(|_| Vec::new()).collect();
    for vote in votes {
        let past = &book.routings[vote.routing_idx];
        let past_jobs = past.jobs();
        let weight = vote.share * edit_similarity(jobs, &past_jobs);
        if weight > 0.0 {
            for (at, past_at) in matched_steps(jobs, &past_jobs) {
                supports[at].push(Support { routing_idx: vote.routing_idx, step: &past.steps[past_at], weight });
            }
        }
    }
    let no_pool = Pool::default();
    let seqs = sequence_numbers(jobs.len(), votes, book, jobs);
    jobs.iter()
        .zip(supports)
        .zip(seqs)
        .map(|((job, supports), seq)| {
            let entry = &book.jobs[*job as usize];
            let centres = work_centres(book, *job, &supports);
            let first = centres.first().map(|idx| &book.work_centres[*idx as usize]);
            let weighted: Vec<(&PastStep, f64)> =
                supports.iter().map(|support| (support.step, libm::sqrt(support.weight))).collect();
            let outsourced = outsourced(&supports, centres.first().copied());
            // What the plant's own machines take for the job says nothing about a supplier.
            let pool = if outsourced == Some(true) { &no_pool } else { &pools[*job as usize] };
            ProposedOperation {
                seq,
                job: entry.code.clone(),
                job_name: entry.name.clone(),
                work_centre: first.map(|centre| centre.code.clone()),
                work_centre_name: first.and_then(|centre| centre.name.clone()),
                alternatives: centres
                    .iter()
                    .skip(1)
                    .take(MAX_ALTERNATIVES)
                    .map(|idx| book.work_centres[*idx as usize].code.clone())
                    .collect(),
                outsourced,
                setup_min: estimate(&weighted, pool, TimeKind::Setup),
                run_min_per_piece: estimate(&weighted, pool, TimeKind::Run),
                evidence: evidence(book, &item_code, &supports),
            }
        })
        .collect()
}

/// Makes a candidate of operations.
pub fn candidate(
    rank: u32,
    origin: Origin,
    confidence_prob: Option<f64>,
    operations: Vec<ProposedOperation>,
) -> Candidate {
    let steps = operations.iter().map(|operation| (&operation.job, operation.work_centre.as_ref()));
    Candidate { rank, origin, confidence_prob, signature: signature(steps), operations }
}

/// Numbers of an equal past routing when there is one, else 10, 20, 30 …
fn sequence_numbers(n: usize, votes: &[Vote], book: &Book, jobs: &[u32]) -> Vec<u32> {
    let equal = votes
        .iter()
        .filter(|vote| book.routings[vote.routing_idx].jobs() == jobs)
        .max_by(|a, b| a.share.total_cmp(&b.share).then_with(|| b.routing_idx.cmp(&a.routing_idx)));
    match equal {
        Some(vote) => book.routings[vote.routing_idx].steps.iter().map(|step| step.seq).collect(),
        None => (1..=n as u32).map(|at| at * 10).collect(),
    }
}

/// Work centres of a step, best first: those of the voters that still run, then those that ran the job elsewhere.
fn work_centres(book: &Book, job: u32, supports: &[Support]) -> Vec<u32> {
    let mut votes: BTreeMap<u32, f64> = BTreeMap::new();
    let mut knows_none = !supports.is_empty();
    for support in supports {
        if let Some(centre) = support.step.work_centre {
            *votes.entry(centre).or_default() += support.weight;
            knows_none = false;
        }
        for centre in &support.step.alternatives {
            *votes.entry(*centre).or_default() += support.weight * ALTERNATIVE;
        }
    }
    // Where the voters name no work centre at all, the plant keeps none for this step.
    if knows_none && votes.is_empty() {
        return Vec::new();
    }
    let mut ranked: Vec<(u32, f64)> =
        votes.into_iter().filter(|(centre, _)| book.work_centres[*centre as usize].is_active).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    if ranked.is_empty() {
        return book.jobs[job as usize].work_centres.clone();
    }
    ranked.into_iter().map(|(centre, _)| centre).collect()
}

/// In-house or outsourced, by the voters at the chosen work centre, else by all; `None` when none says.
fn outsourced(supports: &[Support], centre: Option<u32>) -> Option<bool> {
    let balance = |same_centre_only: bool| {
        let mut sum: Option<f64> = None;
        for support in supports {
            if same_centre_only && support.step.work_centre != centre {
                continue;
            }
            if let Some(is_outsourced) = support.step.outsourced {
                *sum.get_or_insert(0.0) += if is_outsourced { support.weight } else { -support.weight };
            }
        }
        sum
    };
    balance(true).or_else(|| balance(false)).map(|sum| sum > 0.0)
}

fn evidence(book: &Book, item_code: &impl Fn(u32) -> ItemCode, supports: &[Support]) -> Vec<Evidence> {
    let total: f64 = supports.iter().map(|support| support.weight).sum();
    let mut order: Vec<&Support> = supports.iter().collect();
    order.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.routing_idx.cmp(&b.routing_idx)));
    order
        .into_iter()
        .take(MAX_EVIDENCE)
        .map(|support| {
            let past = &book.routings[support.routing_idx];
            Evidence {
                item: item_code(past.item_idx),
                routing: past.id.clone(),
                seq: support.step.seq,
                weight: support.weight / total,
            }
        })
        .collect()
}
