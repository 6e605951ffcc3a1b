//! The kept model in the server's place: it answers what needs no server, by the contract that the server answers by.

use async_trait::async_trait;
use contract::error::ApiError;
use contract::explain::{ExplainApi, ExplainRequest};
use contract::items::{CheckedSearch, ItemDetail, ItemPage, ItemSummary, ItemsApi, N_SIMILAR, SearchItems};
use contract::predict::{AskedItem, PredictAnswer, PredictApi, PredictRequest};
use contract::wire::{self, Explanation, Prediction, Schema, WireForm};
use engine::Model;
use engine::domain::{Item, ItemCode};
use engine::predict::PredictOptions;

/// The use cases that the kept model has. All of them answer at once: nothing is waited for.
#[derive(Clone, Copy)]
pub struct KeptBackend<'a> {
    model: &'a Model,
}

impl<'a> KeptBackend<'a> {
    /// Answers from this model.
    pub fn over(model: &'a Model) -> Self {
        Self { model }
    }

    /// The item that is asked about, and whether the model knows it.
    fn resolved(self, asked: AskedItem) -> (Item, bool) {
        let known = self.model.item(asked.code());
        let is_known = known.is_some();
        (asked.resolved(known), is_known)
    }
}

#[async_trait]
impl ItemsApi for KeptBackend<'_> {
    async fn search_items(&self, query: SearchItems) -> Result<ItemPage, ApiError> {
        let CheckedSearch { q, offset, limit } = query.check()?;
        let (codes, total) = self.model.search(&q, offset, limit);
        let summary = |item: Item| {
            let n_routings = self.model.routings(&item.code).len();
            ItemSummary::of(item, n_routings, Some(self.model.schema()))
        };
        let items = codes.iter().filter_map(|code| self.model.item(code)).map(summary).collect();
        Ok(ItemPage { items, total, offset })
    }

    async fn item(&self, code: ItemCode) -> Result<ItemDetail, ApiError> {
        let item = self.model.item(&code).ok_or_else(|| ApiError::NotFound { key: code.to_string() })?;
        let neighbours = self.model.neighbours(&item, N_SIMILAR);
        Ok(ItemDetail {
            item: wire::Item::of(item),
            routings: WireForm::of(self.model.routings(&code)),
            held: Vec::new(),
            neighbours: WireForm::of(neighbours),
        })
    }
}

#[async_trait]
impl PredictApi for KeptBackend<'_> {
    async fn predict(&self, request: PredictRequest) -> Result<Vec<PredictAnswer>, ApiError> {
        let checked = request.check()?;
        let answer = |asked: AskedItem| {
            let (item, is_known) = self.resolved(asked);
            let prediction = self.model.predict(&item, &checked.options);
            PredictAnswer { id: None, item: WireForm::of(item), is_known, prediction: Prediction::of(prediction) }
        };
        Ok(checked.items.into_iter().map(answer).collect())
    }

    async fn schema(&self) -> Result<Schema, ApiError> {
        Ok(Schema::of(self.model.schema().clone()))
    }
}

#[async_trait]
impl ExplainApi for KeptBackend<'_> {
    async fn explain(&self, request: ExplainRequest) -> Result<Explanation, ApiError> {
        let (item, _) = self.resolved(request.check()?);
        Ok(Explanation::of(self.model.explain(&item, &PredictOptions::default())))
    }
}
