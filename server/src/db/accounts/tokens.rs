//! API tokens, by their hash.

use contract::access::{Role, Scope};
use contract::accounts::UserState;
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row, Transaction};

use super::users::role;
use crate::db::{Db, DbError};

/// A token as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    pub id: String,
    pub token_hash: String,
    pub user_id: String,
    pub name: String,
    pub scopes: Vec<Scope>,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// Milliseconds since 1970.
    pub expires_ms: i64,
    /// RFC 3339, UTC.
    pub used_at: Option<String>,
    /// RFC 3339, UTC.
    pub revoked_at: Option<String>,
}

/// A token with what its person may do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveToken {
    pub token: TokenRow,
    pub user_name: String,
    pub role: Role,
    pub state: UserState,
}

fn token(row: &AnyRow) -> Result<TokenRow, DbError> {
    let scopes: String = row.try_get("scopes")?;
    Ok(TokenRow {
        id: row.try_get("id")?,
        token_hash: row.try_get("token_hash")?,
        user_id: row.try_get("user_id")?,
        name: row.try_get("name")?,
        // A scope that this version does not know gives nothing.
        scopes: scopes.split(' ').filter_map(Scope::from_code).collect(),
        created_at: row.try_get("created_at")?,
        expires_ms: row.try_get("expires_ms")?,
        used_at: row.try_get("used_at")?,
        revoked_at: row.try_get("revoked_at")?,
    })
}

/// Stores a new token.
pub async fn add(write: &mut Transaction<'static, Any>, token: &TokenRow) -> Result<(), DbError> {
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.code()).collect();
    sqlx::query(
        "INSERT INTO api_tokens (id, token_hash, user_id, name, scopes, created_at, expires_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(token.id.clone())
    .bind(token.token_hash.clone())
    .bind(token.user_id.clone())
    .bind(token.name.clone())
    .bind(scopes.join(" "))
    .bind(token.created_at.clone())
    .bind(token.expires_ms)
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// The token of a hash, with its person; one that was revoked is not found.
pub async fn by_hash(db: &Db, token_hash: &str) -> Result<Option<LiveToken>, DbError> {
    let row = sqlx::query(
        "SELECT api_tokens.*, users.name AS user_name, users.role AS user_role, users.state AS user_state \
         FROM api_tokens JOIN users ON users.id = api_tokens.user_id WHERE token_hash = $1 AND revoked_at IS NULL",
    )
    .bind(token_hash.to_owned())
    .fetch_optional(db.pool())
    .await?;
    row.map(|row| {
        let state: String = row.try_get("user_state")?;
        Ok(LiveToken {
            token: token(&row)?,
            user_name: row.try_get("user_name")?,
            role: role(&row.try_get::<String, _>("user_role")?)?,
            state: UserState::from_code(&state).ok_or(DbError::Decode { what: "user state", reason: state })?,
        })
    })
    .transpose()
}

/// A person's tokens that were not revoked, the newest first.
pub async fn of_user(db: &Db, user_id: &str) -> Result<Vec<TokenRow>, DbError> {
    let rows = sqlx::query("SELECT * FROM api_tokens WHERE user_id = $1 AND revoked_at IS NULL ORDER BY id DESC")
        .bind(user_id.to_owned())
        .fetch_all(db.pool())
        .await?;
    rows.iter().map(token).collect()
}

/// Notes that a token was used.
pub async fn used<'e>(executor: impl Executor<'e, Database = Any>, token_hash: &str, at: &str) -> Result<(), DbError> {
    sqlx::query("UPDATE api_tokens SET used_at = $1 WHERE token_hash = $2")
        .bind(at.to_owned())
        .bind(token_hash.to_owned())
        .execute(executor)
        .await?;
    Ok(())
}

/// Revokes a token of a person and gives its name; `None` when the person has no such token.
pub async fn revoke(
    write: &mut Transaction<'static, Any>,
    user_id: &str,
    id: &str,
    at: &str,
) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(
        "UPDATE api_tokens SET revoked_at = $1 WHERE user_id = $2 AND id = $3 AND revoked_at IS NULL RETURNING name",
    )
    .bind(at.to_owned())
    .bind(user_id.to_owned())
    .bind(id.to_owned())
    .fetch_optional(&mut **write)
    .await?)
}

/// Revokes all tokens of a person.
pub async fn revoke_all(write: &mut Transaction<'static, Any>, user_id: &str, at: &str) -> Result<(), DbError> {
    sqlx::query("UPDATE api_tokens SET revoked_at = $1 WHERE user_id = $2 AND revoked_at IS NULL")
        .bind(at.to_owned())
        .bind(user_id.to_owned())
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Revokes the tokens that expired before `now_ms`, so that a clock that jumps back does not revive them.
pub async fn revoke_expired(db: &Db, now_ms: i64, at: &str) -> Result<(), DbError> {
    sqlx::query("UPDATE api_tokens SET revoked_at = $1 WHERE expires_ms < $2 AND revoked_at IS NULL")
        .bind(at.to_owned())
        .bind(now_ms)
        .execute(db.writers())
        .await?;
    Ok(())
}
