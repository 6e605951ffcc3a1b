//! A clock that is far ahead deletes and revokes nothing, until somebody says that it is right.

use contract::access::{Role, Scope};
use contract::accounts::{AccountsApi, NewToken};
use server::services::acting::Caller;
use tests::{TestApp, on_every_database};

const DAY_S: i64 = 24 * 3600;
const FOUR_YEARS_S: i64 = 4 * 365 * DAY_S;

/// Rows of each kind that time ends.
async fn rows(app: &TestApp) -> [i64; 5] {
    [
        app.number("SELECT COUNT(*) FROM audit").await,
        app.number("SELECT COUNT(*) FROM sessions").await,
        app.number("SELECT COUNT(*) FROM devices").await,
        app.number("SELECT COUNT(*) FROM api_tokens WHERE revoked_at IS NULL").await,
        app.number("SELECT COUNT(*) FROM one_time_links").await,
    ]
}

/// A plant with something of everything that time ends: a session and a token.
async fn something_of_all(app: &TestApp) -> (String, String) {
    let session = app.person("anna", Role::Admin).await;
    let caller = app.services.by_session(&session).await.expect("the database works");
    let new = NewToken { name: "erp".into(), scopes: vec![Scope::Read], days: 366 };
    let token = app.services.acting(caller, None).make_token(new).await.expect("admins make tokens").secret;
    app.services.sign_in_link("anna").await.expect("the database works").expect("anna is there");
    (session, token)
}

async fn is_in(app: &TestApp, session: &str, token: &str) -> (bool, bool) {
    let by_session = app.services.by_session(session).await.expect("the database works");
    let by_token = app.services.by_api_token(token).await.expect("the database works");
    (by_session != Caller::Anonymous, by_token != Caller::Anonymous)
}

#[tokio::test]
async fn a_start_four_years_ahead_takes_nothing_away() {
    on_every_database(async |app: TestApp| {
        let (session, token) = something_of_all(&app).await;
        for has_been_kept in [false, true] {
            if has_been_kept {
                app.services.sweep().await.expect("nothing is old");
            }
            let before = rows(&app).await;
            let ahead = app.restarted_in_place().await;
            ahead.jump_s(FOUR_YEARS_S);
            ahead.services.sweep().await.expect("the clock is not believed");
            assert_eq!(is_in(&ahead, &session, &token).await, (false, false), "by this clock both are over");
            ahead.services.sweep().await.expect("the clock is not believed");
            assert_eq!(rows(&ahead).await, before, "kept: {has_been_kept}");
            // Even who signs in now makes nothing old of the rest.
            let wrong = ahead.sign_in("anna", tests::PASSWORD).await;
            ahead.services.sweep().await.expect("the clock is not believed");
            assert_eq!(rows(&ahead).await[3], before[3]);
            ahead.jump_s(-FOUR_YEARS_S);
            let right = app.restarted_in_place().await;
            assert_eq!(is_in(&right, &session, &token).await, (true, true), "both serve again");
            assert!(!is_in(&right, &wrong, &token).await.0, "a session of the future is none");
            right.services.sweep().await.expect("nothing is old");
            assert_eq!(rows(&right).await[3..], before[3..]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_jump_while_it_serves_is_shown_to_admins_and_ends_by_their_word() {
    on_every_database(async |app: TestApp| {
        something_of_all(&app).await;
        app.services.sweep().await.expect("nothing is old");
        app.jump_s(FOUR_YEARS_S);
        app.services.sweep().await.expect("the clock is not believed");
        let (admin, planner) = (app.sign_in("anna", tests::PASSWORD).await, app.person("paul", Role::Planner).await);
        let app = app.asked_by(&planner);
        assert!(!app.get("/").await.text().contains("clock-held"), "others can do nothing about it");
        assert_eq!(app.post_form("/settings/clock", &[]).await.status, 403);
        let app = app.asked_by(&admin);
        for (language, words) in [("en", "clock may be wrong"), ("ko", "시계가 틀렸을 수 있습니다")] {
            for path in ["/", "/audit"] {
                let page = app.get_with(path, &[("accept-language", language)]).await.text();
                assert!(page.contains(words) && page.contains("href=\"/settings#clock\""), "{path}: {page}");
            }
        }
        let settings = app.get("/settings").await.text();
        assert!(settings.contains("action=\"/settings/clock\"") && settings.contains("2026-01-01"), "{settings}");
        let n_lines = app.number("SELECT COUNT(*) FROM audit").await;
        assert!(n_lines > 2);

        let done = app.post_form("/settings/clock", &[]).await;
        assert_eq!((done.status, done.header("location")), (303, "/settings?done=clock-confirmed"));
        assert!(!app.get("/settings").await.text().contains("/settings/clock"));
        assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'confirm_clock'").await, 1);
        app.services.sweep().await.expect("what is old goes");
        assert_eq!(app.number("SELECT COUNT(*) FROM api_tokens WHERE revoked_at IS NULL").await, 0);
        assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE at < '2027'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn two_weeks_off_are_no_jump() {
    on_every_database(async |app: TestApp| {
        let (session, token) = something_of_all(&app).await;
        app.services.sweep().await.expect("nothing is old");
        app.jump_s(13 * DAY_S);
        app.services.sweep().await.expect("the sessions are old");
        assert_eq!(is_in(&app, &session, &token).await, (false, true));
        assert_eq!(rows(&app).await[1], 0, "sessions that are over end");
    })
    .await;
}

#[tokio::test]
async fn the_database_itself_asks_for_the_instant_that_is_believed() {
    on_every_database(async |app: TestApp| {
        app.person("kim", Role::Viewer).await;
        // The clock of the database is months ahead of that of these tests.
        let error = app.sql("DELETE FROM audit").await.expect_err("nothing is believed yet");
        assert!(error.contains("audit lines are kept"), "{error}");
        app.services.sweep().await.expect("nothing is old");
        let error = app.sql("DELETE FROM audit").await.expect_err("the lines are young by the believed instant");
        assert!(error.contains("audit lines are kept"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn the_command_shows_and_confirms() {
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    let status = async || tests::cli::run(folder.path(), &["clock", "status"]).await.ok();
    assert_eq!(status().await, "the clock is believed\n");
    let old = "sqlite://".to_owned() + &folder.path().join("cli.sqlite").to_string_lossy();
    let mut connection = <sqlx::AnyConnection as sqlx::Connection>::connect(&old).await.expect("it opens");
    sqlx::query("UPDATE clock SET trusted_ms = 1500000000000").execute(&mut connection).await.expect("it is there");
    assert!(status().await.contains("far beyond 2017-07-14"));
    tests::cli::run(folder.path(), &["clock", "confirm"]).await.ok();
    assert_eq!(status().await, "the clock is believed\n");
}
