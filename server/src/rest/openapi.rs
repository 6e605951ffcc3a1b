//! The interface described for machines, generated from the types.

use axum::Json;
use utoipa::OpenApi;

use super::{bundle, explanations, feedback, health, items, predictions, receipts};

/// Every endpoint of `/api/v1`.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Routing ML",
        description = "Candidate manufacturing routings from similar past items. Errors are `ApiError`: a code with data."
    ),
    paths(
        health::live,
        health::ready,
        items::search,
        items::detail,
        predictions::create,
        explanations::create,
        feedback::create,
        receipts::qr,
        bundle::get,
        describe
    )
)]
pub struct Description;

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "openapi",
    responses((status = 200, content_type = "application/json", description = "OpenAPI 3.1")))]
pub async fn describe() -> Json<utoipa::openapi::OpenApi> {
    Json(Description::openapi())
}
