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

/// What stands for an item without attributes: as it is written, as a migration wrote it, and after a removal.
pub const WITHOUT_ATTRIBUTES: [&str; 3] = [r#"{"v":1}"#, r#"{"v":1,"attributes":{}}"#, ""];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_without_attributes_is_known_by_its_text() {
        let text = encode(&Item::new("A-1")).expect("it is written");
        assert!(WITHOUT_ATTRIBUTES.contains(&text.as_str()), "{text}");
        for text in WITHOUT_ATTRIBUTES {
            assert_eq!(decode("A-1".into(), String::new(), text).expect("it is read"), Item::new("A-1"));
        }
    }
}
