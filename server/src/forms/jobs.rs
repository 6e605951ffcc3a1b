//! Jobs: a page with what runs and what ran, and buttons.

use app::screens::Screen;
use axum::http::StatusCode;
use axum::response::Response;
use contract::access::Action;
use contract::address::{Done, Page};
use contract::error::ApiError;
use contract::jobs::{JobKind, JobsApi, TypedSchedule};

use super::fields::Fields;
use super::own::{Notice, done_path};
use crate::exchange::reply::Query;
use crate::exchange::visit::{Visit, go, status};

/// `GET /jobs`
pub async fn jobs_page(visit: Visit, Query(notice): Query<Notice>) -> Response {
    match visit.acting.jobs().await {
        Ok(page) => {
            let done = Done::from_code(&notice.done);
            visit.show(StatusCode::OK, Screen::Jobs { page, typed: None, refusal: None, done }).await
        }
        Err(error) => visit.refused(error, Action::SeeJobs.least_role()).await,
    }
}

/// The page again, with what was wrong.
async fn refused_jobs(visit: &Visit, typed: Option<TypedSchedule>, error: ApiError) -> Response {
    let status = status(&error);
    match visit.acting.jobs().await {
        Ok(page) => visit.show(status, Screen::Jobs { page, typed, refusal: Some(error), done: None }).await,
        Err(error) => visit.refused(error, Action::SeeJobs.least_role()).await,
    }
}

/// `POST /jobs`
pub async fn change_jobs(visit: Visit, fields: Fields) -> Response {
    let id = fields.get("id").to_owned();
    let done = match (fields.get("act"), JobKind::from_code(fields.get("kind"))) {
        ("begin", Some(kind)) => visit.acting.begin_job(kind).await.map(|_| Done::JobBegun),
        ("repeat", _) => visit.acting.repeat_job(id).await.map(|_| Done::JobBegun),
        ("cancel", _) => visit.acting.cancel_job(id).await.map(|()| Done::JobEnding),
        ("schedule", _) => match typed_schedule(&fields).read() {
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
        Ok(done) => go(&done_path(Page::Jobs.path(), done)),
        Err(error @ (ApiError::SignInNeeded | ApiError::PasswordChangeNeeded | ApiError::Denied)) => {
            visit.refused(error, Action::ManageJobs.least_role()).await
        }
        Err(error) => {
            let typed = (fields.get("act") == "schedule").then(|| typed_schedule(&fields));
            refused_jobs(&visit, typed, error).await
        }
    }
}

/// A schedule as its form sends it.
fn typed_schedule(fields: &Fields) -> TypedSchedule {
    TypedSchedule {
        kind: fields.get("kind").to_owned(),
        weekdays: std::array::from_fn(|at| fields.is_ticked(&format!("weekday-{at}"))),
        time: fields.get("time").to_owned(),
    }
}
