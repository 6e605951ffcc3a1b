//! Verdicts are stored once for each of those who give them, and judge what is there.

use contract::access::{Role, Scope};
use contract::accounts::{AccountsApi, NewToken};
use serde_json::{Value, json};
use tests::{TestApp, on_every_database};

const KEY: &str = "idempotency-key";

/// A verdict on an item, by the model that answers.
async fn verdict(app: &TestApp, item: &str, verdict: &str) -> Value {
    let model = app.get("/api/v1/health/ready").await.json::<Value>()["model_id"].clone();
    json!({"prediction": null, "item": item, "model": model, "signature": "s", "rank": 1, "verdict": verdict})
}

#[tokio::test]
async fn a_repeated_request_is_the_same_request() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let (up, down) = (verdict(&app, "GL-00", "up").await, verdict(&app, "GL-00", "down").await);
        let send = async |key: &str, body: &Value| app.post("/api/v1/feedback", &[(KEY, key)], body).await;
        let first = send("k-1", &up).await;
        assert_eq!(first.status, 201, "{}", first.text());
        let again = send("k-1", &up).await;
        assert_eq!(again.status, 200);
        let (first, again): (Value, Value) = (first.json(), again.json());
        assert_eq!(
            (&first["id"], &first["was_known"], &again["was_known"]),
            (&again["id"], &json!(false), &json!(true))
        );

        send("k-1", &down).await.expect_error(409, "key_reused");
        assert_eq!(send("k-2", &down).await.status, 201);
    })
    .await;
}

#[tokio::test]
async fn a_key_is_its_senders_own() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let (up, down) = (verdict(&app, "GL-00", "up").await, verdict(&app, "GL-00", "down").await);
        assert_eq!(app.post("/api/v1/feedback", &[(KEY, "k")], &up).await.status, 201);
        let session = app.person("paul", Role::Planner).await;
        let caller = app.services.by_session(&session).await.expect("the database works");
        let paul = app.services.acting(caller, None);
        let mut tokens = Vec::new();
        for name in ["erp", "erp"] {
            let new = NewToken { name: name.into(), scopes: vec![Scope::Feedback], days: 30 };
            tokens.push(format!("Bearer {}", paul.make_token(new).await.expect("planners make tokens").secret));
        }
        let app = app.asked_by(&session);
        let other = app.post("/api/v1/feedback", &[(KEY, "k")], &down).await;
        assert_eq!(other.status, 201, "another person's key is another key: {}", other.text());
        let app = app.asked_by("");
        for token in &tokens {
            let with = [(KEY, "k"), ("authorization", token.as_str())];
            assert_eq!(app.post("/api/v1/feedback", &with, &up).await.status, 201, "each token has keys of its own");
            assert_eq!(app.post("/api/v1/feedback", &with, &up).await.status, 200);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_judged_is_there() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let send = async |body: &Value| app.post("/api/v1/feedback", &[(KEY, "k")], body).await;
        let sound = verdict(&app, "GL-00", "up").await;
        let with = |field: &str, value: Value| {
            let mut body = sound.clone();
            body[field] = value;
            body
        };
        send(&with("item", json!("NOBODY-ASKED"))).await.expect_error(404, "not_found");
        send(&with("model", json!("0123456789"))).await.expect_error(404, "not_found");
        send(&with("prediction", json!("0123"))).await.expect_error(404, "not_found");

        // An item that is still only planned is judged after it was asked for.
        app.post("/api/v1/predictions", &[], &json!({"codes": ["NOBODY-ASKED"], "allow_unknown": true})).await;
        let id: Vec<Value> = app
            .post("/api/ui/get_recent_predictions", &[], &json!({"limit": 1}))
            .await
            .packed::<Vec<contract::predict::RecentPrediction>>()
            .into_iter()
            .map(|recent| json!(recent.id))
            .collect();
        send(&with("prediction", id[0].clone())).await.expect_error(422, "invalid");
        let mut planned = with("item", json!("NOBODY-ASKED"));
        assert_eq!(send(&planned).await.status, 201);
        planned["prediction"] = id[0].clone();
        assert_eq!(app.post("/api/v1/feedback", &[(KEY, "k2")], &planned).await.status, 201);
    })
    .await;
}

#[tokio::test]
async fn a_verdict_needs_a_key_and_a_rank() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let up = verdict(&app, "GL-00", "up").await;
    app.post("/api/v1/feedback", &[], &up).await.expect_error(422, "invalid");
    app.post("/api/v1/feedback", &[(KEY, "a b")], &up).await.expect_error(422, "invalid");
    let mut unranked = up.clone();
    unranked["rank"] = json!(0);
    app.post("/api/v1/feedback", &[(KEY, "k")], &unranked).await.expect_error(422, "invalid");
    let sideways = verdict(&app, "GL-00", "sideways").await;
    app.post("/api/v1/feedback", &[(KEY, "k")], &sideways).await.expect_error(422, "invalid");
}
