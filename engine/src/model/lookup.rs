//! Reading a model like a catalogue: items, routings, search, similar items.

use crate::domain::{Item, ItemCode, Routing};
use crate::encode::Point;
use crate::predict::Neighbour;

use super::Model;

impl Model {
    /// A known item.
    pub fn item(&self, code: &ItemCode) -> Option<Item> {
        self.item_idx(code).map(|at| self.item_at(at as u32))
    }

    /// All items of the model, ascending by code.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        (0..self.snapshot.len()).map(|at| self.item_at(at as u32))
    }

    /// Routings of a known item, main first; empty when it has none.
    pub fn routings(&self, code: &ItemCode) -> Vec<Routing> {
        let Some(at) = self.item_idx(code) else { return Vec::new() };
        let past = &self.book().routings[self.ranges[at].clone()];
        past.iter().map(|past| self.book().routing(past, code.clone())).collect()
    }

    /// Codes of the items that [`Snapshot::search`](crate::snapshot::Snapshot::search) finds: at most `limit` after the first `offset`, and how many there are in
    /// all.
    pub fn search(&self, text: &str, offset: usize, limit: usize) -> (Vec<ItemCode>, usize) {
        let found = self.snapshot.search(text, offset, limit);
        let codes = found.items.into_iter().map(|at| self.code_at(at as u32));
        (codes.collect(), found.total)
    }

    /// The `k` most similar items that have a routing, without the item itself.
    pub fn neighbours(&self, query: &Item, k: usize) -> Vec<Neighbour> {
        let query = &self.completed(query);
        let values = self.encoder().encode(query);
        self.neighbours_of(query, &values, &self.near(&query.code, &values, k))
    }

    /// An item as a short vector, of which families and the index of a bundle are made.
    pub fn embedding(&self, query: &Item) -> Point {
        self.point(&self.encoder().encode(&self.completed(query)))
    }

    pub(super) fn item_idx(&self, code: &ItemCode) -> Option<usize> {
        self.snapshot.position(code)
    }
}
