//! One id for each request, in the log, in the answer and wherever an error is shown.

use axum::http::{Extensions, HeaderName, HeaderValue, Request};
use tower_http::request_id::{MakeRequestId, RequestId};

use crate::clock::Clock;

/// Header of the id. One that comes along is taken over; `server::net::peer` lets through only that of a trusted proxy.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longest id that a proxy may give.
const MAX_CHARS: usize = 100;

/// Makes ids that are in the order of their time.
#[derive(Clone)]
pub struct Ids(pub Clock);

impl MakeRequestId for Ids {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        HeaderValue::from_str(&self.0.new_id()).ok().map(RequestId::new)
    }
}

/// The id of a request; empty where there is none.
pub fn of(extensions: &Extensions) -> &str {
    extensions.get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or_default()
}

/// Whether this may stand in a line of the log.
pub fn is_sound(id: &HeaderValue) -> bool {
    let is_usual = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:=+/".contains(byte);
    !id.is_empty() && id.len() <= MAX_CHARS && id.as_bytes().iter().all(is_usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_and_plain() {
        for (text, expected) in [("0193f7-ab.c:1", true), ("", false), ("a b", false), ("a\"b", false), ("한", false)]
        {
            assert_eq!(HeaderValue::from_str(text).is_ok_and(|id| is_sound(&id)), expected, "{text}");
        }
        assert!(!is_sound(&HeaderValue::from_str(&"a".repeat(101)).expect("it is ASCII")));
    }
}
