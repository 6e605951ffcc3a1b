//! The one question whose answer is expected to raise the probability of the first candidate most: attributes are
//! screened by what they tell among plausible items, then the model is asked again with each likely answer filled in.

use std::collections::BTreeMap;

use crate::domain::Item;
use crate::ensemble::BasePredictions;
use crate::features::{Feature, ITEM_NAME_FEATURE};
use crate::predict::question::{Enquiry, Plausible, enquiries};
use crate::predict::{AbstainReason, Candidate, Origin, OwnHistory, Prediction, Question, QuestionValue};

use super::Model;
use super::predict::{Asking, Chosen, Reading};

/// A first candidate that is likelier than this needs no question: the screen calls it sure.
const SURE: f64 = 0.7;
/// An answer must be expected to raise the probability of the first candidate by so much to be worth a planner's time.
const LEAST_GAIN: f64 = 0.03;
/// The same where there is no proposal yet: then every step counts.
const LEAST_GAIN_ABSTAINED: f64 = 0.01;
/// Candidates that an answer is to tell apart: so many that they are likely together, and at most these.
const MAX_CANDIDATES: usize = 12;
const LIKELY_TOGETHER: f64 = 0.6;
/// Items that an item can be like.
pub(super) const N_PLAUSIBLE: usize = 150;
/// What each route's own probability counts beside what the plausible items themselves say.
const SMOOTHING: f64 = 0.05;

impl Model {
    /// What to ask about `query`; `None` where it is sure enough, where an answer could not help, or where the item's
    /// own routing or a standard one answers already.
    ///
    /// # Cost
    /// At most 12 readings of the item among 150 items, and none for a sure answer.
    pub(super) fn question(
        &self,
        query: &Item,
        reading: &Reading,
        chosen: &[Chosen],
        own_history: OwnHistory,
        prediction: &Prediction,
    ) -> Option<Question> {
        let is_record = |candidate: &Candidate| match candidate.origin {
            Origin::Similar => false,
            Origin::OwnHistory { .. } => own_history == OwnHistory::First,
            Origin::Standard { .. } => candidate.confidence_prob.is_none_or(|prob| prob >= SURE),
        };
        let is_answered = prediction.candidates.iter().any(is_record);
        let is_hopeless =
            matches!(prediction.abstain_reason, Some(AbstainReason::NoRoutings | AbstainReason::NotDetermined));
        let now = chosen.first().map_or(0.0, |first| first.prob);
        if is_answered || is_hopeless || (!prediction.abstained && now >= SURE) {
            return None;
        }
        let least_gain = if prediction.abstained { LEAST_GAIN_ABSTAINED } else { LEAST_GAIN };
        let net = self.net(reading);
        let plausible = self.plausible(reading, &net);
        // Only where something is near: what an answer brings near is then among it.
        let among: Option<Vec<usize>> =
            reading.is_near_something().then(|| net.iter().map(|(item_idx, _)| *item_idx).collect());
        let asking = Asking { itself: &query.code, n_neighbours: 1, wanted: &[], among: among.as_deref() };
        let mut best: Option<Question> = None;
        for enquiry in enquiries(self.schema(), query, &plausible) {
            // Of equal ones the one that was screened first.
            let to_beat = best.as_ref().map_or(now + least_gain, |best| best.expected_prob);
            best = self.try_answers(query, &enquiry, asking, now, to_beat).or(best);
        }
        best
    }

    /// Items that the query could be like, with a weight by likeness: the nearest ones, or a sample of all where nothing
    /// is near. As positions in the catalogue.
    fn net(&self, reading: &Reading) -> Vec<(usize, f64)> {
        if reading.is_near_something() {
            let near = &reading.hits[..reading.hits.len().min(N_PLAUSIBLE)];
            let best = near.first().map_or(0.0, |hit| hit.score);
            let power = self.payload.voting.power;
            return near.iter().map(|hit| (hit.item_idx, libm::pow(hit.score / best, power))).collect();
        }
        let step = self.voters.len().div_ceil(N_PLAUSIBLE).max(1);
        let itself = self.item_idx(&reading.itself);
        let others = (0..self.voters.len()).step_by(step).filter(|at| Some(self.voters[*at] as usize) != itself);
        others.map(|at| (at, 1.0)).collect()
    }

    /// The items of the net, weighed so that their routes are as likely as the predictors find them.
    fn plausible(&self, reading: &Reading, net: &[(usize, f64)]) -> Vec<Plausible> {
        // What the predictors hold likely, however far the item is from all others.
        let predictions = BasePredictions { nearest: f64::MAX, ..reading.predictions.clone() };
        let mut candidates = self.all_candidates(reading, &predictions);
        let mut together = 0.0;
        let likely = candidates.iter().take_while(|candidate| {
            let is_open = together < LIKELY_TOGETHER;
            together += candidate.prob;
            is_open
        });
        let n_likely = likely.count().min(MAX_CANDIDATES);
        candidates.truncate(n_likely);
        let candidate_of = |at: usize| {
            let range = &self.ranges[self.voters[at] as usize];
            let jobs = self.book().routings[range.start].jobs();
            candidates.iter().position(|candidate| candidate.jobs == jobs).unwrap_or(candidates.len())
        };
        let total: f64 = net.iter().map(|(_, weight)| weight).sum();
        let mut plausible: Vec<Plausible> = net
            .iter()
            .map(|(at, weight)| Plausible {
                item: self.item_at(self.voters[*at]),
                weight: weight / total,
                candidate: candidate_of(*at),
            })
            .collect();
        let mut shares: BTreeMap<usize, f64> = BTreeMap::new();
        plausible.iter().for_each(|one| *shares.entry(one.candidate).or_default() += one.weight);
        let rest = (1.0 - candidates.iter().map(|candidate| candidate.prob).sum::<f64>()).max(0.0);
        for one in &mut plausible {
            let prob = candidates.get(one.candidate).map_or(rest, |candidate| candidate.prob);
            one.weight *= (prob + SMOOTHING) / (shares[&one.candidate] + SMOOTHING);
        }
        plausible
    }

    /// Asks again with each answer filled in; `None` as soon as the question cannot be worth more than `to_beat`. Answers
    /// that are too rare to be tried are taken to change nothing.
    fn try_answers(&self, query: &Item, enquiry: &Enquiry, asking: Asking, now: f64, to_beat: f64) -> Option<Question> {
        let feature = &self.schema().features[enquiry.feature_idx];
        let most_prob = self.payload.stacker.most_prob;
        let mut untried: f64 = enquiry.answers.iter().map(|answer| answer.share).sum();
        let mut expected_prob = now;
        let mut values = Vec::with_capacity(enquiry.answers.len());
        for answer in &enquiry.answers {
            if expected_prob + untried * (most_prob - now) <= to_beat {
                return None;
            }
            let filled = with_answer(query, feature, &answer.value);
            let reading = self.read_as(&filled, asking);
            let confidence_prob = self.choose_candidates(&reading).first().map_or(0.0, |first| first.prob);
            expected_prob += answer.share * (confidence_prob - now);
            untried -= answer.share;
            values.push(QuestionValue { value: answer.value.clone(), share: answer.share, confidence_prob });
        }
        let question = Question {
            attribute: feature.name.clone(),
            kind: feature.kind,
            confidence_prob: now,
            expected_prob,
            values,
        };
        (expected_prob > to_beat).then_some(question)
    }
}

fn with_answer(query: &Item, feature: &Feature, value: &str) -> Item {
    let filled = query.clone();
    if feature.name == ITEM_NAME_FEATURE { filled.named(value) } else { filled.with(feature.name.clone(), value) }
}
