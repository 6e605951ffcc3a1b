//! Whether the server is alive and ready, for monitoring.

use engine::domain::ModelId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::wire::code;

/// The process answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Liveness {
    /// Version of the product.
    pub version: String,
}

/// State of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    Ok,
    /// No model was trained yet: the pages say so, and that is an answer too.
    None,
    /// Answers are right, but something is wrong: the problem beside it says what.
    Degraded,
    /// It cannot be used; the log says why.
    Failed,
}

/// State of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Overall {
    Ok,
    /// Answers are right, but somebody should look.
    Degraded,
    Failed,
}

/// Whether requests can be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Readiness {
    pub is_ready: bool,
    pub state: Overall,
    pub database: PartState,
    /// What is wrong with the database, for the person who runs the server.
    pub database_problem: Option<String>,
    pub model: PartState,
    /// The model that answers.
    #[schema(value_type = Option<code::ModelId>)]
    pub model_id: Option<ModelId>,
    /// What is wrong with the file of the model that shall answer.
    pub model_problem: Option<String>,
    /// Degraded when another model would find no room.
    pub disk: PartState,
    pub disk_problem: Option<String>,
    pub answers: AnswersInMemory,
}

/// What the memory of answers was worth since the server started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnswersInMemory {
    /// Questions that were answered from memory.
    pub hits: u64,
    /// Questions that had to be worked out.
    pub misses: u64,
    /// About how much memory the answers take.
    pub size_bytes: u64,
    /// How much they may take; 0 where nothing is remembered.
    pub most_bytes: u64,
}
