//! The interface described for machines, made of what the endpoints say of themselves.

use std::sync::LazyLock;

use axum::Json;
use utoipa::openapi::OpenApi;

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "openapi",
    responses((status = 200, content_type = "application/json", description = "OpenAPI 3.1")))]
pub async fn describe() -> Json<&'static OpenApi> {
    static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(|| super::all().into_document());
    Json(&DOCUMENT)
}
