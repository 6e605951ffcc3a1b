//! Verdicts on candidates, safe to send again.

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use contract::error::ApiError;
use contract::feedback::{Feedback, FeedbackApi, FeedbackReceipt};

use crate::exchange::asking::As;
use crate::exchange::reply::{Body, Refusal};

/// Header that makes a repeated request the same request.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Stores a verdict once per `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/feedback", tag = "feedback", request_body = Feedback,
    params(("Idempotency-Key" = String, Header, description = "1 to 100 visible ASCII characters, new for every verdict",
        min_length = 1, max_length = 100, pattern = "^[!-~]+$")),
    responses((status = 201, body = FeedbackReceipt, description = "stored now"),
        (status = 200, body = FeedbackReceipt, description = "was stored before"),
        (status = 404, body = ApiError, description = "no item, model or prediction is called so"),
        (status = 409, body = ApiError, description = "the key was used for another content")))]
pub async fn create(
    As(acting): As,
    headers: HeaderMap,
    Body(feedback): Body<Feedback>,
) -> Result<(StatusCode, Json<FeedbackReceipt>), Refusal> {
    // A missing or unreadable key is refused by the service like an empty one.
    let key = headers.get(IDEMPOTENCY_KEY).and_then(|key| key.to_str().ok()).unwrap_or_default();
    let receipt = acting.send_feedback(key.to_owned(), feedback).await?;
    let status = if receipt.was_known { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(receipt)))
}
