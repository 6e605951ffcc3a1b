//! Model files on the disk.
//!
//! A file is written under another name, flushed and renamed, so that a crash leaves no half model. Whoever writes holds a
//! lock, so that what lies there while nobody holds it was left by the dead.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use engine::bundle;
use engine::domain::ModelId;
use engine::model::Learned;

use super::RegistryError;

/// Bytes that stay free beside a model that is written: the database needs them.
const SPARE_BYTES: u64 = 64_000_000;

/// How many bytes are free below a path; `None` where nobody knows.
pub type Space = Arc<dyn Fn(&Path) -> Option<u64> + Send + Sync>;

/// The state of a file: as long as it is the same, so is the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    n_bytes: u64,
    changed: Option<SystemTime>,
}

impl Stamp {
    pub fn has_size(&self, n_bytes: usize) -> bool {
        u64::try_from(n_bytes).is_ok_and(|n_bytes| n_bytes == self.n_bytes)
    }
}

/// The folder of the model files.
pub struct Files {
    folder: PathBuf,
    space: Space,
}

impl Files {
    pub fn new(folder: PathBuf, space: Space) -> Self {
        Self { folder, space }
    }

    pub fn path(&self, id: &ModelId) -> PathBuf {
        self.folder.join(format!("{}.rtml", id.as_str()))
    }

    /// The state of a model's file; `None` when there is none.
    pub fn stamp(&self, id: &ModelId) -> Option<Stamp> {
        let file = self.path(id).metadata().ok()?;
        Some(Stamp { n_bytes: file.len(), changed: file.modified().ok() })
    }

    /// Fails when the folder may only be read.
    pub fn may_write(&self) -> Result<(), RegistryError> {
        if self.folder.exists() && !crate::disk::may_write(&self.folder) {
            let reason =
                std::io::Error::new(ErrorKind::ReadOnlyFilesystem, "the folder of the models can only be read");
            return Err(RegistryError::Disk { path: self.folder.clone(), reason });
        }
        Ok(())
    }

    /// Fails when a file of this size does not fit.
    pub fn room_for(&self, n_bytes: usize) -> Result<(), RegistryError> {
        room_for(&self.folder, &self.space, n_bytes)
    }

    /// A whole model with this id.
    pub async fn read(&self, id: &ModelId) -> Result<Learned, RegistryError> {
        let (path, id) = (self.path(id), id.clone());
        tokio::task::spawn_blocking(move || read(&path, &id)).await?
    }

    /// Writes a model's file; after a failure nothing of it is left.
    pub async fn write(&self, id: &ModelId, bytes: Arc<Vec<u8>>) -> Result<(), RegistryError> {
        self.room_for(bytes.len())?;
        let path = self.path(id);
        tokio::task::spawn_blocking(move || write(&path, &bytes)).await?
    }

    /// Waits until nobody else writes a model here.
    pub async fn lock(&self) -> Result<Option<File>, RegistryError> {
        let folder = self.folder.clone();
        tokio::task::spawn_blocking(move || {
            let file = lock_file(&folder)?;
            // A file system without locks has one writer, as it should.
            file.lock().ok();
            Ok(Some(file))
        })
        .await?
    }

    /// The same without waiting: `None` while somebody writes, and where nothing can be written.
    pub async fn try_lock(&self) -> Result<Option<File>, RegistryError> {
        let folder = self.folder.clone();
        let locking = tokio::task::spawn_blocking(move || {
            let file = lock_file(&folder).ok()?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => None,
                Ok(()) | Err(TryLockError::Error(_)) => Some(file),
            }
        });
        Ok(locking.await?)
    }

    /// Deletes drafts, and files of models that are not `known`; gives their number. Only for the holder of the lock.
    pub async fn clean(&self, known: BTreeSet<ModelId>) -> Result<usize, RegistryError> {
        let folder = self.folder.clone();
        Ok(tokio::task::spawn_blocking(move || clean(&folder, &known)).await?)
    }
}

fn read(path: &Path, id: &ModelId) -> Result<Learned, RegistryError> {
    let bytes = std::fs::read(path).map_err(|reason| match reason.kind() {
        ErrorKind::NotFound => RegistryError::Missing { path: path.to_owned() },
        _ => RegistryError::Disk { path: path.to_owned(), reason },
    })?;
    let damaged = |reason| RegistryError::Damaged { path: path.to_owned(), reason };
    let learned = bundle::learned_from_bytes(&bytes).map_err(damaged)?;
    if learned.id() != id {
        let (got, expected) = (learned.id().to_string(), id.to_string());
        return Err(damaged(bundle::BundleError::Checksum { got, expected }));
    }
    Ok(learned)
}

/// Fails when a file of this size does not fit into a folder.
pub(super) fn room_for(folder: &Path, space: &Space, n_bytes: usize) -> Result<(), RegistryError> {
    let needed = u64::try_from(n_bytes).unwrap_or(u64::MAX).saturating_add(SPARE_BYTES);
    match space(folder) {
        Some(free) if free < needed => Err(RegistryError::NoRoom { path: folder.to_owned(), free, needed }),
        _ => Ok(()),
    }
}

/// Writes a whole file; after a failure nothing of it is left.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), RegistryError> {
    // The process id keeps two trainings at once from writing into one file.
    let draft = path.with_extension(format!("{}.draft", std::process::id()));
    let written = write_draft(&draft, path, bytes);
    if written.is_err() {
        // It would keep the room that others need.
        std::fs::remove_file(&draft).ok();
    }
    written.map_err(|reason| RegistryError::Disk { path: path.to_owned(), reason })
}

fn write_draft(draft: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = File::create(draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(draft, path)?;
    // The new name itself must survive a power cut. Not every file system can flush a folder; then the rename
    // is still atomic, only its moment is open.
    if let Ok(folder) = File::open(folder) {
        folder.sync_all().ok();
    }
    Ok(())
}

/// The file whose lock a writer of a folder holds.
pub(super) fn lock_file(folder: &Path) -> Result<File, RegistryError> {
    let path = folder.join("lock");
    let open = || {
        std::fs::create_dir_all(folder)?;
        File::options().create(true).truncate(false).write(true).open(&path)
    };
    open().map_err(|reason| RegistryError::Disk { path: path.clone(), reason })
}

fn clean(folder: &Path, known: &BTreeSet<ModelId>) -> usize {
    let names: BTreeSet<String> = known.iter().map(|id| format!("{}.rtml", id.as_str())).collect();
    let is_left = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.ends_with(".draft") || (name.ends_with(".rtml") && !names.contains(&name))
    };
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut n_deleted = 0;
    for path in files.filter(is_left) {
        match std::fs::remove_file(&path) {
            Ok(()) => {
                n_deleted += 1;
                tracing::warn!(path = %path.display(), "{} is needed no more (an old model, or left by a training that did not end): deleted", path.display());
            }
            Err(error) => tracing::warn!(error = %error, "{} cannot be deleted: {error}", path.display()),
        }
    }
    n_deleted
}
