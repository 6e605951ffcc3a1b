//! What is known about a model without opening it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::ModelId;

/// Facts about a model, all measured while it was trained.
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
    /// Reports of work that found their operation and carry a time.
    pub n_results: usize,
    /// Part families found.
    pub n_families: usize,
    /// `exact` or `hnsw`.
    pub index: String,
    /// Recall@10 of the local index against exact search, 0 to 1; `None` where none was built. Below the gate the
    /// index is `exact` all the same.
    pub index_recall_at_10: Option<f64>,
    /// Expected calibration error of the first candidate's confidence on trials that it was not fitted to; `None` with
    /// too few items.
    pub calibration_ece: Option<f64>,
    /// Share of leave-one-out trials whose first candidate was right; `None` with too few items.
    pub trial_exact_at_1: Option<f64>,
    /// For an offline bundle: the model it was cut from.
    pub parent: Option<ModelId>,
}
