//! What the caller may ask of a prediction.

use serde::{Deserialize, Serialize};

/// How the item's own past routings enter its answer. They never vote for the similar-item candidates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnHistory {
    /// As if the item were new: what an evaluation needs.
    Ignore,
    /// Its own routings lead, similar-item candidates fill up.
    #[default]
    First,
    /// Both lists, each with ranks of its own.
    Beside,
}

/// Settings of one prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PredictOptions {
    /// How the item's own routings are used.
    pub own_history: OwnHistory,
    /// Similar items to show, 1 to 50.
    pub n_neighbours: usize,
    /// Most candidates of one origin, 1 to 4.
    pub max_candidates: usize,
}

impl Default for PredictOptions {
    fn default() -> Self {
        Self { own_history: OwnHistory::First, n_neighbours: 10, max_candidates: 4 }
    }
}
