//! Browsers that signed in before.

use sqlx::{Any, Transaction};

use crate::db::{Db, DbError};

/// Notes that a person signed in from a device.
pub async fn used(
    write: &mut Transaction<'static, Any>,
    token_hash: &str,
    user_id: &str,
    now_ms: i64,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO devices (token_hash, user_id, used_ms) VALUES ($1, $2, $3) \
         ON CONFLICT (token_hash, user_id) DO UPDATE SET used_ms = excluded.used_ms",
    )
    .bind(token_hash.to_owned())
    .bind(user_id.to_owned())
    .bind(now_ms)
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// Whether the person signed in from this device since `since_ms`.
pub async fn is_known(db: &Db, token_hash: &str, user_id: &str, since_ms: i64) -> Result<bool, DbError> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT used_ms FROM devices WHERE token_hash = $1 AND user_id = $2 AND used_ms >= $3")
            .bind(token_hash.to_owned())
            .bind(user_id.to_owned())
            .bind(since_ms)
            .fetch_optional(db.pool())
            .await?;
    Ok(found.is_some())
}

/// Forgets a person's devices, as when the password was reset.
pub async fn forget_all(write: &mut Transaction<'static, Any>, user_id: &str) -> Result<(), DbError> {
    sqlx::query("DELETE FROM devices WHERE user_id = $1").bind(user_id.to_owned()).execute(&mut **write).await?;
    Ok(())
}

/// Forgets the devices last used before `before_ms`.
pub async fn forget_old(db: &Db, before_ms: i64) -> Result<(), DbError> {
    sqlx::query("DELETE FROM devices WHERE used_ms < $1").bind(before_ms).execute(db.writers()).await?;
    Ok(())
}
