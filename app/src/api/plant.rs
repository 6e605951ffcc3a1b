//! What the plant's data and the active model are.

use async_trait::async_trait;
use engine::domain::ModelId;
use engine::features::Schema;
use engine::model::ModelCard;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{Json, Postcard};
use utoipa::ToSchema;

use crate::error::ApiError;

/// Measured facts for the home page and for monitoring; nothing here is estimated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlantStatus {
    pub n_items: usize,
    pub n_items_with_routing: usize,
    pub n_routings: usize,
    pub n_results: usize,
    /// The active model; `None` before the first training.
    pub model: Option<ModelLine>,
    /// Version of the product.
    pub version: String,
}

/// The model that answers, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ModelLine {
    pub id: ModelId,
    /// RFC 3339, UTC.
    pub trained_at: String,
}

/// The model that answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ActiveModel {
    pub id: ModelId,
    /// RFC 3339, UTC.
    pub trained_at: String,
    pub size_bytes: usize,
    pub card: ModelCard,
}

/// What the server knows of the plant.
#[async_trait]
pub trait PlantApi {
    async fn plant_status(&self) -> Result<PlantStatus, ApiError>;
    /// The model that answers with its card; `None` before the first training.
    async fn active_model(&self) -> Result<Option<ActiveModel>, ApiError>;
    /// The features that a form for a new item offers.
    ///
    /// # Errors
    /// [`ApiError::NoModel`] before the first training.
    async fn schema(&self) -> Result<Schema, ApiError>;
}

#[server(prefix = "/api/ui", endpoint = "get_plant_status", input = Json, output = Postcard)]
pub async fn get_plant_status() -> Result<PlantStatus, ApiError> {
    crate::backend::backend()?.plant_status().await
}

#[server(prefix = "/api/ui", endpoint = "get_active_model", input = Json, output = Postcard)]
pub async fn get_active_model() -> Result<Option<ActiveModel>, ApiError> {
    crate::backend::backend()?.active_model().await
}

#[server(prefix = "/api/ui", endpoint = "get_schema", input = Json, output = Postcard)]
pub async fn get_schema() -> Result<Schema, ApiError> {
    crate::backend::backend()?.schema().await
}
