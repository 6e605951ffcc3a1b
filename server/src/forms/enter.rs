//! Signing in, up and out, the first admin, links that work once.

use app::screens::Screen;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use contract::access::Action;
use contract::address::Page;
use contract::sign_in::{SignInRefusal, SignUpRefusal};

use super::fields::Fields;
use crate::error::Failure;
use crate::exchange::reply::Query;
use crate::exchange::visit::{Visit, go};
use crate::services::acting::Caller;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Where to go afterwards, or the key of a link.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct EntranceQuery {
    next: String,
    key: String,
}

/// `GET /sign-in`
pub async fn sign_in_page(visit: Visit, Query(asked): Query<EntranceQuery>) -> Response {
    let next = contract::address::safe_path(&asked.next).to_owned();
    if matches!(visit.acting.caller, Caller::Person { .. }) {
        return go(&next);
    }
    sign_in_screen(&visit, StatusCode::OK, String::new(), next, None).await
}

/// `POST /sign-in`
pub async fn sign_in(visit: Visit, fields: Fields) -> Response {
    let next = contract::address::safe_path(fields.get("next")).to_owned();
    let name = fields.get("name").to_owned();
    let services = &visit.state.services;
    match services.sign_in(&name, fields.get("password"), &visit.arrival()).await {
        Ok(Ok(entered)) => {
            let to = if entered.must_change_password { Page::Password.path() } else { next.as_str() };
            visit.with_cookies(go(to), &entered)
        }
        Ok(Err(SignInRefusal::Pending)) => go(Page::Waiting.path()),
        Ok(Err(refusal)) => sign_in_screen(&visit, sign_in_status(refusal), name, next, Some(refusal)).await,
        Err(failure) => broken(&visit, failure).await,
    }
}

async fn sign_in_screen(
    visit: &Visit,
    status: StatusCode,
    name: String,
    next: String,
    refusal: Option<SignInRefusal>,
) -> Response {
    match visit.state.services.may_sign_up().await {
        Ok(may_sign_up) => visit.show(status, Screen::SignIn { name, next, refusal, may_sign_up }).await,
        Err(failure) => broken(visit, failure).await,
    }
}

fn sign_in_status(refusal: SignInRefusal) -> StatusCode {
    match refusal {
        SignInRefusal::Wrong | SignInRefusal::LinkUsed => StatusCode::UNAUTHORIZED,
        SignInRefusal::Pending | SignInRefusal::Closed | SignInRefusal::Expired => StatusCode::FORBIDDEN,
        SignInRefusal::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
        SignInRefusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn sign_up_status(refusal: SignUpRefusal) -> StatusCode {
    match refusal {
        SignUpRefusal::Name(_) | SignUpRefusal::Password(_) => StatusCode::UNPROCESSABLE_ENTITY,
        SignUpRefusal::NotOpen => StatusCode::FORBIDDEN,
        SignUpRefusal::LinkUsed => StatusCode::UNAUTHORIZED,
        SignUpRefusal::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
        SignUpRefusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// `GET /sign-up`
pub async fn sign_up_page(visit: Visit) -> Response {
    match visit.state.services.may_sign_up().await {
        Ok(is_open) => visit.show(StatusCode::OK, Screen::SignUp { name: String::new(), refusal: None, is_open }).await,
        Err(failure) => broken(&visit, failure).await,
    }
}

/// `POST /sign-up`
pub async fn sign_up(visit: Visit, fields: Fields) -> Response {
    let name = fields.get("name").to_owned();
    let services = &visit.state.services;
    let (password, again) = (fields.get("password"), fields.get("password_again"));
    match services.sign_up(&name, password, again, &visit.arrival()).await {
        Ok(Ok(())) => go(Page::Waiting.path()),
        Ok(Err(refusal)) => {
            let is_open = refusal != SignUpRefusal::NotOpen;
            visit.show(sign_up_status(refusal), Screen::SignUp { name, refusal: Some(refusal), is_open }).await
        }
        Err(failure) => broken(&visit, failure).await,
    }
}

/// `GET /waiting`
pub async fn waiting_page(visit: Visit) -> Response {
    visit.show(StatusCode::OK, Screen::Waiting).await
}

/// `GET /setup?key=…`
pub async fn setup_page(visit: Visit, Query(asked): Query<EntranceQuery>) -> Response {
    visit.show(StatusCode::OK, Screen::Setup { key: asked.key, name: String::new(), refusal: None }).await
}

/// `POST /setup`
pub async fn set_up(visit: Visit, fields: Fields) -> Response {
    let (key, name) = (fields.get("key").to_owned(), fields.get("name").to_owned());
    let services = &visit.state.services;
    let (password, again) = (fields.get("password"), fields.get("password_again"));
    match services.set_up(&key, &name, password, again, &visit.arrival()).await {
        Ok(Ok(entered)) => visit.with_cookies(go(Page::Home.path()), &entered),
        Ok(Err(refusal)) => {
            visit.show(sign_up_status(refusal), Screen::Setup { key, name, refusal: Some(refusal) }).await
        }
        Err(failure) => broken(&visit, failure).await,
    }
}

/// `GET /link?key=…`: only a button, since mail programs and browsers open links by themselves.
pub async fn link_page(visit: Visit, Query(asked): Query<EntranceQuery>) -> Response {
    visit.show(StatusCode::OK, Screen::Link { key: asked.key, refusal: None }).await
}

/// `POST /link`
pub async fn link(visit: Visit, fields: Fields) -> Response {
    let key = fields.get("key").to_owned();
    match visit.state.services.sign_in_by_link(&key, &visit.arrival()).await {
        Ok(Ok(entered)) => visit.with_cookies(go(Page::Home.path()), &entered),
        Ok(Err(refusal)) => visit.show(sign_in_status(refusal), Screen::Link { key, refusal: Some(refusal) }).await,
        Err(failure) => broken(&visit, failure).await,
    }
}

/// `POST /sign-out`
pub async fn sign_out(visit: Visit) -> Response {
    match visit.acting.sign_out().await {
        // Whoever has no session any more wants the same.
        Ok(()) | Err(contract::error::ApiError::SignInNeeded) => {
            let mut response = visit.without_session(go(Page::SignedOut.path()));
            // What the page after it does by script, for browsers that do it themselves.
            let all = HeaderValue::from_static("\"cache\", \"storage\"");
            response.headers_mut().insert(CLEAR_SITE_DATA, all);
            response
        }
        Err(error) => visit.refused(error, Action::SignOut.least_role()).await,
    }
}

/// `GET /signed-out`
pub async fn signed_out_page(visit: Visit) -> Response {
    visit.show(StatusCode::OK, Screen::SignedOut).await
}

async fn broken(visit: &Visit, failure: Failure) -> Response {
    visit.refused(visit.state.services.refuse(failure), None).await
}
