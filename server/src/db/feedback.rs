//! Verdicts of planners.

use app::api::feedback::{Feedback, Verdict};
use sqlx::Row;

use super::{Db, DbError};

/// A verdict already stored under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFeedback {
    pub id: String,
    /// Hash of what was stored.
    pub content_hash: String,
    /// Whether it was there before.
    pub was_known: bool,
}

/// Stores a verdict unless its key is there, and returns what stands under the key.
pub async fn add_once(
    db: &Db,
    id: &str,
    at: &str,
    key: &str,
    content_hash: &str,
    feedback: &Feedback,
    user_id: Option<&str>,
) -> Result<StoredFeedback, DbError> {
    let verdict = match feedback.verdict {
        Verdict::Up => "up",
        Verdict::Down => "down",
    };
    let inserted: Option<String> = sqlx::query_scalar(
        "INSERT INTO feedback (id, idempotency_key, content_hash, prediction, item, model, signature, candidate_rank, \
         verdict, at, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT (idempotency_key) DO NOTHING RETURNING id",
    )
    .bind(id.to_owned())
    .bind(key.to_owned())
    .bind(content_hash.to_owned())
    .bind(feedback.prediction.clone())
    .bind(feedback.item.as_str().to_owned())
    .bind(feedback.model.as_str().to_owned())
    .bind(feedback.signature.clone())
    .bind(i64::from(feedback.rank))
    .bind(verdict)
    .bind(at.to_owned())
    .bind(user_id.map(str::to_owned))
    .fetch_optional(db.writers())
    .await?;
    if let Some(id) = inserted {
        return Ok(StoredFeedback { id, content_hash: content_hash.to_owned(), was_known: false });
    }
    let row = sqlx::query("SELECT id, content_hash FROM feedback WHERE idempotency_key = $1")
        .bind(key.to_owned())
        .fetch_one(db.pool())
        .await?;
    Ok(StoredFeedback { id: row.try_get("id")?, content_hash: row.try_get("content_hash")?, was_known: true })
}
