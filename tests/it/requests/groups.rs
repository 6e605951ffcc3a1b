//! What requests leave behind goes to the disk in groups, and what has an id is there.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use contract::access::Role;
use contract::error::ApiError;
use contract::predict::{PredictAnswer, PredictRequest};
use futures::future::{join, join_all};
use server::services::acting::Acting;
use server::services::predict::Channel;
use tests::cut::{cut, points};
use tests::{TestApp, on_every_database};

/// People who ask at the same moment, and how many questions each may have under way.
const N_PEOPLE: usize = 5;
const EACH: usize = 4;

/// People who may ask.
async fn people(app: &TestApp) -> Vec<Acting> {
    let mut people = Vec::new();
    for at in 0..N_PEOPLE {
        let session = app.person(&format!("kim {at}"), Role::Planner).await;
        let caller = app.services.by_session(&session).await.expect("the database works");
        people.push(app.services.acting(caller, None));
    }
    people
}

async fn ask(acting: &Acting, code: &str) -> Result<PredictAnswer, ApiError> {
    let request = PredictRequest { codes: vec![code.into()], ..PredictRequest::default() };
    Ok(acting.predict_for(request, Channel::Rest).await?.remove(0))
}

/// Twenty questions for twenty items while nobody can write, and what becomes of them once somebody can.
async fn ask_all(app: &TestApp) -> Vec<Result<PredictAnswer, ApiError>> {
    let people = people(app).await;
    let held = app.hold_writers().await;
    let codes: Vec<String> = (0..N_PEOPLE * EACH).map(|at| format!("SL-{at:02}")).collect();
    let asking = people.iter().zip(codes.chunks(EACH)).flat_map(|(one, codes)| codes.iter().map(|code| ask(one, code)));
    let asking: Vec<_> = asking.collect();
    // The writers come back when all wait for them.
    let release = async {
        while app.services.n_unsettled() < N_PEOPLE * EACH {
            tokio::task::yield_now().await;
        }
        held.release().await;
    };
    join(join_all(asking), release).await.0
}

/// Rows that stand for a prediction: itself, its receipt, its line.
async fn rows(app: &TestApp, answer: &PredictAnswer) -> [i64; 3] {
    let (id, receipt) = (answer.id.as_deref().expect("it is kept"), &answer.prediction.receipt);
    [
        app.number(&format!("SELECT COUNT(*) FROM predictions WHERE id = '{id}' AND receipt = '{receipt}'")).await,
        app.number(&format!("SELECT COUNT(*) FROM receipts WHERE receipt = '{receipt}'")).await,
        app.number(&format!(
            "SELECT COUNT(*) FROM audit WHERE action = 'predict' AND outcome = 'done' AND after_ref = '{receipt}'"
        ))
        .await,
    ]
}

/// Commits in the log of a SQLite file: frames that say how large the file is after them.
fn commits(log: &Path) -> usize {
    let bytes = std::fs::read(log).expect("somebody has written");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    let frame = 24 + usize::try_from(number(8)).expect("a page is small");
    let of_this_log = |at: &usize| bytes.len() >= at + frame && bytes[at + 8..at + 16] == bytes[16..24];
    (32..).step_by(frame).take_while(of_this_log).filter(|at| number(at + 4) != 0).count()
}

#[tokio::test]
async fn requests_that_wait_together_are_kept_together() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let is_sqlite = app.config.database_url.starts_with("sqlite:");
        if is_sqlite {
            assert_eq!(app.number("PRAGMA wal_checkpoint(TRUNCATE)").await, 0, "nobody reads");
        }
        let answers = ask_all(&app).await;
        assert_eq!(answers.len(), N_PEOPLE * EACH);
        for answer in &answers {
            let answer = answer.as_ref().expect("it is answered");
            assert_eq!(rows(&app, answer).await, [1, 1, 1], "{}", answer.item.code);
        }
        let n_commits = if is_sqlite {
            i64::try_from(commits(&app.folder().join("routing-ml.sqlite-wal"))).expect("few")
        } else {
            app.number("SELECT COUNT(DISTINCT CAST(xmin AS TEXT)) FROM predictions").await
        };
        // People who come in, each in a commit of their own, are in the log of SQLite too.
        let of_people = if is_sqlite { 2 * i64::try_from(N_PEOPLE).expect("few") } else { 0 };
        assert!(n_commits <= of_people + 3, "{n_commits} commits for {} answers", answers.len());
    })
    .await;
}

#[tokio::test]
async fn one_that_cannot_be_kept_takes_no_other_with_it() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let refuse = if app.config.database_url.starts_with("sqlite:") {
            "CREATE TRIGGER refused BEFORE INSERT ON predictions WHEN NEW.item = 'SL-07' \
             BEGIN SELECT RAISE(ABORT, 'not this one'); END"
        } else {
            "ALTER TABLE predictions ADD CONSTRAINT refused CHECK (item <> 'SL-07')"
        };
        app.sql(refuse).await.expect("the table is there");
        let answers = ask_all(&app).await;
        let refused: Vec<usize> = (0..).zip(&answers).filter(|(_, answer)| answer.is_err()).map(|(at, _)| at).collect();
        assert_eq!(refused, [7]);
        assert!(matches!(&answers[7], Err(ApiError::Internal { .. })), "{:?}", answers[7]);
        for answer in answers.iter().flatten() {
            assert_eq!(rows(&app, answer).await, [1, 1, 1], "{}", answer.item.code);
        }
        let n_done = app.number("SELECT COUNT(*) FROM audit WHERE action = 'predict' AND outcome = 'done'").await;
        let n_kept = app.number("SELECT COUNT(*) FROM predictions").await;
        let n_receipts = app.number("SELECT COUNT(*) FROM receipts").await;
        assert_eq!((n_done, n_kept, n_receipts), (19, 19, 19), "nothing of it is kept by halves");
    })
    .await;
}

#[tokio::test]
async fn what_has_an_id_is_found_by_others_at_once_wherever_its_neighbours_are_cut_off() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let people = people(&app).await;
        for point in points().take(8) {
            let [kept, cut_off] = [&people[0], &people[1]];
            let (answer, _) = join(ask(kept, "GL-01"), cut(point, ask(cut_off, "GL-02"))).await;
            let id = answer.expect("it is answered").id.expect("it is kept");
            // By another connection, as another process or the next start finds it.
            let found = app.number(&format!("SELECT COUNT(*) FROM predictions WHERE id = '{id}'")).await;
            assert_eq!(found, 1, "after {point} waits");
        }
        app.services.settle().await.expect("the database works");
        let n_lines = app.number("SELECT COUNT(*) FROM audit WHERE action = 'predict' AND outcome = 'done'").await;
        assert_eq!(app.number("SELECT COUNT(*) FROM predictions").await, n_lines);
    })
    .await;
}

#[tokio::test]
async fn what_was_given_up_while_it_waited_is_kept_before_the_end() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let people = people(&app).await;
        let held = app.hold_writers().await;
        let waits = async {
            while app.services.n_unsettled() == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            _ = ask(&people[0], "GL-01") => panic!("nobody can write"),
            () = waits => {}
        }
        assert_eq!(app.number("SELECT COUNT(*) FROM predictions").await, 0);
        held.release().await;
        app.services.settle().await.expect("the database works");
        assert_eq!(app.number("SELECT COUNT(*) FROM predictions").await, 1);
        assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'predict' AND outcome = 'done'").await, 1);
    })
    .await;
}

const DATA: &str = "KILLED_DATA_DIR";
const SESSIONS: &str = "KILLED_SESSIONS";

/// Asks without end and says each id once the answer is there.
async fn ask_until_killed(data: String) {
    let sessions = std::env::var(SESSIONS).expect("the parent gives them");
    let app = TestApp::at(data.into(), "").await;
    let mut asking = Vec::new();
    for session in sessions.split(' ') {
        let caller = app.services.by_session(session).await.expect("the database works");
        let acting = app.services.acting(caller, None);
        asking.extend((0..EACH).map(|at| {
            let acting = acting.clone();
            async move {
                for round in 0.. {
                    let code = format!("SL-{:02}", (at + round) % 20);
                    let Ok(answer) = ask(&acting, &code).await else { continue };
                    let id = answer.id.expect("it is kept");
                    writeln!(std::io::stdout(), "\nid {id}").expect("the parent reads");
                }
            }
        }));
    }
    join_all(asking).await;
}

/// The test runs itself as a process of its own, which is then killed.
#[tokio::test]
async fn what_was_acknowledged_outlives_a_process_that_is_killed() {
    if let Ok(data) = std::env::var(DATA) {
        return ask_until_killed(data).await;
    }
    let app = TestApp::on_sqlite().await.with_plant().await;
    let mut sessions = Vec::new();
    for at in 0..N_PEOPLE {
        sessions.push(app.person(&format!("kim {at}"), Role::Planner).await);
    }
    app.services.db.close().await;
    let mut child = Command::new(std::env::current_exe().expect("the test runs"))
        .args(["--exact", "requests::groups::what_was_acknowledged_outlives_a_process_that_is_killed", "--nocapture"])
        .env(DATA, app.folder())
        .env(SESSIONS, sessions.join(" "))
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let said = BufReader::new(child.stdout.take().expect("it has one"));
    let mut ids = said.lines().map_while(Result::ok).filter_map(|line| line.strip_prefix("id ").map(str::to_owned));
    let mut acknowledged: Vec<String> = ids.by_ref().take(100).collect();
    child.kill().expect("it runs");
    // What it said before it ended; its last line may be cut off.
    acknowledged.extend(ids.filter(|id| id.len() == 36));
    child.wait().expect("it was started");
    assert!(acknowledged.len() >= 100, "it said {}", acknowledged.len());
    let list = acknowledged.join("','");
    let n_found = app.number(&format!("SELECT COUNT(*) FROM predictions WHERE id IN ('{list}')")).await;
    assert_eq!(usize::try_from(n_found), Ok(acknowledged.len()));
    let n_lines = app.number("SELECT COUNT(*) FROM audit WHERE action = 'predict' AND outcome = 'done'").await;
    assert_eq!(app.number("SELECT COUNT(*) FROM predictions").await, n_lines, "nothing is kept by halves");
    let without = "SELECT COUNT(*) FROM predictions WHERE receipt NOT IN (SELECT receipt FROM receipts)";
    assert_eq!(app.number(without).await, 0);
}
