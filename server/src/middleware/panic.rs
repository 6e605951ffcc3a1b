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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_told_by_a_reference_alone() {
        let secret = "index 3 of the table users".to_owned();
        for panic in [&secret as &(dyn Any + Send), &"index 3 of the table users", &3_u8] {
            let response = response(&Clock::system(), panic);
            assert_eq!(response.status(), 500);
            let body = axum::body::to_bytes(response.into_body(), 1000).await.expect("a short answer");
            let told: serde_json::Value = serde_json::from_slice(&body).expect("it is JSON");
            assert_eq!(told["code"], "internal");
            assert!(!String::from_utf8_lossy(&body).contains("users"), "{told}");
        }
    }
}
