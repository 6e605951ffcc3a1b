//! The one loop that owns store, network and model. It takes commands and events one at a time and publishes a status.

use std::pin::Pin;

use app::browser::{BrowserStatus, Command, Download, KeepFailure, Kept};
use app::offline::connection::Connection;
use app::offline::keep;
use app::offline::kept_backend::KeptBackend;
use contract::error::ApiError;
use contract::explain::ExplainApi;
use contract::items::ItemsApi;
use contract::predict::PredictApi;
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wasm_bindgen_futures::spawn_local;

use crate::clock;
use crate::kept_model::{KeptModel, Lost};
use crate::net::Net;
use crate::store::{Record, Store};

/// What the loop hears.
pub enum Event {
    /// A page wants something.
    Command(Command),
    /// The browser says that there is a network, or none.
    Network(bool),
    /// The server answered a probe, or did not.
    Probed(bool),
    /// Time to ask the server again.
    ProbeDue,
    /// A part of download number `.0` came.
    Progress(u32, Download),
    /// Download number `.0` ended.
    Downloaded(u32, Result<Vec<u8>, KeepFailure>),
    /// A minute has passed.
    Minute,
}

/// Where the loop hears it.
pub type Events = UnboundedSender<Event>;

/// The loop, ready to be polled. It is the door of the slice that the browser loads after the pages: the engine, the
/// database and the way to the server come with it.
#[wasm_split(offline, wasm_split_path = ::leptos::wasm_split, fallible, preload(load))]
pub fn run(
    inbox: UnboundedReceiver<Event>,
    events: Events,
    publish: WriteSignal<BrowserStatus>,
) -> Result<Pin<Box<dyn Future<Output = ()>>>, SplitLoaderError> {
    let net = Net::new(events.clone());
    let actor = Actor {
        connection: Connection::new(net.has_network()),
        model: KeptModel::new(Store::default()),
        status: BrowserStatus { is_ready: true, ..BrowserStatus::default() },
        download: None,
        events: events.clone(),
        net,
        publish,
    };
    spawn_local(tell_minutes(events));
    Ok(Box::pin(actor.run(inbox)))
}

async fn tell_minutes(events: Events) {
    loop {
        TimeoutFuture::new(60_000).await;
        events.unbounded_send(Event::Minute).ok();
    }
}

struct Actor {
    net: Net,
    model: KeptModel,
    connection: Connection,
    /// Number of the download under way; what an older one still says is not heard.
    download: Option<u32>,
    status: BrowserStatus,
    publish: WriteSignal<BrowserStatus>,
    events: Events,
}

impl Actor {
    /// Runs until the page is closed.
    async fn run(mut self, mut inbox: UnboundedReceiver<Event>) {
        self.show();
        // A device without IndexedDB is told so when it is asked to keep something, not on every visit.
        self.model.look().await.ok();
        self.show();
        while let Some(event) = inbox.next().await {
            self.hear(event).await;
            self.show();
        }
    }

    async fn hear(&mut self, event: Event) {
        match event {
            Event::Command(Command::Keep) => self.begin_download(),
            Event::Command(Command::Forget) => self.forget().await,
            Event::Command(question) => self.answer(question).await,
            Event::Network(has_network) => {
                self.connection.network_changed(has_network);
                self.probe();
            }
            Event::Probed(answered) => {
                self.connection.probed(answered);
                if let Some(wait_s) = self.connection.next_probe_s() {
                    self.probe_after(wait_s);
                }
            }
            Event::ProbeDue if !self.connection.is_online() => self.probe(),
            Event::ProbeDue | Event::Minute => {}
            Event::Progress(number, download) if self.download == Some(number) => {
                self.status.download = Some(download);
            }
            Event::Downloaded(number, result) if self.download == Some(number) => self.end_download(result).await,
            Event::Progress(..) | Event::Downloaded(..) => {}
        }
    }

    /// Answers from the kept model, exactly once.
    async fn answer(&mut self, question: Command) {
        if self.connection.is_online() {
            // The page asks here because the server did not answer it.
            self.probe();
        }
        if let Err(lost) = self.model.open().await {
            self.note(lost);
        }
        // What the answer says of the connection is on the screen before the answer is.
        self.show();
        match self.model.opened() {
            Some(model) => reply(KeptBackend::over(model), question).await,
            None => refuse(question, ApiError::NothingKept),
        }
    }

    fn begin_download(&mut self) {
        if self.download.is_none() {
            self.status.failure = None;
            self.status.download = Some(Download { received_bytes: 0, total_bytes: None });
            self.download = Some(self.net.download());
        }
    }

    async fn end_download(&mut self, result: Result<Vec<u8>, KeepFailure>) {
        let kept = match result {
            Ok(bytes) => self.model.keep(bytes, clock::now_ms()).await,
            Err(failure) => Err(failure),
        };
        self.status.failure = kept.err();
        self.status.download = None;
        self.download = None;
    }

    async fn forget(&mut self) {
        self.net.stop_download();
        self.download = None;
        self.status.download = None;
        self.status.failure = self.model.forget().await.err();
    }

    fn note(&mut self, lost: Lost) {
        self.status.failure = Some(match lost {
            Lost::Damaged => KeepFailure::Damaged,
            Lost::Outdated => KeepFailure::Outdated,
            Lost::Unreadable => KeepFailure::Storage,
        });
    }

    fn probe(&mut self) {
        if self.connection.should_probe() {
            self.net.probe();
        }
    }

    fn probe_after(&self, wait_s: u32) {
        let events = self.events.clone();
        spawn_local(async move {
            TimeoutFuture::new(wait_s * 1_000).await;
            events.unbounded_send(Event::ProbeDue).ok();
        });
    }

    /// Publishes the status if it says something new, so that pages are not woken for nothing.
    fn show(&mut self) {
        self.status.is_online = self.connection.is_online();
        self.status.kept = self.model.record().map(|record| kept(record, clock::now_ms()));
        let status = &self.status;
        self.publish.maybe_update(|shown| {
            let is_new = shown != status;
            if is_new {
                shown.clone_from(status);
            }
            is_new
        });
    }
}

fn kept(record: &Record, now_ms: u64) -> Kept {
    Kept {
        bundle: record.bundle.clone(),
        model: record.model.clone(),
        n_items: record.n_items,
        n_routings: record.n_routings,
        size_bytes: record.size_bytes,
        age_min: keep::age_min(record.stored_at_ms, now_ms),
    }
}

/// Answers a question; what is not a question does nothing.
async fn reply(kept: KeptBackend<'_>, question: Command) {
    match question {
        Command::Search(query, reply) => reply(kept.search_items(query).await),
        Command::Item(code, reply) => reply(kept.item(code).await),
        Command::Predict(request, reply) => reply(kept.predict(request).await),
        Command::Explain(request, reply) => reply(kept.explain(request).await),
        Command::Schema(reply) => reply(kept.schema().await),
        Command::Keep | Command::Forget => {}
    }
}

/// Tells the one who asked that there is no answer.
pub fn refuse(question: Command, error: ApiError) {
    match question {
        Command::Search(_, reply) => reply(Err(error)),
        Command::Item(_, reply) => reply(Err(error)),
        Command::Predict(_, reply) => reply(Err(error)),
        Command::Explain(_, reply) => reply(Err(error)),
        Command::Schema(reply) => reply(Err(error)),
        Command::Keep | Command::Forget => {}
    }
}
