//! From a job sequence to full operations: work centre, times and evidence for each step.

use std::collections::BTreeMap;

use crate::domain::{ItemCode, Seq, signature};

use super::answer::{Candidate, Evidence, Origin, ProposedOperation};
use super::support::{Support, supports};
use super::times::{KnownSteps, TimeModel, TimeQuery, operation_times};
use super::vote::Vote;
use crate::snapshot::book::Book;

/// Evidence shown per step.
const MAX_EVIDENCE: usize = 8;
/// Alternative work centres shown per step.
const MAX_ALTERNATIVES: usize = 4;
/// What an alternative work centre of a past operation weighs beside its main one.
const ALTERNATIVE: f64 = 0.3;

/// What operations are proposed from: everything but the votes.
#[derive(Clone, Copy)]
pub struct ProposeContext<'a> {
    pub book: &'a Book,
    pub known: &'a KnownSteps,
    pub times: &'a TimeModel,
    pub query: &'a TimeQuery,
    /// Whether the votes are the item's own routing.
    pub is_own: bool,
}

/// Fills a job sequence in.
///
/// A work centre is only taken together with the job that it ran, and never when it no longer runs.
pub fn propose(
    context: ProposeContext,
    item_code: impl Fn(u32) -> ItemCode,
    jobs: &[u32],
    votes: &[Vote],
) -> Vec<ProposedOperation> {
    let book = context.book;
    let seqs = sequence_numbers(jobs.len(), votes, book, jobs);
    jobs.iter()
        .zip(supports(book, |routing_idx, step_idx| context.known.at(routing_idx, step_idx), jobs, votes))
        .zip(seqs)
        .map(|((job, supports), seq)| {
            let entry = &book.jobs[*job as usize];
            let centres = work_centres(book, *job, &supports);
            let first = centres.first().map(|idx| &book.work_centres[*idx as usize]);
            let outsourced = outsourced(&supports, centres.first().copied());
            let times = operation_times(context, (*job, centres.first().copied()), &supports, outsourced == Some(true));
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
                setup_min: times.setup_min,
                run_min_per_piece: times.run_min_per_piece,
                run_min_per_lot: times.run_min_per_lot,
                queue_min: times.queue_min,
                wait_min: times.wait_min,
                move_min: times.move_min,
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
fn sequence_numbers(n: usize, votes: &[Vote], book: &Book, jobs: &[u32]) -> Vec<Seq> {
    let equal = votes
        .iter()
        .filter(|vote| book.routings[vote.routing_idx].jobs() == jobs)
        .max_by(|a, b| a.share.total_cmp(&b.share).then_with(|| b.routing_idx.cmp(&a.routing_idx)));
    match equal {
        Some(vote) => book.routings[vote.routing_idx].steps.iter().map(|step| step.seq).collect(),
        None => (1..=n as u32).map(|at| Seq::new(at * 10)).collect(),
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
                n_reports: support.known.n_reports(),
            }
        })
        .collect()
}
