//! Which passwords are taken, how they are kept, how long they last.

use contract::access::Role;
use contract::accounts::{AccountsApi, UserChange, UserQuery};
use contract::sign_in::{PasswordFault, PasswordRefusal, SignInRefusal};
use server::auth::password::{Cost, Passwords};
use server::services::acting::Caller;
use tests::{PASSWORD, TestApp, arrival, on_every_database};

const DAY_S: i64 = 24 * 3600;

/// Gives a person another password.
async fn change(app: &TestApp, name: &str, old: &str, new: &str) -> Result<(), PasswordRefusal> {
    let caller = app.services.by_session(&app.sign_in(name, old).await).await.expect("the database works");
    let acting = app.services.acting(caller, None);
    acting.change_password(old, new, new, &arrival()).await.expect("the person is in").map(|_| ())
}

#[tokio::test]
async fn sixty_four_characters_of_any_composition_are_taken_exactly_as_they_are() {
    let app = TestApp::on_sqlite().await;
    app.person("kim", Role::Viewer).await;
    let mut old = PASSWORD.to_owned();
    let long: String = (0..64_u32).map(|n| char::from(b'a' + (n * n % 23) as u8)).collect();
    let composed = [long.as_str(), "94817203561", "qzmwxvkjthgp", "분해조립순서와길이", "  violet gasket \u{1f527}  "];
    for new in composed {
        change(&app, "kim", &old, new).await.unwrap_or_else(|refusal| panic!("{new}: {refusal:?}"));
        // Nothing is cut off and no case is forgotten.
        for like in [&new[..new.len() - new.chars().last().map_or(0, char::len_utf8)], &format!("{new} ")] {
            let refused = app.services.sign_in("kim", like, &arrival()).await.expect("the database works").err();
            assert_eq!(refused, Some(SignInRefusal::Wrong), "{like}");
        }
        old = new.to_owned();
    }
    change(&app, "kim", &old, &long).await.expect("it is long enough");
    let shouted = app.services.sign_in("kim", &long.to_uppercase(), &arrival()).await.expect("the database works");
    assert_eq!(shouted.err(), Some(SignInRefusal::Wrong));
}

#[tokio::test]
async fn words_of_this_place_are_refused_as_a_new_password() {
    let app = TestApp::on_sqlite().await;
    app.person("kim young ho", Role::Viewer).await;
    for (new, fault) in [
        ("routing-ml-2025", PasswordFault::LikeName),
        ("라우팅123456", PasswordFault::LikeName),
        ("KimYoungHo2025!", PasswordFault::LikeName),
        ("생산관리생산관리", PasswordFault::Common),
        ("password123", PasswordFault::Common),
    ] {
        assert_eq!(change(&app, "kim young ho", PASSWORD, new).await, Err(PasswordRefusal::New(fault)), "{new}");
    }
}

#[tokio::test]
async fn a_hash_of_an_older_cost_is_renewed_when_its_person_signs_in() {
    on_every_database(async |app| {
        app.person("kim", Role::Viewer).await;
        let other = Passwords::new(Cost::STANDARD).expect("there is randomness");
        let stored = other.hash(PASSWORD).await.expect("hashing works");
        app.sql(&format!("UPDATE users SET password_hash = '{stored}' WHERE name = 'kim'"))
            .await
            .expect("kim is there");
        let wrong = app.services.sign_in("kim", "not the password", &arrival()).await.expect("the database works");
        assert_eq!(wrong.err(), Some(SignInRefusal::Wrong));
        assert!(app.dump().await.contains(&stored), "only the right password renews it");
        app.sign_in("kim", PASSWORD).await;
        assert!(!app.dump().await.contains(&stored), "it is of this server's cost now");
        app.sign_in("kim", PASSWORD).await;
    })
    .await;
}

#[tokio::test]
async fn a_password_lasts_until_its_person_changes_it() {
    let app = TestApp::on_sqlite().await;
    app.person("kim", Role::Viewer).await;
    app.jump_s(10 * 365 * DAY_S);
    let session = app.sign_in("kim", PASSWORD).await;
    let caller = app.services.by_session(&session).await.expect("the database works");
    assert!(matches!(caller, Caller::Person { must_change_password: false, .. }), "{caller:?}");
}

#[tokio::test]
async fn a_temporary_password_lets_nobody_in_after_a_week_and_cannot_stay() {
    on_every_database(async |app| {
        app.person("kim", Role::Viewer).await;
        let console = app.services.acting(Caller::Console, None);
        let reset = async || {
            let page =
                console.users(UserQuery { q: "kim".into(), ..UserQuery::default() }).await.expect("kim is there");
            let (id, revision) = (page.users[0].id.clone(), page.users[0].revision);
            let changed = console.change_user(id, revision, UserChange::ResetPassword).await.expect("kim is active");
            changed.temporary_password.expect("it is shown once")
        };
        let temporary = reset().await;
        let fault = PasswordRefusal::New(PasswordFault::SameAsOld);
        assert_eq!(change(&app, "kim", &temporary, &temporary).await, Err(fault));
        app.jump_s(7 * DAY_S + 60);
        let late = app.services.sign_in("kim", &temporary, &arrival()).await.expect("the database works");
        assert_eq!(late.err(), Some(SignInRefusal::Expired));
        let temporary = reset().await;
        app.jump_s(6 * DAY_S);
        change(&app, "kim", &temporary, "a new long one").await.expect("it is in time");
        app.jump_s(30 * DAY_S);
        app.sign_in("kim", "a new long one").await;
    })
    .await;
}
