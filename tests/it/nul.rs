//! No text holds a NUL: every address refuses one in its path, its query and its body, on both databases alike.

use axum::body::Body;
use axum::http::{Method, Request, header};
use contract::access::Role;
use tests::{Reply, on_every_database};

/// What refuses, as the one who asked reads it.
fn assert_refused(what: &str, reply: &Reply) {
    let path = what.split(' ').nth(1).unwrap_or_default();
    if path.starts_with("/api/ui/") {
        let error: contract::error::ApiError = postcard::from_bytes(&reply.body).expect("errors are packed");
        assert_eq!((reply.status, error.code()), (422, "invalid"), "{what}");
    } else if path.starts_with("/api/") {
        let error: serde_json::Value = reply.json();
        assert_eq!((reply.status, error["code"].as_str()), (422, Some("invalid")), "{what}: {error}");
        assert_eq!(error["expected"], "no_nul", "{what}");
    } else {
        assert_eq!((reply.status, reply.header("content-type")), (422, "text/html; charset=utf-8"), "{what}");
        assert!(reply.text().contains("<main"), "{what}");
    }
}

#[tokio::test]
async fn every_address_refuses_it_in_path_query_and_body() {
    on_every_database(async |app| {
        let session = app.person("anna", Role::Admin).await;
        let send = async |method: &Method, path: &str, content_type: &str, body: &str| {
            let request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
            let request = request.header(header::COOKIE, format!("session={session}"));
            let request = request.header(header::CONTENT_TYPE, content_type).header("idempotency-key", "k");
            app.send(request.body(Body::from(body.to_owned())).expect("a sound request")).await
        };
        let mut addresses: Vec<(Method, String)> =
            server::endpoints().into_iter().map(|one| (one.method, one.path)).collect();
        addresses.extend(server::server_functions().into_iter().map(|(path, method)| (method, path.to_owned())));
        for page in ["/", "/items/{*code}", "/model", "/predict", "/no/such/page"] {
            addresses.push((Method::GET, page.to_owned()));
        }
        for (method, path) in &addresses {
            let begin = path.split('{').next().unwrap_or_default();
            if begin != path {
                let path = format!("{begin}A%00B{}", path.rsplit_once('}').map_or("", |(_, end)| end));
                let reply = send(method, &path, "", "").await;
                assert_refused(&format!("{method} {path}"), &reply);
            }
            let path = path.replace("{*code}", "A").replace("{receipt}", "x").replace("{code}", "ko");
            for query in ["q=%00", "code=A%00", "x%00=1", "who=anna&before_id=%00"] {
                let reply = send(method, &format!("{path}?{query}"), "", "").await;
                assert_refused(&format!("{method} {path} {query}"), &reply);
            }
            if *method == Method::POST {
                let (content_type, bodies) = if path.starts_with("/api/") {
                    ("application/json", ["{\"codes\":[\"A\\u0000\"]}", "{\"x\\u0000\":1}"])
                } else {
                    ("application/x-www-form-urlencoded", ["name=a%00&password=b", "act=reset_password&id=\0"])
                };
                for body in bodies {
                    let reply = send(method, &path, content_type, body).await;
                    assert_refused(&format!("{method} {path} {body:?}"), &reply);
                    // Whatever it calls itself.
                    let reply = send(method, &path, "text/plain", body).await;
                    assert_refused(&format!("{method} {path} {body:?}"), &reply);
                }
            }
        }
        assert!(addresses.len() > 40, "only {} addresses", addresses.len());
    })
    .await;
}

#[tokio::test]
async fn what_only_looks_like_one_is_taken() {
    on_every_database(async |app| {
        assert_eq!(app.get("/api/v1/items?q=%2500").await.status, 200);
        assert_eq!(app.get("/api/v1/items/%2500").await.status, 404);
        assert_eq!(app.get("/?q=%2500").await.status, 200);
        assert_eq!(app.get("/items/%2500").await.status, 404);
        let verdict = serde_json::json!({"prediction": null, "item": "A\\u0000", "model": "m", "signature": "s", "rank": 1, "verdict": "up"});
        // It is looked for, as the text that it is.
        app.post("/api/v1/feedback", &[("idempotency-key", "k")], &verdict).await.expect_error(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn a_table_of_people_with_one_adds_nobody() {
    on_every_database(async |app| {
        let session = app.person("anna", Role::Admin).await;
        let app = app.asked_by(&session);
        let before = app.dump().await.matches("\tplanner\t").count();
        let upload = "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n\r\nname,role\nkim\0b,planner\n\r\n--X--\r\n";
        let request = Request::post("/users/import").header("sec-fetch-site", "same-origin");
        let request = request.header(header::COOKIE, format!("session={session}"));
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
        let reply = app.send(request.body(Body::from(upload)).expect("a sound request")).await;
        assert!(reply.status < 500, "{}: {}", reply.status, reply.text());
        assert_eq!(app.dump().await.matches("\tplanner\t").count(), before);
    })
    .await;
}
