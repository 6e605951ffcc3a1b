//! What each import did, and how large the plant was after it.

use sqlx::Row;

use super::rows::as_count;
use super::{Db, DbError};

/// Size of the plant's data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlantCounts {
    pub n_items: usize,
    pub n_items_with_routing: usize,
    pub n_routings: usize,
    pub n_results: usize,
    /// Rows of the routing table.
    pub n_operations: usize,
}

/// Counts the tables. This reads all of them: it belongs into an import, not into a page.
pub async fn count(db: &Db) -> Result<PlantCounts, DbError> {
    let one = async |sql: &'static str| -> Result<usize, DbError> {
        Ok(as_count(sqlx::query_scalar::<_, i64>(sql).fetch_one(db.pool()).await?))
    };
    Ok(PlantCounts {
        n_items: one("SELECT COUNT(*) FROM items").await?,
        n_items_with_routing: one("SELECT COUNT(*) FROM (SELECT DISTINCT item FROM operations) AS made").await?,
        n_routings: one("SELECT COUNT(*) FROM (SELECT DISTINCT item, routing FROM operations) AS routings").await?,
        n_results: one("SELECT COUNT(*) FROM work_results").await?,
        n_operations: one("SELECT COUNT(*) FROM operations").await?,
    })
}

/// Keeps the report of one import with the counts after it.
pub async fn add(db: &Db, id: &str, at: &str, report: &str, counts: PlantCounts) -> Result<(), DbError> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    sqlx::query(
        "INSERT INTO imports (id, at, report, n_items, n_items_with_routing, n_routings, n_results) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id.to_owned())
    .bind(at.to_owned())
    .bind(report.to_owned())
    .bind(number(counts.n_items))
    .bind(number(counts.n_items_with_routing))
    .bind(number(counts.n_routings))
    .bind(number(counts.n_results))
    .execute(db.pool())
    .await?;
    Ok(())
}

/// The counts after the latest import; `None` before the first.
pub async fn latest_counts(db: &Db) -> Result<Option<PlantCounts>, DbError> {
    let row = sqlx::query(
        "SELECT n_items, n_items_with_routing, n_routings, n_results FROM imports ORDER BY id DESC LIMIT 1",
    )
    .fetch_optional(db.pool())
    .await?;
    row.map(|row| {
        Ok(PlantCounts {
            n_items: as_count(row.try_get("n_items")?),
            n_items_with_routing: as_count(row.try_get("n_items_with_routing")?),
            n_routings: as_count(row.try_get("n_routings")?),
            n_results: as_count(row.try_get("n_results")?),
            n_operations: 0,
        })
    })
    .transpose()
}
