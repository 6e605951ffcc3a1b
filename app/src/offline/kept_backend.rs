//! The kept model in the server's place: it answers what needs no server, by the contract that the server answers by.

use async_trait::async_trait;
use contract::codes;
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

    /// The item that a typed code means.
    fn known(self, typed: &ItemCode) -> Option<Item> {
        self.model.item(&codes::meant(self.model.snapshot(), typed)?)
    }

    /// What is asked about, and whether the model knows it.
    fn settled(self, asked: Vec<AskedItem>, allow_unknown: bool) -> Result<Vec<(Item, bool)>, ApiError> {
        let (mut items, mut unknown) = (Vec::new(), Vec::new());
        for asked in asked {
            let known = self.known(asked.code());
            match asked.settled(known, allow_unknown) {
                Ok(item) => items.push(item),
                Err(code) => unknown.push(codes::unknown(self.model.snapshot(), &code)),
            }
        }
        if unknown.is_empty() { Ok(items) } else { Err(ApiError::UnknownCodes { unknown }) }
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
        let item = self.known(&code).ok_or_else(|| codes::unknown(self.model.snapshot(), &code).alone())?;
        let neighbours = self.model.neighbours(&item, N_SIMILAR);
        Ok(ItemDetail {
            routings: WireForm::of(self.model.routings(&item.code)),
            held: Vec::new(),
            neighbours: WireForm::of(neighbours),
            item: wire::Item::of(item),
        })
    }
}

#[async_trait]
impl PredictApi for KeptBackend<'_> {
    async fn predict(&self, request: PredictRequest) -> Result<Vec<PredictAnswer>, ApiError> {
        let checked = request.check()?;
        let answer = |(item, is_known): (Item, bool)| {
            let prediction = self.model.predict(&item, &checked.options);
            PredictAnswer { id: None, item: WireForm::of(item), is_known, prediction: Prediction::of(prediction) }
        };
        Ok(self.settled(checked.items, checked.allow_unknown)?.into_iter().map(answer).collect())
    }

    async fn schema(&self) -> Result<Schema, ApiError> {
        Ok(Schema::of(self.model.schema().clone()))
    }
}

#[async_trait]
impl ExplainApi for KeptBackend<'_> {
    async fn explain(&self, request: ExplainRequest) -> Result<Explanation, ApiError> {
        let items = self.settled(vec![request.check()?], false)?;
        let (item, _) = items.first().ok_or(ApiError::NothingKept)?;
        Ok(Explanation::of(self.model.explain(item, &PredictOptions::default())))
    }
}
