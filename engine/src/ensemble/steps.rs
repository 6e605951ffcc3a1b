//! What follows what in this plant, given the item: routes are weighed, and composed, step by step.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::features::Cues;
use crate::predict::ScorePart;

use super::base_predictor::{BasePredictor, Column, Registration};
use super::{Boost, Forest, History, OutOfBag, Shape, Sheet, Softmax, normalised};

/// What follows what, by three models and by their mixture.
pub const REGISTRATION: Registration = Registration {
    columns: &[
        Column { code: "steps_linear", part: ScorePart::Steps, untried_weight: 0.05, is_compared: false },
        Column { code: "steps_trees", part: ScorePart::Steps, untried_weight: 0.05, is_compared: false },
        Column { code: "steps_boost", part: ScorePart::Steps, untried_weight: 0.1, is_compared: false },
        Column { code: "steps", part: ScorePart::Steps, untried_weight: 0.3, is_compared: true },
    ],
    read: |query| Box::new(Walk::new(&query.learned.steps, query.cues, query.sheet, query.out_of_bag)),
};

/// The sequence model.
///
/// # Source
/// A maximum-entropy Markov model (McCallum, Freitag, Pereira, 2000), each state with a linear model, with extremely
/// randomised trees (Geurts, Ernst, Wehenkel, 2006) and with boosted trees (Friedman, 2001).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Steps {
    pub shape: Shape,
    /// Ascending by `after`.
    pub contexts: Vec<Context>,
    /// Steps of the longest route.
    pub longest: u32,
}

/// What may follow one job. The number of jobs itself stands for the beginning and for the end of a route.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Context {
    pub after: u32,
    /// Jobs that followed, ascending.
    pub next: Vec<u32>,
    /// Empty where one job only ever followed.
    pub linear: Softmax,
    pub trees: Forest,
    pub boost: Boost,
}

/// Natural logarithms of the probability of a route.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct RouteWeight {
    pub linear: f64,
    pub trees: f64,
    pub boost: f64,
    pub mixed: f64,
}

/// What each model gives the next jobs.
#[derive(Clone, Debug, Default)]
struct Next {
    jobs: Vec<u32>,
    linear: Vec<f32>,
    trees: Vec<f32>,
    boost: Vec<f32>,
}

impl Next {
    /// What all three say together.
    fn mixed(&self, at: usize) -> f64 {
        f64::from(self.linear[at] + self.trees[at] + 2.0 * self.boost[at]) / 4.0
    }
}

/// Nothing is impossible; but what was never seen has no more than this.
const FLOOR: f64 = 1e-4;
/// Partial routes that are followed at a time.
const BEAM: usize = 10;
/// A step less likely than this is not followed.
const LEAST_STEP: f64 = 4e-3;

/// The sequence model at work on one item; it remembers what it has worked out.
struct Walk<'a> {
    steps: &'a Steps,
    cues: &'a Cues,
    sheet: &'a Sheet,
    out_of_bag: OutOfBag,
    of_item: BTreeMap<usize, Vec<f32>>,
    of_prefix: BTreeMap<Vec<u32>, Next>,
}

impl BasePredictor for Walk<'_> {
    fn propose(&mut self, n_best: usize) -> Vec<Vec<u32>> {
        self.compose(n_best)
    }

    fn rate(&mut self, candidates: &[Vec<u32>]) -> Vec<Vec<f64>> {
        let weights: Vec<RouteWeight> = candidates.iter().map(|jobs| self.weigh(jobs)).collect();
        let column = |log: fn(&RouteWeight) -> f64| weights.iter().map(|weight| libm::exp(log(weight))).collect();
        vec![column(|of| of.linear), column(|of| of.trees), column(|of| of.boost), column(|of| of.mixed)]
    }
}

impl<'a> Walk<'a> {
    fn new(steps: &'a Steps, cues: &'a Cues, sheet: &'a Sheet, out_of_bag: OutOfBag) -> Self {
        Self { steps, cues, sheet, out_of_bag, of_item: BTreeMap::new(), of_prefix: BTreeMap::new() }
    }

    /// How likely a whole route is.
    fn weigh(&mut self, jobs: &[u32]) -> RouteWeight {
        let end = self.steps.shape.n_jobs;
        let mut weight = RouteWeight::default();
        for at in 0..=jobs.len() {
            let wanted = jobs.get(at).copied().unwrap_or(end);
            let next = self.next(&jobs[..at]);
            // A job that came after the training is none that was seen, though its number may be that of the end.
            let is_known = at == jobs.len() || wanted < end;
            let [linear, trees, boost, mixed] = match next.jobs.binary_search(&wanted) {
                Ok(place) if is_known => {
                    let of = |shares: &[f32]| f64::from(shares[place]);
                    [of(&next.linear), of(&next.trees), of(&next.boost), next.mixed(place)]
                }
                _ => [0.0; 4],
            };
            weight.linear += libm::log(linear + FLOOR);
            weight.trees += libm::log(trees + FLOOR);
            weight.boost += libm::log(boost + FLOOR);
            weight.mixed += libm::log(mixed + FLOOR);
        }
        weight
    }

    /// The likeliest routes, best first.
    ///
    /// # Cost
    /// A beam search: at most [`BEAM`] partial routes for each step of the longest route.
    fn compose(&mut self, n_best: usize) -> Vec<Vec<u32>> {
        let end = self.steps.shape.n_jobs;
        let mut beam: Vec<(f64, Vec<u32>)> = vec![(0.0, Vec::new())];
        let mut done: Vec<(f64, Vec<u32>)> = Vec::new();
        for _ in 0..=self.steps.longest {
            let mut grown: Vec<(f64, Vec<u32>)> = Vec::new();
            for (weight, jobs) in &beam {
                let next = self.next(jobs);
                for (at, job) in next.jobs.iter().enumerate() {
                    let mixed = next.mixed(at);
                    if mixed < LEAST_STEP {
                        continue;
                    }
                    let weight = weight + libm::log(mixed);
                    if *job == end {
                        done.push((weight, jobs.clone()));
                    } else {
                        let mut longer = jobs.clone();
                        longer.push(*job);
                        grown.push((weight, longer));
                    }
                }
            }
            let order = |a: &(f64, Vec<u32>), b: &(f64, Vec<u32>)| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1));
            done.sort_by(order);
            done.truncate(n_best);
            grown.sort_by(order);
            grown.truncate(BEAM);
            // What is already less likely than the last of the finished ones cannot become likelier.
            let least = if done.len() == n_best { done[n_best - 1].0 } else { f64::NEG_INFINITY };
            grown.retain(|(weight, _)| *weight > least);
            beam = grown;
            if beam.is_empty() {
                break;
            }
        }
        done.into_iter().map(|(_, jobs)| jobs).filter(|jobs| !jobs.is_empty()).collect()
    }

    fn next(&mut self, prefix: &[u32]) -> Next {
        if let Some(known) = self.of_prefix.get(prefix) {
            return known.clone();
        }
        let found = self.work_out(prefix);
        self.of_prefix.insert(prefix.to_vec(), found.clone());
        found
    }

    fn work_out(&mut self, prefix: &[u32]) -> Next {
        let shape = self.steps.shape;
        let after = prefix.last().copied().unwrap_or(shape.n_jobs);
        if prefix.last().is_some_and(|job| *job >= shape.n_jobs) {
            return Next::default();
        }
        let Ok(place) = self.steps.contexts.binary_search_by(|context| context.after.cmp(&after)) else {
            return Next::default();
        };
        let context = &self.steps.contexts[place];
        if context.next.len() == 1 {
            return Next { jobs: context.next.clone(), linear: vec![1.0], trees: vec![1.0], boost: vec![1.0] };
        }
        let history = History::of(prefix, shape.n_jobs);
        let look = self.sheet.with(Some(&history));
        let trees = context.trees.shares(&look, |tree| self.out_of_bag.allows(tree));
        let may_ask = self.out_of_bag.allows_all() || trees.is_none();
        let boost = may_ask.then(|| context.boost.probabilities(&look));
        let linear = may_ask.then(|| {
            let of_item = self.of_item.entry(place).or_insert_with(|| context.linear.scores(&self.cues.terms));
            let mut scores = of_item.clone();
            context.linear.add(&mut scores, &history.weighted(&shape));
            normalised(&scores)
        });
        let either = trees.clone().or_else(|| linear.clone()).unwrap_or_default();
        Next {
            jobs: context.next.clone(),
            linear: linear.unwrap_or_else(|| either.clone()),
            boost: boost.unwrap_or_else(|| either.clone()),
            trees: trees.unwrap_or(either),
        }
    }
}
