//! An item's attributes. Its code and name stand in columns beside them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use engine::domain::{Item, ItemCode};
use serde::{Deserialize, Serialize};

use super::{FORM, check, read, write};
use crate::db::DbError;

const WHAT: &str = "item";

#[derive(Serialize, Deserialize)]
struct Content<'a> {
    v: u32,
    #[serde(borrow, default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
}

/// The attributes as text.
pub fn encode(item: &Item) -> Result<String, DbError> {
    let attributes =
        item.attributes.iter().map(|(name, value)| (name.as_str().into(), value.as_str().into())).collect();
    write(WHAT, &Content { v: FORM, attributes })
}

/// The item from its code, its name (`""` for none) and its attributes; `""` as after a removal has none.
pub fn decode(code: String, name: String, text: &str) -> Result<Item, DbError> {
    let attributes = if text.is_empty() {
        BTreeMap::new()
    } else {
        let content: Content<'_> = read(WHAT, text)?;
        check(WHAT, content.v)?;
        content.attributes.into_iter().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
    };
    Ok(Item { code: ItemCode::new(code), name: Some(name).filter(|name| !name.is_empty()), attributes })
}

/// What a search compares: lower case, one line per part. Words of a query go through the same function.
pub fn normalise(text: &str) -> String {
    text.to_lowercase()
}

/// Code, name and attribute values, what a search looks at.
pub fn search_text(item: &Item) -> String {
    let parts = std::iter::once(item.code.as_str()).chain(item.name.as_deref());
    let parts = parts.chain(item.attributes.values().map(String::as_str));
    normalise(&parts.collect::<Vec<_>>().join("\n"))
}
