//! An import or an undo that ends anywhere has happened wholly or not at all.
//!
//! A future that is dropped at one of its waits is what a killed process leaves: whatever was written is there, whatever
//! was not is not. `KILL_ROUNDS` says how often each point is tried.

use tests::cut::{cut, n_rounds, points};
use tests::{TestApp, on_every_database};

use super::*;

/// Enough for three blocks of each kind.
fn large(jobs: &[&str]) -> Brings {
    (0..4_500).fold(Brings::default(), |brings, at| {
        let code = format!("I-{at:04}");
        let x = jobs.len().to_string();
        brings.item(&code, "part", &["x"], &[("x", &x)]).routing(&code, "1", jobs).report(
            &code,
            "O",
            "",
            jobs.len() as f64,
        )
    })
}

#[tokio::test]
async fn an_import_that_is_cut_off_has_happened_wholly_or_not_at_all() {
    on_every_database(async |app: TestApp| {
        let (old, new) = (large(&["J"]).done(), large(&["K", "L"]).done());
        let acting = app.services.acting(Caller::Console, None);
        store(&acting, Arc::clone(&old), "[]", &usual()).await.expect("it is stored");
        let before = plant(&app).await;
        let mut n_cut = 0;
        for point in points() {
            let mut has_ended = false;
            for _ in 0..n_rounds() {
                let done = cut(point, store(&acting, Arc::clone(&new), "[]", &usual())).await;
                has_ended = done.is_some();
                let counts = server::db::imports::count(&app.services.db).await.expect("it is read");
                let is_new = counts.n_operations == 9_000;
                assert!(is_new || counts.n_operations == 4_500, "after {point} waits: {counts:?}");
                assert!(is_new || !has_ended);
                if is_new {
                    let last = server::services::store::list(&app.services.db).await.expect("it is read").remove(0);
                    take_back(&app, &last.no.to_string(), false).await.expect("it was done");
                }
                n_cut += usize::from(!has_ended);
            }
            if has_ended {
                break;
            }
        }
        assert!(n_cut > 10, "it ended after {n_cut} cuts");
        assert_eq!(plant(&app).await, before);
        // The next import clears away what the others left.
        let done = store(&acting, new, "[]", &usual()).await.expect("it is stored");
        assert_eq!(done.counts.n_operations, 9_000);
        let n_left = server::services::store::list(&app.services.db).await.expect("it is read");
        let is_staging = |one: &server::db::imports::ImportRow| one.state == server::db::imports::ImportState::Staging;
        assert!(!n_left.iter().any(is_staging));
    })
    .await;
}

#[tokio::test]
async fn an_undo_that_is_cut_off_has_happened_wholly_or_not_at_all() {
    on_every_database(async |app: TestApp| {
        put(&app, large(&["J"])).await;
        let before = plant(&app).await;
        let stored = put(&app, large(&["K", "L"])).await;
        let acting = app.services.acting(Caller::Console, None);
        for point in points() {
            let done = cut(point, undo(&acting, &no(&stored), false)).await;
            let counts = server::db::imports::count(&app.services.db).await.expect("it is read");
            let expected = if done.is_some() { 4_500 } else { 9_000 };
            if counts.n_operations != expected {
                // The commit was on its way when it was cut off.
                assert_eq!(counts.n_operations, 4_500, "after {point} waits");
                break;
            }
            if done.is_some() {
                break;
            }
        }
        assert_eq!(plant(&app).await, before);
    })
    .await;
}

#[tokio::test]
async fn two_imports_at_once_are_two_imports_one_after_the_other() {
    on_every_database(async |app: TestApp| {
        let (acting, options) = (app.services.acting(Caller::Console, None), usual());
        let one = large(&["J"]).routing("ONE", "1", &["X"]).done();
        let other = large(&["K", "L"]).routing("OTHER", "1", &["X"]).done();
        let (one, other) = tokio::join!(store(&acting, one, "[]", &options), store(&acting, other, "[]", &options));
        let (one, other) = (one.expect("it is stored"), other.expect("it is stored"));
        let last = one.import.clone().max_by_no(other.import.clone());
        let expected = if last == one.import { 4_500 + 2 } else { 9_000 + 2 };
        let counts = server::db::imports::count(&app.services.db).await.expect("it is read");
        assert_eq!(counts.n_operations, expected);
    })
    .await;
}

trait ByNo {
    fn max_by_no(self, other: Self) -> Self;
}

impl ByNo for Option<server::services::store::StoredImport> {
    fn max_by_no(self, other: Self) -> Self {
        let number = |one: &Self| one.as_ref().map_or(0, |one| one.no);
        if number(&self) > number(&other) { self } else { other }
    }
}

/// Where the import that is killed goes.
const KILLED_URL: &str = "KILLED_DATABASE_URL";

/// The child of the next test, in a process of its own. Without an address it imports into a database of its own.
#[tokio::test]
async fn an_import_in_a_process_of_its_own() {
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    let own = || format!("sqlite://{}?mode=rwc", folder.path().join("own.sqlite").display());
    let url = std::env::var(KILLED_URL).unwrap_or_else(|_| own());
    let app = TestApp::on_sqlite().await;
    let mut services = app.services.clone();
    services.db = server::db::Db::open(&url).await.expect("it opens");
    let acting = services.acting(Caller::Console, None);
    let done = store(&acting, large(&["K", "L"]).done(), "[]", &usual()).await.expect("it is stored");
    assert_eq!(done.counts.n_operations, 9_000);
}

#[tokio::test]
async fn a_killed_import_has_happened_wholly_or_not_at_all() {
    use sqlx::{AnyConnection, Connection};
    on_every_database(async |app: TestApp| {
        put(&app, large(&["J"])).await;
        let before = plant(&app).await;
        let mut connection = AnyConnection::connect(&app.config.database_url).await.expect("the database answers");
        // How many new versions are there when the process is killed.
        for n_staged in [1, 4_000, 4_501, 9_001, 13_500] {
            for _ in 0..n_rounds() {
                let mut child = std::process::Command::new(std::env::current_exe().expect("the test runs"))
                    .args(["--exact", "storage::kill::an_import_in_a_process_of_its_own"])
                    .env(KILLED_URL, &app.config.database_url)
                    .stdout(std::process::Stdio::null())
                    .spawn()
                    .expect("it starts");
                loop {
                    let n: i64 = sqlx::query_scalar(
                        "SELECT (SELECT COUNT(*) FROM item_versions) + (SELECT COUNT(*) FROM routing_versions) \
                         + (SELECT COUNT(*) FROM report_versions) - 13500",
                    )
                    .fetch_one(&mut connection)
                    .await
                    .expect("it is read");
                    if n >= n_staged || child.try_wait().expect("it is ours").is_some() {
                        break;
                    }
                    // The child's threads stand behind those of this test.
                    tokio::time::sleep(std::time::Duration::from_millis(1)).await;
                }
                child.kill().expect("it is ours");
                child.wait().expect("it is ours");
                let counts = server::db::imports::count(&app.services.db).await.expect("it is read");
                let last = server::services::store::list(&app.services.db).await.expect("it is read").remove(0);
                match counts.n_operations {
                    4_500 => assert_eq!(last.state, server::db::imports::ImportState::Staging),
                    9_000 => drop(take_back(&app, &last.no.to_string(), false).await.expect("it was done")),
                    _ => panic!("a half import: {counts:?}"),
                }
                // After ten minutes without a sign its remains are cleared away by the next import.
                app.jump_s(3_600);
                for sql in ["UPDATE imports SET touched_at = '2020-01-01T00:00:00.000Z' WHERE state = 'staging'"] {
                    app.sql(sql).await.expect("the table is there");
                }
                put(&app, Brings::default()).await;
                for table in ["item_versions", "routing_versions", "report_versions"] {
                    // What was taken back is still kept, but is not counted with the next round.
                    app.sql(&format!("DELETE FROM {table} WHERE id > 8589934592")).await.expect("the table is there");
                }
            }
        }
        assert_eq!(plant(&app).await, before);
    })
    .await;
}
