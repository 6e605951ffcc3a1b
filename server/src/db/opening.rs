//! Opening the database: connections, and tables that are up to date, also when several processes open a fresh one at
//! once.

use std::fs::File;
use std::path::PathBuf;

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Executor};

use super::{Db, DbError, DbKind};

/// Connections that read.
const N_READERS: u32 = 8;
/// Transactions that write at a time on PostgreSQL. SQLite has one writer in any case.
const N_WRITERS: u32 = 4;

pub(super) async fn open(url: &str) -> Result<Db, DbError> {
    sqlx::any::install_default_drivers();
    let kind = match url.split(':').next() {
        Some("sqlite") => DbKind::Sqlite,
        Some("postgres" | "postgresql") => DbKind::Postgres,
        // The URL may hold a password: only its scheme is shown.
        other => return Err(DbError::UnknownKind(other.unwrap_or_default().to_owned())),
    };
    let (writers, readers) = match kind {
        DbKind::Sqlite => {
            // SQLite's migrations know no lock: who comes second waits here. It ends with the file's handle.
            let lock = lock(url).await?;
            let writers = connect(url, 1, &SQLITE_PRAGMAS).await?;
            sqlx::migrate!("migrations/sqlite").run(&writers).await?;
            drop(lock);
            // What lives in memory is there for one connection only.
            let readers = match path(url) {
                Some(_) => {
                    connect(url, N_READERS, &[&SQLITE_PRAGMAS[..], &["PRAGMA query_only = ON"]].concat()).await?
                }
                None => writers.clone(),
            };
            (writers, readers)
        }
        DbKind::Postgres => {
            let writers = connect(url, N_WRITERS, &[]).await?;
            sqlx::migrate!("migrations/postgres").run(&writers).await?;
            (writers, connect(url, N_READERS, &[]).await?)
        }
    };
    Ok(Db { readers, writers, kind })
}

/// WAL lets pages read while an import writes.
const SQLITE_PRAGMAS: [&str; 4] = [
    "PRAGMA busy_timeout = 30000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
];

async fn connect(url: &str, n_connections: u32, pragmas: &[&'static str]) -> Result<AnyPool, DbError> {
    let pragmas = pragmas.to_vec();
    let options = AnyPoolOptions::new().max_connections(n_connections).after_connect(move |connection, _| {
        let pragmas = pragmas.clone();
        Box::pin(async move {
            for pragma in pragmas {
                connection.execute(pragma).await?;
            }
            Ok(())
        })
    });
    Ok(options.connect(url).await?)
}

/// The file of a SQLite database; `None` for one in memory.
fn path(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let (path, options) = rest.split_once('?').unwrap_or((rest, ""));
    let is_in_memory = path.is_empty() || path == ":memory:" || options.contains("mode=memory");
    (!is_in_memory).then(|| PathBuf::from(path))
}

/// Waits until no other process makes the tables. The lock is a file of its own beside the database, because SQLite
/// loses its own locks when a handle of the database file is closed.
async fn lock(url: &str) -> Result<Option<File>, DbError> {
    let Some(mut path) = path(url).map(PathBuf::into_os_string) else { return Ok(None) };
    path.push(".lock");
    let waiting = tokio::task::spawn_blocking(move || {
        // Where the folder cannot be written, or knows no locks, the database itself says what is wrong.
        let file = File::options().create(true).truncate(false).write(true).open(path).ok()?;
        file.lock().ok()?;
        Some(file)
    });
    waiting.await.map_err(|error| DbError::Sql(sqlx::Error::Io(std::io::Error::other(error))))
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_database_is_a_file_or_lives_in_memory() {
        assert_eq!(path("sqlite:///var/lib/x.sqlite?mode=rwc"), Some("/var/lib/x.sqlite".into()));
        assert_eq!(path("sqlite:x.sqlite"), Some("x.sqlite".into()));
        assert_eq!(path("sqlite::memory:"), None);
        assert_eq!(path("sqlite://x?mode=memory"), None);
    }
}
