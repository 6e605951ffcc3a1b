//! Reads touch no writer, and what they keep in memory is never old.

use contract::access::{Role, Scope};
use contract::accounts::{AccountsApi, NewToken};
use contract::settings::{Settings, SettingsApi};
use serde_json::json;
use server::services::acting::Caller;
use tests::{TestApp, on_every_database};

use super::at_once;

/// Everything that an admin reads.
const PATHS: [&str; 14] = [
    "/",
    "/items/GL-01",
    "/model",
    "/predict",
    "/profile",
    "/users",
    "/jobs",
    "/audit",
    "/settings",
    "/api/v1/items?q=GL",
    "/api/v1/items/GL-01",
    "/api/v1/openapi.json",
    "/api/v1/receipts/0123456789abcdef0123456789abcdef/qr.svg",
    "/api/v1/health/live",
];

/// An API token of a person, by a session.
async fn token(app: &TestApp, session: &str) -> String {
    let caller = app.services.by_session(session).await.expect("the database works");
    let new = NewToken { name: "erp".into(), scopes: vec![Scope::Read], days: 30 };
    app.services.acting(caller, None).make_token(new).await.expect("admins make tokens").secret
}

#[tokio::test]
async fn a_repeated_read_waits_for_no_writer() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let session = app.person("anna", Role::Admin).await;
        let bearer = format!("Bearer {}", token(&app, &session).await);
        let app = app.asked_by(&session);
        // As a server does in its first second.
        app.services.sweep().await.expect("nothing is old");
        let read = async |path: &str| at_once(path, app.get(path)).await.status;
        for path in PATHS {
            assert_eq!(read(path).await, 200, "{path}");
        }
        let tag = app.get("/api/v1/bundle").await.header("etag").to_owned();
        app.get_with("/api/v1/items?q=GL", &[("authorization", &bearer)]).await;
        let last_seen = "SELECT MAX(seen_ms) FROM sessions";
        let seen_before = app.number(last_seen).await;

        let held = app.hold_writers().await;
        // The last use of the session and of the token is to be written down again.
        app.jump_s(120);
        for path in PATHS {
            assert_eq!(read(path).await, 200, "{path}");
        }
        let by_token = at_once("a token", app.get_with("/api/v1/items?q=GL", &[("authorization", &bearer)])).await;
        assert_eq!(by_token.status, 200);
        let again = at_once("a bundle", app.get_with("/api/v1/bundle", &[("if-none-match", &tag)])).await;
        assert_eq!(again.status, 304, "whoever has it already takes nothing along");
        let why = at_once("reasons", app.post("/api/v1/explanations", &[], &json!({"code": "GL-01"}))).await;
        assert_eq!(why.status, 200);
        assert_eq!(app.number(last_seen).await, seen_before, "nothing can be written");
        held.release().await;

        app.services.sweep().await.expect("nothing is old");
        assert!(app.number(last_seen).await >= seen_before + 120_000, "it is written down afterwards");
        assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'keep_offline'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_last_use_shows_before_it_is_written_down() {
    on_every_database(async |app: TestApp| {
        let (old, session) = (app.person("kim", Role::Planner).await, app.sign_in("kim", tests::PASSWORD).await);
        let bearer = token(&app, &session).await;
        let held = app.hold_writers().await;
        app.jump_s(3600);
        let caller = app.services.by_session(&session).await.expect("the database works");
        app.services.by_api_token(&bearer).await.expect("the database works");
        let kim = app.services.acting(caller, None).profile().await.expect("kim is in");
        let seen: Vec<&str> = kim.sessions.iter().map(|session| session.seen_at.as_str()).collect();
        assert!(kim.tokens[0].used_at.is_some() && seen.iter().any(|at| *at > "2026-01-01T01:00"), "{seen:?}");
        held.release().await;

        // Nineteen more: the one that was used least lately ends, although no row says yet which one that is.
        for _ in 0..19 {
            app.sign_in("kim", tests::PASSWORD).await;
        }
        assert_ne!(app.services.by_session(&session).await.expect("the database works"), Caller::Anonymous);
        assert_eq!(app.services.by_session(&old).await.expect("the database works"), Caller::Anonymous);
    })
    .await;
}

/// Role of the person of a session; `None` for nobody.
async fn role(app: &TestApp, session: &str) -> Option<Role> {
    match app.services.by_session(session).await.expect("the database works") {
        Caller::Person { role, .. } => Some(role),
        _ => None,
    }
}

#[tokio::test]
async fn what_any_process_changes_of_the_accounts_counts_at_once() {
    on_every_database(async |app: TestApp| {
        let session = app.person("kim", Role::Planner).await;
        let bearer = token(&app, &session).await;
        let is_served =
            async || app.services.by_api_token(&bearer).await.expect("the database works") != Caller::Anonymous;
        assert_eq!((role(&app, &session).await, is_served().await), (Some(Role::Planner), true));
        // What is done here past the product does another process as well.
        app.sql("UPDATE users SET role = 'viewer' WHERE name = 'kim'").await.expect("the tables are there");
        assert_eq!(role(&app, &session).await, Some(Role::Viewer));
        app.sql("UPDATE users SET must_change_password = 1 WHERE name = 'kim'").await.expect("the tables are there");
        let caller = app.services.by_session(&session).await.expect("the database works");
        assert!(matches!(caller, Caller::Person { must_change_password: true, .. }), "{caller:?}");
        app.sql("UPDATE users SET state = 'disabled' WHERE name = 'kim'").await.expect("the tables are there");
        assert!(!is_served().await);
        app.sql("UPDATE users SET state = 'active' WHERE name = 'kim'").await.expect("the tables are there");
        assert!(is_served().await);
        app.sql("UPDATE api_tokens SET scopes = 'predict'").await.expect("the tables are there");
        let caller = app.services.by_api_token(&bearer).await.expect("the database works");
        assert!(matches!(caller, Caller::Token { scopes, .. } if scopes == [Scope::Predict]));
        app.sql("UPDATE api_tokens SET revoked_at = '2026-01-01'").await.expect("the tables are there");
        assert!(!is_served().await);
        assert_eq!(role(&app, &session).await, Some(Role::Viewer));
        app.sql("DELETE FROM sessions WHERE user_id IN (SELECT id FROM users WHERE name = 'kim')")
            .await
            .expect("the tables are there");
        assert_eq!(role(&app, &session).await, None);
    })
    .await;
}

#[tokio::test]
async fn settings_of_another_server_count_at_once() {
    on_every_database(async |app: TestApp| {
        let other = app.beside().await;
        let session = app.person("kim", Role::Planner).await;
        assert_eq!(role(&app, &session).await, Some(Role::Planner));
        let console = other.services.acting(Caller::Console, None);
        let short = Settings { session_idle_min: 5, ..Settings::default() };
        console.change_settings(0, short).await.expect("the values are in range");
        // Used on the other server, it is not idle here.
        app.jump_s(4 * 60);
        assert_eq!(role(&other, &session).await, Some(Role::Planner));
        other.services.sweep().await.expect("nothing is old");
        app.jump_s(4 * 60);
        assert_eq!(role(&app, &session).await, Some(Role::Planner));
        app.jump_s(6 * 60);
        assert_eq!(role(&app, &session).await, None);
    })
    .await;
}

#[tokio::test]
async fn what_changes_nothing_that_is_kept_raises_no_revision() {
    on_every_database(async |app: TestApp| {
        let session = app.person("kim", Role::Planner).await;
        let before = app.number("SELECT accounts FROM revisions").await;
        app.sign_in("kim", tests::PASSWORD).await;
        app.jump_s(120);
        assert!(role(&app, &session).await.is_some());
        app.services.sweep().await.expect("nothing is old");
        assert_eq!(app.number("SELECT accounts FROM revisions").await, before);
        app.sql("UPDATE settings SET revision = 1").await.expect("the tables are there");
        let console = app.services.acting(Caller::Console, None);
        console.change_settings(0, Settings::default()).await.expect("nobody changed them");
        assert_eq!(app.number("SELECT accounts FROM revisions").await, before + 1);
    })
    .await;
}
