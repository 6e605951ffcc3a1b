//! Typed codes: which item of the plant is meant, and what is answered where none is.

use std::sync::Arc;

use contract::codes;
use contract::error::ApiError;
use engine::domain::ItemCode;
use engine::snapshot::Snapshot;

use super::Services;
use crate::db::items;
use crate::error::Failure;

impl Services {
    /// The code of the item that a typed code means, by a snapshot and by the data, which may be later than it; `None` when
    /// there is none or several.
    pub(super) async fn code_meant(&self, snapshot: &Snapshot, typed: &ItemCode) -> Result<Option<ItemCode>, Failure> {
        if snapshot.position(typed).is_some() || items::get(&self.db, typed).await?.is_some() {
            return Ok(Some(typed.clone()));
        }
        match snapshot.meant(typed.as_str()).as_slice() {
            [only] => Ok(Some(ItemCode::new(snapshot.code(*only)))),
            // What came after the snapshot is compared by its case alone.
            [] => Ok(items::find(&self.db, typed).await?.map(|item| item.code)),
            _ => Ok(None),
        }
    }

    /// The failure of a request for codes that mean no one item.
    pub(super) async fn unknown_codes(&self, snapshot: Arc<Snapshot>, typed: Vec<ItemCode>) -> Failure {
        let unknown = move || typed.iter().map(|code| codes::unknown(&snapshot, code)).collect();
        match self.compute(unknown).await {
            Ok(unknown) => ApiError::UnknownCodes { unknown }.into(),
            Err(failure) => failure,
        }
    }
}
