//! Reads the features of an item into values that can be compared, with the rarity of each value in the catalogue.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::Item;

use super::code_grammar::CodeGrammar;
use super::ngrams::{code_terms, text_terms};
use super::schema::{Feature, FeatureKind, Schema};

/// One feature of one item, ready to be compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// The item says nothing: never compared as if it were zero.
    Missing,
    /// Position on the feature's log scale.
    Number(f32),
    /// Index into the known values (`None` for a value never seen), and its rarity, 0.5 to 1.
    Category { id: Option<u32>, rarity: f32 },
    /// Known terms in ascending order with weights; the whole vector, unseen terms included, has length 1.
    Terms(Vec<(u32, f32)>),
}

/// What the encoder knows about one feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Codec {
    /// Not compared.
    Ignored,
    /// `origin` keeps zero on the scale: position = sign · ln(1 + |x| / origin). `width` is the distance at which
    /// similarity has fallen to one half.
    Number { origin: f64, width: f32 },
    /// Known values in ascending order, with rarity.
    Category { values: Vec<(String, f32)> },
    /// Hashes of the terms that occur at least twice, ascending, with inverse document frequency.
    Terms { hashes: Vec<u32>, idf: Vec<f32>, unseen_idf: f32, is_code: bool },
}

/// Values and terms of one feature that came after the fit, with their ids behind the known ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Later {
    values: BTreeMap<String, u32>,
    terms: BTreeMap<u32, u32>,
}

impl Later {
    /// Puts ids from `first` on in the place of counts; a term of one item tells nothing apart.
    fn number(&mut self, first: usize) {
        self.terms.retain(|_, count| *count > 1);
        let ids = first as u32..;
        self.values.values_mut().chain(self.terms.values_mut()).zip(ids).for_each(|(id, next)| *id = next);
    }
}

/// Schema and statistics of a catalogue. Fitted on the items of a model only; what came later is told apart, as rare as
/// anything that was never seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Encoder {
    schema: Schema,
    codecs: Vec<Codec>,
    /// By feature.
    later: Vec<Later>,
}

impl Encoder {
    /// Learns rarities and scales from `items`.
    pub fn fit(schema: Schema, items: &[&Item]) -> Self {
        let codecs: Vec<Codec> = schema.features.iter().map(|feature| fit_codec(feature, items)).collect();
        let later = vec![Later::default(); codecs.len()];
        Self { schema, codecs, later }
    }

    /// The same encoder that also tells apart what only later `items` have: values, and terms of at least two of them.
    /// Everything else is encoded as before.
    pub fn extended_by(&self, items: impl IntoIterator<Item = impl Borrow<Item>>) -> Self {
        let mut later = vec![Later::default(); self.codecs.len()];
        for item in items {
            for ((feature, codec), later) in self.schema.features.iter().zip(&self.codecs).zip(&mut later) {
                if let Some(text) = feature.value(item.borrow()) {
                    codec.note_later(&text, later);
                }
            }
        }
        self.codecs.iter().zip(&mut later).for_each(|(codec, later)| later.number(codec.n_ids()));
        Self { schema: self.schema.clone(), codecs: self.codecs.clone(), later }
    }

    /// What is compared.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Replaces the weights, one per feature; a feature that cannot be compared stays at 0.
    pub fn set_weights(&mut self, weights: &[f64]) {
        for ((feature, codec), weight) in self.schema.features.iter_mut().zip(&self.codecs).zip(weights) {
            feature.weight = if matches!(codec, Codec::Ignored) { 0.0 } else { *weight };
        }
    }

    /// Marks the attributes of `grammars` as those that name standard routings, with the values that a form offers.
    pub fn set_standard(&mut self, grammars: &[CodeGrammar]) {
        for (name, values) in grammars.iter().flat_map(CodeGrammar::attributes) {
            let Some(feature) = self.schema.features.iter_mut().find(|feature| feature.name == name) else { continue };
            if !values.is_empty() {
                feature.common_values = values.into_iter().map(str::to_owned).collect();
            }
            if !self.schema.standard.iter().any(|known| known == name) {
                self.schema.standard.push(name.to_owned());
            }
        }
    }

    /// Number of term ids of a feature: ids are below it.
    pub fn n_ids(&self, feature_idx: usize) -> usize {
        let Later { values, terms } = &self.later[feature_idx];
        self.codecs[feature_idx].n_ids() + values.len() + terms.len()
    }

    /// Distance on the log scale at which the similarity of a number is one half; `None` for other kinds.
    pub fn number_width(&self, feature_idx: usize) -> Option<f32> {
        match &self.codecs[feature_idx] {
            Codec::Number { width, .. } => Some(*width),
            _ => None,
        }
    }

    /// The values of an item, one per feature of the schema.
    pub fn encode(&self, item: &Item) -> Vec<Value> {
        self.schema
            .features
            .iter()
            .zip(self.codecs.iter().zip(&self.later))
            .map(|(feature, (codec, later))| {
                feature.value(item).map_or(Value::Missing, |text| codec.encode(&text, later))
            })
            .collect()
    }

    /// The same encoder without the terms that no item of `items` has: smaller, and the same comparisons among these
    /// items. To any other item, a term that was left out is a new one.
    pub fn restricted_to(&self, items: &[&Item]) -> Self {
        let codecs = self
            .schema
            .features
            .iter()
            .zip(&self.codecs)
            .map(|(feature, codec)| match codec {
                Codec::Terms { hashes, idf, unseen_idf, is_code } => {
                    let mut used = vec![false; hashes.len()];
                    for value in items.iter().filter_map(|item| feature.value(item)) {
                        for hash in terms(&value, *is_code) {
                            if let Ok(at) = hashes.binary_search(&hash) {
                                used[at] = true;
                            }
                        }
                    }
                    let keep = |at: &usize| used[*at];
                    Codec::Terms {
                        hashes: (0..hashes.len()).filter(keep).map(|at| hashes[at]).collect(),
                        idf: (0..hashes.len()).filter(keep).map(|at| idf[at]).collect(),
                        unseen_idf: *unseen_idf,
                        is_code: *is_code,
                    }
                }
                other => other.clone(),
            })
            .collect();
        // They are few, and only of later items.
        let restricted = Self { schema: self.schema.clone(), codecs, later: self.later.clone() };
        if self.later.iter().all(|later| *later == Later::default()) {
            restricted
        } else {
            restricted.extended_by(items.iter().copied())
        }
    }
}

impl Codec {
    fn n_ids(&self) -> usize {
        match self {
            Self::Terms { hashes, .. } => hashes.len(),
            Self::Category { values } => values.len(),
            Self::Ignored | Self::Number { .. } => 0,
        }
    }

    /// Notes what of a value was never seen, how often.
    fn note_later(&self, text: &str, later: &mut Later) {
        match self {
            Self::Category { .. } => {
                let key = category_key(text);
                if self.category(&key).is_none() {
                    *later.values.entry(key).or_default() += 1;
                }
            }
            Self::Terms { hashes, is_code, .. } => {
                for hash in terms(text, *is_code) {
                    if hashes.binary_search(&hash).is_err() {
                        *later.terms.entry(hash).or_default() += 1;
                    }
                }
            }
            Self::Ignored | Self::Number { .. } => {}
        }
    }

    fn category(&self, key: &str) -> Option<usize> {
        let Self::Category { values } = self else { return None };
        values.binary_search_by(|(value, _)| value.as_str().cmp(key)).ok()
    }

    fn encode(&self, text: &str, later: &Later) -> Value {
        match self {
            Self::Ignored => Value::Missing,
            Self::Number { origin, .. } => text
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
                .map_or(Value::Missing, |number| Value::Number(log_position(number, *origin) as f32)),
            Self::Category { values } => {
                let key = category_key(text);
                match self.category(&key) {
                    Some(at) => Value::Category { id: Some(at as u32), rarity: values[at].1 },
                    None => Value::Category { id: later.values.get(&key).copied(), rarity: 1.0 },
                }
            }
            Self::Terms { hashes, idf, unseen_idf, is_code } => {
                let mut known = Vec::new();
                let mut square = 0.0f32;
                for hash in terms(text, *is_code) {
                    match hashes.binary_search(&hash) {
                        Ok(at) => {
                            known.push((at as u32, idf[at]));
                            square += idf[at] * idf[at];
                        }
                        Err(_) => {
                            square += unseen_idf * unseen_idf;
                            known.extend(later.terms.get(&hash).map(|id| (*id, *unseen_idf)));
                        }
                    }
                }
                // Terms come by their hashes, and later ones have ids behind all others.
                known.sort_unstable_by_key(|(id, _)| *id);
                if square <= 0.0 {
                    return Value::Missing;
                }
                let norm = square.sqrt();
                known.iter_mut().for_each(|(_, weight)| *weight /= norm);
                Value::Terms(known)
            }
        }
    }
}

fn fit_codec(feature: &Feature, items: &[&Item]) -> Codec {
    if feature.weight <= 0.0 {
        return Codec::Ignored;
    }
    let values = || items.iter().filter_map(|item| feature.value(item));
    match feature.kind {
        FeatureKind::Date => Codec::Ignored,
        FeatureKind::Number => fit_number(values().filter_map(|value| value.parse::<f64>().ok()).collect()),
        FeatureKind::Category | FeatureKind::Flag => {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            values().for_each(|value| *counts.entry(category_key(&value)).or_default() += 1);
            let n: usize = counts.values().sum();
            let highest = libm::log(n as f64 + 1.0).max(f64::MIN_POSITIVE);
            let rarity = |count: usize| 0.5 + 0.5 * libm::log((n as f64 + 1.0) / count as f64) / highest;
            Codec::Category { values: counts.into_iter().map(|(value, count)| (value, rarity(count) as f32)).collect() }
        }
        FeatureKind::Text | FeatureKind::Code => {
            let is_code = feature.kind == FeatureKind::Code;
            let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
            let mut n = 0usize;
            for value in values() {
                n += 1;
                terms(&value, is_code).into_iter().for_each(|hash| *counts.entry(hash).or_default() += 1);
            }
            let idf = |count: u32| libm::log((n as f64 + 1.0) / f64::from(count)) as f32 + 0.01;
            counts.retain(|_, count| *count > 1);
            Codec::Terms {
                idf: counts.values().map(|count| idf(*count)).collect(),
                hashes: counts.into_keys().collect(),
                unseen_idf: idf(1),
                is_code,
            }
        }
    }
}

fn fit_number(numbers: Vec<f64>) -> Codec {
    let mut sizes: Vec<f64> = numbers.iter().map(|number| number.abs()).filter(|size| *size > 0.0).collect();
    if sizes.is_empty() {
        return Codec::Ignored;
    }
    sizes.sort_by(f64::total_cmp);
    // A tenth of the lower decile: far enough below the data for the scale to be a plain logarithm where the data is.
    let origin = sizes[sizes.len() / 10] / 10.0;
    let mut positions: Vec<f64> = numbers.iter().map(|number| log_position(*number, origin)).collect();
    positions.sort_by(f64::total_cmp);
    let at = |share: f64| positions[((positions.len() - 1) as f64 * share) as usize];
    let spread = at(0.9) - at(0.1);
    Codec::Number { origin, width: (spread * 0.08).max(0.02) as f32 }
}

fn log_position(number: f64, origin: f64) -> f64 {
    let size = libm::log1p(number.abs() / origin);
    if number < 0.0 { -size } else { size }
}

fn terms(text: &str, is_code: bool) -> std::collections::BTreeSet<u32> {
    if is_code { code_terms(text) } else { text_terms(text) }
}

fn category_key(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::infer_schema;

    fn items() -> Vec<Item> {
        (0..100)
            .map(|n| {
                Item::new(format!("A{n:03}"))
                    .named(if n % 10 == 0 { "rare bellows" } else { "gland" })
                    .with("size_mm", format!("{}", 10 + n))
                    .with(
                        "kind",
                        if n == 0 {
                            "odd"
                        } else if n % 2 == 0 {
                            "even"
                        } else {
                            "uneven"
                        },
                    )
            })
            .collect()
    }

    fn encoder(items: &[Item]) -> Encoder {
        Encoder::fit(infer_schema(items), &items.iter().collect::<Vec<_>>())
    }

    #[test]
    fn zero_is_a_number_and_absence_is_missing() {
        let items = items();
        let encoder = encoder(&items);
        let at = encoder.schema().features.iter().position(|feature| feature.name == "size_mm").expect("inferred");
        assert_eq!(encoder.encode(&Item::new("X").with("size_mm", "0"))[at], Value::Number(0.0));
        assert_eq!(encoder.encode(&Item::new("X"))[at], Value::Missing);
    }

    #[test]
    fn a_rare_category_counts_more() {
        let items = items();
        let encoder = encoder(&items);
        let at = encoder.schema().features.iter().position(|feature| feature.name == "kind").expect("inferred");
        let rarity = |value: &str| match encoder.encode(&Item::new("X").with("kind", value))[at] {
            Value::Category { rarity, .. } => rarity,
            _ => 0.0,
        };
        assert!(rarity("odd") > rarity("even"));
    }

    #[test]
    fn term_vectors_have_length_one_when_every_term_is_known() {
        let items = items();
        let encoder = encoder(&items);
        let Value::Terms(terms) = &encoder.encode(&items[0])[0] else { panic!("a name is terms") };
        let length: f32 = terms.iter().map(|(_, weight)| weight * weight).sum();
        assert!((length - 1.0).abs() < 1e-5, "{length}");
    }

    #[test]
    fn what_came_later_is_told_apart_and_changes_nothing_else() {
        let items = items();
        let encoder = encoder(&items);
        let late = |code: &str| Item::new(code).named("manifold block").with("kind", "cast");
        let (one, two) = (late("M1"), late("M2"));
        let extended = encoder.extended_by(items.iter().chain([&one, &two]));
        for item in &items {
            assert_eq!(extended.encode(item), encoder.encode(item));
        }
        let kind = encoder.schema().features.iter().position(|feature| feature.name == "kind").expect("inferred");
        assert_eq!(encoder.encode(&one)[kind], Value::Category { id: None, rarity: 1.0 });
        assert_eq!(extended.encode(&one)[kind], Value::Category { id: Some(encoder.n_ids(kind) as u32), rarity: 1.0 });
        assert_eq!(extended.n_ids(kind), encoder.n_ids(kind) + 1);
        let Value::Terms(terms) = &extended.encode(&one)[0] else { panic!("a name is terms") };
        let length: f32 = terms.iter().map(|(_, weight)| weight * weight).sum();
        assert!((length - 1.0).abs() < 1e-5 && terms.is_sorted_by_key(|(id, _)| *id), "{terms:?}");
        assert!(terms.iter().all(|(id, _)| (*id as usize) < extended.n_ids(0)));
        // A cut of it still does.
        let cut = extended.restricted_to(&[&one, &two]);
        assert!(matches!(cut.encode(&two)[kind], Value::Category { id: Some(_), .. }));
    }

    #[test]
    fn a_restricted_encoder_gives_the_same_comparisons() {
        let items = items();
        let encoder = encoder(&items);
        let few: Vec<&Item> = items.iter().take(5).collect();
        let small = encoder.restricted_to(&few);
        let dot = |encoder: &Encoder, a: &Item, b: &Item| match (&encoder.encode(a)[0], &encoder.encode(b)[0]) {
            (Value::Terms(a), Value::Terms(b)) => {
                a.iter().filter_map(|(id, x)| b.iter().find(|(other, _)| id == other).map(|(_, y)| x * y)).sum::<f32>()
            }
            _ => 0.0,
        };
        for item in &few {
            let (whole, cut) = (dot(&encoder, &items[0], item), dot(&small, &items[0], item));
            assert!((whole - cut).abs() < 1e-6);
        }
    }
}
