//! The kept bundle as an `engine::Model`: opened on the first question, because opening costs time that most visits never need.

use app::browser::KeepFailure;
use engine::Model;
use engine::bundle;

use crate::store::{Record, Store, StoreError};

/// Why what was kept is not there any more, or cannot be read.
pub enum Lost {
    /// Its bytes are not a sound bundle; it was removed.
    Damaged,
    /// They are of another version of the program; it was removed.
    Outdated,
    /// IndexedDB did not answer.
    Unreadable,
}

impl From<StoreError> for Lost {
    fn from(_: StoreError) -> Self {
        Self::Unreadable
    }
}

/// Store, record and opened model, always of the same bundle.
pub struct KeptModel {
    store: Store,
    record: Option<Record>,
    model: Option<Model>,
}

impl KeptModel {
    /// Nothing is read yet.
    pub fn new(store: Store) -> Self {
        Self { store, record: None, model: None }
    }

    /// What is kept, as far as it was looked at.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// Reads what is kept, without opening it.
    pub async fn look(&mut self) -> Result<(), Lost> {
        self.record = self.store.record().await?;
        Ok(())
    }

    /// The model, as far as it was opened.
    pub fn opened(&self) -> Option<&Model> {
        self.model.as_ref()
    }

    /// Opens what is kept, if anything is, and if it is not open yet.
    ///
    /// # Errors
    /// [`Lost::Damaged`] when the bytes fail their checksum, [`Lost::Outdated`] when another version wrote them: they are
    /// removed, so that the next visit starts clean.
    pub async fn open(&mut self) -> Result<(), Lost> {
        if self.model.is_none()
            && let Some((record, bytes)) = self.store.read().await?
        {
            match bundle::from_bytes(&bytes) {
                Ok(model) => {
                    self.record = Some(record);
                    self.model = Some(model);
                }
                Err(error) => {
                    self.record = None;
                    self.store.clear().await?;
                    return Err(if error.is_of_another_version() { Lost::Outdated } else { Lost::Damaged });
                }
            }
        }
        Ok(())
    }

    /// Keeps `bytes` in place of what was kept before. Nothing changes when they are not sound or do not fit.
    pub async fn keep(&mut self, bytes: Vec<u8>, now_ms: u64) -> Result<(), KeepFailure> {
        let model = bundle::from_bytes(&bytes).map_err(|error| {
            if error.is_of_another_version() { KeepFailure::Outdated } else { KeepFailure::Damaged }
        })?;
        let record = Record {
            bundle: model.id().clone(),
            model: model.card().parent.clone(),
            n_items: model.card().n_items,
            n_routings: model.card().n_routings,
            size_bytes: bytes.len(),
            stored_at_ms: now_ms,
        };
        self.store.write(&record, &bytes).await.map_err(|_| KeepFailure::Storage)?;
        self.record = Some(record);
        self.model = Some(model);
        Ok(())
    }

    /// Removes what is kept.
    pub async fn forget(&mut self) -> Result<(), KeepFailure> {
        self.store.clear().await.map_err(|_| KeepFailure::Storage)?;
        self.record = None;
        self.model = None;
        Ok(())
    }
}
