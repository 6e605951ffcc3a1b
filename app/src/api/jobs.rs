//! Work that takes longer than a request.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::ApiError;

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Learns a model from all data and lets it answer.
    Train,
    /// Measures on held-out items and keeps what it found.
    Evaluate,
}

impl JobKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Train, Self::Evaluate];

    /// As in the database, in forms and in the locale key `job-<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Evaluate => "evaluate",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
    /// It was due and did not run.
    Skipped,
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 6] = [Self::Queued, Self::Running, Self::Done, Self::Failed, Self::Cancelled, Self::Skipped];

    /// As in the database and in the locale key `job-state-<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Skipped => "skipped",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether nothing more will happen.
    pub fn is_over(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

/// How a job ended: a code with its data. The locale key of a failure is `job-failure-<code>`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct JobOutcome {
    /// `done`, `cancelled`, or why it failed: `no_routings`, `not_possible`, `worker_lost`, `internal`.
    pub code: String,
    /// What it made: the short name of a model, the splits that were measured.
    pub made: Option<String>,
    /// Under what the log tells more of a fault of ours.
    pub ref_id: Option<String>,
    /// What the engine says, in English, of data that it cannot work with.
    pub detail: Option<String>,
}

/// A job as the page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Job {
    /// Time-ordered.
    pub id: String,
    pub kind: JobKind,
    pub state: JobState,
    /// Name of the person, or `(console)`.
    pub asked_by: String,
    /// Times are RFC 3339, UTC.
    pub queued_at: String,
    pub started_at: Option<String>,
    pub ended_at: Option<String>,
    /// Seconds from its begin to its end; `None` before the end.
    pub took_s: Option<u64>,
    /// How often it was begun.
    pub attempts: u32,
    /// Code of what it is doing: `job-phase-<code>` in the locales; `None` before it has begun.
    pub phase: Option<String>,
    /// Share of the whole that is done, 0 to 1.
    pub share: f64,
    /// Somebody wants it to end.
    pub is_ending: bool,
    /// Seconds that are left, by how long earlier ones took; `None` when nothing tells.
    pub left_s: Option<u64>,
    /// `None` before the end.
    pub outcome: Option<JobOutcome>,
}

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JobPage {
    /// Open ones first, then the latest.
    pub jobs: Vec<Job>,
    /// Whether a worker is there to run them.
    pub has_worker: bool,
}

/// Seeing to jobs.
#[async_trait]
pub trait JobsApi {
    /// The open jobs and the latest of the others.
    ///
    /// # Errors
    /// [`ApiError`] when the caller may not, or the database fails.
    async fn jobs(&self) -> Result<JobPage, ApiError>;

    /// One of them.
    ///
    /// # Errors
    /// [`ApiError::NotFound`].
    async fn job(&self, id: String) -> Result<Job, ApiError>;

    /// Queues a job of a kind with its usual settings.
    ///
    /// # Errors
    /// [`ApiError`] when the caller may not, or the database fails.
    async fn begin_job(&self, kind: JobKind) -> Result<Job, ApiError>;

    /// Queues a job that does again what an ended one did.
    ///
    /// # Errors
    /// [`ApiError::NotFound`].
    async fn repeat_job(&self, id: String) -> Result<Job, ApiError>;

    /// Ends a job: at once when it has not begun, else within moments.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] also for one that has ended.
    async fn cancel_job(&self, id: String) -> Result<(), ApiError>;
}
