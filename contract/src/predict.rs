//! Asking for candidate routings.

use async_trait::async_trait;
use engine::domain::{self, ItemCode};
use engine::predict::PredictOptions;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::limits::{check_length, check_most};
use crate::wire::{Item, OwnHistory, Prediction, Schema, WireForm};

/// Most items of one request.
pub const MAX_ITEMS_PER_REQUEST: usize = 50;
/// Most similar items of one answer.
pub const MAX_NEIGHBOURS: usize = 50;
/// Most lines of the recent predictions.
pub const MAX_RECENT: usize = 100;

/// An item's code as it may be asked for, described for machines.
#[derive(ToSchema)]
#[schema(pattern = r"^[\s\S]{1,200}$")]
pub struct AskedCode(pub String);

/// Items to predict for: known by code, or described by their attributes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PredictRequest {
    /// Codes, whatever their case, width, blanks, hyphens and underscores. Where one of them is unknown, nothing is predicted,
    /// unless `allow_unknown` says so.
    #[schema(value_type = Vec<AskedCode>, max_items = 50)]
    pub codes: Vec<ItemCode>,
    /// Items that need not exist.
    #[schema(max_items = 50)]
    pub items: Vec<Item>,
    /// How past routings of the item itself are used.
    pub own_history: OwnHistory,
    /// Similar items to return, 1 to 50; 0 is 10.
    #[schema(maximum = 50)]
    pub n_neighbours: usize,
    /// Answer codes that no item has, from the pattern of the code and from what `items` say of it.
    pub allow_unknown: bool,
    /// `items` with a code are items of the plant: what they say goes before what the plant knows, and a code that no item has
    /// is refused like one of `codes`.
    pub complete_known: bool,
}

impl PredictRequest {
    /// The same within its limits.
    ///
    /// # Errors
    /// [`ApiError::TooMany`] above a limit, [`ApiError::Invalid`] when nothing is asked or a code cannot be one.
    pub fn check(self) -> Result<CheckedPredict, ApiError> {
        let Self { codes, items, own_history, n_neighbours, allow_unknown, complete_known } = self;
        let n_items = codes.len() + items.len();
        if n_items == 0 {
            return Err(ApiError::invalid("codes", "", "an_item"));
        }
        check_most("items", n_items, MAX_ITEMS_PER_REQUEST)?;
        check_most("n_neighbours", n_neighbours, MAX_NEIGHBOURS)?;
        let known = codes.into_iter().map(AskedItem::by_code);
        let described = items.into_iter().map(|item| AskedItem::described(item, complete_known));
        let defaults = PredictOptions::default();
        let n_neighbours = if n_neighbours == 0 { defaults.n_neighbours } else { n_neighbours };
        Ok(CheckedPredict {
            items: known.chain(described).collect::<Result<_, _>>()?,
            options: PredictOptions { own_history: own_history.into_domain(), n_neighbours, ..defaults },
            allow_unknown,
        })
    }
}

/// A request within its limits.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedPredict {
    /// In the order asked: codes first, then described items.
    pub items: Vec<AskedItem>,
    pub options: PredictOptions,
    /// Whether a code that no item has is answered.
    pub allow_unknown: bool,
}

/// One item that is asked about.
#[derive(Clone, Debug, PartialEq)]
pub enum AskedItem {
    /// Known by its code.
    ByCode(ItemCode),
    /// Described, as an import would have read it.
    Described(domain::Item),
    /// The plant's item of this code, of which something more is said.
    Completed(domain::Item),
}

impl AskedItem {
    /// # Errors
    /// [`ApiError::Invalid`] for a code that is blank or too long.
    pub fn by_code(code: ItemCode) -> Result<Self, ApiError> {
        if code.as_str().trim().is_empty() {
            return Err(ApiError::invalid("code", "", "not_empty"));
        }
        check_length("code", code.as_str())?;
        Ok(Self::ByCode(code))
    }

    /// # Errors
    /// [`ApiError::Invalid`] for a code that is too long; it may be left out.
    pub fn described(item: Item, complete_known: bool) -> Result<Self, ApiError> {
        check_length("code", item.code.as_str())?;
        let item = engine::clean::item(item.into_domain());
        let is_of_plant = complete_known && !item.code.as_str().is_empty();
        Ok(if is_of_plant { Self::Completed(item) } else { Self::Described(item) })
    }

    /// Under which code the plant may have it.
    pub fn code(&self) -> &ItemCode {
        match self {
            Self::ByCode(code) => code,
            Self::Described(item) | Self::Completed(item) => &item.code,
        }
    }

    /// The item that is asked about, and whether the plant has it as `known`. A described one is taken as it is described; of a
    /// code that the plant does not have nothing else is known.
    ///
    /// # Errors
    /// The code, when no item has it and that is not allowed.
    pub fn settled(self, known: Option<domain::Item>, allow_unknown: bool) -> Result<(domain::Item, bool), ItemCode> {
        let is_known = known.is_some();
        match (self, known) {
            (Self::Described(item), _) | (Self::ByCode(_), Some(item)) => Ok((item, is_known)),
            (Self::Completed(told), Some(item)) => Ok((item.completed(&told), true)),
            (Self::Completed(item), None) if allow_unknown => Ok((item, false)),
            (Self::Completed(item), None) => Err(item.code),
            (Self::ByCode(code), None) if allow_unknown => {
                Ok((domain::Item { code, ..domain::Item::default() }, false))
            }
            (Self::ByCode(code), None) => Err(code),
        }
    }
}

/// The answer for one item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PredictAnswer {
    /// Time-ordered id under which the server keeps it; `None` when it was made offline.
    pub id: Option<String>,
    /// The item as the model saw it.
    pub item: Item,
    /// Whether the plant has this item.
    pub is_known: bool,
    pub prediction: Prediction,
}

/// One line of the recent predictions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecentPrediction {
    pub id: String,
    pub item: ItemCode,
    pub name: Option<String>,
    /// RFC 3339, UTC.
    pub at: String,
    /// Job names of the first candidate.
    pub summary: Vec<String>,
    pub confidence_prob: Option<f64>,
    pub abstained: bool,
    /// Whether the plant has this item, so that its code can be opened again.
    pub is_known: bool,
}

/// What can be asked about candidate routings, of the server and of the kept model.
#[async_trait]
pub trait PredictApi {
    /// One answer per item, in the order asked: codes first, then described items.
    ///
    /// # Errors
    /// [`ApiError::NoModel`] before the first training, [`ApiError::UnknownCodes`] with all codes that no item has, as
    /// [`PredictRequest::check`].
    async fn predict(&self, request: PredictRequest) -> Result<Vec<PredictAnswer>, ApiError>;
    /// The features that a form for a new item offers.
    ///
    /// # Errors
    /// [`ApiError::NoModel`] before the first training.
    async fn schema(&self) -> Result<Schema, ApiError>;
}

/// What the server knows of earlier questions.
#[async_trait]
pub trait RecentApi {
    /// Newest first, one line per item; at most [`MAX_RECENT`].
    async fn recent_predictions(&self, limit: usize) -> Result<Vec<RecentPrediction>, ApiError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(n: usize) -> PredictRequest {
        PredictRequest { codes: (0..n).map(|i| ItemCode::new(format!("C{i}"))).collect(), ..PredictRequest::default() }
    }

    #[test]
    fn a_request_keeps_its_limits() {
        let n_neighbours = |request: PredictRequest| request.check().map(|checked| checked.options.n_neighbours);
        assert_eq!(n_neighbours(codes(0)), Err(ApiError::invalid("codes", "", "an_item")));
        assert_eq!(n_neighbours(codes(50)), Ok(10));
        assert_eq!(n_neighbours(codes(51)), Err(ApiError::TooMany { field: "items".into(), limit: 50, got: 51 }));
        let wide = |n_neighbours| PredictRequest { n_neighbours, ..codes(1) };
        assert_eq!(n_neighbours(wide(51)).map_err(|error| error.code()), Err("too_many"));
        assert_eq!(n_neighbours(wide(50)), Ok(50));
    }

    #[test]
    fn a_code_is_neither_blank_nor_endless() {
        let with = |code: String| PredictRequest { codes: vec![ItemCode::new(code)], ..PredictRequest::default() };
        for (code, is_good) in [(" ".into(), false), ("x".repeat(200), true), ("x".repeat(201), false)] {
            assert_eq!(with(code).check().is_ok(), is_good);
        }
        let nameless = PredictRequest {
            items: vec![Item::of(domain::Item::default().named("gland"))],
            ..PredictRequest::default()
        };
        assert!(nameless.check().is_ok(), "a described item needs no code");
    }

    #[test]
    fn what_the_plant_has_answers_a_code_and_not_a_description() {
        let item = domain::Item::new;
        let known = || Some(item("A").named("gland"));
        let by_code = AskedItem::ByCode(ItemCode::from("A"));
        assert_eq!(by_code.clone().settled(known(), false), Ok((item("A").named("gland"), true)));
        assert_eq!(by_code.clone().settled(None, true), Ok((item("A"), false)));
        assert_eq!(by_code.settled(None, false), Err("A".into()), "it is not answered without saying so");
        let told = Item::of(item(" A ").named("sleeve"));
        let described = AskedItem::described(told.clone(), false).expect("it is short");
        assert_eq!(described.code().as_str(), "A");
        assert_eq!(described.clone().settled(known(), false), Ok((item("A").named("sleeve"), true)));
        assert_eq!(described.settled(None, false), Ok((item("A").named("sleeve"), false)));
        let completed = AskedItem::described(told, true).expect("it is short");
        let known = Some(item("A").named("gland").with("material", "316"));
        let both = item("A").named("sleeve").with("material", "316");
        assert_eq!(completed.clone().settled(known, false), Ok((both, true)), "what is said goes before what is known");
        assert_eq!(completed.clone().settled(None, true), Ok((item("A").named("sleeve"), false)));
        assert_eq!(completed.settled(None, false), Err("A".into()));
        let nameless = AskedItem::described(Item::of(item("").named("sleeve")), true).expect("it is short");
        assert_eq!(
            nameless.settled(None, false),
            Ok((item("").named("sleeve"), false)),
            "it has no code to be known by"
        );
    }
}
