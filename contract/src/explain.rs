//! Asking why the first candidate was chosen and not another one.

use async_trait::async_trait;
use engine::domain::{Item, ItemCode};
use engine::predict::Explanation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::predict::AskedCode;
use crate::error::ApiError;

/// One item, known by code or described by its attributes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ExplainRequest {
    /// An item by code; left out where `item` is given.
    #[schema(value_type = Option<AskedCode>)]
    pub code: Option<ItemCode>,
    /// An item as a prediction saw it; goes before `code`.
    pub item: Option<Item>,
}

/// What the server answers about reasons.
#[async_trait]
pub trait ExplainApi {
    /// Why the first candidate from similar items and not each further one.
    ///
    /// # Errors
    /// [`ApiError::NoModel`] before the first training, [`ApiError::Invalid`] when nothing is asked or the code cannot
    /// be one.
    async fn explain(&self, request: ExplainRequest) -> Result<Explanation, ApiError>;
}
