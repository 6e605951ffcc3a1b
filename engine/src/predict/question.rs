//! What to ask first about an item that is described too thinly: which of the attributes that it lacks would tell the
//! candidates apart, judged by the items that it could be like.
//!
//! Comes in: the schema, the query and plausible items, each with its weight and the candidate that it supports.
//! Goes out: the most telling attributes with the few values that their answers fall into.
//! Never does: predicting with an answer filled in (that is `model`), words.

use std::collections::BTreeMap;

use crate::domain::Item;
use crate::features::{Feature, FeatureKind, ITEM_CODE_FEATURE, Schema};

/// Attributes that are tried by predicting again.
const MAX_ATTRIBUTES: usize = 3;
/// Answers that are tried of each.
const MAX_ANSWERS: usize = 4;
/// Nats that an answer must tell: what all plausible items have in common need not be asked.
const LEAST_INFORMATION: f64 = 0.01;
/// Share of the plant's items that must have an attribute for a planner to know it.
const LEAST_FILLED: f64 = 0.1;

/// An item that the query could be like.
#[derive(Clone, Debug)]
pub struct Plausible {
    pub item: Item,
    /// Positive; only proportions count.
    pub weight: f64,
    /// Which candidate its routing supports; one number more stands for all other routes.
    pub candidate: usize,
}

/// An attribute worth asking for.
#[derive(Clone, Debug, PartialEq)]
pub struct Enquiry {
    /// Position in the schema.
    pub feature_idx: usize,
    /// Likeliest first, at most four.
    pub answers: Vec<Answer>,
}

/// One answer, or a range of numbers by its middle.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub value: String,
    /// Share of the plausible items that have it, of those that have any, 0 to 1.
    pub share: f64,
}

/// The attributes that the query lacks, the one that tells most about the candidates first.
pub fn enquiries(schema: &Schema, query: &Item, plausible: &[Plausible]) -> Vec<Enquiry> {
    let mut found: Vec<(f64, Enquiry)> = schema
        .features
        .iter()
        .enumerate()
        .filter(|(_, feature)| is_askable(feature) && feature.value(query).is_none())
        .filter_map(|(feature_idx, feature)| {
            let groups = group(feature, plausible);
            let worth = information(&groups.of_item, plausible);
            (worth > LEAST_INFORMATION).then_some((worth, Enquiry { feature_idx, answers: groups.answers }))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.feature_idx.cmp(&b.1.feature_idx)));
    found.into_iter().take(MAX_ATTRIBUTES).map(|(_, enquiry)| enquiry).collect()
}

/// A code is given and not known, a day says when and not what.
fn is_askable(feature: &Feature) -> bool {
    feature.name != ITEM_CODE_FEATURE && feature.kind != FeatureKind::Date && feature.filled_share >= LEAST_FILLED
}

/// Plausible items by what they would answer.
struct Groups {
    /// Group of each item: a position in `answers`, one more for all rarer answers, `None` without a value.
    of_item: Vec<Option<usize>>,
    answers: Vec<Answer>,
}

fn group(feature: &Feature, plausible: &[Plausible]) -> Groups {
    let values: Vec<Option<String>> =
        plausible.iter().map(|one| feature.value(&one.item).map(|value| value.into_owned())).collect();
    let groups = if feature.kind == FeatureKind::Number {
        number_groups(&values, plausible)
    } else {
        word_groups(&values, plausible, matches!(feature.kind, FeatureKind::Text | FeatureKind::Code))
    };
    let total: f64 = groups.iter().flatten().map(|at| plausible[*at].weight).sum();
    let mut of_item = vec![None; plausible.len()];
    let mut answers = Vec::new();
    for (nth, members) in groups.iter().enumerate() {
        members.iter().for_each(|at| of_item[*at] = Some(nth.min(MAX_ANSWERS)));
        if nth < MAX_ANSWERS {
            let weight: f64 = members.iter().map(|at| plausible[*at].weight).sum();
            answers.push(Answer { value: middle(&values, members, plausible), share: weight / total });
        }
    }
    answers.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.value.cmp(&b.value)));
    Groups { of_item, answers }
}

/// Members of each group, the heaviest group first. Texts and codes that differ in digits only are one answer.
fn word_groups(values: &[Option<String>], plausible: &[Plausible], by_letters: bool) -> Vec<Vec<usize>> {
    let mut members: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, value) in values.iter().enumerate() {
        if let Some(value) = value {
            let key = if by_letters { letters(value) } else { value.to_lowercase() };
            members.entry(key).or_default().push(at);
        }
    }
    let weight = |members: &Vec<usize>| members.iter().map(|at| plausible[*at].weight).sum::<f64>();
    let mut groups: Vec<(f64, Vec<usize>)> = members.into_values().map(|members| (weight(&members), members)).collect();
    // Stable: groups of one weight stay in the order of their words.
    groups.sort_by(|a, b| b.0.total_cmp(&a.0));
    groups.into_iter().map(|(_, members)| members).collect()
}

/// Numbers in ranges of about one weight, ascending; equal numbers stay together.
fn number_groups(values: &[Option<String>], plausible: &[Plausible]) -> Vec<Vec<usize>> {
    let number = |text: &String| text.parse::<f64>().ok().filter(|number| number.is_finite());
    let mut numbers: Vec<(f64, usize)> =
        values.iter().enumerate().filter_map(|(at, value)| Some((value.as_ref().and_then(number)?, at))).collect();
    numbers.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    let total: f64 = numbers.iter().map(|(_, at)| plausible[*at].weight).sum();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let (mut below, mut last) = (0.0, f64::NAN);
    for (value, at) in numbers {
        let wanted = ((below / total * MAX_ANSWERS as f64) as usize).min(MAX_ANSWERS - 1);
        if groups.is_empty() || (value != last && wanted + 1 > groups.len()) {
            groups.push(Vec::new());
        }
        if let Some(group) = groups.last_mut() {
            group.push(at);
        }
        below += plausible[at].weight;
        last = value;
    }
    groups
}

/// The value in the middle of the weight of a group, whose members stand in order.
fn middle(values: &[Option<String>], members: &[usize], plausible: &[Plausible]) -> String {
    let mut weights: BTreeMap<&str, f64> = BTreeMap::new();
    let is_number = |text: &str| text.parse::<f64>().is_ok();
    let texts = || members.iter().filter_map(|at| Some((values[*at].as_deref()?, plausible[*at].weight)));
    let total: f64 = texts().map(|(_, weight)| weight).sum();
    if texts().all(|(text, _)| is_number(text)) {
        let mut below = 0.0;
        let found = texts().find(|(_, weight)| {
            below += weight;
            below >= total / 2.0
        });
        return found.map(|(text, _)| text.to_owned()).unwrap_or_default();
    }
    texts().for_each(|(text, weight)| *weights.entry(text).or_default() += weight);
    let heaviest = weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(a.0)));
    heaviest.map(|(text, _)| text.to_owned()).unwrap_or_default()
}

fn letters(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
    let kept = kept.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    if kept.is_empty() { text.to_lowercase() } else { kept }
}

/// Information between answer and candidate in nats, less what chance alone would show, over the items that have an
/// answer, times their share of the weight.
///
/// # Source
/// The correction for few items is that of Miller, "Note on the bias of information estimates", 1955.
fn information(of_item: &[Option<usize>], plausible: &[Plausible]) -> f64 {
    let n_candidates = plausible.iter().map(|one| one.candidate + 1).max().unwrap_or(0);
    let mut joint = vec![vec![0.0; n_candidates]; MAX_ANSWERS + 1];
    let (mut filled, mut squares, mut all) = (0.0, 0.0, 0.0);
    for (group, one) in of_item.iter().zip(plausible) {
        all += one.weight;
        if let Some(group) = group {
            joint[*group][one.candidate] += one.weight;
            filled += one.weight;
            squares += one.weight * one.weight;
        }
    }
    if filled <= 0.0 {
        return 0.0;
    }
    let of_group: Vec<f64> = joint.iter().map(|row| row.iter().sum()).collect();
    let of_candidate: Vec<f64> = (0..n_candidates).map(|at| joint.iter().map(|row| row[at]).sum()).collect();
    let mut sum = 0.0;
    for (row, group) in joint.iter().zip(&of_group) {
        for (cell, candidate) in row.iter().zip(&of_candidate).filter(|(cell, _)| **cell > 0.0) {
            sum += cell / filled * libm::log(cell * filled / (group * candidate));
        }
    }
    let n_effective = filled * filled / squares;
    let n_positive = |weights: &[f64]| weights.iter().filter(|weight| **weight > 0.0).count() as f64;
    let chance = (n_positive(&of_group) - 1.0) * (n_positive(&of_candidate) - 1.0) / (2.0 * n_effective);
    (sum - chance) * filled / all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::infer_schema;

    fn items() -> Vec<Item> {
        (0..80)
            .map(|at| {
                let item = Item::new(format!("A{at:03}")).named(format!("part {at}"));
                let item = item.with("colour", ["red", "blue"][at % 2]).with("size_mm", format!("{}", 10 + at * 3));
                if at % 3 == 0 { item } else { item.with("hole", ["none", "one", "two"][at / 2 % 3]) }
            })
            .collect()
    }

    fn plausible(items: &[Item], candidate: impl Fn(usize) -> usize) -> Vec<Plausible> {
        let one = |(at, item): (usize, &Item)| Plausible { item: item.clone(), weight: 1.0, candidate: candidate(at) };
        items.iter().enumerate().map(one).collect()
    }

    fn names(query: &Item, items: &[Item], candidate: impl Fn(usize) -> usize) -> Vec<String> {
        let schema = infer_schema(items);
        let found = enquiries(&schema, query, &plausible(items, candidate));
        found.iter().map(|enquiry| schema.features[enquiry.feature_idx].name.clone()).collect()
    }

    #[test]
    fn the_attribute_that_tells_the_candidates_apart_comes_first() {
        let (items, query) = (items(), Item::new("NEW").named("part"));
        assert_eq!(names(&query, &items, |at| at % 2)[0], "colour");
        assert_eq!(names(&query, &items, |at| usize::from(at > 40))[0], "size_mm");
        let told = names(&query.with("colour", "red"), &items, |at| at % 2);
        assert!(!told.contains(&"colour".to_owned()), "what is known is not asked: {told:?}");
    }

    #[test]
    fn where_nothing_tells_nothing_is_asked() {
        // Candidates by the bits of a hash that no attribute follows.
        let candidate = |at: usize| (at.wrapping_mul(2_654_435_761) >> 7) % 2;
        assert!(names(&Item::new("NEW").named("part"), &items(), candidate).len() <= 1);
        assert_eq!(names(&Item::new("NEW"), &items(), |_| 0), Vec::<String>::new());
    }

    #[test]
    fn answers_are_shares_of_the_items_that_have_one() {
        let items = items();
        let schema = infer_schema(&items);
        let found = enquiries(&schema, &Item::new("NEW"), &plausible(&items, |at| usize::from(at > 40)));
        let sizes = found.iter().find(|enquiry| schema.features[enquiry.feature_idx].name == "size_mm");
        let sizes = &sizes.expect("size tells").answers;
        assert_eq!(sizes.len(), MAX_ANSWERS);
        let total: f64 = sizes.iter().map(|answer| answer.share).sum();
        assert!((total - 1.0).abs() < 1e-12, "ranges cover all numbers: {total}");
        let values: Vec<f64> = sizes.iter().filter_map(|answer| answer.value.parse().ok()).collect();
        assert!(values.iter().any(|value| *value < 70.0) && values.iter().any(|value| *value > 180.0), "{values:?}");
    }
}
