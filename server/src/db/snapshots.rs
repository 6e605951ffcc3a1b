//! Snapshots of the plant: what is known of each, which one answers, and its sections where servers share no disk.

use engine::domain::SnapshotId;
use engine::snapshot::Manifest;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::{Db, DbError};

/// Snapshots that are kept in any case: the one that answers, and the one before it.
const N_KEPT: usize = 2;

/// A snapshot on file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotRow {
    pub id: SnapshotId,
    /// RFC 3339, UTC.
    pub made_at: String,
    /// The revision of the plant's data that it holds.
    pub data_revision: i64,
    pub manifest: Manifest,
    /// Goes up with every snapshot that is made to answer.
    pub activation: i64,
}

fn snapshot(row: &AnyRow) -> Result<SnapshotRow, DbError> {
    let manifest: String = row.try_get("manifest")?;
    Ok(SnapshotRow {
        id: SnapshotId::new(row.try_get::<String, _>("id")?),
        made_at: row.try_get("made_at")?,
        data_revision: row.try_get("data_revision")?,
        manifest: serde_json::from_str(&manifest)
            .map_err(|error| DbError::Decode { what: "manifest of snapshot", reason: error.to_string() })?,
        activation: row.try_get("activation")?,
    })
}

/// All that are known, the one that answers first.
pub async fn list(db: &Db) -> Result<Vec<SnapshotRow>, DbError> {
    let rows = sqlx::query("SELECT * FROM snapshots ORDER BY activation DESC").fetch_all(db.pool()).await?;
    rows.iter().map(snapshot).collect()
}

/// The one that answers; `None` before the first.
pub async fn latest(db: &Db) -> Result<Option<SnapshotRow>, DbError> {
    Ok(list(db).await?.into_iter().next())
}

/// Makes one the one that answers, unless it does or one of later data does; the row is as it stands then. Those that
/// nobody needs any more are forgotten, and the oldest beyond `most_bytes`.
pub async fn activate(
    write: &mut Transaction<'static, Any>,
    new: &SnapshotRow,
    most_bytes: usize,
) -> Result<SnapshotRow, DbError> {
    let manifest = serde_json::to_string(&new.manifest)
        .map_err(|error| DbError::Decode { what: "manifest of snapshot", reason: error.to_string() })?;
    // Also makes writers of this table wait for each other.
    let sql = "SELECT * FROM snapshots WHERE activation = (SELECT MAX(activation) FROM snapshots)";
    let latest = sqlx::query(sql).fetch_optional(&mut **write).await?.as_ref().map(snapshot).transpose()?;
    if let Some(latest) = latest {
        if latest.data_revision > new.data_revision {
            return Ok(latest);
        }
        if latest.id == new.id {
            sqlx::query("UPDATE snapshots SET data_revision = $1 WHERE id = $2")
                .bind(new.data_revision)
                .bind(new.id.as_str().to_owned())
                .execute(&mut **write)
                .await?;
            return Ok(SnapshotRow { data_revision: new.data_revision, ..latest });
        }
    }
    let activation = sqlx::query_scalar(
        "INSERT INTO snapshots (id, made_at, data_revision, manifest, activation) \
         VALUES ($1, $2, $3, $4, (SELECT COALESCE(MAX(activation), 0) + 1 FROM snapshots)) \
         ON CONFLICT (id) DO UPDATE SET made_at = excluded.made_at, data_revision = excluded.data_revision, \
         activation = excluded.activation RETURNING activation",
    )
    .bind(new.id.as_str().to_owned())
    .bind(new.made_at.clone())
    .bind(new.data_revision)
    .bind(manifest)
    .fetch_one(&mut **write)
    .await?;
    forget(write, most_bytes).await?;
    Ok(SnapshotRow { activation, ..new.clone() })
}

/// Forgets those that nobody needs: all but the latest two and, as far as `most_bytes` of them all reach, those that a
/// receipt or a model names.
async fn forget(write: &mut Transaction<'static, Any>, most_bytes: usize) -> Result<(), DbError> {
    let sql = "SELECT *, CASE WHEN EXISTS (SELECT 1 FROM receipts WHERE receipts.snapshot = snapshots.id) \
               OR EXISTS (SELECT 1 FROM models WHERE models.snapshot = snapshots.id) \
               THEN 1 ELSE 0 END AS is_named FROM snapshots ORDER BY activation DESC";
    let mut n_bytes = 0_usize;
    for (at, row) in sqlx::query(sql).fetch_all(&mut **write).await?.iter().enumerate() {
        let is_named = row.try_get::<i32, _>("is_named")? == 1;
        let row = snapshot(row)?;
        n_bytes = n_bytes.saturating_add(row.manifest.n_bytes());
        if at >= N_KEPT && !(is_named && n_bytes <= most_bytes) {
            let delete = sqlx::query("DELETE FROM snapshots WHERE id = $1").bind(row.id.as_str().to_owned());
            delete.execute(&mut **write).await?;
        }
    }
    Ok(())
}

/// Where a section lies among `files`.
pub fn folder(hash: &str) -> String {
    format!("snapshot/{hash}")
}

/// Removes the sections that no snapshot has any more.
pub async fn remove_sections_but(write: &mut Transaction<'static, Any>, kept: &[String]) -> Result<(), DbError> {
    let sql = "SELECT DISTINCT folder FROM files WHERE folder LIKE 'snapshot/%'";
    let all: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut **write).await?;
    for folder in all.into_iter().filter(|there| !kept.iter().any(|hash| folder(hash) == *there)) {
        super::files::remove(write, &folder).await?;
    }
    Ok(())
}
