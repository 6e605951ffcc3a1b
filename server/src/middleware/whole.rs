//! Requests come whole and sound, before anybody reads them: the body in time and not too large, and nowhere a NUL.
//!
//! PostgreSQL keeps no NUL in a text, SQLite does; no name, code or word of a plant holds one. So it is refused here, once
//! for all addresses and both databases.

use std::error::Error;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;

use crate::exchange::reply::{MAX_BODY_BYTES, Refusal};
use crate::net::Late;

/// Reads the body, or says what is wrong with the request.
pub async fn whole(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let checked = match part_with_nul(&parts.uri) {
        Some(part) => Err(Refusal::nul(part)),
        // What looks takes no body.
        None if [Method::GET, Method::HEAD].contains(&parts.method) => Ok(Bytes::new()),
        None => read(&parts.headers, body).await,
    };
    match checked {
        Ok(bytes) if has_nul(parts.uri.path(), &parts.headers, &bytes) => Refusal::nul("body").into_response(),
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(refusal) => refusal.into_response(),
    }
}

fn part_with_nul(uri: &Uri) -> Option<&'static str> {
    if uri.path().contains("%00") {
        return Some("path");
    }
    uri.query().is_some_and(|query| query.contains("%00")).then_some("query")
}

async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Refusal> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let told = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if told.is_some_and(|n_bytes: u64| n_bytes > MAX_BODY_BYTES as u64) {
        return Err(Refusal::body_too_large());
    }
    let mut bytes = Vec::new();
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece =
            piece.map_err(|error| if is_late(&error) { Refusal::body_late() } else { Refusal::body_broken() })?;
        if bytes.len() + piece.len() > MAX_BODY_BYTES {
            return Err(Refusal::body_too_large());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.into())
}

fn is_late(error: &axum::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<Late>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Whether a value in a body is one with a NUL. Uploaded files may have any bytes; what is taken from them is checked there.
fn has_nul(path: &str, headers: &HeaderMap, body: &[u8]) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if content_type.starts_with("multipart/") {
        false
    } else if path.starts_with("/api/") {
        json_has_nul(body)
    } else {
        body.contains(&0) || body.windows(3).any(|three| three == b"%00")
    }
}

/// Whether a text of a JSON document holds an escaped NUL. A NUL by itself is no JSON.
fn json_has_nul(body: &[u8]) -> bool {
    let mut rest = body;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        rest = &rest[at + 1..];
        if rest.starts_with(b"u0000") {
            return true;
        }
        // What is escaped, perhaps a backslash.
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_nul_is_told_from_an_escaped_backslash() {
        for (text, expected) in [
            (r#"{"a":"\u0000"}"#, true),
            (r#"{"a\u0000":1}"#, true),
            (r#"{"a":"\\\u0000"}"#, true),
            (r#"{"a":"\\u0000"}"#, false),
            (r#"{"a":"u0000 \u0001 \n"}"#, false),
            (r"\", false),
            ("", false),
        ] {
            assert_eq!(json_has_nul(text.as_bytes()), expected, "{text}");
        }
    }
}
