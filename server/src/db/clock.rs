//! The latest instant that is believed.

use chrono::DateTime;
use sqlx::{Any, Executor, Transaction};

use super::{Db, DbError};

/// The latest instant that is believed, in milliseconds since 1970; `None` before the first one was kept.
pub async fn trusted_ms(db: &Db) -> Result<Option<i64>, DbError> {
    Ok(sqlx::query_scalar("SELECT trusted_ms FROM clock WHERE id = 1").fetch_optional(db.pool()).await?)
}

/// The newest instant that stands anywhere in the tables, in milliseconds since 1970; `None` in empty ones.
pub async fn newest_ms(db: &Db) -> Result<Option<i64>, DbError> {
    let seen: Option<i64> = sqlx::query_scalar("SELECT MAX(seen_ms) FROM sessions").fetch_one(db.pool()).await?;
    let stamp: Option<String> = sqlx::query_scalar(
        "SELECT MAX(at) FROM (SELECT MAX(at) AS at FROM audit UNION ALL SELECT MAX(at) FROM imports \
         UNION ALL SELECT MAX(at) FROM predictions UNION ALL SELECT MAX(trained_at) FROM models) AS newest",
    )
    .fetch_one(db.pool())
    .await?;
    let stamp = stamp.and_then(|stamp| DateTime::parse_from_rfc3339(&stamp).ok());
    Ok(seen.max(stamp.map(|stamp| stamp.timestamp_millis())))
}

/// Keeps an instant as believed, if it is later than the one that is kept.
pub async fn advance(db: &Db, now_ms: i64) -> Result<(), DbError> {
    put(db.writers(), now_ms, "WHERE clock.trusted_ms < excluded.trusted_ms").await
}

/// Keeps an instant as believed, whatever was before.
pub async fn set(write: &mut Transaction<'static, Any>, now_ms: i64) -> Result<(), DbError> {
    put(&mut **write, now_ms, "").await
}

async fn put<'e>(executor: impl Executor<'e, Database = Any>, now_ms: i64, only: &str) -> Result<(), DbError> {
    let sql = format!(
        "INSERT INTO clock (id, trusted_ms, trusted_at) VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE \
         SET trusted_ms = excluded.trusted_ms, trusted_at = excluded.trusted_at {only}"
    );
    let stamp = crate::clock::stamp_of(now_ms);
    sqlx::query(sqlx::AssertSqlSafe(sql)).bind(now_ms).bind(stamp).execute(executor).await?;
    Ok(())
}
