//! The queue of jobs, and the workers that take from it.

use contract::jobs::{JobKind, JobState};
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use super::{Db, DbError, DbKind};

/// A job as it is stored. Times are milliseconds since 1970, 0 for not yet.
#[derive(Clone, Debug, PartialEq)]
pub struct JobRow {
    /// Time-ordered.
    pub id: String,
    pub kind: JobKind,
    /// JSON: what to do.
    pub task: String,
    pub asked_by: String,
    pub state: JobState,
    /// How often it was begun.
    pub attempts: u32,
    /// The worker that has it.
    pub owner: String,
    pub is_ending: bool,
    /// Code of what it is doing.
    pub phase: String,
    /// Thousandths of the whole that are done.
    pub permille: i64,
    pub queued_ms: i64,
    pub started_ms: i64,
    pub ended_ms: i64,
    /// JSON: a code with its data; `""` before the end.
    pub outcome: String,
}

/// A job to be queued.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    pub id: &'a str,
    pub kind: JobKind,
    /// Of one lane one job runs at a time.
    pub lane: &'a str,
    pub task: &'a str,
    pub asked_by: &'a str,
    /// `""` unless it is the one occurrence of something.
    pub occurrence: &'a str,
    pub now_ms: i64,
}

/// How a job ends.
#[derive(Clone, Debug, PartialEq)]
pub struct End<'a> {
    pub state: JobState,
    pub outcome: &'a str,
    pub now_ms: i64,
}

/// What became of the wish to end a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelled {
    /// It never began.
    AtOnce,
    /// Its worker hears of it.
    Soon,
    /// It had ended, or is none.
    No,
}

fn job(row: &AnyRow) -> Result<JobRow, DbError> {
    let (kind, state): (String, String) = (row.try_get("kind")?, row.try_get("state")?);
    Ok(JobRow {
        id: row.try_get("id")?,
        kind: JobKind::from_code(&kind).ok_or(DbError::Decode { what: "kind of job", reason: kind })?,
        task: row.try_get("task")?,
        asked_by: row.try_get("asked_by")?,
        state: JobState::from_code(&state).ok_or(DbError::Decode { what: "state of job", reason: state })?,
        attempts: u32::try_from(row.try_get::<i64, _>("attempts")?).unwrap_or(u32::MAX),
        owner: row.try_get("owner")?,
        is_ending: row.try_get::<i64, _>("is_ending")? != 0,
        phase: row.try_get("phase")?,
        permille: row.try_get("permille")?,
        queued_ms: row.try_get("queued_ms")?,
        started_ms: row.try_get("started_ms")?,
        ended_ms: row.try_get("ended_ms")?,
        outcome: row.try_get("outcome")?,
    })
}

/// Queues a job; `false` when its occurrence is there already.
pub async fn add(write: &mut Transaction<'static, Any>, new: &NewJob<'_>) -> Result<bool, DbError> {
    let done = sqlx::query(
        "INSERT INTO jobs (id, kind, lane, task, asked_by, state, occurrence, queued_ms) \
         VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7) ON CONFLICT (occurrence) WHERE occurrence <> '' DO NOTHING",
    )
    .bind(new.id.to_owned())
    .bind(new.kind.code())
    .bind(new.lane.to_owned())
    .bind(new.task.to_owned())
    .bind(new.asked_by.to_owned())
    .bind(new.occurrence.to_owned())
    .bind(new.now_ms)
    .execute(&mut **write)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts a job into the queue that its asker runs at once; `None` while another one of its lane runs.
pub async fn add_running(
    write: &mut Transaction<'static, Any>,
    new: &NewJob<'_>,
    owner: &str,
    lease_ms: i64,
) -> Result<Option<JobRow>, DbError> {
    let row = sqlx::query(
        "INSERT INTO jobs (id, kind, lane, task, asked_by, state, attempts, owner, lease_ms, queued_ms, started_ms) \
         VALUES ($1, $2, $3, $4, $5, 'running', 1, $6, $7, $8, $8) \
         ON CONFLICT (lane) WHERE state = 'running' DO NOTHING RETURNING *",
    )
    .bind(new.id.to_owned())
    .bind(new.kind.code())
    .bind(new.lane.to_owned())
    .bind(new.task.to_owned())
    .bind(new.asked_by.to_owned())
    .bind(owner.to_owned())
    .bind(lease_ms)
    .bind(new.now_ms)
    .fetch_optional(&mut **write)
    .await?;
    row.as_ref().map(job).transpose()
}

/// Leaves a line for a job that was due at `due_ms` and did not run.
pub async fn add_skipped(
    write: &mut Transaction<'static, Any>,
    new: &NewJob<'_>,
    due_ms: i64,
    outcome: &str,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO jobs (id, kind, lane, task, asked_by, state, occurrence, queued_ms, ended_ms, outcome) \
         VALUES ($1, $2, $3, $4, $5, 'skipped', $6, $7, $8, $9) \
         ON CONFLICT (occurrence) WHERE occurrence <> '' DO NOTHING",
    )
    .bind(new.id.to_owned())
    .bind(new.kind.code())
    .bind(new.lane.to_owned())
    .bind(new.task.to_owned())
    .bind(new.asked_by.to_owned())
    .bind(new.occurrence.to_owned())
    .bind(due_ms)
    .bind(new.now_ms)
    .bind(outcome.to_owned())
    .execute(&mut **write)
    .await?;
    Ok(())
}

/// Whether a job whose occurrence begins so waits or runs.
pub async fn is_open(write: &mut Transaction<'static, Any>, occurrence: &str) -> Result<bool, DbError> {
    let sql = "SELECT COUNT(*) FROM jobs WHERE state IN ('queued', 'running') AND occurrence LIKE $1 || '%'";
    let n: i64 = sqlx::query_scalar(sql).bind(occurrence.to_owned()).fetch_one(&mut **write).await?;
    Ok(n > 0)
}

/// Which jobs a worker takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    Any,
    /// This one by its id.
    Only(&'a str),
    /// Of this lane, those whose worker is believed dead.
    LeftIn(&'a str),
}

/// Takes the next job: one whose worker is believed dead, else the oldest of a lane in which nothing runs.
///
/// Of workers who take at the same moment, one gets a job.
pub async fn claim(
    db: &Db,
    owner: &str,
    which: Which<'_>,
    now_ms: i64,
    lease_ms: i64,
) -> Result<Option<JobRow>, DbError> {
    let (only, lane) = match which {
        Which::Any => ("", ""),
        Which::Only(id) => (id, ""),
        Which::LeftIn(lane) => ("", lane),
    };
    let lock = match db.kind() {
        DbKind::Sqlite => "",
        DbKind::Postgres => "FOR UPDATE SKIP LOCKED",
    };
    let sql = format!(
        "UPDATE jobs SET state = 'running', owner = $1, lease_ms = $2, attempts = attempts + 1, started_ms = $3, \
         phase = '', permille = 0 WHERE id = (SELECT id FROM jobs AS next WHERE ($4 = '' OR id = $4) \
         AND ($5 = '' OR lane = $5) AND (state = 'running' AND lease_ms < $3 OR $5 = '' AND state = 'queued' \
         AND NOT EXISTS (SELECT 1 FROM jobs AS other WHERE other.lane = next.lane AND other.state = 'running')) \
         ORDER BY queued_ms, id LIMIT 1 {lock}) RETURNING *"
    );
    let claimed = sqlx::query(AssertSqlSafe(sql))
        .bind(owner.to_owned())
        .bind(lease_ms)
        .bind(now_ms)
        .bind(only.to_owned())
        .bind(lane.to_owned())
        .fetch_optional(db.writers())
        .await;
    match claimed {
        Ok(row) => row.as_ref().map(job).transpose(),
        // Somebody else has begun one of the same lane in the meantime.
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether a job waits, or is one whose worker is believed dead: asked by reading, so that idle workers write nothing.
pub async fn is_any_due(db: &Db, now_ms: i64) -> Result<bool, DbError> {
    let sql = "SELECT COUNT(*) FROM jobs WHERE state = 'queued' OR state = 'running' AND lease_ms < $1";
    let n: i64 = sqlx::query_scalar(sql).bind(now_ms).fetch_one(db.pool()).await?;
    Ok(n > 0)
}

/// Says that a job is still under way, and how far; whether it is to end. `None` when the worker has lost it.
pub async fn beat(
    db: &Db,
    job: &JobRow,
    (phase, permille): (&str, i64),
    lease_ms: i64,
) -> Result<Option<bool>, DbError> {
    let is_ending: Option<i64> = sqlx::query_scalar(
        "UPDATE jobs SET lease_ms = $1, phase = $2, permille = $3 WHERE id = $4 AND owner = $5 AND attempts = $6 \
         AND state = 'running' RETURNING is_ending",
    )
    .bind(lease_ms)
    .bind(phase.to_owned())
    .bind(permille)
    .bind(job.id.clone())
    .bind(job.owner.clone())
    .bind(i64::from(job.attempts))
    .fetch_optional(db.writers())
    .await?;
    Ok(is_ending.map(|is_ending| is_ending != 0))
}

/// Writes down how a job ended; `false` when the worker has lost it.
pub async fn end(write: &mut Transaction<'static, Any>, job: &JobRow, end: &End<'_>) -> Result<bool, DbError> {
    let done = sqlx::query(
        "UPDATE jobs SET state = $1, outcome = $2, ended_ms = $3, permille = CASE WHEN $1 = 'done' THEN 1000 ELSE permille END \
         WHERE id = $4 AND owner = $5 AND attempts = $6 AND state = 'running'",
    )
    .bind(end.state.code())
    .bind(end.outcome.to_owned())
    .bind(end.now_ms)
    .bind(job.id.clone())
    .bind(job.owner.clone())
    .bind(i64::from(job.attempts))
    .execute(&mut **write)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a job back that was begun and not ended, as if it had never begun.
pub async fn give_back(db: &Db, job: &JobRow) -> Result<(), DbError> {
    sqlx::query(
        "UPDATE jobs SET state = 'queued', owner = '', lease_ms = 0, started_ms = 0, phase = '', permille = 0, \
         attempts = attempts - 1 WHERE id = $1 AND owner = $2 AND attempts = $3 AND state = 'running'",
    )
    .bind(job.id.clone())
    .bind(job.owner.clone())
    .bind(i64::from(job.attempts))
    .execute(db.writers())
    .await?;
    Ok(())
}

/// Ends a job that has not begun, or has its worker end it.
pub async fn cancel(
    write: &mut Transaction<'static, Any>,
    id: &str,
    outcome: &str,
    now_ms: i64,
) -> Result<Cancelled, DbError> {
    let sql = "UPDATE jobs SET state = 'cancelled', outcome = $1, ended_ms = $2 WHERE id = $3 AND state = 'queued'";
    let query = sqlx::query(sql).bind(outcome.to_owned()).bind(now_ms).bind(id.to_owned());
    if query.execute(&mut **write).await?.rows_affected() == 1 {
        return Ok(Cancelled::AtOnce);
    }
    let sql = "UPDATE jobs SET is_ending = 1 WHERE id = $1 AND state = 'running'";
    let done = sqlx::query(sql).bind(id.to_owned()).execute(&mut **write).await?;
    Ok(if done.rows_affected() == 1 { Cancelled::Soon } else { Cancelled::No })
}

/// A job by its id.
pub async fn get(db: &Db, id: &str) -> Result<Option<JobRow>, DbError> {
    let row = sqlx::query("SELECT * FROM jobs WHERE id = $1").bind(id.to_owned()).fetch_optional(db.pool()).await?;
    row.as_ref().map(job).transpose()
}

/// Jobs, those that are open first, then the latest.
pub async fn list(db: &Db, limit: i64) -> Result<Vec<JobRow>, DbError> {
    let sql = "SELECT * FROM jobs ORDER BY CASE state WHEN 'running' THEN 0 WHEN 'queued' THEN 1 ELSE 2 END, \
               queued_ms DESC, id DESC LIMIT $1";
    let rows = sqlx::query(sql).bind(limit).fetch_all(db.pool()).await?;
    rows.iter().map(job).collect()
}

/// Removes what ended before an instant.
pub async fn remove_old(write: &mut Transaction<'static, Any>, before_ms: i64) -> Result<(), DbError> {
    let sql = "DELETE FROM jobs WHERE state NOT IN ('queued', 'running') AND ended_ms < $1";
    sqlx::query(sql).bind(before_ms).execute(&mut **write).await?;
    Ok(())
}

/// Milliseconds that the latest done jobs of a kind took, the latest first.
pub async fn durations_ms(db: &Db, kind: JobKind, limit: i64) -> Result<Vec<i64>, DbError> {
    let sql =
        "SELECT ended_ms - started_ms FROM jobs WHERE kind = $1 AND state = 'done' ORDER BY ended_ms DESC LIMIT $2";
    Ok(sqlx::query_scalar(sql).bind(kind.code()).bind(limit).fetch_all(db.pool()).await?)
}

/// Says that a worker lives; those that were not seen since `forget_ms` are forgotten.
pub async fn see(db: &Db, worker: &str, now_ms: i64, forget_ms: i64) -> Result<(), DbError> {
    let mut write = db.begin_write().await?;
    sqlx::query("INSERT INTO workers (id, seen_ms) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET seen_ms = $2")
        .bind(worker.to_owned())
        .bind(now_ms)
        .execute(&mut *write)
        .await?;
    sqlx::query("DELETE FROM workers WHERE seen_ms < $1").bind(forget_ms).execute(&mut *write).await?;
    write.commit().await?;
    Ok(())
}

/// Says that a worker has stopped.
pub async fn leave(db: &Db, worker: &str) -> Result<(), DbError> {
    sqlx::query("DELETE FROM workers WHERE id = $1").bind(worker.to_owned()).execute(db.writers()).await?;
    Ok(())
}

/// Whether a worker was seen since an instant.
pub async fn is_anyone_working(db: &Db, since_ms: i64) -> Result<bool, DbError> {
    let sql = "SELECT COUNT(*) FROM workers WHERE seen_ms >= $1";
    let n: i64 = sqlx::query_scalar(sql).bind(since_ms).fetch_one(db.pool()).await?;
    Ok(n > 0)
}
