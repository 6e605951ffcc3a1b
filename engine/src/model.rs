//! One trained model: immutable, self-contained, the same on both sides.

mod accuracy;
mod card;
mod dispute;
mod explain;
mod lookup;
mod predict;
mod question;
#[cfg(feature = "train")]
mod rankings;
mod standard;
mod subset;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::domain::{Item, ItemCode, ModelId};
use crate::encode::{Point, sketch};
use crate::ensemble::{Parts, Stacker};
use crate::features::{Encoder, Schema, Value};
use crate::index::{Catalogue, Hit, LocalIndex};
use crate::predict::book::Book;
use crate::predict::standards::Standard;
use crate::predict::times::TimeModel;
use crate::predict::vote::Voting;

#[cfg(feature = "train")]
pub use rankings::RANKING;

pub use accuracy::{Confusion, FamilyMap, FamilySpot, MethodKind, TrialGroup, TrialGroups, TrialMethod};
pub use card::{CoveragePoint, ModelCard, ReliabilityBin};

/// What is stored of a model. Everything else in [`Model`] follows from it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Payload {
    pub card: ModelCard,
    pub encoder: Encoder,
    /// Ascending by code.
    pub items: Vec<Item>,
    /// Part family of each item.
    pub families: Vec<u16>,
    pub book: Book,
    pub times: TimeModel,
    pub voting: Voting,
    pub parts: Parts,
    pub stacker: Stacker,
    /// Codes under which the plant keeps standard routings, and the rules of these.
    pub standards: Vec<Standard>,
    pub local: Option<LocalIndex>,
}

/// A trained model.
///
/// # Cost
/// Opening encodes every item that has a routing: some tens of microseconds each.
pub struct Model {
    id: ModelId,
    payload: Payload,
    /// Positions in `payload.items` of the items that have a routing, ascending: they are the catalogue.
    voters: Vec<u32>,
    catalogue: Catalogue,
    /// Routings of each item, as ranges of the book.
    ranges: Vec<Range<usize>>,
    /// Code of each standard routing as its grammar writes it → position in `payload.items`.
    standards: BTreeMap<String, u32>,
}

impl Model {
    pub(crate) fn open(id: ModelId, payload: Payload) -> Self {
        let ranges = payload.book.ranges(payload.items.len());
        let voters = voters(&ranges);
        let encoded: Vec<Vec<Value>> =
            voters.iter().map(|at| payload.encoder.encode(&payload.items[*at as usize])).collect();
        let catalogue = Catalogue::new(&payload.encoder, &encoded);
        let standards = standard::standards(&payload, &voters);
        Self { id, voters, catalogue, ranges, standards, payload }
    }

    /// Content hash of its payload.
    pub fn id(&self) -> &ModelId {
        &self.id
    }

    /// Facts about it.
    pub fn card(&self) -> &ModelCard {
        &self.payload.card
    }

    /// What it looks at; a form for a new item is made from it.
    pub fn schema(&self) -> &Schema {
        self.payload.encoder.schema()
    }

    pub(crate) fn payload(&self) -> &Payload {
        &self.payload
    }

    /// The nearest items that have a routing, without the item `itself`.
    fn near(&self, itself: &ItemCode, values: &[Value], k: usize) -> Vec<Hit> {
        let itself = self.item_idx(itself);
        let is_other = |at: usize| Some(self.voters[at] as usize) != itself;
        match &self.payload.local {
            Some(local) => local.nearest(&self.catalogue, values, &self.point(values), k, is_other),
            None => self.catalogue.nearest(values, k, is_other),
        }
    }

    fn point(&self, values: &[Value]) -> Point {
        sketch(&self.payload.encoder, values)
    }
}

/// Positions of the items that have at least one operation in some routing.
pub(crate) fn voters(ranges: &[Range<usize>]) -> Vec<u32> {
    ranges.iter().enumerate().filter(|(_, range)| !range.is_empty()).map(|(at, _)| at as u32).collect()
}
