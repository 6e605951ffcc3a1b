//! People.

use contract::access::Role;
use contract::accounts::UserState;
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row, Transaction};

use crate::db::rows::{as_count, escape_like};
use crate::db::{Db, DbError};

/// A person as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRow {
    pub id: String,
    pub name: String,
    pub name_key: String,
    pub role: Role,
    pub state: UserState,
    /// argon2id as a PHC string.
    pub password_hash: String,
    pub must_change_password: bool,
    /// Milliseconds since 1970 until which a temporary password lets somebody in.
    pub password_expires_ms: Option<i64>,
    pub revision: i64,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC.
    pub signed_in_at: Option<String>,
}

pub(super) fn role(code: &str) -> Result<Role, DbError> {
    Role::from_code(code).ok_or_else(|| DbError::Decode { what: "role", reason: code.to_owned() })
}

fn user(row: &AnyRow) -> Result<UserRow, DbError> {
    let state: String = row.try_get("state")?;
    Ok(UserRow {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        name_key: row.try_get("name_key")?,
        role: role(&row.try_get::<String, _>("role")?)?,
        state: UserState::from_code(&state).ok_or(DbError::Decode { what: "user state", reason: state })?,
        password_hash: row.try_get("password_hash")?,
        must_change_password: row.try_get::<i64, _>("must_change_password")? != 0,
        password_expires_ms: row.try_get("password_expires_ms")?,
        revision: row.try_get("revision")?,
        created_at: row.try_get("created_at")?,
        signed_in_at: row.try_get("signed_in_at")?,
    })
}

/// Stores a new person; `false` when somebody has the name.
pub async fn add(write: &mut Transaction<'static, Any>, user: &UserRow) -> Result<bool, DbError> {
    let done = sqlx::query(
        "INSERT INTO users (id, name, name_key, role, state, password_hash, must_change_password, \
         password_expires_ms, revision, created_at, signed_in_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (name_key) DO NOTHING",
    )
    .bind(user.id.clone())
    .bind(user.name.clone())
    .bind(user.name_key.clone())
    .bind(user.role.code())
    .bind(user.state.code())
    .bind(user.password_hash.clone())
    .bind(i64::from(user.must_change_password))
    .bind(user.password_expires_ms)
    .bind(user.revision)
    .bind(user.created_at.clone())
    .bind(user.signed_in_at.clone())
    .execute(&mut **write)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The names of everybody, within a transaction. Nobody is added beside it until it ends.
pub async fn names(db: &Db, write: &mut Transaction<'static, Any>) -> Result<Vec<String>, DbError> {
    if db.kind() == crate::db::DbKind::Postgres {
        sqlx::query("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE").execute(&mut **write).await?;
    }
    Ok(sqlx::query_scalar("SELECT name FROM users").fetch_all(&mut **write).await?)
}

/// The names of everybody, as they are now.
pub async fn names_now(db: &Db) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar("SELECT name FROM users").fetch_all(db.pool()).await?)
}

/// The person with this name, compared by its key.
pub async fn by_name(db: &Db, name_key: &str) -> Result<Option<UserRow>, DbError> {
    let row = sqlx::query("SELECT * FROM users WHERE name_key = $1")
        .bind(name_key.to_owned())
        .fetch_optional(db.pool())
        .await?;
    row.as_ref().map(user).transpose()
}

/// The person with this id, as the pool or a transaction sees it.
pub async fn by_id<'e>(executor: impl Executor<'e, Database = Any>, id: &str) -> Result<Option<UserRow>, DbError> {
    let row = sqlx::query("SELECT * FROM users WHERE id = $1").bind(id.to_owned()).fetch_optional(executor).await?;
    row.as_ref().map(user).transpose()
}

/// Which of these name keys are taken.
pub async fn taken(db: &Db, name_keys: &[String]) -> Result<Vec<String>, DbError> {
    let mut taken = Vec::new();
    for key in name_keys {
        if by_name(db, key).await?.is_some() {
            taken.push(key.clone());
        }
    }
    Ok(taken)
}

/// Stores role, state, password and its mark, if the person still has `user.revision`; the stored revision is the next.
/// `false` when somebody was faster.
pub async fn update(write: &mut Transaction<'static, Any>, user: &UserRow) -> Result<bool, DbError> {
    let done = sqlx::query(
        "UPDATE users SET role = $1, state = $2, password_hash = $3, must_change_password = $4, \
         password_expires_ms = $5, revision = revision + 1 WHERE id = $6 AND revision = $7",
    )
    .bind(user.role.code())
    .bind(user.state.code())
    .bind(user.password_hash.clone())
    .bind(i64::from(user.must_change_password))
    .bind(user.password_expires_ms)
    .bind(user.id.clone())
    .bind(user.revision)
    .execute(&mut **write)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes a sign-in, and the password hash where its parameters were renewed. No new revision: nothing that an admin
/// decides on has changed.
pub async fn signed_in(
    write: &mut Transaction<'static, Any>,
    id: &str,
    at: &str,
    new_hash: Option<&str>,
) -> Result<(), DbError> {
    sqlx::query("UPDATE users SET signed_in_at = $1, password_hash = COALESCE($2, password_hash) WHERE id = $3")
        .bind(at.to_owned())
        .bind(new_hash.map(str::to_owned))
        .bind(id.to_owned())
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// How many people there are.
pub async fn count(db: &Db) -> Result<usize, DbError> {
    let n: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM users").fetch_one(db.pool()).await?;
    Ok(as_count(n))
}

/// How many admins can sign in, within a transaction. On PostgreSQL their rows are locked until it ends, so that two
/// admins cannot each remove the other.
pub async fn n_admins(db: &Db, write: &mut Transaction<'static, Any>) -> Result<usize, DbError> {
    let sql = match db.kind() {
        crate::db::DbKind::Sqlite => "SELECT id FROM users WHERE role = 'admin' AND state = 'active' ORDER BY id",
        crate::db::DbKind::Postgres => {
            "SELECT id FROM users WHERE role = 'admin' AND state = 'active' ORDER BY id FOR UPDATE"
        }
    };
    Ok(sqlx::query(sql).fetch_all(&mut **write).await?.len())
}

/// How many wait for an admin.
pub async fn n_pending(db: &Db) -> Result<usize, DbError> {
    let n: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM users WHERE state = 'pending'").fetch_one(db.pool()).await?;
    Ok(as_count(n))
}

/// A page of people, those who wait first, then by name, each with the number of sessions; and how many match.
pub async fn list(
    db: &Db,
    part: &str,
    state: Option<UserState>,
    offset: usize,
    limit: usize,
) -> Result<(Vec<(UserRow, usize)>, usize), DbError> {
    let pattern = format!("%{}%", escape_like(part));
    let state = state.map(UserState::code).unwrap_or_default();
    let total: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM users WHERE name_key LIKE $1 ESCAPE '\\' AND ($2 = '' OR state = $3)")
            .bind(pattern.clone())
            .bind(state)
            .bind(state)
            .fetch_one(db.pool())
            .await?;
    let rows = sqlx::query(
        "SELECT users.*, (SELECT COUNT(*) FROM sessions WHERE sessions.user_id = users.id) AS n_sessions FROM users \
         WHERE name_key LIKE $1 ESCAPE '\\' AND ($2 = '' OR state = $3) \
         ORDER BY CASE state WHEN 'pending' THEN 0 ELSE 1 END, name_key LIMIT $4 OFFSET $5",
    )
    .bind(pattern)
    .bind(state)
    .bind(state)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .bind(i64::try_from(offset).unwrap_or(i64::MAX))
    .fetch_all(db.pool())
    .await?;
    let users = rows.iter().map(|row| Ok((user(row)?, as_count(row.try_get("n_sessions")?))));
    Ok((users.collect::<Result<_, DbError>>()?, as_count(total)))
}
