//! What a job is to do, as it stands in the queue.

mod import;

use contract::jobs::JobKind;
use engine::evaluate::{EvaluateSettings, Split};
use serde::{Deserialize, Serialize};

use crate::db::DbError;
use crate::services::bundle::DEFAULT_BUNDLE_ITEMS;

pub use import::ImportTask;

/// What to do, with all that it needs to be done again in the same way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Task {
    Train {
        seed: u64,
        /// Whether items' texts are read with the sentence encoder.
        with_encoder: bool,
    },
    Evaluate(EvaluateTask),
    /// Cuts the offline copy of the active model.
    Bundle {
        /// Most items of it.
        limit: usize,
    },
    Import(Box<ImportTask>),
    /// Makes the snapshot of the plant's data, unless it is there.
    Snapshot,
}

/// How to measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EvaluateTask {
    pub splits: Vec<Split>,
    /// Share of the items that is held out.
    pub holdout: f64,
    pub seed: u64,
    pub with_encoder: bool,
    pub n_repeats: usize,
    /// Cross-validation instead, in so many folds.
    pub n_folds: Option<usize>,
    /// Columns that nobody may look at.
    pub without: Vec<String>,
    /// Whether the page of the model shows it.
    pub is_kept: bool,
}

impl Default for EvaluateTask {
    fn default() -> Self {
        Self {
            splits: vec![Split::Random, Split::Time, Split::Family],
            holdout: 0.2,
            seed: 1,
            with_encoder: false,
            n_repeats: 1,
            n_folds: None,
            without: Vec::new(),
            is_kept: true,
        }
    }
}

impl EvaluateTask {
    /// For one of its splits.
    pub fn settings(&self, split: Split) -> EvaluateSettings {
        EvaluateSettings {
            split,
            holdout: self.holdout,
            seed: self.seed,
            n_repeats: self.n_repeats,
            n_folds: self.n_folds,
            without: self.without.clone(),
        }
    }
}

impl Task {
    /// With the settings of the command line; `None` for one that needs files.
    pub fn usual(kind: JobKind) -> Option<Self> {
        match kind {
            JobKind::Train => Some(Self::Train { seed: 1, with_encoder: false }),
            JobKind::Evaluate => Some(Self::Evaluate(EvaluateTask::default())),
            JobKind::Bundle => Some(Self::Bundle { limit: DEFAULT_BUNDLE_ITEMS }),
            JobKind::Import => None,
            JobKind::Snapshot => Some(Self::Snapshot),
        }
    }

    /// Its kind.
    pub fn kind(&self) -> JobKind {
        match self {
            Self::Train { .. } => JobKind::Train,
            Self::Evaluate(_) => JobKind::Evaluate,
            Self::Bundle { .. } => JobKind::Bundle,
            Self::Import(_) => JobKind::Import,
            Self::Snapshot => JobKind::Snapshot,
        }
    }

    /// Tasks of one lane never run at the same time.
    pub fn lane(&self) -> &'static str {
        match self {
            // These want every core.
            Self::Train { .. } | Self::Evaluate(_) | Self::Bundle { .. } => "engine",
            // Of two that change the plant's data at once, one would be done again; a snapshot is of what they leave.
            Self::Import(_) | Self::Snapshot => "data",
        }
    }

    /// From the queue.
    ///
    /// # Errors
    /// [`DbError::Decode`] for a task of another version.
    pub fn from_text(text: &str) -> Result<Self, DbError> {
        serde_json::from_str(text).map_err(|error| DbError::Decode { what: "task", reason: error.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_come_back_from_the_queue() {
        for task in JobKind::ALL.into_iter().filter_map(Task::usual) {
            let text = serde_json::to_string(&task).expect("plain data");
            assert_eq!(Task::from_text(&text).ok(), Some(task.clone()), "{text}");
        }
        assert!(Task::from_text("{\"task\":\"fly\"}").is_err());
    }

    #[test]
    fn a_task_of_the_first_version_is_still_understood() {
        let text = r#"{"task":"evaluate","splits":["time"],"holdout":0.3,"seed":4,"with_encoder":false}"#;
        let expected = EvaluateTask { splits: vec![Split::Time], holdout: 0.3, seed: 4, ..EvaluateTask::default() };
        assert_eq!(Task::from_text(text).ok(), Some(Task::Evaluate(expected)));
    }
}
