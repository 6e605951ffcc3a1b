//! What is written down, and that it stays so.

use app::locale::Locale;
use contract::access::Role;
use contract::accounts::{AccountsApi, UserChange, UserQuery};
use contract::audit::{AuditApi, AuditLine, AuditQuery, CONSOLE, Outcome};
use server::services::acting::Caller;
use tests::{PASSWORD, TestApp, arrival, on_every_database};

async fn lines(app: &TestApp, query: AuditQuery) -> Vec<AuditLine> {
    app.services.acting(Caller::Console, None).audit(query).await.expect("the console may").lines
}

#[tokio::test]
async fn deeds_refusals_and_failures_are_written_down_without_secrets() {
    on_every_database(async |app| {
        let viewer = app.person("vera", Role::Viewer).await;
        app.person("anna", Role::Admin).await;
        app.services
            .sign_in("vera", "my dog's name", &arrival())
            .await
            .expect("the database works")
            .expect_err("wrong");
        // Somebody types their password where the name belongs.
        app.services.sign_in("hunter2 hunter2", "", &arrival()).await.expect("the database works").expect_err("wrong");
        let app = app.asked_by(&viewer);
        assert_eq!(app.get("/users").await.status, 403);
        let console = app.services.acting(Caller::Console, None);
        let page = console.users(UserQuery { q: "vera".into(), ..UserQuery::default() }).await.expect("she is there");
        let vera = &page.users[0];
        let change = UserChange::SetRole(Role::Planner);
        console.change_user(vera.id.clone(), vera.revision, change).await.expect("she is active");

        let all = lines(&app, AuditQuery::default()).await;
        let found = |action: &str, outcome: Outcome, object: &str| {
            all.iter().find(|line| line.action == action && line.outcome == outcome && line.object == object)
        };
        let wrong = found("sign_in", Outcome::Failed, "vera").expect("a wrong password is written down");
        assert_eq!(
            (wrong.reason.as_deref(), wrong.address.as_str(), wrong.who.as_str()),
            (Some("wrong"), "127.0.0.1", "")
        );
        assert!(found("sign_in", Outcome::Failed, "").is_some(), "a name that nobody has is not repeated");
        let denied = found("manage_users", Outcome::Denied, "").expect("a refusal is written down");
        assert_eq!((denied.who.as_str(), denied.reason.as_deref()), ("vera", Some("denied")));
        let set = found("set_role", Outcome::Done, "vera").expect("a change is written down");
        assert_eq!((set.who.as_str(), set.before.as_deref()), (CONSOLE, Some("viewer active")));
        assert_eq!(set.after.as_deref(), Some("planner active"));
        let text = format!("{all:?}");
        for secret in [PASSWORD, "my dog's name", "hunter2", viewer.as_str(), "argon2"] {
            assert!(!text.contains(secret), "{secret} is in the trail");
        }
        for line in &all {
            let keys = std::iter::once(format!("action-{}", line.action))
                .chain(line.reason.iter().map(|reason| format!("reason-{reason}")));
            for key in keys.map(|key| key.replace('_', "-")) {
                assert!(Locale::ALL.iter().all(|locale| locale.loader().has(&key)), "{key} is no word");
            }
        }
        assert!(all.windows(2).all(|pair| pair[0].id > pair[1].id), "the newest line comes first");
    })
    .await;
}

#[tokio::test]
async fn nobody_can_call_himself_the_console() {
    let app = TestApp::on_sqlite().await;
    let console = app.services.acting(Caller::Console, None);
    let error = console.add_user(CONSOLE, Role::Viewer, PASSWORD, false).await.expect_err("brackets stand in no name");
    assert_eq!(error.code(), "invalid");
}

#[tokio::test]
async fn what_was_asked_and_judged_is_written_down_with_who() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let body = serde_json::json!({"codes": ["SL-00", "GL-00"]});
    let answers: serde_json::Value = app.post("/api/v1/predictions", &[], &body).await.json();
    let done = lines(&app, AuditQuery { action: "predict".into(), ..AuditQuery::default() }).await;
    assert_eq!((done.len(), done[0].who.as_str(), done[0].object.as_str()), (1, "tester", "SL-00 (+1)"));
    assert_eq!(done[0].after.as_deref(), answers[0]["receipt"].as_str());
    app.post("/api/v1/predictions", &[], &serde_json::json!({})).await.expect_error(422, "invalid");
    let failed = AuditQuery { outcome: Some(Outcome::Failed), ..AuditQuery::default() };
    assert_eq!(lines(&app, failed).await[0].reason.as_deref(), Some("invalid"));
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_or_delete_a_line() {
    on_every_database(async |app| {
        app.set_clock_to_today();
        app.person("kim", Role::Viewer).await;
        for sql in ["UPDATE audit SET who = 'nobody'", "DELETE FROM audit WHERE at > '2026-02-01'"] {
            let error = app.sql(sql).await.expect_err("the trail is never changed");
            assert!(error.contains("audit lines are"), "{error}");
        }
        assert!(!lines(&app, AuditQuery::default()).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn lines_older_than_the_plant_keeps_them_go() {
    on_every_database(async |app| {
        // The clock of the tests begins in January 2026; the database's own clock is later than that by far.
        app.person("kim", Role::Viewer).await;
        let n_before = lines(&app, AuditQuery::default()).await.len();
        app.services.sweep().await.expect("nothing is old yet");
        assert_eq!(lines(&app, AuditQuery::default()).await.len(), n_before);
        app.jump_s(1200 * 24 * 3600);
        app.services.sweep().await.expect("the clock is not believed");
        assert_eq!(lines(&app, AuditQuery::default()).await.len(), n_before);
        app.services.acting(Caller::Console, None).confirm_clock().await.expect("the console may");
        app.services.sweep().await.expect("what is old goes");
        let left = lines(&app, AuditQuery::default()).await;
        assert_eq!((left.len(), left[0].action.as_str()), (1, "confirm_clock"));
    })
    .await;
}

#[tokio::test]
async fn the_page_filters_and_goes_on_and_the_export_is_harmless() {
    on_every_database(async |app| {
        let app = app.with_plant().await;
        let session = app.person("anna", Role::Admin).await;
        let app = app.asked_by(&session);
        // What is judged was asked for.
        let mut model = serde_json::Value::Null;
        for tens in [0..30, 30..60] {
            let codes: Vec<String> = tens.map(|at| format!("=1+{at}")).collect();
            let body = serde_json::json!({"codes": codes, "allow_unknown": true});
            let answers: serde_json::Value = app.post("/api/v1/predictions", &[], &body).await.json();
            model = answers[0]["model"].clone();
        }
        for at in 0..60 {
            let verdict = serde_json::json!({"prediction": null, "item": format!("=1+{at}"), "model": model,
                "signature": "s", "rank": 1, "verdict": "up"});
            app.post("/api/v1/feedback", &[("idempotency-key", &format!("k{at}"))], &verdict).await;
        }
        let query = AuditQuery { action: "give_feedback".into(), ..AuditQuery::default() };
        let console = app.services.acting(Caller::Console, None);
        let first = console.audit(query.clone()).await.expect("the console may");
        assert_eq!((first.lines.len(), first.lines[0].object.as_str()), (50, "=1+59"));
        let next = AuditQuery { before_id: first.next.expect("there are more"), ..query.clone() };
        let second = console.audit(next).await.expect("the console may");
        assert_eq!((second.lines.len(), second.next), (10, None));
        let none = AuditQuery { to: "2025-12-31".into(), ..query.clone() };
        assert!(lines(&app, none).await.is_empty());
        let day = AuditQuery { from: "2026-01-01".into(), to: "2026-01-01".into(), object: "1+59".into(), ..query };
        assert_eq!(lines(&app, day).await.len(), 1);
        assert_eq!(app.get("/audit?from=yesterday").await.status, 422);
        assert_eq!(app.get("/audit?action=give_feedback").await.status, 200);

        let file = app.get("/audit.csv?action=give_feedback").await;
        assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"));
        let text = file.text();
        assert!(text.contains("'=1+59") && !text.contains(",=1+"), "a formula would be run: {text}");
    })
    .await;
}
