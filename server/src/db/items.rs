//! The item master.

use std::collections::BTreeMap;

use engine::domain::{Item, ItemCode};
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use super::rows::{as_count, escape_like, placeholders};
use super::{Db, DbError};

/// Items of one statement: 4 values each, far below SQLite's limit of 32,766.
const ITEMS_PER_STATEMENT: usize = 500;

/// One line of a search result.
#[derive(Clone, Debug)]
pub struct FoundItem {
    /// The item.
    pub item: Item,
    /// How many routings it has.
    pub n_routings: usize,
}

/// Stores items. An item already there keeps what it has; new attributes are added and new values replace old ones,
/// so that several files can describe the same items.
pub async fn merge(transaction: &mut Transaction<'static, Any>, items: Vec<Item>) -> Result<(), DbError> {
    let mut by_code: BTreeMap<ItemCode, Item> = BTreeMap::new();
    for item in items {
        absorb(by_code.entry(item.code.clone()).or_insert_with(|| Item::new(item.code.as_str())), item);
    }
    let items: Vec<Item> = by_code.into_values().collect();
    for chunk in items.chunks(ITEMS_PER_STATEMENT) {
        let mut known = by_codes(transaction, chunk.iter().map(|item| item.code.clone()).collect()).await?;
        let merged: Vec<Item> = chunk
            .iter()
            .map(|item| match known.remove(&item.code) {
                Some(mut old) => {
                    absorb(&mut old, item.clone());
                    old
                }
                None => item.clone(),
            })
            .collect();
        let sql = format!(
            "INSERT INTO items (code, name, attributes, search_text) VALUES {} \
             ON CONFLICT (code) DO UPDATE SET name = excluded.name, attributes = excluded.attributes, \
             search_text = excluded.search_text",
            placeholders(merged.len(), 4)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for item in &merged {
            let attributes = serde_json::to_string(&item.attributes)
                .map_err(|error| DbError::Decode { what: "attributes", reason: error.to_string() })?;
            query = query
                .bind(item.code.as_str().to_owned())
                .bind(item.name.clone())
                .bind(attributes)
                .bind(search_text(item));
        }
        query.execute(&mut **transaction).await?;
    }
    Ok(())
}

fn absorb(old: &mut Item, new: Item) {
    if new.name.is_some() {
        old.name = new.name;
    }
    old.attributes.extend(new.attributes);
}

/// Adds items that only routings or reports name, so that every item can be found. Returns how many were added.
pub async fn add_unlisted(db: &Db) -> Result<usize, DbError> {
    let codes: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT item FROM operations WHERE NOT EXISTS (SELECT 1 FROM items WHERE items.code = operations.item)",
    )
    .fetch_all(db.pool())
    .await?;
    let n_codes = codes.len();
    for chunk in codes.chunks(5_000) {
        let mut transaction = db.begin_write().await?;
        merge(&mut transaction, chunk.iter().map(Item::new).collect()).await?;
        transaction.commit().await?;
    }
    Ok(n_codes)
}

/// One item, if the plant has it.
pub async fn get(db: &Db, code: &ItemCode) -> Result<Option<Item>, DbError> {
    let row = sqlx::query("SELECT code, name, attributes FROM items WHERE code = $1")
        .bind(code.as_str().to_owned())
        .fetch_optional(db.pool())
        .await?;
    row.map(|row| item(&row)).transpose()
}

async fn by_codes(
    transaction: &mut Transaction<'static, Any>,
    codes: Vec<ItemCode>,
) -> Result<BTreeMap<ItemCode, Item>, DbError> {
    let sql = format!("SELECT code, name, attributes FROM items WHERE code IN {}", placeholders(1, codes.len()));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for code in codes {
        query = query.bind(code.as_str().to_owned());
    }
    let rows = query.fetch_all(&mut **transaction).await?;
    rows.iter().map(|row| item(row).map(|item| (item.code.clone(), item))).collect()
}

/// Items in whose code, name or attributes every word occurs, those whose code begins with the first word first,
/// then by code; and how many there are in all.
pub async fn search(
    db: &Db,
    words: &[String],
    offset: usize,
    limit: usize,
) -> Result<(Vec<FoundItem>, usize), DbError> {
    let filter: Vec<String> =
        (1..=words.len()).map(|position| format!("search_text LIKE ${position} ESCAPE '\\'")).collect();
    let filter = if filter.is_empty() { String::from("1 = 1") } else { filter.join(" AND ") };
    let contains: Vec<String> = words.iter().map(|word| format!("%{}%", escape_like(word))).collect();

    let count_sql = format!("SELECT COUNT(*) FROM items WHERE {filter}");
    let mut count = sqlx::query_scalar::<_, i64>(AssertSqlSafe(count_sql));
    for pattern in &contains {
        count = count.bind(pattern.clone());
    }
    let total = as_count(count.fetch_one(db.pool()).await?);

    // The search text begins with the code, so that a prefix of the text is a prefix of the code.
    let n = words.len();
    let list_sql = format!(
        "SELECT code, name, attributes, \
         (SELECT COUNT(DISTINCT routing) FROM operations WHERE operations.item = items.code) AS n_routings \
         FROM items WHERE {filter} \
         ORDER BY CASE WHEN search_text LIKE ${} ESCAPE '\\' THEN 0 ELSE 1 END, code LIMIT ${} OFFSET ${}",
        n + 1,
        n + 2,
        n + 3
    );
    let mut list = sqlx::query(AssertSqlSafe(list_sql));
    for pattern in contains {
        list = list.bind(pattern);
    }
    let prefix = words.first().map_or_else(|| String::from("%"), |word| format!("{}%", escape_like(word)));
    let rows = list
        .bind(prefix)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .bind(i64::try_from(offset).unwrap_or(i64::MAX))
        .fetch_all(db.pool())
        .await?;
    let found = rows
        .iter()
        .map(|row| Ok(FoundItem { item: item(row)?, n_routings: as_count(row.try_get("n_routings")?) }))
        .collect::<Result<_, DbError>>()?;
    Ok((found, total))
}

pub(super) fn item(row: &sqlx::any::AnyRow) -> Result<Item, DbError> {
    let attributes: String = row.try_get("attributes")?;
    Ok(Item {
        code: ItemCode::new(row.try_get::<String, _>("code")?),
        name: row.try_get("name")?,
        attributes: serde_json::from_str(&attributes)
            .map_err(|error| DbError::Decode { what: "attributes", reason: error.to_string() })?,
    })
}

/// What a search compares: lower case, one line per part. Words of a query go through the same function.
pub fn normalise(text: &str) -> String {
    text.to_lowercase()
}

fn search_text(item: &Item) -> String {
    let parts = std::iter::once(item.code.as_str()).chain(item.name.as_deref());
    let parts = parts.chain(item.attributes.values().map(String::as_str));
    normalise(&parts.collect::<Vec<_>>().join("\n"))
}
