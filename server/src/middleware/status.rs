//! The HTTP status of a server function follows its `ApiError`; Leptos answers 500 for every one of them.

use app::error::ApiError;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::rest::reply::MAX_BODY_BYTES;

/// Reads the error in the body of a failed server function and sets its status.
pub async fn follow_error(request: Request, next: Next) -> Response {
    let is_server_function = request.uri().path().starts_with("/api/ui/");
    let response = next.run(request).await;
    if !is_server_function || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The error was made by us a moment ago and is small; if it cannot be read, the status stays 500.
    let Ok(bytes) = to_bytes(body, MAX_BODY_BYTES).await else {
        return Response::from_parts(parts, Body::empty());
    };
    if let Ok(error) = serde_json::from_slice::<ApiError>(&bytes)
        && let Ok(status) = StatusCode::from_u16(error.status())
    {
        parts.status = status;
        parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    Response::from_parts(parts, Body::from(bytes))
}
