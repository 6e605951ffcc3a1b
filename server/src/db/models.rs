//! Trained models: what is known of each, and which one answers.

use engine::domain::ModelId;
use engine::model::ModelCard;
use sqlx::Row;

use super::rows::as_count;
use super::{Db, DbError};

/// A model on file.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelRow {
    pub id: ModelId,
    /// RFC 3339, UTC.
    pub trained_at: String,
    pub card: ModelCard,
    pub size_bytes: usize,
}

/// Records a model and makes it the one that answers, in one step.
pub async fn activate(db: &Db, model: &ModelRow) -> Result<(), DbError> {
    let card = serde_json::to_string(&model.card)
        .map_err(|error| DbError::Decode { what: "model card", reason: error.to_string() })?;
    let mut transaction = db.begin_write().await?;
    sqlx::query("UPDATE models SET is_active = 0 WHERE is_active = 1").execute(&mut *transaction).await?;
    sqlx::query(
        "INSERT INTO models (id, trained_at, card, size_bytes, is_active) VALUES ($1, $2, $3, $4, 1) \
         ON CONFLICT (id) DO UPDATE SET trained_at = excluded.trained_at, is_active = 1",
    )
    .bind(model.id.as_str().to_owned())
    .bind(model.trained_at.clone())
    .bind(card)
    .bind(i64::try_from(model.size_bytes).unwrap_or(i64::MAX))
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// The model that answers; `None` before the first training.
pub async fn active(db: &Db) -> Result<Option<ModelRow>, DbError> {
    let row = sqlx::query("SELECT id, trained_at, card, size_bytes FROM models WHERE is_active = 1")
        .fetch_optional(db.pool())
        .await?;
    row.map(|row| {
        let card: String = row.try_get("card")?;
        Ok(ModelRow {
            id: ModelId::new(row.try_get::<String, _>("id")?),
            trained_at: row.try_get("trained_at")?,
            card: serde_json::from_str(&card)
                .map_err(|error| DbError::Decode { what: "model card", reason: error.to_string() })?,
            size_bytes: as_count(row.try_get("size_bytes")?),
        })
    })
    .transpose()
}
