//! How requests are read and failures are written: `ApiError` as JSON, always.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use contract::error::ApiError;

/// Largest request body, in bytes.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

/// A failure as a response: JSON, and itself among the extensions for those who read something else.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// From the error's code, except where HTTP has a closer one.
    status: StatusCode,
    error: ApiError,
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, error }
    }
}

impl Refusal {
    fn invalid(status: StatusCode, field: &str, value: String, expected: &str) -> Self {
        Self { status, error: ApiError::Invalid { field: field.to_owned(), value, expected: expected.to_owned() } }
    }

    /// A form that cannot be read.
    pub fn form(status: StatusCode, reason: String) -> Self {
        Self::invalid(status, "form", reason, "fields")
    }

    /// A text with a NUL in this part of the request.
    pub fn nul(part: &str) -> Self {
        Self::invalid(StatusCode::UNPROCESSABLE_ENTITY, part, String::new(), "no_nul")
    }

    /// A body that did not come in time.
    pub fn body_late() -> Self {
        Self::invalid(StatusCode::REQUEST_TIMEOUT, "body", String::new(), "in_time")
    }

    /// A body that ended before its end.
    pub fn body_broken() -> Self {
        Self::invalid(StatusCode::BAD_REQUEST, "body", String::new(), "whole")
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What went wrong.
    pub fn error(&self) -> &ApiError {
        &self.error
    }

    /// A body above [`MAX_BODY_BYTES`].
    pub fn body_too_large() -> Self {
        let expected = format!("at_most_{MAX_BODY_BYTES}_bytes");
        Self::invalid(StatusCode::PAYLOAD_TOO_LARGE, "body", String::new(), &expected)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let retry_after_s = match &self.error {
            ApiError::TooFast { retry_after_s } => Some(*retry_after_s),
            _ => None,
        };
        let mut response = (self.status, Json(&self.error)).into_response();
        if let Some(seconds) = retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::body_too_large(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                Self::invalid(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content-type", String::new(), "application/json")
            }
            _ => Self::invalid(StatusCode::UNPROCESSABLE_ENTITY, "body", rejection.body_text(), "json"),
        }
    }
}

impl From<QueryRejection> for Refusal {
    fn from(rejection: QueryRejection) -> Self {
        Self::invalid(StatusCode::UNPROCESSABLE_ENTITY, "query", rejection.body_text(), "parameters")
    }
}

impl From<PathRejection> for Refusal {
    fn from(rejection: PathRejection) -> Self {
        Self::invalid(StatusCode::UNPROCESSABLE_ENTITY, "path", rejection.body_text(), "utf8_percent_encoded")
    }
}

/// A JSON body.
#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(Refusal))]
pub struct Body<T>(pub T);

/// A query string.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Refusal))]
pub struct Query<T>(pub T);

/// Parts of the path.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Refusal))]
pub struct Path<T>(pub T);

/// Nothing is at this address.
pub async fn not_found(uri: Uri) -> Refusal {
    ApiError::NotFound { key: uri.path().to_owned() }.into()
}

/// Something is there, but not for this method.
pub async fn method_not_allowed(method: Method) -> Refusal {
    Refusal::invalid(StatusCode::METHOD_NOT_ALLOWED, "method", method.to_string(), "see_allow_header")
}
