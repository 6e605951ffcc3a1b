//! Server functions are public endpoints: each is called here as anybody can.

use contract::feedback::FeedbackReceipt;
use contract::items::ItemPage;
use contract::plant::{ActiveModel, PlantStatus};
use contract::predict::RecentPrediction;
use contract::wire::Schema;
use serde_json::{Value, json};
use tests::TestApp;

#[tokio::test]
async fn each_answers_or_refuses_with_the_status_of_its_error() {
    let app = TestApp::on_sqlite().await;
    let ask = async |name: &str, body: Value| app.post(&format!("/api/ui/{name}"), &[], &body).await;
    assert!(ask("get_plant_status", json!({})).await.packed::<PlantStatus>().model.is_none());
    assert!(ask("get_active_model", json!({})).await.packed::<Option<ActiveModel>>().is_none());
    assert_eq!(ask("find_items", json!({"query": {"q": "x"}})).await.packed::<ItemPage>().total, 0);
    let recent = ask("get_recent_predictions", json!({"limit": 5})).await;
    assert!(recent.packed::<Vec<RecentPrediction>>().is_empty());

    ask("get_schema", json!({})).await.expect_packed_error(503, "no_model");
    ask("get_item", json!({"code": "X"})).await.expect_packed_error(404, "unknown_codes");
    ask("ask_prediction", json!({"request": {"codes": ["A"]}})).await.expect_packed_error(503, "no_model");
    ask("ask_prediction", json!({"request": {}})).await.expect_packed_error(422, "invalid");
    ask("ask_explanation", json!({"request": {"code": "A"}})).await.expect_packed_error(503, "no_model");
    ask("ask_explanation", json!({"request": {}})).await.expect_packed_error(422, "invalid");
    ask("find_items", json!({"query": {"q": "", "limit": 1000}})).await.expect_packed_error(422, "too_many");
    ask("find_items", json!({"nothing": 1})).await.expect_packed_error(422, "invalid");
    let verdict = json!({"prediction": null, "item": "A", "model": "m", "signature": "s", "rank": 1, "verdict": "up"});
    let unknown = ask("send_feedback", json!({"idempotency_key": "k", "feedback": verdict})).await;
    unknown.expect_packed_error(404, "not_found");
    ask("send_feedback", json!({"idempotency_key": "", "feedback": verdict})).await.expect_packed_error(422, "invalid");
}

#[tokio::test]
async fn with_a_model_the_form_knows_its_fields() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let schema: Schema = app.post("/api/ui/get_schema", &[], &json!({})).await.packed();
    let names: Vec<&str> = schema.features.iter().map(|feature| feature.name.as_str()).collect();
    assert!(names.contains(&"part_type") && names.contains(&"outer_diameter_mm"), "{names:?}");
    let status: PlantStatus = app.post("/api/ui/get_plant_status", &[], &json!({})).await.packed();
    let model: Option<ActiveModel> = app.post("/api/ui/get_active_model", &[], &json!({})).await.packed();
    let model = model.expect("it was trained");
    assert_eq!(model.card.n_items, tests::plant::N_ITEMS);
    assert_eq!(status.model.map(|line| line.id.clone()), Some(model.id.clone()));
    let verdict =
        json!({"prediction": null, "item": "GL-00", "model": model.id, "signature": "s", "rank": 1, "verdict": "up"});
    let sent = json!({"idempotency_key": "k", "feedback": verdict});
    let sent = app.post("/api/ui/send_feedback", &[], &sent).await;
    assert!(!sent.packed::<FeedbackReceipt>().was_known);
}
