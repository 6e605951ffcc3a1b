//! How long somebody stays in, and what a clock that jumps does to it.

use contract::access::{Role, Scope};
use contract::accounts::{AccountsApi, NewToken, UserChange, UserQuery};
use contract::settings::{Settings, SettingsApi};
use server::services::acting::Caller;
use tests::{PASSWORD, TestApp, on_every_database};

const HOUR_S: i64 = 3600;

async fn is_in(app: &TestApp, session: &str) -> bool {
    app.services.by_session(session).await.expect("the database works") != Caller::Anonymous
}

#[tokio::test]
async fn an_idle_session_ends_and_a_used_one_goes_on_until_its_last_hour() {
    on_every_database(async |app| {
        let console = app.services.acting(Caller::Console, None);
        let short = Settings { session_idle_min: 60, session_most_h: 5, ..Settings::default() };
        console.change_settings(0, short).await.expect("the values are in range");
        let (idle, used) = (app.person("kim", Role::Viewer).await, app.sign_in("kim", PASSWORD).await);
        for _ in 0..5 {
            app.jump_s(50 * 60);
            assert!(is_in(&app, &used).await);
        }
        assert!(!is_in(&app, &idle).await, "it was not used for an hour");
        app.jump_s(55 * 60);
        assert!(!is_in(&app, &used).await, "it is older than five hours");
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_goes_back_revives_nothing_and_locks_nobody_out() {
    on_every_database(async |app| {
        let old = app.person("kim", Role::Planner).await;
        let caller = app.services.by_session(&old).await.expect("the database works");
        let kim = app.services.acting(caller, None);
        let new = NewToken { name: "erp".into(), scopes: vec![Scope::Read], days: 1 };
        let token = kim.make_token(new).await.expect("planners make tokens").secret;

        // A short step back: time stands still.
        app.jump_s(-30 * 60);
        assert!(is_in(&app, &old).await);
        let during = app.sign_in("kim", PASSWORD).await;
        assert!(is_in(&app, &during).await);

        // Over the end of everything, and back before it.
        app.jump_s(9 * 24 * HOUR_S);
        assert!(!is_in(&app, &old).await);
        app.jump_s(-9 * 24 * HOUR_S);
        for session in [&old, &during] {
            assert!(!is_in(&app, session).await, "a session came to life again");
        }
        let by_token = app.services.by_api_token(&token).await.expect("the database works");
        assert_eq!(by_token, Caller::Anonymous, "an expired token came to life again");
        let fresh = app.sign_in("kim", PASSWORD).await;
        assert!(is_in(&app, &fresh).await, "everybody can sign in again");

        // The same over a restart, which forgets everything in memory.
        let app = app.restarted().await;
        app.jump_s(-48 * HOUR_S);
        assert!(!is_in(&app, &fresh).await);
        let session = app.sign_in("kim", PASSWORD).await;
        assert!(is_in(&app, &session).await);
    })
    .await;
}

#[tokio::test]
async fn one_ends_ones_own_sessions_and_no_others() {
    on_every_database(async |app| {
        let (here, elsewhere) = (app.person("kim", Role::Viewer).await, app.sign_in("kim", PASSWORD).await);
        let lee = app.person("lee", Role::Viewer).await;
        let acting = async |session: &str| {
            app.services.acting(app.services.by_session(session).await.expect("the database works"), None)
        };
        let of_lee = acting(&lee).await.profile().await.expect("lee is in").sessions[0].id.clone();
        let kim = acting(&here).await;
        let error = kim.end_session(Some(of_lee)).await.expect_err("it is lee's");
        assert_eq!(error.code(), "not_found");
        assert!(is_in(&app, &lee).await);
        let own = kim.profile().await.expect("kim is in").sessions;
        assert_eq!((own.len(), own.iter().filter(|session| session.is_current).count()), (2, 1));
        kim.end_session(None).await.expect("kim is in");
        assert!(is_in(&app, &here).await && !is_in(&app, &elsewhere).await);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_shown_once_serves_its_scopes_and_is_revoked() {
    on_every_database(async |app| {
        let session = app.person("paul", Role::Planner).await;
        let viewer = app.person("vera", Role::Viewer).await;
        let app = app.asked_by(&session);
        let fields = [("act", "make_token"), ("name", "erp"), ("scope", "read"), ("scope", "predict"), ("days", "30")];
        let page = app.post_form("/profile", &fields).await;
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        let text = page.text();
        let begin = text.find("rml_").expect("the token is shown");
        let token: String =
            text[begin..].chars().take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c)).collect();
        assert!(!app.get("/profile").await.text().contains(&token), "it is shown once");

        let nobody = app.asked_by("");
        let bearer = format!("Bearer {token}");
        let items = nobody.get_with("/api/v1/items", &[("authorization", &bearer)]).await;
        assert_eq!(items.status, 200, "{}", items.text());
        nobody
            .get_with("/api/v1/items", &[("authorization", "Bearer rml_x")])
            .await
            .expect_error(401, "sign_in_needed");

        let app = nobody.asked_by(&session);
        let caller = app.services.by_session(&session).await.expect("the database works");
        let paul = app.services.acting(caller, None);
        let line = paul.profile().await.expect("paul is in").tokens.remove(0);
        assert!(line.used_at.is_some(), "its last use is known");
        let caller = app.services.by_session(&viewer).await.expect("the database works");
        let vera = app.services.acting(caller, None);
        assert_eq!(vera.revoke_token(line.id.clone()).await.expect_err("not hers").code(), "denied");
        paul.revoke_token(line.id).await.expect("it is paul's own");
        app.get_with("/api/v1/items", &[("authorization", &bearer)]).await.expect_error(401, "sign_in_needed");
    })
    .await;
}

#[tokio::test]
async fn one_session_too_many_ends_the_one_that_was_used_least_lately() {
    on_every_database(async |app| {
        let mut sessions = vec![app.person("kim", Role::Viewer).await];
        for _ in 1..20 {
            sessions.push(app.sign_in("kim", PASSWORD).await);
        }
        // The first is used again, so the second is now the oldest.
        app.jump_s(120);
        assert!(is_in(&app, &sessions[0]).await);
        sessions.push(app.sign_in("kim", PASSWORD).await);
        let mut out = Vec::new();
        for (at, session) in sessions.iter().enumerate() {
            if !is_in(&app, session).await {
                out.push(at);
            }
        }
        assert_eq!(out, [1], "twenty are left");
    })
    .await;
}

#[tokio::test]
async fn a_token_is_its_persons_own_and_ends_with_him() {
    on_every_database(async |app| {
        app.person("anna", Role::Admin).await;
        let acting = async |session: &str| {
            app.services.acting(app.services.by_session(session).await.expect("the database works"), None)
        };
        let (paul, peter) = (app.person("paul", Role::Planner).await, app.person("peter", Role::Planner).await);
        let (paul, peter) = (acting(&paul).await, acting(&peter).await);
        let new = NewToken { name: "erp".into(), scopes: vec![Scope::Read], days: 30 };
        let made = paul.make_token(new).await.expect("planners make tokens");
        assert!(peter.profile().await.expect("peter is in").tokens.is_empty());
        assert_eq!(peter.revoke_token(made.token.id).await.expect_err("it is paul's").code(), "not_found");
        let serves = async || app.services.by_api_token(&made.secret).await.expect("the database works");
        assert!(matches!(serves().await, Caller::Token { .. }));

        let console = app.services.acting(Caller::Console, None);
        let change = async |change| {
            let page =
                console.users(UserQuery { q: "paul".into(), ..UserQuery::default() }).await.expect("paul is there");
            let (id, revision) = (page.users[0].id.clone(), page.users[0].revision);
            console.change_user(id, revision, change).await.expect("it goes with the state");
        };
        change(UserChange::Disable).await;
        assert_eq!(serves().await, Caller::Anonymous);
        change(UserChange::Approve(Role::Planner)).await;
        assert_eq!(serves().await, Caller::Anonymous, "it does not come to life again");
    })
    .await;
}
