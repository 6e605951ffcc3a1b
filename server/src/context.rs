//! What pages and server functions find in their context.

use std::sync::Arc;

use app::backend::Backend;
use app::locale::Locale;
use app::session::SignedIn;
use app::shell::ResponseStatus;
use app::theme::Theme;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;

use crate::auth::cookie::read;
use crate::client::Client;
use crate::middleware::headers::content_security_policy;
use crate::services::acting::{Acting, Caller};

/// Cookies of the choices in the header.
pub const LANGUAGE_COOKIE: &str = "lang";
pub const THEME_COOKIE: &str = "theme";

/// Provides everything, from the request that Leptos put into the context. At start-up Leptos lists the pages without
/// a request; then language and theme are the defaults.
pub fn provide(client: &Client) {
    let request = use_context::<Parts>();
    if let Some(acting) = request.as_ref().and_then(|request| request.extensions.get::<Acting>()) {
        if let Caller::Person { name, role, .. } = &acting.caller {
            provide_context(SignedIn { name: name.clone(), role: *role });
        }
        provide_context(Backend(Arc::new(acting.clone())));
    }
    let part = request.as_ref().and_then(|request| app::parts::name_for(request.uri.path()));
    let headers = request.map(|request| request.headers).unwrap_or_default();
    let accept_language = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = Locale::decide(read(&headers, LANGUAGE_COOKIE), accept_language);
    provide_context(locale);
    if let Some(part) = part {
        provide_context(client.files_of(&[part, app::parts::words_name(locale)]));
    }
    provide_context(Theme::decide(read(&headers, THEME_COOKIE)));

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
