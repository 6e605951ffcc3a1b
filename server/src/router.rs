//! Every URL of the product.

use std::sync::Arc;

use app::App;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::trace::TraceLayer;

use crate::rest::reply::{MAX_BODY_BYTES, method_not_allowed, not_found};
use crate::rest::{bundle, explanations, feedback, health, items, openapi, predictions, receipts};
use crate::state::AppState;
use crate::{assets, choices, context, middleware};

/// The whole product as one service, so that tests can run it in process.
pub fn build(state: AppState) -> Router {
    let rest = Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/items", get(items::search))
        .route("/items/{*code}", get(items::detail))
        .route("/predictions", post(predictions::create))
        .route("/explanations", post(explanations::create))
        .route("/feedback", post(feedback::create))
        .route("/receipts/{receipt}/qr.svg", get(receipts::qr))
        .route("/bundle", get(bundle::get))
        .route("/openapi.json", get(openapi::describe))
        .method_not_allowed_fallback(method_not_allowed);

    let pages = generate_route_list(App);
    let (services, client) = (state.services.clone(), Arc::clone(&state.client));
    let shell_options = state.leptos.clone();
    let clock = state.services.clock.clone();
    Router::new()
        .nest("/api/v1", rest)
        // Server functions (`/api/ui/…`) are registered by `leptos_routes_with_context`; other addresses below it are none.
        .route("/api/{*path}", any(not_found))
        .route("/pkg/{*path}", get(package))
        .route("/lang/{code}", get(choices::language))
        .route("/theme/{code}", get(choices::theme))
        .leptos_routes_with_context(
            &state,
            pages,
            move || context::provide(&services, &client),
            move || app::shell(shell_options.clone()),
        )
        .fallback(file_or_page)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(RequestBodyLimitLayer::new(MAX_BODY_BYTES))
        .layer(from_fn_with_state(state.services.clock.clone(), middleware::status::follow_error))
        .layer(CatchPanicLayer::custom(move |panic: Box<dyn std::any::Any + Send>| {
            middleware::panic::response(&clock, panic.as_ref())
        }))
        .layer(CompressionLayer::new().compress_when(
            // The bundle comes compressed already, and its length must stand in the header.
            DefaultPredicate::new().and(NotForContentType::const_new("application/octet-stream")),
        ))
        .layer(from_fn(middleware::headers::add))
        .layer(TraceLayer::new_for_http().make_span_with(middleware::trace::span))
        .with_state(state)
}

/// Scripts, styles and fonts that the build made.
async fn package(State(state): State<AppState>, request: Request) -> Response {
    assets::find(&state.site_root, request).await.unwrap_or_else(assets::missing)
}

/// Icons and the like at the root; otherwise the page that says that nothing is there.
async fn file_or_page(State(state): State<AppState>, request: Request) -> Response {
    if assets::is_file(request.uri().path()) {
        return assets::find(&state.site_root, request).await.unwrap_or_else(assets::missing);
    }
    let (services, client) = (state.services.clone(), Arc::clone(&state.client));
    let options = state.leptos.clone();
    let page = render_app_async_with_context(
        move || context::provide(&services, &client),
        move || app::shell(options.clone()),
    );
    let mut response = page(request).await.into_response();
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
