//! The trail of what was done. Lines are added, never changed; the database itself refuses.

use contract::audit::{AuditLine, AuditQuery, Outcome};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use super::rows::escape_like;
use super::{Db, DbError};

/// A line to be added, with the id of the person beside the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    pub line: AuditLine,
    pub user_id: Option<String>,
}

/// Adds a line: to the pool, or to the transaction of the change that it tells of.
pub async fn add<'e>(executor: impl Executor<'e, Database = Any>, row: &AuditRow) -> Result<(), DbError> {
    let line = &row.line;
    sqlx::query(
        "INSERT INTO audit (id, at, user_id, who, token, address, action, object, before_ref, after_ref, outcome, \
         reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(line.id.clone())
    .bind(line.at.clone())
    .bind(row.user_id.clone())
    .bind(line.who.clone())
    .bind(line.token.clone())
    .bind(line.address.clone())
    .bind(line.action.clone())
    .bind(line.object.clone())
    .bind(line.before.clone())
    .bind(line.after.clone())
    .bind(line.outcome.code())
    .bind(line.reason.clone())
    .execute(executor)
    .await?;
    Ok(())
}

fn line(row: &AnyRow) -> Result<AuditLine, DbError> {
    let outcome: String = row.try_get("outcome")?;
    Ok(AuditLine {
        id: row.try_get("id")?,
        at: row.try_get("at")?,
        who: row.try_get("who")?,
        token: row.try_get("token")?,
        address: row.try_get("address")?,
        action: row.try_get("action")?,
        object: row.try_get("object")?,
        before: row.try_get("before_ref")?,
        after: row.try_get("after_ref")?,
        outcome: Outcome::from_code(&outcome).ok_or(DbError::Decode { what: "outcome", reason: outcome })?,
        reason: row.try_get("reason")?,
    })
}

/// Lines that match, the newest first. The days of the query are compared as text, which RFC 3339 allows.
pub async fn list(db: &Db, query: &AuditQuery, limit: usize) -> Result<Vec<AuditLine>, DbError> {
    let outcome = query.outcome.map(Outcome::code).unwrap_or_default();
    let after_last_day = if query.to.is_empty() { String::new() } else { format!("{}T~", query.to) };
    let rows = sqlx::query(
        "SELECT * FROM audit WHERE ($1 = '' OR who = $1) AND ($2 = '' OR action = $2) AND ($3 = '' OR outcome = $3) \
         AND ($4 = '' OR at >= $4) AND ($5 = '' OR at <= $5) AND ($6 = '' OR id < $6) \
         AND ($7 = '' OR LOWER(object) LIKE $8 ESCAPE '\\') ORDER BY id DESC LIMIT $9",
    )
    .bind(query.who.clone())
    .bind(query.action.clone())
    .bind(outcome)
    .bind(query.from.clone())
    .bind(after_last_day)
    .bind(query.before_id.clone())
    .bind(query.object.clone())
    .bind(format!("%{}%", escape_like(&query.object.to_lowercase())))
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(db.pool())
    .await?;
    rows.iter().map(line).collect()
}

/// Codes of all actions that occur.
pub async fn actions(db: &Db) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar("SELECT DISTINCT action FROM audit ORDER BY action").fetch_all(db.pool()).await?)
}

/// Deletes lines from before an instant; the database refuses for lines younger than 90 days. Gives their number.
pub async fn forget_before(db: &Db, at: &str) -> Result<usize, DbError> {
    let done = sqlx::query("DELETE FROM audit WHERE at < $1").bind(at.to_owned()).execute(db.writers()).await?;
    Ok(usize::try_from(done.rows_affected()).unwrap_or(usize::MAX))
}
