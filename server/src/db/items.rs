//! The item master.

use engine::domain::{Item, ItemCode};
use sqlx::{AssertSqlSafe, Row};

use super::rows::{as_count, escape_like};
use super::stored::item;
pub use super::stored::item::normalise;
use super::{Db, DbError};

/// One line of a search result.
#[derive(Clone, Debug)]
pub struct FoundItem {
    /// The item.
    pub item: Item,
    /// How many routings it has.
    pub n_routings: usize,
}

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

    let count_sql = format!("SELECT COUNT(*) FROM current_items WHERE state = 0 AND {filter}");
    let mut count = sqlx::query_scalar::<_, i64>(AssertSqlSafe(count_sql));
    for pattern in &contains {
        count = count.bind(pattern.clone());
    }
    let total = as_count(count.fetch_one(db.pool()).await?);

    // The search text begins with the code, so that a prefix of the text is a prefix of the code.
    let n = words.len();
    // The versions are looked up for the lines of this page only.
    let list_sql = format!(
        "SELECT page.code, name, content, (SELECT COUNT(*) FROM current_routings \
         WHERE current_routings.item = page.code AND current_routings.state = 0) AS n_routings \
         FROM (SELECT code, version, CASE WHEN search_text LIKE ${} ESCAPE '\\' THEN 0 ELSE 1 END AS place \
         FROM current_items WHERE state = 0 AND {filter} ORDER BY place, code LIMIT ${} OFFSET ${}) AS page \
         JOIN item_versions ON id = page.version ORDER BY page.place, page.code",
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
        .map(|row| Ok(FoundItem { item: decode(row)?, n_routings: as_count(row.try_get("n_routings")?) }))
        .collect::<Result<_, DbError>>()?;
    Ok((found, total))
}

fn decode(row: &sqlx::any::AnyRow) -> Result<Item, DbError> {
    item::decode(row.try_get("code")?, row.try_get("name")?, row.try_get::<&str, _>("content")?)
}
