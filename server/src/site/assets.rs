//! Files of the built client: hashed ones for ever, the others checked again every time; a missing one is a plain 404.

use std::io;
use std::path::Path;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeDir;

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache");

/// The file that the request's path names below `root`; `None` when there is none.
pub async fn find(root: &Path, request: Request) -> Option<Response> {
    let is_hashed = is_hashed(request.uri().path());
    let mut files = ServeDir::new(root).precompressed_br().append_index_html_on_directories(false);
    let response = match files.try_call(request).await {
        Ok(response) => response,
        Err(error) if cannot_be_there(&error) => return None,
        Err(error) => {
            tracing::error!(error = %error, "a file of the client cannot be read: {error}");
            return Some((StatusCode::INTERNAL_SERVER_ERROR, "unavailable\n").into_response());
        }
    };
    if response.status() == StatusCode::NOT_FOUND || response.status() == StatusCode::METHOD_NOT_ALLOWED {
        return None;
    }
    let mut response = response.map(Body::new);
    let caching = if is_hashed { IMMUTABLE } else { NO_CACHE };
    response.headers_mut().insert(header::CACHE_CONTROL, caching);
    Some(response)
}

/// Whether no file can have the name that was asked for: it is too long, or holds what no name may.
fn cannot_be_there(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput, IsADirectory, NotADirectory, NotFound};
    matches!(error.kind(), InvalidFilename | InvalidInput | IsADirectory | NotADirectory | NotFound)
}

/// The answer for a missing file: never a page, so that a script tag does not get HTML.
pub fn missing() -> Response {
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "not found\n").into_response()
}

/// Whether a path asks for a file and not for a page.
pub fn is_file(path: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "js",
        "mjs",
        "map",
        "wasm",
        "css",
        "svg",
        "png",
        "jpg",
        "ico",
        "webp",
        "woff",
        "woff2",
        "webmanifest",
        "json",
        "txt",
        "xml",
    ];
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// Whether the name carries a hash of the content: `name.<at least 8 letters and digits>.ending`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let mut parts = name.rsplit('.').skip(1);
    let hash = parts.next().unwrap_or_default();
    let has_name = parts.next().is_some();
    has_name && hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(is_hashed("/pkg/routing-ml.3f9c1b2ad4e5.wasm"));
        assert!(!is_hashed("/pkg/routing-ml.js"));
        assert!(!is_hashed("/pkg/routing-ml_bg.wasm"));
        assert!(!is_hashed("/manifest.webmanifest"));
    }

    #[test]
    fn files_are_told_from_pages() {
        assert!(is_file("/pkg/x.js") && is_file("/favicon.ico"));
        assert!(!is_file("/predict") && !is_file("/items/A.1") && !is_file("/"));
    }
}
