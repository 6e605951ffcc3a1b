//! Signing in and up, the first admin, links that work once, a new password.

use contract::access::Role;
use contract::accounts::{AccountsApi, UserChange, UserQuery};
use contract::sign_in::{NameFault, PasswordFault, PasswordRefusal, SignInRefusal, SignUpRefusal};
use server::services::accounts::Arrival;
use server::services::acting::Caller;
use tests::{PASSWORD, TestApp, arrival, on_every_database};

/// The value of a cookie that a reply sets.
fn cookie(reply: &tests::Reply, name: &str) -> Option<String> {
    let lines = reply.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.filter_map(|line| line.split(';').next()?.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

#[tokio::test]
async fn a_form_signs_in_and_another_signs_out() {
    on_every_database(async |app| {
        app.person("kim", Role::Planner).await;
        let nobody = app.asked_by("");
        let page = nobody.get("/predict?code=A").await;
        assert_eq!((page.status, page.header("location")), (303, "/sign-in?next=%2Fpredict%3Fcode%3DA"));
        let wrong = nobody.post_form("/sign-in", &[("name", "kim"), ("password", "wrong wrong")]).await;
        assert_eq!((wrong.status, wrong.header("cache-control")), (401, "no-store"));
        assert!(wrong.headers.get("set-cookie").is_none() && !wrong.text().contains("wrong wrong"));

        let fields = [("name", " KIM "), ("password", PASSWORD), ("next", "/predict?code=A")];
        let reply = nobody.post_form("/sign-in", &fields).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/predict?code=A"));
        let lines: Vec<&str> = reply.headers.get_all("set-cookie").iter().filter_map(|l| l.to_str().ok()).collect();
        assert!(
            lines.iter().all(|line| line.contains("HttpOnly; SameSite=Lax") && line.contains("Path=/")),
            "{lines:?}"
        );
        let session = cookie(&reply, "session").expect("a session begins");
        let kim = nobody.asked_by(&session);
        assert!(kim.get("/profile").await.text().contains("kim"));

        let out = kim.post_form("/sign-out", &[]).await;
        assert_eq!((out.status, out.header("location")), (303, "/signed-out"));
        assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
        assert_eq!(cookie(&out, "session").as_deref(), Some(""));
        assert_eq!(kim.get("/profile").await.header("location"), "/sign-in?next=%2Fprofile");
    })
    .await;
}

#[tokio::test]
async fn another_site_is_no_place_to_go_after_signing_in() {
    let app = TestApp::on_sqlite().await;
    app.person("kim", Role::Planner).await;
    let nobody = app.asked_by("");
    for next in ["//evil.example", "https://evil.example", "/\\evil.example", ""] {
        let fields = [("name", "kim"), ("password", PASSWORD), ("next", next)];
        assert_eq!(nobody.post_form("/sign-in", &fields).await.header("location"), "/", "{next}");
    }
}

#[tokio::test]
async fn a_session_that_was_planted_ends_when_somebody_signs_in() {
    let app = TestApp::on_sqlite().await;
    let planted = app.person("mallory", Role::Viewer).await;
    app.person("kim", Role::Planner).await;
    let victim = app.asked_by(&planted);
    let reply = victim.post_form("/sign-in", &[("name", "kim"), ("password", PASSWORD)]).await;
    let own = cookie(&reply, "session").expect("a session begins");
    assert_ne!(own, planted);
    assert_eq!(victim.get("/profile").await.status, 303, "the planted session has ended");
    assert_eq!(victim.asked_by(&own).get("/profile").await.status, 200);
}

#[tokio::test]
async fn nothing_that_is_stored_lets_anybody_in() {
    on_every_database(async |app| {
        let session = app.person("kim", Role::Admin).await;
        let link = app.services.sign_in_link("kim").await.expect("the database works").expect("kim is there");
        let stored = app.dump().await;
        assert!(stored.contains("$argon2id$v=19$"), "passwords are kept as argon2id with their parameters");
        for secret in [PASSWORD, session.as_str(), link.reveal().as_str()] {
            assert!(!stored.contains(secret), "a secret is stored");
        }
        // Whatever text is in the dump, it is no session, no token and no link.
        for value in stored.split(['\n', '\t', '"']).filter(|value| value.len() >= 32) {
            assert_eq!(app.services.by_session(value).await.expect("the database works"), Caller::Anonymous);
            assert_eq!(app.services.by_api_token(value).await.expect("the database works"), Caller::Anonymous);
            let by_link = app.services.sign_in_by_link(value, &arrival()).await.expect("the database works");
            assert_eq!(by_link.err(), Some(SignInRefusal::LinkUsed));
        }
    })
    .await;
}

#[tokio::test]
async fn who_signs_up_waits_for_an_admin() {
    on_every_database(async |app| {
        app.person("anna", Role::Admin).await;
        let nobody = app.asked_by("");
        let fields = [("name", "new one"), ("password", PASSWORD), ("password_again", PASSWORD)];
        assert_eq!(nobody.post_form("/sign-up", &fields).await.header("location"), "/waiting");
        let sign_in = [("name", "new one"), ("password", PASSWORD)];
        let reply = nobody.post_form("/sign-in", &sign_in).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/waiting"));
        assert!(cookie(&reply, "session").is_none());
        // A wrong password tells nothing of who waits.
        let reply = nobody.post_form("/sign-in", &[("name", "new one"), ("password", "another one")]).await;
        assert_eq!(reply.status, 401);

        let console = nobody.services.acting(Caller::Console, None);
        let page = console.users(UserQuery::default()).await.expect("the database works");
        assert_eq!((page.n_pending, page.users[0].name.as_str(), page.users[0].role), (1, "new one", Role::Viewer));
        let (id, revision) = (page.users[0].id.clone(), page.users[0].revision);
        console.change_user(id, revision, UserChange::Approve(Role::Planner)).await.expect("it waits");
        let reply = nobody.post_form("/sign-in", &sign_in).await;
        assert!(cookie(&reply, "session").is_some());
    })
    .await;
}

#[tokio::test]
async fn names_and_passwords_that_cannot_be_are_refused_and_say_why() {
    let app = TestApp::on_sqlite().await;
    app.person("anna", Role::Admin).await;
    let up = async |name: &str, password: &str, again: &str| {
        app.services.sign_up(name, password, again, &arrival()).await.expect("the database works").err()
    };
    let password = SignUpRefusal::Password;
    assert_eq!(up("kim", "short", "short").await, Some(password(PasswordFault::TooShort { least: 8 })));
    assert_eq!(up("kim", PASSWORD, "another one").await, Some(password(PasswordFault::NotRepeated)));
    assert_eq!(up("kim", "password123", "password123").await, Some(password(PasswordFault::Common)));
    assert_eq!(up("kim young ho", "Kim Young Ho1", "Kim Young Ho1").await, Some(password(PasswordFault::LikeName)));
    assert_eq!(up("k", PASSWORD, PASSWORD).await, Some(SignUpRefusal::Name(NameFault::Length)));
    assert_eq!(up("<b>kim</b>", PASSWORD, PASSWORD).await, Some(SignUpRefusal::Name(NameFault::Characters)));
    assert_eq!(up("ANNA", PASSWORD, PASSWORD).await, Some(SignUpRefusal::Name(NameFault::Taken)));
}

#[tokio::test]
async fn the_first_admin_comes_by_a_link_that_works_once() {
    on_every_database(async |app| {
        let app = app.empty().await;
        let old = app.services.setup_link().await.expect("the database works").expect("there is nobody");
        let link = app.services.setup_link().await.expect("the database works").expect("there is nobody").reveal();
        let set_up = async |key: &str, name: &str| {
            app.services.set_up(key, name, PASSWORD, PASSWORD, &arrival()).await.expect("the database works")
        };
        assert_eq!(
            set_up(&old.reveal(), "anna").await.err(),
            Some(SignUpRefusal::LinkUsed),
            "a newer link replaced it"
        );
        assert_eq!(set_up("", "anna").await.err(), Some(SignUpRefusal::LinkUsed));
        assert_eq!(set_up(&link, "a").await.err(), Some(SignUpRefusal::Name(NameFault::Length)));
        let entered = set_up(&link, "anna").await.expect("the link is good");
        let caller = app.services.by_session(&entered.session.reveal()).await.expect("the database works");
        assert!(matches!(caller, Caller::Person { role: Role::Admin, .. }), "{caller:?}");
        assert_eq!(set_up(&link, "bert").await.err(), Some(SignUpRefusal::LinkUsed));
        assert!(app.services.setup_link().await.expect("the database works").is_none(), "there is somebody now");
    })
    .await;
}

#[tokio::test]
async fn a_link_is_too_old_after_a_day() {
    let app = TestApp::on_sqlite().await;
    app.person("kim", Role::Viewer).await;
    let link = app.services.sign_in_link("kim").await.expect("the database works").expect("kim is there").reveal();
    app.jump_s(25 * 3600);
    let late = app.services.sign_in_by_link(&link, &arrival()).await.expect("the database works");
    assert_eq!(late.err(), Some(SignInRefusal::LinkUsed));
}

#[tokio::test]
async fn a_temporary_password_is_replaced_before_anything_else() {
    on_every_database(async |app| {
        app.person("anna", Role::Admin).await;
        let before = app.person("kim", Role::Planner).await;
        let console = app.services.acting(Caller::Console, None);
        let page = console.users(UserQuery { q: "kim".into(), ..UserQuery::default() }).await.expect("kim is there");
        let kim = &page.users[0];
        let change = UserChange::ResetPassword;
        let changed = console.change_user(kim.id.clone(), kim.revision, change).await.expect("kim is active");
        let temporary = changed.temporary_password.expect("it is shown once");
        assert!(changed.user.must_change_password && changed.user.n_sessions == 0);
        let nobody = app.asked_by(&before);
        assert_eq!(nobody.get("/profile").await.status, 303, "the old session has ended");

        let reply = nobody.post_form("/sign-in", &[("name", "kim"), ("password", &temporary)]).await;
        assert_eq!(reply.header("location"), "/password");
        let kim = nobody.asked_by(&cookie(&reply, "session").expect("a session begins"));
        assert_eq!(kim.get("/").await.header("location"), "/password");
        assert_eq!(kim.get("/password").await.status, 200);
        kim.get("/api/v1/items").await.expect_error(403, "password_change_needed");
        let fields =
            [("old", temporary.as_str()), ("password", "a new long one"), ("password_again", "a new long one")];
        let reply = kim.post_form("/password", &fields).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/"));
        assert_eq!(kim.get("/password").await.status, 303, "the session before the change has ended");
        let kim = kim.asked_by(&cookie(&reply, "session").expect("another session begins"));
        assert_eq!(kim.get("/").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_all_sessions() {
    on_every_database(async |app| {
        let elsewhere = app.person("kim", Role::Planner).await;
        let here = app.sign_in("kim", PASSWORD).await;
        let caller = app.services.by_session(&here).await.expect("the database works");
        let kim = app.services.acting(caller, None);
        let change = async |old: &str, new: &str, again: &str| {
            kim.change_password(old, new, again, &arrival()).await.expect("kim is in").map(|entered| entered.session)
        };
        let refused = async |old: &str, new: &str, again: &str| change(old, new, again).await.err();
        let new = "quite another one";
        assert_eq!(refused("wrong", new, new).await, Some(PasswordRefusal::WrongOld));
        let fault = PasswordRefusal::New(PasswordFault::SameAsOld);
        assert_eq!(refused(PASSWORD, PASSWORD, PASSWORD).await, Some(fault));
        let session = change(PASSWORD, new, new).await.expect("it is right");
        for old in [&elsewhere, &here] {
            assert_eq!(app.services.by_session(old).await.expect("the database works"), Caller::Anonymous);
        }
        let caller = app.services.by_session(&session.reveal()).await.expect("the database works");
        assert!(matches!(caller, Caller::Person { .. }));
        let old = app.services.sign_in("kim", PASSWORD, &arrival()).await.expect("the database works");
        assert_eq!(old.err(), Some(SignInRefusal::Wrong));
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down_and_locks_nobody_out_on_his_own_device() {
    let app = TestApp::on_sqlite().await;
    app.person("kim", Role::Planner).await;
    let known =
        app.services.sign_in("kim", PASSWORD, &arrival()).await.expect("the database works").expect("kim is in");
    let attacker = Arrival { address: "203.0.113.9".parse().expect("an address"), ..arrival() };
    let mut refusals = Vec::new();
    for _ in 0..12 {
        let refused = app.services.sign_in("kim", "a guess at it", &attacker).await.expect("the database works");
        refusals.push(refused.expect_err("the guess is wrong"));
    }
    assert!(refusals[..5].iter().all(|refusal| *refusal == SignInRefusal::Wrong), "{refusals:?}");
    assert!(refusals[5..].iter().any(|refusal| matches!(refusal, SignInRefusal::Wait { .. })), "{refusals:?}");
    // Even with the attacker's own address in between, the known device is let in.
    let device = Some(known.device.reveal());
    let home = Arrival { address: attacker.address, device, ..arrival() };
    assert!(app.services.sign_in("kim", PASSWORD, &home).await.expect("the database works").is_ok());
    // And so is the owner elsewhere.
    assert!(app.services.sign_in("kim", PASSWORD, &arrival()).await.expect("the database works").is_ok());
}
