//! The snapshot of the plant that answers, and making a new one when the data have changed.
//!
//! Comes in: what the database holds. Goes out: the [`Snapshot`] that searches and predictions read.
//! Never does: let a request wait for a newer one where there is one to answer from.

use std::sync::Arc;

use engine::snapshot::Snapshot;

use super::Services;
use crate::background::{self, Share};
use crate::db::revisions::{self, Revisions};
use crate::db::{DbError, plant, snapshots};
use crate::error::Failure;
use crate::registry::{Active, Answering, Trained};
use crate::services::acting::Caller;
use crate::services::jobs::Task;

/// Revision of the data before the first import.
const NO_DATA: i64 = 0;
const HOUR_MS: i64 = 3_600_000;

impl Services {
    /// The snapshot that answers. While a newer one is loaded, the one before it goes on; where there is none at all, one is
    /// made.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn snapshot(&self) -> Result<Arc<Snapshot>, Failure> {
        let activation = revisions::now(&self.db).await?.snapshots;
        match self.registry.snapshots().at(activation) {
            Answering::Latest(snapshot) => Ok(snapshot),
            Answering::Before(snapshot) => {
                if let Ok(only_one) = self.registry.snapshots().loading().try_lock_owned() {
                    let services = self.clone();
                    tokio::spawn(async move {
                        if let Err(failure) = services.load_snapshot().await {
                            services.refuse(failure);
                        }
                        drop(only_one);
                    });
                }
                Ok(snapshot)
            }
            Answering::Nothing => {
                let _only_one = self.registry.snapshots().loading().lock_owned().await;
                match self.registry.snapshots().at(activation) {
                    Answering::Latest(snapshot) | Answering::Before(snapshot) => Ok(snapshot),
                    Answering::Nothing => self.load_snapshot().await,
                }
            }
        }
    }

    /// Loads the latest snapshot; makes one where there is none or its files are gone.
    async fn load_snapshot(&self) -> Result<Arc<Snapshot>, Failure> {
        let Some(row) = snapshots::latest(&self.db).await? else { return self.build_snapshot(Share::Whole).await };
        // What answers may hold it already.
        let own = self.registry.pairs().get().map(|active| Arc::clone(active.model.snapshot()));
        let found = match own.filter(|own| *own.id() == row.id) {
            Some(own) => Some(own),
            None => self.registry.snapshots().load(&self.db, &row).await?.map(Arc::new),
        };
        match found {
            Some(snapshot) => {
                self.registry.snapshots().set(row.activation, Arc::clone(&snapshot));
                Ok(snapshot)
            }
            None => {
                tracing::warn!(snapshot = row.id.short(), "snapshot {} is not whole: it is made again", row.id.short());
                self.build_snapshot(Share::Whole).await
            }
        }
    }

    /// The revision of the data, where they have changed since the latest snapshot.
    async fn revision_without_snapshot(&self) -> Result<Option<i64>, Failure> {
        let revision = revisions::now(&self.db).await?.data;
        let known = snapshots::latest(&self.db).await?.map_or(NO_DATA, |row| row.data_revision);
        Ok(Some(revision).filter(|revision| *revision != known))
    }

    /// Queues the making of a new snapshot where the data have changed.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn see_to_snapshot(&self, asked_by: Caller) -> Result<(), Failure> {
        if let Some(revision) = self.revision_without_snapshot().await? {
            // Once for each state of the data, and where that failed, once more each hour.
            let occurrence = format!("snapshot {revision} {}", self.clock_ms() / HOUR_MS);
            self.acting(asked_by, None).enqueue(&Task::Snapshot, &occurrence).await?;
        }
        Ok(())
    }

    /// Makes the snapshot of the data as they are, unless there is one.
    ///
    /// # Errors
    /// [`Failure`] of the database; then the one before it goes on.
    pub async fn make_snapshot(&self, share: Share) -> Result<Arc<Snapshot>, Failure> {
        if self.revision_without_snapshot().await?.is_none() {
            return self.snapshot().await;
        }
        let snapshot = {
            let _only_one = self.registry.snapshots().loading().lock_owned().await;
            self.build_snapshot(share).await?
        };
        // What answers here already answers from it.
        self.renew(share).await;
        Ok(snapshot)
    }

    /// The pair that answers. While a newer model or snapshot is on its way, the one before it goes on.
    ///
    /// # Errors
    /// [`Failure`] when no model can answer, or the database fails.
    pub async fn active(&self) -> Result<Arc<Active>, Failure> {
        let revisions = revisions::now(&self.db).await?;
        self.active_at(&revisions).await
    }

    /// The same for who knows the revisions.
    pub(super) async fn active_at(&self, revisions: &Revisions) -> Result<Arc<Active>, Failure> {
        let trained = self.registry.active_at(&self.db, revisions.models).await?;
        let Some(active) = self.registry.pairs().get() else { return self.pair(Share::Whole).await };
        if !self.is_paired(&active, &trained, revisions)
            && let Ok(only_one) = self.registry.pairs().pairing().try_lock_owned()
        {
            let services = self.clone();
            tokio::spawn(async move {
                if let Err(failure) = services.pair_alone(Share::BesideRequests).await {
                    services.refuse(failure);
                }
                drop(only_one);
            });
        }
        Ok(active)
    }

    /// The model that shall answer over the latest snapshot, waiting for both.
    ///
    /// # Errors
    /// [`Failure`] when no model can answer, or the database fails.
    pub async fn active_over_latest(&self, share: Share) -> Result<Arc<Active>, Failure> {
        self.pair(share).await
    }

    /// Brings what answers in this process up to date, if anything does yet. Where that fails, the pair before goes on.
    pub(super) async fn renew(&self, share: Share) {
        if self.registry.pairs().get().is_some()
            && let Err(failure) = self.pair(share).await
        {
            self.refuse(failure);
        }
    }

    async fn pair(&self, share: Share) -> Result<Arc<Active>, Failure> {
        let _only_one = self.registry.pairs().pairing().lock_owned().await;
        self.pair_alone(share).await
    }

    /// Only for the holder of the lock.
    async fn pair_alone(&self, share: Share) -> Result<Arc<Active>, Failure> {
        let trained = self.registry.active(&self.db).await?;
        let snapshot = self.latest_snapshot().await?;
        let snapshot = if snapshot.is_empty() { self.snapshot_of(&trained, snapshot).await? } else { snapshot };
        let before = self.registry.pairs().get();
        let model =
            match before.filter(|pair| pair.row.id == trained.row.id && pair.model.snapshot().id() == snapshot.id()) {
                Some(pair) if pair.row == trained.row => return Ok(pair),
                // The same model under a newer row.
                Some(pair) => Arc::clone(&pair.model),
                None => {
                    let learned = trained.learned.clone();
                    Arc::new(background::run(share, move || learned.over(snapshot)).await?)
                }
            };
        let active = Arc::new(Active { row: trained.row.clone(), model });
        self.registry.pairs().set(Arc::clone(&active));
        Ok(active)
    }

    /// The snapshot that a model was learned from, where it is still kept, in place of an empty plant.
    async fn snapshot_of(&self, trained: &Trained, empty: Arc<Snapshot>) -> Result<Arc<Snapshot>, Failure> {
        let own = trained.learned.snapshot();
        if let Some(pair) = self.registry.pairs().get().filter(|pair| pair.model.snapshot().id() == own) {
            return Ok(Arc::clone(pair.model.snapshot()));
        }
        Ok(self.registry.snapshots().get(&self.db, own).await?.map_or(empty, Arc::new))
    }

    fn is_paired(&self, active: &Active, trained: &Trained, revisions: &Revisions) -> bool {
        let is_latest = match self.registry.snapshots().at(revisions.snapshots) {
            Answering::Latest(snapshot) => snapshot.id() == active.model.snapshot().id() || snapshot.is_empty(),
            Answering::Before(_) | Answering::Nothing => false,
        };
        is_latest && active.row == trained.row
    }

    /// The latest snapshot, waiting for it.
    pub(super) async fn latest_snapshot(&self) -> Result<Arc<Snapshot>, Failure> {
        let _only_one = self.registry.snapshots().loading().lock_owned().await;
        let activation = revisions::now(&self.db).await?.snapshots;
        match self.registry.snapshots().at(activation) {
            Answering::Latest(snapshot) => Ok(snapshot),
            Answering::Before(_) | Answering::Nothing => self.load_snapshot().await,
        }
    }

    /// Only for the holder of the lock.
    async fn build_snapshot(&self, share: Share) -> Result<Arc<Snapshot>, Failure> {
        let (reading, making) = plant::reading(&self.db);
        let made = background::run(share, move || {
            let snapshot = making.make()?;
            snapshot.prepare_search();
            Ok::<_, DbError>(snapshot)
        });
        let (read, made) = tokio::join!(reading.read(), made);
        let (data_revision, snapshot) = (read?, Arc::new(made??));
        if snapshot.is_empty() && snapshots::latest(&self.db).await?.is_none() {
            // Before the first import there is nothing to keep.
            self.registry.snapshots().set(0, Arc::clone(&snapshot));
            return Ok(snapshot);
        }
        let activation = match self.registry.snapshots().store(&self.db, &snapshot, data_revision, &self.clock).await {
            Ok(row) if row.id != *snapshot.id() => {
                // Another process was faster, with later data.
                return match self.registry.snapshots().load(&self.db, &row).await? {
                    Some(later) => {
                        let later = Arc::new(later);
                        self.registry.snapshots().set(row.activation, Arc::clone(&later));
                        Ok(later)
                    }
                    None => Ok(snapshot),
                };
            }
            Ok(row) => row.activation,
            Err(error) => {
                // What cannot be kept answers all the same, until this process ends.
                self.refuse(error);
                revisions::now(&self.db).await?.snapshots
            }
        };
        self.registry.snapshots().set(activation, Arc::clone(&snapshot));
        Ok(snapshot)
    }
}
