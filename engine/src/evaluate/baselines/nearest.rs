//! Copying from similar items: the nearest by name and code, and a plain vote of the k nearest.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::domain::Item;
use crate::features::{Encoder, Feature, FeatureKind, ITEM_CODE_FEATURE, ITEM_NAME_FEATURE, Schema, Sentences, Value};
use crate::index::{Catalogue, Hit};

use super::super::measure::{Answer, Route};
use super::{Known, best_four};

/// Numbers of neighbours that are tried.
const TRIED_K: [usize; 7] = [1, 3, 5, 8, 12, 20, 40];
/// Nearest items whose routes are copied until there are four.
const N_COPIED: usize = 20;
const WIDEST: usize = TRIED_K[TRIED_K.len() - 1];
/// Training items that they are tried on.
const N_TRIALS: usize = 600;

/// The routes of the items with the nearest name and code, by cosine of character n-grams with rarity weights.
pub(super) fn copy(known: &Known, asked: &[&Item]) -> Vec<Answer> {
    let text = |name: &str, kind: FeatureKind, weight: f64| Feature {
        name: name.to_owned(),
        kind,
        unit: None,
        weight,
        filled_share: 1.0,
        common_values: Vec::new(),
    };
    let features =
        vec![text(ITEM_NAME_FEATURE, FeatureKind::Text, 1.0), text(ITEM_CODE_FEATURE, FeatureKind::Code, 0.5)];
    let search = Search::new(Schema { features, ..Schema::default() }, known);
    asked
        .par_iter()
        .map(|item| {
            (known.check)();
            let mut routes: Vec<Route> = Vec::new();
            for hit in search.catalogue.nearest(&search.encoder.encode(item), N_COPIED, |_| true) {
                let route = &known.routes[hit.item_idx];
                if !routes.contains(route) {
                    routes.push(route.clone());
                }
            }
            routes.truncate(4);
            Answer { routes, prob: None }
        })
        .collect()
}

/// The routes of the items whose texts have the nearest vectors. An item without a vector is answered by none.
pub(super) fn copy_by_sentence(known: &Known, asked: &[&Item], sentences: &Sentences) -> Vec<Answer> {
    let vectors: Vec<Option<&Vec<f32>>> = known.items.iter().map(|item| sentences.vector(item)).collect();
    let cosine = |a: &[f32], b: &[f32]| -> f64 { a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum() };
    let answer = |item: &&Item| {
        (known.check)();
        let Some(vector) = sentences.vector(item) else { return Answer { routes: Vec::new(), prob: None } };
        let near = vectors.iter().enumerate().filter_map(|(at, other)| Some((cosine(vector, other.as_ref()?), at)));
        let mut near: Vec<(f64, usize)> = near.collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut routes: Vec<Route> = Vec::new();
        for (_, at) in near.into_iter().take(N_COPIED) {
            if !routes.contains(&known.routes[at]) {
                routes.push(known.routes[at].clone());
            }
        }
        routes.truncate(4);
        Answer { routes, prob: None }
    };
    asked.par_iter().map(answer).collect()
}

/// The vote of the k nearest items over all attributes, all alike in weight, each vote as heavy as its similarity;
/// k is the one that answers most training items right when they are held out.
///
/// # Source
/// Cover, Hart, "Nearest neighbor pattern classification", 1967.
pub(in super::super) struct Vote {
    search: Search,
    k: usize,
}

impl Vote {
    pub fn fit(known: &Known) -> Self {
        let mut schema = known.schema.clone();
        for feature in &mut schema.features {
            feature.weight = if feature.weight > 0.0 { 1.0 } else { 0.0 };
        }
        let search = Search::new(schema, known);
        let n = known.items.len();
        let tried: Vec<usize> = (0..n.min(N_TRIALS)).map(|at| at * n / n.min(N_TRIALS)).collect();
        let right: Vec<[bool; TRIED_K.len()]> = tried
            .par_iter()
            .map(|at| {
                (known.check)();
                let is_other = |other: usize| known.groups[other] != known.groups[*at];
                let hits = search.catalogue.nearest(&search.encoded[*at], WIDEST, is_other);
                TRIED_K.map(|k| of_hits(known, &hits[..k.min(hits.len())]).routes.first() == Some(&known.routes[*at]))
            })
            .collect();
        let n_right = |choice: usize| right.iter().filter(|right| right[choice]).count();
        let best = (0..TRIED_K.len()).max_by_key(|choice| (n_right(*choice), TRIED_K.len() - choice)).unwrap_or(0);
        Self { search, k: TRIED_K[best] }
    }

    pub fn answer(&self, known: &Known, item: &Item) -> Answer {
        (known.check)();
        let hits = self.search.catalogue.nearest(&self.search.encoder.encode(item), WIDEST, |_| true);
        let mut answer = of_hits(known, &hits[..self.k.min(hits.len())]);
        // A vote of few has few routes: the next nearest have the other places.
        for hit in &hits {
            let route = &known.routes[hit.item_idx];
            if answer.routes.len() < 4 && !answer.routes.contains(route) {
                answer.routes.push(route.clone());
            }
        }
        answer
    }
}

/// The answers of a [`Vote`].
pub(super) fn vote(known: &Known, asked: &[&Item]) -> Vec<Answer> {
    let vote = Vote::fit(known);
    asked.par_iter().map(|item| vote.answer(known, item)).collect()
}

fn of_hits(known: &Known, hits: &[Hit]) -> Answer {
    let mut weights: BTreeMap<&Route, f64> = BTreeMap::new();
    for hit in hits {
        *weights.entry(&known.routes[hit.item_idx]).or_default() += hit.score.max(1e-6);
    }
    best_four(weights)
}

struct Search {
    encoder: Encoder,
    encoded: Vec<Vec<Value>>,
    catalogue: Catalogue,
}

impl Search {
    fn new(schema: Schema, known: &Known) -> Self {
        let encoder = Encoder::fit(schema, &known.items);
        let encoded: Vec<Vec<Value>> = known.items.par_iter().map(|item| encoder.encode(item)).collect();
        let catalogue = Catalogue::new(&encoder, &encoded);
        Self { encoder, encoded, catalogue }
    }
}
