//! What a job is to do, as it stands in the queue.

use app::api::jobs::JobKind;
use engine::evaluate::Split;
use serde::{Deserialize, Serialize};

use crate::db::DbError;

/// What to do, with all that it needs to be done again in the same way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Task {
    Train {
        seed: u64,
        /// Whether items' texts are read with the sentence encoder.
        with_encoder: bool,
    },
    Evaluate {
        splits: Vec<Split>,
        /// Share of the items that is held out.
        holdout: f64,
        seed: u64,
        with_encoder: bool,
    },
}

impl Task {
    /// With the settings of the command line.
    pub fn usual(kind: JobKind) -> Self {
        match kind {
            JobKind::Train => Self::Train { seed: 1, with_encoder: false },
            JobKind::Evaluate => Self::Evaluate {
                splits: vec![Split::Random, Split::Time, Split::Family],
                holdout: 0.2,
                seed: 1,
                with_encoder: false,
            },
        }
    }

    /// Its kind.
    pub fn kind(&self) -> JobKind {
        match self {
            Self::Train { .. } => JobKind::Train,
            Self::Evaluate { .. } => JobKind::Evaluate,
        }
    }

    /// Tasks of one lane never run at the same time: these all want every core.
    pub fn lane(&self) -> &'static str {
        match self {
            Self::Train { .. } | Self::Evaluate { .. } => "engine",
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
        for kind in JobKind::ALL {
            let task = Task::usual(kind);
            let text = serde_json::to_string(&task).expect("plain data");
            assert_eq!(Task::from_text(&text).ok(), Some(task.clone()), "{text}");
            assert_eq!(task.kind(), kind);
        }
        assert!(Task::from_text("{\"task\":\"fly\"}").is_err());
    }
}
