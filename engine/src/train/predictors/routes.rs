//! Fits the models of whole routes.

use std::collections::BTreeMap;

use crate::ensemble::Routes;
use crate::train::fit_forest::{Columns, Example};
use crate::train::fit_softmax::{Weighted, fit_softmax};

use super::{Fitting, evenly};

/// Distinct routes, commonest first, and which one each item has.
pub struct Listed {
    pub routes: Vec<Vec<u32>>,
    pub counts: Vec<u32>,
    pub of_item: Vec<u32>,
}

/// Lists the routes of items.
pub fn list(truths: &[Vec<u32>]) -> Listed {
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

/// Fits both models of whole routes.
pub fn fit(fitting: &Fitting, listed: Listed) -> Routes {
    let params = &fitting.params.routes;
    let sampled = evenly(fitting.cues.len(), params.max_items);
    let n_classes = (params.max_work / sampled.len().max(1))
        .clamp(params.least_classes, params.most_classes)
        .min(listed.routes.len());
    let classes: Vec<u32> = (0..n_classes as u32).collect();
    let in_class: Vec<usize> = sampled.into_iter().filter(|at| (listed.of_item[*at] as usize) < n_classes).collect();
    let (linear, trees) = rayon::join(
        || {
            let examples: Vec<Weighted> = in_class
                .iter()
                .map(|at| Weighted { terms: &fitting.cues[*at].terms, more: &[], class: listed.of_item[*at] as u16 })
                .collect();
            fit_softmax(&classes, &examples, params.max_entries, fitting.seed, fitting.check)
        },
        || {
            let examples: Vec<Example> = in_class.iter().map(|at| fitting.example(*at, None)).collect();
            let labels: Vec<u16> = in_class.iter().map(|at| listed.of_item[*at] as u16).collect();
            fitting.forest(&classes, &Columns::of(&examples), &labels, fitting.seed)
        },
    );
    Routes { routes: listed.routes, counts: listed.counts, linear, trees }
}
