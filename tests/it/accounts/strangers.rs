//! What nobody in particular can do here, and how much of it is written down.

use contract::access::Role;
use contract::accounts::{AccountsApi, UserQuery, UserState};
use contract::audit::{AuditApi, AuditQuery, Outcome};
use contract::sign_in::{SignInRefusal, SignUpRefusal};
use server::services::accounts::Arrival;
use server::services::acting::Caller;
use tests::{PASSWORD, TestApp, arrival, on_every_database};

/// How many failures of this action the trail tells of, for this reason.
async fn n_lines(app: &TestApp, action: &str, reason: &str) -> usize {
    let failed = AuditQuery { action: action.into(), outcome: Some(Outcome::Failed), ..AuditQuery::default() };
    let acting = app.services.acting(Caller::Console, None);
    let (mut query, mut n) = (failed.clone(), 0);
    loop {
        let page = acting.audit(query).await.expect("the console may");
        n += page.lines.iter().filter(|line| line.reason.as_deref() == Some(reason)).count();
        let Some(before_id) = page.next else { return n };
        query = AuditQuery { before_id, ..failed.clone() };
    }
}

#[tokio::test]
async fn whoever_is_told_to_wait_is_written_down_but_cannot_fill_the_trail() {
    let app = TestApp::on_sqlite().await;
    app.person("kim", Role::Viewer).await;
    let n_tries = 200;
    for host in 0..n_tries {
        // One network of IPv6 is one stranger.
        let address = format!("2001:db8::{host}").parse().expect("an address");
        let stranger = Arrival { address, ..arrival() };
        let refused = app.services.sign_in("kim", "a guess at it", &stranger).await.expect("the database works");
        refused.expect_err("the guess is wrong");
    }
    let (n_wrong, n_wait) = (n_lines(&app, "sign_in", "wrong").await, n_lines(&app, "sign_in", "wait").await);
    assert!((5..20).contains(&n_wrong), "{n_wrong} guesses were looked at");
    // The clock of the tests goes on by a second each time it is read, and ten lines are granted in each minute.
    assert!(n_wait >= 10 && n_wrong + n_wait < n_tries * 3 / 4, "{n_wrong} and {n_wait} of {n_tries}");
}

#[tokio::test]
async fn a_link_that_does_not_work_is_written_down() {
    on_every_database(async |app| {
        let unknown = "A".repeat(43);
        for key in [unknown.as_str(), "no key at all"] {
            let refused = app.services.sign_in_by_link(key, &arrival()).await.expect("the database works").err();
            assert_eq!(refused, Some(SignInRefusal::LinkUsed));
            let refused = app.services.set_up(key, "eve", PASSWORD, PASSWORD, &arrival()).await;
            assert_eq!(refused.expect("the database works").err(), Some(SignUpRefusal::LinkUsed));
        }
        assert_eq!((n_lines(&app, "sign_in", "link_used").await, n_lines(&app, "set_up", "link_used").await), (2, 2));
    })
    .await;
}

#[tokio::test]
async fn the_first_admins_link_is_worth_nothing_once_somebody_is_there() {
    on_every_database(async |app| {
        let app = app.empty().await;
        let link = app.services.setup_link().await.expect("the database works").expect("there is nobody").reveal();
        // Meanwhile somebody is added from the console.
        app.person("anna", Role::Admin).await;
        let refused = app.services.set_up(&link, "eve", PASSWORD, PASSWORD, &arrival()).await;
        assert_eq!(refused.expect("the database works").err(), Some(SignUpRefusal::LinkUsed));
    })
    .await;
}

#[tokio::test]
async fn looking_at_a_link_does_not_use_it() {
    let app = TestApp::on_sqlite().await;
    let link = app.services.sign_in_link("tester").await.expect("the database works").expect("somebody").reveal();
    let nobody = app.asked_by("");
    for _ in 0..2 {
        let page = nobody.get(&format!("/link?key={link}")).await;
        assert_eq!((page.status, page.header("set-cookie"), page.header("cache-control")), (200, "", "no-store"));
    }
    let entered = nobody.post_form("/link", &[("key", &link)]).await;
    assert_eq!((entered.status, entered.header("location")), (303, "/"));
    assert_eq!(nobody.post_form("/link", &[("key", &link)]).await.status, 401, "it works once");
}

#[tokio::test]
async fn every_line_of_the_trail_has_its_time_in_utc() {
    on_every_database(async |app| {
        app.person("anna", Role::Admin).await;
        let acting = app.services.acting(Caller::Console, None);
        let lines = acting.audit(AuditQuery::default()).await.expect("the console may").lines;
        assert!(lines.len() > 1);
        for line in lines {
            assert!(line.at.starts_with("2026-01-01T") && line.at.ends_with('Z') && line.at.len() == 24, "{}", line.at);
        }
    })
    .await;
}

#[tokio::test]
async fn a_form_sets_only_the_fields_it_has() {
    let app = TestApp::on_sqlite().await;
    let nobody = app.asked_by("");
    let fields = [
        ("name", "eve"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
        ("role", "admin"),
        ("state", "active"),
        ("must_change_password", "0"),
        ("id", "1"),
    ];
    assert_eq!(nobody.post_form("/sign-up", &fields).await.header("location"), "/waiting");
    let console = nobody.services.acting(Caller::Console, None);
    let page = console.users(UserQuery { q: "eve".into(), ..UserQuery::default() }).await.expect("the console may");
    let eve = &page.users[0];
    assert_eq!((eve.role, eve.state), (Role::Viewer, UserState::Pending));
    assert_ne!(eve.id, "1");
}

#[tokio::test]
async fn what_an_admin_sees_holds_no_hash_and_no_secret() {
    on_every_database(async |app| {
        let session = app.person("anna", Role::Admin).await;
        let app = app.asked_by(&session);
        let stored = app.dump().await;
        let hashes: Vec<&str> = stored
            .split(['\n', '\t'])
            .filter(|value| {
                value.starts_with("$argon2") || (value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit()))
            })
            .collect();
        assert!(hashes.len() >= 4, "passwords, sessions and devices are stored as hashes");
        for path in ["/users", "/profile", "/settings", "/audit", "/audit.csv"] {
            let page = app.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            let text = page.text();
            for secret in hashes.iter().chain([&session.as_str(), &"argon2"]) {
                assert!(!text.contains(secret), "{path} shows {secret}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_database_that_fails_lets_nobody_in_and_tells_nothing() {
    let app = TestApp::on_sqlite().await;
    let session = app.person("anna", Role::Admin).await;
    let app = app.asked_by(&session);
    assert_eq!(app.get("/users").await.status, 200);
    // What a request asks for each time, and what coming in asks for.
    app.sql("ALTER TABLE revisions RENAME TO away").await.expect("the table is there");
    app.sql("ALTER TABLE settings RENAME TO elsewhere").await.expect("the table is there");
    for path in ["/users", "/profile", "/", "/api/v1/items", "/audit.csv"] {
        let reply = app.get(path).await;
        let text = reply.text();
        assert_eq!(reply.status, 500, "{path}: {text}");
        for detail in ["settings", "revisions", "table", "sqlx", "database", "anna"] {
            assert!(!text.contains(detail), "{path} tells {detail}: {text}");
        }
        let id = reply.header("x-request-id");
        assert!(id.len() == 36 && text.contains(id), "{path} does not tell {id}: {text}");
    }
    let entered = app.asked_by("").post_form("/sign-in", &[("name", "anna"), ("password", PASSWORD)]).await;
    assert_eq!((entered.status, entered.header("set-cookie")), (500, ""));
}
