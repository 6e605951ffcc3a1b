//! A model without a plant: what is stored of a training, and put over a snapshot to answer.

use std::sync::Arc;

use crate::domain::{ModelId, SnapshotId};
use crate::snapshot::Snapshot;

use super::{Model, ModelCard, Payload};

/// What was learned. Cheap to clone.
#[derive(Clone)]
pub struct Learned {
    id: ModelId,
    payload: Arc<Payload>,
}

impl std::fmt::Debug for Learned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Learned({})", self.id.short())
    }
}

impl Learned {
    /// `id` is the hash of the payload's bytes.
    pub(crate) fn new(id: ModelId, payload: Payload) -> Self {
        Self { id, payload: Arc::new(payload) }
    }

    /// Content hash of what was learned.
    pub fn id(&self) -> &ModelId {
        &self.id
    }

    /// Facts about it.
    pub fn card(&self) -> &ModelCard {
        &self.payload.card
    }

    /// The snapshot that it was learned from.
    pub fn snapshot(&self) -> &SnapshotId {
        &self.payload.snapshot
    }

    /// The model that answers from a snapshot of the plant: that of the training, or any later one.
    ///
    /// # Cost
    /// Encodes every item that has a routing: some tens of microseconds each.
    pub fn over(&self, snapshot: Arc<Snapshot>) -> Model {
        Model::open(self.id.clone(), Arc::clone(&self.payload), snapshot)
    }

    pub(crate) fn payload(&self) -> &Payload {
        &self.payload
    }
}

impl Model {
    /// What it has learned, without its snapshot.
    pub fn learned(&self) -> Learned {
        Learned { id: self.id.clone(), payload: Arc::clone(&self.payload) }
    }
}
