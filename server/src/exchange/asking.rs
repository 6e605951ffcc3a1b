//! Who asks, as arguments of handlers. It was found out before, by `middleware::identify`.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::net::peer::Peer;
use crate::net::request_id;
use crate::services::acting::{Acting, Caller};
use crate::state::AppState;

/// The other end of a request.
pub fn peer_of(parts: &Parts) -> Peer {
    Peer::of(&parts.extensions)
}

/// The use cases of a request's caller; of nobody where nobody looked who asks.
pub fn acting_of(parts: &Parts, state: &AppState) -> Acting {
    let known = parts.extensions.get::<Acting>().cloned();
    let services = || state.services.for_request(request_id::of(&parts.extensions));
    known.unwrap_or_else(|| services().acting(Caller::Anonymous, Some(peer_of(parts).address)))
}

/// The use cases as an argument of a handler.
pub struct As(pub Acting);

impl FromRequestParts<AppState> for As {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Self::Rejection> {
        Ok(Self(acting_of(parts, state)))
    }
}

/// The other end as an argument of a handler.
pub struct Seen(pub Peer);

impl<S: Send + Sync> FromRequestParts<S> for Seen {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(peer_of(parts)))
    }
}
