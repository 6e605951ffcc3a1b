//! What a planner thinks of a candidate.

use async_trait::async_trait;
use engine::domain::{ItemCode, ModelId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::limits::check_length;

/// Longest idempotency key, in bytes.
const MAX_KEY_BYTES: usize = 100;
/// Most that a rank can be: more than a prediction ever has.
const MAX_RANK: u32 = 1000;

/// Thumb up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Up,
    Down,
}

/// A verdict on one candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Feedback {
    /// Prediction that showed the candidate; `None` when it was made offline.
    #[schema(max_length = 200)]
    pub prediction: Option<String>,
    #[schema(value_type = String, max_length = 200)]
    pub item: ItemCode,
    #[schema(value_type = String, max_length = 200)]
    pub model: ModelId,
    /// Signature of the candidate.
    #[schema(max_length = 200)]
    pub signature: String,
    #[schema(minimum = 1, maximum = 1000)]
    pub rank: u32,
    pub verdict: Verdict,
}

impl Feedback {
    /// Whether it, and the key that it is sent under, can be meant.
    ///
    /// # Errors
    /// [`ApiError::Invalid`] that names the first field that cannot.
    pub fn check(&self, idempotency_key: &str) -> Result<(), ApiError> {
        let is_visible = idempotency_key.bytes().all(|byte| byte.is_ascii_graphic());
        if idempotency_key.is_empty() || idempotency_key.len() > MAX_KEY_BYTES || !is_visible {
            return Err(ApiError::invalid("idempotency_key", idempotency_key, "1_to_100_visible_ascii_chars"));
        }
        if self.rank == 0 {
            return Err(ApiError::invalid("rank", "0", "at_least_1"));
        }
        if self.rank > MAX_RANK {
            return Err(ApiError::invalid("rank", self.rank.to_string(), format!("at_most_{MAX_RANK}")));
        }
        check_length("item", self.item.as_str())?;
        check_length("model", self.model.as_str())?;
        check_length("signature", &self.signature)?;
        self.prediction.as_deref().map_or(Ok(()), |id| check_length("prediction", id))
    }
}

/// A stored verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeedbackReceipt {
    pub id: String,
    /// True when the same key and content had been stored before.
    pub was_known: bool,
}

/// What the server does with feedback.
#[async_trait]
pub trait FeedbackApi {
    /// Stores it once per `idempotency_key`.
    ///
    /// # Errors
    /// [`ApiError::KeyReused`] when the key came before with another content, [`ApiError::Invalid`] for a bad key.
    async fn send_feedback(&self, idempotency_key: String, feedback: Feedback) -> Result<FeedbackReceipt, ApiError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_meant_is_refused_by_its_field() {
        let fine = Feedback {
            prediction: None,
            item: ItemCode::from("A"),
            model: ModelId::from("m"),
            signature: "s".into(),
            rank: 1,
            verdict: Verdict::Up,
        };
        assert_eq!(fine.check("key"), Ok(()));
        let long = || "x".repeat(201);
        for (wrong, key, field) in [
            (fine.clone(), "", "idempotency_key"),
            (fine.clone(), "a b", "idempotency_key"),
            (Feedback { rank: 0, ..fine.clone() }, "key", "rank"),
            (Feedback { rank: 1001, ..fine.clone() }, "key", "rank"),
            (Feedback { item: ItemCode::new(long()), ..fine.clone() }, "key", "item"),
            (Feedback { model: ModelId::new(long()), ..fine.clone() }, "key", "model"),
            (Feedback { signature: long(), ..fine.clone() }, "key", "signature"),
            (Feedback { prediction: Some(long()), ..fine.clone() }, "key", "prediction"),
        ] {
            let refused = wrong.check(key);
            assert!(matches!(&refused, Err(ApiError::Invalid { field: named, .. }) if named == field), "{refused:?}");
        }
    }
}
