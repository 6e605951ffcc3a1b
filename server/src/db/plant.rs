//! The whole plant: for snapshots one item at a time, for an evaluation as it is.

use engine::domain::{Date, Item, ItemCode, OperationRow, Plant, RoutingId, WorkResult};
use engine::import::effective;
use engine::snapshot::{PlantBuilder, Snapshot};
use futures::TryStreamExt;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::stored::{item, report, routing};
use super::{Db, DbError, imports};

/// Rows that go from one thread to the other at once, and how often that before the first waits.
const AT_ONCE: usize = 500;
const MOST_WAITING: usize = 8;

/// Every part of the plant in the order of codes, without items and routings that are held back or gone.
const ITEMS: &str = "SELECT current_items.code, name, content FROM current_items JOIN item_versions ON id = version \
                     WHERE current_items.state = 0 ORDER BY current_items.code";
const ROUTINGS: &str = "SELECT current_routings.item, current_routings.routing, content FROM current_routings \
                        JOIN routing_versions ON id = version WHERE current_routings.state = 0 \
                        ORDER BY current_routings.item, current_routings.routing";
const REPORTS: &str = "SELECT current_reports.item, current_reports.order_no, content FROM current_reports \
                       JOIN report_versions ON id = version WHERE current_reports.state = 0 \
                       ORDER BY current_reports.item, current_reports.order_no";

fn item_of(row: &AnyRow) -> Result<Item, DbError> {
    item::decode(row.try_get("code")?, row.try_get("name")?, row.try_get::<&str, _>("content")?)
}

fn rows_of(row: &AnyRow) -> Result<Vec<OperationRow>, DbError> {
    let item = ItemCode::new(row.try_get::<&str, _>("item")?);
    let id = RoutingId::new(row.try_get::<&str, _>("routing")?);
    routing::decode(&item, &id, row.try_get::<&str, _>("content")?)
}

/// Without reports that were cancelled or reversed.
fn results_of(row: &AnyRow) -> Result<Vec<WorkResult>, DbError> {
    let item = ItemCode::new(row.try_get::<&str, _>("item")?);
    let order = Some(row.try_get::<String, _>("order_no")?).filter(|order| !order.is_empty());
    Ok(effective(&report::decode(&item, &order, row.try_get::<&str, _>("content")?)?))
}

/// Reads everything that a model is trained on, on the plant's day.
///
/// # Cost
/// Memory for the whole plant, once.
pub async fn load(db: &Db) -> Result<Plant, DbError> {
    // One snapshot, so that an import that ends meanwhile is in it wholly or not at all.
    let mut read = db.begin_snapshot().await?;
    let as_of = imports::as_of(&mut read).await?;
    let mut items: Vec<Item> = Vec::new();
    let mut rows = sqlx::query(ITEMS).fetch(&mut *read);
    while let Some(row) = rows.try_next().await? {
        items.push(item_of(&row)?);
    }
    drop(rows);
    let mut operations: Vec<OperationRow> = Vec::new();
    let mut rows = sqlx::query(ROUTINGS).fetch(&mut *read);
    while let Some(row) = rows.try_next().await? {
        operations.extend(rows_of(&row)?);
    }
    drop(rows);
    let mut results: Vec<WorkResult> = Vec::new();
    let mut rows = sqlx::query(REPORTS).fetch(&mut *read);
    while let Some(row) = rows.try_next().await? {
        results.extend(results_of(&row)?);
    }
    drop(rows);
    read.rollback().await?;
    Ok(match as_of {
        Some(_) => Plant::assemble_on(items, operations, results, as_of),
        None => Plant::assemble(items, operations, results),
    })
}

/// Reads the plant for whoever makes a snapshot of it on another thread.
pub struct Reading {
    db: Db,
    to: Sender<Vec<Brought>>,
}

/// Makes a snapshot of what is read.
pub struct Making(Receiver<Vec<Brought>>);

/// What goes from one to the other.
enum Brought {
    /// The plant's day, before all else.
    Day(Option<Date>),
    Item(AnyRow),
    Routing(AnyRow),
    Report(AnyRow),
}

/// Whoever reads the plant, and whoever makes a snapshot of what was read. Both have to run at the same time.
pub fn reading(db: &Db) -> (Reading, Making) {
    let (to, from) = channel(MOST_WAITING);
    (Reading { db: db.clone(), to }, Making(from))
}

impl Reading {
    /// Reads everything, and gives the revision of the data.
    ///
    /// # Errors
    /// [`DbError`]; then what was made meanwhile is not whole.
    pub async fn read(self) -> Result<i64, DbError> {
        // One snapshot, so that an import that ends meanwhile is in it wholly or not at all.
        let mut read = self.db.begin_snapshot().await?;
        let revision =
            sqlx::query_scalar("SELECT revision FROM plant_state WHERE id = 1").fetch_one(&mut *read).await?;
        let today = match imports::as_of(&mut read).await? {
            Some(day) => Some(day),
            None => latest_day(&mut read).await?,
        };
        let mut some = vec![Brought::Day(today)];
        for (sql, brought) in
            [(ITEMS, Brought::Item as fn(AnyRow) -> Brought), (ROUTINGS, Brought::Routing), (REPORTS, Brought::Report)]
        {
            let mut rows = sqlx::query(sql).fetch(&mut *read);
            while let Some(row) = rows.try_next().await? {
                some.push(brought(row));
                if some.len() >= AT_ONCE && self.to.send(std::mem::take(&mut some)).await.is_err() {
                    // Whoever makes the snapshot has stopped, and says why.
                    return Ok(revision);
                }
            }
        }
        self.to.send(some).await.ok();
        read.rollback().await?;
        Ok(revision)
    }
}

impl Making {
    /// The snapshot of everything that comes. Waits: not for a thread of requests.
    ///
    /// # Errors
    /// [`DbError::Decode`] for a row that is not what it should be.
    ///
    /// # Cost
    /// Memory for the snapshot, not for the rows.
    pub fn make(mut self) -> Result<Snapshot, DbError> {
        let mut builder = PlantBuilder::new(None);
        let mut of_item: Vec<OperationRow> = Vec::new();
        while let Some(some) = self.0.blocking_recv() {
            for brought in some {
                match brought {
                    Brought::Day(day) => builder = PlantBuilder::new(day),
                    Brought::Item(row) => builder.item(&item_of(&row)?),
                    Brought::Routing(row) => {
                        let rows = rows_of(&row)?;
                        // All routings of an item go together: which is the main one may follow from the others.
                        if of_item.first().zip(rows.first()).is_some_and(|(a, b)| a.item != b.item) {
                            builder.routings(std::mem::take(&mut of_item));
                        }
                        of_item.extend(rows);
                    }
                    Brought::Report(row) => {
                        builder.routings(std::mem::take(&mut of_item));
                        results_of(&row)?.iter().for_each(|result| builder.report(result));
                    }
                }
            }
        }
        builder.routings(of_item);
        Ok(builder.finish())
    }
}

/// The latest day that the data knows: the plant's day where no import has said one.
async fn latest_day(read: &mut Transaction<'static, Any>) -> Result<Option<Date>, DbError> {
    let mut latest = None;
    let mut rows = sqlx::query(ROUTINGS).fetch(&mut **read);
    while let Some(row) = rows.try_next().await? {
        latest = rows_of(&row)?.iter().filter_map(|row| row.created).max().max(latest);
    }
    drop(rows);
    let mut rows = sqlx::query(REPORTS).fetch(&mut **read);
    while let Some(row) = rows.try_next().await? {
        latest = results_of(&row)?.iter().filter_map(|result| result.end).max().max(latest);
    }
    Ok(latest)
}
