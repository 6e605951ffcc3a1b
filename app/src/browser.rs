//! `Browser`: what the UI may ask of the browser. `frontend` provides it; on the server there is none.

use std::sync::Arc;

use contract::error::ApiError;
use contract::explain::ExplainRequest;
use contract::items::{ItemDetail, ItemPage, SearchItems};
use contract::predict::{PredictAnswer, PredictRequest};
use contract::wire::{Explanation, Schema};
use engine::domain::{ItemCode, ModelId};
use leptos::prelude::*;

/// What the browser says of itself. It starts as [`BrowserStatus::default`] on both sides, so that hydration matches.
#[derive(Clone, Debug, PartialEq)]
pub struct BrowserStatus {
    /// Whether the client has taken over the page (buttons that need it are disabled before).
    pub is_ready: bool,
    /// Whether the server can be reached.
    pub is_online: bool,
    /// What is kept for offline use.
    pub kept: Option<Kept>,
    /// A download under way.
    pub download: Option<Download>,
    /// The last failure of keeping or opening.
    pub failure: Option<KeepFailure>,
}

impl Default for BrowserStatus {
    fn default() -> Self {
        Self { is_ready: false, is_online: true, kept: None, download: None, failure: None }
    }
}

/// The bundle in IndexedDB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Hash of the bundle itself.
    pub bundle: ModelId,
    /// The model that it was cut from.
    pub model: Option<ModelId>,
    pub n_items: usize,
    pub n_routings: usize,
    pub size_bytes: usize,
    /// Whole minutes since it was stored, republished as time goes on.
    pub age_min: u64,
}

/// A download under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Download {
    pub received_bytes: usize,
    /// `None` when the server did not say.
    pub total_bytes: Option<usize>,
}

/// Why keeping or opening the bundle failed, as a code: `keep-failure-<code>` in the locales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepFailure {
    /// The server could not be reached, or stopped in the middle.
    Network,
    /// The server has no model yet.
    NoModel,
    /// Nobody is signed in any more, or it was asked for too often.
    Refused,
    /// The bytes are not a sound bundle.
    Damaged,
    /// The bundle is of another version of the program.
    Outdated,
    /// IndexedDB is not available or full.
    Storage,
}

/// Carries an answer back to the page that asked.
pub type Reply<T> = Box<dyn FnOnce(Result<T, ApiError>)>;

/// What a page may tell the browser to do. Answers come by [`Reply`] or as a new [`BrowserStatus`].
pub enum Command {
    /// Download the bundle and keep it.
    Keep,
    /// Delete what is kept.
    Forget,
    /// Search in the kept items.
    Search(SearchItems, Reply<ItemPage>),
    /// One kept item.
    Item(ItemCode, Reply<ItemDetail>),
    /// Predict with the kept model.
    Predict(PredictRequest, Reply<Vec<PredictAnswer>>),
    /// Ask the kept model for its reasons.
    Explain(ExplainRequest, Reply<Explanation>),
    /// Features of the kept model.
    Schema(Reply<Schema>),
}

/// The browser's side of the handle.
pub trait BrowserApi {
    /// The current status, as a signal.
    fn status(&self) -> ReadSignal<BrowserStatus>;
    /// Hands a command to the actor; returns at once.
    fn send(&self, command: Command);
    /// A fresh idempotency key.
    fn new_key(&self) -> String;
    /// Puts a text and the same as HTML on the clipboard; whether it is there. Only while a press is answered.
    fn copy(&self, plain: &str, html: &str) -> bool;
}

/// Handle on the browser, given by context on the client only. It never leaves its thread.
#[derive(Clone)]
pub struct Browser(send_wrapper::SendWrapper<Arc<dyn BrowserApi>>);

impl Browser {
    /// Wraps what `frontend` made.
    pub fn new(api: Arc<dyn BrowserApi>) -> Self {
        Self(send_wrapper::SendWrapper::new(api))
    }

    /// The current status, as a signal.
    pub fn status(&self) -> ReadSignal<BrowserStatus> {
        self.0.status()
    }

    /// Hands a command to the actor.
    pub fn send(&self, command: Command) {
        self.0.send(command);
    }

    /// A fresh idempotency key.
    pub fn new_key(&self) -> String {
        self.0.new_key()
    }

    /// Puts a text and the same as HTML on the clipboard; whether it is there.
    pub fn copy(&self, plain: &str, html: &str) -> bool {
        self.0.copy(plain, html)
    }
}

/// The handle, where there is a browser.
pub fn browser() -> Option<Browser> {
    use_context::<Browser>()
}
