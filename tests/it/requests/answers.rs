//! What was answered is answered from memory, as long as it is the same question.

use futures::future::join_all;
use serde_json::{Value, json};
use server::background::Share;
use server::services::store::undo;
use tests::{TestApp, on_every_database};

/// Hits and misses.
async fn counts(app: &TestApp) -> (u64, u64) {
    let ready: Value = app.get("/api/v1/health/ready").await.json();
    let count = |name: &str| ready["answers"][name].as_u64().expect("a count");
    assert!(count("size_bytes") <= count("most_bytes"), "{ready}");
    (count("hits"), count("misses"))
}

async fn ask(app: &TestApp, request: &Value) -> Value {
    let reply = app.post("/api/v1/predictions", &[], request).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

#[tokio::test]
async fn a_repeated_question_is_answered_from_memory_and_kept_like_any_other() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let request = json!({"codes": ["GL-01"]});
        let first = ask(&app, &request).await;
        assert_eq!(counts(&app).await, (0, 1));
        assert_eq!(ask(&app, &request).await, first);
        assert_eq!(counts(&app).await, (1, 1));
        assert_eq!(app.number("SELECT COUNT(DISTINCT id) FROM predictions").await, 2, "each has an id of its own");
        assert_eq!(app.number("SELECT COUNT(DISTINCT answer) FROM predictions").await, 1);
        assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'predict'").await, 2);
        assert_eq!(app.number("SELECT COUNT(*) FROM receipts").await, 1);
        // Several at once, one of them known.
        ask(&app, &json!({"codes": ["GL-02", "GL-01", "GL-02"]})).await;
        assert_eq!(counts(&app).await, (3, 2));
        let page = app.get("/predict?code=GL-01").await;
        assert_eq!((page.status, counts(&app).await), (200, (4, 2)), "pages and other systems share it");
    })
    .await;
}

#[tokio::test]
async fn what_makes_another_answer_makes_another_question() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let request = json!({"codes": ["X-9"], "allow_unknown": true});
        let misses = async |app: &TestApp| {
            let before = counts(app).await.1;
            let answer = ask(app, &request).await;
            (counts(app).await.1 - before, answer)
        };
        let (n, unknown) = misses(&app).await;
        assert_eq!((n, misses(&app).await.0), (1, 0));
        // Another option.
        ask(&app, &json!({"codes": ["X-9"], "own_history": "ignore", "allow_unknown": true})).await;
        assert_eq!(counts(&app).await.1, 2);
        // Data that came: the item is a sleeve now.
        let file = app
            .write("more.csv", "item_cd,item_nm,part_type,material,outer_diameter_mm\nX-9,SLEEVE 77,SLEEVE,316,77\n");
        app.import(&[file]).await;
        let (n, known) = misses(&app).await;
        assert_eq!((n, misses(&app).await.0), (1, 0));
        assert_ne!(known, unknown);
        // Data that went.
        let console = app.services.acting(server::services::acting::Caller::Console, None);
        undo(&console, "2", false).await.expect("it was done");
        app.services.make_snapshot(Share::Whole).await.expect("the database works");
        let (n, again) = misses(&app).await;
        assert_eq!((n, &again), (0, &unknown), "the data are those of before, and so is the answer");
        // Another model.
        app.train(2).await.expect("the plant has routings");
        let (n, other) = misses(&app).await;
        assert_eq!(n, 1);
        assert_ne!(other[0]["model"], unknown[0]["model"]);
        // After a restart nothing is remembered.
        assert_eq!(misses(&app.restarted_in_place().await).await, (1, other));
    })
    .await;
}

#[tokio::test]
async fn who_asks_the_same_at_the_same_moment_waits_for_one_answer() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let request = json!({"codes": ["GL-01"]});
    let answers = join_all((0..4).map(|_| ask(&app, &request))).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(counts(&app).await, (3, 1));
    let why = json!({"code": "GL-01"});
    for expected in [(3, 2), (4, 2)] {
        assert_eq!(app.post("/api/v1/explanations", &[], &why).await.status, 200);
        assert_eq!(counts(&app).await, expected, "reasons are remembered too");
    }
}
