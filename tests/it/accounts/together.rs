//! Many at once, and some that are cut off: nothing is lost, doubled or half done.

use std::collections::BTreeSet;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use contract::access::Role;
use contract::accounts::{AccountsApi, UserChange, UserQuery};
use contract::audit::{AuditApi, AuditQuery};
use contract::error::ApiError;
use contract::settings::{Settings, SettingsApi};
use server::services::acting::Caller;
use tests::{PASSWORD, TestApp, arrival, on_every_database};
use tokio::task::JoinSet;

const WRITERS: usize = 16;
const EACH: usize = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_writers_lose_nothing_and_double_nothing() {
    on_every_database(async |app| {
        let admin = app.services.acting(Caller::Console, None);
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            let admin = admin.clone();
            writers.spawn(async move {
                let mut saved = 0;
                for at in 0..EACH {
                    // Two writers try each name; one of them gets it.
                    let name = format!("user {} {at}", writer / 2);
                    match admin.add_user(&name, Role::Viewer, PASSWORD, false).await {
                        Ok(()) => saved += 1,
                        Err(ApiError::Invalid { expected, .. }) => assert_eq!(expected, "a_name_that_nobody_has"),
                        Err(error) => panic!("{error}"),
                    }
                    // Everybody adds one to a setting, and tries again when somebody was faster.
                    loop {
                        let kept = admin.settings().await.expect("the database answers");
                        let next = Settings { audit_kept_days: kept.settings.audit_kept_days + 1, ..kept.settings };
                        match admin.change_settings(kept.revision, next).await {
                            Ok(_) => break,
                            Err(ApiError::Stale { .. }) => {}
                            Err(error) => panic!("{error}"),
                        }
                    }
                }
                saved
            });
        }
        let mut n_saved = 0;
        while let Some(saved) = writers.join_next().await {
            n_saved += saved.expect("no writer panics");
        }
        assert_eq!(n_saved, WRITERS / 2 * EACH);
        let kept = admin.settings().await.expect("the database answers");
        let n_changes = u32::try_from(WRITERS * EACH).expect("a small number");
        assert_eq!(kept.settings.audit_kept_days, Settings::default().audit_kept_days + n_changes);
        assert_eq!(kept.revision, i64::from(n_changes));
        let users = admin.users(UserQuery { q: "user ".into(), ..UserQuery::default() }).await.expect("it answers");
        assert_eq!(users.total, n_saved);
        // One line for each change that was made, and none for those that were refused as stale.
        let mut n_lines = 0;
        let mut query = AuditQuery { action: "change_settings".into(), ..AuditQuery::default() };
        let mut ids = BTreeSet::new();
        loop {
            let page = admin.audit(query.clone()).await.expect("it answers");
            n_lines += page.lines.len();
            ids.extend(page.lines.into_iter().map(|line| line.id));
            match page.next {
                Some(next) => query.before_id = next,
                None => break,
            }
        }
        assert_eq!((n_lines, ids.len()), (WRITERS * EACH, WRITERS * EACH));
    })
    .await;
}

/// Polls a future at most `n` times, as long as it takes each time, and drops it then: what a killed process leaves.
async fn cut_off<T>(n: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut n_left = n;
    std::future::poll_fn(move |context: &mut Context<'_>| {
        if n_left == 0 {
            return Poll::Ready(None);
        }
        n_left -= 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}

/// Runs `work` cut off after 1, 2, 3 … polls until it runs to its end, a few rounds of it, because how much one poll
/// does is up to the machine; `prepare` runs whole before each, and after it `check` looks at what is there.
async fn cut_everywhere<P, T>(
    prepare: impl AsyncFn(usize) -> P,
    work: impl AsyncFn(usize, P) -> T,
    check: impl AsyncFn(usize),
) {
    let (mut n_cut, mut n_whole, mut n_polls) = (0, 0, 0);
    for at in 1..200 {
        n_polls += 1;
        let prepared = prepare(at).await;
        let ended = cut_off(n_polls, work(at, prepared)).await.is_some();
        check(at).await;
        if ended {
            (n_whole, n_polls) = (n_whole + 1, 0);
        } else {
            n_cut += 1;
        }
        if n_whole >= 2 && n_cut >= 6 {
            return;
        }
    }
    panic!("cut off {n_cut} times and whole {n_whole} times");
}

async fn n_lines(app: &TestApp, action: &str, object: &str) -> usize {
    let query = AuditQuery { action: action.into(), object: object.into(), ..AuditQuery::default() };
    let console = app.services.acting(Caller::Console, None);
    console.audit(query).await.expect("it answers").lines.into_iter().filter(|line| line.object == object).count()
}

#[tokio::test]
async fn signing_up_is_whole_or_not_at_all() {
    on_every_database(async |app| {
        app.person("anna", Role::Admin).await;
        let console = app.services.acting(Caller::Console, None);
        cut_everywhere(
            // Enough time between them for the limit on signing up.
            async |_| app.jump_s(3600),
            async |n, ()| {
                app.services.sign_up(&format!("new {n}"), PASSWORD, PASSWORD, &arrival()).await.map(|done| done.is_ok())
            },
            async |n| {
                let name = format!("new {n}");
                let page =
                    console.users(UserQuery { q: name.clone(), ..UserQuery::default() }).await.expect("it answers");
                let n_users = page.users.iter().filter(|user| user.name == name).count();
                assert_eq!(n_users, n_lines(&app, "sign_up", &name).await, "a person and its line come together");
            },
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn an_approval_is_whole_or_not_at_all() {
    on_every_database(async |app| {
        app.person("anna", Role::Admin).await;
        app.person("kim", Role::Viewer).await;
        let console = app.services.acting(Caller::Console, None);
        let kim = async || {
            let page = console.users(UserQuery { q: "kim".into(), ..UserQuery::default() }).await.expect("it answers");
            page.users.into_iter().next().expect("kim is there")
        };
        let begin = kim().await.revision;
        cut_everywhere(
            async |_| kim().await,
            async |_, now| {
                let change = if now.role == Role::Viewer { Role::Planner } else { Role::Viewer };
                console.change_user(now.id, now.revision, UserChange::SetRole(change)).await.map(|_| ())
            },
            async |_| {
                let n_changes = usize::try_from(kim().await.revision - begin).expect("it only goes up");
                assert_eq!(n_changes, n_lines(&app, "set_role", "kim").await, "a change and its line come together");
            },
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_new_password_is_whole_or_not_at_all() {
    on_every_database(async |app| {
        app.person("kim", Role::Viewer).await;
        let password = |n: usize| format!("the password number {n}");
        cut_everywhere(
            async |n| {
                let old = current(&app, n).await;
                let session = app.sign_in("kim", &old).await;
                let caller = app.services.by_session(&session).await.expect("it answers");
                (app.services.acting(caller, None), old)
            },
            async |n, (kim, old)| {
                kim.change_password(&old, &password(n), &password(n), &arrival()).await.map(|done| done.is_ok())
            },
            async |n| {
                // Exactly one of the old and the new one is right.
                let mut n_right = 0;
                for candidate in candidates(n) {
                    app.jump_s(1000);
                    let tried = app.services.sign_in("kim", &candidate, &arrival()).await.expect("it answers");
                    n_right += usize::from(tried.is_ok());
                }
                assert_eq!(n_right, 1);
            },
        )
        .await;
    })
    .await;
}

/// Passwords that kim can have had until the change number `n`.
fn candidates(n: usize) -> Vec<String> {
    let later = (1..=n).rev().map(|at| format!("the password number {at}"));
    later.chain(std::iter::once(PASSWORD.to_owned())).collect()
}

/// The one that is right now.
async fn current(app: &TestApp, n: usize) -> String {
    for candidate in candidates(n) {
        app.jump_s(1000);
        if app.services.sign_in("kim", &candidate, &arrival()).await.expect("it answers").is_ok() {
            return candidate;
        }
    }
    panic!("no password of kim is right");
}

#[test]
fn cutting_off_stops_where_it_says() {
    let mut context = Context::from_waker(Waker::noop());
    let mut n_polls = 0;
    let work = std::future::poll_fn(|context: &mut Context<'_>| {
        n_polls += 1;
        context.waker().wake_by_ref();
        if n_polls == 3 { Poll::Ready(n_polls) } else { Poll::Pending }
    });
    let mut cut = pin!(cut_off(2, work));
    let mut polled = cut.as_mut().poll(&mut context);
    while polled.is_pending() {
        polled = cut.as_mut().poll(&mut context);
    }
    assert_eq!(polled, Poll::Ready(None));
}
