//! What was asked, by the receipt of its answer.

use engine::domain::{ModelId, Receipt};
use sqlx::{Any, Row, Transaction};

use super::{Db, DbError};

/// One question with the fingerprint of its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    pub receipt: Receipt,
    pub model: ModelId,
    /// The engine's code that answered.
    pub code: String,
    /// The question as JSON.
    pub asked: String,
    /// SHA-256 of the answer's JSON, in hexadecimal digits.
    pub answer_hash: String,
}

/// Stores questions within a transaction; one that was asked before stays as it was.
pub async fn add(write: &mut Transaction<'static, Any>, at: &str, rows: &[ReceiptRow]) -> Result<(), DbError> {
    for row in rows {
        sqlx::query(
            "INSERT INTO receipts (receipt, at, model, code, asked, answer_hash) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (receipt) DO NOTHING",
        )
        .bind(row.receipt.as_str().to_owned())
        .bind(at.to_owned())
        .bind(row.model.as_str().to_owned())
        .bind(row.code.clone())
        .bind(row.asked.clone())
        .bind(row.answer_hash.clone())
        .execute(&mut **write)
        .await?;
    }
    Ok(())
}

/// Up to two questions whose receipt begins with `digits`, so that a caller sees when one digit more is needed.
pub async fn beginning_with(db: &Db, digits: &str) -> Result<Vec<ReceiptRow>, DbError> {
    // Receipts are hexadecimal: every one that begins so stands between the digits and the digits followed by a `g`.
    let rows = sqlx::query(
        "SELECT receipt, model, code, asked, answer_hash FROM receipts WHERE receipt >= $1 AND receipt < $2 \
         ORDER BY receipt LIMIT 2",
    )
    .bind(digits.to_owned())
    .bind(format!("{digits}g"))
    .fetch_all(db.pool())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ReceiptRow {
                receipt: Receipt::new(row.try_get::<String, _>("receipt")?),
                model: ModelId::new(row.try_get::<String, _>("model")?),
                code: row.try_get("code")?,
                asked: row.try_get("asked")?,
                answer_hash: row.try_get("answer_hash")?,
            })
        })
        .collect()
}
