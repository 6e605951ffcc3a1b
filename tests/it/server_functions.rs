//! Server functions are public endpoints: each is called here as anybody can.

use serde_json::{Value, json};
use tests::TestApp;

#[tokio::test]
async fn each_answers_or_refuses_with_the_status_of_its_error() {
    let app = TestApp::on_sqlite().await;
    let ask = async |name: &str, body: Value| app.post(&format!("/api/ui/{name}"), &[], &body).await;
    assert_eq!(ask("get_plant_status", json!({})).await.json::<Value>()["model"], Value::Null);
    assert_eq!(ask("find_items", json!({"query": {"q": "x"}})).await.json::<Value>()["total"], 0);
    assert_eq!(ask("get_recent_predictions", json!({"limit": 5})).await.json::<Value>(), json!([]));

    ask("get_schema", json!({})).await.expect_error(503, "no_model");
    ask("get_item", json!({"code": "X"})).await.expect_error(404, "not_found");
    ask("ask_prediction", json!({"request": {"codes": ["A"]}})).await.expect_error(503, "no_model");
    ask("ask_prediction", json!({"request": {}})).await.expect_error(422, "invalid");
    ask("find_items", json!({"query": {"q": "", "limit": 1000}})).await.expect_error(422, "too_many");
    ask("find_items", json!({"nothing": 1})).await.expect_error(422, "invalid");
    let verdict = json!({"prediction": null, "item": "A", "model": "m", "signature": "s", "rank": 1, "verdict": "up"});
    let sent = ask("send_feedback", json!({"idempotency_key": "k", "feedback": verdict})).await;
    assert_eq!(sent.json::<Value>()["was_known"], false);
    ask("send_feedback", json!({"idempotency_key": "", "feedback": verdict})).await.expect_error(422, "invalid");
}

#[tokio::test]
async fn with_a_model_the_form_knows_its_fields() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let schema: Value = app.post("/api/ui/get_schema", &[], &json!({})).await.json();
    let names: Vec<&str> =
        schema["features"].as_array().expect("a list").iter().filter_map(|feature| feature["name"].as_str()).collect();
    assert!(names.contains(&"part_type") && names.contains(&"outer_diameter_mm"), "{names:?}");
    let status: Value = app.post("/api/ui/get_plant_status", &[], &json!({})).await.json();
    assert_eq!(status["model"]["card"]["n_items"], tests::plant::N_ITEMS);
}
