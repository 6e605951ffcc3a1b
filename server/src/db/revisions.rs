//! Counters by which a process learns that what it keeps in memory is old. The database raises them itself, in the
//! transaction of the change, whoever makes it.

use sqlx::Row;

use super::{Db, DbError};

/// How often each thing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revisions {
    /// People, sessions, tokens, settings.
    pub accounts: i64,
    /// Which model answers.
    pub models: i64,
    /// What imports brought and undos took back.
    pub data: i64,
    /// Which snapshot of the data answers; 0 before the first.
    pub snapshots: i64,
}

/// The counters as they are now.
///
/// # Cost
/// Two rows by their keys, and the end of an index.
pub async fn now(db: &Db) -> Result<Revisions, DbError> {
    let row = sqlx::query(
        "SELECT accounts, models, (SELECT revision FROM plant_state WHERE id = 1) AS data, \
         (SELECT COALESCE(MAX(activation), 0) FROM snapshots) AS snapshots FROM revisions WHERE id = 1",
    )
    .fetch_one(db.pool())
    .await?;
    Ok(Revisions {
        accounts: row.try_get("accounts")?,
        models: row.try_get("models")?,
        data: row.try_get("data")?,
        snapshots: row.try_get("snapshots")?,
    })
}
