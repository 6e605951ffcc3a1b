//! Whether the database takes and gives what it should.

use super::{Db, DbError, DbKind, Trouble};

/// Writes a row.
pub async fn write(db: &Db, value: &str) -> Result<(), DbError> {
    sqlx::query("UPDATE probe SET value = $1 WHERE id = 1").bind(value.to_owned()).execute(db.writers()).await?;
    Ok(())
}

/// Reads that row.
pub async fn read(db: &Db) -> Result<String, DbError> {
    Ok(sqlx::query_scalar("SELECT value FROM probe WHERE id = 1").fetch_one(db.pool()).await?)
}

/// Looks at every page of a SQLite file: the first thing that is wrong with it, or `None`. PostgreSQL looks after its own.
///
/// # Cost
/// Reads the whole file.
pub async fn look_through(db: &Db) -> Result<Option<String>, DbError> {
    if db.kind() == DbKind::Postgres {
        return Ok(None);
    }
    let found: Result<String, DbError> =
        sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(db.pool()).await.map_err(DbError::from);
    match found {
        Ok(text) => Ok((text != "ok").then_some(text)),
        Err(error) if error.trouble() == Some(Trouble::Damaged) => Ok(Some(error.to_string())),
        Err(error) => Err(error),
    }
}
