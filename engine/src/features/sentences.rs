//! Vectors of texts, as numbers that the learned predictors read.
//!
//! The encoder that makes the vectors runs in training only, on the server. A model keeps a few coordinates of each text
//! that it was trained with, under the text's hash. An item with such a text has these numbers wherever the model
//! is asked, in the browser too; for any other text they are missing. So both sides give the same answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::Item;

use super::infer_schema;
use super::schema::{FeatureKind, ITEM_NAME_FEATURE};

/// The texts of a plant's items and, once they were encoded, their vectors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentences {
    attributes: Vec<String>,
    texts: BTreeMap<u64, String>,
    vectors: BTreeMap<u64, Vec<f32>>,
}

/// What a model keeps of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SentenceBlock {
    /// Attributes of a text, after the name.
    attributes: Vec<String>,
    /// Numbers of each text.
    n_axes: u8,
    /// Coordinates by hash of the text; 127 is the furthest of the training items on an axis.
    known: BTreeMap<u64, Vec<i8>>,
}

impl Sentences {
    /// The distinct texts of `items`: name, then the attributes that hold words.
    pub fn of(items: &[Item]) -> Self {
        let words = infer_schema(items).features.into_iter().filter(|feature| feature.kind == FeatureKind::Text);
        let attributes: Vec<String> =
            words.map(|feature| feature.name).filter(|name| name != ITEM_NAME_FEATURE).collect();
        let texts = items.iter().filter_map(|item| text_of(item, &attributes)).map(|text| (key(&text), text)).collect();
        Self { attributes, texts, vectors: BTreeMap::new() }
    }

    /// The texts, in the order in which [`Self::set_vectors`] wants their vectors.
    pub fn texts(&self) -> Vec<&str> {
        self.texts.values().map(String::as_str).collect()
    }

    /// Takes one vector for each of [`Self::texts`]; all of them have the same length.
    pub fn set_vectors(&mut self, vectors: Vec<Vec<f32>>) {
        self.vectors = self.texts.keys().copied().zip(vectors).collect();
    }

    /// The vector of an item's text.
    #[cfg(feature = "train")]
    pub(crate) fn vector(&self, item: &Item) -> Option<&Vec<f32>> {
        text_of(item, &self.attributes).and_then(|text| self.vectors.get(&key(&text)))
    }

    /// Coordinates of all vectors: `project` gives those of one, `furthest` the largest of the training items.
    #[cfg(feature = "train")]
    pub(crate) fn block(&self, furthest: &[f64], project: impl Fn(&[f32]) -> Vec<f64>) -> SentenceBlock {
        let small =
            |(x, most): (f64, &f64)| (127.0 * x / most.max(f64::MIN_POSITIVE)).round().clamp(-127.0, 127.0) as i8;
        let coordinates = |vector: &Vec<f32>| project(vector).into_iter().zip(furthest).map(small).collect();
        SentenceBlock {
            attributes: self.attributes.clone(),
            n_axes: furthest.len() as u8,
            known: self.vectors.iter().map(|(key, vector)| (*key, coordinates(vector))).collect(),
        }
    }
}

impl SentenceBlock {
    /// Numbers of each text.
    pub fn n_axes(&self) -> u8 {
        self.n_axes
    }

    /// The numbers of an item; `None` when its text is none of those that the model was trained with.
    pub fn numbers(&self, item: &Item) -> Option<&[i8]> {
        text_of(item, &self.attributes).and_then(|text| self.known.get(&key(&text))).map(Vec::as_slice)
    }

    /// Forgets the texts that none of `items` has.
    pub fn restricted_to(&mut self, items: &[Item]) {
        let kept: Vec<u64> =
            items.iter().filter_map(|item| text_of(item, &self.attributes)).map(|text| key(&text)).collect();
        let kept: std::collections::BTreeSet<u64> = kept.into_iter().collect();
        self.known.retain(|key, _| kept.contains(key));
    }
}

/// Name and attributes of an item as one text; `None` when all are missing.
fn text_of(item: &Item, attributes: &[String]) -> Option<String> {
    let words = attributes.iter().filter_map(|name| item.attributes.get(name));
    let parts: Vec<&str> = item.name.iter().chain(words).map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn key(text: &str) -> u64 {
    let digest = Sha256::digest(text);
    digest[..8].iter().fold(0, |key, byte| key << 8 | u64::from(*byte))
}

#[cfg(all(test, feature = "train"))]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_known_by_its_text_and_forgotten_with_it() {
        let items: Vec<Item> = (0..4).map(|n| Item::new(format!("X{n}")).named(["shaft", "seal"][n % 2])).collect();
        let mut sentences = Sentences::of(&items);
        assert_eq!(sentences.texts().len(), 2, "a text is encoded once");
        let vectors = sentences.texts().iter().map(|text| vec![text.len() as f32, -1.0]).collect();
        sentences.set_vectors(vectors);
        let mut block = sentences.block(&[5.0, 4.0], |vector| vector.iter().map(|x| f64::from(*x)).collect());
        assert_eq!(block.numbers(&items[0]), Some([127, -32].as_slice()));
        assert_eq!(block.numbers(&Item::new("other").named("seal")), Some([102, -32].as_slice()));
        assert_eq!(block.numbers(&Item::new("X0").named("bolt")), None, "another text is unknown");
        assert_eq!(block.numbers(&Item::new("X0")), None);
        block.restricted_to(&items[..1]);
        assert!(block.numbers(&items[0]).is_some() && block.numbers(&items[1]).is_none());
    }
}
