//! Language and theme: a link stores the choice in a cookie and leads back, so that it works without scripts.

use app::locale::Locale;
use app::theme::Theme;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::address::safe_path;
use contract::error::ApiError;
use serde::Deserialize;

use crate::auth::cookie::Cookie;
use crate::exchange::asking::Seen;
use crate::exchange::reply::Refusal;
use crate::net::peer::Peer;

/// A year, in seconds.
const KEPT_FOR_S: u64 = 365 * 24 * 60 * 60;

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    to: String,
}

/// `/lang/{code}?to=…`
pub async fn language(Seen(peer): Seen, Path(code): Path<String>, Query(back): Query<Back>) -> Response {
    match Locale::ALL.into_iter().find(|locale| locale.code() == code) {
        Some(locale) => store(Cookie::Language, locale.code(), peer, &back),
        None => unknown(code),
    }
}

/// `/theme/{code}?to=…`
pub async fn theme(Seen(peer): Seen, Path(code): Path<String>, Query(back): Query<Back>) -> Response {
    let theme = Theme::decide(Some(&code));
    if theme.code() == code { store(Cookie::Theme, theme.code(), peer, &back) } else { unknown(code) }
}

fn unknown(code: String) -> Response {
    Refusal::from(ApiError::NotFound { key: code }).into_response()
}

fn store(cookie: Cookie, value: &str, peer: Peer, back: &Back) -> Response {
    let location = safe_path(&back.to).to_owned();
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
    if let Some(cookie) = cookie.set(value, peer.is_secure, KEPT_FOR_S) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
