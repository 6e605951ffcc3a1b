//! What was asked and answered.

use std::sync::Arc;

use engine::domain::{ItemCode, ModelId, Receipt};
use engine::predict::Prediction;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};
use strum::IntoStaticStr;

use super::rows::as_number;
use super::{Db, DbError, DbKind};

/// Where a question came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Channel {
    Page,
    Rest,
}

impl Channel {
    fn as_str(self) -> &'static str {
        self.into()
    }
}

/// One stored answer.
#[derive(Clone, Debug)]
pub struct PredictionRow {
    pub id: String,
    /// RFC 3339, UTC.
    pub at: String,
    pub item: ItemCode,
    pub name: Option<String>,
    pub is_known: bool,
    pub answer: Prediction,
}

/// An answer to be stored.
#[derive(Clone, Debug)]
pub struct NewPrediction {
    pub id: String,
    /// RFC 3339, UTC.
    pub at: String,
    pub item: ItemCode,
    pub name: Option<String>,
    pub is_known: bool,
    pub model: ModelId,
    pub receipt: Receipt,
    /// The answer as JSON.
    pub answer: Arc<str>,
    pub source: Channel,
    pub user_id: Option<String>,
}

/// Stores answers within a transaction.
pub async fn add(write: &mut Transaction<'static, Any>, answers: &[NewPrediction]) -> Result<(), DbError> {
    for new in answers {
        sqlx::query(
            "INSERT INTO predictions (id, at, item, name, is_known, model, receipt, answer, source, user_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(new.id.clone())
        .bind(new.at.clone())
        .bind(new.item.as_str().to_owned())
        .bind(new.name.clone())
        .bind(i64::from(new.is_known))
        .bind(new.model.as_str().to_owned())
        .bind(new.receipt.as_str().to_owned())
        .bind(new.answer.to_string())
        .bind(new.source.as_str().to_owned())
        .bind(new.user_id.clone())
        .execute(&mut **write)
        .await?;
    }
    Ok(())
}

/// The newest answer of each of the `limit` items asked last, newest first.
pub async fn recent(db: &Db, limit: usize) -> Result<Vec<PredictionRow>, DbError> {
    let rows = sqlx::query(
        "SELECT id, at, item, name, is_known, answer FROM predictions \
         WHERE id IN (SELECT MAX(id) FROM predictions GROUP BY item) ORDER BY id DESC LIMIT $1",
    )
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(db.pool())
    .await?;
    rows.into_iter()
        .map(|row| {
            let answer: String = row.try_get("answer")?;
            Ok(PredictionRow {
                id: row.try_get("id")?,
                at: row.try_get("at")?,
                item: ItemCode::new(row.try_get::<String, _>("item")?),
                name: row.try_get("name")?,
                is_known: row.try_get::<i64, _>("is_known")? != 0,
                answer: serde_json::from_str(&answer)
                    .map_err(|error| DbError::Decode { what: "prediction", reason: error.to_string() })?,
            })
        })
        .collect()
}

/// The newest stored answer of a receipt; all of them are alike.
pub async fn by_receipt(db: &Db, receipt: &Receipt) -> Result<Option<Prediction>, DbError> {
    let answer: Option<String> =
        sqlx::query_scalar("SELECT answer FROM predictions WHERE receipt = $1 ORDER BY id DESC LIMIT 1")
            .bind(receipt.as_str().to_owned())
            .fetch_optional(db.pool())
            .await?;
    let decode = |answer: String| {
        serde_json::from_str(&answer).map_err(|error| DbError::Decode { what: "prediction", reason: error.to_string() })
    };
    answer.map(decode).transpose()
}

/// Item and model of a stored answer; `None` when there is none with this id.
pub async fn asked(db: &Db, id: &str) -> Result<Option<(String, String)>, DbError> {
    let query = sqlx::query_as("SELECT item, model FROM predictions WHERE id = $1").bind(id.to_owned());
    Ok(query.fetch_optional(db.pool()).await?)
}

/// Whether an answer is there, within a transaction; until that ends nobody deletes it.
pub async fn hold(db: &Db, write: &mut Transaction<'static, Any>, id: &str) -> Result<bool, DbError> {
    let sql = match db.kind() {
        DbKind::Sqlite => "SELECT id FROM predictions WHERE id = $1",
        DbKind::Postgres => "SELECT id FROM predictions WHERE id = $1 FOR KEY SHARE",
    };
    let found: Option<String> = sqlx::query_scalar(sql).bind(id.to_owned()).fetch_optional(&mut **write).await?;
    Ok(found.is_some())
}

/// Deletes the oldest answers from before an instant on which no verdict stands, at most `most`; gives their number.
pub async fn forget_before(db: &Db, at: &str, most: usize) -> Result<usize, DbError> {
    let old = "SELECT id FROM predictions WHERE at < $1 \
               AND NOT EXISTS (SELECT 1 FROM feedback WHERE feedback.prediction = predictions.id) ORDER BY at LIMIT $2";
    let any: Option<String> = sqlx::query_scalar(old).bind(at.to_owned()).bind(1_i64).fetch_optional(db.pool()).await?;
    if any.is_none() {
        return Ok(0);
    }
    let mut write = db.begin_write().await?;
    let sql = match db.kind() {
        DbKind::Sqlite => old.to_owned(),
        // Whoever judges one of them at this moment holds it: the deletion below sees their verdict.
        DbKind::Postgres => format!("{old} FOR UPDATE"),
    };
    let ids: Vec<String> =
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(at.to_owned()).bind(as_number(most)).fetch_all(&mut *write).await?;
    for id in &ids {
        sqlx::query(
            "DELETE FROM predictions WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM feedback WHERE prediction = $2)",
        )
        .bind(id.clone())
        .bind(id.clone())
        .execute(&mut *write)
        .await?;
    }
    write.commit().await?;
    Ok(ids.len())
}

/// Whether anybody ever asked for an item of this code.
pub async fn was_asked(db: &Db, item: &ItemCode) -> Result<bool, DbError> {
    let found: Option<String> = sqlx::query_scalar("SELECT id FROM predictions WHERE item = $1 LIMIT 1")
        .bind(item.as_str().to_owned())
        .fetch_optional(db.pool())
        .await?;
    Ok(found.is_some())
}

/// Codes of the known items asked last, newest first.
pub async fn recent_items(db: &Db, limit: usize) -> Result<Vec<ItemCode>, DbError> {
    let codes: Vec<String> = sqlx::query_scalar(
        "SELECT item FROM predictions WHERE is_known = 1 GROUP BY item ORDER BY MAX(id) DESC, item LIMIT $1",
    )
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(db.pool())
    .await?;
    Ok(codes.into_iter().map(ItemCode::new).collect())
}
