//! The queue of work that takes longer than a request: asked for, looked at, ended (ADR 0014).
//!
//! Comes in: what to do and who asks. Goes out: jobs as pages show them, and their outcome.
//! Never does: the work itself (`crate::jobs` has it done), SQL.

mod schedules;
mod task;

use async_trait::async_trait;
use chrono::{DateTime, SecondsFormat};
use contract::access::Action;
use contract::error::ApiError;
use contract::jobs::{Job, JobKind, JobOutcome, JobPage, JobState, JobsApi, NewSchedule};
use sqlx::{Any, Transaction};

use super::Services;
use super::acting::{Acting, AuditEvent};
use crate::db::DbError;
use crate::db::files;
use crate::db::jobs::{self, Cancelled, JobRow, NewJob};
use crate::error::Failure;

pub use schedules::is_zone;
pub use task::{EvaluateTask, ImportTask, Task};

/// Jobs that the page shows.
const N_SHOWN: i64 = 50;
/// Earlier jobs by which it is told how long one takes.
const N_EARLIER: i64 = 5;
/// A worker that was not seen for so long is not there.
const WORKER_SEEN_MS: i64 = 15_000;
const DAY_MS: i64 = 24 * 3_600_000;
/// How long what a job was to read, or has made, is kept.
const FILES_KEPT_MS: i64 = 30 * DAY_MS;
/// How long it is told that there was a job.
const JOBS_KEPT_MS: i64 = 400 * DAY_MS;

impl Acting {
    /// Whether the caller may begin and end jobs.
    ///
    /// # Errors
    /// [`ApiError`] when not.
    pub async fn may_manage_jobs(&self) -> Result<(), ApiError> {
        self.run(Action::ManageJobs, "", async { Ok(()) }).await
    }

    /// Queues a job and gives its id; `None` when this occurrence is queued already.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn enqueue(&self, task: &Task, occurrence: &str) -> Result<Option<String>, Failure> {
        let id = self.services.clock.new_id();
        Ok(self.enqueue_as(&id, task, occurrence).await?.then_some(id))
    }

    /// The same under an id that was chosen before, because files lie under it; `false` when the occurrence is queued.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn enqueue_as(&self, id: &str, task: &Task, occurrence: &str) -> Result<bool, Failure> {
        let text = text(task)?;
        let mut write = self.services.db.begin_write().await?;
        if !jobs::add(&mut write, &self.new_job(id, task, &text, occurrence)).await? {
            return Ok(false);
        }
        self.note_begin(write, id, task).await?;
        Ok(true)
    }

    /// A job that `owner` runs at once; `None` while another one of its lane runs.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn begin_at_once(&self, task: &Task, owner: &str, lease_ms: i64) -> Result<Option<JobRow>, Failure> {
        let (id, text) = (self.services.clock.new_id(), text(task)?);
        let mut write = self.services.db.begin_write().await?;
        let new = self.new_job(&id, task, &text, "");
        let Some(row) = jobs::add_running(&mut write, &new, owner, lease_ms).await? else { return Ok(None) };
        self.note_begin(write, &id, task).await?;
        Ok(Some(row))
    }

    fn new_job<'a>(&'a self, id: &'a str, task: &Task, text: &'a str, occurrence: &'a str) -> NewJob<'a> {
        NewJob {
            id,
            kind: task.kind(),
            lane: task.lane(),
            task: text,
            asked_by: self.caller.who(),
            occurrence,
            now_ms: self.services.clock_ms(),
        }
    }

    async fn note_begin(&self, mut write: Transaction<'static, Any>, id: &str, task: &Task) -> Result<(), Failure> {
        self.note_in(&mut write, AuditEvent::done("begin_job", task.kind().code()).to(id)).await?;
        Ok(write.commit().await.map_err(DbError::from)?)
    }
}

impl Services {
    /// Whether somebody is there who runs jobs.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn has_worker(&self) -> Result<bool, Failure> {
        Ok(jobs::is_anyone_working(&self.db, self.clock_ms() - WORKER_SEEN_MS).await?)
    }

    /// Removes what nobody looks at any more: files of jobs after a month, and the jobs themselves after a year.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn clear_away_jobs(&self) -> Result<(), Failure> {
        let now_ms = self.clock_ms();
        if self.is_clock_held(now_ms).await? {
            return Ok(());
        }
        let mut write = self.db.begin_write().await?;
        files::remove_old(&mut write, now_ms - FILES_KEPT_MS).await?;
        jobs::remove_old(&mut write, now_ms - JOBS_KEPT_MS).await?;
        Ok(write.commit().await.map_err(DbError::from)?)
    }

    /// A job as pages show it.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], or the database fails.
    pub async fn find_job(&self, id: &str) -> Result<Job, Failure> {
        let row = jobs::get(&self.db, id).await?;
        let row = row.ok_or_else(|| ApiError::NotFound { key: id.chars().take(100).collect() })?;
        self.shown(row).await
    }

    async fn shown(&self, row: JobRow) -> Result<Job, Failure> {
        let outcome = match row.outcome.as_str() {
            "" => None,
            text => Some(outcome_of(text)?),
        };
        let left_s = if row.state == JobState::Running { self.left_s(&row).await? } else { None };
        // Its files go with time, and with an import that is done.
        let may_repeat = row.state.is_over()
            && (row.kind != JobKind::Import || !files::list(&self.db, &files_of(&row.id)).await?.is_empty());
        let took_ms = row.ended_ms - row.started_ms;
        let has_run = row.ended_ms != 0 && row.started_ms != 0;
        Ok(Job {
            took_s: u64::try_from(took_ms).ok().filter(|_| has_run).map(|took_ms| took_ms.div_ceil(1_000)),
            left_s,
            outcome,
            queued_at: moment(row.queued_ms).unwrap_or_default(),
            started_at: moment(row.started_ms),
            ended_at: moment(row.ended_ms),
            phase: Some(row.phase).filter(|phase| !phase.is_empty()),
            id: row.id,
            kind: row.kind,
            state: row.state,
            asked_by: row.asked_by,
            attempts: row.attempts,
            share: row.permille as f64 / 1e3,
            is_ending: row.is_ending,
            may_repeat,
        })
    }

    /// Seconds that a running job still takes, if it takes as long as the median of earlier ones.
    async fn left_s(&self, row: &JobRow) -> Result<Option<u64>, Failure> {
        let mut earlier = jobs::durations_ms(&self.db, row.kind, N_EARLIER).await?;
        earlier.sort_unstable();
        let Some(usual) = earlier.get(earlier.len() / 2) else { return Ok(None) };
        let left = usual - (self.clock_ms() - row.started_ms);
        Ok(u64::try_from(left).ok().map(|left| left.div_ceil(1_000)))
    }
}

#[async_trait]
impl JobsApi for Acting {
    async fn jobs(&self) -> Result<JobPage, ApiError> {
        let work = async {
            let mut shown = Vec::new();
            for row in jobs::list(&self.services.db, N_SHOWN).await? {
                shown.push(self.services.shown(row).await?);
            }
            let (schedules, zone) = self.services.shown_schedules().await?;
            Ok(JobPage { jobs: shown, has_worker: self.services.has_worker().await?, schedules, zone })
        };
        self.run(Action::SeeJobs, "", work).await
    }

    async fn job(&self, id: String) -> Result<Job, ApiError> {
        self.run(Action::SeeJobs, &id, self.services.find_job(&id)).await
    }

    async fn begin_job(&self, kind: JobKind) -> Result<Job, ApiError> {
        let work = async {
            let Some(task) = Task::usual(kind) else {
                let (field, value) = ("kind".to_owned(), kind.code().to_owned());
                return Err(ApiError::Invalid { field, value, expected: "one_of_the_buttons".to_owned() }.into());
            };
            begin(self, &task).await
        };
        self.run(Action::ManageJobs, kind.code(), work).await
    }

    async fn repeat_job(&self, id: String) -> Result<Job, ApiError> {
        let work = async {
            let row = jobs::get(&self.services.db, &id).await?.ok_or(ApiError::NotFound { key: id.clone() })?;
            let task = Task::from_text(&row.task)?;
            let again = self.services.clock.new_id();
            if row.kind == JobKind::Import && !self.take_over_files(&row.id, &again).await? {
                return Err(ApiError::NotFound { key: id.clone() }.into());
            }
            self.enqueue_as(&again, &task, "").await?;
            self.services.find_job(&again).await
        };
        self.run(Action::ManageJobs, &id, work).await
    }

    async fn cancel_job(&self, id: String) -> Result<(), ApiError> {
        let work = async {
            let outcome = text_of(&JobOutcome { code: "cancelled".into(), ..JobOutcome::default() })?;
            let mut write = self.services.db.begin_write().await?;
            if jobs::cancel(&mut write, &id, &outcome, self.services.clock_ms()).await? == Cancelled::No {
                return Err(ApiError::NotFound { key: id.clone() }.into());
            }
            self.note_in(&mut write, AuditEvent::done("cancel_job", id.clone())).await?;
            write.commit().await.map_err(DbError::from)?;
            Ok(())
        };
        self.run(Action::ManageJobs, &id, work).await
    }

    async fn add_schedule(&self, new: NewSchedule) -> Result<(), ApiError> {
        self.schedule(new).await
    }

    async fn remove_schedule(&self, id: String) -> Result<(), ApiError> {
        self.unschedule(&id).await
    }
}

impl Acting {
    /// Lays the files of an ended job beside a new one; `false` when they are gone.
    async fn take_over_files(&self, from: &str, to: &str) -> Result<bool, Failure> {
        let mut write = self.services.db.begin_write().await?;
        let is_there = files::rename(&mut write, &files_of(from), &files_of(to), self.services.clock_ms()).await?;
        write.commit().await.map_err(DbError::from)?;
        Ok(is_there)
    }
}

/// Where the files lie that a job is to read.
pub fn files_of(job: &str) -> String {
    format!("job-in/{job}")
}

/// Where the files lie that a job has made.
pub fn files_from(job: &str) -> String {
    format!("job-out/{job}")
}

fn text(task: &Task) -> Result<String, Failure> {
    serde_json::to_string(task).map_err(|error| Failure::Other(error.to_string()))
}

async fn begin(acting: &Acting, task: &Task) -> Result<Job, Failure> {
    let id = acting.enqueue(task, "").await?.unwrap_or_default();
    acting.services.find_job(&id).await
}

/// An outcome as it stands in the queue.
pub(crate) fn text_of(outcome: &JobOutcome) -> Result<String, Failure> {
    serde_json::to_string(outcome).map_err(|error| Failure::Other(error.to_string()))
}

fn outcome_of(text: &str) -> Result<JobOutcome, Failure> {
    let decoded = serde_json::from_str(text);
    Ok(decoded.map_err(|error| DbError::Decode { what: "outcome of job", reason: error.to_string() })?)
}

/// RFC 3339 in UTC; `None` for 0.
fn moment(ms: i64) -> Option<String> {
    let at = DateTime::from_timestamp_millis(ms).filter(|_| ms != 0)?;
    Some(at.to_rfc3339_opts(SecondsFormat::Secs, true))
}
