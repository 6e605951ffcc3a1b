//! The list of features, inferred once per training and stored in the model.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::domain::Item;

/// Name of the feature that reads the item code.
pub const ITEM_CODE_FEATURE: &str = "item_cd";
/// Name of the feature that reads the item name.
pub const ITEM_NAME_FEATURE: &str = "item_nm";

/// How an attribute is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeatureKind {
    /// A quantity, compared on a log scale.
    Number,
    /// One of few values, compared by rarity-weighted agreement.
    Category,
    /// A structured identifier such as a drawing number, compared by character n-grams.
    Code,
    /// Words, compared by character n-grams.
    Text,
    /// Yes or no.
    Flag,
    /// A day; shown, not compared.
    Date,
}

/// One feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// Attribute name; `item_nm` and `item_cd` stand for name and code.
    pub name: String,
    /// How it is compared.
    pub kind: FeatureKind,
    /// Unit, where the plant's data says one: `mm`, `kg` …
    pub unit: Option<String>,
    /// Influence on the similarity, 0 to 4; 0 is not compared.
    pub weight: f64,
    /// Share of items that have a value, 0 to 1.
    pub filled_share: f64,
    /// The commonest values of a category or flag, most frequent first, at most 50: what a form offers.
    pub common_values: Vec<String>,
}

/// All features of one model, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    /// Raised when the meaning of a feature changes.
    pub version: u32,
    /// In the order in which they are compared and shown.
    pub features: Vec<Feature>,
    /// Names of the features that together name a standard routing: a form offers them whatever their weight, in this
    /// order. Empty in a plant without codes of standard routings.
    #[serde(default)]
    pub standard: Vec<String>,
}

impl Feature {
    /// The value of this feature in an item; `None` is missing.
    pub fn value<'a>(&self, item: &'a Item) -> Option<Cow<'a, str>> {
        match self.name.as_str() {
            ITEM_CODE_FEATURE => Some(Cow::Borrowed(item.code.as_str())).filter(|code| !code.is_empty()),
            ITEM_NAME_FEATURE => item.name.as_deref().map(Cow::Borrowed),
            name => item.attributes.get(name).map(|value| Cow::Borrowed(value.as_str())),
        }
    }
}
