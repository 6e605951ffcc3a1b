//! An item as the learned predictors read it: numbers in bins, and terms with a weight.
//!
//! The similarity of `index` compares feature by feature; a learned predictor wants everything at once, and more of
//! it: sizes out of texts, pieces of codes, combinations of the attributes that say most about the routing.

// Fitting (feature `train`) uses more of this than predicting does.
#![cfg_attr(not(feature = "train"), allow(dead_code))]

use serde::{Deserialize, Serialize};

use crate::domain::{Date, Item};

use super::grammar::pieces;
use super::ngrams::{code_terms, text_terms};
use super::schema::{Feature, FeatureKind, Schema};
use super::sentences::SentenceBlock;
use super::sizes::{MAX_SIZES, sizes};

/// An item in cues.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cues {
    /// Bin of each number: 0 is missing, `k + 1` has passed `k` cuts.
    pub bins: Vec<u8>,
    /// Terms that the book knows, ascending by id, with weight. Plain ones come first, combined ones last.
    pub terms: Vec<(u32, f32)>,
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NumberSource {
    /// The value of a feature; of a date, its day.
    Value(u16),
    /// A size in the text of a feature.
    Size(u16, u8),
    /// A coordinate of the vector of the item's text.
    Sentence(u8),
    /// The logarithm of how many times the value of one feature is that of another: how slender, how thin-walled, how
    /// much is cut away.
    Ratio(u16, u16),
}

/// One number with its cuts, ascending.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Number {
    pub source: NumberSource,
    pub cuts: Vec<f32>,
}

/// What is read of an item, fitted to the items of a training.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CueBook {
    pub(crate) features: Vec<Feature>,
    pub(crate) numbers: Vec<Number>,
    /// Hashes of the plain terms, ascending: values, words, n-grams, pieces of codes, what is missing.
    pub(crate) plain: Vec<u32>,
    /// Hashes of the combined terms, ascending: bins of numbers, pairs of values.
    pub(crate) combined: Vec<u32>,
    /// Slots that are combined with each other.
    pub(crate) pairs: Vec<(u32, u32)>,
    /// Vectors of texts; `None` in a model that was trained without the sentence encoder.
    pub(crate) sentences: Option<SentenceBlock>,
}

/// Weight of a bin's term beside a value's: a number has many.
const BIN: f32 = 0.3;
/// Weight of a pair's term.
const PAIR: f32 = 0.7;
/// Cuts of a number that become terms.
const N_TERM_CUTS: usize = 16;
/// Coarse bins of a number in a pair.
const N_PAIR_BINS: usize = 6;

impl CueBook {
    /// A book without terms and cuts, to read what there is.
    pub(crate) fn blank(schema: &Schema) -> Self {
        let mut numbers = Vec::new();
        for (at, feature) in schema.features.iter().enumerate() {
            let at = at as u16;
            let of = |source| Number { source, cuts: Vec::new() };
            match feature.kind {
                FeatureKind::Number | FeatureKind::Date => numbers.push(of(NumberSource::Value(at))),
                FeatureKind::Text | FeatureKind::Code => {
                    numbers.extend((0..MAX_SIZES as u8).map(|nth| of(NumberSource::Size(at, nth))));
                }
                FeatureKind::Category | FeatureKind::Flag => {}
            }
        }
        Self { features: schema.features.clone(), numbers, ..Self::default() }
    }

    /// Number of numbers.
    pub fn n_numbers(&self) -> usize {
        self.numbers.len()
    }

    /// Number of plain terms: their ids are below it.
    pub fn n_plain(&self) -> usize {
        self.plain.len()
    }

    /// Number of terms: ids are below it.
    pub fn n_terms(&self) -> usize {
        self.plain.len() + self.combined.len()
    }

    /// Reads an item.
    pub fn encode(&self, item: &Item) -> Cues {
        let values = self.numbers_of(item);
        let bins: Vec<u8> = self.numbers.iter().zip(&values).map(|(number, value)| number.bin(*value)).collect();
        let mut terms = Vec::new();
        for group in self.plain_groups(item) {
            let weight = 1.0 / (group.len() as f32).sqrt();
            terms.extend(
                group.iter().filter_map(|hash| self.plain.binary_search(hash).ok()).map(|at| (at as u32, weight)),
            );
        }
        let n_plain = self.plain.len() as u32;
        for (hash, weight) in self.combined_terms(item, &bins) {
            if let Ok(at) = self.combined.binary_search(&hash) {
                terms.push((n_plain + at as u32, weight));
            }
        }
        terms.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.total_cmp(&a.1)));
        terms.dedup_by_key(|(id, _)| *id);
        Cues { bins, terms }
    }

    /// The numbers of an item; NaN is missing.
    pub(crate) fn numbers_of(&self, item: &Item) -> Vec<f32> {
        let mut sizes_of: Option<(u16, Vec<f64>)> = None;
        let sentence = self.sentences.as_ref().and_then(|block| block.numbers(item));
        self.numbers
            .iter()
            .map(|number| match number.source {
                NumberSource::Value(at) => {
                    let feature = &self.features[at as usize];
                    feature.value(item).and_then(|text| number_of(feature.kind, &text)).unwrap_or(f32::NAN)
                }
                NumberSource::Size(at, nth) => {
                    if sizes_of.as_ref().is_none_or(|(known, _)| *known != at) {
                        let text = self.features[at as usize].value(item);
                        sizes_of = Some((at, text.map(|text| sizes(&text)).unwrap_or_default()));
                    }
                    let found = sizes_of.as_ref().and_then(|(_, found)| found.get(nth as usize));
                    found.map_or(f32::NAN, |size| *size as f32)
                }
                NumberSource::Ratio(above, below) => {
                    let value = |at: u16| {
                        let feature = &self.features[at as usize];
                        feature.value(item).and_then(|text| number_of(feature.kind, &text)).filter(|value| *value > 0.0)
                    };
                    value(above).zip(value(below)).map_or(f32::NAN, |(above, below)| libm::logf(above / below))
                }
                NumberSource::Sentence(axis) => {
                    let found = sentence.and_then(|coordinates| coordinates.get(usize::from(axis)));
                    found.map_or(f32::NAN, |coordinate| f32::from(*coordinate))
                }
            })
            .collect()
    }

    /// Plain terms of an item in groups that share the weight of one value.
    pub(crate) fn plain_groups(&self, item: &Item) -> Vec<Vec<u32>> {
        let mut groups = Vec::new();
        for (at, feature) in self.features.iter().enumerate() {
            let Some(text) = feature.value(item) else {
                groups.push(vec![hash(at, '?', "")]);
                continue;
            };
            match feature.kind {
                FeatureKind::Number | FeatureKind::Date => {}
                FeatureKind::Category | FeatureKind::Flag => groups.push(vec![hash(at, '=', &text.to_lowercase())]),
                FeatureKind::Text => {
                    groups.push(text_terms(&text).into_iter().map(|term| mix(at, term)).collect());
                    groups.push(vec![hash(at, 's', &letters(&text))]);
                    groups.push(vec![hash(at, '=', &text.to_lowercase())]);
                }
                FeatureKind::Code => {
                    groups.push(code_terms(&text).into_iter().map(|term| mix(at, term)).collect());
                    groups.extend(pieces(&text).into_iter().map(|(role, piece)| vec![hash(at, role, &piece)]));
                    groups.push(vec![hash(at, '=', &text.to_lowercase())]);
                }
            }
        }
        groups
    }

    /// Values that can be combined: (slot, hash of the value). A slot is a feature, a piece of a code or a coarse bin.
    pub(crate) fn slots(&self, item: &Item, bins: &[u8]) -> Vec<(u32, u32)> {
        let mut slots = Vec::new();
        for (at, feature) in self.features.iter().enumerate() {
            let text = feature.value(item);
            let slot = |role: char| hash(at, role, "slot");
            match (feature.kind, text) {
                (FeatureKind::Category | FeatureKind::Flag, Some(text)) => {
                    slots.push((slot('='), hash(at, '=', &text.to_lowercase())));
                }
                (FeatureKind::Text, Some(text)) => slots.push((slot('s'), hash(at, 's', &letters(&text)))),
                (FeatureKind::Code, Some(text)) => {
                    slots.extend(pieces(&text).into_iter().map(|(role, piece)| (slot(role), hash(at, role, &piece))));
                }
                _ => {}
            }
        }
        for (at, (number, bin)) in self.numbers.iter().zip(bins).enumerate() {
            if *bin > 0 {
                let coarse = (usize::from(*bin) - 1) * N_PAIR_BINS / (number.cuts.len() + 1);
                slots.push((hash(at, '#', "slot"), hash(at, '#', &coarse.to_string())));
            }
        }
        slots
    }

    /// Combined terms of an item with their weights.
    pub(crate) fn combined_terms(&self, item: &Item, bins: &[u8]) -> Vec<(u32, f32)> {
        let mut terms = Vec::new();
        for (at, (number, bin)) in self.numbers.iter().zip(bins).enumerate() {
            if *bin == 0 {
                terms.push((hash(at, '~', "missing"), 1.0));
                continue;
            }
            let step = number.cuts.len().div_ceil(N_TERM_CUTS).max(1);
            let passed = (0..usize::from(*bin) - 1).step_by(step);
            terms.extend(passed.map(|cut| (mix(at, hash(cut, '>', "")), BIN)));
        }
        if !self.pairs.is_empty() {
            let slots = self.slots(item, bins);
            let value = |slot: u32| slots.iter().find(|(found, _)| *found == slot).map(|(_, value)| *value);
            for (a, b) in &self.pairs {
                if let (Some(a), Some(b)) = (value(*a), value(*b)) {
                    terms.push((a.rotate_left(9) ^ b.wrapping_mul(0x9e37_79b1), PAIR));
                }
            }
        }
        terms
    }
}

impl Number {
    /// Bin of a value: 0 for NaN, else one more than the cuts at or below it.
    pub fn bin(&self, value: f32) -> u8 {
        if value.is_nan() { 0 } else { 1 + self.cuts.partition_point(|cut| *cut <= value) as u8 }
    }
}

fn number_of(kind: FeatureKind, text: &str) -> Option<f32> {
    let number = match kind {
        FeatureKind::Date => {
            let day = text.get(..10)?.parse::<Date>().ok()?;
            f64::from(chrono::Datelike::num_days_from_ce(&day))
        }
        _ => text.parse::<f64>().ok()?,
    };
    number.is_finite().then_some(number as f32)
}

/// A text in lower case without digits and without what only separates.
fn letters(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
    kept.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// FNV-1a over place, role and text.
fn hash(at: usize, role: char, text: &str) -> u32 {
    let start = mix(at, 0x811c_9dc5 ^ role as u32);
    text.chars().fold(start, |state, c| (state ^ c as u32).wrapping_mul(0x0100_0193).rotate_left(5))
}

/// A term in the place of one feature.
fn mix(at: usize, term: u32) -> u32 {
    (term ^ (at as u32 + 1).wrapping_mul(0x85eb_ca6b)).wrapping_mul(0xc2b2_ae35).rotate_left(13)
}
