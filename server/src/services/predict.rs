//! Candidate routings, for pages, REST and the command line.

use std::sync::Arc;

use app::access::Action;
use app::api::predict::{MAX_ITEMS_PER_REQUEST, PredictAnswer, PredictApi, PredictRequest, RecentPrediction};
use app::error::ApiError;
use async_trait::async_trait;
use engine::domain::{Item, ItemCode};
use engine::predict::{PredictOptions, Prediction};

use super::acting::{Acting, Deed};
use super::{MAX_QUERY_CHARS, Services};
pub use crate::db::predictions::Source;
use crate::db::receipts::{self, ReceiptRow};
use crate::db::{DbError, items, predictions};
use crate::error::Failure;
use crate::registry::Active;

/// Most similar items of one answer.
const MAX_NEIGHBOURS: usize = 50;
/// Most lines of the recent predictions.
const MAX_RECENT: usize = 100;

#[async_trait]
impl PredictApi for Acting {
    async fn predict(&self, request: PredictRequest) -> Result<Vec<PredictAnswer>, ApiError> {
        self.predict_for(request, Source::Page).await
    }

    async fn recent_predictions(&self, limit: usize) -> Result<Vec<RecentPrediction>, ApiError> {
        self.run(Action::SeeRecent, "", recent(&self.services, limit.min(MAX_RECENT))).await
    }
}

impl Acting {
    /// Predicts and stores the answers under who asked and where.
    pub async fn predict_for(&self, request: PredictRequest, source: Source) -> Result<Vec<PredictAnswer>, ApiError> {
        let object = asked_for(&request);
        self.run_noted(Action::Predict, &object, predict(self, request, source, &object)).await
    }

    /// Keeps answers, their receipts and the line of the trail, all or nothing.
    async fn keep(&self, kept: Kept<'_>) -> Result<(), DbError> {
        let services = &self.services;
        let at = services.clock.stamp();
        let rows: Vec<(String, &Item, bool, &Prediction)> = kept
            .answers
            .iter()
            .filter_map(|answer| answer.id.clone().map(|id| (id, &answer.item, answer.is_known, &answer.prediction)))
            .collect();
        let mut write = services.db.begin_write().await?;
        receipts::add(&mut write, &at, kept.receipts).await?;
        predictions::add(&mut write, &at, kept.source, self.caller.user_id(), &rows).await?;
        let first = kept.answers.first().map(|answer| answer.prediction.receipt.to_string());
        let deed = Deed { after: first, ..Deed::done(Action::Predict.code(), kept.object) };
        self.note_in(&mut write, deed).await?;
        Ok(write.commit().await?)
    }
}

/// What is kept of one request.
struct Kept<'a> {
    answers: &'a [PredictAnswer],
    receipts: &'a [ReceiptRow],
    source: Source,
    object: &'a str,
}

/// The items of a request, for the audit trail: the first, and how many more.
fn asked_for(request: &PredictRequest) -> String {
    let codes = request.codes.iter().chain(request.items.iter().map(|item| &item.code));
    let n_items = codes.clone().count();
    let first = codes.map(ToString::to_string).next().unwrap_or_default();
    if n_items > 1 { format!("{first} (+{})", n_items - 1) } else { first }
}

impl Services {
    /// Predicts for any number of items and keeps only the receipts: what the command line needs.
    ///
    /// What a query says of a known item goes before what the model knows of it.
    pub async fn predict_items(&self, queries: Vec<Item>, options: PredictOptions) -> Result<Vec<Prediction>, Failure> {
        let active = self.registry.active(&self.db).await?;
        let mut asked = Vec::with_capacity(queries.len());
        for query in queries {
            let known = known(self, &active, &query.code).await?;
            let item = known.map_or_else(|| query.clone(), |item| completed(item, &query));
            asked.push((item, true));
        }
        let answered = self.compute(move || answer_all(&active, asked, options)).await?;
        let rows = Self::receipts(options, answered.iter().map(|(item, _, prediction)| (item, prediction)))?;
        let kept = async {
            let mut write = self.db.begin_write().await?;
            receipts::add(&mut write, &self.clock.stamp(), &rows).await?;
            Ok(write.commit().await?)
        };
        self.if_writable(kept.await)?;
        Ok(answered.into_iter().map(|(_, _, prediction)| prediction).collect())
    }
}

/// What a request asks for, within its limits.
fn options(request: &PredictRequest) -> Result<PredictOptions, ApiError> {
    let n_items = request.codes.len() + request.items.len();
    if n_items == 0 {
        return Err(ApiError::Invalid { field: "codes".into(), value: String::new(), expected: "an_item".into() });
    }
    if n_items > MAX_ITEMS_PER_REQUEST {
        return Err(ApiError::TooMany { field: "items".into(), limit: MAX_ITEMS_PER_REQUEST, got: n_items });
    }
    if request.n_neighbours > MAX_NEIGHBOURS {
        let (limit, got) = (MAX_NEIGHBOURS, request.n_neighbours);
        return Err(ApiError::TooMany { field: "n_neighbours".into(), limit, got });
    }
    let codes = request.codes.iter().chain(request.items.iter().map(|item| &item.code));
    if let Some(code) = codes.into_iter().find(|code| code.as_str().chars().count() > MAX_QUERY_CHARS) {
        let expected = format!("at_most_{MAX_QUERY_CHARS}_chars");
        return Err(ApiError::Invalid { field: "code".into(), value: code.to_string(), expected });
    }
    if request.codes.iter().any(|code| code.as_str().trim().is_empty()) {
        return Err(ApiError::Invalid { field: "code".into(), value: String::new(), expected: "not_empty".into() });
    }
    let defaults = PredictOptions::default();
    let n_neighbours = if request.n_neighbours == 0 { defaults.n_neighbours } else { request.n_neighbours };
    Ok(PredictOptions { own_history: request.own_history, n_neighbours, ..defaults })
}

async fn predict(
    acting: &Acting,
    request: PredictRequest,
    source: Source,
    object: &str,
) -> Result<Vec<PredictAnswer>, Failure> {
    let services = &acting.services;
    let options = options(&request)?;
    let active = services.registry.active(&services.db).await?;
    let mut queries: Vec<(Item, bool)> = Vec::new();
    for code in &request.codes {
        let known = known(services, &active, code).await?;
        queries.push(known.map_or_else(|| (Item::new(code.as_str()), false), |item| (item, true)));
    }
    for item in request.items {
        let is_known = known(services, &active, &item.code).await?.is_some();
        // As an import would have read it.
        queries.push((engine::clean::item(item), is_known));
    }
    let answered = services.compute(move || answer_all(&active, queries, options)).await?;

    let mut answers: Vec<PredictAnswer> = answered
        .into_iter()
        .map(|(item, is_known, prediction)| PredictAnswer {
            id: Some(services.clock.new_id()),
            item,
            is_known,
            prediction,
        })
        .collect();
    let receipts = Services::receipts(options, answers.iter().map(|answer| (&answer.item, &answer.prediction)))?;
    let kept = Kept { answers: &answers, receipts: &receipts, source, object };
    if services.if_writable(acting.keep(kept).await)?.is_none() {
        // The answer is right all the same. It stands nowhere, so nobody can judge it.
        answers.iter_mut().for_each(|answer| answer.id = None);
    }
    Ok(answers)
}

/// A known item: as the model learnt it, so that the offline copy of the model answers alike; one that came after the
/// training is taken from the data.
pub(super) async fn known(services: &Services, active: &Active, code: &ItemCode) -> Result<Option<Item>, Failure> {
    match active.model.item(code) {
        Some(item) => Ok(Some(item.clone())),
        None => {
            let found = items::find(&services.db, code).await?;
            // Under its own spelling the model may know it.
            Ok(found.map(|item| active.model.item(&item.code).cloned().unwrap_or(item)))
        }
    }
}

/// A known item with what the query says of it.
fn completed(mut item: Item, query: &Item) -> Item {
    if query.name.is_some() {
        item.name.clone_from(&query.name);
    }
    item.attributes.extend(query.attributes.clone());
    item
}

fn answer_all(
    active: &Arc<Active>,
    queries: Vec<(Item, bool)>,
    options: PredictOptions,
) -> Vec<(Item, bool, Prediction)> {
    let answer = |(item, is_known): (Item, bool)| {
        let prediction = active.model.predict(&item, &options);
        (item, is_known, prediction)
    };
    queries.into_iter().map(answer).collect()
}

async fn recent(services: &Services, limit: usize) -> Result<Vec<RecentPrediction>, Failure> {
    let rows = predictions::recent(&services.db, limit).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let first = row.answer.candidates.first();
            RecentPrediction {
                id: row.id,
                item: row.item,
                name: row.name,
                at: row.at,
                summary: first.map_or_else(Vec::new, |candidate| {
                    let names = candidate.operations.iter();
                    names
                        .map(|operation| operation.job_name.clone().unwrap_or_else(|| operation.job.to_string()))
                        .collect()
                }),
                confidence_prob: first.and_then(|candidate| candidate.confidence_prob),
                abstained: row.answer.abstained,
                is_known: row.is_known,
            }
        })
        .collect())
}
