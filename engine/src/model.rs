//! One trained model over a snapshot of the plant: immutable, the same on both sides.

mod accuracy;
mod card;
mod dispute;
mod evidence;
mod explain;
mod learned;
mod lookup;
mod predict;
mod question;
#[cfg(feature = "train")]
mod rankings;
mod standard;
mod subset;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::{Item, ItemCode, JobCode, ModelId, SnapshotId, WorkCentreCode};
use crate::encode::{Point, sketch};
use crate::ensemble::{COLUMNS, LearnedPredictors, N_COLUMNS, Stacker};
use crate::family::Families;
use crate::features::{Encoder, Schema, Value};
use crate::index::{Catalogue, Hit, LocalIndex};
use crate::predict::standards::Standard;
use crate::predict::times::{KnownSteps, TimeModel};
use crate::predict::vote::Voting;
use crate::side_by_side;
use crate::snapshot::Snapshot;
use crate::snapshot::book::Book;

#[cfg(feature = "train")]
pub use rankings::RANKING;

pub use accuracy::{Confusion, FamilyMap, FamilySpot, MethodKind, TrialGroup, TrialGroups, TrialMethod};
pub use card::{CoveragePoint, ModelCard, ReliabilityBin};
pub use learned::Learned;

/// Codes of the base predictors, as the model card and an evaluation name them.
pub const BASE_PREDICTORS: [&str; N_COLUMNS] = {
    let (mut codes, mut at) = ([""; N_COLUMNS], 0);
    while at < N_COLUMNS {
        codes[at] = COLUMNS[at].code;
        at += 1;
    }
    codes
};

/// What was learned: what is stored of a model. Everything else in [`Model`] follows from it and from a snapshot.
#[derive(Serialize, Deserialize)]
pub(crate) struct Payload {
    pub card: ModelCard,
    /// What it was learned from.
    pub snapshot: SnapshotId,
    /// Jobs and work centres by the numbers that all that was learned has for them.
    pub jobs: Vec<JobCode>,
    pub work_centres: Vec<WorkCentreCode>,
    /// Keys of the items with a routing that it was learned from, ascending.
    pub trained_on: Vec<u64>,
    pub encoder: Encoder,
    pub families: Families,
    pub times: TimeModel,
    pub voting: Voting,
    pub learned: LearnedPredictors,
    pub stacker: Stacker,
    /// Codes under which the plant keeps standard routings, and the rules of these.
    pub standards: Vec<Standard>,
    /// Of the routings of its own snapshot, where that has no reports from which it follows.
    pub known: Option<KnownSteps>,
    /// Over the items of its own snapshot.
    pub local: Option<LocalIndex>,
}

impl Payload {
    /// What is stored; the same payload gives the same bytes.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("plain data of known lengths, which postcard always encodes")
    }

    /// The id of a model that has learned this: SHA-256 of its bytes.
    pub(crate) fn id(&self) -> ModelId {
        let digest = Sha256::digest(self.to_bytes());
        ModelId::new(digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
    }
}

/// A trained model over a snapshot.
///
/// The snapshot may be a later one than that of the training: what came meanwhile is found, is among the similar items and
/// votes, and the learned parts stay as trained.
///
/// # Cost
/// Opening encodes every item that has a routing: some tens of microseconds each, on all cores.
pub struct Model {
    id: ModelId,
    payload: Arc<Payload>,
    snapshot: Arc<Snapshot>,
    /// The encoder that also knows what came after the training; `None` over the model's own snapshot.
    extended: Option<Encoder>,
    /// The laws of times with those of jobs that came after the training, where there are such.
    timed: Option<TimeModel>,
    /// The snapshot's book by the numbers of the payload, where they differ.
    renumbered: Option<Book>,
    /// What is known of the times of the book's steps.
    known: KnownSteps,
    /// Positions in the snapshot of the items that have a routing, ascending: they are the catalogue.
    voters: Vec<u32>,
    catalogue: Catalogue,
    /// Routings of each item, as ranges of the book.
    ranges: Vec<Range<usize>>,
    /// Code of each standard routing as its grammar writes it → position in the snapshot.
    standards: BTreeMap<String, u32>,
}

impl Model {
    /// The same model over another snapshot of its plant.
    ///
    /// # Cost
    /// That of opening; what was learned is shared.
    #[must_use]
    pub fn over(&self, snapshot: Arc<Snapshot>) -> Self {
        Self::open(self.id.clone(), Arc::clone(&self.payload), snapshot)
    }

    /// What was just learned, over the snapshot that it was learned from.
    #[cfg(feature = "train")]
    pub(crate) fn new(payload: Payload, snapshot: Arc<Snapshot>) -> Self {
        Self::open(payload.id(), Arc::new(payload), snapshot)
    }

    pub(crate) fn open(id: ModelId, payload: Arc<Payload>, snapshot: Arc<Snapshot>) -> Self {
        let item = |at: u32| payload.completed(&snapshot.item(at as usize)).into_owned();
        let renumbered = snapshot.book().renumbered(&payload.jobs, &payload.work_centres);
        let book = renumbered.as_ref().unwrap_or(snapshot.book());
        let ranges = book.ranges(snapshot.len());
        let voters = voters(&ranges);
        let extended = (payload.snapshot != *snapshot.id()).then(|| {
            let voting = side_by_side::ahead(voters.len(), |at| item(voters[at]));
            payload.encoder.extended_by(voting)
        });
        let encoder = extended.as_ref().unwrap_or(&payload.encoder);
        let encoded = side_by_side::ahead(voters.len(), |at| encoder.encode(&item(voters[at])));
        let catalogue = Catalogue::of(encoder, encoded);
        let standards = standard::standards(&payload, &snapshot, &voters);
        let timed =
            (book.jobs.len() > payload.times.jobs.len()).then(|| payload.times.extended_by(book, snapshot.observed()));
        let times = timed.as_ref().unwrap_or(&payload.times);
        let design = |at: u32| times.attributes.design(&item(at));
        let known = match &payload.known {
            Some(known) if payload.snapshot == *snapshot.id() => known.clone(),
            _ => times.known_steps(book, snapshot.observed(), design),
        };
        Self { id, snapshot, extended, timed, renumbered, known, voters, catalogue, ranges, standards, payload }
    }

    /// Content hash of what was learned.
    pub fn id(&self) -> &ModelId {
        &self.id
    }

    /// Facts about it.
    pub fn card(&self) -> &ModelCard {
        &self.payload.card
    }

    /// The plant that it answers from.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// Whether that is the plant that it was learned from.
    pub fn is_over_its_own(&self) -> bool {
        self.payload.snapshot == *self.snapshot.id()
    }

    /// What it looks at; a form for a new item is made from it.
    pub fn schema(&self) -> &Schema {
        self.payload.encoder.schema()
    }

    fn encoder(&self) -> &Encoder {
        self.extended.as_ref().unwrap_or(&self.payload.encoder)
    }

    fn times(&self) -> &TimeModel {
        self.timed.as_ref().unwrap_or(&self.payload.times)
    }

    /// Past routings, by the numbers of what was learned.
    fn book(&self) -> &Book {
        self.renumbered.as_ref().unwrap_or(self.snapshot.book())
    }

    /// The nearest items that have a routing, without the item `itself`.
    fn near(&self, itself: &ItemCode, values: &[Value], k: usize) -> Vec<Hit> {
        let itself = self.item_idx(itself);
        let is_other = |at: usize| Some(self.voters[at] as usize) != itself;
        match self.payload.local.as_ref().filter(|_| self.is_over_its_own()) {
            Some(local) => local.nearest(&self.catalogue, values, &self.point(values), k, is_other),
            None => self.catalogue.nearest(values, k, is_other),
        }
    }

    /// An item by its position, with what its code says of it.
    fn item_at(&self, at: u32) -> Item {
        self.payload.completed(&self.snapshot.item(at as usize)).into_owned()
    }

    fn code_at(&self, at: u32) -> ItemCode {
        ItemCode::new(self.snapshot.code(at as usize))
    }

    fn point(&self, values: &[Value]) -> Point {
        sketch(self.encoder(), values)
    }
}

/// Positions of the items that have at least one operation in some routing.
pub(crate) fn voters(ranges: &[Range<usize>]) -> Vec<u32> {
    ranges.iter().enumerate().filter(|(_, range)| !range.is_empty()).map(|(at, _)| at as u32).collect()
}
