//! Sessions, by the hash of their token.

use contract::access::Role;
use contract::accounts::UserState;
use sqlx::{Any, Executor, FromRow, Row, Transaction};

use super::users::role;
use crate::db::rows::as_count;
use crate::db::{Db, DbError};

/// A session as stored.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct SessionRow {
    pub token_hash: String,
    pub id: String,
    pub user_id: String,
    /// Milliseconds since 1970.
    pub created_ms: i64,
    pub seen_ms: i64,
    pub address: String,
    pub device: String,
}

/// A session with what its person may do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveSession {
    pub session: SessionRow,
    pub name: String,
    pub role: Role,
    pub state: UserState,
    pub must_change_password: bool,
}

/// Stores a new session.
pub async fn add(write: &mut Transaction<'static, Any>, session: &SessionRow) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO sessions (token_hash, id, user_id, created_ms, seen_ms, address, device) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(session.token_hash.clone())
    .bind(session.id.clone())
    .bind(session.user_id.clone())
    .bind(session.created_ms)
    .bind(session.seen_ms)
    .bind(session.address.clone())
    .bind(session.device.clone())
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// The session of a token, with its person.
pub async fn by_token(db: &Db, token_hash: &str) -> Result<Option<LiveSession>, DbError> {
    let row = sqlx::query(
        "SELECT sessions.*, users.name AS user_name, users.role AS user_role, users.state AS user_state, \
         users.must_change_password AS must_change FROM sessions JOIN users ON users.id = sessions.user_id \
         WHERE token_hash = $1",
    )
    .bind(token_hash.to_owned())
    .fetch_optional(db.pool())
    .await?;
    row.map(|row| {
        let state: String = row.try_get("user_state")?;
        Ok(LiveSession {
            session: SessionRow::from_row(&row)?,
            name: row.try_get("user_name")?,
            role: role(&row.try_get::<String, _>("user_role")?)?,
            state: UserState::from_code(&state).ok_or(DbError::Decode { what: "user state", reason: state })?,
            must_change_password: row.try_get::<i64, _>("must_change")? != 0,
        })
    })
    .transpose()
}

/// Sessions of a person, the one seen last first.
pub async fn of_user(db: &Db, user_id: &str) -> Result<Vec<SessionRow>, DbError> {
    let query = sqlx::query_as("SELECT * FROM sessions WHERE user_id = $1 ORDER BY seen_ms DESC, id");
    Ok(query.bind(user_id.to_owned()).fetch_all(db.pool()).await?)
}

/// Notes that a session was used; never back in time.
pub async fn seen<'e>(
    executor: impl Executor<'e, Database = Any>,
    token_hash: &str,
    seen_ms: i64,
) -> Result<(), DbError> {
    sqlx::query("UPDATE sessions SET seen_ms = $1 WHERE token_hash = $2 AND seen_ms < $3")
        .bind(seen_ms)
        .bind(token_hash.to_owned())
        .bind(seen_ms)
        .execute(executor)
        .await?;
    Ok(())
}

/// Ends a session by its token.
pub async fn end<'e>(executor: impl Executor<'e, Database = Any>, token_hash: &str) -> Result<(), DbError> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash.to_owned()).execute(executor).await?;
    Ok(())
}

/// Ends one session of a person; `false` when the person has no such session.
pub async fn end_one(write: &mut Transaction<'static, Any>, user_id: &str, id: &str) -> Result<bool, DbError> {
    let done = sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND id = $2")
        .bind(user_id.to_owned())
        .bind(id.to_owned())
        .execute(&mut **write)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends all sessions of a person but the one with the id `but`; gives their number.
pub async fn end_all(write: &mut Transaction<'static, Any>, user_id: &str, but: &str) -> Result<usize, DbError> {
    let done = sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND id <> $2")
        .bind(user_id.to_owned())
        .bind(but.to_owned())
        .execute(&mut **write)
        .await?;
    Ok(usize::try_from(done.rows_affected()).unwrap_or(usize::MAX))
}

/// Ends the sessions of a person that were used least lately, so that `most` are left. `seen_ms` says when one was used, which
/// may not stand in its row yet.
pub async fn end_beyond(
    write: &mut Transaction<'static, Any>,
    user_id: &str,
    most: usize,
    seen_ms: impl Fn(&SessionRow) -> i64,
) -> Result<(), DbError> {
    let query = sqlx::query_as("SELECT * FROM sessions WHERE user_id = $1").bind(user_id.to_owned());
    let rows: Vec<SessionRow> = query.fetch_all(&mut **write).await?;
    let mut latest: Vec<(i64, String)> = rows.into_iter().map(|row| (seen_ms(&row), row.id)).collect();
    latest.sort_unstable_by(|one, other| other.cmp(one));
    for (_, id) in latest.into_iter().skip(most) {
        end_one(write, user_id, &id).await?;
    }
    Ok(())
}

/// Ends the sessions last used before `idle_ms` or after `future_ms`, and those begun before `begun_ms`; gives their number.
pub async fn end_old(db: &Db, idle_ms: i64, begun_ms: i64, future_ms: i64) -> Result<usize, DbError> {
    let done = sqlx::query("DELETE FROM sessions WHERE seen_ms < $1 OR created_ms < $2 OR seen_ms > $3")
        .bind(idle_ms)
        .bind(begun_ms)
        .bind(future_ms)
        .execute(db.writers())
        .await?;
    Ok(usize::try_from(done.rows_affected()).unwrap_or(usize::MAX))
}

/// How many sessions there are.
pub async fn count(db: &Db) -> Result<usize, DbError> {
    let n: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sessions").fetch_one(db.pool()).await?;
    Ok(as_count(n))
}
