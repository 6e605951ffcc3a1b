//! Trained models: what is known of each, which one answers, and its bytes where servers share no disk.

use engine::domain::{ModelId, SnapshotId};
use engine::model::ModelCard;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::rows::as_count;
use super::{Db, DbError};

/// Bytes of one row of a model's file.
const PART_BYTES: usize = 1024 * 1024;
/// Models whose bytes are kept: the one that answers, and the one before it.
const N_KEPT: i64 = 2;

/// A model on file.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelRow {
    pub id: ModelId,
    /// RFC 3339, UTC.
    pub trained_at: String,
    pub card: ModelCard,
    /// What it was learned from; empty for models from before there were snapshots.
    pub snapshot: SnapshotId,
    pub size_bytes: usize,
    /// Goes up with every model that is made to answer; 0 for one that never was since this is counted.
    pub activation: i64,
}

fn model(row: &AnyRow) -> Result<ModelRow, DbError> {
    let card: String = row.try_get("card")?;
    Ok(ModelRow {
        id: ModelId::new(row.try_get::<String, _>("id")?),
        trained_at: row.try_get("trained_at")?,
        card: serde_json::from_str(&card)
            .map_err(|error| DbError::Decode { what: "model card", reason: error.to_string() })?,
        snapshot: SnapshotId::new(row.try_get::<String, _>("snapshot")?),
        size_bytes: as_count(row.try_get("size_bytes")?),
        activation: row.try_get("activation")?,
    })
}

/// Records a model and makes it the one that answers, within a transaction; the row has its activation afterwards.
pub async fn activate(write: &mut Transaction<'static, Any>, model: &mut ModelRow) -> Result<(), DbError> {
    let card = serde_json::to_string(&model.card)
        .map_err(|error| DbError::Decode { what: "model card", reason: error.to_string() })?;
    sqlx::query("UPDATE models SET is_active = 0 WHERE is_active = 1").execute(&mut **write).await?;
    model.activation = sqlx::query_scalar(
        "INSERT INTO models (id, trained_at, card, snapshot, size_bytes, is_active, activation) \
         VALUES ($1, $2, $3, $4, $5, 1, (SELECT COALESCE(MAX(activation), 0) + 1 FROM models)) \
         ON CONFLICT (id) DO UPDATE SET trained_at = excluded.trained_at, is_active = 1, \
         activation = excluded.activation RETURNING activation",
    )
    .bind(model.id.as_str().to_owned())
    .bind(model.trained_at.clone())
    .bind(card)
    .bind(model.snapshot.as_str().to_owned())
    .bind(i64::try_from(model.size_bytes).unwrap_or(i64::MAX))
    .fetch_one(&mut **write)
    .await?;
    Ok(())
}

/// The model that shall answer; `None` before the first training.
pub async fn active(db: &Db) -> Result<Option<ModelRow>, DbError> {
    let row = sqlx::query("SELECT * FROM models WHERE is_active = 1").fetch_optional(db.pool()).await?;
    row.as_ref().map(model).transpose()
}

/// Every model, the one that shall answer first, then the ones before it.
pub async fn list(db: &Db) -> Result<Vec<ModelRow>, DbError> {
    let rows = sqlx::query("SELECT * FROM models ORDER BY is_active DESC, activation DESC, trained_at DESC, id")
        .fetch_all(db.pool())
        .await?;
    rows.iter().map(model).collect()
}

/// Whether there is, or was, a model with this id.
pub async fn is_known(db: &Db, id: &ModelId) -> Result<bool, DbError> {
    let found: Option<i64> = sqlx::query_scalar("SELECT activation FROM models WHERE id = $1")
        .bind(id.as_str().to_owned())
        .fetch_optional(db.pool())
        .await?;
    Ok(found.is_some())
}

/// Keeps the bytes of a model's file within a transaction, and forgets those of all but the latest two. They count once
/// the model is activated in the same transaction.
pub async fn keep_bytes(write: &mut Transaction<'static, Any>, id: &ModelId, bytes: &[u8]) -> Result<(), DbError> {
    sqlx::query("DELETE FROM model_parts WHERE model = $1").bind(id.as_str().to_owned()).execute(&mut **write).await?;
    for (part, bytes) in (0_i64..).zip(bytes.chunks(PART_BYTES)) {
        sqlx::query("INSERT INTO model_parts (model, part, bytes) VALUES ($1, $2, $3)")
            .bind(id.as_str().to_owned())
            .bind(part)
            .bind(bytes.to_vec())
            .execute(&mut **write)
            .await?;
    }
    sqlx::query(
        "DELETE FROM model_parts WHERE model NOT IN \
         (SELECT id FROM models ORDER BY is_active DESC, activation DESC, trained_at DESC, id LIMIT $1)",
    )
    .bind(N_KEPT)
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// The bytes of a model's file; `None` when they are not kept here.
pub async fn bytes(db: &Db, id: &ModelId) -> Result<Option<Vec<u8>>, DbError> {
    let (mut bytes, mut part) = (Vec::new(), 0_i64);
    // One part at a time: the driver holds a whole answer in memory.
    loop {
        let found: Option<Vec<u8>> = sqlx::query_scalar("SELECT bytes FROM model_parts WHERE model = $1 AND part = $2")
            .bind(id.as_str().to_owned())
            .bind(part)
            .fetch_optional(db.pool())
            .await?;
        let Some(found) = found else { break };
        bytes.extend(found);
        part += 1;
    }
    Ok((part > 0).then_some(bytes))
}
