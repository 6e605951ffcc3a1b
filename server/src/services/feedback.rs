//! Verdicts of planners, stored once per key.

use app::access::Action;
use app::api::feedback::{Feedback, FeedbackApi, FeedbackReceipt};
use app::error::ApiError;
use async_trait::async_trait;
use sha2::{Digest, Sha256};

use super::MAX_QUERY_CHARS;
use super::acting::Acting;
use crate::db::feedback;
use crate::error::Failure;

/// Longest idempotency key, in bytes.
const MAX_KEY_BYTES: usize = 100;
/// More than a prediction ever has.
const MAX_RANK: u32 = 1000;

#[async_trait]
impl FeedbackApi for Acting {
    async fn send_feedback(&self, idempotency_key: String, feedback: Feedback) -> Result<FeedbackReceipt, ApiError> {
        let item = feedback.item.to_string();
        let after = |receipt: &FeedbackReceipt| Some(receipt.id.clone());
        self.run_noted(Action::GiveFeedback, &item, after, send(self, idempotency_key, feedback)).await
    }
}

async fn send(acting: &Acting, key: String, verdict: Feedback) -> Result<FeedbackReceipt, Failure> {
    check(&key, &verdict)?;
    let content = serde_json::to_vec(&verdict).map_err(|error| Failure::Other(error.to_string()))?;
    let content_hash: String = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
    let services = &acting.services;
    let (id, at) = (services.clock.new_id(), services.clock.stamp());
    let stored =
        feedback::add_once(&services.db, &id, &at, &key, &content_hash, &verdict, acting.caller.user_id()).await?;
    if stored.content_hash != content_hash {
        return Err(ApiError::KeyReused.into());
    }
    Ok(FeedbackReceipt { id: stored.id, was_known: stored.was_known })
}

fn check(key: &str, verdict: &Feedback) -> Result<(), ApiError> {
    let invalid = |field: &str, value: &str, expected: &str| {
        Err(ApiError::Invalid { field: field.into(), value: value.into(), expected: expected.into() })
    };
    if key.is_empty() || key.len() > MAX_KEY_BYTES || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return invalid("idempotency_key", key, "1_to_100_visible_ascii_chars");
    }
    if verdict.rank == 0 {
        return invalid("rank", "0", "at_least_1");
    }
    if verdict.rank > MAX_RANK {
        return invalid("rank", &verdict.rank.to_string(), &format!("at_most_{MAX_RANK}"));
    }
    let texts = [
        ("item", Some(verdict.item.as_str())),
        ("model", Some(verdict.model.as_str())),
        ("signature", Some(verdict.signature.as_str())),
        ("prediction", verdict.prediction.as_deref()),
    ];
    for (field, text) in texts {
        if let Some(text) = text
            && text.chars().count() > MAX_QUERY_CHARS
        {
            return invalid(field, text, &format!("at_most_{MAX_QUERY_CHARS}_chars"));
        }
    }
    Ok(())
}
