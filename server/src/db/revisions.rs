//! Counters by which a process learns that what it keeps in memory is old. The database raises them itself, in the
//! transaction of the change, whoever makes it.

use sqlx::FromRow;

use super::{Db, DbError};

/// How often each thing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
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
    let query = sqlx::query_as(
        "SELECT accounts, models, (SELECT revision FROM plant_state WHERE id = 1) AS data, \
         (SELECT COALESCE(MAX(activation), 0) FROM snapshots) AS snapshots FROM revisions WHERE id = 1",
    );
    Ok(query.fetch_one(db.pool()).await?)
}
