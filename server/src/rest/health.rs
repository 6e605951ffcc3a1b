//! Is it alive, is it ready: for monitoring and for whoever starts it.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::domain::ModelId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::middleware::identify::As;
use crate::registry::RegistryError;

/// The process answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Liveness {
    /// Version of the product.
    pub version: String,
}

/// State of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    Ok,
    /// No model was trained yet: the pages say so, and that is an answer too.
    None,
    /// It cannot be used; the log says why.
    Failed,
}

/// Whether requests can be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Readiness {
    pub is_ready: bool,
    pub database: PartState,
    pub model: PartState,
    /// The model that answers.
    pub model_id: Option<ModelId>,
    /// What is wrong with the model file, for the person who runs the server.
    pub model_problem: Option<String>,
}

/// Answers as long as the process runs.
#[utoipa::path(get, path = "/api/v1/health/live", tag = "health", responses((status = 200, body = Liveness)))]
pub async fn live() -> Response {
    no_store(StatusCode::OK, Json(Liveness { version: env!("CARGO_PKG_VERSION").to_owned() }))
}

/// 200 when database and model (if there is one) can be used, 503 when not.
#[utoipa::path(get, path = "/api/v1/health/ready", tag = "health",
    responses((status = 200, body = Readiness), (status = 503, body = Readiness)))]
pub async fn ready(As(acting): As) -> Response {
    let services = acting.services();
    let is_database_up = match services.db.ping().await {
        Ok(()) => true,
        Err(error) => {
            // The reference is in the log; monitoring only needs the state.
            services.refuse(error);
            false
        }
    };
    let (model, model_id, model_problem) = match services.registry.active(&services.db).await {
        Ok(active) => (PartState::Ok, Some(active.row.id.clone()), None),
        Err(RegistryError::NoModel) => (PartState::None, None, None),
        Err(error @ (RegistryError::Damaged { .. } | RegistryError::Missing { .. })) => {
            let problem = without_folder(&error);
            services.refuse(error);
            (PartState::Failed, None, Some(problem))
        }
        Err(error) => {
            services.refuse(error);
            (PartState::Failed, None, None)
        }
    };
    let is_ready = is_database_up && model != PartState::Failed;
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let database = if is_database_up { PartState::Ok } else { PartState::Failed };
    no_store(status, Json(Readiness { is_ready, database, model, model_id, model_problem }))
}

/// What is wrong, without saying where the server keeps its files.
fn without_folder(error: &RegistryError) -> String {
    match error {
        RegistryError::Damaged { reason, .. } => reason.to_string(),
        RegistryError::Missing { .. } => "the file of the active model is missing".to_owned(),
        other => other.to_string(),
    }
}

fn no_store(status: StatusCode, body: impl IntoResponse) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], body).into_response()
}
