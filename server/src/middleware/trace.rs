//! One span per request, named by the route template: a raw path would make every item a name of its own.

use axum::extract::{MatchedPath, Request};
use tracing::Span;

use crate::net::request_id;

/// The span of one request.
pub fn span(request: &Request) -> Span {
    let (id, route) = (request_id::of(request.extensions()), route(request));
    tracing::info_span!("http.request", http.method = %request.method(), http.route = route, request_id = id)
}

/// The template of a request's address.
pub fn route(request: &Request) -> &str {
    request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use axum::Router;
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt;
    use tower_http::request_id::SetRequestIdLayer;
    use tower_http::trace::TraceLayer;

    use super::*;
    use crate::clock::Clock;
    use crate::net::request_id::{Ids, X_REQUEST_ID};

    /// A log that can be read.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("no panic").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn every_line_of_a_request_has_its_id() {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer({
            let log = log.clone();
            move || log.clone()
        });
        let guard = tracing::subscriber::set_default(subscriber.finish());
        let handler = get(async |request: Request| {
            tracing::info!("inside");
            request_id::of(request.extensions()).to_owned()
        });
        let router = Router::new()
            .route("/items/{code}", handler)
            .layer(TraceLayer::new_for_http().make_span_with(span))
            .layer(SetRequestIdLayer::new(X_REQUEST_ID, Ids(Clock::system())));
        let request = Request::get("/items/A").body(Body::empty()).expect("a sound request");
        let Ok(response) = router.oneshot(request).await;
        let id = axum::body::to_bytes(response.into_body(), 100).await.expect("a short answer");
        drop(guard);
        let id = String::from_utf8(id.to_vec()).expect("it is text");
        let text = String::from_utf8(log.0.lock().expect("no panic").clone()).expect("the log is text");
        let line = text.lines().find(|line| line.contains("inside")).expect("it was logged");
        assert!(id.len() == 36 && line.contains(&id) && line.contains("/items/{code}"), "{id}: {text}");
    }
}
