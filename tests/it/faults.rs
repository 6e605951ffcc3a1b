//! What a plant meets on its worst day: a damaged file, a full disk, a wrong clock, a process that is killed.

mod clock;
mod disk;
mod model_file;
mod readiness;
mod trail;

use engine::domain::ModelId;
use engine::train::TrainSettings;
use serde_json::{Value, json};
use server::db::models::ModelRow;
use tests::{Reply, TestApp};

/// One more routing, so that the next training gives another model.
async fn train_another(app: &TestApp, item: &str) -> ModelRow {
    let text = format!("item_cd,routing_id,proc_seq,job_cd\n{item},R1,10,T10\n");
    let more = app.write(&format!("{item}.csv"), text);
    app.import(&[more]).await;
    app.train(1).await.expect("the plant has routings")
}

async fn ready(app: &TestApp) -> (u16, Value) {
    let reply = app.get("/api/v1/health/ready").await;
    (reply.status, reply.json())
}

async fn predict(app: &TestApp) -> Reply {
    app.post("/api/v1/predictions", &[], &json!({"codes": ["GL-01"]})).await
}

/// The model of an answer that must be given.
async fn answers(app: &TestApp) -> String {
    let reply = predict(app).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json::<Value>()[0]["model"].as_str().expect("an answer names its model").to_owned()
}

/// Waits until this model answers: the one before goes on while it is put over the plant's snapshot.
async fn answers_soon(app: &TestApp, id: &ModelId) {
    for _ in 0..1_000 {
        if answers(app).await == id.as_str() {
            return;
        }
        // Whoever puts the pair together holds this.
        drop(app.services.registry.pairs().pairing().lock_owned().await);
        tokio::task::yield_now().await;
    }
    assert_eq!(answers(app).await, id.as_str());
}
