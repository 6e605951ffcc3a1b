//! What pages and server functions find in their context.

use std::sync::Arc;

use app::backend::Backend;
use axum::http::{HeaderValue, header};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;

use crate::middleware::headers::content_security_policy;
use crate::services::Services;

/// Provides everything, from the request that Leptos put into the context. At start-up Leptos lists the pages without
/// a request; then only the handle is there.
pub fn provide(services: &Services) {
    provide_context(Backend(Arc::new(services.clone())));
    if let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce())
        && let Ok(policy) = HeaderValue::from_str(&content_security_policy(Some(&nonce)))
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
