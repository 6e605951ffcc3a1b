//! Which attributes times may depend on.

use std::collections::BTreeMap;

use crate::domain::Item;
use crate::features::{FeatureKind, Schema};
use crate::predict::times::{Gap, NumberColumn, TimeAttributes, WordColumn, difference, size};

/// Most numbers and categories that are read, those filled most often first.
const MAX_NUMBERS: usize = 8;
const MAX_WORDS: usize = 8;
/// Most values of a category.
const MAX_VALUES: usize = 16;
/// Numbers in whose differences a wall or a depth may lie.
const MAX_IN_GAPS: usize = 4;
/// Share of the routed items that must have a number, or bear a value, for it to be learned from.
const LEAST_SHARE: f64 = 0.02;
const LEAST_ITEMS: usize = 10;

/// Reads means, deviations and common values off the routed items.
pub fn choose<'a>(schema: &Schema, items: impl Iterator<Item = &'a Item>) -> TimeAttributes {
    let items: Vec<&Item> = items.collect();
    let least = ((items.len() as f64 * LEAST_SHARE) as usize).max(LEAST_ITEMS);
    let mut numbers: Vec<(usize, NumberColumn)> = Vec::new();
    let mut words: Vec<(usize, WordColumn)> = Vec::new();
    for feature in &schema.features {
        let name = &feature.name;
        if feature.kind == FeatureKind::Number {
            let sizes: Vec<f64> = items.iter().filter_map(|item| size(item, name)).collect();
            if let Some((mean, sd)) = log_scale(&sizes).filter(|_| sizes.len() >= least) {
                numbers.push((sizes.len(), NumberColumn { name: name.clone(), mean, sd }));
            }
        } else if matches!(feature.kind, FeatureKind::Category | FeatureKind::Flag | FeatureKind::Code) {
            let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
            items.iter().filter_map(|item| item.attributes.get(name)).for_each(|word| {
                *counts.entry(word).or_default() += 1;
            });
            let mut common: Vec<(&String, usize)> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
            common.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
            common.truncate(MAX_VALUES);
            // A value that everyone has, and one that stands for all others, say nothing.
            let covered: usize = common.iter().map(|(_, n)| n).sum();
            if common.len() > 1 || common.first().is_some_and(|(_, n)| *n + least <= items.len()) {
                let values = common.into_iter().map(|(word, _)| word.clone()).collect();
                words.push((covered, WordColumn { name: name.clone(), values }));
            }
        }
    }
    let numbers = most_filled(numbers, MAX_NUMBERS);
    let words = most_filled(words, MAX_WORDS);
    let gaps = gaps(&numbers, &items, least);
    TimeAttributes { numbers, gaps, words }
}

/// The columns that say something about most items; equal ones in the order of the schema.
fn most_filled<T>(mut columns: Vec<(usize, T)>, limit: usize) -> Vec<T> {
    columns.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    columns.into_iter().take(limit).map(|(_, column)| column).collect()
}

fn gaps(numbers: &[NumberColumn], items: &[&Item], least: usize) -> Vec<Gap> {
    let is_length = |at: &usize| numbers[*at].name.ends_with("_mm");
    let lengths: Vec<usize> = (0..numbers.len()).filter(is_length).take(MAX_IN_GAPS).collect();
    let mut gaps = Vec::new();
    for (at, a) in lengths.iter().enumerate() {
        for b in &lengths[at + 1..] {
            let between: Vec<f64> = items
                .iter()
                .filter_map(|item| difference(size(item, &numbers[*a].name)?, size(item, &numbers[*b].name)?))
                .collect();
            if let Some((mean, sd)) = log_scale(&between).filter(|_| between.len() >= least) {
                gaps.push(Gap { columns: (*a as u8, *b as u8), mean, sd });
            }
        }
    }
    gaps
}

/// Mean and standard deviation of the logarithm; `None` when it hardly varies.
fn log_scale(sizes: &[f64]) -> Option<(f32, f32)> {
    let n = sizes.len() as f64;
    let mean = sizes.iter().map(|size| libm::log(*size)).sum::<f64>() / n;
    let variance = sizes.iter().map(|size| (libm::log(*size) - mean) * (libm::log(*size) - mean)).sum::<f64>() / n;
    let sd = libm::sqrt(variance);
    (sd > 1e-3).then_some((mean as f32, sd as f32))
}
