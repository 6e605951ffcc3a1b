//! A panic in a handler becomes a logged error with a reference, not a closed connection.

use std::any::Any;

use app::error::ApiError;
use axum::response::{IntoResponse, Response};

use crate::clock::Clock;
use crate::error::Failure;
use crate::rest::reply::Refusal;

/// The answer after a panic.
pub fn response(clock: &Clock, panic: &(dyn Any + Send)) -> Response {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    let error: ApiError = Failure::Other(format!("panic: {message}")).into_api(|| clock.new_id());
    Refusal::from(error).into_response()
}
