//! A job that ends anywhere is taken up once, and what it does has happened wholly or not at all.
//!
//! A future that is dropped at one of its waits is what a killed process leaves; one test kills processes. `KILL_ROUNDS`
//! says how often each point is tried.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use server::jobs::stage;
use server::services::import::{ImportOptions, sources};
use server::services::jobs::ImportTask;
use tests::cut::{cut, n_rounds, points};

use super::*;

/// Where the job that is killed stands.
const KILLED_URL: &str = "KILLED_DATABASE_URL";
const KILLED_DATA: &str = "KILLED_DATA_DIR";

/// Twelve items that are made in two ways: enough to learn from, and soon learnt.
fn small_plant(app: &TestApp) -> PathBuf {
    let mut items = String::from("item_cd,item_nm,part_type\n");
    let mut routings = String::from("item_cd,routing_id,proc_seq,job_cd,setup_time_min,run_time_min\n");
    for at in 0..12 {
        let (kind, jobs) = if at % 2 == 0 { ("ROD", ["SAW", "LATHE"]) } else { ("PLATE", ["CUT", "MILL"]) };
        writeln!(items, "K-{at:02},{kind} {at},{kind}").expect("a String takes all");
        for (seq, job) in (1..).zip(jobs) {
            writeln!(routings, "K-{at:02},1,{seq}0,{job},10,{at}").expect("a String takes all");
        }
    }
    app.write("small/items.csv", items);
    app.write("small/routings.csv", routings).parent().expect("a folder").to_owned()
}

/// What answers, in short: `-` for nothing.
async fn answering(app: &TestApp) -> String {
    let active = app.restarted_in_place().await;
    let active = active.services.registry.active(&active.services.db).await;
    active.map_or_else(|_| "-".to_owned(), |active| active.row.id.to_string())
}

/// Lets the dead worker's lease end, and another worker go on.
async fn taken_up(app: &TestApp, id: &str) -> u32 {
    app.jump_s(LEASE_MS / 1_000 + 60);
    let other = app.beside_on_the_same_disk().await;
    other_takes(&other, id).await;
    let job = app.services.find_job(id).await.expect("it is there");
    assert_eq!(job.state, JobState::Done, "{:?}", job.outcome);
    assert!(job.attempts <= 2, "{} attempts", job.attempts);
    job.attempts
}

async fn other_takes(other: &TestApp, id: &str) {
    if !other.services.find_job(id).await.expect("it is there").state.is_over() {
        worker(other).do_now(id, &Ticket::default()).await.expect("it runs").expect("the lease is over");
    }
    assert!(worker(other).do_now(id, &Ticket::default()).await.expect("it asks").is_none(), "it is over");
}

#[tokio::test]
async fn a_training_that_is_cut_off_is_taken_up_once() {
    on_every_database(async |app| {
        let folder = small_plant(&app);
        app.import(&[folder]).await;
        let models = [
            app.train(1).await.expect("there are routings").id.to_string(),
            app.train(2).await.expect("there are routings").id.to_string(),
        ];
        assert_ne!(models[0], models[1], "the seed counts");
        let (mut n_cut, mut n_jobs) = (0, 0);
        for point in points() {
            let mut has_ended = false;
            for _ in 0..n_rounds() {
                // From the second model to the first and back.
                let (old, new) = (&models[(n_jobs + 1) % 2], &models[n_jobs % 2]);
                let task = Task::Train { seed: n_jobs as u64 % 2 + 1, with_encoder: false };
                n_jobs += 1;
                let console = app.services.acting(Caller::Console, None);
                let id = console.enqueue(&task, "").await.expect("the database works").expect("no occurrence");
                has_ended = cut(point, worker(&app).do_now(&id, &Ticket::default())).await.is_some();
                let answers = answering(&app).await;
                assert!(&answers == old && !has_ended || &answers == new, "after {point} waits: {answers}");
                let attempts = taken_up(&app, &id).await;
                assert!(!has_ended || attempts == 1, "after {point} waits: {attempts} attempts");
                assert_eq!(&answering(&app).await, new);
                n_cut += usize::from(!has_ended);
            }
            if has_ended {
                break;
            }
        }
        assert!(n_cut > 10, "it ended after {n_cut} cuts");
    })
    .await;
}

#[tokio::test]
async fn an_import_job_that_is_cut_off_is_taken_up_once() {
    on_every_database(async |app| {
        let folder = small_plant(&app);
        let sources = sources(&[folder]).expect("the test wrote the files");
        let mut n_cut = 0;
        for point in points() {
            let mut has_ended = false;
            for _ in 0..n_rounds() {
                let id = app.services.clock.new_id();
                stage(&app.services, &id, &sources).await.expect("the files are there");
                let options = ImportOptions::default();
                let task = Task::Import(Box::new(ImportTask::new(vec![false; sources.len()], &options, "ko")));
                let console = app.services.acting(Caller::Console, None);
                console.enqueue_as(&id, &task, "").await.expect("the database works");
                has_ended = cut(point, worker(&app).do_now(&id, &Ticket::default())).await.is_some();
                let counts = server::db::imports::count(&app.services.db).await.expect("it is read");
                assert!([0, 24].contains(&counts.n_operations), "after {point} waits: {counts:?}");
                let attempts = taken_up(&app, &id).await;
                assert!(!has_ended || attempts == 1, "after {point} waits: {attempts} attempts");
                let counts = server::db::imports::count(&app.services.db).await.expect("it is read");
                assert_eq!((counts.n_items, counts.n_operations), (12, 24));
                // Back to nothing, for the next round.
                while let Some(last) = newest_done(&app).await {
                    let console = app.services.acting(Caller::Console, None);
                    server::services::store::undo(&console, &last, false).await.expect("it was done");
                }
                n_cut += usize::from(!has_ended);
            }
            if has_ended {
                break;
            }
        }
        assert!(n_cut > 10, "it ended after {n_cut} cuts");
    })
    .await;
}

/// The number of the latest import that counts.
async fn newest_done(app: &TestApp) -> Option<String> {
    use server::db::imports::ImportState;
    let all = server::services::store::list(&app.services.db).await.expect("it is read");
    all.into_iter().find(|one| one.state == ImportState::Done).map(|one| one.no.to_string())
}

/// The child of the next test, in a process of its own. Without an address it does a job of its own.
#[tokio::test]
async fn a_job_in_a_process_of_its_own() {
    let app = match (std::env::var(KILLED_URL), std::env::var(KILLED_DATA)) {
        (Ok(url), Ok(data)) => TestApp::on(&url, data.into()).await,
        _ => {
            let app = TestApp::on_sqlite().await;
            let folder = small_plant(&app);
            app.import(&[folder]).await;
            enqueue(&app, "").await;
            app
        }
    };
    let jobs = app.services.acting(Caller::Console, None).jobs().await.expect("the console may").jobs;
    let id = &jobs.first().expect("it was queued").id;
    let ended = worker(&app).do_now(id, &Ticket::default()).await.expect("it runs").expect("nobody has it");
    assert_eq!(ended.state, JobState::Done);
}

/// Where the process is when it is killed.
#[derive(Clone, Copy, Debug)]
enum Point {
    /// The job is its own.
    Begun,
    /// The model's file is written.
    Written,
    /// The new model answers.
    Active,
}

#[tokio::test]
async fn a_killed_training_leaves_the_old_model_or_the_new_and_is_taken_up_once() {
    on_every_database(async |app| {
        let folder = small_plant(&app);
        app.import(&[folder]).await;
        app.set_clock_to_today();
        let old = app.train(7).await.expect("there are routings").id.to_string();
        let new = app.train(1).await.expect("there are routings").id.to_string();
        for point in [Point::Begun, Point::Written, Point::Active] {
            for _ in 0..n_rounds() {
                app.train(7).await.expect("there are routings");
                let new_file = app.config.models_dir().join(format!("{new}.rtml"));
                std::fs::remove_file(&new_file).expect("it was written");
                let id = enqueue(&app, "").await.expect("no occurrence");
                let mut child = Command::new(std::env::current_exe().expect("the test runs"))
                    .args(["--exact", "jobs::kill::a_job_in_a_process_of_its_own"])
                    .env(KILLED_URL, &app.config.database_url)
                    .env(KILLED_DATA, app.folder())
                    .stdout(Stdio::null())
                    .spawn()
                    .expect("it starts");
                loop {
                    let is_there = match point {
                        Point::Begun => {
                            app.services.find_job(&id).await.expect("it is there").state == JobState::Running
                        }
                        Point::Written => new_file.is_file(),
                        Point::Active => answering(&app).await == new,
                    };
                    if is_there || child.try_wait().expect("it is ours").is_some() {
                        break;
                    }
                    // The child's threads stand behind those of this test.
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                child.kill().expect("it is ours");
                child.wait().expect("it is ours");
                let answers = answering(&app).await;
                assert!([&old, &new].contains(&&answers), "{point:?}: {answers}");
                taken_up(&app, &id).await;
                assert_eq!(answering(&app).await, new, "{point:?}");
                app.set_clock_to_today();
            }
        }
    })
    .await;
}
