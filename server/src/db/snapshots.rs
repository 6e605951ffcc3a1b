//! Snapshots of the plant: what is known of each, which one answers, and its sections where servers share no disk.

use engine::domain::SnapshotId;
use engine::snapshot::{Builder, Manifest};
use futures::TryStreamExt;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::rows::as_count;
use super::stored::item;
use super::{Db, DbError};

/// Snapshots that are known: the one that answers, and the one before it.
const N_KEPT: i64 = 2;

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

/// Makes one the one that answers, unless it does or one of later data does; the row is as it stands then. All but the
/// latest two are forgotten.
pub async fn activate(write: &mut Transaction<'static, Any>, new: &SnapshotRow) -> Result<SnapshotRow, DbError> {
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
    let sql = "DELETE FROM snapshots WHERE id NOT IN (SELECT id FROM snapshots ORDER BY activation DESC LIMIT $1)";
    sqlx::query(sql).bind(N_KEPT).execute(&mut **write).await?;
    Ok(SnapshotRow { activation, ..new.clone() })
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

/// Reads the plant's items for a snapshot, and the revision of the data that they are of.
///
/// # Cost
/// Holds each distinct value once, and two numbers for each value of an item.
pub async fn gather(db: &Db) -> Result<(Builder, i64), DbError> {
    // One view, so that an import that ends meanwhile is in it wholly or not at all.
    let mut view = db.begin_snapshot().await?;
    let revision = sqlx::query_scalar("SELECT revision FROM plant_state WHERE id = 1").fetch_one(&mut *view).await?;
    let mut builder = Builder::new();
    let mut rows = sqlx::query(
        "SELECT current_items.code, name, content, (SELECT COUNT(*) FROM current_routings \
         WHERE current_routings.item = current_items.code AND current_routings.state = 0) AS n_routings \
         FROM current_items JOIN item_versions ON id = version WHERE current_items.state = 0 \
         ORDER BY current_items.code",
    )
    .fetch(&mut *view);
    while let Some(row) = rows.try_next().await? {
        let item = item::decode(row.try_get("code")?, row.try_get("name")?, row.try_get::<&str, _>("content")?)?;
        builder.push(&item, as_count(row.try_get("n_routings")?));
    }
    drop(rows);
    view.rollback().await?;
    Ok((builder, revision))
}
