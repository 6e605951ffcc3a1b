//! Who may do what: every endpoint that the router and the registry of server functions know is called as everybody, and
//! what happens is compared with the one table.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, header};
use contract::access::{Access, Action, Refused, Role, SERVER_FUNCTIONS, Scope, Standing, verdict};
use contract::accounts::{AccountsApi, NewToken, UserChange, UserQuery};
use contract::address::{Page, item_path};
use serde_json::{Value, json};
use server::services::acting::Caller;
use tests::{PASSWORD, Reply, TestApp, on_every_database};

/// How somebody shows who they are.
enum Shown {
    Nothing,
    /// Signs in anew for each request, since some requests end the session.
    Person(&'static str),
    Session(String),
    Token(String),
}

/// One request of the test.
struct Call {
    method: Method,
    path: String,
    content_type: &'static str,
    body: String,
    action: Action,
}

const RECEIPT: &str = "0123456789abcdef0123456789abcdef";

fn verdict_body() -> Value {
    json!({"prediction": null, "item": "SL-00", "model": "m", "signature": "s", "rank": 1, "verdict": "up"})
}

/// A sound body of a REST endpoint or a form.
fn body_of(path: &str) -> (&'static str, String) {
    let json_of = |value: Value| ("application/json", value.to_string());
    match path {
        "/api/v1/predictions" => json_of(json!({"codes": ["SL-00"]})),
        "/api/v1/explanations" => json_of(json!({"code": "SL-00"})),
        "/api/v1/feedback" => json_of(verdict_body()),
        path if path.starts_with("/api/") => panic!("{path} is new: give it a body here"),
        _ => ("application/x-www-form-urlencoded", String::new()),
    }
}

/// A sound body of a server function.
fn arguments_of(name: &str) -> Value {
    match name {
        "find_items" => json!({"query": {"q": "SL"}}),
        "get_item" => json!({"code": "SL-00"}),
        "get_plant_status" | "get_active_model" | "get_schema" => json!({}),
        "ask_prediction" => json!({"request": {"codes": ["SL-00"]}}),
        "get_recent_predictions" => json!({"limit": 5}),
        "ask_explanation" => json!({"request": {"code": "SL-00"}}),
        "send_feedback" => json!({"idempotency_key": "k", "feedback": verdict_body()}),
        _ => panic!("{name} is new: give it arguments here"),
    }
}

/// Every endpoint, from the router, the registry and the list of pages.
fn calls() -> Vec<Call> {
    let mut calls: Vec<Call> = server::endpoints()
        .into_iter()
        .map(|endpoint| {
            let path = endpoint.path.replace("{*code}", "SL-00").replace("{receipt}", RECEIPT).replace("{id}", "none");
            let path = path.replace("/theme/{code}", "/theme/dark").replace("{code}", "ko");
            assert!(!path.contains('{'), "{path} has a parameter that this test does not fill");
            let (content_type, body) =
                if endpoint.method == Method::POST { body_of(&endpoint.path) } else { ("", String::new()) };
            Call { method: endpoint.method, path, content_type, body, action: endpoint.action }
        })
        .collect();
    for (path, _) in server::server_functions() {
        let name = path.strip_prefix("/api/ui/").expect("server functions have one prefix");
        let known = SERVER_FUNCTIONS.iter().find(|(known, _)| *known == name);
        let action = known.unwrap_or_else(|| panic!("{name} is missing in the table of access")).1;
        let body = arguments_of(name).to_string();
        calls.push(Call {
            method: Method::POST,
            path: path.to_owned(),
            content_type: "application/json",
            body,
            action,
        });
    }
    for page in Page::ALL.into_iter().filter(|page| page.is_of_client()) {
        let path = if page == Page::Item { item_path("SL-00") } else { page.path().to_owned() };
        let (content_type, body) = ("", String::new());
        calls.push(Call { method: Method::GET, path, content_type, body, action: page.action() });
    }
    calls
}

async fn ask(app: &TestApp, call: &Call, shown: &Shown) -> Reply {
    let mut request = Request::builder().method(call.method.clone()).uri(&call.path);
    match shown {
        Shown::Nothing => {}
        Shown::Person(name) => {
            request = request.header(header::COOKIE, format!("session={}", app.sign_in(name, PASSWORD).await));
        }
        Shown::Session(token) => request = request.header(header::COOKIE, format!("session={token}")),
        Shown::Token(token) => request = request.header(header::AUTHORIZATION, format!("Bearer {token}")),
    }
    if !call.content_type.is_empty() {
        request = request.header(header::CONTENT_TYPE, call.content_type);
    }
    // Another key each time, so that a verdict is never a repetition.
    let request = request.header("sec-fetch-site", "same-origin").header("idempotency-key", "k");
    app.send(request.body(Body::from(call.body.clone())).expect("the request is sound")).await
}

/// What a reply says of access; `None` when the caller was let in.
fn refusal(call: &Call, reply: &Reply) -> Option<Refused> {
    let by_code = |code: &str| match code {
        "sign_in_needed" => Some(Refused::SignInNeeded),
        "password_change_needed" => Some(Refused::PasswordChangeNeeded),
        "denied" => Some(Refused::Denied),
        _ => None,
    };
    if call.path.starts_with("/api/ui/") {
        let error = (reply.status >= 400).then(|| postcard::from_bytes::<contract::error::ApiError>(&reply.body));
        return error.and_then(|error| by_code(error.expect("errors are packed").code()));
    }
    if call.path.starts_with("/api/") {
        let error = (reply.status >= 400).then(|| reply.json::<Value>());
        return error.and_then(|error| by_code(error["code"].as_str().unwrap_or_default()));
    }
    match (reply.status, reply.header("location")) {
        (303, to) if to.starts_with("/sign-in") => Some(Refused::SignInNeeded),
        (303, "/password") => Some(Refused::PasswordChangeNeeded),
        (403, _) => Some(Refused::Denied),
        _ => None,
    }
}

#[tokio::test]
async fn every_endpoint_lets_in_whom_the_table_lets_in() {
    on_every_database(async |app| {
        let app = app.with_plant().await;
        let console = app.services.acting(Caller::Console, None);
        let mut everybody = vec![("nobody".to_owned(), Standing::Anonymous, Shown::Nothing)];
        for (name, role) in [
            ("vera viewer", Role::Viewer),
            ("paul planner", Role::Planner),
            ("rita reviewer", Role::Reviewer),
            ("anna admin", Role::Admin),
        ] {
            app.person(name, role).await;
            let standing = Standing::Person { role, must_change_password: false };
            everybody.push((name.to_owned(), standing, Shown::Person(name)));
        }
        console.add_user("nora new", Role::Admin, PASSWORD, true).await.expect("the name is free");
        let new = Standing::Person { role: Role::Admin, must_change_password: true };
        everybody.push(("nora new".to_owned(), new, Shown::Person("nora new")));

        let session = app.person("dora disabled", Role::Admin).await;
        let page = console.users(UserQuery { q: "dora".into(), ..UserQuery::default() }).await.expect("she is there");
        let dora = &page.users[0];
        console.change_user(dora.id.clone(), dora.revision, UserChange::Disable).await.expect("there are other admins");
        everybody.push(("dora disabled".to_owned(), Standing::Anonymous, Shown::Session(session)));

        let admin = app.services.by_session(&app.sign_in("anna admin", PASSWORD).await).await.expect("she is in");
        let admin = app.services.acting(admin, None);
        for scopes in [vec![Scope::Read], vec![Scope::Predict], vec![Scope::Feedback], Scope::ALL.to_vec()] {
            let new = NewToken { name: "erp".into(), scopes: scopes.clone(), days: 1 };
            let made = admin.make_token(new).await.expect("admins make tokens");
            let name = format!("token {scopes:?}");
            everybody.push((name, Standing::Token { role: Role::Admin, scopes }, Shown::Token(made.secret)));
        }

        let calls = calls();
        let mut wrong = Vec::new();
        for call in &calls {
            for (name, standing, shown) in &everybody {
                let reply = ask(&app, call, shown).await;
                let expected = verdict(call.action, standing).err();
                // Signing in by nothing is refused as such.
                let is_open = call.action.access() == Access::Anyone;
                let found = if is_open { None } else { refusal(call, &reply) };
                if found != expected {
                    wrong.push(format!(
                        "{} {} as {name}: expected {expected:?}, got {} {found:?}",
                        call.method, call.path, reply.status
                    ));
                }
                // A refusal tells nothing but itself.
                assert!(
                    reply.status < 500 || reply.status == 503,
                    "{} {} as {name}: {}",
                    call.method,
                    call.path,
                    reply.text()
                );
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(calls.len() > 40, "only {} endpoints were found", calls.len());
        let actions: BTreeSet<Action> = calls.iter().map(|call| call.action).collect();
        let missing: Vec<Action> = Action::ALL.into_iter().filter(|action| !actions.contains(action)).collect();
        assert_eq!(missing, [Action::SignOut, Action::ManageTokens], "these have forms of their own, tested beside");
    })
    .await;
}

#[tokio::test]
async fn a_role_change_works_at_once() {
    on_every_database(async |app| {
        let session = app.person("kim", Role::Admin).await;
        app.person("lee", Role::Admin).await;
        let app = app.asked_by(&session);
        assert_eq!(app.get("/users").await.status, 200);
        let console = app.services.acting(Caller::Console, None);
        let page = console.users(UserQuery { q: "kim".into(), ..UserQuery::default() }).await.expect("kim is there");
        let (id, revision) = (page.users[0].id.clone(), page.users[0].revision);
        console.change_user(id, revision, UserChange::SetRole(Role::Viewer)).await.expect("lee is an admin too");
        assert_eq!(app.get("/users").await.status, 403);
        assert_eq!(app.get("/profile").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn unsafe_requests_from_elsewhere_are_refused() {
    let app = TestApp::on_sqlite().await;
    let body = json!({"codes": ["A"]});
    for site in ["cross-site", "same-site", "none"] {
        let reply = app.post("/api/v1/predictions", &[("sec-fetch-site", site)], &body).await;
        reply.expect_error(403, "denied");
        let reply = app.post("/api/ui/get_plant_status", &[("sec-fetch-site", site)], &json!({})).await;
        reply.expect_packed_error(403, "denied");
    }
    app.post("/api/v1/predictions", &[], &body).await.expect_error(503, "no_model");
}

#[tokio::test]
async fn every_page_is_where_the_list_says() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let endpoints = server::endpoints();
    for page in Page::ALL {
        let path = if page == Page::Item { item_path("SL-00") } else { page.path().to_owned() };
        if page.is_of_client() {
            assert_eq!(app.get(&path).await.status, 200, "{page:?}");
        } else {
            let is_it = |endpoint: &server::Endpoint| endpoint.method == Method::GET && endpoint.path == path;
            let found = endpoints.iter().find(|endpoint| is_it(endpoint));
            assert_eq!(found.map(|endpoint| endpoint.action), Some(page.action()), "{page:?}");
        }
    }
}
