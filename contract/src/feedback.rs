//! What a planner thinks of a candidate.

use async_trait::async_trait;
use engine::domain::{ItemCode, ModelId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ApiError;

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
