//! What the plant's data and the active model are.

use app::access::Action;
use app::api::plant::{ActiveModel, ModelLine, PlantApi, PlantStatus};
use app::error::ApiError;
use async_trait::async_trait;
use engine::features::Schema;

use super::Services;
use super::acting::Acting;
use crate::db::{imports, models};
use crate::error::Failure;

#[async_trait]
impl PlantApi for Acting {
    async fn plant_status(&self) -> Result<PlantStatus, ApiError> {
        self.run(Action::SeePlant, "", status(&self.services)).await
    }

    async fn active_model(&self) -> Result<Option<ActiveModel>, ApiError> {
        self.run(Action::ReadModel, "", active_model(&self.services)).await
    }

    async fn schema(&self) -> Result<Schema, ApiError> {
        self.run(Action::Predict, "", schema(&self.services)).await
    }
}

async fn status(services: &Services) -> Result<PlantStatus, Failure> {
    // Before the first import there is nothing, which is a measured zero.
    let counts = imports::latest_counts(&services.db).await?.unwrap_or_default();
    let model = models::active(&services.db).await?.map(|row| ModelLine { id: row.id, trained_at: row.trained_at });
    Ok(PlantStatus {
        n_items: counts.n_items,
        n_items_with_routing: counts.n_items_with_routing,
        n_routings: counts.n_routings,
        n_results: counts.n_results,
        model,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

async fn active_model(services: &Services) -> Result<Option<ActiveModel>, Failure> {
    let row = models::active(&services.db).await?;
    Ok(row.map(|row| ActiveModel {
        id: row.id,
        trained_at: row.trained_at,
        size_bytes: row.size_bytes,
        card: row.card,
    }))
}

async fn schema(services: &Services) -> Result<Schema, Failure> {
    Ok(services.registry.active(&services.db).await?.model.schema().clone())
}
