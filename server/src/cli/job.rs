//! A command as a job: followed where a worker runs it, else run here.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use contract::jobs::{JobOutcome, JobState};
use serde::de::DeserializeOwned;

use super::{Console, Progress};
use crate::background::Share;
use crate::db::files;
use crate::encoder::EncoderStore;
use crate::jobs::{AtHand, Done, Ended, REPORT, Ticket, Worker, stage};
use crate::services::Services;
use crate::services::acting::Caller;
use crate::services::jobs::{Task, files_from};

/// How often a job is asked after that somebody else runs.
const ASK_EVERY: Duration = Duration::from_millis(300);

/// How a job came out.
pub struct Came {
    pub id: String,
    pub state: JobState,
    pub outcome: JobOutcome,
    /// What it made, when it ran here.
    pub done: Option<Done>,
}

impl Came {
    /// # Errors
    /// Why it came to nothing.
    pub fn or_failure(self) -> Result<Self> {
        if self.state == JobState::Done {
            return Ok(self);
        }
        let JobOutcome { code, detail, ref_id, .. } = self.outcome;
        bail!("{}", detail.or(ref_id.map(|id| format!("the log has more under {id}"))).unwrap_or(code))
    }
}

/// Queues a task and waits for its end. `label` words its phases.
///
/// # Errors
/// When the database fails.
pub async fn run_as_job(
    services: &Services,
    encoder: &EncoderStore,
    task: &Task,
    label: fn(&str) -> String,
    console: &Console,
) -> Result<Came> {
    let acting = services.acting(Caller::Console, None);
    let Some(id) = acting.enqueue(task, "").await? else { bail!("the job is queued already") };
    let progress = console.progress();
    let hear = progress.clone();
    let ticket = Ticket::heard_by(Arc::new(move |phase, share| hear.at(&label(phase), share)));
    let worker = Worker::new(services.clone(), encoder.clone(), Share::Whole);
    let mut follow = Follow::new(services, label, progress.clone());
    let came = loop {
        if !services.has_worker().await? {
            // They come before it, and nobody else is there.
            worker.do_left(task.lane()).await?;
            if let Some(ended) = worker.do_now(&id, &ticket).await? {
                break came(id, ended);
            }
        }
        if let Some(came) = follow.ask(&id).await? {
            break came;
        }
        tokio::time::sleep(ASK_EVERY).await;
    };
    progress.done();
    Ok(came)
}

/// The same for a task with files: they are laid where a worker can read them, or read where they are.
///
/// # Errors
/// When the database fails, or a file cannot be read.
pub async fn run_with_files(
    services: &Services,
    encoder: &EncoderStore,
    task: &Task,
    at_hand: AtHand,
    label: fn(&str) -> String,
    console: &Console,
) -> Result<Came> {
    let acting = services.acting(Caller::Console, None);
    let worker = Worker::new(services.clone(), encoder.clone(), Share::Whole);
    let mut follow = Follow::new(services, label, console.progress());
    let mut at_hand = at_hand;
    while !services.has_worker().await? {
        worker.do_left(task.lane()).await?;
        let here = AtHand { sources: at_hand.sources.clone(), listener: Arc::clone(&at_hand.listener) };
        match worker.do_at_hand(&acting, task, &Ticket::default(), here).await? {
            Some(ended) => return Ok(came(String::new(), ended)),
            None => follow.say_waiting("another import runs"),
        }
        tokio::time::sleep(ASK_EVERY).await;
    }
    let id = services.clock.new_id();
    stage(services, &id, &std::mem::take(&mut at_hand.sources)).await?;
    acting.enqueue_as(&id, task, "").await?;
    let came = loop {
        if let Some(came) = follow.ask(&id).await? {
            break came;
        }
        if !services.has_worker().await? {
            // It has gone meanwhile.
            worker.do_left(task.lane()).await?;
            if let Some(ended) = worker.do_now(&id, &Ticket::default()).await? {
                break came(id, ended);
            }
        }
        tokio::time::sleep(ASK_EVERY).await;
    };
    console.progress().done();
    Ok(came)
}

/// What a job of another process has left as its report; `None` when it came to none.
///
/// # Errors
/// When it cannot be read, or the database fails.
pub async fn report<T: DeserializeOwned>(services: &Services, id: &str) -> Result<Option<T>> {
    let mut text = Vec::new();
    files::copy(&services.db, &files_from(id), REPORT, &mut text).await?;
    if text.is_empty() {
        return Ok(None);
    }
    serde_json::from_slice(&text).map(Some).with_context(|| format!("the report of job {id}"))
}

fn came(id: String, ended: Ended) -> Came {
    Came { id, state: ended.state, outcome: ended.outcome, done: ended.done }
}

/// Follows a job that somebody else runs.
struct Follow<'a> {
    services: &'a Services,
    label: fn(&str) -> String,
    progress: Progress,
    is_told: bool,
}

impl<'a> Follow<'a> {
    fn new(services: &'a Services, label: fn(&str) -> String, progress: Progress) -> Self {
        Self { services, label, progress, is_told: false }
    }

    fn say_waiting(&mut self, text: &str) {
        if !std::mem::replace(&mut self.is_told, true) {
            self.progress.say(text);
        }
    }

    /// How it came out; `None` while it has not.
    async fn ask(&mut self, id: &str) -> Result<Option<Came>> {
        let job = self.services.find_job(id).await?;
        if job.state.is_over() {
            let outcome = job.outcome.unwrap_or_default();
            return Ok(Some(Came { id: id.to_owned(), state: job.state, outcome, done: None }));
        }
        self.say_waiting(&format!("job {id}: another process runs it, or one that comes before it"));
        if let Some(phase) = &job.phase {
            self.progress.at(&(self.label)(phase), job.share);
        }
        Ok(None)
    }
}
