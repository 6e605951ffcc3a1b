//! Data that a part of a page loads on the server and takes over in the browser, and what is shown of it.
//!
//! Every part of every page goes through here, so that the machinery behind it (a resource, a transition, a suspended
//! view) stands in the client once and not once for each type of data.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use codee::{Decoder, Encoder};
use contract::error::ApiError;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::components::{Failure, Loading};
use crate::locale::{Locale, use_locale};
use crate::{t, wording};

/// What was loaded for a part, of whatever type.
#[derive(Clone)]
enum Payload {
    /// As it was loaded on this side.
    Value(Arc<dyn Loaded>),
    /// As it came in the page.
    Packed(Arc<[u8]>),
}

/// A value that was loaded, with what shows it: so nothing has to find out later of what type it is.
trait Loaded: Send + Sync {
    fn show(&self) -> AnyView;
    /// Writes the value into the page; the browser never does.
    fn pack(&self) -> Result<Vec<u8>, postcard::Error>;
}

/// How a value of a type is shown.
type Show<T> = Arc<dyn Fn(T) -> AnyView + Send + Sync>;

struct Shown<T> {
    value: T,
    show: Show<T>,
}

impl<T: Serialize + Clone + Send + Sync> Loaded for Shown<T> {
    fn show(&self) -> AnyView {
        (self.show)(self.value.clone())
    }

    fn pack(&self) -> Result<Vec<u8>, postcard::Error> {
        // Decided when it is compiled, so that the browser's code holds no writer of any type.
        if cfg!(target_family = "wasm") {
            Err(postcard::Error::WontImplement)
        } else {
            postcard::to_allocvec(&self.value)
        }
    }
}

/// How a payload stands in the page: packed without field names. Server and browser are always of one build.
struct InPage;

impl Encoder<Payload> for InPage {
    type Error = postcard::Error;
    type Encoded = Vec<u8>;

    fn encode(payload: &Payload) -> Result<Vec<u8>, postcard::Error> {
        match payload {
            Payload::Value(value) => value.pack(),
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
    let show: Show<T> = Arc::new(show);
    let show_loaded = Arc::clone(&show);
    part(
        Arc::new(key),
        Arc::new(move || {
            let (loaded, show) = (load(), Arc::clone(&show_loaded));
            Box::pin(async move { Payload::Value(Arc::new(Shown { value: loaded.await, show })) })
        }),
        Arc::new(loading),
        Arc::new(move |bytes: &[u8]| match postcard::from_bytes(bytes) {
            Ok(value) => show(value),
            Err(error) => unreadable(locale, error),
        }),
    )
}

/// In place of data that stands in the page and cannot be read: page and client are of two builds.
fn unreadable(locale: Locale, error: postcard::Error) -> AnyView {
    let error = ApiError::Internal { ref_id: format!("page-data: {error}") };
    view! { <Failure text=wording::error(locale, &error)/> }.into_any()
}

/// Grey lines while data comes.
pub fn lines() -> AnyView {
    let locale = use_locale();
    view! { <Loading label=t!(locale, "loading")/> }.into_any()
}

type Load = Pin<Box<dyn Future<Output = Payload> + Send>>;
/// Shows what stands packed in the page.
type Read = Arc<dyn Fn(&[u8]) -> AnyView + Send + Sync>;

fn part(
    key: Arc<dyn Fn() -> String + Send + Sync>,
    load: Arc<dyn Fn() -> Load + Send + Sync>,
    loading: Arc<dyn Fn() -> AnyView + Send + Sync>,
    read: Read,
) -> AnyView {
    let data: Resource<Payload, InPage> = Resource::new_with_options(move || key(), move |_| load(), false);
    view! {
        <Transition fallback=move || loading()>
            {move || {
                let read = Arc::clone(&read);
                Suspend::new(async move {
                    match data.await {
                        Payload::Value(value) => value.show(),
                        Payload::Packed(bytes) => read(&bytes),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn what_the_server_packs_the_browser_reads() {
        let loaded: Result<Vec<String>, ApiError> = Err(ApiError::NotFound { key: "GL-1".into() });
        let shown = Arc::new(Mutex::new(Vec::new()));
        let show: Show<Result<Vec<String>, ApiError>> = Arc::new({
            let shown = Arc::clone(&shown);
            move |value| {
                shown.lock().expect("no panic").push(value);
                ().into_any()
            }
        });
        let payload = Payload::Value(Arc::new(Shown { value: loaded.clone(), show: Arc::clone(&show) }));
        if let Payload::Value(value) = &payload {
            value.show();
        }
        let in_page = InPage::encode(&payload).expect("it packs");
        let Ok(Payload::Packed(bytes)) = InPage::decode(&in_page) else { panic!("what stands in the page is packed") };
        show(postcard::from_bytes(&bytes).expect("it was just packed"));
        assert_eq!(*shown.lock().expect("no panic"), [loaded.clone(), loaded]);
    }
}
