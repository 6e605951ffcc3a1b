//! Why the first candidate and not the next: the stacker's log-odds of the two, by part of the predictors, and what each
//! attribute of the item adds to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Item, ItemCode};
use crate::ensemble::{BasePredictions, COLUMNS, Contrast, Regime, Stacker};
use crate::features::{ITEM_CODE_FEATURE, ITEM_NAME_FEATURE};
use crate::predict::align::merged_steps;
use crate::predict::{
    AttributeScore, ComparedStep, Contest, Contestant, Explanation, PartScore, PredictOptions, ScorePart, StepPlace,
};

use super::Model;
use super::predict::{Asking, Chosen, LEAST_PROB, Reading};

/// Attributes that are told apart; the others count together.
const MAX_ATTRIBUTES: usize = 20;
/// Voters that are named.
const MAX_VOTERS: usize = 5;
const N_PARTS: usize = ScorePart::ALL.len();

/// Scores by part, in the order of [`ScorePart::ALL`].
type Scores = [f64; N_PARTS];

impl Model {
    /// Why the first candidate for `query` and not each further one.
    ///
    /// # Cost
    /// At most 41 readings of the item: some twenty times an ordinary prediction.
    pub fn explain(&self, query: &Item, options: &PredictOptions) -> Explanation {
        let query = &self.completed(query);
        let (prediction, reading, chosen) = self.answer(query, options, options.n_neighbours);
        let n_candidates = options.max_candidates.clamp(1, 4);
        let shown: Vec<&Chosen> = chosen
            .iter()
            .enumerate()
            .filter(|(at, chosen)| *at == 0 || chosen.prob >= LEAST_PROB)
            .map(|(_, chosen)| chosen)
            .take(n_candidates)
            .collect();
        let contests = match shown.split_first() {
            Some((first, others)) if !prediction.abstained && !others.is_empty() => {
                self.contests(query, &reading, first, others)
            }
            _ => Vec::new(),
        };
        Explanation { item: query.code.clone(), model: self.id.clone(), contests }
    }

    fn contests(&self, query: &Item, reading: &Reading, first: &Chosen, others: &[&Chosen]) -> Vec<Contest> {
        let wanted: Vec<Vec<u32>> =
            std::iter::once(first).chain(others.iter().copied()).map(|chosen| chosen.jobs.clone()).collect();
        let stacker = &self.payload.stacker;
        // What is left out may change how far each predictor is trusted; the answer itself was weighed in one way.
        let regime = stacker.regime(reading.coverage);
        let whole = versus_first(stacker, regime, &reading.predictions, &wanted);
        let asking = Asking { itself: &query.code, n_neighbours: 1, wanted: &[], among: None };
        let names = self.filled(query);
        let (alone, together) = names.split_at(names.len().min(MAX_ATTRIBUTES));
        let mut groups: Vec<Vec<&str>> = alone.iter().map(|name| vec![*name]).collect();
        if !together.is_empty() {
            groups.push(together.to_vec());
        }
        let mut known: BTreeMap<BTreeSet<usize>, Vec<Scores>> = BTreeMap::new();
        known.insert((0..groups.len()).collect(), whole.clone());
        let mut scores_with = |with: &BTreeSet<usize>| -> Vec<Scores> {
            let read = || {
                let kept: BTreeSet<&str> = with.iter().flat_map(|at| groups[*at].iter().copied()).collect();
                let reading = self.read_as(&reduced(query, &kept), Asking { wanted: &wanted, ..asking });
                versus_first(stacker, regime, &reading.predictions, &wanted)
            };
            known.entry(with.clone()).or_insert_with(read).clone()
        };
        let ground = scores_with(&BTreeSet::new());
        let mut added = vec![vec![[0.0; N_PARTS]; others.len()]; groups.len()];
        let forward: Vec<usize> = (0..groups.len()).collect();
        let backward: Vec<usize> = (0..groups.len()).rev().collect();
        for order in [forward, backward] {
            let (mut with, mut before) = (BTreeSet::new(), ground.clone());
            for at in order {
                with.insert(at);
                let after = scores_with(&with);
                for (nth, (after, before)) in after.iter().zip(&before).enumerate() {
                    (0..N_PARTS).for_each(|part| added[at][nth][part] += (after[part] - before[part]) / 2.0);
                }
                before = after;
            }
        }
        others
            .iter()
            .enumerate()
            .map(|(nth, other)| {
                let attribute = |at: usize| self.attribute_score(query, alone[at], &added[at][nth]);
                let mut attributes: Vec<AttributeScore> = (0..alone.len()).map(attribute).collect();
                attributes.sort_by(|a, b| {
                    b.score.abs().total_cmp(&a.score.abs()).then_with(|| a.attribute.cmp(&b.attribute))
                });
                let rest = added.get(alone.len()).map_or([0.0; N_PARTS], |rest| rest[nth]);
                Contest {
                    first: self.contestant(reading, first),
                    other: self.contestant(reading, other),
                    log_odds: whole[nth].iter().sum(),
                    parts: by_part(&whole[nth]),
                    attributes,
                    others: by_part(&rest),
                    ground: by_part(&ground[nth]),
                    steps: self.compared(&first.jobs, &other.jobs),
                }
            })
            .collect()
    }

    /// Names of the features that the query fills, the most telling first.
    fn filled(&self, query: &Item) -> Vec<&str> {
        let mut filled: Vec<_> =
            self.schema().features.iter().filter(|feature| feature.value(query).is_some()).collect();
        // Stable: features of one weight keep the order of the schema.
        filled.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        filled.into_iter().map(|feature| feature.name.as_str()).collect()
    }

    fn attribute_score(&self, query: &Item, name: &str, scores: &Scores) -> AttributeScore {
        let feature = self.schema().features.iter().find(|feature| feature.name == name);
        let value = feature.and_then(|feature| feature.value(query)).unwrap_or_default().into_owned();
        AttributeScore { attribute: name.to_owned(), value, score: scores.iter().sum(), parts: by_part(scores) }
    }

    fn contestant(&self, reading: &Reading, chosen: &Chosen) -> Contestant {
        let book = self.book();
        let mut voters: BTreeMap<ItemCode, f64> = BTreeMap::new();
        for vote in reading.votes.iter().filter(|vote| book.routings[vote.routing_idx].jobs() == chosen.jobs) {
            let code = self.code_at(book.routings[vote.routing_idx].item_idx);
            *voters.entry(code).or_default() += vote.share;
        }
        let mut order: Vec<(ItemCode, f64)> = voters.into_iter().collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Contestant {
            jobs: chosen.jobs.iter().map(|job| book.jobs[*job as usize].code.clone()).collect(),
            confidence_prob: chosen.prob,
            // An empty sum of floats is minus zero.
            vote_share: order.iter().map(|(_, share)| share).sum::<f64>().max(0.0),
            voters: order.into_iter().take(MAX_VOTERS).map(|(code, _)| code).collect(),
        }
    }

    fn compared(&self, first: &[u32], other: &[u32]) -> Vec<ComparedStep> {
        let merged = merged_steps(first, other);
        let mut spare: BTreeMap<u32, [usize; 2]> = BTreeMap::new();
        for pair in &merged {
            match pair {
                (Some(at), None) => spare.entry(first[*at]).or_default()[0] += 1,
                (None, Some(at)) => spare.entry(other[*at]).or_default()[1] += 1,
                _ => {}
            }
        }
        // A job that is left over on both sides is done by both, in another place.
        let mut moved: BTreeMap<u32, [usize; 2]> =
            spare.into_iter().map(|(job, [a, b])| (job, [a.min(b); 2])).collect();
        let mut is_moved = |job: u32, side: usize| {
            let left = moved.get_mut(&job).map(|left| &mut left[side]).filter(|left| **left > 0);
            left.map(|left| *left -= 1).is_some()
        };
        let place = |pair: &(Option<usize>, Option<usize>)| match *pair {
            (Some(at), Some(_)) => Some((first[at], StepPlace::Both)),
            (Some(at), None) if is_moved(first[at], 0) => Some((first[at], StepPlace::MovedFirst)),
            (Some(at), None) => Some((first[at], StepPlace::OnlyFirst)),
            (None, Some(at)) if is_moved(other[at], 1) => Some((other[at], StepPlace::MovedOther)),
            (None, Some(at)) => Some((other[at], StepPlace::OnlyOther)),
            (None, None) => None,
        };
        merged
            .iter()
            .filter_map(place)
            .map(|(job, place)| {
                let entry = &self.book().jobs[job as usize];
                ComparedStep { job: entry.code.clone(), job_name: entry.name.clone(), place }
            })
            .collect()
    }
}

/// Log-odds of the first wanted sequence against each other one, by part.
fn versus_first(stacker: &Stacker, regime: Regime, predictions: &BasePredictions, wanted: &[Vec<u32>]) -> Vec<Scores> {
    let of = |jobs: &Vec<u32>| predictions.all.iter().find(|prediction| prediction.jobs == *jobs);
    let Some((first, others)) = wanted.split_first() else { return Vec::new() };
    let scores = |other: &Vec<u32>| {
        let both = of(first).zip(of(other));
        both.map_or([0.0; N_PARTS], |(first, other)| scores(&stacker.contrast(regime, predictions, first, other)))
    };
    others.iter().map(scores).collect()
}

fn scores(contrast: &Contrast) -> Scores {
    let mut scores = [0.0; N_PARTS];
    for (score, column) in contrast.shares.iter().zip(COLUMNS) {
        scores[column.part as usize] += score;
    }
    scores[ScorePart::Vote as usize] += contrast.neighbours;
    scores[ScorePart::Frequency as usize] += contrast.frequency;
    scores[ScorePart::Agreement as usize] += contrast.agreement;
    scores
}

fn by_part(scores: &Scores) -> Vec<PartScore> {
    ScorePart::ALL.iter().zip(scores).map(|(part, score)| PartScore { part: *part, score: *score }).collect()
}

/// The item with only some of its features.
fn reduced(query: &Item, kept: &BTreeSet<&str>) -> Item {
    let attributes = query.attributes.iter().filter(|(name, _)| kept.contains(name.as_str()));
    Item {
        code: if kept.contains(ITEM_CODE_FEATURE) { query.code.clone() } else { ItemCode::default() },
        name: query.name.clone().filter(|_| kept.contains(ITEM_NAME_FEATURE)),
        attributes: attributes.map(|(name, value)| (name.clone(), value.clone())).collect(),
    }
}
