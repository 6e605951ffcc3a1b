//! Why a similar item is similar: what each attribute adds, beside what it would add with any item.
//!
//! Comes in: a query, its values and its nearest items. Goes out: [`Neighbour`]s with both values side by side.
//! Never does: the search, the vote, words.

use crate::domain::Item;
use crate::features::{Feature, FeatureKind, Value};
use crate::index::Hit;
use crate::predict::{Contribution, Neighbour};

use super::Model;

/// Items that stand for all of them when it is asked what a query shares with any: evenly spaced, so always the same.
const N_SAMPLE: usize = 512;
/// Below this much of a difference two numbers were written differently, no more.
const DIFFERENCE_STEPS: f64 = 1e6;

impl Model {
    /// The items of `hits` with what makes each similar to a completed `query`.
    ///
    /// # Cost
    /// Besides the items, one comparison per feature with each of at most 512 items.
    pub(super) fn neighbours_of(&self, query: &Item, values: &[Value], hits: &[Hit]) -> Vec<Neighbour> {
        let expected = self.expected_parts(query, values);
        hits.iter().map(|hit| self.neighbour(query, &expected, hit)).collect()
    }

    /// What each feature adds on average to the score of the query and an item that has a routing, the item itself left out.
    fn expected_parts(&self, query: &Item, values: &[Value]) -> Vec<f64> {
        let (weights, total) = self.catalogue.query_weights(values);
        let itself = self.item_idx(&query.code);
        let is_other = |at: &usize| Some(self.voters[*at] as usize) != itself;
        let sample: Vec<usize> = sample(self.catalogue.len()).filter(is_other).collect();
        let part = |at: usize| {
            if sample.is_empty() || weights[at] <= 0.0 {
                return 0.0;
            }
            let sum: f64 = sample.iter().map(|other| self.catalogue.agreement(at, &values[at], *other)).sum();
            weights[at] / total * sum / sample.len() as f64
        };
        (0..values.len()).map(part).collect()
    }

    fn neighbour(&self, query: &Item, expected: &[f64], hit: &Hit) -> Neighbour {
        let item = self.item_at(self.voters[hit.item_idx]);
        let parts = self.schema().features.iter().zip(hit.parts.iter().zip(expected));
        let mut contributions: Vec<Contribution> = parts
            .filter(|(_, (value, expected))| **value > 0.0 || **expected > 0.0)
            .map(|(feature, (value, expected))| contribution(feature, query, &item, *value, *expected))
            .collect();
        contributions.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.feature.cmp(&b.feature)));
        let expected = contributions.iter().map(|part| part.expected).sum::<f64>().max(0.0);
        Neighbour { item: item.code, name: item.name, score: hit.score, expected, contributions }
    }
}

/// Positions of at most [`N_SAMPLE`] of `n_items`, evenly spaced.
fn sample(n_items: usize) -> impl Iterator<Item = usize> {
    let n_sample = n_items.min(N_SAMPLE);
    (0..n_sample).map(move |nth| nth * n_items / n_sample)
}

fn contribution(feature: &Feature, query: &Item, other: &Item, value: f64, expected: f64) -> Contribution {
    let [query_value, neighbour_value] =
        [query, other].map(|item| feature.value(item).map(std::borrow::Cow::into_owned));
    let difference = match (&query_value, &neighbour_value) {
        (Some(asked), Some(found)) if feature.kind == FeatureKind::Number => difference(asked, found),
        _ => None,
    };
    Contribution { feature: feature.name.clone(), value, expected, query_value, neighbour_value, difference }
}

/// How much larger the second number is; `None` where one is no number.
fn difference(asked: &str, found: &str) -> Option<f64> {
    let difference = found.parse::<f64>().ok()? - asked.parse::<f64>().ok()?;
    // Adding zero turns minus zero into zero.
    difference.is_finite().then(|| (difference * DIFFERENCE_STEPS).round() / DIFFERENCE_STEPS + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_all_of_few_and_evenly_spaced_in_many() {
        assert_eq!(sample(0).count(), 0);
        assert_eq!(sample(3).collect::<Vec<_>>(), [0, 1, 2]);
        let many: Vec<usize> = sample(5_120).collect();
        assert_eq!(many.len(), N_SAMPLE);
        assert!(many.windows(2).all(|pair| pair[1] - pair[0] == 10), "{many:?}");
    }

    #[test]
    fn differences_are_those_of_the_written_numbers() {
        assert_eq!(difference("113.42", "113.41"), Some(-0.01));
        assert_eq!(difference("0.3", "0.30"), Some(0.0));
        assert_eq!(difference("12", "R3"), None);
        assert_eq!(difference("1", "inf"), None);
    }
}
