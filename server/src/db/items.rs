//! The item master.

use engine::domain::{Item, ItemCode};
use sqlx::Row;

use super::stored::item;
use super::{Db, DbError};

/// One item, if the plant has it.
pub async fn get(db: &Db, code: &ItemCode) -> Result<Option<Item>, DbError> {
    let row = sqlx::query(
        "SELECT current_items.code, name, content FROM current_items JOIN item_versions ON id = version \
         WHERE current_items.code = $1 AND current_items.state = 0",
    )
    .bind(code.as_str().to_owned())
    .fetch_optional(db.pool())
    .await?;
    row.map(|row| decode(&row)).transpose()
}

/// An item by its code; where no item has just this code, the only one whose code differs in case alone.
pub async fn find(db: &Db, code: &ItemCode) -> Result<Option<Item>, DbError> {
    if let Some(item) = get(db, code).await? {
        return Ok(Some(item));
    }
    let codes: Vec<String> = sqlx::query_scalar(
        "SELECT code FROM current_items WHERE LOWER(code) = LOWER($1) AND state = 0 ORDER BY code LIMIT 2",
    )
    .bind(code.as_str().to_owned())
    .fetch_all(db.pool())
    .await?;
    match codes.as_slice() {
        [only] => get(db, &ItemCode::new(only.as_str())).await,
        _ => Ok(None),
    }
}

fn decode(row: &sqlx::any::AnyRow) -> Result<Item, DbError> {
    item::decode(row.try_get("code")?, row.try_get("name")?, row.try_get::<&str, _>("content")?)
}
