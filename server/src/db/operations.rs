//! Routing rows as imported.

use std::collections::BTreeMap;

use engine::domain::{ItemCode, JobCode, OperationRow, Plant, Routing, RoutingId, WorkCentreCode};
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use super::rows::{as_day, as_flag, as_seq, day, flag, placeholders};
use super::{Db, DbError};

/// Rows of one statement: 18 values each, below SQLite's limit of 32,766.
const ROWS_PER_STATEMENT: usize = 500;

type Key = (ItemCode, RoutingId, u32, JobCode, Option<WorkCentreCode>);

/// Stores rows. A row with the key of one already there replaces the values that it knows and keeps the others.
pub async fn merge(transaction: &mut Transaction<'static, Any>, rows: Vec<OperationRow>) -> Result<(), DbError> {
    // One statement may not touch a row twice, so equal keys meet here, by the same rule as in the database.
    let mut by_key: BTreeMap<Key, OperationRow> = BTreeMap::new();
    for row in rows {
        let key = (row.item.clone(), row.routing.clone(), row.seq, row.job.clone(), row.work_centre.clone());
        match by_key.get_mut(&key) {
            Some(old) => absorb(old, row),
            None => {
                by_key.insert(key, row);
            }
        }
    }
    let rows: Vec<OperationRow> = by_key.into_values().collect();
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        insert(transaction, chunk).await?;
    }
    Ok(())
}

fn absorb(old: &mut OperationRow, new: OperationRow) {
    old.job_name = new.job_name.or(old.job_name.take());
    old.work_centre_name = new.work_centre_name.or(old.work_centre_name.take());
    old.outsourced = new.outsourced.or(old.outsourced);
    old.setup_min = new.setup_min.or(old.setup_min);
    old.run_min_per_piece = new.run_min_per_piece.or(old.run_min_per_piece);
    old.queue_min = new.queue_min.or(old.queue_min);
    old.wait_min = new.wait_min.or(old.wait_min);
    old.move_min = new.move_min.or(old.move_min);
    old.is_batch = new.is_batch.or(old.is_batch);
    old.is_main = new.is_main.or(old.is_main);
    old.created = new.created.or(old.created);
    old.valid_from = new.valid_from.or(old.valid_from);
    old.valid_to = new.valid_to.or(old.valid_to);
}

async fn insert(transaction: &mut Transaction<'static, Any>, rows: &[OperationRow]) -> Result<(), DbError> {
    let updates: Vec<String> = [
        "job_name",
        "work_centre_name",
        "outsourced",
        "setup_min",
        "run_min_per_piece",
        "queue_min",
        "wait_min",
        "move_min",
        "is_batch",
        "is_main",
        "created",
        "valid_from",
        "valid_to",
    ]
    .iter()
    .map(|column| format!("{column} = COALESCE(excluded.{column}, operations.{column})"))
    .collect();
    let sql = format!(
        "INSERT INTO operations (item, routing, seq, job, work_centre, job_name, work_centre_name, outsourced, \
         setup_min, run_min_per_piece, queue_min, wait_min, move_min, is_batch, is_main, created, valid_from, valid_to) VALUES {} \
         ON CONFLICT (item, routing, seq, job, work_centre) DO UPDATE SET {}",
        placeholders(rows.len(), 18),
        updates.join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for row in rows {
        query = query
            .bind(row.item.as_str().to_owned())
            .bind(row.routing.as_str().to_owned())
            .bind(i64::from(row.seq))
            .bind(row.job.as_str().to_owned())
            .bind(row.work_centre.as_ref().map_or_else(String::new, |code| code.as_str().to_owned()))
            .bind(row.job_name.clone())
            .bind(row.work_centre_name.clone())
            .bind(flag(row.outsourced))
            .bind(row.setup_min)
            .bind(row.run_min_per_piece)
            .bind(row.queue_min)
            .bind(row.wait_min)
            .bind(row.move_min)
            .bind(flag(row.is_batch))
            .bind(flag(row.is_main))
            .bind(day(row.created))
            .bind(day(row.valid_from))
            .bind(day(row.valid_to));
    }
    query.execute(&mut **transaction).await?;
    Ok(())
}

/// The routings of one item, main first, then by number.
pub async fn routings(db: &Db, item: &ItemCode) -> Result<Vec<Routing>, DbError> {
    let rows = sqlx::query("SELECT * FROM operations WHERE item = $1")
        .bind(item.as_str().to_owned())
        .fetch_all(db.pool())
        .await?;
    let rows = rows.iter().map(operation).collect::<Result<Vec<_>, _>>()?;
    let mut routings = Plant::assemble(Vec::new(), rows, Vec::new()).routings;
    routings.sort_by(|a, b| (a.is_main != Some(true), &a.id).cmp(&(b.is_main != Some(true), &b.id)));
    Ok(routings)
}

pub(super) fn operation(row: &sqlx::any::AnyRow) -> Result<OperationRow, DbError> {
    let work_centre: String = row.try_get("work_centre")?;
    Ok(OperationRow {
        item: ItemCode::new(row.try_get::<String, _>("item")?),
        routing: RoutingId::new(row.try_get::<String, _>("routing")?),
        seq: as_seq(row.try_get("seq")?)?,
        job: JobCode::new(row.try_get::<String, _>("job")?),
        job_name: row.try_get("job_name")?,
        work_centre: (!work_centre.is_empty()).then(|| WorkCentreCode::new(work_centre)),
        work_centre_name: row.try_get("work_centre_name")?,
        outsourced: as_flag(row.try_get("outsourced")?),
        setup_min: row.try_get("setup_min")?,
        run_min_per_piece: row.try_get("run_min_per_piece")?,
        queue_min: row.try_get("queue_min")?,
        wait_min: row.try_get("wait_min")?,
        move_min: row.try_get("move_min")?,
        is_batch: as_flag(row.try_get("is_batch")?),
        is_main: as_flag(row.try_get("is_main")?),
        created: as_day(row.try_get("created")?)?,
        valid_from: as_day(row.try_get("valid_from")?)?,
        valid_to: as_day(row.try_get("valid_to")?)?,
    })
}
