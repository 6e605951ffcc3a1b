//! Opening the database: connections, and tables that are up to date, also when several processes open a fresh one at
//! once. What is current is only read, so that a full or read-only disk stops no reader.

mod sqlite;

use std::sync::Arc;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, AnyPool, Connection, Executor, Row};

use super::{Db, DbError, DbKind, Trouble};

/// Connections that read.
const N_READERS: u32 = 8;
/// Transactions that write at a time on PostgreSQL. SQLite has one writer in any case.
const N_WRITERS: u32 = 4;
/// After this a database server does not answer. A command says so within three seconds.
const MOST_WAIT: Duration = Duration::from_millis(2_500);

/// How long a request waits for a connection.
const READERS_WAIT: Duration = Duration::from_secs(5);
const WRITERS_WAIT: Duration = Duration::from_secs(30);

pub(super) async fn open(url: &str) -> Result<Db, DbError> {
    sqlx::any::install_default_drivers();
    match url.split(':').next() {
        Some("sqlite") => sqlite::open(url).await,
        Some("postgres" | "postgresql") => postgres(url).await,
        // The URL may hold a password: only its scheme is shown.
        other => Err(DbError::UnknownKind(other.unwrap_or_default().to_owned())),
    }
}

async fn postgres(url: &str) -> Result<Db, DbError> {
    let migrator = sqlx::migrate!("migrations/postgres");
    // A pool tries until its time is up and then says only that: the first connection is made without one.
    let connecting = tokio::time::timeout(MOST_WAIT, AnyConnection::connect(url)).await;
    let mut first = connecting.map_err(|_| DbError::Opening {
        trouble: Trouble::Unreachable,
        place: "PostgreSQL".to_owned(),
        reason: format!("no answer within {} ms", MOST_WAIT.as_millis()),
    })??;
    let is_current = is_current(&mut first, &migrator).await?;
    first.close().await.ok();
    let writers = pool(url, N_WRITERS, &[]).await?;
    if !is_current {
        migrator.run(&writers).await?;
    }
    let readers = pool(url, N_READERS, &[]).await?;
    Ok(Db { readers, writers, kind: DbKind::Postgres, kept: Arc::default(), reading_only: None })
}

/// Whether every migration of this version ran, and no other.
async fn is_current(connection: &mut AnyConnection, migrator: &Migrator) -> Result<bool, DbError> {
    let rows = sqlx::query("SELECT version, checksum FROM _sqlx_migrations WHERE success ORDER BY version")
        .fetch_all(connection)
        .await;
    let rows = match rows {
        Ok(rows) => rows,
        // A database without tables.
        Err(error) if Trouble::of(&error).is_none() => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let mut ran = Vec::with_capacity(rows.len());
    for row in rows {
        ran.push((row.try_get::<i64, _>("version")?, row.try_get::<Vec<u8>, _>("checksum")?));
    }
    Ok(migrator.iter().map(|one| (one.version, one.checksum.to_vec())).eq(ran))
}

/// Readers wait for a connection only as long as somebody waits for a page; a long import makes writers wait longer.
async fn pool(url: &str, n_connections: u32, pragmas: &[&'static str]) -> Result<AnyPool, DbError> {
    let most_wait = if n_connections == N_READERS { READERS_WAIT } else { WRITERS_WAIT };
    let pragmas = pragmas.to_vec();
    let options = AnyPoolOptions::new().max_connections(n_connections).acquire_timeout(most_wait).after_connect(
        move |connection, _| {
            let pragmas = pragmas.clone();
            Box::pin(async move {
                for pragma in pragmas {
                    connection.execute(pragma).await?;
                }
                Ok(())
            })
        },
    );
    // A commit that failed for want of room has ended its transaction, and the driver still counts it: such a connection
    // would refuse every other one.
    let options = options.before_acquire(|connection, _| {
        let is_usable = !connection.is_in_transaction();
        Box::pin(async move { Ok(is_usable) })
    });
    // A file does not go away. A connection that is made anew would need what a full disk has not.
    let options = if url.starts_with("sqlite:") { options.idle_timeout(None).max_lifetime(None) } else { options };
    Ok(options.connect(url).await?)
}
