//! Finding and reading items.

use async_trait::async_trait;
use engine::domain::{self, ItemCode};
use engine::features::Schema;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::error::ApiError;
use crate::limits::{check_length, check_most};
use crate::wire::{Item, Neighbour, Routing, code};

/// Lines of a page when the caller does not say.
pub const DEFAULT_LIMIT: usize = 20;
/// Most lines of a page.
pub const MAX_LIMIT: usize = 100;
/// Most matches to skip: more than any plant has.
pub const MAX_OFFSET: usize = 1_000_000_000;
/// Similar items that are shown with an item.
pub const N_SIMILAR: usize = 10;
/// Attributes of one line.
const N_FACTS: usize = 4;

/// A search by code, name or attribute: every word must occur.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct SearchItems {
    /// Words, at most 200 characters; empty lists all items by code.
    #[param(max_length = 200)]
    pub q: String,
    /// How many matches to skip, at most 1,000,000,000.
    #[param(maximum = 1000000000)]
    pub offset: usize,
    /// How many to return, 1 to 100; 0 is 20.
    #[param(maximum = 100)]
    pub limit: usize,
}

impl SearchItems {
    /// The same within its limits.
    ///
    /// # Errors
    /// [`ApiError::Invalid`] for a query that is too long, [`ApiError::TooMany`] for a page that is too long or too far.
    pub fn check(self) -> Result<CheckedSearch, ApiError> {
        let Self { q, offset, limit } = self;
        check_length("q", &q)?;
        check_most("limit", limit, MAX_LIMIT)?;
        check_most("offset", offset, MAX_OFFSET)?;
        Ok(CheckedSearch { q, offset, limit: if limit == 0 { DEFAULT_LIMIT } else { limit } })
    }
}

/// A search within its limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedSearch {
    pub q: String,
    pub offset: usize,
    /// At least 1.
    pub limit: usize,
}

/// One line of a result list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemSummary {
    #[schema(value_type = code::ItemCode)]
    pub code: ItemCode,
    pub name: Option<String>,
    /// A few attributes worth showing, in the order of the data.
    pub facts: Vec<String>,
    pub n_routings: usize,
}

impl ItemSummary {
    /// The line of an item. What the schema of a model gives the most weight is shown first; without a model attributes
    /// stand in the order of their names: a list must not wait for a training.
    pub fn of(item: domain::Item, n_routings: usize, schema: Option<&Schema>) -> Self {
        Self { facts: facts(&item, schema), code: item.code, name: item.name, n_routings }
    }
}

/// The attributes that say most about an item.
fn facts(item: &domain::Item, schema: Option<&Schema>) -> Vec<String> {
    let weight = |name: &str| {
        let feature = schema.and_then(|schema| schema.features.iter().find(|feature| feature.name == name));
        feature.map_or(0.0, |feature| feature.weight)
    };
    let mut attributes: Vec<(&String, &String)> = item.attributes.iter().collect();
    // The map is in alphabetical order and the sort is stable.
    attributes.sort_by(|a, b| weight(b.0).total_cmp(&weight(a.0)));
    attributes.into_iter().take(N_FACTS).map(|(_, value)| value.clone()).collect()
}

/// A part of a result list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemPage {
    pub items: Vec<ItemSummary>,
    /// Matches in all.
    pub total: usize,
    pub offset: usize,
}

/// An item with what is known about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemDetail {
    pub item: Item,
    /// Main first.
    pub routings: Vec<Routing>,
    /// Kept, but neither proposed nor learned from until an import brings them complete.
    #[serde(default)]
    pub held: Vec<HeldRouting>,
    /// Most similar first; empty when no model was trained.
    pub neighbours: Vec<Neighbour>,
}

/// A routing that is held back, because something about it could not be read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HeldRouting {
    /// What could be read of it.
    pub routing: Routing,
    pub reasons: Vec<HeldReason>,
}

/// One thing that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HeldReason {
    pub file: String,
    /// Of a workbook.
    pub sheet: Option<String>,
    /// As a spreadsheet shows it.
    pub row: u32,
    /// As the file names it; `None` when the whole row is meant.
    pub column: Option<String>,
    /// What stands there.
    pub value: String,
    /// Code of what should.
    pub rule: String,
    pub suggestion: Option<String>,
}

/// What can be asked about items, of the server and of the kept model.
#[async_trait]
pub trait ItemsApi {
    /// # Errors
    /// As [`SearchItems::check`].
    async fn search_items(&self, query: SearchItems) -> Result<ItemPage, ApiError>;
    /// # Errors
    /// [`ApiError::UnknownCodes`] for a code that no item has.
    async fn item(&self, code: ItemCode) -> Result<ItemDetail, ApiError>;
}

#[cfg(test)]
mod tests {
    use engine::features::{Feature, FeatureKind};

    use super::*;

    #[test]
    fn a_page_keeps_its_limits() {
        let asking = |limit| SearchItems { limit, ..SearchItems::default() }.check().map(|search| search.limit);
        assert_eq!((asking(0), asking(1), asking(100)), (Ok(20), Ok(1), Ok(100)));
        assert_eq!(asking(101), Err(ApiError::TooMany { field: "limit".into(), limit: 100, got: 101 }));
        let far = SearchItems { offset: MAX_OFFSET + 1, ..SearchItems::default() };
        assert_eq!(far.check().map_err(|error| error.code()), Err("too_many"));
        let long = SearchItems { q: "é".repeat(201), ..SearchItems::default() };
        assert_eq!(long.check().map_err(|error| error.code()), Err("invalid"));
    }

    #[test]
    fn facts_follow_the_weight_then_the_name() {
        let feature = |name: &str, weight| Feature {
            name: name.into(),
            kind: FeatureKind::Category,
            unit: None,
            weight,
            filled_share: 1.0,
            common_values: Vec::new(),
        };
        let item = domain::Item::new("A").with("a", "1").with("b", "2").with("c", "3").with("d", "4").with("e", "5");
        let schema = Schema { features: vec![feature("e", 2.0), feature("c", 3.0)], ..Schema::default() };
        assert_eq!(facts(&item, Some(&schema)), ["3", "5", "1", "2"]);
        assert_eq!(facts(&item, None), ["1", "2", "3", "4"]);
    }
}
