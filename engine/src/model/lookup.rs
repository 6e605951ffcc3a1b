//! Reading a model like a catalogue: items, routings, search, similar items.

use crate::domain::{Item, ItemCode, Routing};
use crate::index::Hit;
use crate::predict::{Contribution, Neighbour};

use super::Model;

/// How well a word matches an item: lower is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    CodeStart,
    Code,
    Name,
    Attribute,
}

impl Model {
    /// A known item.
    pub fn item(&self, code: &ItemCode) -> Option<&Item> {
        self.item_idx(code).map(|at| &self.payload.items[at])
    }

    /// All items of the model, ascending by code.
    pub fn items(&self) -> &[Item] {
        &self.payload.items
    }

    /// Routings of a known item, main first; empty when it has none.
    pub fn routings(&self, code: &ItemCode) -> Vec<Routing> {
        let Some(at) = self.item_idx(code) else { return Vec::new() };
        let past = &self.payload.book.routings[self.ranges[at].clone()];
        past.iter().map(|past| self.payload.book.routing(past, code.clone())).collect()
    }

    /// Codes of the items whose code, name or attributes hold every word of `text`: those whose code begins with the
    /// first word lead, then by where the words were found, then by code.
    ///
    /// Returns at most `limit` codes after the first `offset`, and how many match in all.
    pub fn search(&self, text: &str, offset: usize, limit: usize) -> (Vec<ItemCode>, usize) {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let mut found: Vec<(Place, &ItemCode)> = self
            .payload
            .items
            .iter()
            .filter_map(|item| matched_at(item, &words).map(|place| (place, &item.code)))
            .collect();
        found.sort();
        let total = found.len();
        (found.into_iter().skip(offset).take(limit).map(|(_, code)| code.clone()).collect(), total)
    }

    /// The `k` most similar items that have a routing, without the item itself.
    pub fn neighbours(&self, query: &Item, k: usize) -> Vec<Neighbour> {
        let values = self.payload.encoder.encode(&self.completed(query));
        self.near(&query.code, &values, k).iter().map(|hit| self.neighbour(hit)).collect()
    }

    pub(super) fn item_idx(&self, code: &ItemCode) -> Option<usize> {
        self.payload.items.binary_search_by(|item| item.code.cmp(code)).ok()
    }

    pub(super) fn neighbour(&self, hit: &Hit) -> Neighbour {
        let item = &self.payload.items[self.voters[hit.item_idx] as usize];
        let mut contributions: Vec<Contribution> = self
            .schema()
            .features
            .iter()
            .zip(&hit.parts)
            .filter(|(_, part)| **part > 0.0)
            .map(|(feature, part)| Contribution { feature: feature.name.clone(), value: *part })
            .collect();
        contributions.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.feature.cmp(&b.feature)));
        Neighbour { item: item.code.clone(), name: item.name.clone(), score: hit.score, contributions }
    }
}

/// Where the least well placed word was found; `None` when some word is nowhere.
fn matched_at(item: &Item, words: &[String]) -> Option<Place> {
    let code = item.code.as_str().to_lowercase();
    let mut worst = Place::CodeStart;
    for word in words {
        let place = if code.starts_with(word) {
            Place::CodeStart
        } else if code.contains(word) {
            Place::Code
        } else if item.name.as_ref().is_some_and(|name| name.to_lowercase().contains(word)) {
            Place::Name
        } else if item.attributes.values().any(|value| value.to_lowercase().contains(word)) {
            Place::Attribute
        } else {
            return None;
        };
        worst = worst.max(place);
    }
    Some(worst)
}
