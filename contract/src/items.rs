//! Finding and reading items.

use async_trait::async_trait;
use engine::domain::{Item, ItemCode, Routing};
use engine::predict::Neighbour;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::error::ApiError;

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

/// One line of a result list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemSummary {
    pub code: ItemCode,
    pub name: Option<String>,
    /// A few attributes worth showing, in the order of the data.
    pub facts: Vec<String>,
    pub n_routings: usize,
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

/// What the server answers about items.
#[async_trait]
pub trait ItemsApi {
    /// # Errors
    /// [`ApiError::Invalid`] for a query that is too long.
    async fn search_items(&self, query: SearchItems) -> Result<ItemPage, ApiError>;
    /// # Errors
    /// [`ApiError::NotFound`] for an unknown code.
    async fn item(&self, code: ItemCode) -> Result<ItemDetail, ApiError>;
}
