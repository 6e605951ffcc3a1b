//! Verdicts of planners.

use contract::feedback::{Feedback, Verdict};
use sqlx::{Any, Transaction};

use super::DbError;

/// A verdict already stored under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFeedback {
    pub id: String,
    /// Hash of what was stored.
    pub content_hash: String,
    /// Whether it was there before.
    pub was_known: bool,
}

/// A verdict to be stored, with whose it is.
pub struct NewFeedback<'a> {
    pub id: &'a str,
    /// RFC 3339, UTC.
    pub at: &'a str,
    /// Whose key it is: the same key of somebody else is another key.
    pub owner: &'a str,
    pub key: &'a str,
    pub content_hash: &'a str,
    pub feedback: &'a Feedback,
    pub user_id: Option<&'a str>,
}

/// Stores a verdict within a transaction unless its owner's key is there, and returns what stands under the key.
pub async fn add_once(write: &mut Transaction<'static, Any>, new: NewFeedback<'_>) -> Result<StoredFeedback, DbError> {
    let NewFeedback { id, at, owner, key, content_hash, feedback, user_id } = new;
    let verdict = match feedback.verdict {
        Verdict::Up => "up",
        Verdict::Down => "down",
    };
    let inserted: Option<String> = sqlx::query_scalar(
        "INSERT INTO feedback (id, idempotency_key, content_hash, prediction, item, model, signature, candidate_rank, \
         verdict, at, user_id, owner) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         ON CONFLICT (owner, idempotency_key) DO NOTHING RETURNING id",
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
    .bind(owner.to_owned())
    .fetch_optional(&mut **write)
    .await?;
    if let Some(id) = inserted {
        return Ok(StoredFeedback { id, content_hash: content_hash.to_owned(), was_known: false });
    }
    let query = "SELECT id, content_hash FROM feedback WHERE owner = $1 AND idempotency_key = $2";
    let (id, content_hash) =
        sqlx::query_as(query).bind(owner.to_owned()).bind(key.to_owned()).fetch_one(&mut **write).await?;
    Ok(StoredFeedback { id, content_hash, was_known: true })
}
