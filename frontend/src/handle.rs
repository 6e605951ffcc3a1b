//! The browser's side of the handle that pages hold. It is there at once; what it hands things to comes as a slice of its
//! own after the pages, and until then commands wait in the channel between them.

use std::sync::Arc;

use app::browser::{Browser, BrowserApi, BrowserStatus, Command};
use contract::error::ApiError;
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::actor::{self, Event, Events};
use crate::{clipboard, document, key};

/// How long to wait before a slice that did not come is asked for again.
const TRY_AGAIN_MS: u32 = 5_000;

struct Handle {
    status: ReadSignal<BrowserStatus>,
    events: Events,
}

impl BrowserApi for Handle {
    fn status(&self) -> ReadSignal<BrowserStatus> {
        self.status
    }

    fn send(&self, command: Command) {
        // The loop lives as long as the page, so the channel is never closed.
        self.events.unbounded_send(Event::Command(command)).ok();
    }

    fn new_key(&self) -> String {
        key::random()
    }

    fn copy(&self, plain: &str, html: &str) -> bool {
        clipboard::copy(plain, html)
    }
}

/// Gives the handle and sees to the rest of the client. The status signal belongs to the current reactive owner.
#[expect(clippy::arc_with_non_send_sync, reason = "the handle never leaves its thread; `Browser` asks for an Arc")]
pub fn start() -> Browser {
    let (status, publish) = signal(BrowserStatus::default());
    let (events, inbox) = unbounded();
    spawn_local(live(inbox, events.clone(), publish));
    Browser::new(Arc::new(Handle { status, events }))
}

/// Begins after hydration, which is synchronous, and ends with the page.
async fn live(mut inbox: UnboundedReceiver<Event>, events: Events, publish: WriteSignal<BrowserStatus>) {
    publish.update(|status| status.is_ready = true);
    document::mark_ready();
    // A page that did not come is asked for again when it is opened.
    app::slices::load_all().await.ok();
    while actor::load().await.is_err() {
        while let Ok(event) = inbox.try_recv() {
            if let Event::Command(question) = event {
                actor::refuse(question, ApiError::NothingKept);
            }
        }
        TimeoutFuture::new(TRY_AGAIN_MS).await;
    }
    if let Ok(actor) = actor::run(inbox, events, publish).await {
        actor.await;
    }
}
