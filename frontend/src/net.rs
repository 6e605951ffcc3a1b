//! The way to the server: the bundle as a stream with progress, and whether anybody answers.

use app::browser::{Download, KeepFailure};
use app::offline::keep;
use contract::bundle::BUNDLE_SIZE_HEADER;
use gloo_net::http::{Request, Response};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, BroadcastChannel, ReadableStreamDefaultReader, RequestCache};

use crate::actor::{Event, Events};

const BUNDLE: &str = "/api/v1/bundle";
const LIVE: &str = "/api/v1/health/live";

/// Sends what it finds out as [`Event`]s.
pub struct Net {
    events: Events,
    /// Number of the newest download.
    number: u32,
    abort: Option<AbortController>,
    is_probing: std::rc::Rc<std::cell::Cell<bool>>,
}

impl Net {
    /// Listens from now on to what the browser says of the network.
    pub fn new(events: Events) -> Self {
        listen("online", true, &events);
        listen("offline", false, &events);
        leave_with_others();
        Self { events, number: 0, abort: None, is_probing: std::rc::Rc::default() }
    }

    /// What the browser says now. Without a window to ask, a network is assumed.
    pub fn has_network(&self) -> bool {
        web_sys::window().is_none_or(|window| window.navigator().on_line())
    }

    /// Asks whether the server is there; at most one question is under way.
    pub fn probe(&self) {
        if self.is_probing.replace(true) {
            return;
        }
        let (events, is_probing) = (self.events.clone(), self.is_probing.clone());
        spawn_local(async move {
            let answer = Request::get(LIVE).cache(RequestCache::NoStore).send().await;
            is_probing.set(false);
            events.unbounded_send(Event::Probed(answer.is_ok_and(|answer| answer.ok()))).ok();
        });
    }

    /// Starts to download the bundle and returns the number under which progress and end are told.
    pub fn download(&mut self) -> u32 {
        self.number += 1;
        self.abort = AbortController::new().ok();
        let (events, number, abort) = (self.events.clone(), self.number, self.abort.clone());
        spawn_local(async move {
            let result = bundle(number, abort.as_ref(), &events).await;
            events.unbounded_send(Event::Downloaded(number, result)).ok();
        });
        number
    }

    /// Stops the download under way, if there is one.
    pub fn stop_download(&mut self) {
        if let Some(abort) = self.abort.take() {
            abort.abort();
        }
    }
}

fn listen(name: &str, has_network: bool, events: &Events) {
    let events = events.clone();
    let heard = Closure::<dyn Fn()>::new(move || {
        events.unbounded_send(Event::Network(has_network)).ok();
    });
    if let Some(window) = web_sys::window() {
        window.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref()).ok();
    }
    // It listens as long as the page lives.
    heard.forget();
}

/// When somebody signs out in another tab (`public/clear.js`), this page asks the server anew, which leads to signing in:
/// what it shows and holds in memory is not for the next one who comes.
fn leave_with_others() {
    let Ok(channel) = BroadcastChannel::new("routing-ml") else { return };
    let heard = Closure::<dyn Fn()>::new(|| {
        if let Some(window) = web_sys::window() {
            window.location().reload().ok();
        }
    });
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // Both listen as long as the page lives.
    heard.forget();
    std::mem::forget(channel);
}

async fn bundle(number: u32, abort: Option<&AbortController>, events: &Events) -> Result<Vec<u8>, KeepFailure> {
    let signal = abort.map(AbortController::signal);
    let request = Request::get(BUNDLE).abort_signal(signal.as_ref());
    let response = request.send().await.map_err(|_| KeepFailure::Network)?;
    if !response.ok() {
        return Err(keep::refusal(&response.text().await.unwrap_or_default()));
    }
    let total_bytes = total_bytes(&response);
    let body = response.body().ok_or(KeepFailure::Network)?;
    let reader = body.get_reader().dyn_into::<ReadableStreamDefaultReader>().map_err(|_| KeepFailure::Network)?;
    let mut bytes = Vec::with_capacity(total_bytes.unwrap_or_default());
    while let Some(part) = next(&reader).await.map_err(|_| KeepFailure::Network)? {
        let begin = bytes.len();
        bytes.resize(begin + part.length() as usize, 0);
        part.copy_to(&mut bytes[begin..]);
        let progress = Download { received_bytes: bytes.len(), total_bytes };
        events.unbounded_send(Event::Progress(number, progress)).ok();
    }
    if keep::is_cut_off(bytes.len(), total_bytes) { Err(KeepFailure::Network) } else { Ok(bytes) }
}

fn total_bytes(response: &Response) -> Option<usize> {
    let headers = response.headers();
    let header = |name: &str| headers.get(name);
    keep::total_bytes(
        header(BUNDLE_SIZE_HEADER).as_deref(),
        header("content-length").as_deref(),
        header("content-encoding").as_deref(),
    )
}

/// The next part of the stream; `None` at its end.
async fn next(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, JsValue> {
    let part = JsFuture::from(reader.read()).await?;
    if Reflect::get(&part, &"done".into())?.is_truthy() {
        return Ok(None);
    }
    Reflect::get(&part, &"value".into())?.dyn_into().map(Some)
}
