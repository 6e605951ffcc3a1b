//! One trained model: immutable, self-contained, the same on both sides.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{Item, ItemCode, ModelId, Routing};
use crate::features::Schema;
use crate::predict::{Neighbour, PredictOptions, Prediction};

/// What is known about a model without opening it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ModelCard {
    /// Seed of the training.
    pub seed: u64,
    /// Items in the model.
    pub n_items: usize,
    /// Items that have at least one routing.
    pub n_items_with_routing: usize,
    /// Routings in the model.
    pub n_routings: usize,
    /// Distinct job sequences.
    pub n_distinct_routes: usize,
    /// Reports of work that passed cleaning.
    pub n_results: usize,
    /// Part families found.
    pub n_families: usize,
    /// `exact` or `hnsw`.
    pub index: String,
    /// Recall@10 of the index against exact search, 0 to 1; `None` when search is exact.
    pub index_recall_at_10: Option<f64>,
    /// Expected calibration error of the first candidate's confidence on inner folds; `None` when too few items.
    pub calibration_ece: Option<f64>,
    /// For an offline bundle: the model it was cut from.
    pub parent: Option<ModelId>,
}

/// A trained model.
pub struct Model {}

impl Model {
    /// Content hash of its payload.
    pub fn id(&self) -> &ModelId {
        todo!()
    }
    /// Facts about it.
    pub fn card(&self) -> &ModelCard {
        todo!()
    }
    /// What it looks at; a form for a new item is made from it.
    pub fn schema(&self) -> &Schema {
        todo!()
    }
    /// A known item.
    pub fn item(&self, _code: &ItemCode) -> Option<Item> {
        todo!()
    }
    /// Routings of a known item, main first; empty when it has none.
    pub fn routings(&self, _code: &ItemCode) -> Vec<Routing> {
        todo!()
    }
    /// Codes of the items whose code, name or attributes hold every word of `text`, best first; code prefix before
    /// name before attribute, then by code. Returns at most `limit` codes after `offset` and the total number.
    pub fn search(&self, _text: &str, _offset: usize, _limit: usize) -> (Vec<ItemCode>, usize) {
        todo!()
    }
    /// The `k` most similar items (with or without routing), without the item itself.
    pub fn neighbours(&self, _query: &Item, _k: usize) -> Vec<Neighbour> {
        todo!()
    }
    /// Candidate routings for `query`, which need not exist.
    pub fn predict(&self, _query: &Item, _options: &PredictOptions) -> Prediction {
        todo!()
    }
    /// A model of at most `limit` items for use offline: `recent` items first, then round robin over the part families,
    /// items with routings before items without.
    pub fn subset(&self, _recent: &[ItemCode], _limit: usize) -> Model {
        todo!()
    }
}
