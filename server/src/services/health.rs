//! Whether answers can be given and whether they are right: found out by doing what requests do.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use engine::domain::ModelId;

use super::Services;
use super::answers::AnswersUse;
use crate::db::{DbError, DbKind, Trouble, probe};
use crate::disk::megabytes;
use crate::registry::RegistryError;

/// After this a database does not answer.
const MOST_WAIT: Duration = Duration::from_secs(2);
/// The file of the database is looked through so seldom that it takes at most one part in so many of the time.
const REST: i64 = 50;
/// The longest time that looking through is taken to have lasted, in milliseconds: a clock may jump meanwhile.
const MOST_TOOK_MS: i64 = 10 * 60 * 1000;

/// How one part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    Ok,
    /// There is none yet, and that is an answer too.
    None,
    /// It gives right answers, but something is wrong: what.
    Degraded(String),
    /// It gives none: why.
    Failed(String),
}

/// How everything is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    pub database: Condition,
    pub model: Condition,
    /// The model that answers.
    pub model_id: Option<ModelId>,
    pub disk: Condition,
    /// What the memory of answers was worth.
    pub answers: AnswersUse,
}

/// What was found out about the database before.
#[derive(Default)]
pub struct Watch {
    /// One row is written and read at a time.
    probing: tokio::sync::Mutex<()>,
    is_looking: AtomicBool,
    found: Mutex<Found>,
}

#[derive(Clone, Default)]
struct Found {
    /// What is wrong with the file.
    damage: Option<String>,
    /// When it was looked through last and how long that took, in milliseconds.
    looked: Option<(i64, i64)>,
    /// Why the last row could not be written.
    unwritten: Option<String>,
}

impl Watch {
    fn found(&self) -> Found {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, change: impl FnOnce(&mut Found)) {
        change(&mut self.found.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Services {
    /// Writes and reads a row, looks at the model's file and at the room on the disk.
    pub async fn health(&self) -> Health {
        let database = self.database_health().await;
        if let Condition::Failed(reason) = &database {
            let model = Condition::Failed(reason.clone());
            let (disk, answers) = (self.disk_health(), self.answers.used());
            return Health { database, model, model_id: None, disk, answers };
        }
        let (model, model_id) = self.model_health().await;
        Health { database, model, model_id, disk: self.disk_health(), answers: self.answers.used() }
    }

    async fn database_health(&self) -> Condition {
        let probing = self.watch.probing.lock().await;
        let value = self.clock.new_id();
        // A long import holds the only writer of a SQLite file: then what was found out last still counts.
        let written = tokio::time::timeout(MOST_WAIT, probe::write(&self.db, &value)).await;
        match &written {
            Ok(Ok(())) => self.watch.note(|found| found.unwritten = None),
            Ok(Err(error)) if error.trouble() == Some(Trouble::Damaged) => return failed(error),
            Ok(Err(error)) => self.watch.note(|found| found.unwritten = Some(words(error))),
            Err(_) => {}
        }
        match tokio::time::timeout(MOST_WAIT, probe::read(&self.db)).await {
            // Several servers of one PostgreSQL write the same row.
            Ok(Ok(read)) if matches!(written, Ok(Ok(()))) && self.db.kind() == DbKind::Sqlite && read != value => {
                return Condition::Failed("a row that was written is not read".to_owned());
            }
            Ok(Ok(_)) => {}
            Ok(Err(error)) => return failed(&error),
            Err(_) => return Condition::Failed(Trouble::Unreachable.to_string()),
        }
        drop(probing);
        self.look_through().await;
        let found = self.watch.found();
        match (found.damage, found.unwritten) {
            (Some(damage), _) => Condition::Failed(format!("{}: {damage}", Trouble::Damaged)),
            (None, Some(reason)) => Condition::Degraded(reason),
            (None, None) => Condition::Ok,
        }
    }

    /// Looks through the file when it is time for it, and waits for what is found as long as that is short.
    async fn look_through(&self) {
        let now_ms = self.clock.now().timestamp_millis();
        let is_due = self.watch.found().looked.is_none_or(|(ended_ms, took_ms)| {
            // A clock that went back is no reason never to look again.
            now_ms < ended_ms || now_ms - ended_ms >= took_ms.saturating_mul(REST)
        });
        if !is_due || self.watch.is_looking.swap(true, Ordering::SeqCst) {
            return;
        }
        let services = self.clone();
        let looking = tokio::spawn(async move {
            let damage = probe::look_through(&services.db).await;
            let ended_ms = services.clock.now().timestamp_millis();
            let took_ms = (ended_ms - now_ms).clamp(0, MOST_TOOK_MS);
            services.watch.note(|found| {
                found.looked = Some((ended_ms, took_ms));
                match damage {
                    Ok(damage) => found.damage = damage,
                    Err(error) => tracing::warn!(error = %error, "the database could not be looked through: {error}"),
                }
            });
            services.watch.is_looking.store(false, Ordering::SeqCst);
        });
        tokio::time::timeout(MOST_WAIT, looking).await.ok();
    }

    async fn model_health(&self) -> (Condition, Option<ModelId>) {
        let services = self.clone();
        // It goes on when nobody waits any more: reading a large model takes longer.
        let looking = tokio::spawn(async move { services.registry.look(&services.db).await });
        let looked = tokio::time::timeout(MOST_WAIT, looking).await;
        let id = self.registry.in_memory();
        match looked {
            Err(_) if id.is_some() => (Condition::Ok, id),
            Err(_) => (Condition::Failed("the model is being read".to_owned()), None),
            Ok(Err(_)) => (Condition::Failed("the model could not be looked at".to_owned()), None),
            Ok(Ok(Ok(None))) => (Condition::Ok, id),
            Ok(Ok(Ok(Some(problem)))) => (Condition::Degraded(problem), id),
            Ok(Ok(Err(RegistryError::NoModel))) => (Condition::None, None),
            Ok(Ok(Err(error))) => {
                let problem = error.without_folder();
                self.refuse(error);
                (Condition::Failed(problem), None)
            }
        }
    }

    fn disk_health(&self) -> Condition {
        match self.registry.room() {
            // Where nobody knows how much room there is, nothing is claimed.
            Ok(()) => Condition::Ok,
            Err(RegistryError::NoRoom { free, .. }) => Condition::Degraded(format!("{} MB are free", megabytes(free))),
            Err(error) => Condition::Degraded(error.without_folder()),
        }
    }
}

fn words(error: &DbError) -> String {
    // What the driver says may name folders; the log has it.
    error.trouble().map_or_else(|| "a row cannot be written".to_owned(), |trouble| trouble.to_string())
}

fn failed(error: &DbError) -> Condition {
    tracing::error!(error = %error, "the database fails: {error}");
    Condition::Failed(error.trouble().map_or_else(|| "a row cannot be read".to_owned(), |trouble| trouble.to_string()))
}
