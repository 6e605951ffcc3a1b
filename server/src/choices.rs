//! Language and theme: a link stores the choice in a cookie and leads back, so that it works without scripts.

use app::address::safe_path;
use app::error::ApiError;
use app::locale::Locale;
use app::theme::Theme;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::context::{LANGUAGE_COOKIE, THEME_COOKIE};
use crate::rest::reply::Refusal;

/// A year, in seconds.
const KEPT_FOR_S: u32 = 365 * 24 * 60 * 60;

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    to: String,
}

/// `/lang/{code}?to=…`
pub async fn language(Path(code): Path<String>, Query(back): Query<Back>) -> Response {
    match Locale::ALL.into_iter().find(|locale| locale.code() == code) {
        Some(locale) => store(LANGUAGE_COOKIE, locale.code(), &back),
        None => unknown(code),
    }
}

/// `/theme/{code}?to=…`
pub async fn theme(Path(code): Path<String>, Query(back): Query<Back>) -> Response {
    let theme = Theme::decide(Some(&code));
    if theme.code() == code { store(THEME_COOKIE, theme.code(), &back) } else { unknown(code) }
}

fn unknown(code: String) -> Response {
    Refusal::from(ApiError::NotFound { key: code }).into_response()
}

fn store(name: &str, value: &str, back: &Back) -> Response {
    let cookie = format!("{name}={value}; Path=/; Max-Age={KEPT_FOR_S}; SameSite=Lax");
    let location = safe_path(&back.to).to_owned();
    (StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, location)]).into_response()
}
