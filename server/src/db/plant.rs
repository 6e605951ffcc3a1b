//! The whole plant, for training and evaluation.

use engine::domain::{Item, ItemCode, OperationRow, Plant, RoutingId, WorkResult};
use engine::import::effective;
use futures::TryStreamExt;
use sqlx::Row;

use super::stored::{item, report, routing};
use super::{Db, DbError, imports};

/// Reads everything that a model is trained on, on the plant's day: without routings that are held back, and without
/// reports that were cancelled or reversed.
///
/// # Cost
/// Memory for the whole plant, once.
pub async fn load(db: &Db) -> Result<Plant, DbError> {
    Ok(load_at_revision(db).await?.0)
}

/// The same with the revision of the data.
pub async fn load_at_revision(db: &Db) -> Result<(Plant, i64), DbError> {
    // One snapshot, so that an import that ends meanwhile is in it wholly or not at all.
    let mut snapshot = db.begin_snapshot().await?;
    let revision =
        sqlx::query_scalar("SELECT revision FROM plant_state WHERE id = 1").fetch_one(&mut *snapshot).await?;
    let as_of = imports::as_of(&mut snapshot).await?;
    let mut all_items: Vec<Item> = Vec::new();
    let mut rows = sqlx::query(
        "SELECT current_items.code, name, content FROM current_items JOIN item_versions ON id = version \
         WHERE current_items.state = 0 ORDER BY current_items.code",
    )
    .fetch(&mut *snapshot);
    while let Some(row) = rows.try_next().await? {
        all_items.push(item::decode(row.try_get("code")?, row.try_get("name")?, row.try_get::<&str, _>("content")?)?);
    }
    drop(rows);
    let mut all_rows: Vec<OperationRow> = Vec::new();
    let mut rows = sqlx::query(
        "SELECT current_routings.item, current_routings.routing, content FROM current_routings \
         JOIN routing_versions ON id = version WHERE current_routings.state = 0 \
         ORDER BY current_routings.item, current_routings.routing",
    )
    .fetch(&mut *snapshot);
    while let Some(row) = rows.try_next().await? {
        let item = ItemCode::new(row.try_get::<&str, _>("item")?);
        let id = RoutingId::new(row.try_get::<&str, _>("routing")?);
        all_rows.extend(routing::decode(&item, &id, row.try_get::<&str, _>("content")?)?);
    }
    drop(rows);
    let mut all_results: Vec<WorkResult> = Vec::new();
    let mut rows = sqlx::query(
        "SELECT current_reports.item, current_reports.order_no, content FROM current_reports \
         JOIN report_versions ON id = version WHERE current_reports.state = 0 \
         ORDER BY current_reports.item, current_reports.order_no",
    )
    .fetch(&mut *snapshot);
    while let Some(row) = rows.try_next().await? {
        let item = ItemCode::new(row.try_get::<&str, _>("item")?);
        let order = Some(row.try_get::<String, _>("order_no")?).filter(|order| !order.is_empty());
        all_results.extend(effective(&report::decode(&item, &order, row.try_get::<&str, _>("content")?)?));
    }
    drop(rows);
    snapshot.rollback().await?;
    let plant = match as_of {
        Some(_) => Plant::assemble_on(all_items, all_rows, all_results, as_of),
        None => Plant::assemble(all_items, all_rows, all_results),
    };
    Ok((plant, revision))
}
