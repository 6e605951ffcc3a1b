//! What evaluations have shown.

use engine::evaluate::Evaluation;
use sqlx::{Any, Row, Transaction};

use super::{Db, DbError};

/// An evaluation that was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct EvaluationRow {
    /// RFC 3339, UTC.
    pub measured_at: String,
    pub evaluation: Evaluation,
}

/// Keeps evaluations that were made at one time, each of a split of its own, within a transaction.
pub async fn add(
    write: &mut Transaction<'static, Any>,
    measured_at: &str,
    evaluations: &[Evaluation],
) -> Result<(), DbError> {
    for evaluation in evaluations {
        let text = serde_json::to_string(evaluation)
            .map_err(|error| DbError::Decode { what: "evaluation", reason: error.to_string() })?;
        sqlx::query(
            "INSERT INTO evaluations (split, measured_at, evaluation) VALUES ($1, $2, $3) \
             ON CONFLICT (split, measured_at) DO UPDATE SET evaluation = excluded.evaluation",
        )
        .bind(evaluation.split.code())
        .bind(measured_at.to_owned())
        .bind(text)
        .execute(&mut **write)
        .await?;
    }
    Ok(())
}

/// The latest of each split.
pub async fn latest(db: &Db) -> Result<Vec<EvaluationRow>, DbError> {
    let rows = sqlx::query(
        "SELECT measured_at, evaluation FROM evaluations kept \
         WHERE measured_at = (SELECT MAX(measured_at) FROM evaluations other WHERE other.split = kept.split)",
    )
    .fetch_all(db.pool())
    .await?;
    rows.into_iter()
        .map(|row| {
            let text: String = row.try_get("evaluation")?;
            Ok(EvaluationRow {
                measured_at: row.try_get("measured_at")?,
                evaluation: serde_json::from_str(&text)
                    .map_err(|error| DbError::Decode { what: "evaluation", reason: error.to_string() })?,
            })
        })
        .collect()
}
