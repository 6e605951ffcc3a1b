//! The offline copy of the model, as bytes of `engine::bundle`.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::bundle::{BUNDLE_SIZE_HEADER, BundleQuery};
use contract::error::ApiError;

use crate::exchange::asking::As;
use crate::exchange::reply::{Query, Refusal};
use crate::services::bundle::{CutBundle, DEFAULT_BUNDLE_ITEMS, MAX_BUNDLE_ITEMS};
use crate::state::AppState;

/// The offline bundle of the active model. `ETag` is the bundle's own hash.
#[utoipa::path(get, path = "/api/v1/bundle", tag = "bundle", params(BundleQuery),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>,
            headers(("etag" = String), ("x-bundle-size" = u64, description = "decoded size in bytes"))),
        (status = 304, description = "`If-None-Match` names this bundle")))]
pub async fn get(
    State(state): State<AppState>,
    As(acting): As,
    Query(query): Query<BundleQuery>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if query.limit > MAX_BUNDLE_ITEMS {
        let error = ApiError::TooMany { field: "limit".into(), limit: MAX_BUNDLE_ITEMS, got: query.limit };
        return Err(error.into());
    }
    let limit = if query.limit == 0 { DEFAULT_BUNDLE_ITEMS } else { query.limit };
    let bundle = acting.bundle(&state.bundles, limit, |id| has_tag(&headers, id.as_str())).await?;
    // Weak, because the same bundle is sent plain or compressed.
    let tag = format!("W/\"{}\"", bundle.id.as_str());
    let mut response = if has_tag(&headers, bundle.id.as_str()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        body(&bundle, accepts_brotli(&headers))
    };
    let fields = response.headers_mut();
    fields.insert(header::ETAG, HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"\"")));
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    fields.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response)
}

fn body(bundle: &CutBundle, accepts_brotli: bool) -> Response {
    let (bytes, encoding) = match &bundle.brotli {
        Some(compressed) if accepts_brotli => (compressed.clone(), Some("br")),
        _ => (bundle.bytes.clone(), None),
    };
    let n_bytes = bytes.len();
    let mut response = Body::from(Bytes::from(bytes)).into_response();
    let fields = response.headers_mut();
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    fields.insert(header::CONTENT_LENGTH, HeaderValue::from(n_bytes));
    fields.insert(BUNDLE_SIZE_HEADER, HeaderValue::from(bundle.bytes.len()));
    if let Some(encoding) = encoding {
        fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn has_tag(headers: &HeaderMap, id: &str) -> bool {
    let wanted = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    wanted.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/").trim_matches('"') == id)
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br")
            && !parts.any(|parameter| matches!(parameter, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn brotli_is_sent_only_to_who_wants_it() {
        assert!(accepts_brotli(&with(header::ACCEPT_ENCODING, "gzip, deflate, br")));
        assert!(accepts_brotli(&with(header::ACCEPT_ENCODING, "br;q=0.5")));
        assert!(!accepts_brotli(&with(header::ACCEPT_ENCODING, "gzip, br;q=0")));
        assert!(!accepts_brotli(&HeaderMap::new()));
    }

    #[test]
    fn tags_are_compared_weakly() {
        assert!(has_tag(&with(header::IF_NONE_MATCH, "\"a\", W/\"b\""), "b"));
        assert!(has_tag(&with(header::IF_NONE_MATCH, "*"), "b"));
        assert!(!has_tag(&with(header::IF_NONE_MATCH, "\"bb\""), "b"));
        assert!(!has_tag(&HeaderMap::new(), "b"));
    }
}
