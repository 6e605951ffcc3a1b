//! Endpoints on their way into the router and into the description for machines.
//!
//! Comes in: handlers with what `#[utoipa::path]` says of them, and the action that each lets do. Goes out: axum's router,
//! the list of endpoints, the OpenAPI document.
//! Never does: refuse by itself. Who may do what is asked in the services.

mod refusals;

use axum::Router;
use axum::http::Method;
use contract::access::Action;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::exchange::endpoint::Endpoint;
use crate::state::AppState;

/// Name of the way to show who asks.
const API_TOKEN: &str = "api_token";

/// API tokens, as a way to show who asks.
struct ApiTokens;

impl Modify for ApiTokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::builder().scheme(HttpAuthScheme::Bearer).build());
        document.components.get_or_insert_default().add_security_scheme(API_TOKEN, scheme);
    }
}

/// What is said of all endpoints together.
#[derive(OpenApi)]
#[openapi(
    modifiers(&ApiTokens),
    security(("api_token" = [])),
    info(
        title = "Routing ML",
        description = "Candidate manufacturing routings from similar past items. Errors are `ApiError`: a code with data. All but health and this \
                       document takes an API token."
    )
)]
struct Preface;

/// Endpoints that describe themselves.
pub struct Described {
    router: OpenApiRouter<AppState>,
    endpoints: Vec<Endpoint>,
}

impl Default for Described {
    fn default() -> Self {
        Self { router: OpenApiRouter::with_openapi(Preface::openapi()), endpoints: Vec::new() }
    }
}

impl Described {
    /// Adds what `routes!` makes of a handler. What it may answer besides what its own file says is added to its description.
    pub fn add(mut self, action: Action, mut routes: UtoipaMethodRouter<AppState>) -> Self {
        for (path, item) in &mut routes.1.paths {
            for (method, operation) in operations(item) {
                refusals::describe(operation, action);
                self.endpoints.push(Endpoint { method, path: path.clone(), action });
            }
        }
        self.router = self.router.routes(routes);
        self
    }

    /// What was added.
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// The router.
    pub fn into_router(self) -> Router<AppState> {
        self.router.into()
    }

    /// The description. OpenAPI knows no parameter that takes the rest of a path, so `{*code}` is called `{code}` there.
    pub fn into_document(self) -> utoipa::openapi::OpenApi {
        let mut document = self.router.into_openapi();
        let paths = std::mem::take(&mut document.paths.paths);
        document.paths.paths = paths.into_iter().map(|(path, item)| (path.replace("{*", "{"), item)).collect();
        document
    }
}

/// Methods and operations of an address.
fn operations(item: &mut PathItem) -> impl Iterator<Item = (Method, &mut Operation)> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    let all = [
        (Method::GET, get),
        (Method::PUT, put),
        (Method::POST, post),
        (Method::DELETE, delete),
        (Method::PATCH, patch),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}
