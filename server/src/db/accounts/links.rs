//! Links that work once.

use sqlx::{Any, Transaction};
use strum::IntoStaticStr;

use crate::db::{Db, DbError};

/// What a link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Purpose {
    /// Makes the first admin.
    Setup,
    /// Signs somebody in.
    SignIn,
}

impl Purpose {
    fn code(self) -> &'static str {
        self.into()
    }
}

/// Stores a link. Earlier ones for the same purpose and person stop working.
pub async fn replace(
    write: &mut Transaction<'static, Any>,
    token_hash: &str,
    purpose: Purpose,
    user_id: Option<&str>,
    expires_ms: i64,
) -> Result<(), DbError> {
    let user_id = user_id.map(str::to_owned);
    sqlx::query("DELETE FROM one_time_links WHERE purpose = $1 AND COALESCE(user_id, '') = COALESCE($2, '')")
        .bind(purpose.code())
        .bind(user_id.clone())
        .execute(&mut **write)
        .await?;
    sqlx::query("INSERT INTO one_time_links (token_hash, purpose, user_id, expires_ms) VALUES ($1, $2, $3, $4)")
        .bind(token_hash.to_owned())
        .bind(purpose.code())
        .bind(user_id)
        .bind(expires_ms)
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Takes a link away, so that it works this once: who is signed in by it. `None` when there is no such link or it is
/// too old.
pub async fn take(
    write: &mut Transaction<'static, Any>,
    token_hash: &str,
    purpose: Purpose,
    now_ms: i64,
) -> Result<Option<Option<String>>, DbError> {
    let query = sqlx::query_scalar(
        "DELETE FROM one_time_links WHERE token_hash = $1 AND purpose = $2 AND expires_ms >= $3 RETURNING user_id",
    )
    .bind(token_hash.to_owned())
    .bind(purpose.code())
    .bind(now_ms);
    Ok(query.fetch_optional(&mut **write).await?)
}

/// Deletes links that are too old.
pub async fn forget_old(db: &Db, now_ms: i64) -> Result<(), DbError> {
    sqlx::query("DELETE FROM one_time_links WHERE expires_ms < $1").bind(now_ms).execute(db.writers()).await?;
    Ok(())
}
