//! Jobs that begin by themselves, by a clock that the test sets.

use contract::jobs::{Job, NewSchedule, Schedule};

use super::*;

const DAY_S: i64 = 24 * 3_600;
/// Half past one in the morning in Korea, in minutes; the day before, 16:30, in Greenwich.
const AT_MIN: u16 = 90;

/// The test's clock begins at the new year of 2026 in Greenwich, a Thursday: nine o'clock in Korea.
async fn every_night(app: &TestApp) {
    let console = app.services.acting(Caller::Console, None);
    let when = NewSchedule { kind: JobKind::Train, weekdays: [true; 7], minute: AT_MIN };
    console.add_schedule(when).await.expect("the console may");
}

async fn jobs_of(app: &TestApp) -> Vec<Job> {
    app.services.see_to_schedules().await.expect("the database works");
    app.services.acting(Caller::Console, None).jobs().await.expect("the console may").jobs
}

fn states(jobs: &[Job]) -> Vec<(JobState, Option<&str>)> {
    jobs.iter().map(|job| (job.state, job.outcome.as_ref().map(|outcome| outcome.code.as_str()))).collect()
}

#[tokio::test]
async fn a_job_begins_when_it_is_due_and_once() {
    on_every_database(async |app| {
        every_night(&app).await;
        assert!(jobs_of(&app).await.is_empty(), "it is not due");
        app.jump_s(17 * 3_600);
        // Two servers see it at the same moment.
        let other = app.beside().await;
        let (a, b) = tokio::join!(app.services.see_to_schedules(), other.services.see_to_schedules());
        a.and(b).expect("the database works");
        let all = jobs_of(&app).await;
        assert_eq!(states(&all), [(JobState::Queued, None)]);
        assert_eq!((all[0].kind, all[0].asked_by.as_str()), (JobKind::Train, "(console)"));
    })
    .await;
}

#[tokio::test]
async fn of_missed_nights_the_last_is_caught_up_and_the_others_are_told() {
    on_every_database(async |app| {
        every_night(&app).await;
        app.jump_s(3 * DAY_S);
        let all = jobs_of(&app).await;
        let skipped = (JobState::Skipped, Some("missed"));
        assert_eq!(states(&all), [(JobState::Queued, None), skipped, skipped]);
        assert_eq!(all[1].queued_at, "2026-01-02T16:30:00Z", "when it was due");
        let session = app.person("ada", Role::Admin).await;
        let page = app.asked_by(&session).get_with("/jobs", &ENGLISH).await.text();
        assert!(page.contains("Nobody was there to run it.") && page.contains("every day at 01:30"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_night_whose_job_has_not_ended_leaves_out_the_next() {
    on_every_database(async |app| {
        every_night(&app).await;
        app.jump_s(DAY_S);
        assert_eq!(jobs_of(&app).await.len(), 1);
        app.jump_s(DAY_S);
        let all = jobs_of(&app).await;
        assert_eq!(states(&all), [(JobState::Queued, None), (JobState::Skipped, Some("still_running"))]);
        assert_eq!(jobs_of(&app).await.len(), 2, "and that once");
    })
    .await;
}

#[tokio::test]
async fn by_a_clock_that_nobody_believes_nothing_is_missed() {
    on_every_database(async |app| {
        every_night(&app).await;
        // The trail tells what time it was when it was last looked.
        app.jump_s(4 * 365 * DAY_S);
        assert!(jobs_of(&app).await.is_empty());
        let console = app.services.acting(Caller::Console, None);
        assert!(console.held_clock().await.expect("the console may").is_some(), "the jump is held");
    })
    .await;
}

#[tokio::test]
async fn an_admin_sets_it_up_on_the_page_and_takes_it_away() {
    on_every_database(async |app| {
        let session = app.person("ada", Role::Admin).await;
        let app = app.asked_by(&session);
        let fields = [("act", "schedule"), ("kind", "evaluate"), ("time", "02:45"), ("weekday-5", "yes")];
        let reply = app.post_form("/jobs", &fields).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/jobs?done=schedule-added"));
        let page = app.get_with("/jobs", &ENGLISH).await.text();
        assert!(page.contains("Measure the model: Sat at 02:45") && page.contains("Asia/Seoul"), "{page}");
        for (name, value, named) in [("time", "25:00", "00:00부터"), ("weekday-5", "", "요일 하나 이상")] {
            let wrong = fields.map(|(field, old)| (field, if field == name { value } else { old }));
            // A day that is not ticked is not sent.
            let sent = if value.is_empty() { &wrong[..3] } else { &wrong[..] };
            let refused = app.post_form("/jobs", sent).await;
            assert_eq!(refused.status, 422, "{name}");
            let text = refused.text();
            assert!(text.contains(named), "{name}");
            // What was typed is there to be corrected.
            let typed = if value.is_empty() { "value=\"02:45\"" } else { "value=\"25:00\"" };
            assert!(text.contains(typed) && text.contains("<option value=\"evaluate\" selected"), "{name}: {text}");
        }
        let all: Vec<Schedule> = app.services.acting(Caller::Console, None).jobs().await.expect("it may").schedules;
        let gone = app.post_form("/jobs", &[("act", "unschedule"), ("id", &all[0].id)]).await;
        assert_eq!((gone.status, gone.header("location")), (303, "/jobs?done=schedule-removed"));
        assert_eq!(app.post_form("/jobs", &[("act", "unschedule"), ("id", &all[0].id)]).await.status, 404);
        let planner = app.person("pia", Role::Planner).await;
        assert_eq!(app.asked_by(&planner).post_form("/jobs", &fields).await.status, 403);
    })
    .await;
}
