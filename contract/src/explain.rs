//! Asking why the first candidate was chosen and not another one.

use async_trait::async_trait;
use engine::domain::ItemCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::predict::{AskedCode, AskedItem};
use crate::wire::{Explanation, Item};

/// One item, known by code or described by its attributes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ExplainRequest {
    /// An item by code; left out where `item` is given.
    #[schema(value_type = Option<AskedCode>)]
    pub code: Option<ItemCode>,
    /// An item as a prediction saw it; goes before `code`.
    pub item: Option<Item>,
}

impl ExplainRequest {
    /// The item that is asked about.
    ///
    /// # Errors
    /// [`ApiError::Invalid`] when nothing is asked or the code cannot be one.
    pub fn check(self) -> Result<AskedItem, ApiError> {
        match (self.item, self.code) {
            (Some(item), _) => AskedItem::described(item, false),
            (None, Some(code)) => AskedItem::by_code(code),
            (None, None) => Err(ApiError::invalid("code", "", "an_item")),
        }
    }
}

/// What can be asked about reasons, of the server and of the kept model.
#[async_trait]
pub trait ExplainApi {
    /// Why the first candidate from similar items and not each further one.
    ///
    /// # Errors
    /// [`ApiError::NoModel`] before the first training, [`ApiError::UnknownCodes`] for a code that no item has, as
    /// [`ExplainRequest::check`].
    async fn explain(&self, request: ExplainRequest) -> Result<Explanation, ApiError>;
}
