//! A linear model over whole routes, by itself: n-grams of texts and codes, categories, sizes.
//!
//! # Source
//! Multinomial logistic regression; fitted by stochastic gradients with a step for each weight: Duchi, Hazan, Singer,
//! "Adaptive subgradient methods", 2011.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use crate::domain::Item;
use crate::features::{Encoder, Value};

use super::super::measure::{Answer, Route};
use super::Known;

const N_EPOCHS: usize = 20;
const STEP: f32 = 0.3;
/// Pulls towards zero that are tried, as if shared out over all examples.
const RIDGES: [f32; 3] = [0.5, 3.0, 15.0];
/// Examples that they are tried on at most, a quarter of them held out.
const N_TRIALS: usize = 1_600;
/// A class that is wrong by less than this teaches nothing.
const LEAST_ERROR: f32 = 1e-3;
/// Cuts of a number, at even shares of the items.
const N_CUTS: usize = 12;
/// Weights in all: the commonest routes are told apart, the rest are never said.
const MAX_WEIGHTS: usize = 8_000_000;
const MAX_CLASSES: usize = 400;

/// The four likeliest routes of the plant for each item.
pub(super) fn logistic(known: &Known, asked: &[&Item]) -> Vec<Answer> {
    let terms = Terms::fit(known);
    let classes = commonest_classes(&known.routes, MAX_CLASSES.min(MAX_WEIGHTS / terms.n.max(1)).max(32));
    let examples: Vec<Example> = (0..known.items.len())
        .into_par_iter()
        .filter_map(|at| {
            let class = *classes.get(&known.routes[at])?;
            Some(Example { terms: terms.read(known.items[at]), class, group: &known.groups[at] })
        })
        .collect();
    let mut routes: Vec<&Route> = vec![&known.routes[0]; classes.len()];
    classes.iter().for_each(|(route, class)| routes[*class] = route);
    let fit = |examples: &[&Example], ridge: f32| Weights::fit(examples, (terms.n, routes.len()), ridge, known);
    let weights = fit(&examples.iter().collect::<Vec<_>>(), best_ridge(&examples, &fit));
    asked
        .par_iter()
        .map(|item| {
            let probabilities = weights.probabilities(&terms.read(item));
            let mut order: Vec<usize> = (0..routes.len()).collect();
            order.sort_by(|a, b| probabilities[*b].total_cmp(&probabilities[*a]).then_with(|| a.cmp(b)));
            order.truncate(4);
            Answer {
                prob: order.first().map(|at| f64::from(probabilities[*at])),
                routes: order.into_iter().map(|at| routes[at].clone()).collect(),
            }
        })
        .collect()
}

/// One training item.
struct Example<'a> {
    terms: Vec<(usize, f32)>,
    class: usize,
    /// What is held out together.
    group: &'a str,
}

/// The pull under which held-out training items are likeliest.
fn best_ridge(examples: &[Example], fit: &(impl Fn(&[&Example], f32) -> Weights + Sync)) -> f32 {
    let step = examples.len().div_ceil(N_TRIALS).max(1);
    let sample: Vec<&Example> = examples.iter().step_by(step).collect();
    let mut groups: Vec<&str> = sample.iter().map(|example| example.group).collect();
    groups.sort_unstable();
    groups.dedup();
    let is_held = |example: &&&Example| groups.binary_search(&example.group).is_ok_and(|at| at % 4 == 0);
    let held: Vec<&Example> = sample.iter().filter(is_held).copied().collect();
    let kept: Vec<&Example> = sample.iter().filter(|example| !is_held(example)).copied().collect();
    let worth = |ridge: &f32| -> f32 {
        let weights = fit(&kept, *ridge);
        held.iter().map(|example| libm::logf(weights.probabilities(&example.terms)[example.class].max(1e-6))).sum()
    };
    let worths: Vec<f32> = RIDGES.par_iter().map(worth).collect();
    let best = (0..RIDGES.len()).max_by(|a, b| worths[*a].total_cmp(&worths[*b]).then_with(|| b.cmp(a)));
    RIDGES[best.unwrap_or(0)]
}

/// Numbers of the commonest routes.
fn commonest_classes(routes: &[Route], limit: usize) -> BTreeMap<&Route, usize> {
    let mut counts: BTreeMap<&Route, usize> = BTreeMap::new();
    routes.iter().for_each(|route| *counts.entry(route).or_default() += 1);
    let mut order: Vec<(&Route, usize)> = counts.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    order.into_iter().take(limit).enumerate().map(|(at, (route, _))| (route, at)).collect()
}

/// Items as weighted terms.
struct Terms {
    encoder: Encoder,
    /// First term of each feature; behind its ids stand the cuts and "missing".
    firsts: Vec<usize>,
    /// Cuts of each feature that is a number.
    cuts: Vec<Vec<f32>>,
    n: usize,
}

impl Terms {
    fn fit(known: &Known) -> Self {
        let encoder = Encoder::fit(known.schema.clone(), &known.items);
        let rows: Vec<Vec<Value>> = known.items.par_iter().map(|item| encoder.encode(item)).collect();
        let (mut firsts, mut cuts, mut n) = (Vec::new(), Vec::new(), 0);
        for feature in 0..known.schema.features.len() {
            let mut numbers: Vec<f32> = rows
                .iter()
                .filter_map(|row| if let Value::Number(at) = row[feature] { Some(at) } else { None })
                .collect();
            numbers.sort_by(f32::total_cmp);
            let mut of_feature: Vec<f32> =
                (1..=N_CUTS).filter_map(|nth| numbers.get(nth * numbers.len() / (N_CUTS + 1)).copied()).collect();
            of_feature.dedup();
            firsts.push(n);
            n += encoder.n_ids(feature) + of_feature.len() + 1;
            cuts.push(of_feature);
        }
        Self { encoder, firsts, cuts, n }
    }

    fn read(&self, item: &Item) -> Vec<(usize, f32)> {
        let mut terms = Vec::new();
        for (feature, value) in self.encoder.encode(item).into_iter().enumerate() {
            let (first, n_ids) = (self.firsts[feature], self.encoder.n_ids(feature));
            match value {
                Value::Missing => terms.push((first + n_ids + self.cuts[feature].len(), 1.0)),
                Value::Number(at) => {
                    let n_passed = self.cuts[feature].partition_point(|cut| *cut <= at);
                    terms.extend((0..n_passed).map(|cut| (first + n_ids + cut, 0.5)));
                }
                Value::Category { id, .. } => terms.extend(id.map(|id| (first + id as usize, 1.0))),
                Value::Terms(of_text) => {
                    terms.extend(of_text.into_iter().map(|(id, weight)| (first + id as usize, weight)));
                }
            }
        }
        terms
    }
}

struct Weights {
    /// Of each term, of each class.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Weights {
    fn fit(examples: &[&Example], (n_terms, n_classes): (usize, usize), ridge: f32, known: &Known) -> Self {
        let mut model = Self { weights: vec![0.0; n_terms * n_classes], bias: vec![0.0; n_classes] };
        let (mut moved, mut bias_moved) = (vec![1e-4f32; n_terms * n_classes], vec![1e-4f32; n_classes]);
        let ridge = ridge / examples.len().max(1) as f32;
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(known.seed ^ 0x11ea);
        for epoch in 0..N_EPOCHS {
            for at in (1..order.len()).rev() {
                order.swap(at, rng.gen_range(0..=at));
            }
            let step = STEP * (1.0 - 0.9 * epoch as f32 / N_EPOCHS as f32);
            for Example { terms, class, .. } in order.iter().map(|at| examples[*at]) {
                (known.check)();
                let mut errors = model.probabilities(terms);
                errors[*class] -= 1.0;
                let wrong: Vec<(usize, f32)> =
                    errors.into_iter().enumerate().filter(|(_, error)| error.abs() > LEAST_ERROR).collect();
                for (class, error) in &wrong {
                    bias_moved[*class] += error * error;
                    model.bias[*class] -= step * error / bias_moved[*class].sqrt();
                    for (term, value) in terms {
                        let place = term * n_classes + class;
                        let gradient = error * value + ridge * model.weights[place];
                        moved[place] += gradient * gradient;
                        model.weights[place] -= step * gradient / moved[place].sqrt();
                    }
                }
            }
        }
        model
    }

    fn probabilities(&self, terms: &[(usize, f32)]) -> Vec<f32> {
        let n_classes = self.bias.len();
        let mut scores = self.bias.clone();
        for (term, value) in terms {
            let row = &self.weights[term * n_classes..(term + 1) * n_classes];
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += value * weight);
        }
        let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        scores.iter_mut().for_each(|score| *score = libm::expf(*score - highest));
        let total: f32 = scores.iter().sum();
        scores.iter_mut().for_each(|score| *score /= total);
        scores
    }
}
