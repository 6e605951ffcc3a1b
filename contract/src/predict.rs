//! Asking for candidate routings.

use async_trait::async_trait;
use engine::domain::{Item, ItemCode};
use engine::predict::{OwnHistory, Prediction};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ApiError;

/// Most items of one request.
pub const MAX_ITEMS_PER_REQUEST: usize = 50;

/// An item's code as it may be asked for, described for machines.
#[derive(ToSchema)]
#[schema(pattern = r"^[\s\S]{1,200}$")]
pub struct AskedCode(pub String);

/// Items to predict for: known by code, or described by their attributes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PredictRequest {
    /// Codes; an unknown code is answered from the pattern of the code alone and marked so.
    #[schema(value_type = Vec<AskedCode>, max_items = 50)]
    pub codes: Vec<ItemCode>,
    /// Items that need not exist.
    #[schema(max_items = 50)]
    pub items: Vec<Item>,
    /// How past routings of the item itself are used.
    pub own_history: OwnHistory,
    /// Similar items to return, 1 to 50; 0 is 10.
    #[schema(maximum = 50)]
    pub n_neighbours: usize,
}

/// The answer for one item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PredictAnswer {
    /// Time-ordered id under which the server keeps it; `None` when it was made offline.
    pub id: Option<String>,
    /// The item as the model saw it.
    pub item: Item,
    /// Whether the plant has this item.
    pub is_known: bool,
    pub prediction: Prediction,
}

/// One line of the recent predictions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RecentPrediction {
    pub id: String,
    pub item: ItemCode,
    pub name: Option<String>,
    /// RFC 3339, UTC.
    pub at: String,
    /// Job names of the first candidate.
    pub summary: Vec<String>,
    pub confidence_prob: Option<f64>,
    pub abstained: bool,
    /// Whether the plant has this item, so that its code can be opened again.
    pub is_known: bool,
}

/// What the server answers about predictions.
#[async_trait]
pub trait PredictApi {
    /// One answer per item, in the order asked: codes first, then described items.
    ///
    /// # Errors
    /// [`ApiError::NoModel`] before the first training, [`ApiError::TooMany`] above [`MAX_ITEMS_PER_REQUEST`],
    /// [`ApiError::Invalid`] when nothing is asked.
    async fn predict(&self, request: PredictRequest) -> Result<Vec<PredictAnswer>, ApiError>;
    /// Newest first, one line per item.
    async fn recent_predictions(&self, limit: usize) -> Result<Vec<RecentPrediction>, ApiError>;
}
