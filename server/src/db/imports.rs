//! What each import did, and how large the plant is.

use engine::domain::Date;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Row, Transaction};
use strum::EnumString;

use super::rows::{as_count, as_number};
use super::{Db, DbError};

/// Size of the plant's data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlantCounts {
    pub n_items: usize,
    /// Items with a routing that is whole.
    pub n_items_with_routing: usize,
    /// Whole ones.
    pub n_routings: usize,
    /// Routings that are held back.
    pub n_held: usize,
    /// Reports that count: without cancelled and reversed ones.
    pub n_results: usize,
    /// Operations of whole routings.
    pub n_operations: usize,
}

/// Counts the tables.
pub async fn count(db: &Db) -> Result<PlantCounts, DbError> {
    let mut connection = db.pool().acquire().await?;
    count_in(&mut connection).await
}

/// The same within a transaction.
pub async fn count_in(connection: &mut AnyConnection) -> Result<PlantCounts, DbError> {
    let row = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM current_items WHERE state = 0) AS n_items, \
         (SELECT COUNT(DISTINCT item) FROM current_routings WHERE state = 0) AS n_items_with_routing, \
         (SELECT COUNT(*) FROM current_routings WHERE state = 0) AS n_routings, \
         (SELECT COUNT(*) FROM current_routings WHERE state = 1) AS n_held, \
         (SELECT CAST(COALESCE(SUM(n_operations), 0) AS BIGINT) FROM current_routings WHERE state = 0) AS n_operations, \
         (SELECT CAST(COALESCE(SUM(n_effective), 0) AS BIGINT) FROM current_reports WHERE state = 0) AS n_results",
    )
    .fetch_one(connection)
    .await?;
    let one = |column: &str| -> Result<usize, DbError> { Ok(as_count(row.try_get(column)?)) };
    Ok(PlantCounts {
        n_items: one("n_items")?,
        n_items_with_routing: one("n_items_with_routing")?,
        n_routings: one("n_routings")?,
        n_held: one("n_held")?,
        n_results: one("n_results")?,
        n_operations: one("n_operations")?,
    })
}

/// How far an import came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ImportState {
    /// Its versions are being written; nothing of it counts.
    Staging,
    Done,
    Undone,
    /// It ended before it was done; nothing of it counts.
    Failed,
}

impl ImportState {
    fn from_code(code: &str) -> Result<Self, DbError> {
        code.parse().map_err(|_| DbError::Decode { what: "state of an import", reason: code.to_owned() })
    }
}

/// An import as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    pub id: String,
    /// 1, 2, 3 … in the order in which imports took effect.
    pub no: i64,
    /// RFC 3339, UTC.
    pub at: String,
    pub state: ImportState,
    /// The plant's day; `None` for imports from before there were versions.
    pub as_of: Option<Date>,
    pub by: String,
    /// JSON.
    pub files: String,
    /// JSON.
    pub changes: String,
    /// JSON: what was printed; `""` when nothing was kept.
    pub report: String,
    /// The plant after it.
    pub counts: PlantCounts,
    /// Without versions it cannot be taken back.
    pub has_versions: bool,
    pub process: String,
    pub touched_at: String,
    /// `""` while it counts.
    pub undone_at: String,
    pub undone_by: String,
}

fn import(row: &AnyRow) -> Result<ImportRow, DbError> {
    let one = |column: &str| -> Result<usize, DbError> { Ok(as_count(row.try_get(column)?)) };
    Ok(ImportRow {
        id: row.try_get("id")?,
        no: row.try_get("no")?,
        at: row.try_get("at")?,
        state: ImportState::from_code(row.try_get("state")?)?,
        as_of: day(row.try_get("as_of")?)?,
        by: row.try_get("by_whom")?,
        files: row.try_get("files")?,
        changes: row.try_get("changes")?,
        report: row.try_get("report")?,
        counts: PlantCounts {
            n_items: one("n_items")?,
            n_items_with_routing: one("n_items_with_routing")?,
            n_routings: one("n_routings")?,
            n_held: one("n_held")?,
            n_results: one("n_results")?,
            n_operations: one("n_operations")?,
        },
        has_versions: row.try_get::<i64, _>("has_versions")? != 0,
        process: row.try_get("process")?,
        touched_at: row.try_get("touched_at")?,
        undone_at: row.try_get("undone_at")?,
        undone_by: row.try_get("undone_by")?,
    })
}

fn day(text: &str) -> Result<Option<Date>, DbError> {
    let day = Some(text).filter(|text| !text.is_empty()).map(str::parse).transpose();
    day.map_err(|error| DbError::Decode { what: "day of an import", reason: format!("{text:?}: {error}") })
}

/// An import that begins.
#[derive(Clone, Debug)]
pub struct NewImport<'a> {
    pub id: &'a str,
    pub at: &'a str,
    pub as_of: Date,
    pub by: &'a str,
    pub files: &'a str,
    pub process: &'a str,
}

async fn next_no(transaction: &mut Transaction<'static, Any>) -> Result<i64, DbError> {
    let sql = "UPDATE plant_state SET last_no = last_no + 1 WHERE id = 1 RETURNING last_no";
    Ok(sqlx::query_scalar(sql).fetch_one(&mut **transaction).await?)
}

/// Writes down that an import begins, and gives its number.
pub async fn begin(db: &Db, new: &NewImport<'_>) -> Result<i64, DbError> {
    let mut transaction = db.begin_write().await?;
    let no = next_no(&mut transaction).await?;
    sqlx::query(
        "INSERT INTO imports (id, no, at, state, as_of, by_whom, files, process, touched_at, has_versions, report, \
         n_items, n_items_with_routing, n_routings, n_results) \
         VALUES ($1, $2, $3, 'staging', $4, $5, $6, $7, $8, 1, '', 0, 0, 0, 0)",
    )
    .bind(new.id.to_owned())
    .bind(no)
    .bind(new.at.to_owned())
    .bind(new.as_of.to_string())
    .bind(new.by.to_owned())
    .bind(new.files.to_owned())
    .bind(new.process.to_owned())
    .bind(new.at.to_owned())
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(no)
}

/// Gives an import that starts again the next number, because another one took effect before it.
pub async fn renumber(db: &Db, id: &str) -> Result<i64, DbError> {
    let mut transaction = db.begin_write().await?;
    let no = next_no(&mut transaction).await?;
    sqlx::query("UPDATE imports SET no = $1 WHERE id = $2")
        .bind(no)
        .bind(id.to_owned())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(no)
}

/// Writes down that an import is still under way; `false` when somebody cleared it away.
pub async fn touch(transaction: &mut Transaction<'static, Any>, id: &str, at: &str) -> Result<bool, DbError> {
    let done = sqlx::query("UPDATE imports SET touched_at = $1 WHERE id = $2 AND state = 'staging'")
        .bind(at.to_owned())
        .bind(id.to_owned())
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the turn to change what is current; `false` when something has changed since `revision` was read. Until the
/// transaction ends nobody else has the turn.
pub async fn take_turn(transaction: &mut Transaction<'static, Any>, revision: i64) -> Result<bool, DbError> {
    let done = sqlx::query("UPDATE plant_state SET revision = revision + 1 WHERE id = 1 AND revision = $1")
        .bind(revision)
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The same whatever has changed.
pub async fn take_any_turn(transaction: &mut Transaction<'static, Any>) -> Result<(), DbError> {
    sqlx::query("UPDATE plant_state SET revision = revision + 1 WHERE id = 1").execute(&mut **transaction).await?;
    Ok(())
}

/// Writes down that an import is done, with the plant after it; `false` when somebody cleared it away.
pub async fn finish(
    transaction: &mut Transaction<'static, Any>,
    id: &str,
    at: &str,
    changes: &str,
    counts: PlantCounts,
) -> Result<bool, DbError> {
    let done = sqlx::query(
        "UPDATE imports SET state = 'done', touched_at = $1, changes = $2, n_items = $3, n_items_with_routing = $4, \
         n_routings = $5, n_held = $6, n_results = $7, n_operations = $8 WHERE id = $9 AND state = 'staging'",
    )
    .bind(at.to_owned())
    .bind(changes.to_owned())
    .bind(as_number(counts.n_items))
    .bind(as_number(counts.n_items_with_routing))
    .bind(as_number(counts.n_routings))
    .bind(as_number(counts.n_held))
    .bind(as_number(counts.n_results))
    .bind(as_number(counts.n_operations))
    .bind(id.to_owned())
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps what was printed of an import.
pub async fn keep_report(db: &Db, id: &str, report: &str) -> Result<(), DbError> {
    sqlx::query("UPDATE imports SET report = $1 WHERE id = $2")
        .bind(report.to_owned())
        .bind(id.to_owned())
        .execute(db.writers())
        .await?;
    Ok(())
}

/// Writes down that an import came to nothing.
pub async fn fail(db: &Db, id: &str) -> Result<(), DbError> {
    sqlx::query("UPDATE imports SET state = 'failed' WHERE id = $1 AND state = 'staging'")
        .bind(id.to_owned())
        .execute(db.writers())
        .await?;
    Ok(())
}

/// Writes down that an import was taken back; `false` when it was not done.
pub async fn undo(transaction: &mut Transaction<'static, Any>, id: &str, at: &str, by: &str) -> Result<bool, DbError> {
    let done = sqlx::query(
        "UPDATE imports SET state = 'undone', undone_at = $1, undone_by = $2 WHERE id = $3 AND state = 'done'",
    )
    .bind(at.to_owned())
    .bind(by.to_owned())
    .bind(id.to_owned())
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Imports, the latest first.
pub async fn list(db: &Db) -> Result<Vec<ImportRow>, DbError> {
    let rows = sqlx::query("SELECT * FROM imports ORDER BY no DESC").fetch_all(db.pool()).await?;
    rows.iter().map(import).collect()
}

/// The import of an id or of a number.
pub async fn find(db: &Db, id_or_no: &str) -> Result<Option<ImportRow>, DbError> {
    let no = id_or_no.parse::<i64>().unwrap_or(-1);
    let row = sqlx::query("SELECT * FROM imports WHERE id = $1 OR no = $2")
        .bind(id_or_no.to_owned())
        .bind(no)
        .fetch_optional(db.pool())
        .await?;
    row.as_ref().map(import).transpose()
}

/// The plant's day: that of the newest import that counts; `None` before there was one with a day.
pub async fn as_of(connection: &mut AnyConnection) -> Result<Option<Date>, DbError> {
    let sql = "SELECT as_of FROM imports WHERE state = 'done' AND as_of <> '' ORDER BY no DESC LIMIT 1";
    let text: Option<String> = sqlx::query_scalar(sql).fetch_optional(connection).await?;
    day(text.as_deref().unwrap_or_default())
}
