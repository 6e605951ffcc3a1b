//! All SQL of the product.
//!
//! Comes in: engine types and keys. Goes out: engine types and rows of this folder.
//! Never does: use cases, HTTP, decisions. One statement text serves SQLite and PostgreSQL: `$1` parameters,
//! `ON CONFLICT`, and only text, 64-bit integers, doubles and blobs. Only the migrations differ.

pub mod accounts;
pub mod audit;
pub mod current;
pub mod evaluations;
pub mod feedback;
pub mod imports;
pub mod items;
pub mod jobs;
pub mod models;
mod opening;
pub mod plant;
pub mod predictions;
pub mod receipts;
pub mod routings;
mod rows;
pub mod settings;
pub mod stored;
pub mod undo;
pub mod versions;

use sqlx::{Any, AnyPool, Transaction};

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The driver or the database refused.
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
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
        Ok(match self.kind {
            DbKind::Sqlite => self.writers.begin_with("BEGIN IMMEDIATE").await?,
            DbKind::Postgres => self.writers.begin().await?,
        })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), DbError> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }

    /// Closes every connection, so that the file may be moved.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}
