//! Predictions for other systems, in the same JSON as the command line writes.

use axum::Json;
use contract::predict::PredictRequest;
use contract::wire::Prediction;

use crate::exchange::asking::As;
use crate::exchange::reply::{Body, Refusal};
use crate::services::predict::Channel;

/// Candidate routings, one prediction per item in the order asked: codes first, then described items.
#[utoipa::path(post, path = "/api/v1/predictions", tag = "predictions", request_body = PredictRequest,
    responses((status = 200, body = Vec<Prediction>)))]
pub async fn create(As(acting): As, Body(request): Body<PredictRequest>) -> Result<Json<Vec<Prediction>>, Refusal> {
    let answers = acting.predict_for(request, Channel::Rest).await?;
    Ok(Json(answers.into_iter().map(|answer| answer.prediction).collect()))
}
