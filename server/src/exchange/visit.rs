//! One visit of a page that only the server renders: who comes, from where, and the page that is shown in answer.

use std::net::{IpAddr, Ipv4Addr};

use app::screens::Screen;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::access::Role;
use contract::address::{Page, sign_in_path};
use contract::error::ApiError;
use leptos::prelude::provide_context;
use leptos_axum::render_app_async_with_context;

use super::asking::{acting_of, peer_of};
use super::context;
use super::reply::Refusal;
use crate::auth::cookie::Cookie;
use crate::services::accounts::{Arrival, Entered, KEEP_DEVICES_DAYS};
use crate::services::acting::Acting;
use crate::state::AppState;

/// Who comes, and what is needed to answer with a page.
pub struct Visit {
    pub acting: Acting,
    pub state: AppState,
    parts: Parts,
}

impl FromRequestParts<AppState> for Visit {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        let acting = acting_of(parts, state);
        let state = AppState { services: acting.services().clone(), ..state.clone() };
        Ok(Self { acting, state, parts: parts.clone() })
    }
}

impl Visit {
    /// Path and query of this page.
    pub fn here(&self) -> String {
        self.parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default()
    }

    /// From where the caller comes.
    pub fn arrival(&self) -> Arrival {
        let headers = &self.parts.headers;
        let is_secure = self.is_secure();
        let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Arrival {
            address: self.acting.address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            device: Cookie::Device.read(headers, is_secure).map(str::to_owned),
            agent: in_short(agent),
            old_session: Cookie::Session.read(headers, is_secure).map(str::to_owned),
        }
    }

    fn is_secure(&self) -> bool {
        peer_of(&self.parts).is_secure
    }

    /// A page. It is never stored, since it may show a secret this once.
    pub async fn show(&self, status: StatusCode, screen: Screen) -> Response {
        let (client, options) = (self.state.client.clone(), self.state.leptos.clone());
        let page = render_app_async_with_context(
            move || {
                context::provide(&client);
                provide_context(screen.clone());
            },
            move || app::screens::shell(options.clone()),
        );
        let mut response = page(Request::from_parts(self.parts.clone(), Body::empty())).await.into_response();
        *response.status_mut() = status;
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// Instead of a page that the caller may not see: the way to where it can be changed, or a page that says so.
    pub async fn refused(&self, error: ApiError, least: Option<Role>) -> Response {
        match error {
            ApiError::SignInNeeded => go(&sign_in_path(&self.here())),
            ApiError::PasswordChangeNeeded => go(Page::Password.path()),
            error => {
                let status = status(&error);
                self.show(status, Screen::Refused { error, least }).await
            }
        }
    }

    /// The response with the cookies of somebody who came in.
    pub fn with_cookies(&self, mut response: Response, entered: &Entered) -> Response {
        let is_secure = self.is_secure();
        let device_s = u64::try_from(KEEP_DEVICES_DAYS).unwrap_or(0) * 24 * 60 * 60;
        let cookies = [
            Cookie::Session.set(&entered.session.reveal(), is_secure, entered.most_s),
            Cookie::Device.set(&entered.device.reveal(), is_secure, device_s),
        ];
        for cookie in cookies.into_iter().flatten() {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }

    /// The response without a session cookie.
    pub fn without_session(&self, mut response: Response) -> Response {
        if let Some(cookie) = Cookie::Session.expire(self.is_secure()) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// The way to another page of ours.
pub fn go(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static(Page::Home.path()));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// The status of an error.
pub fn status(error: &ApiError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Browser and system in a few words. Only what is known is said; the rest of the header would be a fingerprint.
fn in_short(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg/", "Edge"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Whale/", "Whale"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let known =
        |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    [known(&BROWSERS), known(&SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_and_nothing_else_of_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0";
        assert_eq!(in_short(edge), "Edge · Windows");
        let phone = "Mozilla/5.0 (Linux; Android 14; SM-S918N) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36";
        assert_eq!(in_short(phone), "Chrome · Android");
        assert_eq!(in_short("curl/8.5"), "");
    }
}
