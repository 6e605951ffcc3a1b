//! Is it alive, is it ready: for monitoring and for whoever starts it.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::error::ApiError;
use contract::health::{AnswersInMemory, Liveness, Overall, PartState, Readiness};

use crate::services::answers::AnswersUse;
use crate::services::health::{Condition, Health};
use crate::state::AppState;

impl From<AnswersUse> for AnswersInMemory {
    fn from(used: AnswersUse) -> Self {
        let AnswersUse { hits, misses, size_bytes, most_bytes } = used;
        Self { hits, misses, size_bytes, most_bytes }
    }
}

impl From<Health> for Readiness {
    fn from(health: Health) -> Self {
        let (database, database_problem) = shown(health.database);
        let (model, model_problem) = shown(health.model);
        let (disk, disk_problem) = shown(health.disk);
        let parts = [database, model, disk];
        let state = match () {
            () if parts.contains(&PartState::Failed) => Overall::Failed,
            () if parts.contains(&PartState::Degraded) => Overall::Degraded,
            () => Overall::Ok,
        };
        let (is_ready, model_id, answers) = (state != Overall::Failed, health.model_id, health.answers.into());
        Self {
            is_ready,
            state,
            database,
            database_problem,
            model,
            model_id,
            model_problem,
            disk,
            disk_problem,
            answers,
        }
    }
}

fn shown(part: Condition) -> (PartState, Option<String>) {
    match part {
        Condition::Ok => (PartState::Ok, None),
        Condition::None => (PartState::None, None),
        Condition::Degraded(problem) => (PartState::Degraded, Some(problem)),
        Condition::Failed(problem) => (PartState::Failed, Some(problem)),
    }
}

/// Answers as long as the process runs.
#[utoipa::path(get, path = "/api/v1/health/live", tag = "health", responses((status = 200, body = Liveness)))]
pub async fn live() -> Response {
    no_store(StatusCode::OK, Json(Liveness { version: env!("CARGO_PKG_VERSION").to_owned() }))
}

/// 200 while answers are right, also when something is wrong (`state` is `degraded` then); 503 when none can be given.
#[utoipa::path(get, path = "/api/v1/health/ready", tag = "health",
    responses((status = 200, body = Readiness), (status = 503, body = Readiness), (status = 500, body = ApiError)))]
pub async fn ready(State(state): State<AppState>) -> Response {
    let readiness = Readiness::from(state.services.health().await);
    let status = if readiness.is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    no_store(status, Json(readiness))
}

fn no_store(status: StatusCode, body: impl IntoResponse) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], body).into_response()
}
