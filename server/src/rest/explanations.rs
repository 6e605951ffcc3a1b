//! Reasons for other systems, in the same JSON as the engine's.

use app::api::explain::{ExplainApi, ExplainRequest};
use app::error::ApiError;
use axum::Json;
use axum::extract::State;
use engine::predict::Explanation;

use super::reply::{Body, Refusal};
use crate::state::AppState;

/// Why the first candidate for one item and not each further one.
#[utoipa::path(post, path = "/api/v1/explanations", tag = "predictions", request_body = ExplainRequest,
    responses((status = 200, body = Explanation), (status = 413, body = ApiError), (status = 415, body = ApiError),
        (status = 422, body = ApiError), (status = 500, body = ApiError), (status = 503, body = ApiError)))]
pub async fn create(
    State(state): State<AppState>,
    Body(request): Body<ExplainRequest>,
) -> Result<Json<Explanation>, Refusal> {
    Ok(Json(state.services.explain(request).await?))
}
