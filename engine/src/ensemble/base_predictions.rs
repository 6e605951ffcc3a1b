//! All candidates of all base predictors, and what each predictor gives each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::features::Cues;
use crate::predict::align::edit_similarity;
use crate::predict::vote::Ranked;
use crate::snapshot::book::Book;

use super::base_predictor::{BasePredictor, Query};
use super::registered::{COLUMNS, N_COLUMNS, REGISTERED, column};
use super::{LearnedPredictors, OutOfBag, Sheet};

const VOTE: usize = column("vote");

/// Candidates that each predictor proposes.
const N_PROPOSED: usize = 8;

/// One candidate and what the base predictors give it.
#[derive(Clone, Debug, PartialEq)]
pub struct BasePrediction {
    pub jobs: Vec<u32>,
    /// Probability by each column, in the order of [`COLUMNS`].
    pub shares: [f64; N_COLUMNS],
    /// Items of the training that have this route.
    pub n_items: u32,
    /// Similarity of the nearest neighbour that has it, relative to the nearest of all; 0 where none has.
    pub nearness: f64,
    /// Whether it is the vote's favourite.
    pub is_voted: bool,
    /// Mean similarity of its sequence to the favourites of the columns that are compared.
    pub alike: f64,
}

/// What all base predictors say about one item.
#[derive(Clone, Debug, PartialEq)]
pub struct BasePredictions {
    pub all: Vec<BasePrediction>,
    /// Similarity of the nearest item.
    pub nearest: f64,
}

/// What similar items say.
pub struct Neighbourhood<'a> {
    pub book: &'a Book,
    pub ranked: &'a [Ranked],
    /// Score and routings of each neighbour, nearest first.
    pub near: &'a [(f64, Range<usize>)],
}

/// Collects the candidates and asks every predictor about all of them.
pub fn base_predictions(
    learned: &LearnedPredictors,
    cues: &Cues,
    neighbourhood: &Neighbourhood,
    out_of_bag: OutOfBag,
) -> BasePredictions {
    let sheet = Sheet::of(learned.steps.shape, cues);
    let query = Query { learned, cues, sheet: &sheet, neighbourhood, out_of_bag };
    let mut predictors: Vec<Box<dyn BasePredictor>> = REGISTERED.iter().map(|one| (one.read)(&query)).collect();
    let proposed: BTreeSet<Vec<u32>> =
        predictors.iter_mut().flat_map(|predictor| predictor.propose(N_PROPOSED)).collect();
    let candidates: Vec<Vec<u32>> = proposed.into_iter().filter(|jobs| !jobs.is_empty()).collect();
    let rated: Vec<Vec<f64>> = predictors.iter_mut().flat_map(|predictor| predictor.rate(&candidates)).collect();
    drop(predictors);
    let places = learned.routes.places();
    let top_score = neighbourhood.near.first().map_or(0.0, |(score, _)| *score);
    let nearness = nearness(neighbourhood, top_score);
    let of_candidate = |(at, jobs): (usize, Vec<u32>)| {
        // Of a job that came after the training only the neighbours know.
        let is_known = jobs.iter().all(|job| *job < learned.steps.shape.n_jobs);
        BasePrediction {
            shares: std::array::from_fn(|column| rated[if is_known { column } else { VOTE }][at]),
            n_items: places.get(jobs.as_slice()).map_or(0, |place| learned.routes.counts[*place]),
            nearness: nearness.get(&jobs).copied().unwrap_or(0.0),
            is_voted: false,
            alike: 0.0,
            jobs,
        }
    };
    let mut all: Vec<BasePrediction> = candidates.into_iter().enumerate().map(of_candidate).collect();
    compare(&mut all);
    BasePredictions { all, nearest: top_score }
}

/// Similarity of the nearest neighbour that has each route, relative to the nearest of all.
fn nearness(neighbourhood: &Neighbourhood, top_score: f64) -> BTreeMap<Vec<u32>, f64> {
    let mut nearness = BTreeMap::new();
    for (score, routings) in neighbourhood.near {
        let jobs = neighbourhood.book.routings[routings.start].jobs();
        nearness.entry(jobs).or_insert(score / top_score.max(f64::MIN_POSITIVE));
    }
    nearness
}

/// Compares each candidate with the favourites of the columns that are compared.
fn compare(all: &mut [BasePrediction]) {
    let favourites: Vec<Option<usize>> =
        (0..N_COLUMNS).filter(|column| COLUMNS[*column].is_compared).map(|column| favourite(all, column)).collect();
    let alike: Vec<f64> = all
        .iter()
        .map(|prediction| {
            let of = |at: &usize| edit_similarity(&prediction.jobs, &all[*at].jobs) / favourites.len() as f64;
            favourites.iter().flatten().map(of).sum()
        })
        .collect();
    let voted = favourite(all, VOTE);
    for (at, (prediction, alike)) in all.iter_mut().zip(alike).enumerate() {
        prediction.is_voted = voted == Some(at);
        prediction.alike = alike;
    }
}

fn favourite(all: &[BasePrediction], column: usize) -> Option<usize> {
    let share = |at: &usize| all[*at].shares[column];
    (0..all.len()).max_by(|a, b| share(a).total_cmp(&share(b)).then_with(|| b.cmp(a)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::{
        Boost, Branch, Context, Forest, Jobs, Node, Routes, Shape, Softmax, Steps, Taken, Tree, is_in_bag,
    };

    const KNOWN: u64 = 77;
    const BAG_SHARE: u16 = 128;

    /// Two classes, of which every tree prefers the second, by a share that the tree's number decides.
    fn forest(classes: &[u32]) -> Forest {
        let tree = |at: u16| Tree { nodes: vec![Node::Mixed(0, 2)], mixed: vec![(0, 1), (1, 2 + at)] };
        Forest { classes: classes.to_vec(), columns: Vec::new(), trees: (0..8).map(tree).collect() }
    }

    /// Linear and boosted models that prefer one class as much as `bias` says.
    fn softmax(classes: &[u32], bias: f32) -> Softmax {
        Softmax { classes: classes.to_vec(), bias: vec![0.0, bias], ..Softmax::default() }
    }

    fn boost(classes: &[u32], bias: f32) -> Boost {
        let trees = vec![(1, vec![Branch::Leaf((bias * 100.0) as i16)])];
        Boost { classes: classes.to_vec(), base: vec![0.0, bias], columns: Vec::new(), trees }
    }

    /// Two jobs; whole routes [0] and [0, 1]; all models that have seen every item say what `bias` says.
    fn learned(bias: f32) -> LearnedPredictors {
        let context = |after: u32, next: [u32; 2]| Context {
            after,
            next: next.to_vec(),
            linear: softmax(&next, bias),
            trees: forest(&next),
            boost: boost(&next, bias),
        };
        let taken = || Taken { share: 0.5, trees: forest(&[0, 1]), boost: boost(&[0, 1], bias) };
        let routes = vec![vec![0], vec![0, 1]];
        LearnedPredictors {
            routes: Routes { routes, counts: vec![3, 2], linear: softmax(&[0, 1], bias), trees: forest(&[0, 1]) },
            steps: Steps {
                shape: Shape { n_jobs: 2, ..Shape::default() },
                contexts: vec![context(0, [1, 2]), context(1, [1, 2]), context(2, [0, 1])],
                longest: 2,
            },
            jobs: Jobs { taken: vec![taken(), taken()] },
            bag_share: BAG_SHARE,
            ..LearnedPredictors::default()
        }
    }

    fn said(bias: f32, known_item: Option<u64>) -> BasePredictions {
        let neighbourhood = Neighbourhood { book: &Book::default(), ranked: &[], near: &[] };
        let out_of_bag = OutOfBag { known_item, bag_share: BAG_SHARE };
        base_predictions(&learned(bias), &Cues::default(), &neighbourhood, out_of_bag)
    }

    #[test]
    fn of_a_known_item_no_model_is_asked_that_has_seen_it() {
        assert_ne!(said(-1.0, None), said(2.0, None), "all are asked about a new item");
        assert_eq!(said(-1.0, Some(KNOWN)), said(2.0, Some(KNOWN)));
        let mut other = learned(2.0);
        let in_bag = |(at, _): &(usize, &mut Tree)| is_in_bag(KNOWN, *at, BAG_SHARE);
        let forests = [&mut other.routes.trees]
            .into_iter()
            .chain(other.steps.contexts.iter_mut().map(|context| &mut context.trees))
            .chain(other.jobs.taken.iter_mut().map(|taken| &mut taken.trees));
        let mut n_changed = 0;
        for forest in forests {
            for (_, tree) in forest.trees.iter_mut().enumerate().filter(in_bag) {
                *tree = Tree { nodes: vec![Node::Pure(0)], mixed: Vec::new() };
                n_changed += 1;
            }
        }
        assert!(n_changed > 0, "the item is in some bags");
        let neighbourhood = Neighbourhood { book: &Book::default(), ranked: &[], near: &[] };
        let out_of_bag = OutOfBag { known_item: Some(KNOWN), bag_share: BAG_SHARE };
        let changed = base_predictions(&other, &Cues::default(), &neighbourhood, out_of_bag);
        assert_eq!(changed, said(2.0, Some(KNOWN)), "trees that grew with it change nothing");
    }
}
