//! Which versions are current, for a comparison with what an import brings.

use std::collections::HashMap;

use futures::TryStreamExt;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::rows::{as_count, list};
use super::stored::item::WITHOUT_ATTRIBUTES;
use super::versions::{Kind, State};
use super::{Db, DbError};

/// Contents read by one statement.
const CONTENTS_AT_ONCE: usize = 1_000;

/// What is current under a key.
#[derive(Clone, Debug)]
pub struct Current<K> {
    pub key: K,
    pub version: i64,
    /// 0 when it is unknown.
    pub content_hash: i64,
    pub state: State,
    /// Operations of a routing, reports of an order; 1 for an item.
    pub n: usize,
}

fn current<K>(row: &AnyRow, key: K, n: usize) -> Result<Current<K>, DbError> {
    Ok(Current {
        key,
        version: row.try_get(0)?,
        content_hash: row.try_get(1)?,
        state: State::from_code(row.try_get(2)?)?,
        n,
    })
}

/// Items by code.
pub async fn items(db: &Db) -> Result<Vec<Current<String>>, DbError> {
    let sql = "SELECT version, content_hash, state, code FROM current_items ORDER BY code";
    let mut rows = sqlx::query(sql).fetch(db.pool());
    let mut all = Vec::new();
    while let Some(row) = rows.try_next().await? {
        all.push(current(&row, row.try_get(3)?, 1)?);
    }
    Ok(all)
}

/// Codes of the items of which more is known than that a routing or a report names them.
pub async fn described_items(db: &Db) -> Result<Vec<String>, DbError> {
    let [written, migrated, removed] = WITHOUT_ATTRIBUTES;
    let sql = "SELECT current_items.code FROM current_items JOIN item_versions ON id = version \
               WHERE current_items.state = 0 AND (name <> '' OR content NOT IN ($1, $2, $3))";
    Ok(sqlx::query_scalar(sql).bind(written).bind(migrated).bind(removed).fetch_all(db.pool()).await?)
}

/// Routings by item and id.
pub async fn routings(db: &Db) -> Result<Vec<Current<(String, String)>>, DbError> {
    pairs(
        db,
        "SELECT version, content_hash, state, item, routing, n_operations FROM current_routings ORDER BY item, routing",
    )
    .await
}

/// Groups of reports by item and order, `""` for none.
pub async fn reports(db: &Db) -> Result<Vec<Current<(String, String)>>, DbError> {
    pairs(
        db,
        "SELECT version, content_hash, state, item, order_no, n_reports FROM current_reports ORDER BY item, order_no",
    )
    .await
}

async fn pairs(db: &Db, sql: &'static str) -> Result<Vec<Current<(String, String)>>, DbError> {
    let mut rows = sqlx::query(sql).fetch(db.pool());
    let mut all = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let n = as_count(row.try_get(5)?);
        all.push(current(&row, (row.try_get(3)?, row.try_get(4)?), n)?);
    }
    Ok(all)
}

/// The texts of versions as they are stored, by id; `beside` is the name of an item, or why a routing is held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredText {
    pub content: String,
    pub beside: String,
}

/// The texts of versions.
pub async fn contents(db: &Db, kind: Kind, versions: &[i64]) -> Result<HashMap<i64, StoredText>, DbError> {
    let beside = match kind {
        Kind::Item => "name",
        Kind::Routing => "held",
        Kind::Report => "''",
    };
    let mut all = HashMap::with_capacity(versions.len());
    for chunk in versions.chunks(CONTENTS_AT_ONCE) {
        let sql = format!(
            "SELECT id, content, {beside} AS beside FROM {} WHERE id IN ({})",
            kind.versions(),
            list(chunk.iter().copied())
        );
        for row in sqlx::query(AssertSqlSafe(sql)).persistent(false).fetch_all(db.pool()).await? {
            all.insert(
                row.try_get("id")?,
                StoredText { content: row.try_get("content")?, beside: row.try_get("beside")? },
            );
        }
    }
    Ok(all)
}

/// Goes up with everything that changes what is current.
pub async fn revision(db: &Db) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar("SELECT revision FROM plant_state WHERE id = 1").fetch_one(db.pool()).await?)
}
