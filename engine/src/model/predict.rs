//! Candidate routings for one item: neighbours → vote → base predictions → stacked candidates → full operations, in reading order.

use std::ops::Range;

use crate::domain::{Item, ItemCode};
use crate::ensemble::{BasePredictions, Neighbourhood, OutOfBag, base_predictions, item_key};
use crate::features::Value;
use crate::index::Hit;
use crate::predict::propose::{ProposeContext, candidate, propose};
use crate::predict::receipt::receipt;
use crate::predict::times::TimeQuery;
use crate::predict::vote::{MAX_VOTERS, Ranked, Vote, cast_votes, rank_sequences};
use crate::predict::{AbstainReason, Candidate, Origin, OwnHistory, PredictOptions, Prediction, ProposedOperation};

use super::Model;
use super::question::N_PLAUSIBLE;

/// Below this similarity of the nearest item there is nothing to copy from.
const LEAST_SIMILARITY: f64 = 0.08;
/// A further candidate less likely than this only adds noise.
pub(super) const LEAST_PROB: f64 = 0.01;

/// Everything that is worked out about a query before candidates are made of it.
pub(super) struct Reading {
    /// The item that it stands for.
    pub(super) itself: ItemCode,
    pub(super) values: Vec<Value>,
    pub(super) hits: Vec<Hit>,
    pub(super) coverage: f64,
    pub(super) votes: Vec<Vote>,
    pub(super) timed: TimeQuery,
    pub(super) predictions: BasePredictions,
}

impl Reading {
    /// Whether there is something to copy from.
    pub(super) fn is_near_something(&self) -> bool {
        self.hits.first().is_some_and(|nearest| nearest.score >= LEAST_SIMILARITY)
    }
}

/// How a description is read.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    /// The item that it stands for, whatever code it has: its routings never vote.
    pub(super) itself: &'a ItemCode,
    pub(super) n_neighbours: usize,
    /// Job sequences that the predictors are asked about in any case.
    pub(super) wanted: &'a [Vec<u32>],
    /// Positions in the catalogue to which neighbours are confined; `None` is all of it.
    pub(super) among: Option<&'a [usize]>,
}

/// A job sequence with its probability.
pub(super) struct Chosen {
    pub(super) jobs: Vec<u32>,
    pub(super) prob: f64,
}

impl Model {
    /// Candidate routings for `query`, which need not exist. Its own routings never vote. Where the answer is unsure, it
    /// comes with the one question that would help most.
    pub fn predict(&self, query: &Item, options: &PredictOptions) -> Prediction {
        let query = &self.completed(query);
        // A question looks at more items than the vote; one search serves both.
        let (mut prediction, reading, chosen) = self.answer(query, options, N_PLAUSIBLE);
        prediction.question = self.question(query, &reading, &chosen, options.own_history, &prediction);
        prediction
    }

    /// The same without a question, which costs several times as much: what an evaluation needs.
    pub fn predict_only(&self, query: &Item, options: &PredictOptions) -> Prediction {
        self.answer(&self.completed(query), options, MAX_VOTERS).0
    }

    /// The answer to a completed `query`, and what it was made of; `n_near` similar items are looked for at least.
    pub(super) fn answer(
        &self,
        query: &Item,
        options: &PredictOptions,
        n_near: usize,
    ) -> (Prediction, Reading, Vec<Chosen>) {
        let n_neighbours = options.n_neighbours.clamp(1, 50);
        let max_candidates = options.max_candidates.clamp(1, 4);
        let reading = self.read(query, n_neighbours.max(n_near));
        let nearest = &reading.hits[..reading.hits.len().min(n_neighbours)];
        let neighbours = self.neighbours_of(query, &reading.values, nearest);
        let chosen = self.choose_candidates(&reading);
        let abstain_reason = self.abstain_reason(&reading, &chosen);

        let own = if options.own_history == OwnHistory::Ignore {
            Vec::new()
        } else {
            self.own_candidates(query, &reading.timed, max_candidates)
        };
        let n_free = match options.own_history {
            OwnHistory::First => max_candidates - own.len(),
            OwnHistory::Ignore | OwnHistory::Beside => max_candidates,
        };
        // What the item already has need not be proposed again below it.
        let known: &[Candidate] = if options.own_history == OwnHistory::First { &own } else { &[] };
        let is_new = |candidate: &Candidate| known.iter().all(|known| jobs(known) != jobs(candidate));
        let mut standard = self.standard_candidates(query, &reading);
        standard.retain(is_new);
        standard.truncate(n_free);
        let n_similar = n_free - standard.len();
        let first_rank = known.len();
        let mut similar = Vec::new();
        if abstain_reason.is_none() && n_similar > 0 {
            similar = self.similar_candidates(query, &reading, &chosen);
            similar.retain(is_new);
            similar.truncate(n_similar);
            similar.iter_mut().zip(first_rank + 1..).for_each(|(similar, rank)| similar.rank = rank as u32);
        }
        let candidates = [own, standard, similar].concat();
        let is_disputed = abstain_reason == Some(AbstainReason::Disagreement);
        let disputed = if is_disputed { self.disputed(&reading) } else { Vec::new() };
        let prediction = Prediction {
            item: query.code.clone(),
            model: self.id.clone(),
            snapshot: self.snapshot.id().clone(),
            is_of_later_data: !self.is_over_its_own(),
            receipt: receipt(&self.id, self.snapshot.id(), query, options),
            abstained: abstain_reason.is_some(),
            abstain_reason,
            disputed,
            question: None,
            candidates,
            neighbours,
        };
        (prediction, reading, chosen)
    }

    /// Neighbours, votes and what all predictors say.
    pub(super) fn read(&self, query: &Item, n_neighbours: usize) -> Reading {
        self.read_as(query, Asking { itself: &query.code, n_neighbours, wanted: &[], among: None })
    }

    /// The same of a description that stands for another item, or within bounds.
    pub(super) fn read_as(&self, query: &Item, asking: Asking) -> Reading {
        let Asking { itself, n_neighbours, wanted, among } = asking;
        let payload = &self.payload;
        let values = self.encoder().encode(query);
        let coverage = self.catalogue.query_weights(&values).1 / self.catalogue.total_weight();
        let n_near = n_neighbours.max(MAX_VOTERS);
        let hits = match among {
            Some(among) => self.catalogue.rank(&values, among.iter().copied(), n_near),
            None => self.near(itself, &values, n_near),
        };
        let near: Vec<(f64, Range<usize>)> = hits
            .iter()
            .take(MAX_VOTERS)
            .map(|hit| (hit.score, self.ranges[self.voters[hit.item_idx] as usize].clone()))
            .collect();
        let votes = cast_votes(self.book(), &near, &payload.voting);
        let mut ranked = rank_sequences(self.book(), &votes, &payload.voting);
        if !wanted.is_empty() {
            ranked = with_wanted(ranked, wanted);
        }
        let neighbourhood = Neighbourhood { book: self.book(), ranked: &ranked, near: &near };
        // Of an item that came after the training all predictors are asked.
        let key = item_key(itself.as_str());
        let is_trained_on = payload.trained_on.binary_search(&key).is_ok();
        let known_item = (is_trained_on && self.item_idx(itself).is_some()).then_some(key);
        let out_of_bag = OutOfBag { known_item, bag_share: payload.learned.bag_share };
        let predictions =
            base_predictions(&payload.learned, &payload.learned.cues.encode(query), &neighbourhood, out_of_bag);
        let timed = self.times().query(query);
        Reading { itself: itself.clone(), values, hits, coverage, votes, timed, predictions }
    }

    /// The likeliest job sequences that the plant can carry out, at most four, never rising in probability.
    pub(super) fn choose_candidates(&self, reading: &Reading) -> Vec<Chosen> {
        let mut chosen = self.all_candidates(reading, &reading.predictions);
        chosen.truncate(4);
        chosen
    }

    /// All job sequences that some predictor names, likeliest first; `predictions` are those of the reading, or what they
    /// would be.
    pub(super) fn all_candidates(&self, reading: &Reading, predictions: &BasePredictions) -> Vec<Chosen> {
        let stacker = &self.payload.stacker;
        let regime = stacker.regime(reading.coverage);
        let probabilities = stacker.probabilities(predictions, regime);
        let all = predictions.all.iter().zip(probabilities);
        let mut chosen: Vec<Chosen> =
            all.map(|(prediction, prob)| Chosen { jobs: prediction.jobs.clone(), prob }).collect();
        chosen.sort_by(|a, b| b.prob.total_cmp(&a.prob).then_with(|| a.jobs.cmp(&b.jobs)));
        chosen
    }

    fn abstain_reason(&self, reading: &Reading, chosen: &[Chosen]) -> Option<AbstainReason> {
        let above = self.payload.stacker.answer_above;
        if self.voters.is_empty() {
            Some(AbstainReason::NoRoutings)
        } else if above > 1.0 {
            Some(AbstainReason::NotDetermined)
        } else if reading.hits.is_empty() {
            let knows_something = reading.coverage > 0.0;
            Some(if knows_something { AbstainReason::NothingSimilar } else { AbstainReason::NothingKnown })
        } else if !reading.is_near_something() {
            Some(AbstainReason::NothingSimilar)
        } else if chosen.iter().map(|chosen| chosen.prob).sum::<f64>() < above {
            Some(AbstainReason::Disagreement)
        } else {
            None
        }
    }

    fn similar_candidates(&self, query: &Item, reading: &Reading, chosen: &[Chosen]) -> Vec<Candidate> {
        chosen
            .iter()
            .enumerate()
            .filter(|(at, chosen)| *at == 0 || chosen.prob >= LEAST_PROB)
            .map(|(at, chosen)| {
                let votes = self.with_support(query, reading, &chosen.jobs);
                let operations = self.operations(&chosen.jobs, &votes, &reading.timed, false);
                candidate(at as u32 + 1, Origin::Similar, Some(chosen.prob), operations)
            })
            .collect()
    }

    /// The votes, and for each job that no voter has, the nearest item that has it: a proposed step always stands on
    /// something that was done.
    fn with_support(&self, query: &Item, reading: &Reading, jobs: &[u32]) -> Vec<Vote> {
        let book = self.book();
        let has = |routing_idx: usize, job: u32| book.routings[routing_idx].steps.iter().any(|step| step.job == job);
        let mut votes = reading.votes.clone();
        let itself = self.item_idx(&query.code);
        for job in jobs {
            if votes.iter().any(|vote| has(vote.routing_idx, *job)) {
                continue;
            }
            let range = |at: usize| self.ranges[self.voters[at] as usize].clone();
            let ran_it = |at: usize| {
                Some(self.voters[at] as usize) != itself && range(at).any(|routing_idx| has(routing_idx, *job))
            };
            let nearest = self.catalogue.nearest(&reading.values, N_SUPPORT, ran_it);
            votes.extend(nearest.iter().filter_map(|hit| {
                let routing_idx = range(hit.item_idx).find(|routing_idx| has(*routing_idx, *job))?;
                Some(Vote { routing_idx, share: SUPPORT_SHARE * hit.score })
            }));
        }
        votes
    }

    fn own_candidates(&self, query: &Item, timed: &TimeQuery, max_candidates: usize) -> Vec<Candidate> {
        let Some(at) = self.item_idx(&query.code) else { return Vec::new() };
        self.ranges[at]
            .clone()
            .filter(|routing_idx| !self.book().routings[*routing_idx].steps.is_empty())
            .take(max_candidates)
            .enumerate()
            .map(|(rank, routing_idx)| {
                let past = &self.book().routings[routing_idx];
                let operations = self.operations(&past.jobs(), &[Vote { routing_idx, share: 1.0 }], timed, true);
                let origin = Origin::OwnHistory { routing: past.id.clone() };
                candidate(rank as u32 + 1, origin, None, operations)
            })
            .collect()
    }

    pub(super) fn operations(
        &self,
        jobs: &[u32],
        votes: &[Vote],
        timed: &TimeQuery,
        is_own: bool,
    ) -> Vec<ProposedOperation> {
        let code = |at: u32| self.code_at(at);
        let context =
            ProposeContext { book: self.book(), known: &self.known, times: self.times(), query: timed, is_own };
        propose(context, code, jobs, votes)
    }
}

/// The ranking with the wanted sequences in front, so that they are among those that are named.
fn with_wanted(ranked: Vec<Ranked>, wanted: &[Vec<u32>]) -> Vec<Ranked> {
    let of = |jobs: &Vec<u32>| {
        let known = ranked.iter().find(|ranked| ranked.jobs == *jobs).cloned();
        known.unwrap_or_else(|| Ranked { jobs: jobs.clone(), share: 0.0, score: 0.0 })
    };
    let others = ranked.iter().filter(|ranked| !wanted.contains(&ranked.jobs));
    wanted.iter().map(of).chain(others.cloned()).collect()
}

/// Past routings that are looked up for a job that no voter has.
const N_SUPPORT: usize = 3;
/// What each of them weighs beside all voters together.
const SUPPORT_SHARE: f64 = 0.05;

fn jobs(candidate: &Candidate) -> Vec<&str> {
    candidate.operations.iter().map(|operation| operation.job.as_str()).collect()
}
