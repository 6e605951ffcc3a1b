//! Work that takes longer than a request.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::every::every;

/// What a job does.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    ToSchema,
    EnumCount,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum JobKind {
    /// Learns a model from all data and lets it answer.
    Train,
    /// Measures on held-out items and keeps what it found.
    Evaluate,
    /// Cuts the offline copy of the active model.
    Bundle,
    /// Reads tables into the plant's data.
    Import,
    /// Makes the plant's data ready to be searched and compared.
    Snapshot,
}

impl JobKind {
    /// Every kind.
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);
    /// Those that a person begins, and that need nothing but the plant's data.
    pub const WITHOUT_FILES: [Self; 3] = [Self::Train, Self::Evaluate, Self::Bundle];

    /// As in the database, in forms and in the locale key `job-<code>`.
    pub const fn code(self) -> &'static str {
        self.into_str()
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        code.parse().ok()
    }
}

/// Where a job stands.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    ToSchema,
    EnumCount,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
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
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    /// As in the database and in the locale key `job-state-<code>`.
    pub const fn code(self) -> &'static str {
        self.into_str()
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        code.parse().ok()
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
    /// `done`, `cancelled`, why it failed (`no_routings`, `not_possible`, `no_model`, `not_read`, `no_tables`,
    /// `removes_many`, `unknown_columns`, `overtaken`, `files_gone`, `worker_lost`, `other_version`, `internal`), or why
    /// it did not run (`missed`, `still_running`).
    pub code: String,
    /// What it made: the short name of a model, the splits that were measured, kilobytes of an offline copy, the number
    /// of an import.
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
    /// Whether it can be done again: its files are there, if it needs some.
    pub may_repeat: bool,
    /// Seconds that are left, by how long earlier ones took; `None` when nothing tells.
    pub left_s: Option<u64>,
    /// `None` before the end.
    pub outcome: Option<JobOutcome>,
}

/// Days of a week.
pub const WEEKDAYS: usize = 7;
/// Minutes of a day.
const DAY_MIN: u16 = 24 * 60;

/// When a job of a kind is begun by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSchedule {
    pub kind: JobKind,
    /// Monday first.
    pub weekdays: [bool; WEEKDAYS],
    /// Minutes after midnight, by the plant's clock.
    pub minute: u16,
}

impl NewSchedule {
    /// The same, if it can be meant.
    ///
    /// # Errors
    /// [`ApiError::Invalid`] that names the field.
    pub fn check(self) -> Result<Self, ApiError> {
        let invalid = |field: &str, value: String, expected: &str| {
            Err(ApiError::Invalid { field: field.into(), value, expected: expected.into() })
        };
        if !JobKind::WITHOUT_FILES.contains(&self.kind) {
            return invalid("kind", self.kind.code().into(), "one_of_the_buttons");
        }
        if !self.weekdays.contains(&true) {
            return invalid("weekday", String::new(), "a_weekday");
        }
        if self.minute >= DAY_MIN {
            return invalid("time", String::new(), "a_time");
        }
        Ok(self)
    }

    /// `03:30`
    pub fn time(&self) -> String {
        format!("{:02}:{:02}", self.minute / 60, self.minute % 60)
    }
}

/// A schedule as its form sends it, readable or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedSchedule {
    /// Code of the kind.
    pub kind: String,
    /// Monday first.
    pub weekdays: [bool; WEEKDAYS],
    /// Hours and minutes of the plant's clock: `03:30`.
    pub time: String,
}

impl Default for TypedSchedule {
    /// What the form offers: a training at night.
    fn default() -> Self {
        Self { kind: JobKind::Train.code().to_owned(), weekdays: [false; WEEKDAYS], time: "02:00".to_owned() }
    }
}

impl TypedSchedule {
    /// What it means.
    ///
    /// # Errors
    /// [`ApiError::Invalid`] that names the field.
    pub fn read(&self) -> Result<NewSchedule, ApiError> {
        let invalid = |field: &str, value: &str, expected: &str| {
            let value = value.chars().take(100).collect();
            ApiError::Invalid { field: field.into(), value, expected: expected.into() }
        };
        let kind = JobKind::from_code(&self.kind).ok_or_else(|| invalid("kind", &self.kind, "one_of_the_buttons"))?;
        let time = self.time.split_once(':');
        let time = time.and_then(|(hour, minute)| Some((hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?)));
        let (hour, minute) = time
            .filter(|(hour, minute)| *hour < 24 && *minute < 60)
            .ok_or_else(|| invalid("time", &self.time, "a_time"))?;
        NewSchedule { kind, weekdays: self.weekdays, minute: hour * 60 + minute }.check()
    }
}

/// A schedule as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    pub id: String,
    pub when: NewSchedule,
    /// Name of the person.
    pub made_by: String,
    /// RFC 3339, UTC.
    pub next_at: Option<String>,
}

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JobPage {
    /// Open ones first, then the latest.
    pub jobs: Vec<Job>,
    /// Whether a worker is there to run them.
    pub has_worker: bool,
    pub schedules: Vec<Schedule>,
    /// The plant's time zone: `Asia/Seoul`.
    pub zone: String,
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
    /// [`ApiError`] when the caller may not, the kind needs files, or the database fails.
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

    /// Begins a job of a kind again and again from now on.
    ///
    /// # Errors
    /// [`ApiError`] when the caller may not, or [`NewSchedule::check`] refuses it.
    async fn add_schedule(&self, new: NewSchedule) -> Result<(), ApiError>;

    /// Ends a schedule.
    ///
    /// # Errors
    /// [`ApiError::NotFound`].
    async fn remove_schedule(&self, id: String) -> Result<(), ApiError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_has_a_day_a_time_and_a_kind_without_files() {
        let fine = NewSchedule {
            kind: JobKind::Train,
            weekdays: [false, true, false, false, true, false, false],
            minute: 210,
        };
        assert_eq!((fine.check(), fine.time().as_str()), (Ok(fine), "03:30"));
        for (wrong, field) in [
            (NewSchedule { kind: JobKind::Import, ..fine }, "kind"),
            (NewSchedule { weekdays: [false; WEEKDAYS], ..fine }, "weekday"),
            (NewSchedule { minute: DAY_MIN, ..fine }, "time"),
        ] {
            assert!(matches!(wrong.check(), Err(ApiError::Invalid { field: named, .. }) if named == field), "{field}");
        }
    }

    #[test]
    fn a_typed_schedule_is_read_or_refused_by_the_field_that_is_wrong() {
        let weekdays = [true, false, false, false, false, false, false];
        let typed = TypedSchedule { weekdays, time: "23:59".into(), ..TypedSchedule::default() };
        assert_eq!(typed.read().map(|new| (new.kind, new.time())), Ok((JobKind::Train, "23:59".to_owned())));
        for time in ["", "7", "24:00", "12:60", "noon", "-1:00"] {
            let wrong = TypedSchedule { time: time.into(), ..typed.clone() };
            let refused = wrong.read();
            assert!(
                matches!(&refused, Err(ApiError::Invalid { field, value, .. }) if field == "time" && value == time),
                "{time}"
            );
        }
        let none = TypedSchedule::default().read();
        assert!(matches!(none, Err(ApiError::Invalid { field, .. }) if field == "weekday"));
    }
}
