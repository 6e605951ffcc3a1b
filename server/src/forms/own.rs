//! One's own account: password, sessions, tokens.

use app::screens::Screen;
use axum::http::StatusCode;
use axum::response::Response;
use contract::access::{Action, Scope, verdict};
use contract::accounts::{AccountsApi, MadeToken, NewToken};
use contract::address::{Done, Page};
use contract::error::ApiError;
use contract::sign_in::PasswordRefusal;

use super::fields::Fields;
use crate::exchange::reply::Query;
use crate::exchange::visit::{Visit, go, status};
use crate::services::acting::Caller;

/// A notice to show.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Notice {
    pub(super) done: String,
}

/// `GET /password`
pub async fn password_page(visit: Visit) -> Response {
    match &visit.acting.caller {
        Caller::Person { must_change_password, .. } => {
            let is_forced = *must_change_password;
            visit.show(StatusCode::OK, Screen::Password { is_forced, refusal: None }).await
        }
        Caller::Anonymous => visit.refused(ApiError::SignInNeeded, None).await,
        Caller::Token { .. } | Caller::Console | Caller::Worker { .. } => visit.refused(ApiError::Denied, None).await,
    }
}

/// `POST /password`
pub async fn change_password(visit: Visit, fields: Fields) -> Response {
    let is_forced = matches!(visit.acting.caller, Caller::Person { must_change_password: true, .. });
    let (old, new, again) = (fields.get("old"), fields.get("password"), fields.get("password_again"));
    match visit.acting.change_password(old, new, again, &visit.arrival()).await {
        Ok(Ok(entered)) => {
            let to = if is_forced {
                Page::Home.path().to_owned()
            } else {
                done_path(Page::Profile.path(), Done::PasswordChanged)
            };
            visit.with_cookies(go(&to), &entered)
        }
        Ok(Err(refusal)) => {
            let status = match refusal {
                PasswordRefusal::WrongOld | PasswordRefusal::New(_) => StatusCode::UNPROCESSABLE_ENTITY,
                PasswordRefusal::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
                PasswordRefusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
            };
            visit.show(status, Screen::Password { is_forced, refusal: Some(refusal) }).await
        }
        Err(error) => visit.refused(error, Action::ChangePassword.least_role()).await,
    }
}

/// `GET /profile`
pub async fn profile_page(visit: Visit, Query(notice): Query<Notice>) -> Response {
    profile(&visit, StatusCode::OK, Shown { done: Done::from_code(&notice.done), ..Shown::default() }).await
}

/// What the page shows beside the account itself.
#[derive(Default)]
struct Shown {
    made: Option<MadeToken>,
    typed: Option<NewToken>,
    refusal: Option<ApiError>,
    done: Option<Done>,
}

async fn profile(visit: &Visit, status: StatusCode, shown: Shown) -> Response {
    match visit.acting.profile().await {
        Ok(profile) => {
            let may_make_tokens = verdict(Action::ManageTokens, &visit.acting.caller.standing()).is_ok();
            let Shown { made, typed, refusal, done } = shown;
            visit.show(status, Screen::Profile { profile, may_make_tokens, made, typed, refusal, done }).await
        }
        Err(error) => visit.refused(error, Action::ManageSelf.least_role()).await,
    }
}

/// `POST /profile`
pub async fn change_profile(visit: Visit, fields: Fields) -> Response {
    let id = fields.get("id").to_owned();
    let result = match fields.get("act") {
        "end_session" => visit.acting.end_session(Some(id)).await.map(|()| Done::SessionsEnded),
        "end_others" => visit.acting.end_session(None).await.map(|()| Done::SessionsEnded),
        "revoke_token" => visit.acting.revoke_token(id).await.map(|()| Done::TokenRevoked),
        "make_token" => {
            let new = NewToken {
                name: fields.get("name").to_owned(),
                scopes: Scope::ALL.into_iter().filter(|s| fields.all("scope").iter().any(|c| c == s.code())).collect(),
                days: fields.number("days").unwrap_or_default(),
            };
            return match visit.acting.make_token(new.clone()).await {
                Ok(made) => profile(&visit, StatusCode::OK, Shown { made: Some(made), ..Shown::default() }).await,
                Err(error) => failed(&visit, error, Some(new), Action::ManageTokens).await,
            };
        }
        other => Err(unknown_act(other)),
    };
    match result {
        Ok(done) => go(&done_path(Page::Profile.path(), done)),
        Err(error) => failed(&visit, error, None, Action::ManageSelf).await,
    }
}

async fn failed(visit: &Visit, error: ApiError, typed: Option<NewToken>, action: Action) -> Response {
    match error {
        ApiError::SignInNeeded | ApiError::PasswordChangeNeeded | ApiError::Denied => {
            visit.refused(error, action.least_role()).await
        }
        error => {
            let shown = Shown { typed, refusal: Some(error.clone()), ..Shown::default() };
            profile(visit, status(&error), shown).await
        }
    }
}

/// A form of which no page of ours has such a button.
pub(super) fn unknown_act(act: &str) -> ApiError {
    let expected = "one_of_the_buttons".to_owned();
    ApiError::Invalid { field: "act".into(), value: act.chars().take(40).collect(), expected }
}

/// The page with a notice.
pub(super) fn done_path(page: &str, done: Done) -> String {
    let joint = if page.contains('?') { '&' } else { '?' };
    format!("{page}{joint}done={}", done.code())
}
