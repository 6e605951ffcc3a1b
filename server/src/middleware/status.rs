//! The HTTP status of a server function follows its `ApiError`; Leptos answers 500 for every one of them.

use app::page_error::PageError;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::error::ApiError;
use leptos::server_fn::codec::PostcardEncoding;
use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use leptos::server_fn::{ContentType, Decodes};
use uuid::Uuid;

use crate::error::Failure;
use crate::exchange::reply::MAX_BODY_BYTES;
use crate::net::request_id;
use crate::services::Services;

/// An error as our own pages read it, outside of a server function.
pub fn packed(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers =
        [(header::CONTENT_TYPE, PostcardEncoding::CONTENT_TYPE), (HeaderName::from_static(SERVER_FN_ERROR_HEADER), "")];
    (status, headers, PageError(error.clone()).ser()).into_response()
}

/// Reads the error in the body of a failed server function and sets its status.
///
/// A fault inside Leptos itself comes as a sentence where the reference should be: it is logged and gets one.
pub async fn follow_error(State(services): State<Services>, request: Request, next: Next) -> Response {
    let is_server_function = request.uri().path().starts_with("/api/ui/");
    let services = services.for_request(request_id::of(request.extensions()));
    let response = next.run(request).await;
    if !is_server_function || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The error was made by us a moment ago and is small; if it cannot be read, the status stays 500.
    let Ok(bytes) = to_bytes(body, MAX_BODY_BYTES).await else {
        return Response::from_parts(parts, Body::empty());
    };
    let Ok(PageError(error)) = PostcardEncoding::decode(bytes.clone()) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    match error {
        ApiError::Internal { ref_id } if ref_id != services.request_id() && Uuid::try_parse(&ref_id).is_err() => {
            Response::from_parts(parts, Body::from(PageError(services.refuse(Failure::Other(ref_id))).ser()))
        }
        error => {
            parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
            Response::from_parts(parts, Body::from(bytes))
        }
    }
}
