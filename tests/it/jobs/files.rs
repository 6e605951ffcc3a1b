//! Jobs with files: an import that another process runs, and the offline copy that a job cuts for all.

use std::collections::BTreeSet;
use std::path::Path;

use engine::import::TableKind;
use server::db::files;
use server::jobs::{ImportEnd, stage};
use server::services::bundle::{Bundles, CutBundle};
use server::services::import::{ImportOptions, sources};
use server::services::jobs::{ImportTask, files_from, files_of};
use tests::cli::run_at;

use super::*;

/// Queues an import as the command line does where a worker is.
async fn enqueue_import(app: &TestApp, folder: &Path, options: &ImportOptions) -> String {
    let sources = sources(&[folder.to_owned()]).expect("the test wrote the files");
    let id = app.services.clock.new_id();
    stage(&app.services, &id, &sources).await.expect("the files are there");
    let mut task = ImportTask::new(vec![false; sources.len()], options, "en");
    task.wants_errors = true;
    let console = app.services.acting(Caller::Console, None);
    console.enqueue_as(&id, &Task::Import(Box::new(task)), "").await.expect("the database works");
    id
}

async fn report(app: &TestApp, id: &str) -> ImportEnd {
    let mut text = Vec::new();
    files::copy(&app.services.db, &files_from(id), server::jobs::REPORT, &mut text).await.expect("it is read");
    serde_json::from_slice(&text).expect("JSON")
}

async fn n_files(app: &TestApp, folder: &str) -> usize {
    files::list(&app.services.db, folder).await.expect("it is read").len()
}

#[tokio::test]
async fn a_worker_without_the_askers_disk_imports_its_files() {
    on_every_database(async |app| {
        let folder = tests::plant::write(&app);
        // A table with one time that nobody can read.
        app.write("plant/more_routings.csv", "item_cd,routing_id,proc_seq,job_cd,run_time_min\nZZ-1,1,10,SAW,later\n");
        let id = enqueue_import(&app, &folder, &ImportOptions::default()).await;
        std::fs::remove_dir_all(&folder).expect("it is ours");
        let other = app.beside().await;
        let ended = worker(&other).do_now(&id, &Ticket::default()).await.expect("it runs").expect("nobody has it");
        assert_eq!(ended.state, JobState::Done, "{:?}", ended.outcome);
        let ImportEnd::Summary(summary) = report(&app, &id).await else { panic!("it went in") };
        assert!(summary.n_routings > 0 && summary.n_doubtful() == 1, "{summary:?}");
        assert_eq!(ended.outcome.made, summary.no.map(|no| no.to_string()));
        let mut errors = Vec::new();
        files::copy(&app.services.db, &files_from(&id), 2, &mut errors).await.expect("it is read");
        let errors = String::from_utf8(errors).expect("text");
        assert!(errors.contains("more_routings.csv") && errors.contains("later"), "{errors}");
        assert_eq!(n_files(&app, &files_of(&id)).await, 0, "they are in the plant's data");
        let job = app.services.find_job(&id).await.expect("it is there");
        assert!(!job.may_repeat);
        assert_eq!(app.services.acting(Caller::Console, None).repeat_job(id).await, Err(not_found(&job.id)));
    })
    .await;
}

fn not_found(key: &str) -> contract::error::ApiError {
    contract::error::ApiError::NotFound { key: key.to_owned() }
}

#[tokio::test]
async fn an_import_that_stored_nothing_says_why_and_can_be_run_again() {
    on_every_database(async |app| {
        let app = with_data(app).await;
        let folder = app.write("less/items.csv", "item_cd,item_nm\nQ-1,only one\n");
        let options = ImportOptions { complete: BTreeSet::from([TableKind::Items]), ..ImportOptions::default() };
        let id = enqueue_import(&app, folder.parent().expect("a folder"), &options).await;
        let ended = worker(&app).do_now(&id, &Ticket::default()).await.expect("it runs").expect("nobody has it");
        assert_eq!((ended.state, ended.outcome.code.as_str()), (JobState::Failed, "removes_many"));
        assert!(matches!(report(&app, &id).await, ImportEnd::RemovesMany(_)));
        let again =
            app.services.acting(Caller::Console, None).repeat_job(id.clone()).await.expect("its files lie there");
        assert_eq!((again.kind, again.state), (JobKind::Import, JobState::Queued));
        assert_eq!((n_files(&app, &files_of(&id)).await, n_files(&app, &files_of(&again.id)).await), (0, 1));
        // After a month nobody needs them, but those of a job that waits stay.
        app.jump_s(40 * 24 * 3_600);
        app.services.acting(Caller::Console, None).confirm_clock().await.expect("the console may");
        app.services.clear_away_jobs().await.expect("the database works");
        assert_eq!(n_files(&app, &files_of(&again.id)).await, 1);
        assert_eq!(n_files(&app, &files_from(&id)).await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_import_ends_when_it_is_told() {
    on_every_database(async |app| {
        let folder = tests::plant::write(&app);
        let id = enqueue_import(&app, &folder, &ImportOptions::default()).await;
        let ticket = Ticket::default();
        ticket.end();
        let ended = worker(&app).do_now(&id, &ticket).await.expect("it runs").expect("nobody has it");
        assert_eq!(ended.state, JobState::Cancelled);
        let counts = server::db::imports::count(&app.services.db).await.expect("it is read");
        assert_eq!(counts.n_items, 0);
        assert!(app.services.find_job(&id).await.expect("it is there").may_repeat);
    })
    .await;
}

#[tokio::test]
async fn the_command_has_a_worker_import_and_writes_what_it_left() {
    on_every_database(async |app| {
        let app = &app;
        app.set_clock_to_today();
        let folder = tests::plant::write(app);
        app.write("plant/more_routings.csv", "item_cd,routing_id,proc_seq,job_cd\nZZ-1,1,10,SAW\nZZ-1,1,20,\n");
        let (stop, stopped) = watch::channel(false);
        let working = tokio::spawn(worker(app).run(stopped));
        while !app.services.has_worker().await.expect("the database works") {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let (errors, refused) = (app.folder().join("errors.csv"), app.folder().join("refused.csv"));
        let text = |path: &Path| path.to_str().expect("a temporary path is UTF-8").to_owned();
        let (folder, errors_text, refused_text) = (text(&folder), text(&errors), text(&refused));
        let data = text(app.folder());
        let at = ["--database-url", &app.config.database_url, "import", &folder, "--lang", "en"];
        let files = ["--errors", &errors_text, "--refused", &refused_text, "--save-profile", "mill"];
        let ran = run_at(Path::new(&data), &[&at[..], &files].concat()).await;
        assert!(ran.err.contains("another process runs it"), "{}", ran.err);
        let out = ran.ok();
        assert!(out.contains("1 routings held back: ZZ-1 / 1"), "{out}");
        let read = |path: &Path| std::fs::read_to_string(path).expect("it was written");
        assert!(read(&errors).contains("more_routings.csv"));
        assert_eq!(read(&refused).lines().count(), 3, "the row, the other one of its routing, and the header");
        assert!(app.folder().join("profiles/mill.json").is_file());
        stop.send_replace(true);
        working.await.expect("no panic");
    })
    .await;
}

#[tokio::test]
async fn the_command_says_that_its_import_came_to_nothing() {
    on_every_database(async |app| {
        app.set_clock_to_today();
        let folder = tests::plant::write(&app);
        let url = app.config.database_url.clone();
        for (code, said) in [("cancelled", "was cancelled"), ("files_gone", "came to nothing: files_gone")] {
            // A worker that takes the job and ends it without a report.
            let now_ms = now_ms(&app);
            jobs::see(&app.services.db, "worker", now_ms, 0).await.expect("the database works");
            let folder = folder.to_str().expect("a temporary path is UTF-8");
            let args = ["--database-url", &url, "import", folder];
            let ends = async {
                loop {
                    if let Some(job) = claim(&app, "worker").await {
                        let outcome = format!("{{\"code\":\"{code}\"}}");
                        let end = jobs::End { state: JobState::Failed, outcome: &outcome, now_ms };
                        let mut write = app.services.db.begin_write().await.expect("the database works");
                        assert!(jobs::end(&mut write, &job, &end).await.expect("the database works"));
                        return write.commit().await.expect("the database works");
                    }
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            };
            let (ran, ()) = tokio::join!(run_at(app.folder(), &args), ends);
            let error = ran.result.expect_err("nothing was imported");
            assert!(error.contains(said), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_command_goes_on_after_another_one_was_killed() {
    on_every_database(async |app| {
        let app = with_data(app).await;
        let console = app.services.acting(Caller::Console, None);
        let lease_ms = now_ms(&app) + LEASE_MS;
        let row = console.begin_at_once(&training(), "killed", lease_ms).await.expect("the database works");
        let killed = row.expect("the lane is free");
        assert!(console.begin_at_once(&training(), "other", lease_ms).await.expect("it asks").is_none());
        worker(&app).do_left("engine").await.expect("it asks");
        assert_eq!(app.services.find_job(&killed.id).await.expect("it is there").state, JobState::Running);
        app.jump_s(LEASE_MS / 1_000 + 60);
        worker(&app).do_left("engine").await.expect("it runs");
        let job = app.services.find_job(&killed.id).await.expect("it is there");
        assert_eq!((job.state, job.attempts), (JobState::Done, 2));
    })
    .await;
}

#[tokio::test]
async fn a_bundle_that_a_job_has_cut_serves_every_server() {
    on_every_database(async |app| {
        let app = app.with_plant().await;
        let limit = 5;
        let model = app.services.registry.active(&app.services.db).await.expect("it was trained").row.id.clone();
        let cut = cut_by_a_job(&app, limit).await;
        // A later question would bring another item into a bundle that is cut now.
        let asked = serde_json::json!({ "codes": ["SL-NEW"] });
        assert_eq!(app.post("/api/v1/predictions", &[], &asked).await.status, 200);
        let kept = Bundles::default().get(&app.services, limit).await.expect("there is a model");
        assert_eq!((&kept.id, &kept.bytes, &kept.brotli), (&cut.id, &cut.bytes, &cut.brotli));
        // Half a file is none.
        app.sql("DELETE FROM files WHERE folder LIKE 'bundle/%' AND no = 0").await.expect("it is there");
        let own = Bundles::default().get(&app.services, limit).await.expect("there is a model");
        assert_ne!(own.id, cut.id, "it is cut anew");
        // The next model's takes its place.
        app.train(2).await.expect("the plant has routings");
        cut_by_a_job(&app, limit).await;
        assert_eq!(n_files(&app, &format!("bundle/{model}/{limit}")).await, 0);
    })
    .await;
}

async fn cut_by_a_job(app: &TestApp, limit: usize) -> Arc<CutBundle> {
    let console = app.services.acting(Caller::Console, None);
    let id = console.enqueue(&Task::Bundle { limit }, "").await.expect("the database works").expect("no occurrence");
    let ended = worker(app).do_now(&id, &Ticket::default()).await.expect("it runs").expect("nobody has it");
    assert_eq!(ended.state, JobState::Done, "{:?}", ended.outcome);
    let cut = Bundles::default().get(&app.services, limit).await.expect("there is a model");
    let kept_kb: usize = ended.outcome.made.expect("its size").parse().expect("a number");
    assert_eq!(cut.brotli.as_ref().unwrap_or(&cut.bytes).len().div_ceil(1_000), kept_kb);
    cut
}
