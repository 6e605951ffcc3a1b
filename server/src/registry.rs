//! Model files by content hash, and the one that answers.
//!
//! Which model shall answer is a row of the database; a running server sees a model that another process activated at the
//! next question. When its file is missing or damaged, its bytes come out of the database where servers share one, else
//! the model that answered before goes on, and says so.

mod error;
mod files;
mod pairs;
mod snapshots;

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use engine::bundle;
use engine::domain::ModelId;
use engine::model::Learned;

use crate::db::audit::{self, AuditRow};
use crate::db::models::{self, ModelRow};
use crate::db::{Db, DbError, DbKind, revisions};
use files::{Files, Stamp};

pub use error::RegistryError;
pub use files::Space;
pub use pairs::{Active, Pairs};
pub use snapshots::{Answering, Snapshots};

/// What was learned, with what the database knows of it.
#[derive(Clone)]
pub struct Trained {
    pub row: ModelRow,
    pub learned: Learned,
}

/// What is in the slot.
#[derive(Clone)]
struct Slot {
    /// The row that shall answer, and the revision of the models at which it was read.
    wanted: ModelRow,
    revision: i64,
    trained: Arc<Trained>,
    /// Why another one answers instead; with the state of the file that was refused.
    problem: Option<(String, Option<Stamp>)>,
    /// The state of the file that the model in the slot came from, if it came from one.
    stamp: Option<Stamp>,
}

/// Models whose files are kept in any case: the one that answers, and the one before it.
const N_KEPT: usize = 2;

/// Bytes that the files of models, and as many that those of snapshots, may take.
async fn most_bytes(db: &Db) -> Result<usize, DbError> {
    let settings = db.accounts().await?.settings().await?.settings;
    Ok(settings.artefacts_kept_mb as usize * 1_000_000 / 2)
}

/// Model files and the slot of the active one.
pub struct Registry {
    files: Files,
    slot: RwLock<Option<Slot>>,
    /// One load at a time.
    loading: tokio::sync::Mutex<()>,
    snapshots: Snapshots,
    pairs: Pairs,
}

impl Registry {
    /// Over a folder of models, which need not exist yet; the snapshots lie beside it.
    pub fn new(folder: PathBuf) -> Self {
        Self::with_space(folder, Arc::new(crate::disk::free_bytes))
    }

    /// The same, told by `space` how much room there is.
    pub fn with_space(folder: PathBuf, space: Space) -> Self {
        let snapshots = Snapshots::new(folder.with_file_name("snapshots"), Arc::clone(&space));
        let (files, loading) = (Files::new(folder, space), tokio::sync::Mutex::new(()));
        Self { files, slot: RwLock::new(None), loading, snapshots, pairs: Pairs::default() }
    }

    /// The snapshots of the plant.
    pub fn snapshots(&self) -> &Snapshots {
        &self.snapshots
    }

    /// What answers, over its snapshot.
    pub fn pairs(&self) -> &Pairs {
        &self.pairs
    }

    /// The model that answers: the one that shall, read when it is not the one in the slot, else the one before it.
    ///
    /// # Errors
    /// [`RegistryError`] when no model at all can answer.
    pub async fn active(&self, db: &Db) -> Result<Arc<Trained>, RegistryError> {
        let revision = revisions::now(db).await?.models;
        self.active_at(db, revision).await
    }

    /// The same for who knows the revision of the models.
    ///
    /// # Errors
    /// As [`Self::active`].
    ///
    /// # Cost
    /// Nothing is asked while no other model was made to answer.
    pub async fn active_at(&self, db: &Db, revision: i64) -> Result<Arc<Trained>, RegistryError> {
        if let Some(trained) = self.unchanged(revision) {
            return Ok(trained);
        }
        let row = models::active(db).await?.ok_or(RegistryError::NoModel)?;
        if let Some(slot) = self.current(&row) {
            return Ok(self.set(Slot { revision, ..slot }));
        }
        let _one_load = self.loading.lock().await;
        if let Some(slot) = self.current(&row) {
            return Ok(self.set(Slot { revision, ..slot }));
        }
        let in_memory = self.slot();
        // The same model under a newer row needs no file.
        if let Some(slot) = in_memory.as_ref().filter(|slot| slot.trained.row.id == row.id) {
            let trained = Arc::new(Trained { row: row.clone(), learned: slot.trained.learned.clone() });
            return Ok(self.set(Slot { wanted: row, revision, trained, problem: None, stamp: slot.stamp }));
        }
        let refused = self.files.stamp(&row.id);
        let error = match self.load(db, &row.id).await {
            Ok(learned) => {
                let trained = Arc::new(Trained { row: row.clone(), learned });
                let stamp = self.files.stamp(&row.id);
                return Ok(self.set(Slot { wanted: row, revision, trained, problem: None, stamp }));
            }
            Err(error) if error.is_of_the_file() => error,
            Err(error) => return Err(error),
        };
        let problem = error.without_folder();
        let (trained, stamp) = match in_memory {
            Some(slot) => (slot.trained, slot.stamp),
            None => self.one_before(db, &row).await?.ok_or(error)?,
        };
        let (id, wanted) = (trained.row.id.short(), row.id.short());
        tracing::error!(error = %problem, "model {wanted} cannot be used ({problem}): model {id} goes on in its place");
        Ok(self.set(Slot { wanted: row, revision, trained, problem: Some((problem, refused)), stamp }))
    }

    /// The latest model before `row` whose file is whole.
    async fn one_before(
        &self,
        db: &Db,
        row: &ModelRow,
    ) -> Result<Option<(Arc<Trained>, Option<Stamp>)>, RegistryError> {
        for before in models::list(db).await?.into_iter().filter(|before| before.id != row.id) {
            match self.load(db, &before.id).await {
                Ok(learned) => {
                    let stamp = self.files.stamp(&before.id);
                    return Ok(Some((Arc::new(Trained { row: before, learned }), stamp)));
                }
                Err(error) if error.is_of_the_file() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// A model from its file, else from the database, which then gives the file back.
    async fn load(&self, db: &Db, id: &ModelId) -> Result<Learned, RegistryError> {
        let error = match self.files.read(id).await {
            Ok(learned) => return Ok(learned),
            Err(error) if error.is_of_the_file() => error,
            Err(error) => return Err(error),
        };
        let Some(bytes) = models::bytes(db, id).await? else { return Err(error) };
        let parsed = tokio::task::spawn_blocking(move || (bundle::learned_from_bytes(&bytes), bytes)).await?;
        let (Ok(learned), bytes) = parsed else { return Err(error) };
        if learned.id() != id {
            return Err(error);
        }
        tracing::warn!(
            model = id.short(),
            "model {} was fetched from the database: {}",
            id.short(),
            error.without_folder()
        );
        // The model answers in any case; a file that cannot be written is fetched again by the next start.
        if let Err(error) = self.files.write(id, Arc::new(bytes)).await {
            tracing::warn!(error = %error, "the fetched model cannot be kept: {error}");
        }
        Ok(learned)
    }

    /// Writes a model's file and makes it the one that answers, with its line of the trail in the same transaction.
    ///
    /// # Errors
    /// [`RegistryError`]; then nothing of the new model is left.
    pub async fn store(
        &self,
        db: &Db,
        learned: &Learned,
        trained_at: String,
        note: AuditRow,
    ) -> Result<ModelRow, RegistryError> {
        let _only_writer = self.files.lock().await?;
        self.clean_locked(db).await?;
        let bytes = Arc::new(bundle::learned_to_bytes(learned));
        let row = ModelRow {
            id: learned.id().clone(),
            trained_at,
            card: learned.card().clone(),
            snapshot: learned.snapshot().clone(),
            size_bytes: bytes.len(),
            activation: 0,
        };
        self.files.write(&row.id, Arc::clone(&bytes)).await?;
        match self.switch(db, row, &bytes, note).await {
            Ok(row) => Ok(row),
            Err(error) => {
                // The file of a model that nobody knows.
                self.clean_locked(db).await.ok();
                Err(error)
            }
        }
    }

    /// Makes a model that was trained before the one that answers, if its file is whole.
    ///
    /// # Errors
    /// [`RegistryError`]; then everything is as it was.
    pub async fn activate(&self, db: &Db, row: ModelRow, note: AuditRow) -> Result<ModelRow, RegistryError> {
        let learned = self.load(db, &row.id).await?;
        self.switch(db, row, &bundle::learned_to_bytes(&learned), note).await
    }

    async fn switch(
        &self,
        db: &Db,
        mut row: ModelRow,
        bytes: &[u8],
        note: AuditRow,
    ) -> Result<ModelRow, RegistryError> {
        let mut write = db.begin_write().await?;
        models::activate(&mut write, &mut row).await?;
        // A SQLite database lies beside the file, and whatever befalls the one befalls the other.
        if db.kind() == DbKind::Postgres {
            models::keep_bytes(&mut write, &row.id, bytes).await?;
        }
        audit::add(&mut *write, &note).await?;
        write.commit().await.map_err(DbError::from)?;
        Ok(row)
    }

    /// What a model has learned, whether it answers or not.
    ///
    /// # Errors
    /// [`RegistryError::Missing`] when its file is not kept any more.
    pub async fn learned(&self, db: &Db, id: &ModelId) -> Result<Learned, RegistryError> {
        self.load(db, id).await
    }

    /// Whether another model answers than the one that shall.
    pub fn is_model_before(&self) -> bool {
        self.slot().is_some_and(|slot| slot.problem.is_some())
    }

    /// Looks at the file of the model that shall answer, and says what is wrong with it. The model in memory goes on.
    ///
    /// # Cost
    /// The file is read only when it changed since it was read last.
    pub async fn look(&self, db: &Db) -> Result<Option<String>, RegistryError> {
        self.active(db).await?;
        let Some(slot) = self.slot() else { return Ok(None) };
        if slot.problem.is_some() {
            return Ok(slot.problem.map(|(problem, _)| problem));
        }
        let now = self.files.stamp(&slot.wanted.id);
        if now.is_some() && now == slot.stamp {
            return Ok(None);
        }
        match self.load(db, &slot.wanted.id).await {
            Ok(_) => {
                let stamp = self.files.stamp(&slot.wanted.id);
                self.set(Slot { stamp, ..slot });
                Ok(None)
            }
            Err(error) if error.is_of_the_file() => Ok(Some(error.without_folder())),
            Err(error) => Err(error),
        }
    }

    /// Deletes what dead processes have left (drafts, and files of models that nobody knows) and, of the files of models
    /// that do not answer, the oldest beyond the disk that they may take. Whoever is just writing a model
    /// is left alone.
    pub async fn clean(&self, db: &Db) -> Result<usize, RegistryError> {
        match self.files.try_lock().await? {
            Some(_only_writer) => self.clean_locked(db).await,
            None => Ok(0),
        }
    }

    async fn clean_locked(&self, db: &Db) -> Result<usize, RegistryError> {
        let most_bytes = most_bytes(db).await?;
        let mut n_bytes = 0_usize;
        // The one that answers comes first, then the one before it.
        let is_kept = |(at, row): &(usize, ModelRow)| {
            n_bytes = n_bytes.saturating_add(row.size_bytes);
            *at < N_KEPT || n_bytes <= most_bytes
        };
        let kept = models::list(db).await?.into_iter().enumerate().filter(is_kept);
        self.files.clean(kept.map(|(_, row)| row.id).collect()).await
    }

    /// Fails when no model of about the size of the one that answers can be written, before the work is done.
    ///
    /// # Errors
    /// [`RegistryError::NoRoom`], [`RegistryError::Disk`] for a folder that may only be read.
    pub async fn room_for_another(&self, db: &Db) -> Result<(), RegistryError> {
        self.files.may_write()?;
        let size_bytes = models::active(db).await?.map_or(0, |row| row.size_bytes);
        self.files.room_for(size_bytes)
    }

    /// The same from memory, without asking the database.
    ///
    /// # Errors
    /// As [`Self::room_for_another`].
    pub fn room(&self) -> Result<(), RegistryError> {
        self.files.may_write()?;
        self.files.room_for(self.slot().map_or(0, |slot| slot.wanted.size_bytes))
    }

    /// The model in memory that answers; `None` before the first question.
    pub fn in_memory(&self) -> Option<ModelId> {
        self.slot().map(|slot| slot.trained.row.id.clone())
    }

    /// Whether a model's file is there with the size that it should have. Only reading it shows whether it is whole.
    pub fn has_file(&self, row: &ModelRow) -> bool {
        self.files.stamp(&row.id).is_some_and(|stamp| stamp.has_size(row.size_bytes))
    }

    /// Where a model's file lies.
    pub fn path(&self, id: &ModelId) -> PathBuf {
        self.files.path(id)
    }

    fn slot(&self) -> Option<Slot> {
        self.slot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The model in the slot, if it was looked up at this revision and nothing has changed since it was refused.
    fn unchanged(&self, revision: i64) -> Option<Arc<Trained>> {
        let slot = self.slot.read().unwrap_or_else(PoisonError::into_inner);
        let slot = slot.as_ref().filter(|slot| slot.revision == revision && self.is_settled(slot))?;
        Some(Arc::clone(&slot.trained))
    }

    /// What is in the slot, if it is for this row and nothing has changed since it was refused.
    fn current(&self, row: &ModelRow) -> Option<Slot> {
        self.slot().filter(|slot| slot.wanted == *row && self.is_settled(slot))
    }

    /// Whether the file that was refused, if one was, is as it was then.
    fn is_settled(&self, slot: &Slot) -> bool {
        slot.problem.as_ref().is_none_or(|(_, refused)| self.files.stamp(&slot.wanted.id) == *refused)
    }

    fn set(&self, slot: Slot) -> Arc<Trained> {
        let trained = Arc::clone(&slot.trained);
        *self.slot.write().unwrap_or_else(PoisonError::into_inner) = Some(slot);
        trained
    }
}
