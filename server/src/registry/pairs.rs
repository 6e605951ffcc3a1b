//! The model that answers over the snapshot that it answers from, as one immutable value.

use std::sync::{Arc, PoisonError, RwLock};

use engine::Model;

use crate::db::models::ModelRow;

/// What answers.
pub struct Active {
    /// Of the model.
    pub row: ModelRow,
    /// What it learned, over a snapshot.
    pub model: Arc<Model>,
}

/// The place of the pair that answers.
#[derive(Default)]
pub struct Pairs {
    slot: RwLock<Option<Arc<Active>>>,
    /// One putting together at a time.
    pairing: Arc<tokio::sync::Mutex<()>>,
}

impl Pairs {
    /// What answers; `None` before the first question.
    pub fn get(&self) -> Option<Arc<Active>> {
        self.slot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whoever holds it puts the pair that answers together.
    pub fn pairing(&self) -> Arc<tokio::sync::Mutex<()>> {
        Arc::clone(&self.pairing)
    }

    /// Answers from it from now on.
    pub fn set(&self, active: Arc<Active>) {
        *self.slot.write().unwrap_or_else(PoisonError::into_inner) = Some(active);
    }
}
