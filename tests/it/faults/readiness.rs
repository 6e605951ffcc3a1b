//! The check says what requests would meet, and a command the true reason.

use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use server::registry::Registry;
use tests::cli::run;
use tests::{TestApp, on_every_database};

use super::*;

/// All of a database in its file, and nothing beside it.
async fn settle(path: &Path) {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}", path.display());
    let mut connection = <sqlx::AnyConnection as sqlx::Connection>::connect(&url).await.expect("it opens");
    let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
    let is_busy: i64 = sqlx::query_scalar(sql).fetch_one(&mut connection).await.expect("it is a database");
    assert_eq!(is_busy, 0, "somebody else has it open");
    sqlx::Connection::close(connection).await.expect("the connection was sound");
}

/// Overwrites a part of a file in place.
fn spoil(path: &Path, begin: u64, n_bytes: usize) {
    let mut file = std::fs::File::options().write(true).open(path).expect("the file is there");
    file.seek(SeekFrom::Start(begin)).expect("it is long enough");
    file.write_all(&vec![0xa5; n_bytes]).expect("the temporary folder is writable");
}

#[tokio::test]
async fn a_database_that_is_damaged_while_it_serves_shows() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let (status, sound) = ready(&app).await;
    assert_eq!((status, &sound["state"], &sound["database"]), (200, &json!("ok"), &json!("ok")), "{sound}");
    let path = app.folder().join("routing-ml.sqlite");
    settle(&path).await;
    let n_bytes = path.metadata().expect("it is there").len();
    spoil(&path, n_bytes / 2, 40_000);
    // The file is looked through again after a rest.
    app.jump_s(24 * 3600);
    let (status, damaged) = ready(&app).await;
    assert_eq!((status, &damaged["state"], &damaged["database"]), (503, &json!("failed"), &json!("failed")));
    assert!(damaged["database_problem"].as_str().expect("it says why").contains("damaged"), "{damaged}");
}

#[tokio::test]
async fn a_database_that_is_gone_is_said_at_once_to_anybody_who_asks() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        assert_eq!(ready(&app).await.0, 200);
        app.services.db.close().await;
        let (status, gone) = ready(&app).await;
        assert_eq!(
            (status, &gone["state"], &gone["database"], &gone["disk"]),
            (503, &json!("failed"), &json!("failed"), &json!("ok"))
        );
        assert_eq!(gone["model_id"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn little_room_is_said_before_there_is_none_and_stops_a_training_first() {
    let mut app = TestApp::on_sqlite().await.with_plant().await;
    let first = answers(&app).await;
    let folder = app.config.models_dir();
    let registry = Registry::with_space(folder.clone(), Arc::new(|_| Some(1_000_000)));
    app = app.with_registry(registry);
    let (status, ready_now) = ready(&app).await;
    assert_eq!((status, &ready_now["state"], &ready_now["disk"]), (200, &json!("degraded"), &json!("degraded")));
    let refused = app.train(2).await;
    let reason = refused.expect_err("there is no room").to_string();
    assert!(reason.starts_with("the disk is full: 1 MB are free"), "{reason}");
    assert_eq!(answers(&app).await, first);
    let names: Vec<_> =
        std::fs::read_dir(&folder).expect("it is there").flatten().map(|entry| entry.file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("draft")), "{names:?}");
}

#[tokio::test]
async fn a_command_says_first_what_is_wrong() {
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    let path = folder.path().join("cli.sqlite");
    run(folder.path(), &["status"]).await.ok();
    settle(&path).await;
    spoil(&path, 0, 4096);
    let reason = run(folder.path(), &["status"]).await.result.expect_err("it is damaged");
    assert!(reason.starts_with("the database is damaged: ") && reason.contains("cli.sqlite"), "{reason}");

    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = nobody.local_addr().expect("it has an address").port();
    drop(nobody);
    let args = ["--database-url", &format!("postgres://x:secret@127.0.0.1:{port}/x"), "status"];
    let reason = tests::cli::run_at(folder.path(), &args).await.result.expect_err("nobody is there");
    assert!(reason.starts_with("the database server does not answer: "), "{reason}");
    assert!(!reason.contains("secret"), "{reason}");
    // Somebody listens and says nothing.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = silent.local_addr().expect("it has an address").port();
    let args = ["--database-url", &format!("postgres://x:secret@127.0.0.1:{port}/x"), "status"];
    let reason = tests::cli::run_at(folder.path(), &args).await.result.expect_err("nobody answers");
    assert!(reason.starts_with("the database server does not answer: PostgreSQL: no answer within"), "{reason}");
}
