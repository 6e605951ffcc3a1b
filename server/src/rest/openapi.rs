//! The interface described for machines, generated from the types.

mod refusals;

use std::sync::LazyLock;

use axum::Json;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use refusals::Refusals;

use super::{bundle, explanations, feedback, health, items, jobs, predictions, receipts};

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

/// Every endpoint of `/api/v1`.
#[derive(OpenApi)]
#[openapi(
    modifiers(&ApiTokens, &Refusals),
    security(("api_token" = [])),
    info(
        title = "Routing ML",
        description = "Candidate manufacturing routings from similar past items. Errors are `ApiError`: a code with data. All but health and this \
                       document takes an API token."
    ),
    paths(
        health::live,
        health::ready,
        items::search,
        items::detail,
        predictions::create,
        explanations::create,
        feedback::create,
        receipts::qr,
        bundle::get,
        jobs::get,
        jobs::events,
        describe
    )
)]
pub struct Description;

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "openapi",
    responses((status = 200, content_type = "application/json", description = "OpenAPI 3.1")))]
pub async fn describe() -> Json<&'static utoipa::openapi::OpenApi> {
    static DOCUMENT: LazyLock<utoipa::openapi::OpenApi> = LazyLock::new(Description::openapi);
    Json(&DOCUMENT)
}
