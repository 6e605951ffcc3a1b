//! Why the first candidate and not another one, for pages and REST. Nothing of it is stored: a receipt and its model
//! give it again.

use std::sync::Arc;

use async_trait::async_trait;
use contract::access::Action;
use contract::error::ApiError;
use contract::explain::{ExplainApi, ExplainRequest};
use contract::wire::{Explanation, WireForm};
use engine::predict::PredictOptions;

use super::Services;
use super::acting::Acting;
use super::answers::{Explained, Key};
use super::predict::settled;
use super::receipts::asked;
use crate::error::Failure;

#[async_trait]
impl ExplainApi for Acting {
    async fn explain(&self, request: ExplainRequest) -> Result<Explanation, ApiError> {
        let code = request.item.as_ref().map(|item| &item.code).or(request.code.as_ref());
        let object = code.map(ToString::to_string).unwrap_or_default();
        self.run(Action::Explain, &object, explain(&self.services, request)).await
    }
}

async fn explain(services: &Services, request: ExplainRequest) -> Result<Explanation, Failure> {
    let asked_item = request.check()?;
    let active = services.active().await?;
    let items = settled(services, &active, vec![asked_item], false).await?;
    let Some((query, _)) = items.into_iter().next() else { return Err(Failure::Other("nothing was asked".into())) };
    let options = PredictOptions::default();
    let key = Key::new(&active.model, &asked(&query, options)?);
    if let Some(found) = services.answers.explanations.get(&key) {
        return Ok(Explanation::of(found.explanation.clone()));
    }
    let answers = Arc::clone(&services.answers);
    let explained = services.compute(move || {
        answers.explanations.get_or(key, || {
            let explanation = active.model.explain(&query, &options);
            let json = serde_json::to_string(&explanation).map_err(|error| error.to_string())?;
            Ok(Explained { explanation, json_bytes: json.len() })
        })
    });
    Ok(Explanation::of(explained.await?.map_err(Failure::Other)?.explanation.clone()))
}
