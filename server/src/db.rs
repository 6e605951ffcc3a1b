//! All SQL of the product.
//!
//! Comes in: engine types and keys. Goes out: engine types and rows of this folder.
//! Never does: use cases, HTTP, decisions. One statement text serves SQLite and PostgreSQL: `$1` parameters,
//! `ON CONFLICT`, and only text, 64-bit integers, doubles and blobs. Only the migrations differ.

pub mod accounts;
pub mod audit;
pub mod evaluations;
pub mod feedback;
pub mod imports;
pub mod items;
pub mod models;
pub mod operations;
pub mod plant;
pub mod predictions;
pub mod receipts;
mod rows;
pub mod settings;
pub mod work_results;

use sqlx::any::AnyPoolOptions;
use sqlx::{Any, AnyPool, Executor, Transaction};

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

/// A pool of connections to the plant's database, with its tables up to date.
#[derive(Clone)]
pub struct Db {
    pool: AnyPool,
    kind: DbKind,
}

impl Db {
    /// Connects and brings the tables up to date.
    ///
    /// # Errors
    /// [`DbError`] when the URL is unknown, the database is not reachable or its tables cannot be made.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        sqlx::any::install_default_drivers();
        let kind = match url.split(':').next() {
            Some("sqlite") => DbKind::Sqlite,
            Some("postgres" | "postgresql") => DbKind::Postgres,
            // The URL may hold a password: only its scheme is shown.
            other => return Err(DbError::UnknownKind(other.unwrap_or_default().to_owned())),
        };
        let pool = AnyPoolOptions::new()
            .max_connections(8)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if kind == DbKind::Sqlite {
                        // WAL lets pages read while an import writes.
                        for pragma in [
                            "PRAGMA busy_timeout = 30000",
                            "PRAGMA journal_mode = WAL",
                            "PRAGMA synchronous = NORMAL",
                            "PRAGMA foreign_keys = ON",
                        ] {
                            connection.execute(pragma).await?;
                        }
                    }
                    Ok(())
                })
            })
            .connect(url)
            .await?;
        match kind {
            DbKind::Sqlite => sqlx::migrate!("migrations/sqlite").run(&pool).await?,
            DbKind::Postgres => sqlx::migrate!("migrations/postgres").run(&pool).await?,
        }
        Ok(Self { pool, kind })
    }

    /// The pool, for the queries of this folder.
    pub(crate) fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Which dialect it speaks.
    pub fn kind(&self) -> DbKind {
        self.kind
    }

    /// A transaction that will write. SQLite takes its lock at once: a reader that becomes a writer in the middle
    /// would fail instead of waiting.
    pub async fn begin_write(&self) -> Result<Transaction<'static, Any>, DbError> {
        Ok(match self.kind {
            DbKind::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await?,
            DbKind::Postgres => self.pool.begin().await?,
        })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), DbError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Closes every connection, so that the file may be moved.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
