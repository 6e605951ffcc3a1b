//! Use cases. One of them serves the pages, REST and the command line alike.
//!
//! Comes in: requests of `contract`, files to import. Goes out: answers of `contract`, reports.
//! Never does: HTTP, HTML, SQL of its own.

pub mod accounts;
pub mod acting;
pub mod answers;
pub mod audit;
pub mod bundle;
mod codes;
mod explain;
pub mod export;
mod feedback;
pub mod health;
pub mod import;
mod items;
pub mod jobs;
mod limits;
pub mod models;
mod plant;
pub mod predict;
pub mod receipts;
mod records;
mod retention;
mod settings;
mod snapshot;
pub mod store;
pub mod training;

pub use limits::is_limited;

use std::path::PathBuf;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex};

use contract::error::ApiError;
use tokio::sync::{OnceCell, Semaphore};

use crate::auth::password::{Cost, PasswordError, Passwords};
use crate::auth::throttle::Throttle;
use crate::clock::Clock;
use crate::db::{Db, DbError};
use crate::error::Failure;
use crate::registry::Registry;

/// Everything that a use case needs. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    pub db: Db,
    pub registry: Arc<Registry>,
    pub clock: Clock,
    /// Bounds the work that runs beside the request threads.
    heavy: Arc<Semaphore>,
    passwords: Passwords,
    limits: Arc<limits::Limits>,
    throttle: Arc<Mutex<Throttle>>,
    /// Id of the request that is answered; empty for commands.
    request_id: Arc<str>,
    /// The latest instant that is believed.
    believed: Arc<accounts::Believed>,
    /// What was found out about the database.
    watch: Arc<health::Watch>,
    /// What requests leave behind, on its way to the disk.
    records: Arc<records::Records>,
    /// Answers that were given before.
    answers: Arc<answers::Answers>,
    /// When sessions and tokens were used last, as far as it is not written yet.
    uses: Arc<accounts::Uses>,
    /// The latest time that a session was measured by.
    high_ms: Arc<OnceCell<AtomicI64>>,
}

impl Services {
    /// Over a database and a folder of model files; `cost` is what a guess at a password costs.
    ///
    /// # Errors
    /// [`PasswordError`] when the machine has no randomness.
    pub fn new(db: Db, models_dir: PathBuf, clock: Clock, cost: Cost) -> Result<Self, PasswordError> {
        let n_cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self {
            db,
            registry: Arc::new(Registry::new(models_dir)),
            clock,
            heavy: Arc::new(Semaphore::new(n_cores)),
            passwords: Passwords::new(cost)?,
            limits: Arc::default(),
            throttle: Arc::default(),
            request_id: Arc::from(""),
            believed: Arc::default(),
            watch: Arc::default(),
            records: Arc::default(),
            answers: Arc::new(answers::Answers::new(answers::DEFAULT_BYTES)),
            uses: Arc::default(),
            high_ms: Arc::default(),
        })
    }

    /// The same with another bound for the answers in memory; 0 remembers none.
    #[must_use]
    pub fn with_answers_of(self, most_bytes: u64) -> Self {
        Self { answers: Arc::new(answers::Answers::new(most_bytes)), ..self }
    }

    /// Runs maths away from the request threads, at most one per core at a time.
    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
        let permit =
            Arc::clone(&self.heavy).acquire_owned().await.map_err(|closed| Failure::Other(closed.to_string()))?;
        Ok(tokio::task::spawn_blocking(move || {
            // The permit is held until the work ends, also when the request that asked has gone.
            let _permit = permit;
            work()
        })
        .await?)
    }

    /// Whatever was written, or nothing where nothing can be written: what is only read goes on then. The failure is in
    /// the log, and the readiness check says it.
    fn if_writable<T>(&self, written: Result<T, DbError>) -> Result<Option<T>, DbError> {
        match written {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.may_read() => {
                self.refuse(error);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// The answer as the caller may see it; a fault of ours is logged.
    fn answer<T>(&self, result: Result<T, Failure>) -> Result<T, ApiError> {
        result.map_err(|failure| self.refuse(failure))
    }

    /// The same for one request: its id is the reference of what goes wrong.
    pub fn for_request(&self, id: &str) -> Self {
        Self { request_id: Arc::from(id), ..self.clone() }
    }

    /// Id of the request that is answered; empty for commands.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// What the caller may know of a failure; a fault of ours is logged.
    pub fn refuse(&self, failure: impl Into<Failure>) -> ApiError {
        let reference = || match &*self.request_id {
            "" => self.clock.new_id(),
            id => id.to_owned(),
        };
        failure.into().into_api(reference)
    }
}
