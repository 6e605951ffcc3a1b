//! Verdicts are stored once.

use serde_json::{Value, json};
use tests::{TestApp, on_every_database};

const KEY: &str = "idempotency-key";

fn verdict(verdict: &str) -> Value {
    json!({"prediction": null, "item": "A", "model": "m", "signature": "s", "rank": 1, "verdict": verdict})
}

#[tokio::test]
async fn a_repeated_request_is_the_same_request() {
    on_every_database(async |app: TestApp| {
        let send = async |key: &str, body: Value| app.post("/api/v1/feedback", &[(KEY, key)], &body).await;
        let first = send("k-1", verdict("up")).await;
        assert_eq!(first.status, 201);
        let again = send("k-1", verdict("up")).await;
        assert_eq!(again.status, 200);
        let (first, again): (Value, Value) = (first.json(), again.json());
        assert_eq!(
            (&first["id"], &first["was_known"], &again["was_known"]),
            (&again["id"], &json!(false), &json!(true))
        );

        send("k-1", verdict("down")).await.expect_error(409, "key_reused");
        assert_eq!(send("k-2", verdict("down")).await.status, 201);
    })
    .await;
}

#[tokio::test]
async fn a_verdict_needs_a_key_and_a_rank() {
    let app = TestApp::on_sqlite().await;
    app.post("/api/v1/feedback", &[], &verdict("up")).await.expect_error(422, "invalid");
    app.post("/api/v1/feedback", &[(KEY, "a b")], &verdict("up")).await.expect_error(422, "invalid");
    let mut unranked = verdict("up");
    unranked["rank"] = json!(0);
    app.post("/api/v1/feedback", &[(KEY, "k")], &unranked).await.expect_error(422, "invalid");
    app.post("/api/v1/feedback", &[(KEY, "k")], &verdict("sideways")).await.expect_error(422, "invalid");
}
