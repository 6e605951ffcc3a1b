//! Codes as they are typed, and what is answered to those that nothing has.
//!
//! A code is never guessed: it means the item of just this code, else the only one whose code is alike; else whoever typed it
//! is shown what may be meant.

use engine::domain::ItemCode;
use engine::snapshot::Snapshot;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::limits::MAX_CHARS;
use crate::wire::code;

/// Codes that are offered for one that is unknown.
pub const MOST_MEANT: usize = 5;

/// A code with the name of its item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NamedCode {
    #[schema(value_type = code::ItemCode)]
    pub code: ItemCode,
    pub name: Option<String>,
}

/// A code that no item has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnknownCode {
    /// As it was asked for.
    #[schema(value_type = code::ItemCode)]
    pub code: ItemCode,
    /// Whether those below differ in case, width, blanks, hyphens and underscores only: then they are several, and which of
    /// them is meant cannot be known.
    pub is_ambiguous: bool,
    /// Items whose codes are nearest, the nearest first, at most 5; often none.
    pub did_you_mean: Vec<NamedCode>,
}

impl UnknownCode {
    /// The failure of a request for this code alone.
    pub fn alone(self) -> ApiError {
        ApiError::UnknownCodes { unknown: vec![self] }
    }
}

/// The item of a plant that a typed code means; `None` when there is none or several.
pub fn meant(snapshot: &Snapshot, typed: &ItemCode) -> Option<ItemCode> {
    match snapshot.meant(typed.as_str()).as_slice() {
        [only] => Some(ItemCode::new(snapshot.code(*only))),
        _ => None,
    }
}

/// What is answered to a code that means no one item of a plant.
pub fn unknown(snapshot: &Snapshot, typed: &ItemCode) -> UnknownCode {
    let named = |at: usize| {
        let item = snapshot.item(at);
        NamedCode { code: item.code, name: item.name }
    };
    let alike = snapshot.meant(typed.as_str());
    let is_ambiguous = !alike.is_empty();
    let offered = if is_ambiguous { alike } else { snapshot.nearest_codes(typed.as_str(), MOST_MEANT) };
    UnknownCode {
        code: ItemCode::new(typed.as_str().chars().take(MAX_CHARS).collect::<String>()),
        is_ambiguous,
        did_you_mean: offered.into_iter().take(MOST_MEANT).map(named).collect(),
    }
}

#[cfg(test)]
mod tests {
    use engine::domain::Item;
    use engine::snapshot::Builder;

    use super::*;

    #[test]
    fn just_this_code_else_the_only_alike_one_else_a_question() {
        let mut plant = Builder::new();
        let codes = ["2G-10265PC", "AB-1", "AB1", "ab_1", "가-1"];
        codes.iter().for_each(|code| plant.push(&Item::new(*code).named("gland"), 0));
        let plant = plant.finish();
        let found = |typed: &str| meant(&plant, &ItemCode::from(typed)).map(|code| code.to_string());
        assert_eq!(found("AB1").as_deref(), Some("AB1"));
        for typed in ["2g10265pc", " 2Ｇ１０２６５ ＰＣ"] {
            assert_eq!(found(typed).as_deref(), Some("2G-10265PC"));
        }
        let offered = |typed: &str| {
            assert_eq!(found(typed), None);
            let unknown = unknown(&plant, &ItemCode::from(typed));
            assert_eq!(unknown.code.as_str(), typed);
            let codes = unknown.did_you_mean.iter().map(|near| near.code.to_string()).collect::<Vec<_>>();
            assert!(unknown.did_you_mean.iter().all(|near| near.name.as_deref() == Some("gland")));
            (unknown.is_ambiguous, codes)
        };
        assert_eq!(offered("a-b-1"), (true, vec!["AB-1".into(), "AB1".into(), "ab_1".into()]));
        assert_eq!(offered("2G10256PC"), (false, vec!["2G-10265PC".into()]));
        assert_eq!(offered("OTHER"), (false, vec![]));
    }
}
