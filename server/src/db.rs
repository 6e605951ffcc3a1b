//! All SQL of the product.
//!
//! Comes in: engine types and keys. Goes out: engine types and rows of this folder.
//! Never does: use cases, HTTP, decisions. One statement text serves SQLite and PostgreSQL: `$1` parameters,
//! `ON CONFLICT`, and only text, 64-bit integers, doubles and blobs. Only the migrations differ.

pub mod accounts;
pub mod audit;
pub mod clock;
pub mod current;
pub mod evaluations;
pub mod feedback;
pub mod files;
pub mod imports;
pub mod items;
pub mod jobs;
mod kept;
pub mod models;
mod opening;
pub mod plant;
pub mod predictions;
pub mod probe;
pub mod receipts;
pub mod revisions;
pub mod routings;
mod rows;
pub mod schedules;
pub mod settings;
pub mod snapshots;
pub mod stored;
mod trouble;
pub mod undo;
pub mod versions;

use std::fs::File;
use std::sync::Arc;

use sqlx::{Any, AnyPool, Transaction};

pub use trouble::Trouble;

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The same befell several writers at once.
    #[error("{0}")]
    Together(Arc<DbError>),
    /// The driver or the database refused.
    #[error("{why}database: {0}", why = reason(.0))]
    Sql(#[from] sqlx::Error),
    /// It cannot be opened.
    #[error("{trouble}: {place}: {reason}")]
    Opening {
        /// Why, for the person who looks after it.
        trouble: Trouble,
        /// Its file or server.
        place: String,
        /// What the driver said.
        reason: String,
    },
    /// The tables are of another version and cannot be brought up to date.
    #[error(
        "the database is of another version of this program, and nothing can be written: its tables stay as they are"
    )]
    Outdated,
    /// The tables could not be made.
    #[error("database migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A stored value is not what this version writes.
    #[error("stored {what} does not decode: {reason}")]
    Decode {
        /// Which value.
        what: &'static str,
        /// What the decoder said.
        reason: String,
    },
    /// The address names a database that we do not speak.
    #[error("database URL {0} is neither sqlite: nor postgres:")]
    UnknownKind(String),
}

fn reason(error: &sqlx::Error) -> String {
    Trouble::of(error).map(|trouble| format!("{trouble}: ")).unwrap_or_default()
}

impl DbError {
    /// What is wrong with the database itself; `None` when it is not the database.
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Sql(error) | Self::Migrate(sqlx::migrate::MigrateError::Execute(error)) => Trouble::of(error),
            Self::Opening { trouble, .. } => Some(*trouble),
            Self::Together(error) => error.trouble(),
            _ => None,
        }
    }

    /// Whether only writing failed: what is there can still be read.
    pub fn may_read(&self) -> bool {
        self.trouble().is_some_and(Trouble::may_read)
    }

    /// What the driver said.
    fn detail(&self) -> String {
        match self {
            Self::Sql(error) => error.to_string(),
            other => other.to_string(),
        }
    }
}

/// Which dialect the tables were made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DbKind {
    /// One file beside the models.
    Sqlite,
    /// A server.
    Postgres,
}

/// Connections to the plant's database, with its tables up to date.
///
/// Who reads and who writes have connections of their own, so that writers who wait for each other never stop a reader.
#[derive(Clone)]
pub struct Db {
    readers: AnyPool,
    writers: AnyPool,
    kind: DbKind,
    /// What was read of the accounts.
    kept: Arc<kept::Kept>,
    /// Why nothing can be written; `None` in ordinary life.
    reading_only: Option<ReadingOnly>,
}

/// A database that was opened only to be read.
#[derive(Clone)]
struct ReadingOnly {
    trouble: Trouble,
    /// Keeps others from writing what is read as it stands.
    _lock: Option<Arc<File>>,
}

impl Db {
    /// Connects and brings the tables up to date.
    ///
    /// # Errors
    /// [`DbError`] when the URL is unknown, the database is not reachable or its tables cannot be made.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        opening::open(url).await
    }

    /// The connections for reading; on SQLite they refuse to write.
    pub(crate) fn pool(&self) -> &AnyPool {
        &self.readers
    }

    /// The connections for a single statement that writes.
    pub(crate) fn writers(&self) -> &AnyPool {
        &self.writers
    }

    /// Which dialect it speaks.
    pub fn kind(&self) -> DbKind {
        self.kind
    }

    /// A transaction that will write. SQLite takes its lock at once: a reader that becomes a writer in the middle
    /// would fail instead of waiting.
    pub async fn begin_write(&self) -> Result<Transaction<'static, Any>, DbError> {
        let statement = match self.kind {
            DbKind::Sqlite => "BEGIN IMMEDIATE",
            DbKind::Postgres => "BEGIN",
        };
        begin(self.writers.clone(), statement).await
    }

    /// A transaction that reads one state of everything, whatever is written meanwhile.
    pub(crate) async fn begin_snapshot(&self) -> Result<Transaction<'static, Any>, DbError> {
        let statement = match self.kind {
            DbKind::Sqlite => "BEGIN",
            DbKind::Postgres => "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        begin(self.readers.clone(), statement).await
    }

    /// Why it was opened only to be read; `None` when it may be written.
    pub fn reading_only(&self) -> Option<Trouble> {
        self.reading_only.as_ref().map(|reading| reading.trouble)
    }

    /// Closes every connection, so that the file may be moved.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

/// Begins in a task of its own. Whoever asks may be cut off at any moment, as by a client that goes away, and the driver for
/// PostgreSQL does not end a transaction that is cut off while it begins: the connection would go back among the others and
/// never commit what comes next.
async fn begin(pool: AnyPool, statement: &'static str) -> Result<Transaction<'static, Any>, DbError> {
    let beginning = tokio::spawn(async move { pool.begin_with(statement).await });
    Ok(beginning.await.map_err(|_| sqlx::Error::WorkerCrashed)??)
}
