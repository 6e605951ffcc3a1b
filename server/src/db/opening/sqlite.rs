//! Opening a SQLite file: for writing if that can be, else as it stands.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AnyConnection, Connection, Executor};

use super::{N_READERS, is_current, pool};
use crate::db::{Db, DbError, DbKind, ReadingOnly, Trouble};
use crate::disk;

/// WAL lets pages read while an import writes. A commit that was acknowledged is on the disk.
const PRAGMAS: [&str; 4] = [
    "PRAGMA busy_timeout = 30000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
];
const QUERY_ONLY: &str = "PRAGMA query_only = ON";

pub(super) async fn open(url: &str) -> Result<Db, DbError> {
    let path = path(url);
    let may_write = path.as_deref().is_none_or(|path| !path.exists() || disk::may_write(path));
    let reason = if may_write {
        match open_for_writing(url, path.as_deref()).await {
            Ok(db) => return Ok(db),
            Err(error) => error,
        }
    } else {
        let reason = "it or its folder is write-protected".to_owned();
        DbError::Opening { trouble: Trouble::ReadOnly, place: place(path.as_deref()), reason }
    };
    let (Some(path), Some(trouble)) = (&path, reason.trouble()) else { return Err(reason) };
    let may_read = trouble.may_read() || trouble == Trouble::NotThere;
    if !may_read || !path.metadata().is_ok_and(|file| file.len() > 0) {
        return Err(reason);
    }
    match open_for_reading(path, trouble).await {
        Ok(db) => {
            tracing::error!(error = %reason, "{reason}: what is there is read, and nothing can be written");
            Ok(db)
        }
        // What stops the writer says more, unless the reader found worse.
        Err(error) if error.trouble() == Some(Trouble::Damaged) => Err(error),
        Err(DbError::Outdated) => Err(DbError::Outdated),
        Err(_) => Err(reason),
    }
}

async fn open_for_writing(url: &str, path: Option<&Path>) -> Result<Db, DbError> {
    let migrator = sqlx::migrate!("migrations/sqlite");
    // SQLite's migrations know no lock: who comes second waits here. It ends with the file's handle.
    let lock = lock(path).await?;
    // A pool tries until its time is up and then says only that: the first connection is made without one.
    let opened = async {
        let mut first = AnyConnection::connect(url).await?;
        for pragma in PRAGMAS {
            first.execute(pragma).await?;
        }
        let is_current = is_current(&mut first, &migrator).await?;
        first.close().await?;
        Ok::<_, DbError>(is_current)
    };
    let is_current = opened.await.map_err(|error| at(error, path))?;
    let writers = pool(url, 1, &PRAGMAS).await?;
    if !is_current {
        migrator.run(&writers).await.map_err(|error| at(error.into(), path))?;
    }
    drop(lock);
    // What lives in memory is there for one connection only.
    let readers = match path {
        Some(_) => pool(url, N_READERS, &[&PRAGMAS[..], &[QUERY_ONLY]].concat()).await?,
        None => writers.clone(),
    };
    Ok(Db { readers, writers, kind: DbKind::Sqlite, kept: Arc::default(), reading_only: None })
}

/// Opens without writing a byte. Where not even the files can be made that SQLite shares between processes, the database is
/// read as it stands; nobody may write it meanwhile, which the lock beside it says.
async fn open_for_reading(path: &Path, trouble: Trouble) -> Result<Db, DbError> {
    let migrator = sqlx::migrate!("migrations/sqlite");
    let encoded = crate::config::sqlite_path(path);
    let shared = format!("sqlite://{encoded}?mode=ro");
    let (url, is_current, lock) = match first_read(&shared, &migrator).await {
        Ok(is_current) => (shared, is_current, None),
        Err(error) if error.trouble() == Some(Trouble::Damaged) || has_log(path) => return Err(at(error, Some(path))),
        Err(_) => {
            let lock = File::open(lock_path(path)).ok();
            if let Some(lock) = &lock {
                lock.try_lock_shared().ok();
            }
            let url = format!("sqlite://{encoded}?mode=ro&immutable=1");
            let is_current = first_read(&url, &migrator).await.map_err(|error| at(error, Some(path)))?;
            (url, is_current, lock)
        }
    };
    if !is_current {
        return Err(DbError::Outdated);
    }
    let readers = pool(&url, N_READERS, &[QUERY_ONLY]).await?;
    let reading_only = Some(ReadingOnly { trouble, _lock: lock.map(Arc::new) });
    Ok(Db { writers: readers.clone(), readers, kind: DbKind::Sqlite, kept: Arc::default(), reading_only })
}

async fn first_read(url: &str, migrator: &sqlx::migrate::Migrator) -> Result<bool, DbError> {
    let mut first = AnyConnection::connect(url).await?;
    first.execute("SELECT COUNT(*) FROM sqlite_master").await?;
    let is_current = is_current(&mut first, migrator).await?;
    first.close().await?;
    Ok(is_current)
}

/// Whether changes are waiting beside the file: without them it is not whole.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    Path::new(&log).metadata().is_ok_and(|log| log.len() > 0)
}

/// The error with the file it is about, where its reason is known.
fn at(error: DbError, path: Option<&Path>) -> DbError {
    match error.trouble() {
        Some(trouble) => DbError::Opening { trouble, place: place(path), reason: error.detail() },
        None => error,
    }
}

fn place(path: Option<&Path>) -> String {
    path.map_or_else(|| "SQLite".to_owned(), |path| path.display().to_string())
}

/// The file of a SQLite database; `None` for one in memory.
fn path(url: &str) -> Option<PathBuf> {
    let options = url.split_once('?').map_or("", |(_, options)| options);
    if url.contains(":memory:") || options.contains("mode=memory") {
        return None;
    }
    let path = SqliteConnectOptions::from_str(url).ok()?.get_filename().to_owned();
    (!path.as_os_str().is_empty()).then_some(path)
}

/// A file of its own beside the database, because SQLite loses its own locks when a handle of the database file is closed.
fn lock_path(path: &Path) -> PathBuf {
    let mut lock = path.as_os_str().to_owned();
    lock.push(".lock");
    lock.into()
}

/// Waits until no other process makes the tables.
async fn lock(path: Option<&Path>) -> Result<Option<File>, DbError> {
    let Some(path) = path.map(Path::to_owned) else { return Ok(None) };
    let waiting = tokio::task::spawn_blocking(move || {
        // Where the folder cannot be written, or knows no locks, the database itself says what is wrong.
        let Ok(file) = File::options().create(true).truncate(false).write(true).open(lock_path(&path)) else {
            return Ok(None);
        };
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            // Whoever makes the tables lets nobody beside them; whoever reads the file as it stands does.
            if file.try_lock_shared().is_ok() {
                let reason =
                    "a server reads it as it stands, since it could not write: stop that server first".to_owned();
                return Err(DbError::Opening { trouble: Trouble::Busy, place: path.display().to_string(), reason });
            }
            file.lock().ok();
        }
        Ok(Some(file))
    });
    waiting.await.map_err(|error| DbError::Sql(sqlx::Error::Io(std::io::Error::other(error))))?
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_database_is_a_file_or_lives_in_memory() {
        assert_eq!(path("sqlite:///var/lib/x.sqlite?mode=rwc"), Some("/var/lib/x.sqlite".into()));
        assert_eq!(path("sqlite:///a%20b/c%23.sqlite?mode=rwc"), Some("/a b/c#.sqlite".into()));
        assert_eq!(path("sqlite:x.sqlite"), Some("x.sqlite".into()));
        assert_eq!(path("sqlite::memory:"), None);
        assert_eq!(path("sqlite://x?mode=memory"), None);
    }
}
