//! Use cases. One of them serves the pages, REST and the command line alike.
//!
//! Comes in: requests of `app::api`, files to import. Goes out: answers of `app::api`, reports.
//! Never does: HTTP, HTML, SQL of its own.

pub mod bundle;
mod explain;
mod feedback;
pub mod import;
mod items;
mod plant;
pub mod predict;
pub mod receipts;
pub mod training;

use std::path::PathBuf;
use std::sync::Arc;

use app::error::ApiError;
use tokio::sync::Semaphore;

use crate::clock::Clock;
use crate::db::Db;
use crate::error::Failure;
use crate::registry::Registry;

/// Longest search or code that a request may carry, in characters.
const MAX_QUERY_CHARS: usize = 200;

/// Everything that a use case needs. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    pub db: Db,
    pub registry: Arc<Registry>,
    pub clock: Clock,
    /// Bounds the work that runs beside the request threads.
    heavy: Arc<Semaphore>,
}

impl Services {
    /// Over a database and a folder of model files.
    pub fn new(db: Db, models_dir: PathBuf, clock: Clock) -> Self {
        let n_cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { db, registry: Arc::new(Registry::new(models_dir)), clock, heavy: Arc::new(Semaphore::new(n_cores)) }
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

    /// The answer as the caller may see it; a fault of ours is logged.
    fn answer<T>(&self, result: Result<T, Failure>) -> Result<T, ApiError> {
        result.map_err(|failure| self.refuse(failure))
    }

    /// What the caller may know of a failure; a fault of ours is logged.
    pub fn refuse(&self, failure: impl Into<Failure>) -> ApiError {
        failure.into().into_api(|| self.clock.new_id())
    }
}
