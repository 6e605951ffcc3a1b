//! The whole plant, for training and evaluation.

use engine::domain::{Item, OperationRow, Plant, WorkResult};
use futures::TryStreamExt;

use super::{Db, DbError, items, operations, work_results};

/// Reads everything that a model is trained on.
///
/// # Cost
/// Memory for the whole plant, once.
pub async fn load(db: &Db) -> Result<Plant, DbError> {
    let mut all_items: Vec<Item> = Vec::new();
    let mut rows = sqlx::query("SELECT code, name, attributes FROM items ORDER BY code").fetch(db.pool());
    while let Some(row) = rows.try_next().await? {
        all_items.push(items::item(&row)?);
    }
    drop(rows);
    let mut all_rows: Vec<OperationRow> = Vec::new();
    let mut rows = sqlx::query("SELECT * FROM operations").fetch(db.pool());
    while let Some(row) = rows.try_next().await? {
        all_rows.push(operations::operation(&row)?);
    }
    drop(rows);
    let mut all_results: Vec<WorkResult> = Vec::new();
    let mut rows = sqlx::query("SELECT * FROM work_results").fetch(db.pool());
    while let Some(row) = rows.try_next().await? {
        all_results.push(work_results::result(&row)?);
    }
    drop(rows);
    Ok(Plant::assemble(all_items, all_rows, all_results))
}
