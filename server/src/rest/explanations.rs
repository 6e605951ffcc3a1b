//! Reasons for other systems, in the same JSON as the engine's.

use axum::Json;
use contract::explain::{ExplainApi, ExplainRequest};
use contract::wire::Explanation;

use crate::exchange::asking::As;
use crate::exchange::reply::{Body, Refusal};

/// Why the first candidate for one item and not each further one.
#[utoipa::path(post, path = "/api/v1/explanations", tag = "predictions", request_body = ExplainRequest,
    responses((status = 200, body = Explanation)))]
pub async fn create(As(acting): As, Body(request): Body<ExplainRequest>) -> Result<Json<Explanation>, Refusal> {
    Ok(Json(acting.explain(request).await?))
}
