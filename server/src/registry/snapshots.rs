//! Snapshots of the plant: their sections as files by content hash, and the one that answers.
//!
//! A snapshot follows from the database, so that one whose files are gone or damaged is no loss: it is made again.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use engine::domain::SnapshotId;
use engine::snapshot::{Manifest, Section, Snapshot};

use super::RegistryError;
use super::files::{self, Space};
use crate::clock::Clock;
use crate::db::snapshots::{self as rows, SnapshotRow};
use crate::db::{Db, DbError, DbKind, files as parts};

/// Ending of a section's file.
const ENDING: &str = "rtsn";

/// The snapshot in memory.
#[derive(Clone)]
struct Slot {
    /// Activation of the latest row when it was looked up; 0 before the first.
    wanted: i64,
    snapshot: Arc<Snapshot>,
}

/// Snapshots of one plant.
pub struct Snapshots {
    folder: PathBuf,
    space: Space,
    slot: RwLock<Option<Slot>>,
    /// One load or one making at a time.
    loading: Arc<tokio::sync::Mutex<()>>,
}

/// What is there to answer from.
pub enum Answering {
    /// The latest.
    Latest(Arc<Snapshot>),
    /// The one before it, while the latest has to be loaded.
    Before(Arc<Snapshot>),
    /// None yet.
    Nothing,
}

impl Snapshots {
    pub(super) fn new(folder: PathBuf, space: Space) -> Self {
        Self { folder, space, slot: RwLock::default(), loading: Arc::default() }
    }

    /// What is in memory, for who knows the activation of the latest row.
    pub fn at(&self, activation: i64) -> Answering {
        match self.slot.read().unwrap_or_else(PoisonError::into_inner).clone() {
            Some(slot) if slot.wanted == activation => Answering::Latest(slot.snapshot),
            Some(slot) => Answering::Before(slot.snapshot),
            None => Answering::Nothing,
        }
    }

    /// Whoever holds it loads or makes the snapshot of this process.
    pub fn loading(&self) -> Arc<tokio::sync::Mutex<()>> {
        Arc::clone(&self.loading)
    }

    /// Answers from it until another row is the latest.
    pub fn set(&self, wanted: i64, snapshot: Arc<Snapshot>) {
        *self.slot.write().unwrap_or_else(PoisonError::into_inner) = Some(Slot { wanted, snapshot });
    }

    /// One that is kept, by its id; `None` when it is not kept any more.
    ///
    /// # Errors
    /// [`RegistryError`] of the database.
    pub async fn get(&self, db: &Db, id: &SnapshotId) -> Result<Option<Snapshot>, RegistryError> {
        match rows::list(db).await?.into_iter().find(|row| row.id == *id) {
            Some(row) => self.load(db, &row).await,
            None => Ok(None),
        }
    }

    /// The snapshot of a row, from its files or from the database; `None` when it is whole in neither.
    ///
    /// # Errors
    /// [`RegistryError`] of the database.
    pub async fn load(&self, db: &Db, row: &SnapshotRow) -> Result<Option<Snapshot>, RegistryError> {
        let (folder, manifest) = (self.folder.clone(), row.manifest.clone());
        let read = tokio::task::spawn_blocking(move || open(&manifest, |hash| std::fs::read(path(&folder, hash)).ok()));
        if let Some(snapshot) = read.await? {
            return Ok(Some(snapshot));
        }
        let mut sections = Vec::new();
        for part in &row.manifest.sections {
            let folder = rows::folder(&part.hash);
            let Some((no, _)) = parts::list(db, &folder).await?.into_iter().next() else { return Ok(None) };
            let mut bytes = Vec::new();
            if let Err(parts::FileError::Db(error)) = parts::copy(db, &folder, no, &mut bytes).await {
                return Err(error.into());
            }
            sections.push(Section { part: part.clone(), bytes });
        }
        let (folder, manifest) = (self.folder.clone(), row.manifest.clone());
        let opened = tokio::task::spawn_blocking(move || {
            let snapshot = Snapshot::from_sections(&manifest, &sections).ok()?;
            snapshot.prepare_search();
            // It answers in any case; a file that cannot be written is fetched again by the next start.
            sections.iter().for_each(|section| drop(files::write(&path(&folder, &section.part.hash), &section.bytes)));
            Some(snapshot)
        });
        Ok(opened.await?)
    }

    /// Keeps a snapshot of the data of a revision and makes it the one that answers, unless one of later data does.
    ///
    /// # Errors
    /// [`RegistryError`]; then the one before it answers.
    pub async fn store(
        &self,
        db: &Db,
        snapshot: &Arc<Snapshot>,
        data_revision: i64,
        clock: &Clock,
    ) -> Result<SnapshotRow, RegistryError> {
        let _only_writer = self.lock().await?;
        let folder = self.folder.clone();
        let before = rows::list(db).await?;
        clean(&folder, &before);
        let (space, written) = (Arc::clone(&self.space), Arc::clone(snapshot));
        let writing = tokio::task::spawn_blocking(move || {
            let (manifest, sections) = written.to_sections();
            for section in &sections {
                let path = path(&folder, &section.part.hash);
                // One that is there under its hash is kept once.
                if !path.metadata().is_ok_and(|file| file.len() == section.bytes.len() as u64) {
                    files::room_for(&folder, &space, section.bytes.len())?;
                    files::write(&path, &section.bytes)?;
                }
            }
            Ok::<_, RegistryError>((manifest, sections))
        });
        let (manifest, sections) = writing.await??;
        // A SQLite database lies beside the files, and whatever befalls the one befalls the other.
        if db.kind() == DbKind::Postgres {
            for section in &sections {
                keep(db, section, clock.now().timestamp_millis()).await?;
            }
        }
        let new =
            SnapshotRow { id: snapshot.id().clone(), made_at: clock.stamp(), data_revision, manifest, activation: 0 };
        let most_bytes = super::most_bytes(db).await?;
        let mut write = db.begin_write().await?;
        let row = rows::activate(&mut write, &new, most_bytes).await?;
        write.commit().await.map_err(DbError::from)?;
        let known = rows::list(db).await?;
        clean(&self.folder, &known);
        if db.kind() == DbKind::Postgres {
            let mut write = db.begin_write().await?;
            rows::remove_sections_but(&mut write, &hashes(&known).into_iter().collect::<Vec<_>>()).await?;
            write.commit().await.map_err(DbError::from)?;
        }
        Ok(row)
    }

    async fn lock(&self) -> Result<File, RegistryError> {
        let folder = self.folder.clone();
        tokio::task::spawn_blocking(move || {
            let file = files::lock_file(&folder)?;
            // A file system without locks has one writer, as it should.
            file.lock().ok();
            Ok(file)
        })
        .await?
    }
}

/// Keeps a section among the database's files, unless it is there.
async fn keep(db: &Db, section: &Section, now_ms: i64) -> Result<(), RegistryError> {
    let folder = rows::folder(&section.part.hash);
    let mut there = Vec::new();
    match parts::copy(db, &folder, 0, &mut there).await {
        Ok(()) if there == section.bytes => return Ok(()),
        Err(parts::FileError::Db(error)) => return Err(error.into()),
        // Half of it, as a dead process leaves it.
        Ok(()) | Err(parts::FileError::Io(_)) => {}
    }
    drop(there);
    let mut write = db.begin_write().await?;
    parts::remove(&mut write, &folder).await?;
    write.commit().await.map_err(DbError::from)?;
    match parts::put(db, &folder, (0, &section.part.name), section.bytes.as_slice(), now_ms).await {
        Err(parts::FileError::Db(error)) => Err(error.into()),
        // Memory is read without fault.
        Ok(()) | Err(parts::FileError::Io(_)) => Ok(()),
    }
}

fn open(manifest: &Manifest, read: impl Fn(&str) -> Option<Vec<u8>>) -> Option<Snapshot> {
    let section = |part: &engine::snapshot::Part| Some(Section { part: part.clone(), bytes: read(&part.hash)? });
    let sections: Option<Vec<Section>> = manifest.sections.iter().map(section).collect();
    let snapshot = Snapshot::from_sections(manifest, &sections?).ok()?;
    snapshot.prepare_search();
    Some(snapshot)
}

fn path(folder: &Path, hash: &str) -> PathBuf {
    folder.join(format!("{hash}.{ENDING}"))
}

fn hashes(known: &[SnapshotRow]) -> BTreeSet<String> {
    known.iter().flat_map(|row| &row.manifest.sections).map(|part| part.hash.clone()).collect()
}

/// Deletes drafts and sections that no known snapshot has. Only for the holder of the lock.
fn clean(folder: &Path, known: &[SnapshotRow]) {
    let hashes = hashes(known);
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    for path in files {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
        if (ending == "draft" || ending == ENDING && !hashes.contains(&stem))
            && let Err(error) = std::fs::remove_file(&path)
        {
            tracing::warn!(error = %error, "{} cannot be deleted: {error}", path.display());
        }
    }
}
