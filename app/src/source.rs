//! Who answers a page: the server, or the data kept in this browser when the server cannot be reached.
//!
//! Every page asks through [`Source`], so that the choice stands in one place and every answer says where it is from.

use std::future::Future;

use contract::error::ApiError;
use contract::explain::ExplainRequest;
use contract::items::{ItemDetail, ItemPage, SearchItems};
use contract::predict::{PredictAnswer, PredictRequest};
use contract::wire::{Explanation, Schema};
use engine::domain::ItemCode;
use futures::channel::oneshot;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::api::explain::ask_explanation;
use crate::api::items::{find_items, get_item};
use crate::api::predict::{ask_prediction, get_schema};
use crate::browser::{Browser, BrowserStatus, Command, Reply, browser};
use crate::page_error::PageError;

/// Where an answer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Provenance {
    Server,
    /// The bundle kept in this browser; its age is `None` when the browser does not say.
    Kept {
        age_min: Option<u64>,
    },
}

/// An answer with its provenance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sourced<T> {
    pub value: T,
    pub provenance: Provenance,
}

/// What a page gets.
pub type Answer<T> = Result<Sourced<T>, ApiError>;

/// The way to data for pages.
#[derive(Clone)]
pub struct Source(Option<Browser>);

impl Source {
    /// Take it while a component is built; it may be moved into futures.
    pub fn from_context() -> Self {
        Self(browser())
    }

    /// A page of search results.
    pub async fn search(&self, query: SearchItems) -> Answer<ItemPage> {
        self.choose(find_items(query.clone()), |reply| Command::Search(query, reply)).await
    }

    /// One item.
    pub async fn item(&self, code: ItemCode) -> Answer<ItemDetail> {
        self.choose(get_item(code.clone()), |reply| Command::Item(code, reply)).await
    }

    /// Candidate routings.
    pub async fn predict(&self, request: PredictRequest) -> Answer<Vec<PredictAnswer>> {
        self.choose(ask_prediction(request.clone()), |reply| Command::Predict(request, reply)).await
    }

    /// Why the first candidate and not another one.
    pub async fn explain(&self, request: ExplainRequest) -> Answer<Explanation> {
        self.choose(ask_explanation(request.clone()), |reply| Command::Explain(request, reply)).await
    }

    /// Features of the model.
    pub async fn schema(&self) -> Answer<Schema> {
        self.choose(get_schema(), Command::Schema).await
    }

    async fn choose<T: 'static>(
        &self,
        server: impl Future<Output = Result<T, PageError>>,
        kept: impl FnOnce(Reply<T>) -> Command,
    ) -> Answer<T> {
        let is_online =
            self.0.as_ref().is_none_or(|browser| browser.status().with_untracked(|status| status.is_online));
        if is_online {
            match server.await {
                Ok(value) => return Ok(Sourced { value, provenance: Provenance::Server }),
                Err(PageError(error)) if !error.is_network() => return Err(error),
                Err(_) => {}
            }
        }
        let Some(browser) = &self.0 else { return Err(ApiError::Unavailable) };
        // A dropped reply means that the actor is gone, which is the same to the reader as nothing kept.
        let value = ask(browser, kept).await.map_err(|_| ApiError::NothingKept)??;
        let age_min = browser.status().with_untracked(|status| status.kept.as_ref().map(|kept| kept.age_min));
        Ok(Sourced { value, provenance: Provenance::Kept { age_min } })
    }
}

/// Hands the command over at once; the answer comes through the channel.
fn ask<T: 'static>(
    browser: &Browser,
    kept: impl FnOnce(Reply<T>) -> Command,
) -> oneshot::Receiver<Result<T, ApiError>> {
    let (sender, receiver) = oneshot::channel();
    browser.send(kept(Box::new(move |answer| {
        // The page may have been left meanwhile; then nobody waits and the answer is dropped.
        let _ = sender.send(answer);
    })));
    receiver
}

/// The browser's status as a signal; on the server, and until the client runs, the default.
pub fn use_browser_status() -> Signal<BrowserStatus> {
    match browser() {
        Some(browser) => browser.status().into(),
        None => Signal::stored(BrowserStatus::default()),
    }
}
