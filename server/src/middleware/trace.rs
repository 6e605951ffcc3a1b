//! One span per request, named by the route template: a raw path would make every item a name of its own.

use axum::extract::{MatchedPath, Request};
use tracing::Span;

/// The span of one request.
pub fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str);
    tracing::info_span!("http.request", http.method = %request.method(), http.route = route)
}
