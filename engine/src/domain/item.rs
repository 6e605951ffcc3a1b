//! One entry of the item master.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ItemCode;

/// An item, known or not yet existing: its code, its name and any attributes the plant keeps.
///
/// An attribute that is absent from the map is *missing*; an empty text is never stored.
///
/// # Units
/// Attribute values are cleaned text. A length attribute is in millimetres and says so in its name (`…_mm`)
/// or was converted to millimetres when it was imported.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Key of the item.
    pub code: ItemCode,
    /// Name in the plant's own words; `None` when the plant left it empty.
    pub name: Option<String>,
    /// Attribute name → cleaned text. Ordered, so that everything computed from it is repeatable.
    pub attributes: BTreeMap<String, String>,
}

impl Item {
    /// An item without name and attributes.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: ItemCode::new(code), ..Self::default() }
    }

    /// The same item with a name.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The same item with one attribute more.
    pub fn with(mut self, attribute: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.insert(attribute.into(), value.into());
        self
    }

    /// The same item with what `told` says besides; that goes before what is known. The code stays.
    pub fn completed(mut self, told: &Self) -> Self {
        if told.name.is_some() {
            self.name.clone_from(&told.name);
        }
        self.attributes.extend(told.attributes.clone());
        self
    }

    /// The name without digits and case; the code without digits when there is no name. Items of one name family are
    /// near-copies of each other. An item of which no letter remains is a family of its own.
    pub fn name_family(&self) -> String {
        let text = self.name.as_deref().unwrap_or(self.code.as_str());
        if !text.chars().any(char::is_alphabetic) {
            return text.to_owned();
        }
        let letters: String = text.chars().filter(|c| !c.is_numeric()).collect();
        letters.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
