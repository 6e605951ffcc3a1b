//! Files that one process leaves for another, in parts.
//!
//! Their folder says whose they are; a folder may hold several, each with a number and a name.

use std::io::{self, Read, Write};

use sqlx::{Any, Transaction};

use super::{Db, DbError};

/// Bytes of one row.
const PART_BYTES: usize = 1024 * 1024;

/// Why a file was not kept or not handed on.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The side that is no database.
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<sqlx::Error> for FileError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

/// Keeps a file, each part in a transaction of its own, so that others write in between.
pub async fn put(
    db: &Db,
    folder: &str,
    (no, name): (i64, &str),
    mut input: impl Read,
    now_ms: i64,
) -> Result<(), FileError> {
    let mut part = 0_i64;
    loop {
        let mut bytes = Vec::new();
        input.by_ref().take(PART_BYTES as u64).read_to_end(&mut bytes)?;
        // An empty file has one empty part.
        if bytes.is_empty() && part > 0 {
            return Ok(());
        }
        let is_last = bytes.len() < PART_BYTES;
        sqlx::query("INSERT INTO files (folder, no, name, part, bytes, at_ms) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(folder.to_owned())
            .bind(no)
            .bind(name.to_owned())
            .bind(part)
            .bind(bytes)
            .bind(now_ms)
            .execute(db.writers())
            .await?;
        part += 1;
        if is_last {
            return Ok(());
        }
    }
}

/// Numbers and names of a folder's files.
pub async fn list(db: &Db, folder: &str) -> Result<Vec<(i64, String)>, DbError> {
    let sql = "SELECT no, name FROM files WHERE folder = $1 AND part = 0 ORDER BY no";
    Ok(sqlx::query_as(sql).bind(folder.to_owned()).fetch_all(db.pool()).await?)
}

/// Writes a file out, one part after the other: the driver holds a whole answer in memory.
pub async fn copy(db: &Db, folder: &str, no: i64, output: &mut (impl Write + Send)) -> Result<(), FileError> {
    let mut part = 0_i64;
    loop {
        let found: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT bytes FROM files WHERE folder = $1 AND no = $2 AND part = $3")
                .bind(folder.to_owned())
                .bind(no)
                .bind(part)
                .fetch_optional(db.pool())
                .await?;
        let Some(bytes) = found else { return Ok(output.flush()?) };
        output.write_all(&bytes)?;
        part += 1;
    }
}

/// Gives a folder another name; `false` when there is none.
pub async fn rename(
    write: &mut Transaction<'static, Any>,
    folder: &str,
    name: &str,
    now_ms: i64,
) -> Result<bool, DbError> {
    let sql = "UPDATE files SET folder = $1, at_ms = $2 WHERE folder = $3";
    let query = sqlx::query(sql).bind(name.to_owned()).bind(now_ms).bind(folder.to_owned());
    Ok(query.execute(&mut **write).await?.rows_affected() > 0)
}

/// Removes a folder.
pub async fn remove(write: &mut Transaction<'static, Any>, folder: &str) -> Result<(), DbError> {
    sqlx::query("DELETE FROM files WHERE folder = $1").bind(folder.to_owned()).execute(&mut **write).await?;
    Ok(())
}

/// Removes all offline copies but those below a folder.
pub async fn remove_bundles_but(write: &mut Transaction<'static, Any>, folder: &str) -> Result<(), DbError> {
    sqlx::query("DELETE FROM files WHERE folder LIKE 'bundle/%' AND folder NOT LIKE $1 || '/%'")
        .bind(folder.to_owned())
        .execute(&mut **write)
        .await?;
    Ok(())
}

/// Removes the files of jobs from before an instant; those of jobs that wait or run stay.
pub async fn remove_old(write: &mut Transaction<'static, Any>, before_ms: i64) -> Result<(), DbError> {
    sqlx::query(
        "DELETE FROM files WHERE folder LIKE 'job-%' AND at_ms < $1 AND NOT EXISTS (SELECT 1 FROM jobs \
         WHERE jobs.state IN ('queued', 'running') AND files.folder IN ('job-in/' || jobs.id, 'job-out/' || jobs.id))",
    )
    .bind(before_ms)
    .execute(&mut **write)
    .await?;
    Ok(())
}
