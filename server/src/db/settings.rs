//! The plant's settings: one row.

use contract::settings::{KeptSettings, Settings};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::{Db, DbError};

fn kept(row: &AnyRow) -> Result<KeptSettings, DbError> {
    let value: String = row.try_get("value")?;
    let settings: Settings = serde_json::from_str(&value)
        .map_err(|error| DbError::Decode { what: "settings", reason: error.to_string() })?;
    Ok(KeptSettings { settings, revision: row.try_get("revision")? })
}

/// The settings; the defaults before anybody changed them.
pub async fn get(db: &Db) -> Result<KeptSettings, DbError> {
    let row = sqlx::query("SELECT value, revision FROM settings WHERE id = 1").fetch_optional(db.pool()).await?;
    Ok(row.as_ref().map(kept).transpose()?.unwrap_or_default())
}

/// Stores settings made on `revision`; `false` when others are there by now.
pub async fn put(write: &mut Transaction<'static, Any>, revision: i64, settings: &Settings) -> Result<bool, DbError> {
    let value = serde_json::to_string(settings)
        .map_err(|error| DbError::Decode { what: "settings", reason: error.to_string() })?;
    let done = if revision == 0 {
        sqlx::query("INSERT INTO settings (id, value, revision) VALUES (1, $1, 1) ON CONFLICT (id) DO NOTHING")
            .bind(value)
            .execute(&mut **write)
            .await?
    } else {
        sqlx::query("UPDATE settings SET value = $1, revision = revision + 1 WHERE id = 1 AND revision = $2")
            .bind(value)
            .bind(revision)
            .execute(&mut **write)
            .await?
    };
    Ok(done.rows_affected() == 1)
}
