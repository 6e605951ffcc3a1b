//! What pages and server functions find in their context.

use std::sync::Arc;

use app::backend::Backend;
use app::locale::Locale;
use app::session::SignedIn;
use app::shell::{RequestId, ResponseStatus};
use app::theme::Theme;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;

use super::policy::content_security_policy;
use crate::auth::cookie::Cookie;
use crate::net::peer::Peer;
use crate::net::request_id;
use crate::services::acting::{Acting, Caller};
use crate::site::client::Client;

/// Provides everything, from the request that Leptos put into the context. At start-up Leptos lists the pages without
/// a request; then language and theme are the defaults.
pub fn provide(client: &Client) {
    let request = use_context::<Parts>();
    if let Some(acting) = request.as_ref().and_then(|request| request.extensions.get::<Acting>()) {
        // Whoever has to choose a new password first can go nowhere yet, so the header offers nothing.
        if let Caller::Person { name, role, must_change_password: false, .. } = &acting.caller {
            let person = SignedIn { name: name.clone(), role: *role };
            provide_context(acting.remarks(&person));
            provide_context(person);
        }
        provide_context(Backend(Arc::new(acting.clone())));
    }
    if let Some(request) = &request {
        provide_context(RequestId(request_id::of(&request.extensions).to_owned()));
    }
    let slice = request.as_ref().and_then(|request| app::slices::name_for(request.uri.path()));
    let is_secure = request.as_ref().is_some_and(|request| Peer::of(&request.extensions).is_secure);
    let headers = request.map(|request| request.headers).unwrap_or_default();
    let accept_language = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = Locale::decide(Cookie::Language.read(&headers, is_secure), accept_language);
    provide_context(locale);
    if let Some(slice) = slice {
        provide_context(client.files_of(&[slice, app::slices::words_name(locale)]));
    }
    provide_context(Theme::decide(Cookie::Theme.read(&headers, is_secure)));

    let Some(response) = use_context::<ResponseOptions>() else { return };
    if let Some(nonce) = use_nonce()
        && let Ok(policy) = HeaderValue::from_str(&content_security_policy(Some(&nonce)))
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    provide_context(ResponseStatus(Arc::new(move |status| {
        if let Ok(status) = StatusCode::from_u16(status) {
            response.set_status(status);
        }
    })));
}
