//! Candidate routings, for pages, REST and the command line.

use std::sync::Arc;

use async_trait::async_trait;
use contract::access::Action;
use contract::error::ApiError;
use contract::predict::{
    AskedItem, CheckedPredict, MAX_RECENT, PredictAnswer, PredictApi, PredictRequest, RecentApi, RecentPrediction,
};
use contract::wire::{Schema, WireForm};
use engine::domain::{Item, ItemCode};
use engine::predict::{PredictOptions, Prediction};

use super::Services;
use super::acting::{Acting, AuditEvent};
use super::answers::Key;
use super::receipts::{Answered, asked};
use super::records::Record;
use crate::background::Share;
use crate::db::items;
pub use crate::db::predictions::Channel;
use crate::db::predictions::{self, NewPrediction};
use crate::error::Failure;
use crate::registry::Active;

#[async_trait]
impl PredictApi for Acting {
    async fn predict(&self, request: PredictRequest) -> Result<Vec<PredictAnswer>, ApiError> {
        self.predict_for(request, Channel::Page).await
    }

    async fn schema(&self) -> Result<Schema, ApiError> {
        self.run(Action::Predict, "", schema(&self.services)).await
    }
}

#[async_trait]
impl RecentApi for Acting {
    async fn recent_predictions(&self, limit: usize) -> Result<Vec<RecentPrediction>, ApiError> {
        self.run(Action::SeeRecent, "", recent(&self.services, limit.min(MAX_RECENT))).await
    }
}

impl Acting {
    /// Predicts and stores the answers under who asked and where.
    pub async fn predict_for(&self, request: PredictRequest, source: Channel) -> Result<Vec<PredictAnswer>, ApiError> {
        let object = asked_for(&request);
        self.run_noted(Action::Predict, &object, predict(self, request, source, &object)).await
    }

    /// All that a request leaves behind: its answers, their receipts and the line of the trail.
    fn record(&self, answers: &[(PredictAnswer, Arc<Answered>)], source: Channel, object: &str) -> Record {
        let at = self.services.clock.stamp();
        let user_id = self.caller.user_id();
        let row = |(answer, answered): &(PredictAnswer, Arc<Answered>)| {
            let id = answer.id.clone()?;
            Some(NewPrediction {
                id,
                at: at.clone(),
                item: answer.item.code.clone(),
                name: answer.item.name.clone(),
                is_known: answer.is_known,
                model: answer.prediction.model.clone(),
                receipt: answer.prediction.receipt.clone(),
                answer: Arc::clone(&answered.json),
                source,
                user_id: user_id.map(str::to_owned),
            })
        };
        let first = answers.first().map(|(answer, _)| answer.prediction.receipt.to_string());
        let event = AuditEvent { after: first, ..AuditEvent::done(Action::Predict.code(), object) };
        Record {
            receipts: answers.iter().map(|(_, answered)| answered.receipt(&at)).collect(),
            predictions: answers.iter().filter_map(row).collect(),
            lines: vec![self.line(event)],
        }
    }
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
        // A command ends before anything that is done beside it.
        let active = self.active_over_latest(Share::Whole).await?;
        let mut items = Vec::with_capacity(queries.len());
        for query in queries {
            let known = known(self, &active, &query.code).await?;
            items.push(known.map_or_else(|| query.clone(), |item| item.completed(&query)));
        }
        let answered = self.answer_all(&active, items.iter(), options).await?;
        let at = self.clock.stamp();
        let receipts = answered.iter().map(|answered| answered.receipt(&at)).collect();
        self.if_writable(self.keep(Record { receipts, ..Record::default() }).await)?;
        Ok(answered.iter().map(|answered| answered.prediction.clone()).collect())
    }

    /// Answers in the order of the items, those from memory that were given before.
    async fn answer_all(
        &self,
        active: &Arc<Active>,
        items: impl Iterator<Item = &Item>,
        options: PredictOptions,
    ) -> Result<Vec<Arc<Answered>>, Failure> {
        let mut answers: Vec<Option<Arc<Answered>>> = Vec::new();
        let mut open = Vec::new();
        for (at, item) in items.enumerate() {
            let asked = asked(item, options)?;
            let key = Key::new(&active.model, &asked);
            let found = self.answers.predictions.get(&key);
            if found.is_none() {
                open.push((at, key, item.clone(), asked));
            }
            answers.push(found);
        }
        if !open.is_empty() {
            let (active, memory) = (Arc::clone(active), Arc::clone(&self.answers));
            let make = move |(at, key, item, asked): (usize, Key, Item, String)| {
                let made = memory
                    .predictions
                    .get_or(key, || Answered::new(active.model.predict(&item, &options), asked))
                    .map_err(Failure::Other)?;
                Ok::<_, Failure>((at, made))
            };
            let made: Result<Vec<_>, Failure> = self.compute(move || open.into_iter().map(make).collect()).await?;
            for (at, made) in made? {
                if let Some(answer) = answers.get_mut(at) {
                    *answer = Some(made);
                }
            }
        }
        Ok(answers.into_iter().flatten().collect())
    }
}

async fn predict(
    acting: &Acting,
    request: PredictRequest,
    source: Channel,
    object: &str,
) -> Result<Vec<PredictAnswer>, Failure> {
    let services = &acting.services;
    let CheckedPredict { items, options, allow_unknown } = request.check()?;
    let active = services.active().await?;
    let queries = settled(services, &active, items, allow_unknown).await?;
    let answered = services.answer_all(&active, queries.iter().map(|(item, _)| item), options).await?;
    let answers = queries.into_iter().zip(answered).map(|((item, is_known), answered)| {
        let (id, prediction) = (Some(services.clock.new_id()), WireForm::of(answered.prediction.clone()));
        (PredictAnswer { id, item: WireForm::of(item), is_known, prediction }, answered)
    });
    let mut answers: Vec<(PredictAnswer, Arc<Answered>)> = answers.collect();
    let record = acting.record(&answers, source, object);
    if services.if_writable(services.keep(record).await)?.is_none() {
        // The answer is right all the same. It stands nowhere, so nobody can judge it.
        answers.iter_mut().for_each(|(answer, _)| answer.id = None);
    }
    Ok(answers.into_iter().map(|(answer, _)| answer).collect())
}

/// What is asked about, and whether the plant has it.
///
/// # Errors
/// [`ApiError::UnknownCodes`] with all codes that mean no one item, unless they are allowed.
pub(super) async fn settled(
    services: &Services,
    active: &Active,
    asked: Vec<AskedItem>,
    allow_unknown: bool,
) -> Result<Vec<(Item, bool)>, Failure> {
    let (mut items, mut unknown) = (Vec::new(), Vec::new());
    for asked in asked {
        let known = known(services, active, asked.code()).await?;
        match asked.settled(known, allow_unknown) {
            Ok(item) => items.push(item),
            Err(code) => unknown.push(code),
        }
    }
    if unknown.is_empty() {
        return Ok(items);
    }
    Err(services.unknown_codes(Arc::clone(active.model.snapshot()), unknown).await)
}

/// A known item: as the model has it, so that the offline copy of the model answers alike; one that came after the snapshot
/// is taken from the data.
async fn known(services: &Services, active: &Active, typed: &ItemCode) -> Result<Option<Item>, Failure> {
    let Some(code) = services.code_meant(active.model.snapshot(), typed).await? else { return Ok(None) };
    match active.model.item(&code) {
        Some(item) => Ok(Some(item)),
        None => Ok(items::get(&services.db, &code).await?),
    }
}

async fn schema(services: &Services) -> Result<Schema, Failure> {
    Ok(Schema::of(services.active().await?.model.schema().clone()))
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
