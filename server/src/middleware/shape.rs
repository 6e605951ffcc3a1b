//! An error as the one who asked reads it: a page for people, packed for our own pages, JSON for other programs, a line of
//! text for whatever loads a file.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{is_file, status};
use crate::exchange::reply::Refusal;
use crate::exchange::visit::Visit;
use crate::services::acting::Acting;
use crate::site::assets;
use crate::state::AppState;

/// Says a [`Refusal`] anew where JSON is not what is read.
pub async fn shape(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_ours = path.starts_with("/api/ui/");
    if path.starts_with("/api/") && !is_ours {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let mut response = next.run(Request::from_parts(parts.clone(), body)).await;
    let Some(refusal) = response.extensions_mut().remove::<Refusal>() else { return response };
    let mut told = if is_ours {
        status::packed(refusal.error())
    } else if is_file(parts.uri.path()) {
        let mut file = assets::missing();
        if refusal.status().is_server_error() {
            file = (refusal.status(), "unavailable\n").into_response();
        }
        file
    } else {
        // The header of the page shows who is signed in, as far as that was found out.
        if let Some(acting) = response.extensions_mut().remove::<Acting>() {
            parts.extensions.insert(acting);
        }
        match Visit::from_request_parts(&mut parts, &state).await {
            Ok(visit) => visit.refused(refusal.error().clone(), None).await,
            Err(refusal) => refusal.into_response(),
        }
    };
    for name in [header::ALLOW, header::RETRY_AFTER, header::SET_COOKIE] {
        if let Some(value) = response.headers().get(&name) {
            told.headers_mut().insert(name, value.clone());
        }
    }
    if told.status() != StatusCode::SEE_OTHER && !is_file(parts.uri.path()) {
        *told.status_mut() = refusal.status();
    }
    told
}
