//! Model files: the one that answers, and the one that is refused.

use engine::domain::Receipt;
use serde_json::Value;
use server::db::models::ModelRow;
use server::services::acting::Caller;
use server::services::receipts::ReplayError;
use tests::{TestApp, on_every_database};

#[tokio::test]
async fn ready_without_a_model_and_with_one() {
    on_every_database(async |app: TestApp| {
        let empty: Value = app.get("/api/v1/health/ready").await.json();
        assert_eq!((&empty["is_ready"], &empty["model"]), (&Value::Bool(true), &Value::from("none")));
        let app = app.with_plant().await.restarted().await;
        let trained: Value = app.get("/api/v1/health/ready").await.json();
        assert_eq!((&trained["is_ready"], &trained["model"]), (&Value::Bool(true), &Value::from("ok")));
        assert_eq!(app.get("/api/v1/health/live").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_model_trained_elsewhere_answers_at_the_next_question() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let id = async || app.get("/api/v1/health/ready").await.json::<Value>()["model_id"].clone();
    let first = id().await;
    let row = app.train(1).await.expect("the plant has routings");
    assert_eq!(first, row.id.as_str(), "the same data and seed give the same model");
    let more = app.write("more.csv", "item_cd,routing_id,proc_seq,job_cd\nSL-NEW,R1,10,T10\n");
    app.import(&[more]).await;
    let row = app.train(1).await.expect("the plant has routings");
    assert_ne!(first, row.id.as_str());
    assert_eq!(id().await, row.id.as_str());
}

#[tokio::test]
async fn a_damaged_file_is_refused() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let active = app.services.registry.active(&app.services.db).await.expect("it was just trained");
    let path = app.services.registry.path(&active.row.id);
    let mut bytes = std::fs::read(&path).expect("the model has a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    std::fs::write(&path, bytes).expect("the temporary folder is writable");

    let app = app.restarted().await;
    let ready = app.get("/api/v1/health/ready").await;
    assert_eq!(ready.status, 503);
    let ready: Value = ready.json();
    assert_eq!(ready["model"], "failed");
    assert!(ready["model_problem"].as_str().expect("it says why").contains("damaged"), "{ready}");
    app.post("/api/v1/predictions", &[], &serde_json::json!({"codes": ["GL-00"]}))
        .await
        .expect_error(503, "unavailable");
    assert_eq!(app.get("/api/v1/items/GL-00").await.status, 200, "what needs no model goes on");
}

#[tokio::test]
async fn a_model_of_another_version_is_refused_in_words_and_a_training_mends_it() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let active = app.services.registry.active(&app.services.db).await.expect("it was just trained");
    let path = app.services.registry.path(&active.row.id);
    let mut bytes = std::fs::read(&path).expect("the model has a file");
    // The two bytes behind the magic are the version of the format.
    bytes[4..6].copy_from_slice(&6u16.to_le_bytes());
    std::fs::write(&path, bytes).expect("the temporary folder is writable");

    let app = app.restarted().await;
    let ready = app.get("/api/v1/health/ready").await;
    assert_eq!(ready.status, 503);
    let problem = ready.json::<Value>()["model_problem"].as_str().expect("it says why").to_owned();
    assert!(problem.contains("another version") && problem.contains("train again"), "{problem}");
    app.train(2).await.expect("the plant has routings");
    assert_eq!(app.get("/api/v1/health/ready").await.json::<Value>()["model"], "ok");
    let answer = app.post("/api/v1/predictions", &[], &serde_json::json!({"codes": ["GL-00"]})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[tokio::test]
async fn of_old_models_only_those_stay_that_the_disk_may_hold() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let answer = app.post("/api/v1/predictions", &[], &serde_json::json!({"codes": ["GL-00"]})).await;
        let receipt = Receipt::new(answer.json::<Value>()[0]["receipt"].as_str().expect("it has one"));
        for seed in [2, 3] {
            app.train(seed).await.expect("the plant has routings");
        }
        let has_files = async || {
            let models = app.services.acting(Caller::Console, None).models().await.expect("the console may");
            models.iter().map(|model| model.has_file).collect::<Vec<_>>()
        };
        assert_eq!(has_files().await, [true, true, true], "there is room for all");
        assert!(app.services.replay(&receipt).await.expect("its files are kept").is_same);

        // As if each took half of all that is set for models.
        app.sql("UPDATE models SET size_bytes = 2000000000").await.expect("it may");
        app.sql("DELETE FROM model_parts").await.expect("it may");
        app.services.registry.clean(&app.services.db).await.expect("the folder is writable");
        let left = app.services.acting(Caller::Console, None).models().await.expect("the console may");
        let is_there = |row: &ModelRow| app.services.registry.path(&row.id).exists();
        assert_eq!(left.iter().map(|model| is_there(&model.row)).collect::<Vec<_>>(), [true, true, false]);
        let gone = app.services.replay(&receipt).await.expect_err("its model is gone");
        assert!(matches!(gone, ReplayError::ModelGone(_)), "{gone}");
    })
    .await;
}
