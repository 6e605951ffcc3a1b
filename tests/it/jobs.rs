//! Work in the background: queued, run once, watched, ended, taken up when its worker dies.

mod files;
mod kill;
mod schedules;

use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use contract::access::Role;
use contract::jobs::{JobKind, JobState, JobsApi};
use server::background::Share;
use server::db::jobs::{self, JobRow, Which};
use server::encoder::EncoderStore;
use server::jobs::{Ended, LEASE_MS, Ticket, Worker};
use server::services::acting::Caller;
use server::services::jobs::Task;
use tests::{TestApp, on_every_database};
use tokio::sync::watch;

const ENGLISH: [(&str, &str); 1] = [("accept-language", "en")];

fn worker(app: &TestApp) -> Worker {
    Worker::new(app.services.clone(), EncoderStore::new(app.config.encoder_dir()), Share::Whole)
}

async fn with_data(app: TestApp) -> TestApp {
    let folder = tests::plant::write(&app);
    app.import(&[folder]).await;
    app
}

fn training() -> Task {
    Task::usual(JobKind::Train).expect("it needs no files")
}

async fn enqueue(app: &TestApp, occurrence: &str) -> Option<String> {
    let console = app.services.acting(Caller::Console, None);
    console.enqueue(&training(), occurrence).await.expect("the database works")
}

fn now_ms(app: &TestApp) -> i64 {
    app.services.clock.now().timestamp_millis()
}

async fn claim(app: &TestApp, owner: &str) -> Option<JobRow> {
    let now_ms = now_ms(app);
    jobs::claim(&app.services.db, owner, Which::Any, now_ms, now_ms + LEASE_MS).await.expect("the database works")
}

#[tokio::test]
async fn an_admin_begins_a_training_and_sees_what_became_of_it() {
    on_every_database(async |app| {
        let app = with_data(app).await;
        let session = app.person("ada", Role::Admin).await;
        let app = app.asked_by(&session);
        let reply = app.post_form("/jobs", &[("act", "begin"), ("kind", "train")]).await;
        assert_eq!(reply.status, 303);
        let page = app.get_with("/jobs", &ENGLISH).await.text();
        assert!(page.contains("Waiting") && page.contains("ada") && page.contains("/jobs.js"), "{page}");

        let ada = app.services.by_session(&session).await.expect("she is signed in");
        let ada = app.services.acting(ada, None);
        let job = ada.jobs().await.expect("she may").jobs.remove(0);
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ticket = Ticket::heard_by({
            let heard = Arc::clone(&heard);
            Arc::new(move |phase, share| heard.lock().expect("no panic").push((phase, share)))
        });
        let Ended { outcome, done, .. } =
            worker(&app).do_now(&job.id, &ticket).await.expect("it runs").expect("nobody has it");
        assert_eq!(outcome.code, "done");
        assert!(done.is_some());
        let heard = heard.lock().expect("no panic").clone();
        assert!(heard.len() > 100 && heard.is_sorted_by(|a, b| a.1 <= b.1), "{} steps", heard.len());

        let job = app.services.find_job(&job.id).await.expect("it is there");
        assert_eq!((job.state, job.share, job.attempts), (JobState::Done, 1.0, 1));
        let made = outcome.made.expect("a model");
        assert_eq!(job.outcome.and_then(|outcome| outcome.made), Some(made.clone()));
        assert!(app.get_with("/jobs", &ENGLISH).await.text().contains(&format!("Model {made} answers now.")));
        let active = app.services.registry.active(&app.services.db).await.expect("it was trained");
        assert_eq!(active.row.id.short(), made);
        let trail = app.get_with("/audit", &ENGLISH).await.text();
        assert!(trail.contains("Begin a job") && trail.contains("Train a model"), "{trail}");

        let events = app.get(&format!("/api/v1/jobs/{}/events", job.id)).await;
        assert_eq!(events.header("content-type"), "text/event-stream");
        let text = events.text();
        assert!(text.starts_with("event: job\ndata: {") && text.contains("\"state\":\"done\""), "{text}");
        app.get("/api/v1/jobs/none/events").await.expect_error(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn of_a_lane_one_runs_at_a_time_whoever_takes_it() {
    on_every_database(async |app| {
        for _ in 0..3 {
            enqueue(&app, "").await.expect("no occurrence");
        }
        let (a, b, c) = tokio::join!(claim(&app, "a"), claim(&app, "b"), claim(&app, "c"));
        let mut claimed: Vec<JobRow> = [a, b, c].into_iter().flatten().collect();
        assert_eq!(claimed.len(), 1, "{claimed:?}");
        let first = claimed.remove(0);
        assert_eq!(claim(&app, "d").await, None, "the first has not ended");
        let mut write = app.services.db.begin_write().await.expect("the database works");
        let end = jobs::End { state: JobState::Done, outcome: "{}", now_ms: now_ms(&app) };
        assert!(jobs::end(&mut write, &first, &end).await.expect("the database works"));
        write.commit().await.expect("the database works");
        let second = claim(&app, "d").await.expect("the lane is free");
        assert!(first.id < second.id, "in the order in which they were asked for");
    })
    .await;
}

#[tokio::test]
async fn an_occurrence_is_queued_once() {
    on_every_database(async |app| {
        let (a, b) = tokio::join!(enqueue(&app, "sunday 2026-11-29"), enqueue(&app, "sunday 2026-11-29"));
        assert_eq!([&a, &b].into_iter().flatten().count(), 1, "{a:?} {b:?}");
        assert!(enqueue(&app, "sunday 2026-12-06").await.is_some());
        let console = app.services.acting(Caller::Console, None);
        assert_eq!(console.jobs().await.expect("the console may").jobs.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_dead_workers_job_is_taken_up_once_and_the_dead_has_no_say() {
    on_every_database(async |app| {
        let app = with_data(app).await;
        let id = enqueue(&app, "").await.expect("no occurrence");
        let dead = claim(&app, "dead").await.expect("it is queued");
        let beat = jobs::beat(&app.services.db, &dead, ("weights", 300), now_ms(&app) + LEASE_MS).await;
        assert_eq!(beat.expect("the database works"), Some(false));
        assert!(worker(&app).do_now(&id, &Ticket::default()).await.expect("it asks").is_none(), "its lease holds");

        app.jump_s(LEASE_MS / 1_000 + 60);
        let Ended { outcome, .. } =
            worker(&app).do_now(&id, &Ticket::default()).await.expect("it runs").expect("its lease is over");
        assert_eq!(outcome.code, "done");
        let job = app.services.find_job(&id).await.expect("it is there");
        assert_eq!((job.state, job.attempts), (JobState::Done, 2));

        let late = jobs::beat(&app.services.db, &dead, ("weights", 900), now_ms(&app) + LEASE_MS).await;
        assert_eq!(late.expect("the database works"), None, "it has lost its job");
        let mut write = app.services.db.begin_write().await.expect("the database works");
        let end = jobs::End { state: JobState::Failed, outcome: "{}", now_ms: now_ms(&app) };
        assert!(!jobs::end(&mut write, &dead, &end).await.expect("the database works"));
        write.commit().await.expect("the database works");
        assert_eq!(app.services.find_job(&id).await.expect("it is there").state, JobState::Done);
        assert!(worker(&app).do_now(&id, &Ticket::default()).await.expect("it asks").is_none(), "it is over");
    })
    .await;
}

#[tokio::test]
async fn a_job_that_kills_its_workers_is_given_up() {
    on_every_database(async |app| {
        let id = enqueue(&app, "").await.expect("no occurrence");
        for n in 1..=3 {
            let claimed = claim(&app, "dying").await.expect("its lease is over");
            assert_eq!(claimed.attempts, n);
            app.jump_s(LEASE_MS / 1_000 + 60);
        }
        let Ended { outcome, .. } =
            worker(&app).do_now(&id, &Ticket::default()).await.expect("it asks").expect("nobody has it");
        assert_eq!(outcome.code, "worker_lost");
        assert_eq!(app.services.find_job(&id).await.expect("it is there").state, JobState::Failed);
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_cancelled_at_once_and_what_runs_at_its_next_step() {
    on_every_database(async |app| {
        let app = with_data(app).await;
        let session = app.person("ada", Role::Admin).await;
        let app = app.asked_by(&session);
        let waiting = enqueue(&app, "").await.expect("no occurrence");
        assert_eq!(app.post_form("/jobs", &[("act", "cancel"), ("id", &waiting)]).await.status, 303);
        assert_eq!(app.services.find_job(&waiting).await.expect("it is there").state, JobState::Cancelled);
        let again = app.post_form("/jobs", &[("act", "cancel"), ("id", &waiting)]).await;
        assert_eq!(again.status, 404, "it has ended");

        let running = enqueue(&app, "").await.expect("no occurrence");
        // The training stands still at its first step until the wish to end it has come by the database.
        let (begun, mut has_begun) = watch::channel(false);
        let (go, may_go) = mpsc::channel::<()>();
        let may_go = Mutex::new(Some(may_go));
        let ticket = Ticket::heard_by(Arc::new(move |_, _| {
            if let Some(may_go) = may_go.lock().expect("no panic").take() {
                begun.send_replace(true);
                let _ = may_go.recv();
            }
        }));
        let work = worker(&app);
        let doing = tokio::spawn({
            let (running, ticket) = (running.clone(), ticket.clone());
            async move { work.do_now(&running, &ticket).await }
        });
        has_begun.wait_for(|begun| *begun).await.expect("it begins");
        assert_eq!(app.post_form("/jobs", &[("act", "cancel"), ("id", &running)]).await.status, 303);
        assert!(app.services.find_job(&running).await.expect("it is there").is_ending);
        while !ticket.is_ended() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        go.send(()).expect("it waits");
        let Ended { outcome, done, .. } = doing.await.expect("no panic").expect("it runs").expect("nobody else has it");
        assert_eq!((outcome.code.as_str(), done.is_none()), ("cancelled", true));
        assert_eq!(app.services.find_job(&running).await.expect("it is there").state, JobState::Cancelled);
        assert!(app.services.registry.active(&app.services.db).await.is_err(), "no model was made");

        assert_eq!(app.post_form("/jobs", &[("act", "repeat"), ("id", &running)]).await.status, 303);
        let page = app.services.acting(Caller::Console, None).jobs().await.expect("the console may");
        assert_eq!((page.jobs.len(), page.jobs[0].state), (3, JobState::Queued));
    })
    .await;
}

#[tokio::test]
async fn a_worker_takes_what_is_queued_and_leaves_when_told() {
    on_every_database(async |app| {
        // Nothing to learn from: both fail at once, and say why.
        let ids = [enqueue(&app, "").await.expect("no occurrence"), enqueue(&app, "").await.expect("no occurrence")];
        assert!(!app.services.has_worker().await.expect("the database works"));
        let (stop, stopped) = watch::channel(false);
        let working = tokio::spawn(worker(&app).run(stopped));
        for id in &ids {
            while !app.services.find_job(id).await.expect("it is there").state.is_over() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            let job = app.services.find_job(id).await.expect("it is there");
            assert_eq!(
                (job.state, job.outcome.map(|outcome| outcome.code)),
                (JobState::Failed, Some("no_routings".into()))
            );
        }
        assert!(app.services.has_worker().await.expect("the database works"));
        stop.send_replace(true);
        working.await.expect("no panic");
        assert!(!app.services.has_worker().await.expect("the database works"), "it has said that it leaves");
    })
    .await;
}
