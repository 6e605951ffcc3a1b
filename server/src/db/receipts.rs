//! What was asked, by the receipt of its answer.

use engine::domain::{ModelId, Receipt, SnapshotId};
use sqlx::{Any, Row, Transaction};

use super::rows::as_number;
use super::{Db, DbError};

/// Length of the day at the beginning of an instant.
const DAY_CHARS: usize = 10;

/// One question with the fingerprint of its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    pub receipt: Receipt,
    /// When it was asked last, to the day; RFC 3339, UTC.
    pub at: String,
    pub model: ModelId,
    /// Empty before there were snapshots.
    pub snapshot: SnapshotId,
    /// The engine's code that answered.
    pub code: String,
    /// The question as JSON.
    pub asked: String,
    /// SHA-256 of the answer's JSON, in hexadecimal digits.
    pub answer_hash: String,
}

/// Stores questions within a transaction. One that was asked before stays as it was, but for the day when it was asked last.
pub async fn add(
    write: &mut Transaction<'static, Any>,
    rows: impl Iterator<Item = &ReceiptRow>,
) -> Result<(), DbError> {
    let mut rows: Vec<&ReceiptRow> = rows.collect();
    // In one order, so that two who store the same questions never wait for each other in a circle.
    rows.sort_unstable_by(|one, other| one.receipt.cmp(&other.receipt));
    for row in rows {
        sqlx::query(
            "INSERT INTO receipts (receipt, at, model, snapshot, code, asked, answer_hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (receipt) DO UPDATE SET at = excluded.at WHERE receipts.at < $8",
        )
        .bind(row.receipt.as_str().to_owned())
        .bind(row.at.clone())
        .bind(row.model.as_str().to_owned())
        .bind(row.snapshot.as_str().to_owned())
        .bind(row.code.clone())
        .bind(row.asked.clone())
        .bind(row.answer_hash.clone())
        // The beginning of that day: once in a day is enough.
        .bind(row.at.get(..DAY_CHARS).unwrap_or_default().to_owned())
        .execute(&mut **write)
        .await?;
    }
    Ok(())
}

/// Deletes questions that were asked last before an instant and that no stored answer names, at most `most`; gives their
/// number.
pub async fn forget_before(db: &Db, at: &str, most: usize) -> Result<usize, DbError> {
    let old: Vec<String> = sqlx::query_scalar(
        "SELECT receipt FROM receipts WHERE at < $1 \
         AND NOT EXISTS (SELECT 1 FROM predictions WHERE predictions.receipt = receipts.receipt) ORDER BY at LIMIT $2",
    )
    .bind(at.to_owned())
    .bind(as_number(most))
    .fetch_all(db.pool())
    .await?;
    if old.is_empty() {
        return Ok(0);
    }
    let mut write = db.begin_write().await?;
    for receipt in &old {
        // One that was asked again since has a later instant.
        sqlx::query(
            "DELETE FROM receipts WHERE receipt = $1 AND at < $2 \
             AND NOT EXISTS (SELECT 1 FROM predictions WHERE predictions.receipt = $3)",
        )
        .bind(receipt.clone())
        .bind(at.to_owned())
        .bind(receipt.clone())
        .execute(&mut *write)
        .await?;
    }
    write.commit().await?;
    Ok(old.len())
}

/// Up to two questions whose receipt begins with `digits`, so that a caller sees when one digit more is needed.
pub async fn beginning_with(db: &Db, digits: &str) -> Result<Vec<ReceiptRow>, DbError> {
    // Receipts are hexadecimal: every one that begins so stands between the digits and the digits followed by a `g`.
    let rows = sqlx::query(
        "SELECT receipt, at, model, snapshot, code, asked, answer_hash FROM receipts \
         WHERE receipt >= $1 AND receipt < $2 ORDER BY receipt LIMIT 2",
    )
    .bind(digits.to_owned())
    .bind(format!("{digits}g"))
    .fetch_all(db.pool())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ReceiptRow {
                receipt: Receipt::new(row.try_get::<String, _>("receipt")?),
                at: row.try_get("at")?,
                model: ModelId::new(row.try_get::<String, _>("model")?),
                snapshot: SnapshotId::new(row.try_get::<String, _>("snapshot")?),
                code: row.try_get("code")?,
                asked: row.try_get("asked")?,
                answer_hash: row.try_get("answer_hash")?,
            })
        })
        .collect()
}
