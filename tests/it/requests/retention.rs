//! Predictions and receipts are kept as long as the plant wants, and longer where somebody has judged them.

use contract::access::Role;
use contract::predict::{PredictAnswer, PredictRequest};
use contract::settings::{Settings, SettingsApi};
use engine::domain::Item;
use engine::predict::PredictOptions;
use serde_json::json;
use server::services::acting::Caller;
use server::services::predict::Channel;
use tests::{TestApp, on_every_database};

const DAY_S: i64 = 24 * 3600;

async fn ask(app: &TestApp, code: &str) -> PredictAnswer {
    let request = PredictRequest { codes: vec![code.into()], ..PredictRequest::default() };
    let console = app.services.acting(Caller::Console, None);
    console.predict_for(request, Channel::Rest).await.expect("it is answered").remove(0)
}

async fn keep_for(app: &TestApp, days: u32) {
    let console = app.services.acting(Caller::Console, None);
    let revision = console.settings().await.expect("the console may").revision;
    let settings =
        Settings { predictions_kept_days: days, session_most_h: 720, session_idle_min: 10_080, ..Settings::default() };
    console.change_settings(revision, settings).await.expect("the values are in range");
}

/// Lets days pass as a server sees them: it is never off for so long that the clock is doubted.
async fn pass(app: &TestApp, days: i64) {
    for _ in 0..days {
        app.jump_s(DAY_S);
        app.services.sweep().await.expect("the database works");
    }
}

async fn items(app: &TestApp) -> Vec<String> {
    let mut kept = Vec::new();
    for code in ["GL-01", "GL-02", "GL-03"] {
        let n = app.number(&format!("SELECT COUNT(*) FROM predictions WHERE item = '{code}'")).await;
        kept.push(format!("{code} {n}"));
    }
    kept
}

async fn has_receipt(app: &TestApp, answer: &PredictAnswer) -> bool {
    app.services.replay(&answer.prediction.receipt).await.is_ok_and(|replay| replay.is_same)
}

#[tokio::test]
async fn what_is_old_goes_and_what_was_judged_or_asked_again_stays() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        keep_for(&app, 30).await;
        app.services.sweep().await.expect("nothing is old");
        let [old, judged, repeated] = [ask(&app, "GL-01").await, ask(&app, "GL-02").await, ask(&app, "GL-03").await];
        let by_command = app.services.predict_items(vec![Item::new("GL-04")], PredictOptions::default()).await;
        let by_command = by_command.expect("it is answered").remove(0).receipt;
        let verdict = json!({"prediction": judged.id, "item": "GL-02", "model": judged.prediction.model,
            "signature": "s", "rank": 1, "verdict": "up"});
        let reply = app.post("/api/v1/feedback", &[("idempotency-key", "k")], &verdict).await;
        assert_eq!(reply.status, 201, "{}", reply.text());
        pass(&app, 20).await;
        ask(&app, "GL-03").await;
        assert_eq!(items(&app).await, ["GL-01 1", "GL-02 1", "GL-03 2"], "nothing is thirty days old");
        pass(&app, 20).await;
        assert_eq!(items(&app).await, ["GL-01 0", "GL-02 1", "GL-03 1"]);
        assert!(!has_receipt(&app, &old).await);
        assert!(has_receipt(&app, &judged).await, "a verdict stands on it");
        assert!(has_receipt(&app, &repeated).await, "it was asked for again");
        assert!(app.services.replay(&by_command).await.is_err());
        let session = app.person("kim", Role::Planner).await;
        let app = app.asked_by(&session);
        let again = json!({"prediction": old.id, "item": "GL-01", "model": old.prediction.model, "signature": "s",
            "rank": 1, "verdict": "up"});
        app.post("/api/v1/feedback", &[("idempotency-key", "k2")], &again).await.expect_error(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn nothing_goes_by_a_clock_that_is_not_believed_nor_where_all_is_kept() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        keep_for(&app, 30).await;
        app.services.sweep().await.expect("nothing is old");
        ask(&app, "GL-01").await;
        app.jump_s(4 * 365 * DAY_S);
        app.services.sweep().await.expect("the clock is not believed");
        assert_eq!(app.number("SELECT COUNT(*) FROM predictions").await, 1);
        keep_for(&app, 0).await;
        app.services.acting(Caller::Console, None).confirm_clock().await.expect("the console may");
        app.services.sweep().await.expect("all is kept");
        assert_eq!(app.number("SELECT COUNT(*) FROM predictions").await, 1);
        keep_for(&app, 730).await;
        app.services.sweep().await.expect("the database works");
        assert_eq!(app.number("SELECT COUNT(*) + (SELECT COUNT(*) FROM receipts) FROM predictions").await, 0);
    })
    .await;
}

#[tokio::test]
async fn more_than_one_batch_goes_in_one_sweep() {
    on_every_database(async |app: TestApp| {
        app.sql(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) \
             INSERT INTO predictions (id, at, item, is_known, model, receipt, answer, source) \
             SELECT CAST(i AS TEXT), '2020-01-01T00:00:00.000Z', 'A', 0, 'm', CAST(i AS TEXT), '{}', 'rest' FROM n",
        )
        .await
        .expect("the table is there");
        app.sql(
            "INSERT INTO receipts (receipt, at, model, code, asked, answer_hash) \
             SELECT receipt, at, model, 'c', '{}', 'h' FROM predictions",
        )
        .await
        .expect("the table is there");
        app.sql(
            "INSERT INTO feedback (id, owner, idempotency_key, content_hash, prediction, item, model, signature, \
             candidate_rank, verdict, at) VALUES ('f', '', 'k', 'h', '7', 'A', 'm', 's', 1, 'up', '2020-01-01')",
        )
        .await
        .expect("the table is there");
        app.services.sweep().await.expect("the database works");
        assert_eq!(app.number("SELECT COUNT(*) FROM predictions").await, 1);
        assert_eq!(app.number("SELECT COUNT(*) FROM receipts WHERE receipt = '7'").await, 1);
        assert_eq!(app.number("SELECT COUNT(*) FROM receipts").await, 1);
    })
    .await;
}
