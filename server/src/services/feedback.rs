//! Verdicts of planners, stored once per key.

use async_trait::async_trait;
use contract::access::Action;
use contract::error::ApiError;
use contract::feedback::{Feedback, FeedbackApi, FeedbackReceipt};
use sha2::{Digest, Sha256};

use super::Services;
use super::acting::{Acting, AuditEvent};
use crate::db::feedback::{self, NewFeedback};
use crate::db::{DbError, items, models, predictions};
use crate::error::Failure;

#[async_trait]
impl FeedbackApi for Acting {
    async fn send_feedback(&self, idempotency_key: String, feedback: Feedback) -> Result<FeedbackReceipt, ApiError> {
        let item = feedback.item.to_string();
        self.run_noted(Action::GiveFeedback, &item, send(self, idempotency_key, feedback)).await
    }
}

async fn send(acting: &Acting, key: String, verdict: Feedback) -> Result<FeedbackReceipt, Failure> {
    verdict.check(&key)?;
    let content = serde_json::to_vec(&verdict).map_err(|error| Failure::Other(error.to_string()))?;
    let content_hash = hex::encode(Sha256::digest(&content));
    let services = &acting.services;
    check_there(services, &verdict).await?;
    let (id, at) = (services.clock.new_id(), services.clock.stamp());
    let mut write = services.db.begin_write().await?;
    if let Some(id) = &verdict.prediction
        && !predictions::hold(&services.db, &mut write, id).await?
    {
        // It was too old and went away at this very moment.
        return Err(ApiError::NotFound { key: id.clone() }.into());
    }
    let new = NewFeedback {
        id: &id,
        at: &at,
        owner: &acting.caller.owner(),
        key: &key,
        content_hash: &content_hash,
        feedback: &verdict,
        user_id: acting.caller.user_id(),
    };
    let stored = feedback::add_once(&mut write, new).await?;
    if stored.content_hash != content_hash {
        return Err(ApiError::KeyReused.into());
    }
    let event = AuditEvent::done(Action::GiveFeedback.code(), verdict.item.to_string()).to(stored.id.clone());
    acting.note_in(&mut write, event).await?;
    write.commit().await.map_err(DbError::from)?;
    Ok(FeedbackReceipt { id: stored.id, was_known: stored.was_known })
}

/// Whether what is judged is there: the model, the item, and the answer if one is named.
async fn check_there(services: &Services, verdict: &Feedback) -> Result<(), Failure> {
    let not_found = |key: &str| Failure::Api(ApiError::NotFound { key: key.to_owned() });
    let db = &services.db;
    if let Some(id) = &verdict.prediction {
        let Some((item, model)) = predictions::asked(db, id).await? else { return Err(not_found(id)) };
        for (field, value, expected) in
            [("item", verdict.item.as_str(), item), ("model", verdict.model.as_str(), model)]
        {
            if value != expected {
                return Err(ApiError::Invalid { field: field.into(), value: value.into(), expected }.into());
            }
        }
        return Ok(());
    }
    if !models::is_known(db, &verdict.model).await? {
        return Err(not_found(verdict.model.as_str()));
    }
    // An item that is still only planned was asked for.
    let is_there = items::find(db, &verdict.item).await?.is_some() || predictions::was_asked(db, &verdict.item).await?;
    if is_there { Ok(()) } else { Err(not_found(verdict.item.as_str())) }
}
