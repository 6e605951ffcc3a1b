//! Model files by content hash, and the one that answers.
//!
//! A file is written under another name, flushed and renamed, so that a crash leaves no half model. Which model answers
//! is a row of the database; a running server sees a model that another process activated at the next question.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use engine::Model;
use engine::bundle::{self, BundleError};
use engine::domain::ModelId;

use crate::db::models::{self, ModelRow};
use crate::db::{Db, DbError};

/// Why there is no model to ask.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// Nothing was trained yet.
    #[error("no model was trained yet: run `routing-ml train`")]
    NoModel,
    /// The active model's file is gone.
    #[error("the file of the active model is missing: {path}; train again or restore it")]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// The active model's file was changed or cut off.
    #[error("{path}: {reason}; train again or restore it")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: BundleError,
    },
    /// The disk.
    #[error("{path}: {reason}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Reading the file ended early.
    #[error("reading the model ended early: {0}")]
    Task(#[from] tokio::task::JoinError),
}

/// The model that answers, with what the registry knows of it.
pub struct Active {
    pub row: ModelRow,
    pub model: Model,
}

/// Model files and the slot of the active one.
pub struct Registry {
    folder: PathBuf,
    slot: RwLock<Option<Arc<Active>>>,
    /// One load at a time.
    loading: tokio::sync::Mutex<()>,
}

impl Registry {
    /// Over a folder that need not exist yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, slot: RwLock::new(None), loading: tokio::sync::Mutex::new(()) }
    }

    /// The model that answers, read from its file when it is not the one in the slot.
    pub async fn active(&self, db: &Db) -> Result<Arc<Active>, RegistryError> {
        let row = models::active(db).await?.ok_or(RegistryError::NoModel)?;
        if let Some(active) = self.in_slot(&row) {
            return Ok(active);
        }
        let _one_load = self.loading.lock().await;
        if let Some(active) = self.in_slot(&row) {
            return Ok(active);
        }
        let path = self.path(&row.id);
        let model = tokio::task::spawn_blocking(move || read(&path)).await??;
        let active = Arc::new(Active { row, model });
        *self.slot.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&active));
        Ok(active)
    }

    /// Writes a model's file and makes it the one that answers.
    pub async fn store(&self, db: &Db, model: &Model, trained_at: String) -> Result<ModelRow, RegistryError> {
        let bytes = bundle::to_bytes(model);
        let row = ModelRow { id: model.id().clone(), trained_at, card: model.card().clone(), size_bytes: bytes.len() };
        let path = self.path(&row.id);
        tokio::task::spawn_blocking(move || write(&path, &bytes)).await??;
        models::activate(db, &row).await?;
        Ok(row)
    }

    /// A model by its id, whether it answers or not.
    ///
    /// # Errors
    /// [`RegistryError::Missing`] when its file is not kept any more.
    pub async fn model(&self, id: &ModelId) -> Result<Model, RegistryError> {
        let path = self.path(id);
        tokio::task::spawn_blocking(move || read(&path)).await?
    }

    fn in_slot(&self, row: &ModelRow) -> Option<Arc<Active>> {
        let slot = self.slot.read().unwrap_or_else(PoisonError::into_inner);
        slot.as_ref().filter(|active| active.row == *row).map(Arc::clone)
    }

    /// Where a model's file lies.
    pub fn path(&self, id: &ModelId) -> PathBuf {
        self.folder.join(format!("{}.rtml", id.as_str()))
    }
}

fn read(path: &Path) -> Result<Model, RegistryError> {
    let bytes = std::fs::read(path).map_err(|reason| match reason.kind() {
        std::io::ErrorKind::NotFound => RegistryError::Missing { path: path.to_owned() },
        _ => RegistryError::Disk { path: path.to_owned(), reason },
    })?;
    bundle::from_bytes(&bytes).map_err(|reason| RegistryError::Damaged { path: path.to_owned(), reason })
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), RegistryError> {
    let disk = |reason| RegistryError::Disk { path: path.to_owned(), reason };
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(disk)?;
    // The process id keeps two trainings at once from writing into one file.
    let draft = path.with_extension(format!("{}.draft", std::process::id()));
    let mut file = std::fs::File::create(&draft).map_err(disk)?;
    file.write_all(bytes).map_err(disk)?;
    file.sync_all().map_err(disk)?;
    drop(file);
    std::fs::rename(&draft, path).map_err(disk)?;
    // The new name itself must survive a power cut. Not every file system can flush a folder; then the rename
    // is still atomic, only its moment is open.
    if let Ok(folder) = std::fs::File::open(folder) {
        folder.sync_all().ok();
    }
    Ok(())
}
