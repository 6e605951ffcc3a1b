//! A database as it was before there were versions opens and reads back as it was.

use std::path::PathBuf;

use server::db::Db;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tests::{TestApp, on_every_database};

use super::*;

/// Migrations that were there before versions.
const N_BEFORE: usize = 5;

const ROWS: [&str; 13] = [
    "INSERT INTO items VALUES ('A', 'ring \"wide\"', '{\"colour\":\"red\",\"재질\":\"S2\"}', 'a')",
    "INSERT INTO items VALUES ('B', NULL, '{}', 'b')",
    "INSERT INTO operations (item, routing, seq, job, work_centre, job_name, outsourced, setup_min, run_min_per_piece, \
     queue_min, is_batch, is_main, created, valid_from, valid_to) VALUES ('A', 'R', 20, 'K\"\\', 'W1', NULL, NULL, NULL, \
     NULL, NULL, NULL, 0, NULL, NULL, NULL), ('A', 'R', 10, 'J', '', '절단', 1, 0.1, 0.30000000000000004, 1e-7, 0, 1, \
     '2020-02-29', '2019-01-01', '2999-12-31')",
    "INSERT INTO operations (item, routing, seq, job, work_centre, setup_min) VALUES ('A', 'R', 20, 'K\"\\', 'W2', 12345678.9)",
    "INSERT INTO operations (item, routing, seq, job, work_centre, run_min_per_piece) VALUES ('GONE', '1', 999999, 'J', 'W', 0)",
    "INSERT INTO work_results (key, item, order_no, routing, seq, job, work_centre, qty, good_qty, setup_min, run_min, \
     end_day) VALUES ('k1', 'A', NULL, NULL, NULL, 'J', NULL, NULL, NULL, NULL, 0.1, NULL)",
    "INSERT INTO work_results (key, item, order_no, routing, seq, job, work_centre, qty, good_qty, setup_min, run_min, \
     end_day) VALUES ('k2', 'A', 'O-1', 'R', 10, 'J', 'W', 3, 2.5, 0, 1234.5678901234567, '2025-05-05'), \
     ('k3', 'A', 'O-1', 'R', 20, 'K', 'W', 3, 2.5, 0, 7, '2025-05-06')",
    "INSERT INTO models (id, trained_at, card, size_bytes, is_active) VALUES ('m', '2025-01-01T00:00:00.000Z', '{}', 1, 1)",
    "INSERT INTO feedback (id, idempotency_key, content_hash, prediction, item, model, signature, candidate_rank, verdict, at, \
     user_id) VALUES ('f1', 'k', 'h', NULL, 'A', 'm', 's', 1, 'up', '2025-01-01T00:00:00.000Z', 'u1')",
    "INSERT INTO feedback (id, idempotency_key, content_hash, prediction, item, model, signature, candidate_rank, verdict, at) \
     VALUES ('f2', 'k2', 'h', 'p', 'A', 'm', 's', 2, 'down', '2025-01-02T00:00:00.000Z')",
    "INSERT INTO predictions (id, at, item, is_known, model, answer, source) VALUES \
     ('p1', '2025-01-01T00:00:00.000Z', 'A', 1, 'm', '{\"item\":\"A\",\"receipt\":\"abc\"}', 'page'), \
     ('p2', '2025-01-01T00:00:00.000Z', 'A', 1, 'm', '{\"item\":\"A\"}', 'rest')",
    "INSERT INTO imports VALUES ('018f-1', '2025-01-01T00:00:00.000Z', '{\"n\":1}', 1, 1, 1, 1)",
    "INSERT INTO imports VALUES ('018f-2', '2025-02-01T00:00:00.000Z', '{\"n\":2}', 3, 2, 2, 3)",
];

/// The migrations before versions, as a program of that time ran them.
async fn old_database(url: &str, dialect: &str) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../server/migrations").join(dialect);
    let mut all = sqlx::migrate::Migrator::new(folder).await.expect("the folder is there");
    all.migrations = all.migrations.iter().take(N_BEFORE).cloned().collect::<Vec<_>>().into();
    let mut connection = AnyConnection::connect(url).await.expect("the database answers");
    all.run(&mut connection).await.expect("they ran then");
    for sql in ROWS {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("it was stored then");
    }
    connection.close().await.expect("the connection was sound");
}

async fn check(url: &str) {
    let db = Db::open(url).await.expect("it opens");
    let plant = server::db::plant::load(&db).await.expect("it is read");
    let first = OperationRow {
        item: "A".into(),
        routing: "R".into(),
        seq: Seq::new(10),
        job: "J".into(),
        job_name: Some("절단".into()),
        outsourced: Some(true),
        setup_min: Some(0.1),
        run_min_per_piece: Some(0.30000000000000004),
        queue_min: Some(1e-7),
        is_batch: Some(false),
        is_main: Some(true),
        created: Some(day("2020-02-29")),
        valid_from: Some(day("2019-01-01")),
        valid_to: Some(day("2999-12-31")),
        ..OperationRow::default()
    };
    let bare = |item: &str, id: &str, seq, job: &str, centre: &str| OperationRow {
        item: item.into(),
        routing: id.into(),
        seq: Seq::new(seq),
        job: job.into(),
        work_centre: Some(centre.into()),
        ..OperationRow::default()
    };
    let rows = vec![
        first,
        OperationRow { is_main: Some(false), ..bare("A", "R", 20, "K\"\\", "W1") },
        OperationRow { setup_min: Some(12345678.9), ..bare("A", "R", 20, "K\"\\", "W2") },
        OperationRow { run_min_per_piece: Some(0.0), ..bare("GONE", "1", 999_999, "J", "W") },
    ];
    let result = WorkResult { item: "A".into(), job: "J".into(), run_min: Some(0.1), ..WorkResult::default() };
    let ordered = |seq, job: &str, run_min, end| WorkResult {
        order: Some("O-1".into()),
        routing: Some("R".into()),
        seq: Some(Seq::new(seq)),
        job: job.into(),
        work_centre: Some("W".into()),
        qty: Some(3.0),
        good_qty: Some(2.5),
        setup_min: Some(0.0),
        run_min: Some(run_min),
        end: Some(day(end)),
        ..result.clone()
    };
    let results =
        vec![ordered(10, "J", 1234.5678901234567, "2025-05-05"), ordered(20, "K", 7.0, "2025-05-06"), result.clone()];
    let items = vec![Item::new("A").named("ring \"wide\"").with("colour", "red").with("재질", "S2"), Item::new("B")];
    assert_eq!(plant, Plant::assemble(items, rows, results));

    let imports = server::services::store::list(&db).await.expect("it is read");
    let known: Vec<_> =
        imports.iter().map(|one| (one.id.as_str(), one.no, one.report.as_str(), one.has_versions)).collect();
    assert_eq!(known, [("018f-2", 2, "{\"n\":2}", false), ("018f-1", 1, "{\"n\":1}", false)]);

    let mut connection = AnyConnection::connect(url).await.expect("the database answers");
    let sql = "SELECT owner || '/' || idempotency_key || '/' || verdict FROM feedback ORDER BY id";
    let kept: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut connection).await.expect("it is read");
    assert_eq!(kept, ["person u1/k/up", "/k2/down"]);
    let activation: i64 =
        sqlx::query_scalar("SELECT activation FROM models").fetch_one(&mut connection).await.expect("it is read");
    assert_eq!(activation, 1);
    let sql = "SELECT receipt FROM predictions ORDER BY id";
    let receipts: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut connection).await.expect("it is read");
    assert_eq!(receipts, ["abc", ""], "an answer knows its receipt, where it has one");
    let revisions = server::db::revisions::now(&db).await.expect("it is read");
    assert_eq!((revisions.accounts, revisions.models), (0, 0));
    connection.close().await.expect("the connection was sound");
    db.close().await;
}

#[tokio::test]
async fn an_old_database_reads_back_as_it_was() {
    on_every_database(async |app: TestApp| {
        // The tables of this app are of today: an old database stands beside it.
        let url = &app.config.database_url;
        if url.starts_with("sqlite:") {
            let url = format!("sqlite://{}?mode=rwc", app.folder().join("old.sqlite").display());
            old_database(&url, "sqlite").await;
            check(&url).await;
        } else {
            let (base, schema) = url.split_once("search_path%3D").expect("each test has a schema");
            app.sql(&format!("CREATE SCHEMA old_{schema}")).await.expect("a superuser may create a schema");
            let url = format!("{base}search_path%3Dold_{schema}");
            old_database(&url, "postgres").await;
            check(&url).await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_an_old_database_holds_is_known_when_it_comes_again() {
    let app = TestApp::on_sqlite().await;
    let url = format!("sqlite://{}?mode=rwc", app.folder().join("old.sqlite").display());
    old_database(&url, "sqlite").await;
    let db = Db::open(&url).await.expect("it opens");
    let mut services = app.services.clone();
    services.db = db;
    let acting = services.acting(Caller::Console, None);
    let row = OperationRow {
        item: "GONE".into(),
        routing: "1".into(),
        seq: Seq::new(999_999),
        job: "J".into(),
        work_centre: Some("W".into()),
        run_min_per_piece: Some(0.0),
        ..OperationRow::default()
    };
    let brings = Brings::default().item("A", "ring \"wide\"", &["colour"], &[("colour", "red")]).row(row);
    let stored = store(&acting, brings.done(), "[]", &usual()).await.expect("it is stored");
    assert_eq!((stored.changes.items.n_unchanged, stored.changes.routings.n_unchanged), (1, 1));
    assert_eq!((stored.changes.n_unlisted_items, stored.changes.items.n_changed), (1, 0), "GONE was on no list");
    let refused = undo(&acting, "2", false).await;
    assert!(matches!(refused, Err(UndoError::TooOld(2))), "{refused:?}");
    assert_eq!(no(&stored), "3");
}
