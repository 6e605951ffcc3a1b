//! The interface described for machines.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, header};
use contract::access::{Access, Role, Scope};
use contract::accounts::{AccountsApi, NewToken};
use contract::jobs::{JobKind, JobsApi};
use serde_json::{Value, json};
use tests::{Reply, TestApp};

#[tokio::test]
async fn it_lists_every_endpoint_and_each_of_them_exists() {
    let app = TestApp::on_sqlite().await;
    let document: Value = app.get("/api/v1/openapi.json").await.json();
    let paths: BTreeSet<&str> = document["paths"].as_object().expect("an object").keys().map(String::as_str).collect();
    let endpoints = server::endpoints();
    let expected = endpoints.iter().map(|one| one.path.replace("{*", "{")).filter(|path| path.starts_with("/api/"));
    let expected: BTreeSet<String> = expected.collect();
    assert!(expected.len() > 10, "{expected:?}");
    assert!(paths.iter().copied().eq(expected.iter()), "{paths:?} are described, {expected:?} are routed");
    for schema in
        ["ApiError", "Prediction", "PredictRequest", "Explanation", "ItemDetail", "FeedbackReceipt", "Readiness"]
    {
        assert!(document["components"]["schemas"][schema].is_object(), "{schema} is not described");
    }
    // A method that no endpoint has tells whether the address is routed at all.
    for path in paths {
        let request = axum::http::Request::patch(path).body(axum::body::Body::empty()).expect("the path is sound");
        let reply = app.send(request).await;
        assert_eq!(reply.status, 405, "{path}");
        assert!(!reply.header("allow").is_empty(), "{path} does not say what it allows");
    }
}

/// Whoever changes the interface sees here what others will see of it. `INSTA_UPDATE=always` takes the change over.
#[tokio::test]
async fn the_document_is_the_one_that_was_reviewed() {
    let app = TestApp::on_sqlite().await;
    let document: Value = app.get("/api/v1/openapi.json").await.json();
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/it/openapi"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_sort_maps(true);
    settings.bind(|| insta::assert_json_snapshot!("document", document));
}

/// One operation of the document.
struct Operation<'a> {
    method: Method,
    template: &'a str,
    /// With parameters filled in.
    path: String,
    described: &'a Value,
}

impl Operation<'_> {
    fn lists(&self, status: u16) -> bool {
        self.described["responses"][status.to_string()].is_object()
    }

    fn has_body(&self) -> bool {
        self.described["requestBody"].is_object()
    }

    /// Which scope a token needs; `None` for what anybody may ask.
    fn scope(&self) -> Option<Scope> {
        let endpoints = server::endpoints().into_iter();
        let mut known = endpoints.filter(|one| one.method == self.method);
        match known.find(|one| one.path.replace("{*", "{") == self.template).expect("it is routed").action.access() {
            Access::Anyone => None,
            Access::PersonOrToken(_, scope) => Some(scope),
            Access::Person(_) => panic!("no program may ask this"),
        }
    }

    /// A sound body.
    fn body(&self, model: &str) -> String {
        match self.path.as_str() {
            "/api/v1/predictions" => json!({"codes": vec!["SL-00"; 50]}).to_string(),
            "/api/v1/explanations" => json!({"code": "SL-00"}).to_string(),
            "/api/v1/feedback" => {
                json!({"item": "SL-00", "model": model, "signature": "s", "rank": 1, "verdict": "up"}).to_string()
            }
            path => panic!("{path} is new: give it a body here"),
        }
    }
}

fn operations<'a>(document: &'a Value, job: &str, receipt: &str) -> Vec<Operation<'a>> {
    let paths = document["paths"].as_object().expect("an object");
    let all = paths.iter().flat_map(|(path, item)| {
        item.as_object().expect("an object").iter().map(move |(method, described)| Operation {
            method: method.to_uppercase().parse().expect("a method"),
            template: path,
            path: path.replace("{code}", "SL-00").replace("{receipt}", receipt).replace("{id}", job),
            described,
        })
    });
    all.collect()
}

/// Sends a request with a token.
async fn ask(
    app: &TestApp,
    operation: &Operation<'_>,
    token: &str,
    query: &str,
    content_type: &str,
    body: String,
) -> Reply {
    let request = Request::builder().method(operation.method.clone()).uri(format!("{}{query}", operation.path));
    let request = request.header(header::CONTENT_TYPE, content_type).header("idempotency-key", "k");
    let request =
        if token.is_empty() { request } else { request.header(header::AUTHORIZATION, format!("Bearer {token}")) };
    app.send(request.body(Body::from(body)).expect("a sound request")).await
}

#[tokio::test]
async fn what_endpoints_answer_is_what_the_document_lists() {
    const JSON: &str = "application/json";
    let app = TestApp::on_sqlite().await.with_plant().await;
    let session = app.person("paul", Role::Admin).await;
    let admin = app.services.acting(app.services.by_session(&session).await.expect("paul is in"), None);
    let token = async |scopes: Vec<Scope>| {
        let new = NewToken { name: "erp".into(), scopes, days: 1 };
        admin.make_token(new).await.expect("admins make tokens").secret
    };
    let all = token(Scope::ALL.to_vec()).await;
    let model =
        app.get("/api/v1/health/ready").await.json::<Value>()["model_id"].as_str().expect("it is trained").to_owned();
    // Of a job that has ended the events end too.
    let job = admin.begin_job(JobKind::Train).await.expect("admins begin jobs").id;
    admin.cancel_job(job.clone()).await.expect("it has not begun");
    let bearer = format!("Bearer {all}");
    let body = json!({"codes": ["SL-00"]});
    let asked: Value = app.post("/api/v1/predictions", &[("authorization", &bearer)], &body).await.json();
    let receipt = asked[0]["receipt"].as_str().expect("an answer has one");
    let document: Value = app.get("/api/v1/openapi.json").await.json();
    let mut seen: BTreeSet<(String, u16)> = BTreeSet::new();
    let mut wrong = Vec::new();
    for operation in &operations(&document, &job, receipt) {
        let name = format!("{} {}", operation.method, operation.path);
        let sound = || if operation.has_body() { operation.body(&model) } else { String::new() };
        let mut tries = vec![
            ("sound", all.clone(), "", JSON, sound()),
            ("nobody", String::new(), "", JSON, sound()),
            ("a NUL", all.clone(), "?q=%00", JSON, sound()),
        ];
        if let Some(scope) = operation.scope() {
            let others = Scope::ALL.into_iter().filter(|other| *other != scope).collect();
            tries.push(("another scope", token(others).await, "", JSON, sound()));
        }
        if operation.has_body() {
            tries.push(("too large", all.clone(), "", JSON, "x".repeat(2 << 20)));
            tries.push(("no JSON", all.clone(), "", JSON, "{".into()));
            tries.push(("text", all.clone(), "", "text/plain", sound()));
            tries.push(("nothing asked", all.clone(), "", JSON, "{}".into()));
        }
        if operation.path.ends_with("/feedback") {
            tries.push(("another content", all.clone(), "", JSON, sound().replace("SL-00", "SL-01")));
            tries.push(("the same", all.clone(), "", JSON, sound()));
        }
        for (what, token, query, content_type, body) in tries {
            let reply = ask(&app, operation, &token, query, content_type, body).await;
            seen.insert((name.clone(), reply.status));
            if !operation.lists(reply.status) {
                wrong.push(format!("{name}, {what}: {} is not listed", reply.status));
            }
            if reply.status >= 400 {
                assert_eq!(reply.header("content-type"), JSON, "{name}, {what}");
            }
        }
        if operation.lists(429) {
            let many = (0..60).map(|_| ask(&app, operation, &all, "", JSON, sound()));
            let replies = futures::future::join_all(many).await;
            seen.extend(replies.iter().map(|reply| (name.clone(), reply.status)));
            assert!(replies.iter().all(|reply| operation.lists(reply.status)), "{name}");
        }
        let expected = operation.described["responses"].as_object().expect("an object").keys();
        for status in expected.map(|status| status.parse::<u16>().expect("a status")) {
            // These take a broken line, a broken server, another address, or a copy that is kept.
            let is_elsewhere = [304, 400, 404, 408, 500, 503].contains(&status);
            if !is_elsewhere && !seen.contains(&(name.clone(), status)) {
                wrong.push(format!("{name}: {status} is listed and was not seen"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen.len() > 40, "{seen:?}");
    let missing = app.get("/api/v1/items/NONE").await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn limits_stand_in_the_schema_and_are_the_services_own() {
    let app = TestApp::on_sqlite().await;
    let document: Value = app.get("/api/v1/openapi.json").await.json();
    let schema = |name: &str, field: &str| document["components"]["schemas"][name]["properties"][field].clone();
    assert_eq!(schema("PredictRequest", "codes")["maxItems"], 50);
    assert_eq!(schema("PredictRequest", "items")["maxItems"], 50);
    assert_eq!(schema("PredictRequest", "n_neighbours")["maximum"], 50);
    assert_eq!(schema("Feedback", "rank")["minimum"], 1);
    assert_eq!(schema("Feedback", "rank")["maximum"], 1000);
    for field in ["prediction", "item", "model", "signature"] {
        assert_eq!(schema("Feedback", field)["maxLength"], 200, "{field}");
    }
    let parameter = |path: &str, name: &str| {
        let all = document["paths"][path].as_object().expect("an object").values();
        let all = all.flat_map(|operation| operation["parameters"].as_array().cloned().unwrap_or_default());
        all.into_iter().find(|one| one["name"] == name).expect("it is described")["schema"].clone()
    };
    assert_eq!(parameter("/api/v1/items", "q")["maxLength"], 200);
    assert_eq!(parameter("/api/v1/items", "limit")["maximum"], 100);
    assert_eq!(parameter("/api/v1/bundle", "limit")["maximum"], 5000);
    assert_eq!(parameter("/api/v1/feedback", "Idempotency-Key")["maxLength"], 100);
    // One more than each is refused, and each itself is not.
    let q = |n: usize| format!("/api/v1/items?q={}", "a".repeat(n));
    for (within, beyond) in [
        (q(200), q(201)),
        ("/api/v1/items?offset=1000000000".to_owned(), "/api/v1/items?offset=1000000001".to_owned()),
        ("/api/v1/items?limit=100".to_owned(), "/api/v1/items?limit=101".to_owned()),
    ] {
        assert_eq!((app.get(&within).await.status, app.get(&beyond).await.status), (200, 422), "{within}");
    }
    let trained = TestApp::on_sqlite().await.with_plant().await;
    let model = trained.get("/api/v1/health/ready").await.json::<Value>()["model_id"].clone();
    for (rank, status) in [(0, 422), (1, 201), (1000, 201), (1001, 422)] {
        let verdict = json!({"item": "SL-00", "model": model, "signature": "s", "rank": rank, "verdict": "up"});
        let key = rank.to_string();
        let reply = trained.post("/api/v1/feedback", &[("idempotency-key", &key)], &verdict).await;
        assert_eq!(reply.status, status, "{rank}");
    }
    app.get("/api/v1/bundle?limit=5000").await.expect_error(503, "no_model");
    app.get("/api/v1/bundle?limit=5001").await.expect_error(422, "too_many");
    for (n_codes, n_neighbours, n_chars, status) in
        [(50, 50, 200, 503), (51, 0, 1, 422), (1, 51, 1, 422), (1, 0, 201, 422)]
    {
        let codes = vec!["A".repeat(n_chars); n_codes];
        let body = json!({"codes": codes, "n_neighbours": n_neighbours});
        assert_eq!(
            app.post("/api/v1/predictions", &[], &body).await.status,
            status,
            "{n_codes} {n_neighbours} {n_chars}"
        );
    }
}
