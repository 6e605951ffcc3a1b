//! An answer in any case: a panic in a handler becomes a logged error with a reference, and one that takes too long is
//! given up.

use std::any::Any;
use std::panic::AssertUnwindSafe;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::error::ApiError;
use futures::FutureExt;

use super::trace::route;
use crate::error::Failure;
use crate::exchange::reply::Refusal;
use crate::net::request_id;
use crate::services::Services;
use crate::state::AppState;

/// Waits for the answer as long as the state says. What follows an answer's headers, a stream, has no such limit.
pub async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let services = state.services.for_request(request_id::of(request.extensions()));
    let (method, route) = (request.method().clone(), route(&request).to_owned());
    let answering = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(state.answer_within, answering).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => after_panic(&services, panic.as_ref()),
        Err(_) => {
            let seconds = state.answer_within.as_secs();
            tracing::error!(request_id = services.request_id(), "{method} {route} was given up after {seconds} s");
            Refusal::from(ApiError::Unavailable).into_response()
        }
    }
}

fn after_panic(services: &Services, panic: &(dyn Any + Send)) -> Response {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    Refusal::from(services.refuse(Failure::Other(format!("panic: {message}")))).into_response()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use serde_json::Value;
    use tower::ServiceExt;

    use super::*;
    use crate::auth::password::Cost;
    use crate::clock::Clock;
    use crate::db::Db;

    /// Status and body of what a guarded handler answers.
    async fn guarded(handler: axum::routing::MethodRouter) -> (u16, Value) {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let db = Db::open("sqlite::memory:").await.expect("it opens");
        let services = Services::new(db, folder.path().into(), Clock::system(), Cost::for_tests());
        let state = AppState::new(services.expect("there is randomness"), folder.path().into());
        let state = AppState { answer_within: Duration::from_millis(50), ..state };
        let router = Router::new().route("/", handler).layer(from_fn_with_state(state, guard));
        let Ok(response) = router.oneshot(Request::new(Body::empty())).await;
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), 1000).await.expect("a short answer");
        (status, serde_json::from_slice(&body).expect("it is JSON"))
    }

    #[tokio::test]
    async fn a_panic_is_told_by_a_reference_alone() {
        for handler in [
            get(async || -> () { panic!("index {} of the table users", 3) }),
            get(async || -> () { panic!("index 3 of the table users") }),
            get(async || -> () { std::panic::panic_any(3_u8) }),
        ] {
            let (status, told) = guarded(handler).await;
            assert_eq!((status, told["code"].as_str()), (500, Some("internal")));
            assert!(!told.to_string().contains("users"), "{told}");
        }
    }

    #[tokio::test]
    async fn whoever_takes_too_long_is_not_waited_for() {
        let (status, told) = guarded(get(async || std::future::pending::<()>().await)).await;
        assert_eq!((status, told["code"].as_str()), (503, Some("unavailable")));
    }
}
