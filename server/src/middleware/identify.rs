//! Who asks: every request gets the use cases as its caller has them, and pages that they may not see lead elsewhere.

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
use crate::exchange::asking::peer_of;
use crate::exchange::reply::Refusal;
use crate::exchange::visit::Visit;
use crate::middleware::{is_file, origin};
use crate::net::request_id;
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
            Ok(visit) => visit.refused(refused, None).await,
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
