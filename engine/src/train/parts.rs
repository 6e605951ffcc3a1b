//! Fits all predictors to some of a plant's items: the same for the model and for the folds that judge it.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::domain::Item;
use crate::ensemble::{Context, History, Look, Parts, Routes, Shape, Steps, item_key};
use crate::features::{CueBook, Cues, Encoder, Sentences, Value, infer_schema};
use crate::index::Catalogue;
use crate::predict::book::Book;
use crate::predict::vote::Voting;

use super::fit_boost::fit_boost;
use super::fit_cues::fit_cues;
use super::fit_forest::{Grown, Growth, fit_forest};
use super::fit_softmax::{Example, fit_softmax};
use super::trials::{self, Bench};
use super::weights;

/// What a training looks at.
pub struct Ground<'a> {
    /// Items by which the schema is inferred; ascending by code.
    pub items: Vec<&'a Item>,
    /// Items with a routing, ascending by code.
    pub voters: Vec<&'a Item>,
    pub book: &'a Book,
    /// Routings of each voter.
    pub routings: Vec<Range<usize>>,
    /// Vectors of the items' texts, where there is a sentence encoder.
    pub sentences: Option<&'a Sentences>,
    pub seed: u64,
}

/// What was fitted.
pub struct Fitted {
    pub encoder: Encoder,
    pub catalogue: Catalogue,
    pub voting: Voting,
    pub parts: Parts,
}

/// Products of examples and classes that the linear model over routes may cost.
const MAX_WORK: usize = 1_000_000;
/// Items that the models over whole routes are fitted to.
const MAX_ROUTE_ITEMS: usize = 5_000;
/// Steps that the linear model of one context is fitted to.
const MAX_STEPS: usize = 6_000;
/// Items that each tree grows with, at most.
const MAX_BAG: usize = 6_000;
const MAX_TREES: usize = 40;
const MIN_TREES: usize = 12;
/// Items per tree: the more items, the fewer trees are needed and can be afforded.
const TREE_ITEMS: usize = 100_000;
/// Weights kept of the model over routes, and of each model of a step for each of its examples.
const ROUTE_ENTRIES: usize = 200_000;
const STEP_ENTRIES: usize = 8_000;

/// Most weights of one step's model.
const MAX_STEP_ENTRIES: usize = 40_000;

/// Fits the vote, the cues, the routes and the steps to `ground`; `progress` hears 0 to 1.
pub fn fit_parts(ground: &Ground, progress: &mut dyn FnMut(f64)) -> Fitted {
    let mut encoder = Encoder::fit(infer_schema(ground.items.iter().copied()), &ground.voters);
    let encoded: Vec<Vec<Value>> = ground.voters.par_iter().map(|item| encoder.encode(item)).collect();
    let mut catalogue = Catalogue::new(&encoder, &encoded);
    let bench = Bench::new(&ground.voters, &encoded, ground.book, &ground.routings, ground.seed);
    progress(0.2);
    let learned = weights::learn(&bench, &mut catalogue, &encoder.schema().features);
    encoder.set_weights(&learned);
    catalogue.set_weights(&encoder.schema().features.iter().map(|feature| feature.weight).collect::<Vec<_>>());
    progress(0.4);
    let voting = trials::choose_voting(&bench, &catalogue);
    progress(0.5);
    let truths: Vec<Vec<u32>> = ground.routings.iter().map(|range| ground.book.routings[range.start].jobs()).collect();
    let listed = list_routes(&truths);
    let cues = fit_cues(encoder.schema(), &ground.voters, &listed.of_item, ground.sentences);
    let read: Vec<Cues> = ground.voters.par_iter().map(|item| cues.encode(item)).collect();
    let n = ground.voters.len();
    let growth = Growth {
        n_trees: (TREE_ITEMS / n.max(1)).clamp(MIN_TREES, MAX_TREES),
        bag_share: (MAX_BAG * 256 / n.max(1)).clamp(1, 205) as u16,
        least_leaf: if n < 100 { 1 } else { 2 },
        seed: ground.seed,
    };
    let keys: Vec<u64> = ground.voters.iter().map(|item| item_key(item.code.as_str())).collect();
    let shape = shape(&cues, ground.book);
    let fitting = Fitting { shape, cues: &read, keys: &keys, growth };
    progress(0.6);
    let routes = fitting.routes(listed);
    progress(0.8);
    let steps = fitting.steps(&truths);
    let parts = Parts { cues, routes, steps, bag_share: growth.bag_share };
    Fitted { encoder, catalogue, voting, parts }
}

fn shape(cues: &CueBook, book: &Book) -> Shape {
    Shape {
        n_numbers: cues.n_numbers() as u32,
        n_plain: cues.n_plain() as u32,
        n_terms: cues.n_terms() as u32,
        n_jobs: book.jobs.len() as u32,
    }
}

/// Distinct routes, commonest first, and which one each item has.
struct Listed {
    routes: Vec<Vec<u32>>,
    counts: Vec<u32>,
    of_item: Vec<u32>,
}

fn list_routes(truths: &[Vec<u32>]) -> Listed {
    let mut counts: BTreeMap<&[u32], u32> = BTreeMap::new();
    truths.iter().for_each(|jobs| *counts.entry(jobs).or_default() += 1);
    let mut order: Vec<(&[u32], u32)> = counts.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let places: BTreeMap<&[u32], u32> = order.iter().zip(0..).map(|((jobs, _), at)| (*jobs, at)).collect();
    Listed {
        of_item: truths.iter().map(|jobs| places[jobs.as_slice()]).collect(),
        counts: order.iter().map(|(_, count)| *count).collect(),
        routes: order.into_iter().map(|(jobs, _)| jobs.to_vec()).collect(),
    }
}

/// One step of a past route.
struct Step {
    item: usize,
    next: u32,
    history: History,
}

struct Fitting<'a> {
    shape: Shape,
    cues: &'a [Cues],
    keys: &'a [u64],
    growth: Growth,
}

impl Fitting<'_> {
    fn routes(&self, listed: Listed) -> Routes {
        let sampled = evenly(self.cues.len(), MAX_ROUTE_ITEMS);
        let n_classes = (MAX_WORK / sampled.len().max(1)).clamp(200, 512).min(listed.routes.len());
        let classes: Vec<u32> = (0..n_classes as u32).collect();
        let in_class: Vec<usize> =
            sampled.into_iter().filter(|at| (listed.of_item[*at] as usize) < n_classes).collect();
        let (linear, trees) = rayon::join(
            || {
                let examples: Vec<Example> = in_class
                    .iter()
                    .map(|at| Example { terms: &self.cues[*at].terms, more: &[], class: listed.of_item[*at] as u16 })
                    .collect();
                fit_softmax(&classes, &examples, ROUTE_ENTRIES, self.growth.seed)
            },
            || {
                let examples: Vec<Grown> = in_class
                    .iter()
                    .map(|at| {
                        let look = Look { shape: self.shape, cues: &self.cues[*at], history: None };
                        Grown { columns: look.columns(), class: listed.of_item[*at] as u16, item_key: self.keys[*at] }
                    })
                    .collect();
                fit_forest(&classes, &examples, self.growth)
            },
        );
        Routes { shape: self.shape, routes: listed.routes, counts: listed.counts, linear, trees }
    }

    fn steps(&self, truths: &[Vec<u32>]) -> Steps {
        let end = self.shape.n_jobs;
        let mut by_context: BTreeMap<u32, Vec<Step>> = BTreeMap::new();
        for (item, jobs) in truths.iter().enumerate() {
            for at in 0..=jobs.len() {
                let after = if at == 0 { end } else { jobs[at - 1] };
                let next = jobs.get(at).copied().unwrap_or(end);
                let history = History::of(&jobs[..at], end);
                by_context.entry(after).or_default().push(Step { item, next, history });
            }
        }
        let contexts: Vec<(u32, Vec<Step>)> = by_context.into_iter().collect();
        Steps {
            shape: self.shape,
            contexts: contexts.par_iter().map(|(after, steps)| self.context(*after, steps)).collect(),
            longest: truths.iter().map(Vec::len).max().unwrap_or(0) as u32,
        }
    }

    fn context(&self, after: u32, steps: &[Step]) -> Context {
        let mut next: Vec<u32> = steps.iter().map(|step| step.next).collect();
        next.sort_unstable();
        next.dedup();
        if next.len() == 1 {
            return Context { after, next, ..Context::default() };
        }
        let class = |step: &Step| next.binary_search(&step.next).expect("it was listed above") as u16;
        let growth = Growth { seed: self.growth.seed ^ (u64::from(after) + 1) << 32, ..self.growth };
        let sampled = evenly(steps.len(), MAX_STEPS);
        let more: Vec<Vec<(u32, f32)>> = sampled.iter().map(|at| steps[*at].history.weighted(&self.shape)).collect();
        let examples: Vec<Example> = sampled
            .iter()
            .zip(&more)
            .map(|(at, more)| Example { terms: &self.cues[steps[*at].item].terms, more, class: class(&steps[*at]) })
            .collect();
        let linear =
            fit_softmax(&next, &examples, STEP_ENTRIES.max(4 * examples.len()).min(MAX_STEP_ENTRIES), growth.seed);
        let grown: Vec<Grown> = sampled
            .iter()
            .map(|at| {
                let step = &steps[*at];
                let look = Look { shape: self.shape, cues: &self.cues[step.item], history: Some(&step.history) };
                Grown { columns: look.columns(), class: class(step), item_key: self.keys[step.item] }
            })
            .collect();
        let trees = fit_forest(&next, &grown, growth);
        let boost = fit_boost(&next, &grown, growth.seed);
        Context { after, next, linear, trees, boost }
    }
}

/// At most `limit` of `n` positions, evenly spaced.
fn evenly(n: usize, limit: usize) -> Vec<usize> {
    if n <= limit { (0..n).collect() } else { (0..limit).map(|at| at * n / limit).collect() }
}
