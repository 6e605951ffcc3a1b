//! Forms of accounts and administration: plain HTML forms that need no scripts (ADR 0011).
//!
//! Comes in: what a browser sends. Goes out: a page of `app::screens`, or the way to one, with cookies.
//! Never does: decide (that is `services`), write a word or markup.

pub mod audit;
pub mod choices;
pub mod enter;
pub mod jobs;
pub mod own;
pub mod settings;
pub mod users;
mod visit;

use app::screens::Screen;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::access::Role;
use contract::address::Page;
use contract::error::ApiError;

pub use visit::{Fields, Visit};

/// The way to another page of ours.
fn go(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static(Page::Home.path()));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// Instead of a page that the caller may not see: the way to where it can be changed, or a page that says so.
pub async fn refused(visit: &Visit, error: ApiError, least: Option<Role>) -> Response {
    match error {
        ApiError::SignInNeeded => go(&contract::address::sign_in_path(&visit.here())),
        ApiError::PasswordChangeNeeded => go(Page::Password.path()),
        error => {
            let status = status(&error);
            visit.show(status, Screen::Refused { error, least }).await
        }
    }
}

fn status(error: &ApiError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
