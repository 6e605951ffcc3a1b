//! Fits all predictors to some of a plant's items: the same for the model and for the folds that test it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::domain::Item;
use crate::ensemble::{Context, History, Jobs, Look, Parts, Routes, Shape, Steps, Taken, item_key};
use crate::features::{CueBook, Cues, Encoder, Sentences, Value, infer_schema};
use crate::index::Catalogue;
use crate::predict::vote::Voting;
use crate::snapshot::book::Book;
use crate::watch::Check;

use super::fit_boost::{Table, fit_boost};
use super::fit_cues::fit_cues;
use super::fit_forest::{Columns, Example, Growth, fit_forest};
use super::fit_softmax::{Weighted, fit_softmax};
use super::trials::{self, LeaveOneOut};
use super::weights;

/// What a training looks at.
pub struct TrainingData<'a> {
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
    /// Between two steps of anything that takes its time.
    pub check: Check<'a>,
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

/// Items that the models of single jobs are fitted to.
const MAX_JOB_ITEMS: usize = 4_000;
/// A job that fewer items take, or do without, is not learned.
const LEAST_TAKERS: usize = 3;

/// Most weights of one step's model.
const MAX_STEP_ENTRIES: usize = 12_000;

/// Fits the vote, the cues, the routes and the steps to `data`; `progress` hears 0 to 1.
pub fn fit_parts(data: &TrainingData, progress: &mut dyn FnMut(f64)) -> Fitted {
    let mut encoder = Encoder::fit(infer_schema(data.items.iter().copied()), &data.voters);
    let encoded: Vec<Vec<Value>> = data.voters.par_iter().map(|item| encoder.encode(item)).collect();
    let mut catalogue = Catalogue::new(&encoder, &encoded);
    let leave_one_out = LeaveOneOut::new(&data.voters, &encoded, data.book, &data.routings, data.seed, data.check);
    progress(0.2);
    let learned = weights::learn(&leave_one_out, &mut catalogue, &encoder.schema().features);
    encoder.set_weights(&learned);
    catalogue.set_weights(&encoder.schema().features.iter().map(|feature| feature.weight).collect::<Vec<_>>());
    progress(0.4);
    let voting = trials::choose_voting(&leave_one_out, &catalogue);
    progress(0.5);
    let truths: Vec<Vec<u32>> = data.routings.iter().map(|range| data.book.routings[range.start].jobs()).collect();
    let listed = list_routes(&truths);
    (data.check)();
    let cues = fit_cues(encoder.schema(), &data.voters, &listed.of_item, data.sentences);
    let read: Vec<Cues> = data.voters.par_iter().map(|item| cues.encode(item)).collect();
    let n = data.voters.len();
    let growth = Growth {
        n_trees: (TREE_ITEMS / n.max(1)).clamp(MIN_TREES, MAX_TREES),
        bag_share: (MAX_BAG * 256 / n.max(1)).clamp(1, 205) as u16,
        least_leaf: if n < 100 { 1 } else { 2 },
        seed: data.seed,
    };
    let keys: Vec<u64> = data.voters.iter().map(|item| item_key(item.code.as_str())).collect();
    let shape = shape(&cues, data.book);
    let fitting = Fitting { shape, cues: &read, keys: &keys, growth, check: data.check };
    progress(0.6);
    let routes = fitting.routes(listed);
    progress(0.8);
    let jobs_of = |range: &Range<usize>| range.clone().map(|at| data.book.routings[at].jobs()).collect();
    let written: Vec<Vec<Vec<u32>>> = data.routings.iter().map(jobs_of).collect();
    let steps = fitting.steps(&written);
    let jobs = fitting.jobs(&truths);
    let parts = Parts { cues, routes, steps, jobs, bag_share: growth.bag_share };
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
    check: Check<'a>,
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
                let examples: Vec<Weighted> = in_class
                    .iter()
                    .map(|at| Weighted { terms: &self.cues[*at].terms, more: &[], class: listed.of_item[*at] as u16 })
                    .collect();
                fit_softmax(&classes, &examples, ROUTE_ENTRIES, self.growth.seed, self.check)
            },
            || {
                let examples: Vec<Example> = in_class.iter().map(|at| self.example(*at, None)).collect();
                let labels: Vec<u16> = in_class.iter().map(|at| listed.of_item[*at] as u16).collect();
                fit_forest(&classes, &Columns::of(&examples), &labels, self.growth, self.check)
            },
        );
        Routes { routes: listed.routes, counts: listed.counts, linear, trees }
    }

    /// `written` holds the routes of each item, its main one first. Where another one leaves the main route, the main one is
    /// what the plant does; what follows after that is an answer to a question that the main route does not ask.
    fn steps(&self, written: &[Vec<Vec<u32>>]) -> Steps {
        let end = self.shape.n_jobs;
        let mut by_context: BTreeMap<u32, Vec<Step>> = BTreeMap::new();
        for (item, routes) in written.iter().enumerate() {
            let mut known: BTreeSet<&[u32]> = BTreeSet::new();
            for jobs in routes {
                for at in 0..=jobs.len() {
                    let after = if at == 0 { end } else { jobs[at - 1] };
                    let next = jobs.get(at).copied().unwrap_or(end);
                    if known.insert(&jobs[..at]) {
                        let history = History::of(&jobs[..at], end);
                        by_context.entry(after).or_default().push(Step { item, next, history });
                    }
                }
            }
        }
        let contexts: Vec<(u32, Vec<Step>)> = by_context.into_iter().collect();
        Steps {
            shape: self.shape,
            contexts: contexts.par_iter().map(|(after, steps)| self.context(*after, steps)).collect(),
            longest: written.iter().flatten().map(Vec::len).max().unwrap_or(0) as u32,
        }
    }

    fn jobs(&self, truths: &[Vec<u32>]) -> Jobs {
        let sampled = evenly(truths.len(), MAX_JOB_ITEMS);
        let examples: Vec<Example> = sampled.iter().map(|at| self.example(*at, None)).collect();
        let (columns, table) = rayon::join(|| Columns::of(&examples), || Table::of(&examples));
        let taken = |job: u32| {
            let labels: Vec<u16> = sampled.iter().map(|at| u16::from(truths[*at].contains(&job))).collect();
            let count = labels.iter().filter(|label| **label == 1).count();
            // Nobody is a half, so that nothing is impossible.
            let share = (count as f32 + 0.5) / (labels.len() as f32 + 1.0);
            if count.min(labels.len() - count) < LEAST_TAKERS {
                return Taken { share, ..Taken::default() };
            }
            let growth = Growth { seed: self.growth.seed ^ (u64::from(job) + 1) << 16, ..self.growth };
            Taken {
                share,
                trees: fit_forest(&[0, 1], &columns, &labels, growth, self.check),
                boost: fit_boost(&[0, 1], &table, &labels, growth.seed, self.check),
            }
        };
        Jobs { taken: (0..self.shape.n_jobs).into_par_iter().map(taken).collect() }
    }

    fn example(&self, item: usize, history: Option<&History>) -> Example {
        let look = Look { shape: self.shape, cues: &self.cues[item], history };
        Example { columns: look.columns(), item_key: self.keys[item] }
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
        let weighted: Vec<Weighted> = sampled
            .iter()
            .zip(&more)
            .map(|(at, more)| Weighted { terms: &self.cues[steps[*at].item].terms, more, class: class(&steps[*at]) })
            .collect();
        let linear = fit_softmax(
            &next,
            &weighted,
            STEP_ENTRIES.max(4 * weighted.len()).min(MAX_STEP_ENTRIES),
            growth.seed,
            self.check,
        );
        let examples: Vec<Example> =
            sampled.iter().map(|at| self.example(steps[*at].item, Some(&steps[*at].history))).collect();
        let labels: Vec<u16> = sampled.iter().map(|at| class(&steps[*at])).collect();
        let trees = fit_forest(&next, &Columns::of(&examples), &labels, growth, self.check);
        let boost = fit_boost(&next, &Table::of(&examples), &labels, growth.seed, self.check);
        Context { after, next, linear, trees, boost }
    }
}

/// At most `limit` of `n` positions, evenly spaced.
fn evenly(n: usize, limit: usize) -> Vec<usize> {
    if n <= limit { (0..n).collect() } else { (0..limit).map(|at| at * n / limit).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_routings_teach_what_follows_once_they_have_left_the_main_one() {
        let shape = Shape { n_jobs: 6, ..Shape::default() };
        let growth = Growth { n_trees: 2, bag_share: 205, least_leaf: 1, seed: 1 };
        let fitting = Fitting { shape, cues: &vec![Cues::default(); 3], keys: &[1, 2, 3], growth, check: &|| () };
        let main = vec![0, 1, 3];
        let steps = fitting.steps(&[vec![main.clone(), vec![0, 2, 4, 3]], vec![main.clone()], vec![main]]);
        let next = |after: u32| {
            let context = steps.contexts.iter().find(|context| context.after == after);
            context.map(|context| context.next.clone()).unwrap_or_default()
        };
        assert_eq!(next(0), [1], "the main route says what follows sawing");
        assert_eq!((next(2), next(4)), (vec![4], vec![3]));
        assert_eq!((next(3), steps.longest), (vec![6], 4));
    }
}
