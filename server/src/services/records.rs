//! What requests leave behind, kept in groups: answers, their receipts and lines of the trail of all requests that wait at
//! the same moment go to the disk together.
//!
//! Comes in: one record of each request. Goes out: whether it is kept, once it is.
//! Never does: acknowledge what is not committed; let one record that cannot be kept take others with it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::{Any, Transaction};
use tokio::sync::oneshot;

use super::Services;
use crate::db::DbError;
use crate::db::audit::{self, AuditRow};
use crate::db::predictions::{self, NewPrediction};
use crate::db::receipts::{self, ReceiptRow};

/// Most records of one transaction.
const MOST: usize = 64;

/// All that one request leaves behind.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) receipts: Vec<ReceiptRow>,
    pub(super) predictions: Vec<NewPrediction>,
    pub(super) lines: Vec<AuditRow>,
}

impl From<AuditRow> for Record {
    fn from(line: AuditRow) -> Self {
        Self { lines: vec![line], ..Self::default() }
    }
}

/// A record with the one who waits for it.
type Waiting = (Record, oneshot::Sender<Result<(), DbError>>);

/// Records on their way to the disk.
#[derive(Default)]
pub(super) struct Records(Mutex<Queue>);

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    /// Whether a task keeps what waits.
    is_served: bool,
    /// Those who were not told yet.
    n_open: usize,
}

impl Records {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a record; `true` when nobody serves the queue yet.
    fn add(&self, waiting: Waiting) -> bool {
        let mut queue = self.queue();
        queue.waiting.push_back(waiting);
        queue.n_open += 1;
        !std::mem::replace(&mut queue.is_served, true)
    }

    /// Whether somebody waits; if not, nobody serves the queue any more.
    fn has_more(&self) -> bool {
        let mut queue = self.queue();
        queue.is_served = !queue.waiting.is_empty();
        queue.is_served
    }

    /// Those who wait, at most [`MOST`].
    fn take(&self) -> Vec<Waiting> {
        let mut queue = self.queue();
        let n = queue.waiting.len().min(MOST);
        queue.waiting.drain(..n).collect()
    }

    /// Counts those who were told.
    fn told(&self, n: usize) {
        let mut queue = self.queue();
        queue.n_open = queue.n_open.saturating_sub(n);
    }

    /// Lets everybody go who waits: nobody knows what became of their records.
    fn give_up(&self) {
        *self.queue() = Queue::default();
    }
}

impl Services {
    /// Keeps a record. When this returns without an error it is on the disk, together with those of others.
    ///
    /// # Errors
    /// [`DbError`]; then nothing of it is kept.
    pub(super) async fn keep(&self, record: Record) -> Result<(), DbError> {
        let (done, told) = oneshot::channel();
        if self.records.add((record, done)) {
            // A task of its own: whoever began it may be cut off, and others wait for it as well.
            let services = self.clone();
            tokio::spawn(async move {
                let keeping = services.clone();
                if tokio::spawn(async move { keeping.keep_waiting().await }).await.is_err() {
                    services.records.give_up();
                }
            });
        }
        told.await.unwrap_or_else(|_| Err(sqlx::Error::WorkerCrashed.into()))
    }

    /// How many requests wait until what they leave behind is on the disk.
    pub fn n_unsettled(&self) -> usize {
        self.records.queue().n_open
    }

    /// Waits until all that requests have left behind is on the disk, also of those that went away.
    ///
    /// # Errors
    /// [`DbError`] when it cannot be.
    pub async fn settle(&self) -> Result<(), DbError> {
        if self.n_unsettled() > 0 {
            // An empty record is the last of those that wait by now.
            self.keep(Record::default()).await?;
        }
        self.write_uses().await
    }

    async fn keep_waiting(&self) {
        while self.records.has_more() {
            let write = self.db.begin_write().await;
            // Whoever came while the transaction waited for its turn is in it as well.
            let group = self.records.take();
            let n_told = group.len();
            match write {
                Ok(write) => self.keep_group(write, group).await,
                Err(error) => tell_all(group, &Arc::new(error)),
            }
            self.records.told(n_told);
        }
    }

    async fn keep_group(&self, write: Transaction<'static, Any>, group: Vec<Waiting>) {
        match commit(write, &group).await {
            Ok(()) => group.into_iter().for_each(|(_, done)| tell(done, Ok(()))),
            // One of them cannot be kept: each by itself shows which.
            Err(_) if group.len() > 1 => {
                let mut group = VecDeque::from(group);
                while let Some(one) = group.pop_front() {
                    match self.db.begin_write().await {
                        Ok(write) => {
                            let one = [one];
                            let kept = commit(write, &one).await;
                            let [(_, done)] = one;
                            tell(done, kept);
                        }
                        Err(error) => {
                            group.push_front(one);
                            return tell_all(group, &Arc::new(error));
                        }
                    }
                }
            }
            Err(error) => tell_all(group, &Arc::new(error)),
        }
    }
}

async fn commit(mut write: Transaction<'static, Any>, group: &[Waiting]) -> Result<(), DbError> {
    receipts::add(&mut write, group.iter().flat_map(|(record, _)| &record.receipts)).await?;
    for (record, _) in group {
        predictions::add(&mut write, &record.predictions).await?;
        for line in &record.lines {
            audit::add(&mut *write, line).await?;
        }
    }
    Ok(write.commit().await?)
}

fn tell(done: oneshot::Sender<Result<(), DbError>>, kept: Result<(), DbError>) {
    // Whoever went away needs no answer.
    let _ = done.send(kept);
}

fn tell_all(group: impl IntoIterator<Item = Waiting>, error: &Arc<DbError>) {
    group.into_iter().for_each(|(_, done)| tell(done, Err(DbError::Together(Arc::clone(error)))));
}
