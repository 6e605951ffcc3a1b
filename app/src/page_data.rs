//! Data that a part of a page loads on the server and takes over in the browser, and what is shown of it.
//!
//! Every part of every page goes through here, so that the machinery behind it (a resource, a transition, a suspended
//! view) stands in the client once and not once for each type of data.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::components::{Failure, Loading};
use crate::error::ApiError;
use crate::locale::use_locale;
use crate::{t, wording};

/// Loaded data of whatever type.
#[derive(Clone)]
enum Payload {
    /// As it was loaded on this side.
    Value(Arc<dyn Any + Send + Sync>, Pack),
    /// As it came in the page.
    Packed(Arc<[u8]>),
}

/// Writes a value into the page; the browser never does.
type Pack = Option<fn(&dyn Any) -> Result<Vec<u8>, postcard::Error>>;

impl Payload {
    fn of<T: Serialize + Send + Sync + 'static>(value: T) -> Self {
        // Decided when it is compiled, so that the browser's code holds no writer of any type.
        let pack: Pack = if cfg!(target_family = "wasm") { None } else { Some(pack::<T>) };
        Self::Value(Arc::new(value), pack)
    }

    fn get<T: DeserializeOwned + Clone + 'static>(&self) -> Result<T, ApiError> {
        let read = match self {
            Self::Value(value, _) => value.downcast_ref::<T>().cloned(),
            Self::Packed(bytes) => postcard::from_bytes(bytes).ok(),
        };
        read.ok_or_else(|| ApiError::Internal { ref_id: "page-data".into() })
    }
}

fn pack<T: Serialize + 'static>(value: &dyn Any) -> Result<Vec<u8>, postcard::Error> {
    let value: &T = value.downcast_ref().ok_or(postcard::Error::SerializeBufferFull)?;
    postcard::to_allocvec(value)
}

/// How a payload stands in the page: packed without field names. Server and browser are always of one build.
struct InPage;

impl Encoder<Payload> for InPage {
    type Error = postcard::Error;
    type Encoded = Vec<u8>;

    fn encode(payload: &Payload) -> Result<Vec<u8>, postcard::Error> {
        match payload {
            Payload::Value(value, Some(pack)) => pack(value.as_ref()),
            Payload::Value(_, None) => Err(postcard::Error::WontImplement),
            Payload::Packed(bytes) => Ok(bytes.to_vec()),
        }
    }
}

impl Decoder<Payload> for InPage {
    type Error = postcard::Error;
    type Encoded = [u8];

    fn decode(bytes: &[u8]) -> Result<Payload, postcard::Error> {
        Ok(Payload::Packed(bytes.into()))
    }
}

/// Loads data whenever `key` changes and shows it; while it comes for the first time, `loading` stands in its place.
/// What the server loaded is not asked for again.
///
/// `load` reads what it asks for itself; `key` only says when the answer would be another one.
pub fn page_part<T, Fut>(
    key: impl Fn() -> String + Send + Sync + 'static,
    load: impl Fn() -> Fut + Send + Sync + 'static,
    loading: impl Fn() -> AnyView + Send + Sync + 'static,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    Fut: Future<Output = T> + Send + 'static,
{
    let locale = use_locale();
    part(
        Arc::new(key),
        Arc::new(move || {
            let loaded = load();
            Box::pin(async move { Payload::of(loaded.await) })
        }),
        Arc::new(loading),
        Arc::new(move |payload| match payload.get() {
            Ok(value) => show(value),
            Err(error) => view! { <Failure text=wording::error(locale, &error)/> }.into_any(),
        }),
    )
}

/// Grey lines while data comes.
pub fn lines() -> AnyView {
    let locale = use_locale();
    view! { <Loading label=t!(locale, "loading")/> }.into_any()
}

type Loaded = Pin<Box<dyn Future<Output = Payload> + Send>>;

fn part(
    key: Arc<dyn Fn() -> String + Send + Sync>,
    load: Arc<dyn Fn() -> Loaded + Send + Sync>,
    loading: Arc<dyn Fn() -> AnyView + Send + Sync>,
    show: Arc<dyn Fn(Payload) -> AnyView + Send + Sync>,
) -> AnyView {
    let data: Resource<Payload, InPage> = Resource::new_with_options(move || key(), move |_| load(), false);
    view! {
        <Transition fallback=move || loading()>
            {move || {
                let show = show.clone();
                Suspend::new(async move { show(data.await) })
            }}
        </Transition>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_packs_the_browser_reads() {
        let loaded: Result<Vec<String>, ApiError> = Err(ApiError::NotFound { key: "GL-1".into() });
        let payload = Payload::of(loaded.clone());
        assert_eq!(payload.get(), Ok(loaded.clone()));
        let packed = InPage::decode(&InPage::encode(&payload).expect("it packs")).expect("it is there");
        assert_eq!(packed.get(), Ok(loaded));
        assert_eq!(Payload::of(1_u8).get::<String>(), Err(ApiError::Internal { ref_id: "page-data".into() }));
    }
}
