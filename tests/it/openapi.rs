//! The interface described for machines.

use std::collections::BTreeSet;

use serde_json::Value;
use tests::TestApp;

#[tokio::test]
async fn it_lists_every_endpoint_and_each_of_them_exists() {
    let app = TestApp::on_sqlite().await;
    let document: Value = app.get("/api/v1/openapi.json").await.json();
    let paths: BTreeSet<&str> = document["paths"].as_object().expect("an object").keys().map(String::as_str).collect();
    let expected = [
        "/api/v1/bundle",
        "/api/v1/explanations",
        "/api/v1/feedback",
        "/api/v1/health/live",
        "/api/v1/health/ready",
        "/api/v1/items",
        "/api/v1/items/{code}",
        "/api/v1/openapi.json",
        "/api/v1/predictions",
        "/api/v1/receipts/{receipt}/qr.svg",
    ];
    assert_eq!(paths, BTreeSet::from(expected));
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
