//! The plant's settings.

use app::screens::Screen;
use axum::http::StatusCode;
use axum::response::Response;
use contract::access::Action;
use contract::address::{Done, Page};
use contract::error::ApiError;
use contract::settings::{Settings, SettingsApi};

use super::fields::Fields;
use super::own::{Notice, done_path};
use crate::exchange::reply::Query;
use crate::exchange::visit::{Visit, go, status};

/// `GET /settings`
pub async fn settings_page(visit: Visit, Query(notice): Query<Notice>) -> Response {
    settings(&visit, StatusCode::OK, None, None, Done::from_code(&notice.done)).await
}

async fn settings(
    visit: &Visit,
    status: StatusCode,
    typed: Option<Settings>,
    refusal: Option<ApiError>,
    done: Option<Done>,
) -> Response {
    let held_clock = match visit.acting.held_clock().await {
        Ok(held_clock) => held_clock,
        Err(error) => return visit.refused(error, Action::ChangeSettings.least_role()).await,
    };
    match visit.acting.settings().await {
        Ok(kept) => visit.show(status, Screen::Settings { kept, held_clock, typed, refusal, done }).await,
        Err(error) => visit.refused(error, Action::ChangeSettings.least_role()).await,
    }
}

/// `POST /settings/clock`
pub async fn confirm_clock(visit: Visit) -> Response {
    match visit.acting.confirm_clock().await {
        Ok(()) => go(&done_path(Page::Settings.path(), Done::ClockConfirmed)),
        Err(error) => visit.refused(error, Action::ChangeSettings.least_role()).await,
    }
}

/// `POST /settings`
pub async fn change_settings(visit: Visit, fields: Fields) -> Response {
    let revision = fields.number("revision").unwrap_or_default();
    let typed = Settings {
        may_sign_up: fields.is_ticked("may_sign_up"),
        may_approve_own: fields.is_ticked("may_approve_own"),
        // What is no number is out of every range, and the check names the field.
        session_idle_min: fields.number("session_idle_min").unwrap_or_default(),
        session_most_h: fields.number("session_most_h").unwrap_or_default(),
        audit_kept_days: fields.number("audit_kept_days").unwrap_or_default(),
        zone: fields.get("zone").trim().to_owned(),
        // 0 is in range: it keeps them for ever.
        predictions_kept_days: fields.number("predictions_kept_days").unwrap_or(u32::MAX),
        artefacts_kept_mb: fields.number("artefacts_kept_mb").unwrap_or_default(),
    };
    match visit.acting.change_settings(revision, typed.clone()).await {
        Ok(_) => go(&done_path(Page::Settings.path(), Done::SettingsSaved)),
        Err(error @ (ApiError::SignInNeeded | ApiError::PasswordChangeNeeded | ApiError::Denied)) => {
            visit.refused(error, Action::ChangeSettings.least_role()).await
        }
        Err(error) => settings(&visit, status(&error), Some(typed), Some(error), None).await,
    }
}
