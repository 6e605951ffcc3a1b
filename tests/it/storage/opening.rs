//! A fresh database that several open at once, and readers that never wait for writers.

use std::time::Duration;

use server::db::Db;
use tests::cut::cut;
use tests::{TestApp, on_every_database};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_fresh_database_opens_for_all_who_come_at_once() {
    for _ in 0..3 {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("new.sqlite").display());
        let all: Vec<_> = (0..8)
            .map(|_| {
                tokio::spawn({
                    let url = url.clone();
                    async move { Db::open(&url).await }
                })
            })
            .collect();
        for one in all {
            let db = one.await.expect("no panic").expect("it opens");
            server::db::imports::count(&db).await.expect("it answers");
        }
    }
}

#[tokio::test]
async fn readers_go_on_while_many_wait_to_write() {
    let app = TestApp::on_sqlite().await;
    let first = app.services.db.begin_write().await.expect("nobody else writes");
    let waiting: Vec<_> = (0..20)
        .map(|_| {
            let db = app.services.db.clone();
            tokio::spawn(async move { drop(db.begin_write().await.expect("its turn comes")) })
        })
        .collect();
    // Each of them asks for its connection before the page is read.
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    let page = tokio::time::timeout(Duration::from_secs(10), app.get("/api/v1/items?q=x")).await;
    page.expect("a reader waits for no writer").json::<serde_json::Value>();
    drop(first);
    for one in waiting {
        one.await.expect("no panic");
    }
}

#[tokio::test]
async fn a_transaction_that_is_cut_off_while_it_begins_holds_nothing() {
    on_every_database(async |app: TestApp| {
        for n_waits in 0..6 {
            // As many as there are connections that write.
            for _ in 0..4 {
                drop(cut(n_waits, app.services.db.begin_write()).await);
            }
            // What is acknowledged is seen by others, on whichever of the connections it was written.
            for at in 0..4 {
                let value = n_waits * 10 + at;
                server::db::probe::write(&app.services.db, &value.to_string()).await.expect("nobody holds the row");
                assert_eq!(
                    app.number("SELECT CAST(value AS BIGINT) FROM probe").await,
                    value as i64,
                    "{n_waits} waits"
                );
            }
        }
    })
    .await;
}
