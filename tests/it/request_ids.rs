//! Every request has an id, which stands in its answer and where an error is shown; an answer that takes too long is given up.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use contract::access::Role;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection};
use tests::{TestApp, on_every_database};
use tokio::net::TcpStream;

use super::wire::{Running, answer_to, limits};

#[tokio::test]
async fn every_answer_has_an_id_of_its_own() {
    let app = TestApp::on_sqlite().await;
    let mut ids = Vec::new();
    for path in ["/", "/sign-in", "/api/v1/items", "/api/v1/nothing", "/pkg/none.js", "/no/such/page", "/?q=%00"] {
        for _ in 0..2 {
            let reply = app.get(path).await;
            assert_eq!(reply.header("x-request-id").len(), 36, "{path}");
            ids.push(reply.header("x-request-id").to_owned());
        }
    }
    let n_ids = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), n_ids);
}

#[tokio::test]
async fn a_fault_is_told_by_the_id_of_its_request() {
    on_every_database(async |app| {
        let session = app.person("anna", Role::Admin).await;
        let app = app.asked_by(&session);
        app.sql("DROP TABLE settings").await.expect("it was there");
        app.sql("DROP TABLE audit").await.expect("it was there");
        let page = app.get("/audit").await;
        let id = page.header("x-request-id").to_owned();
        assert_eq!((page.status, page.header("content-type")), (500, "text/html; charset=utf-8"), "{}", page.text());
        assert!(page.text().contains(&id), "{id}: {}", page.text());
        let verdict =
            json!({"prediction": null, "item": "A", "model": "m", "signature": "s", "rank": 1, "verdict": "up"});
        let reply = app.post("/api/v1/feedback", &[("idempotency-key", "k")], &verdict).await;
        assert_eq!((reply.status, reply.json::<Value>()["ref_id"].as_str()), (500, Some(reply.header("x-request-id"))));
        let asked = json!({"idempotency_key": "k", "feedback": verdict});
        let reply = app.post("/api/ui/send_feedback", &[], &asked).await;
        let error: contract::error::ApiError = postcard::from_bytes(&reply.body).expect("errors are packed");
        assert_eq!(error, contract::error::ApiError::Internal { ref_id: reply.header("x-request-id").into() });
    })
    .await;
}

#[tokio::test]
async fn an_id_is_taken_over_from_a_trusted_proxy_only() {
    let app = TestApp::on_sqlite().await;
    let request = |id: &str| {
        format!(
            "GET /api/v1/health/live HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: {id}\r\nConnection: close\r\n\r\n"
        )
    };
    for (proxies, id, is_kept) in
        [(&["127.0.0.0/8"][..], "proxy-1", true), (&["127.0.0.0/8"], "proxy 1", false), (&[], "stranger-1", false)]
    {
        let server = Running::with(app.router(), None, proxies, limits()).await;
        let stream = TcpStream::connect(server.addr).await.expect("it listens");
        let text = answer_to(&request(id), stream).await;
        assert_eq!(text.contains(&format!("x-request-id: {id}\r\n")), is_kept, "{text}");
        assert_eq!(text.matches("x-request-id: ").count(), 1, "{text}");
        server.finish().await;
    }
}

#[tokio::test]
async fn whoever_waits_for_a_lock_is_answered_in_time_in_his_own_form() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let model = app.get("/api/v1/health/ready").await.json::<Value>()["model_id"].clone();
    let session = app.person("anna", Role::Admin).await;
    let app = app.asked_by(&session).that_answers_within(Duration::from_millis(300));
    let mut other = AnyConnection::connect(&app.config.database_url).await.expect("the database answers");
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.expect("nobody else writes");
    let verdict =
        json!({"prediction": null, "item": "SL-00", "model": model, "signature": "s", "rank": 1, "verdict": "up"});
    app.post("/api/v1/feedback", &[("idempotency-key", "k")], &verdict).await.expect_error(503, "unavailable");
    let asked = json!({"idempotency_key": "k", "feedback": verdict});
    app.post("/api/ui/send_feedback", &[], &asked).await.expect_packed_error(503, "unavailable");
    let page = app
        .post_form(
            "/settings",
            &[
                ("revision", "0"),
                ("session_idle_min", "10"),
                ("session_most_h", "10"),
                ("audit_kept_days", "100"),
                ("predictions_kept_days", "0"),
                ("artefacts_kept_mb", "500"),
            ],
        )
        .await;
    assert_eq!((page.status, page.header("content-type")), (503, "text/html; charset=utf-8"), "{}", page.text());
    assert!(page.text().contains(page.header("x-request-id")), "{}", page.text());
    sqlx::query("ROLLBACK").execute(&mut other).await.expect("it began");
    // What was given up may have been done all the same; with its key it is done once.
    let again = app.post("/api/v1/feedback", &[("idempotency-key", "k")], &verdict).await;
    assert!([200, 201].contains(&again.status), "{}", again.text());
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_in_the_form_of_who_asks() {
    let app = TestApp::on_sqlite().await;
    let session = app.person("anna", Role::Admin).await;
    let send = async |path: &str, content_type: &str, n_bytes: usize, is_told: bool| {
        let mut request = Request::post(path).header("sec-fetch-site", "same-origin");
        request =
            request.header(header::COOKIE, format!("session={session}")).header(header::CONTENT_TYPE, content_type);
        if is_told {
            request = request.header(header::CONTENT_LENGTH, n_bytes);
        }
        app.send(request.body(Body::from(vec![b'x'; n_bytes])).expect("a sound request")).await
    };
    for is_told in [true, false] {
        for path in ["/api/v1/predictions", "/api/v1/feedback", "/api/v1/nothing"] {
            let reply = send(path, "application/json", 2 << 20, is_told).await;
            reply.expect_error(413, "invalid");
        }
        let reply = send("/api/ui/find_items", "application/json", 2 << 20, is_told).await;
        reply.expect_packed_error(413, "invalid");
        for (path, n_bytes) in [("/settings", 2 << 20), ("/settings", 100 << 10), ("/sign-in", 100 << 10)] {
            let page = send(path, "application/x-www-form-urlencoded", n_bytes, is_told).await;
            assert_eq!((page.status, page.header("content-type")), (413, "text/html; charset=utf-8"), "{path}");
            assert!(page.text().contains("data-user=\"anna\""), "the page knows who is signed in: {path}");
        }
    }
}
