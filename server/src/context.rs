//! What pages and server functions find in their context.

use std::sync::Arc;

use app::backend::Backend;
use app::locale::Locale;
use app::shell::ResponseStatus;
use app::theme::Theme;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;

use crate::client::Client;
use crate::middleware::headers::content_security_policy;
use crate::services::Services;

/// Cookies of the choices in the header.
pub const LANGUAGE_COOKIE: &str = "lang";
pub const THEME_COOKIE: &str = "theme";

/// Provides everything, from the request that Leptos put into the context. At start-up Leptos lists the pages without
/// a request; then language and theme are the defaults.
pub fn provide(services: &Services, client: &Client) {
    provide_context(Backend(Arc::new(services.clone())));
    let request = use_context::<Parts>();
    let part = request.as_ref().and_then(|request| app::parts::name_for(request.uri.path()));
    let headers = request.map(|request| request.headers).unwrap_or_default();
    let accept_language = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = Locale::decide(cookie(&headers, LANGUAGE_COOKIE), accept_language);
    provide_context(locale);
    if let Some(part) = part {
        provide_context(client.files_of(&[part, app::parts::words_name(locale)]));
    }
    provide_context(Theme::decide(cookie(&headers, THEME_COOKIE)));

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

/// The value of one cookie.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let headers =
            HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("xlang=ko; lang=en; theme=dark"))]);
        assert_eq!(cookie(&headers, "lang"), Some("en"));
        assert_eq!(cookie(&headers, "theme"), Some("dark"));
        assert_eq!(cookie(&headers, "them"), None);
    }
}
