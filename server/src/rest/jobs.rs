//! Jobs for programs: how one stands, once or as it goes.

use std::convert::Infallible;
use std::time::Duration;

use axum::Json;
use axum::response::sse::{Event, KeepAlive, Sse};
use contract::error::ApiError;
use contract::jobs::{Job, JobsApi};
use futures::stream::{Stream, unfold};

use crate::exchange::asking::As;
use crate::exchange::reply::{Path, Refusal};
use crate::services::acting::Acting;

/// How often a job is looked at while somebody listens.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// One job.
#[utoipa::path(get, path = "/api/v1/jobs/{id}", tag = "jobs", params(("id" = String, Path, description = "id of a job")),
    responses((status = 200, body = Job), (status = 404, body = ApiError)))]
pub async fn get(As(acting): As, Path(id): Path<String>) -> Result<Json<Job>, Refusal> {
    Ok(Json(acting.job(id).await?))
}

/// The same as events: one now and one with every change, until the job has ended.
#[utoipa::path(get, path = "/api/v1/jobs/{id}/events", tag = "jobs",
    params(("id" = String, Path, description = "id of a job")),
    responses((status = 200, content_type = "text/event-stream", description = "events `job` with a Job as data"),
        (status = 404, body = ApiError)))]
pub async fn events(
    As(acting): As,
    Path(id): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refusal> {
    let first = acting.job(id).await?;
    let stream = unfold(Next::Tell(acting, first), |next| async move {
        let (acting, job) = match next {
            Next::Tell(acting, job) => (acting, job),
            Next::Watch(acting, seen) => {
                let job = changed(&acting, &seen).await?;
                (acting, job)
            }
            Next::Over => return None,
        };
        let event = Event::default().event("job").json_data(&job).ok()?;
        let next = if job.state.is_over() { Next::Over } else { Next::Watch(acting, job) };
        Some((Ok(event), next))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}

enum Next {
    Tell(Acting, Job),
    Watch(Acting, Job),
    Over,
}

/// The job once it is no longer as it was seen; `None` when it cannot be read any more.
async fn changed(acting: &Acting, seen: &Job) -> Option<Job> {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let job = acting.job(seen.id.clone()).await.ok()?;
        // How long it still takes is told along with something new only.
        if (Job { left_s: seen.left_s, ..job.clone() }) != *seen {
            return Some(job);
        }
    }
}
