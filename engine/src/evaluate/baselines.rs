//! What anyone would put together in an afternoon: the yardsticks that a model has to beat.
//!
//! Comes in: the training items with their routes, and the held-out items. Goes out: an answer of each baseline to each.
//! Never does: anything with held-out items but answering them, and nothing of the ensemble: each stands alone.

mod category;
mod linear;
mod nearest;

use std::collections::BTreeMap;

use crate::domain::{Item, Plant};
use crate::features::{Schema, Sentences, infer_schema};
use crate::watch::Check;

use super::measure::{Answer, Jobs, Route};
use super::split::main_routings;
use super::{Case, Split};

/// Names of all baselines, in the order of [`answers`].
pub(super) const BASELINES: [&str; 5] = ["commonest_route", "copy_nearest", "family_majority", "knn_vote", "logistic"];

/// The one more where there are vectors of texts.
pub(super) const BY_SENTENCE: &str = "copy_sentence";

pub(super) use nearest::Vote;

/// What a baseline may know.
pub(super) struct Known<'a> {
    schema: Schema,
    /// Items with a routing, ascending by code.
    items: Vec<&'a Item>,
    /// The main route of each.
    routes: Vec<Route>,
    /// What an inner validation hides together with an item: its name family in a family split, else itself.
    groups: Vec<String>,
    seed: u64,
    /// Between two steps of anything that takes its time.
    check: Check<'a>,
}

impl<'a> Known<'a> {
    pub fn of(rest: &'a Plant, jobs: &Jobs, split: Split, seed: u64, check: Check<'a>) -> Self {
        let main = main_routings(rest);
        let items: Vec<&Item> = rest.items.iter().filter(|item| main.contains_key(&item.code)).collect();
        Self {
            schema: infer_schema(&rest.items),
            routes: items.iter().map(|item| jobs.of_routing(main[&item.code])).collect(),
            groups: items.iter().map(|item| split.unit(item)).collect(),
            items,
            seed,
            check,
        }
    }
}

/// Answers of all baselines, fitted to `rest` only: those of [`BASELINES`], and of [`BY_SENTENCE`] with vectors of texts.
pub(super) fn answers(
    rest: &Plant,
    jobs: &Jobs,
    cases: &[Case],
    sentences: Option<&Sentences>,
    split: Split,
    seed: u64,
    check: Check,
) -> Vec<Vec<Answer>> {
    let known = Known::of(rest, jobs, split, seed, check);
    let asked: Vec<&Item> = cases.iter().map(|case| case.item).collect();
    let mut answers = vec![
        vec![commonest(known.routes.iter()); asked.len()],
        nearest::copy(&known, &asked),
        category::majority(&known, &asked),
        nearest::vote(&known, &asked),
        linear::logistic(&known, &asked),
    ];
    answers.extend(sentences.map(|sentences| nearest::copy_by_sentence(&known, &asked, sentences)));
    answers
}

/// The four commonest of some routes, with the share of the first.
fn commonest<'a>(routes: impl Iterator<Item = &'a Route>) -> Answer {
    let mut counts: BTreeMap<&Route, f64> = BTreeMap::new();
    routes.for_each(|route| *counts.entry(route).or_default() += 1.0);
    best_four(counts)
}

/// The four heaviest of some routes, with the share of the first; of equal ones the first by jobs.
fn best_four(weights: BTreeMap<&Route, f64>) -> Answer {
    let total: f64 = weights.values().sum();
    let mut ranked: Vec<(&Route, f64)> = weights.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    Answer {
        prob: ranked.first().map(|(_, weight)| weight / total),
        routes: ranked.into_iter().take(4).map(|(route, _)| route.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{OperationRow, Routing, Seq};

    /// The material decides the job, the size whether a second one follows; names say nothing.
    fn plant(n: usize) -> Plant {
        let mut rows = Vec::new();
        let mut items = Vec::new();
        for at in 0..n {
            let (material, size) = (["316", "304", "PTFE"][at % 3], 10 + at * 37 % 100);
            let item = Item::new(format!("P{:04}", at * 7919 % 10_000))
                .named(format!("part {}", at * 31 % 97))
                .with("material", material)
                .with("size_mm", size.to_string());
            let mut jobs = vec![material];
            jobs.extend((size > 60).then_some("GRIND"));
            for (seq, job) in (1..).zip(jobs) {
                let (item, routing, job) = (item.code.clone(), "1".into(), job.into());
                rows.push(OperationRow { item, routing, seq: Seq::new(seq * 10), job, ..OperationRow::default() });
            }
            items.push(item);
        }
        Plant::assemble(items, rows, Vec::new())
    }

    #[test]
    fn each_baseline_learns_what_it_can() {
        let (rest, asked) = (plant(240), plant(300));
        let known: Vec<&Item> = rest.items.iter().collect();
        let truths: Vec<(&Item, &Routing)> = asked
            .items
            .iter()
            .zip(&asked.routings)
            .filter(|(item, _)| known.binary_search_by(|known| known.code.cmp(&item.code)).is_err())
            .collect();
        let cases: Vec<Case> = truths.iter().map(|(item, truth)| Case { item, truth }).collect();
        assert_eq!(cases.len(), 60);
        let jobs = Jobs::of(&asked);
        let all = answers(&rest, &jobs, &cases, None, Split::Random, 7, &|| ());
        let exact = |method: &str| {
            let at = BASELINES.iter().position(|name| *name == method).expect("a baseline");
            assert_eq!(all[at].len(), cases.len());
            let is_right = |(answer, case): &(&Answer, &Case)| answer.routes[0] == jobs.of_routing(case.truth);
            all[at].iter().zip(&cases).filter(is_right).count() as f64 / cases.len() as f64
        };
        let majority = exact("family_majority");
        assert!(majority > exact("commonest_route") + 0.1, "{majority}");
        assert!(exact("logistic") > majority + 0.2, "{} {majority}", exact("logistic"));
        assert!(exact("knn_vote") > majority, "{} {majority}", exact("knn_vote"));
        let again = answers(&rest, &jobs, &cases, None, Split::Random, 7, &|| ());
        assert_eq!(all, again);
    }
}
