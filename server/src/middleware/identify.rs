//! Who asks: every request gets the use cases as its caller has them, and pages that he may not see lead elsewhere.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::access::{self, Refused};
use contract::address::Page;
use contract::error::ApiError;

use crate::auth::cookie::Cookie;
use crate::error::Failure;
use crate::forms::{self, Visit};
use crate::middleware::{is_file, origin, request_id};
use crate::net::peer::Peer;
use crate::rest::reply::Refusal;
use crate::services::Services;
use crate::services::acting::{Acting, Caller};
use crate::state::AppState;

/// Refuses what another site sent, finds out who asks, and keeps people from pages that are not for them.
pub async fn identify(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let peer = peer_of(&parts);
    let services = &state.services.for_request(request_id::of(&parts.extensions));
    if origin::verdict(&parts.method, &parts.headers, &parts.uri).is_err() {
        tracing::warn!(address = %peer.address, "an unsafe request from another site was refused");
        return Refusal::from(ApiError::Denied).into_response();
    }
    // Files of the client and the state of the server are the same for everybody; the latter also without a database.
    let caller = if is_file(parts.uri.path()) || parts.uri.path().starts_with("/api/v1/health/") {
        Ok(Caller::Anonymous)
    } else {
        caller(services, &parts.headers, peer.is_secure).await
    };
    let acting = match caller {
        Ok(caller) => services.acting(caller, Some(peer.address)),
        Err(failure) => return Refusal::from(services.refuse(failure)).into_response(),
    };
    if let Some(refused) = page_refusal(&parts, &acting) {
        parts.extensions.insert(acting);
        return match Visit::from_request_parts(&mut parts, &state).await {
            Ok(visit) => forms::refused(&visit, refused, None).await,
            Err(refusal) => refusal.into_response(),
        };
    }
    parts.extensions.insert(acting.clone());
    let mut response = next.run(Request::from_parts(parts, body)).await;
    // For a page that says what went wrong.
    response.extensions_mut().insert(acting);
    response
}

async fn caller(services: &Services, headers: &HeaderMap, is_secure: bool) -> Result<Caller, Failure> {
    if let Some(authorization) = headers.get(header::AUTHORIZATION) {
        // Whoever shows a token is a program, whatever cookies come along.
        let token = authorization.to_str().ok().and_then(|text| text.strip_prefix("Bearer ")).unwrap_or_default();
        return services.by_api_token(token.trim()).await;
    }
    match Cookie::Session.read(headers, is_secure) {
        Some(cookie) => services.by_session(cookie).await,
        None => Ok(Caller::Anonymous),
    }
}

/// Why a page is not shown. Its services would refuse as well; this spares an empty page with an error in it.
fn page_refusal(parts: &Parts, acting: &Acting) -> Option<ApiError> {
    if ![Method::GET, Method::HEAD].contains(&parts.method) {
        return None;
    }
    let page = Page::at(parts.uri.path()).filter(|page| page.is_of_client())?;
    Some(match access::verdict(page.action(), &acting.caller.standing()).err()? {
        Refused::SignInNeeded => ApiError::SignInNeeded,
        Refused::PasswordChangeNeeded => ApiError::PasswordChangeNeeded,
        Refused::Denied => ApiError::Denied,
    })
}

/// The other end of a request.
pub fn peer_of(parts: &Parts) -> Peer {
    Peer::of(&parts.extensions)
}

/// The use cases of a request's caller; of nobody where [`identify`] did not run.
pub fn acting_of(parts: &Parts, state: &AppState) -> Acting {
    let known = parts.extensions.get::<Acting>().cloned();
    let services = || state.services.for_request(request_id::of(&parts.extensions));
    known.unwrap_or_else(|| services().acting(Caller::Anonymous, Some(peer_of(parts).address)))
}

/// The use cases as an argument of a handler.
pub struct As(pub Acting);

impl FromRequestParts<AppState> for As {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Self::Rejection> {
        Ok(Self(acting_of(parts, state)))
    }
}

/// The other end as an argument of a handler.
pub struct Seen(pub Peer);

impl<S: Send + Sync> FromRequestParts<S> for Seen {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(peer_of(parts)))
    }
}
