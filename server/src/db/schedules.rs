//! When jobs are begun by themselves.

use contract::jobs::{JobKind, NewSchedule, WEEKDAYS};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::{Db, DbError};

/// A schedule as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleRow {
    /// Time-ordered.
    pub id: String,
    pub when: NewSchedule,
    pub made_by: String,
    /// Up to this instant, in milliseconds since 1970, it is seen to.
    pub seen_to_ms: i64,
}

fn schedule(row: &AnyRow) -> Result<ScheduleRow, DbError> {
    let (kind, days): (String, String) = (row.try_get("kind")?, row.try_get("weekdays")?);
    let mut weekdays = [false; WEEKDAYS];
    for (is_on, digit) in weekdays.iter_mut().zip(days.bytes()) {
        *is_on = digit == b'1';
    }
    let minute: i64 = row.try_get("minute")?;
    Ok(ScheduleRow {
        id: row.try_get("id")?,
        when: NewSchedule {
            kind: JobKind::from_code(&kind).ok_or(DbError::Decode { what: "kind of job", reason: kind })?,
            weekdays,
            minute: u16::try_from(minute)
                .map_err(|error| DbError::Decode { what: "minute of schedule", reason: error.to_string() })?,
        },
        made_by: row.try_get("made_by")?,
        seen_to_ms: row.try_get("seen_to_ms")?,
    })
}

/// All of them, the oldest first.
pub async fn list(db: &Db) -> Result<Vec<ScheduleRow>, DbError> {
    let rows = sqlx::query("SELECT * FROM schedules ORDER BY id").fetch_all(db.pool()).await?;
    rows.iter().map(schedule).collect()
}

/// Keeps a new one.
pub async fn add(write: &mut Transaction<'static, Any>, row: &ScheduleRow) -> Result<(), DbError> {
    let weekdays: String = row.when.weekdays.iter().map(|is_on| if *is_on { '1' } else { '0' }).collect();
    sqlx::query(
        "INSERT INTO schedules (id, kind, weekdays, minute, made_by, seen_to_ms) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(row.id.clone())
    .bind(row.when.kind.code())
    .bind(weekdays)
    .bind(i64::from(row.when.minute))
    .bind(row.made_by.clone())
    .bind(row.seen_to_ms)
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// Forgets one; `false` when there is none.
pub async fn remove(write: &mut Transaction<'static, Any>, id: &str) -> Result<bool, DbError> {
    let query = sqlx::query("DELETE FROM schedules WHERE id = $1").bind(id.to_owned());
    Ok(query.execute(&mut **write).await?.rows_affected() == 1)
}

/// Says that a schedule is seen to up to `now_ms`; `false` when another process was faster.
pub async fn see_to(write: &mut Transaction<'static, Any>, row: &ScheduleRow, now_ms: i64) -> Result<bool, DbError> {
    let query = sqlx::query("UPDATE schedules SET seen_to_ms = $1 WHERE id = $2 AND seen_to_ms = $3")
        .bind(now_ms)
        .bind(row.id.clone())
        .bind(row.seen_to_ms);
    Ok(query.execute(&mut **write).await?.rows_affected() == 1)
}
