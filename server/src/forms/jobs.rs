//! Jobs: a page with what runs and what ran, and buttons.

use app::access::Action;
use app::api::jobs::{JobKind, JobsApi, NewSchedule, WEEKDAYS};
use app::error::ApiError;
use app::screens::{Done, Screen};
use axum::http::StatusCode;
use axum::response::Response;

use super::own::{Notice, done_path};
use super::{Fields, Visit, go, refused, status};
use crate::rest::reply::Query;

/// `GET /jobs`
pub async fn jobs_page(visit: Visit, Query(notice): Query<Notice>) -> Response {
    jobs(&visit, StatusCode::OK, None, Done::from_code(&notice.done)).await
}

async fn jobs(visit: &Visit, status: StatusCode, refusal: Option<ApiError>, done: Option<Done>) -> Response {
    match visit.acting.jobs().await {
        Ok(page) => visit.show(status, Screen::Jobs { page, refusal, done }).await,
        Err(error) => refused(visit, error, Action::SeeJobs.least_role()).await,
    }
}

/// `POST /jobs`
pub async fn change_jobs(visit: Visit, fields: Fields) -> Response {
    let id = fields.get("id").to_owned();
    let done = match (fields.get("act"), JobKind::from_code(fields.get("kind"))) {
        ("begin", Some(kind)) => visit.acting.begin_job(kind).await.map(|_| Done::JobBegun),
        ("repeat", _) => visit.acting.repeat_job(id).await.map(|_| Done::JobBegun),
        ("cancel", _) => visit.acting.cancel_job(id).await.map(|()| Done::JobEnding),
        ("schedule", _) => match new_schedule(&fields) {
            Ok(new) => visit.acting.add_schedule(new).await.map(|()| Done::ScheduleAdded),
            Err(error) => visit.acting.may_manage_jobs().await.and(Err(error)),
        },
        ("unschedule", _) => visit.acting.remove_schedule(id).await.map(|()| Done::ScheduleRemoved),
        // No button of the page sends anything else; whoever may not is told so first.
        _ => visit.acting.may_manage_jobs().await.and_then(|()| {
            let (field, value) = ("act".to_owned(), fields.get("act").chars().take(100).collect());
            Err(ApiError::Invalid { field, value, expected: "one_of_the_buttons".to_owned() })
        }),
    };
    match done {
        Ok(done) => go(&done_path("/jobs", done)),
        Err(error @ (ApiError::SignInNeeded | ApiError::PasswordChangeNeeded | ApiError::Denied)) => {
            refused(&visit, error, Action::ManageJobs.least_role()).await
        }
        Err(error) => jobs(&visit, status(&error), Some(error), None).await,
    }
}

/// A schedule as its form sends it.
fn new_schedule(fields: &Fields) -> Result<NewSchedule, ApiError> {
    let invalid = |field: &str, expected: &str| {
        let value = fields.get(field).chars().take(100).collect();
        ApiError::Invalid { field: field.to_owned(), value, expected: expected.to_owned() }
    };
    let kind = JobKind::from_code(fields.get("kind")).ok_or_else(|| invalid("kind", "one_of_the_buttons"))?;
    let time = fields.get("time").split_once(':');
    let time = time.and_then(|(hour, minute)| Some((hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?)));
    let (hour, minute) =
        time.filter(|(hour, minute)| *hour < 24 && *minute < 60).ok_or_else(|| invalid("time", "a_time"))?;
    let weekdays: [bool; WEEKDAYS] = std::array::from_fn(|at| fields.is_ticked(&format!("weekday-{at}")));
    Ok(NewSchedule { kind, weekdays, minute: hour * 60 + minute })
}
