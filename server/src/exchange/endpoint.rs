//! One endpoint, so that tests can call every one of them as everybody.

use axum::http::Method;
use contract::access::Action;

/// One endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub method: Method,
    /// Template with `{…}`.
    pub path: String,
    pub action: Action,
}
