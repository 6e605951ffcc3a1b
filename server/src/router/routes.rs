//! Routes that know what each of them lets do, so that tests can call every one of them as everybody.
//!
//! Comes in: method, address, action and handler. Goes out: axum's router and the list.
//! Never does: refuse by itself. Who may do what is asked in the services.

use std::collections::BTreeMap;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};
use contract::access::Action;
use contract::address::Page;

use crate::exchange::endpoint::Endpoint;
use crate::state::AppState;

/// Endpoints on their way into a router.
#[derive(Default)]
pub struct Routes {
    methods: BTreeMap<&'static str, MethodRouter<AppState>>,
    endpoints: Vec<Endpoint>,
}

impl Routes {
    /// Adds a GET (and HEAD).
    pub fn get<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add(Method::GET, MethodFilter::GET, path, action, handler)
    }

    /// Adds a page that only the server renders.
    pub fn page<H, T>(self, page: Page, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.get(page.path(), page.action(), handler)
    }

    /// Adds a POST.
    pub fn post<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add(Method::POST, MethodFilter::POST, path, action, handler)
    }

    fn add<H, T>(mut self, method: Method, filter: MethodFilter, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        let methods = self.methods.remove(path).unwrap_or_default();
        self.methods.insert(path, methods.merge(on(filter, handler)));
        self.endpoints.push(Endpoint { method, path: path.to_owned(), action });
        self
    }

    /// What was added.
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// The router.
    pub fn into_router(self) -> Router<AppState> {
        self.methods.into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods))
    }
}
