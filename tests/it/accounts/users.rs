//! What admins do to people and settings, and what becomes of it when two do it at once.

use contract::access::Role;
use contract::accounts::{AccountsApi, UserChange, UserLine, UserQuery, UserState};
use contract::error::ApiError;
use contract::settings::{Settings, SettingsApi};
use contract::sign_in::{NameFault, SignUpRefusal};
use server::services::acting::{Acting, Caller};
use tests::{PASSWORD, on_every_database};

async fn find(acting: &Acting, name: &str) -> UserLine {
    let page = acting.users(UserQuery { q: name.into(), ..UserQuery::default() }).await.expect("an admin asks");
    page.users.into_iter().find(|user| user.name == name).expect("somebody has the name")
}

#[tokio::test]
async fn a_change_on_an_old_state_is_refused_with_both_versions() {
    on_every_database(async |app| {
        let admin = app.person("anna", Role::Admin).await;
        app.person("kim", Role::Viewer).await;
        let console = app.services.acting(Caller::Console, None);
        let kim = find(&console, "kim").await;
        let change = async |change| console.change_user(kim.id.clone(), kim.revision, change).await;
        change(UserChange::SetRole(Role::Planner)).await.expect("the first is in time");
        let error = change(UserChange::SetRole(Role::Reviewer)).await.expect_err("the second is late");
        let (yours, theirs) = ("set_role reviewer".to_owned(), "planner active".to_owned());
        assert_eq!(error, ApiError::Stale { object: "kim".into(), yours, theirs });
        // The form says the same with the status of a conflict, and keeps nothing.
        let app = app.asked_by(&admin);
        let revision = kim.revision.to_string();
        let fields = [("act", "disable"), ("id", kim.id.as_str()), ("revision", revision.as_str())];
        assert_eq!(app.post_form("/users", &fields).await.status, 409);
        assert_eq!(find(&console, "kim").await.role, Role::Planner);
    })
    .await;
}

#[tokio::test]
async fn the_last_admin_stays_and_nobody_shuts_himself_out() {
    on_every_database(async |app| {
        let session = app.person("anna", Role::Admin).await;
        let caller = app.services.by_session(&session).await.expect("the database works");
        let anna = app.services.acting(caller, None);
        let me = find(&anna, "anna").await;
        let mut expected = Vec::new();
        for change in [UserChange::Disable, UserChange::SetRole(Role::Viewer)] {
            match anna.change_user(me.id.clone(), me.revision, change).await {
                Err(ApiError::Invalid { expected: what, .. }) => expected.push(what),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(expected, ["another_admin", "another_admin"]);
        app.person("bert", Role::Admin).await;
        let error = anna.change_user(me.id, me.revision, UserChange::Disable).await.expect_err("it is herself");
        assert!(matches!(error, ApiError::Invalid { expected, .. } if expected == "another_person"));
    })
    .await;
}

#[tokio::test]
async fn changes_go_with_the_state() {
    on_every_database(async |app| {
        app.person("anna", Role::Admin).await;
        let session = app.person("kim", Role::Planner).await;
        let console = app.services.acting(Caller::Console, None);
        let change = async |change| {
            let kim = find(&console, "kim").await;
            console.change_user(kim.id, kim.revision, change).await.map(|changed| changed.user.state)
        };
        assert_eq!(change(UserChange::Reject).await.expect_err("kim does not wait").code(), "invalid");
        assert_eq!(change(UserChange::Approve(Role::Admin)).await.expect_err("kim is in").code(), "invalid");
        assert_eq!(change(UserChange::EndSessions).await, Ok(UserState::Active));
        assert_eq!(app.services.by_session(&session).await.expect("the database works"), Caller::Anonymous);
        assert_eq!(change(UserChange::Disable).await, Ok(UserState::Disabled));
        assert_eq!(change(UserChange::ResetPassword).await.expect_err("kim is out").code(), "invalid");
        assert_eq!(change(UserChange::Approve(Role::Viewer)).await, Ok(UserState::Active));
        assert_eq!(find(&console, "kim").await.role, Role::Viewer);
    })
    .await;
}

#[tokio::test]
async fn settings_are_kept_within_their_ranges_and_by_revision() {
    on_every_database(async |app| {
        let session = app.person("anna", Role::Admin).await;
        let app = app.asked_by(&session);
        let numbers = [
            ("session_idle_min", "30"),
            ("session_most_h", "12"),
            ("audit_kept_days", "365"),
            ("predictions_kept_days", "0"),
            ("artefacts_kept_mb", "500"),
            ("zone", "Europe/Vienna"),
        ];
        let saved = app.post_form("/settings", &[&[("revision", "0")][..], &numbers].concat()).await;
        assert_eq!((saved.status, saved.header("location")), (303, "/settings?done=settings-saved"));
        let late = app.post_form("/settings", &[&[("revision", "0")][..], &numbers].concat()).await;
        assert_eq!(late.status, 409);
        let wrong = [
            ("revision", "1"),
            ("session_idle_min", "x"),
            ("session_most_h", "12"),
            ("audit_kept_days", "365"),
            ("predictions_kept_days", "0"),
            ("artefacts_kept_mb", "500"),
        ];
        assert_eq!(app.post_form("/settings", &wrong).await.status, 422);
        let nowhere = [&[("revision", "1")][..], &numbers[..5], &[("zone", "Atlantis/Poseidonis")]].concat();
        let refused = app.post_form("/settings", &nowhere).await;
        assert!(refused.status == 422 && refused.text().contains("Asia/Seoul"), "{}", refused.status);
        let wrong =
            &[&[("revision", "1")][..], &numbers[..3], &[("predictions_kept_days", ""), ("artefacts_kept_mb", "500")]]
                .concat();
        assert_eq!(app.post_form("/settings", wrong).await.status, 422, "no number is not for ever");
        let kept = app.services.acting(Caller::Console, None).settings().await.expect("the console may");
        let expected = Settings {
            may_sign_up: false,
            may_approve_own: false,
            session_idle_min: 30,
            session_most_h: 12,
            audit_kept_days: 365,
            zone: "Europe/Vienna".into(),
            predictions_kept_days: 0,
            artefacts_kept_mb: 500,
        };
        assert_eq!((kept.settings, kept.revision), (expected, 1));
        assert_eq!(app.asked_by("").post_form("/sign-up", &[("name", "kim")]).await.status, 403, "nobody may sign up");
    })
    .await;
}

#[tokio::test]
async fn a_name_that_looks_like_anothers_is_refused_wherever_it_comes_from() {
    on_every_database(async |app| {
        let session = app.person("anna", Role::Admin).await;
        app.person("김영호", Role::Viewer).await;
        let console = app.services.acting(Caller::Console, None);
        // Cyrillic letters, then Greek ones in capitals.
        for like in ["аnnа", "ΑΝΝΑ"] {
            let error = console.add_user(like, Role::Viewer, PASSWORD, false).await.expect_err("it looks like anna");
            assert!(error.to_string().contains("a_name_that_looks_like_no_other"), "{error}");
            let arrival = tests::arrival();
            let refused = app.services.sign_up(like, PASSWORD, PASSWORD, &arrival).await.expect("the database works");
            assert_eq!(refused, Err(SignUpRefusal::Name(NameFault::LooksTaken)));
        }
        let app = app.asked_by(&session);
        let people = "name,role\nаnnа,viewer\nanne,viewer\nаnne,viewer\n";
        app.post_form("/users/import", &[("text", people), ("confirm", "yes")]).await;
        let page = console.users(UserQuery::default()).await.expect("the console may");
        let names: Vec<&str> = page.users.iter().map(|user| user.name.as_str()).collect();
        assert_eq!(names, ["anna", "anne", "tester", "김영호"]);
    })
    .await;
}
