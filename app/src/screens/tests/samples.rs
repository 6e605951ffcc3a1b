//! Every screen in every state that looks different, with hostile text from users.

use contract::access::{Role, Scope};
use contract::accounts::*;
use contract::address::Done;
use contract::audit::{AuditLine, AuditPage, AuditQuery, Outcome};
use contract::error::ApiError;
use contract::jobs::{Job, JobKind, JobOutcome, JobPage, JobState, NewSchedule, Schedule, TypedSchedule, WEEKDAYS};
use contract::settings::{HeldClock, KeptSettings, Settings};
use contract::sign_in::{NameFault, PasswordFault, PasswordRefusal, SignInRefusal, SignUpRefusal};

use crate::screens::Screen;

/// What a user may have typed.
pub const HOSTILE: &str = "</textarea><script>alert(1)</script>\"'&";

/// Hostile text that can be told from other hostile text.
pub fn hostile(label: &str) -> String {
    format!("[{label}]{HOSTILE}")
}

/// The labels of all hostile texts in what was printed for debugging.
pub fn labels(debug: &str) -> Vec<String> {
    debug
        .split("</textarea>")
        .filter_map(|before| before.rsplit_once('[').and_then(|(_, rest)| rest.strip_suffix(']')).map(str::to_owned))
        .collect()
}

/// Texts of the contract that have no place on the page: codes that are shown as words where there is one, and what was
/// typed for a value that has a closed list.
pub fn is_never_shown(label: &str) -> bool {
    label.starts_with("unseen")
}

const AT: &str = "2026-11-15T09:30:12Z";

pub fn person(at: usize, state: UserState) -> UserLine {
    UserLine {
        id: hostile(&format!("id{at}")),
        name: hostile(&format!("name{at}")),
        role: Role::Planner,
        state,
        revision: 7,
        created_at: AT.into(),
        signed_in_at: (at > 1).then(|| AT.into()),
        must_change_password: at == 2,
        n_sessions: at,
    }
}

/// Somebody in each state, and two who wait.
pub fn people() -> Vec<UserLine> {
    let states = [UserState::Pending, UserState::Pending, UserState::Active, UserState::Disabled, UserState::Rejected];
    states.into_iter().enumerate().map(|(at, state)| person(at, state)).collect()
}

/// Whoever looks at the page.
pub fn me() -> UserLine {
    UserLine { id: "my-id".into(), name: hostile("me"), ..person(2, UserState::Active) }
}

pub fn users(users: Vec<UserLine>) -> Screen {
    let total = users.len();
    Screen::Users {
        query: UserQuery::default(),
        page: UserPage { users, total, n_pending: 2 },
        changed: None,
        refusal: None,
        done: None,
    }
}

fn session(at: usize, is_current: bool) -> SessionLine {
    SessionLine {
        id: if is_current { "current".into() } else { hostile(&format!("session{at}")) },
        created_at: AT.into(),
        seen_at: AT.into(),
        address: hostile(&format!("address{at}")),
        device: if at == 2 { String::new() } else { hostile(&format!("device{at}")) },
        is_current,
    }
}

fn token(is_expired: bool) -> TokenLine {
    TokenLine {
        id: hostile("token-id"),
        name: hostile("token"),
        scopes: Scope::ALL.to_vec(),
        created_at: AT.into(),
        expires_at: AT.into(),
        used_at: is_expired.then(|| AT.into()),
        is_expired,
    }
}

fn profile(sessions: Vec<SessionLine>, tokens: Vec<TokenLine>) -> Profile {
    Profile { name: hostile("me"), role: Role::Planner, created_at: AT.into(), sessions, tokens }
}

fn invalid(field: &str) -> ApiError {
    ApiError::Invalid { field: field.into(), value: hostile("value"), expected: hostile("expected") }
}

fn stale() -> ApiError {
    ApiError::Stale { object: hostile("object"), yours: hostile("yours"), theirs: hostile("theirs") }
}

fn audit_line(outcome: Outcome) -> AuditLine {
    AuditLine {
        id: "1".into(),
        at: AT.into(),
        who: hostile("who"),
        token: Some(hostile("token")),
        address: hostile("address"),
        action: hostile("action"),
        object: hostile("object"),
        before: Some(hostile("before")),
        after: Some(hostile("after")),
        outcome,
        reason: Some(hostile("reason")),
    }
}

type Sample = (String, Option<Role>, Screen);

/// Every page; the name says which state it is in.
pub fn screens() -> Vec<Sample> {
    let mut all: Vec<Sample> = Vec::new();
    let mut add = |name: &str, role: Option<Role>, screen: Screen| all.push((name.to_owned(), role, screen));

    let refusals = [
        SignInRefusal::Wrong,
        SignInRefusal::Wait { seconds: 30 },
        SignInRefusal::Busy,
        SignInRefusal::Pending,
        SignInRefusal::Closed,
        SignInRefusal::Expired,
        SignInRefusal::LinkUsed,
    ];
    for refusal in std::iter::once(None).chain(refusals.map(Some)) {
        let may_sign_up = refusal.is_none();
        let screen = Screen::SignIn { name: hostile("name"), next: hostile("next"), refusal, may_sign_up };
        add(&format!("sign in {refusal:?}"), None, screen);
        let key = if refusal == Some(SignInRefusal::LinkUsed) { "unseen" } else { "key" };
        add(&format!("link {refusal:?}"), None, Screen::Link { key: hostile(key), refusal });
    }
    let faults = [
        PasswordFault::TooShort { least: 8 },
        PasswordFault::TooLong { most: 200 },
        PasswordFault::Common,
        PasswordFault::LikeName,
        PasswordFault::NotRepeated,
        PasswordFault::SameAsOld,
    ];
    let refusals = [NameFault::Length, NameFault::Characters, NameFault::Taken, NameFault::LooksTaken]
        .map(SignUpRefusal::Name)
        .into_iter()
        .chain(faults.map(SignUpRefusal::Password))
        .chain([SignUpRefusal::NotOpen, SignUpRefusal::Wait { seconds: 300 }, SignUpRefusal::Busy]);
    for refusal in std::iter::once(None).chain(refusals.map(Some)) {
        add(&format!("sign up {refusal:?}"), None, Screen::SignUp { name: hostile("name"), refusal, is_open: true });
        let screen = Screen::Setup { key: hostile("key"), name: hostile("name"), refusal };
        add(&format!("setup {refusal:?}"), None, screen);
    }
    let used = Some(SignUpRefusal::LinkUsed);
    add("setup used", None, Screen::Setup { key: hostile("unseen"), name: hostile("unseen"), refusal: used });
    add("sign up closed", None, Screen::SignUp { name: hostile("unseen"), refusal: None, is_open: false });
    add("waiting", None, Screen::Waiting);
    add("signed out", None, Screen::SignedOut);

    let refusals = faults.map(PasswordRefusal::New).into_iter().chain([
        PasswordRefusal::WrongOld,
        PasswordRefusal::Wait { seconds: 9 },
        PasswordRefusal::Busy,
    ]);
    for refusal in std::iter::once(None).chain(refusals.map(Some)) {
        add(&format!("password {refusal:?}"), Some(Role::Viewer), Screen::Password { is_forced: false, refusal });
        add(&format!("forced password {refusal:?}"), None, Screen::Password { is_forced: true, refusal });
    }

    let new = |days| NewToken { name: hostile("typed"), scopes: vec![Scope::Predict], days };
    let screen = |sessions, tokens, made, typed, refusal, done| Screen::Profile {
        profile: profile(sessions, tokens),
        may_make_tokens: true,
        made,
        typed,
        refusal,
        done,
    };
    let made = MadeToken { token: token(false), secret: hostile("secret") };
    let planner = Some(Role::Planner);
    add("profile", planner, screen(vec![session(0, true)], vec![], None, None, None, Some(Done::TokenRevoked)));
    let sessions = vec![session(0, true), session(1, false), session(2, false)];
    add("profile made", planner, screen(sessions.clone(), vec![token(false)], Some(made), None, None, None));
    for field in ["name", "scopes", "scope", "days", "other"] {
        let refused = screen(sessions.clone(), vec![token(true)], None, Some(new(400)), Some(invalid(field)), None);
        add(&format!("profile refused {field}"), planner, refused);
    }
    let viewer = Screen::Profile {
        profile: profile(sessions, vec![]),
        may_make_tokens: false,
        made: None,
        typed: None,
        refusal: Some(ApiError::NotFound { key: hostile("key") }),
        done: None,
    };
    add("profile of a viewer", Some(Role::Viewer), viewer);

    let admin = Some(Role::Admin);
    add("users", admin, users(people()));
    add("users none", admin, users(vec![]));
    add("users me", admin, users(vec![me()]));
    let page = UserPage { users: people(), total: 200, n_pending: 2 };
    let query = UserQuery { q: hostile("q"), state: Some(UserState::Active), offset: 50 };
    let changed = ChangedUser { user: person(2, UserState::Active), temporary_password: Some(hostile("temporary")) };
    let refusal = Some(stale());
    add(
        "users changed",
        admin,
        Screen::Users { query: query.clone(), page, changed: Some(changed), refusal, done: None },
    );
    let page = UserPage::default();
    add(
        "users no match",
        admin,
        Screen::Users { query, page, changed: None, refusal: Some(invalid("role")), done: None },
    );
    for done in Done::ALL {
        let page = UserPage::default();
        let screen =
            Screen::Users { query: UserQuery::default(), page, changed: None, refusal: None, done: Some(done) };
        add(&format!("users {done:?}"), admin, screen);
    }

    let row =
        |at: usize, is_taken| PersonRow { row: at, name: hostile(&format!("name{at}")), role: Role::Viewer, is_taken };
    let fault =
        PersonFault { row: 3, column: hostile("column"), value: hostile("cell"), expected: hostile("expected") };
    let previews = [
        ("nothing", PeoplePreview::default()),
        ("taken", PeoplePreview { rows: vec![row(2, true)], faults: vec![], confirmed_text: hostile("unseen") }),
        (
            "good",
            PeoplePreview {
                rows: vec![row(2, true), row(4, false)],
                faults: vec![fault],
                confirmed_text: hostile("text"),
            },
        ),
    ];
    for (name, preview) in previews {
        let screen = Screen::ImportPeople { preview: Some(preview), made: None, refusal: None };
        add(&format!("import {name}"), admin, screen);
    }
    add("import", admin, Screen::ImportPeople { preview: None, made: None, refusal: Some(invalid("file")) });
    let person =
        ImportedPerson { name: hostile("name"), role: Role::Planner, temporary_password: hostile("temporary") };
    add("import made", admin, Screen::ImportPeople { preview: None, made: Some(vec![person]), refusal: None });

    let query = AuditQuery {
        who: hostile("asked-who"),
        action: hostile("asked-action"),
        outcome: Some(Outcome::Denied),
        object: hostile("asked-object"),
        from: hostile("asked-from"),
        to: hostile("asked-to"),
        before_id: hostile("before-id"),
    };
    let page = AuditPage {
        lines: Outcome::ALL.map(audit_line).into(),
        next: Some(hostile("next")),
        actions: vec!["sign_in".into(), hostile("other-action")],
    };
    // Ids of lines only stand in addresses, encoded.
    let in_address = |mut query: AuditQuery, mut page: AuditPage| {
        (query.before_id, page.next) = ("a\"b".into(), Some("c\"d".into()));
        (query, page)
    };
    let (query, page) = in_address(query, page);
    add("audit", admin, Screen::Audit { query: query.clone(), page, refusal: None });
    add("audit no match", admin, Screen::Audit { query, page: AuditPage::default(), refusal: None });
    let quiet = AuditLine {
        who: String::new(),
        token: None,
        address: String::new(),
        before: None,
        reason: None,
        ..audit_line(Outcome::Done)
    };
    let console = AuditLine { who: contract::audit::CONSOLE.into(), after: None, before: None, ..quiet.clone() };
    let page = AuditPage { lines: vec![quiet, console], ..AuditPage::default() };
    add("audit quiet", admin, Screen::Audit { query: AuditQuery::default(), page, refusal: None });
    let refusal = Some(invalid("from"));
    add(
        "audit empty",
        admin,
        Screen::Audit { query: AuditQuery::default(), page: AuditPage::default(), refusal: None },
    );
    add("audit refused", admin, Screen::Audit { query: AuditQuery::default(), page: AuditPage::default(), refusal });

    let kept = KeptSettings { settings: Settings::default(), revision: 3 };
    let typed = Settings { session_idle_min: 1, ..Settings::default() };
    for (name, refusal) in
        [("settings", None), ("settings refused", typed.clone().check().err()), ("settings stale", Some(stale()))]
    {
        let typed = refusal.is_some().then(|| typed.clone());
        let done = refusal.is_none().then_some(Done::SettingsSaved);
        let held_clock = done.map(|_| HeldClock { clock_at: AT.into(), latest_at: "2022-11-15T09:30:12Z".into() });
        add(name, admin, Screen::Settings { kept: kept.clone(), held_clock, typed, refusal, done });
    }

    let job = |state: JobState, outcome: Option<JobOutcome>| Job {
        id: hostile("job"),
        kind: JobKind::Train,
        state,
        asked_by: hostile("asked by"),
        queued_at: AT.into(),
        started_at: Some(AT.into()),
        ended_at: state.is_over().then(|| AT.into()),
        took_s: state.is_over().then_some(4_000),
        attempts: 2,
        phase: Some("weights".into()),
        share: 0.4,
        is_ending: false,
        may_repeat: state.is_over(),
        left_s: Some(70),
        outcome,
    };
    let fault = JobOutcome {
        code: "internal".into(),
        made: None,
        ref_id: Some(hostile("reference")),
        detail: Some(hostile("detail")),
    };
    let jobs: Vec<Job> = JobState::ALL.map(|state| job(state, state.is_over().then(|| fault.clone()))).into();
    let made = JobOutcome { code: "done".into(), made: Some(hostile("made")), ..JobOutcome::default() };
    let done = vec![job(JobState::Done, Some(made))];
    let samples = [("jobs", jobs, Some(Done::JobBegun)), ("jobs done", done, None), ("jobs empty", Vec::new(), None)];
    for (name, jobs, done) in samples {
        let schedule = |weekdays| Schedule {
            id: hostile("schedule"),
            when: NewSchedule { kind: JobKind::Evaluate, weekdays, minute: 125 },
            made_by: hostile("made by"),
            next_at: Some(AT.into()),
        };
        let schedules = match jobs.is_empty() {
            true => Vec::new(),
            false => vec![schedule([true; WEEKDAYS]), schedule(std::array::from_fn(|at| at % 2 == 0))],
        };
        let page = JobPage { jobs, has_worker: false, schedules, zone: hostile("zone") };
        let refusal = done.is_none().then(|| invalid("weekday"));
        let typed = refusal.is_some().then(|| TypedSchedule {
            kind: hostile("unseen"),
            time: hostile("time"),
            ..TypedSchedule::default()
        });
        add(name, admin, Screen::Jobs { page, typed, refusal, done });
    }

    for error in [
        ApiError::Denied,
        ApiError::SignInNeeded,
        ApiError::PasswordChangeNeeded,
        ApiError::NotFound { key: hostile("key") },
        ApiError::TooFast { retry_after_s: 7 },
        ApiError::Unavailable,
        ApiError::Internal { ref_id: hostile("reference") },
        ApiError::KeyReused,
        invalid("q"),
    ] {
        for role in [None, Some(Role::Viewer)] {
            let name = format!("refused {} for {role:?}", error.code());
            add(&name, role, Screen::Refused { error: error.clone(), least: Some(Role::Admin) });
        }
    }
    add("refused from elsewhere", Some(Role::Viewer), Screen::Refused { error: ApiError::Denied, least: None });
    all
}
