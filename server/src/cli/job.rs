//! A command as a job: followed where a worker runs it, else run here.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};
use app::api::jobs::{JobOutcome, JobState};

use super::Console;
use crate::background::Share;
use crate::encoder::EncoderStore;
use crate::jobs::{Done, Ticket, Worker};
use crate::services::Services;
use crate::services::acting::Caller;
use crate::services::jobs::Task;

/// How often a job is asked after that somebody else runs.
const ASK_EVERY: Duration = Duration::from_millis(300);

/// Queues a task and waits for its end. `label` words its phases. What it made is there when it ran here.
///
/// # Errors
/// When it failed, or the database does.
pub async fn run_as_job(
    services: &Services,
    encoder: &EncoderStore,
    task: &Task,
    label: fn(&str) -> String,
    console: &Console,
) -> Result<(JobOutcome, Option<Done>)> {
    let acting = services.acting(Caller::Console, None);
    let Some(id) = acting.enqueue(task, "").await? else { bail!("the job is queued already") };
    let progress = console.progress();
    let hear = progress.clone();
    let ticket = Ticket::heard_by(Arc::new(move |phase, share| hear.at(&label(phase), share)));
    let worker = Worker::new(services.clone(), encoder.clone(), Share::Whole);
    let mut is_told = false;
    let (state, outcome, done) = loop {
        if !services.has_worker().await?
            && let Some((outcome, done)) = worker.do_now(&id, &ticket).await?
        {
            break (if done.is_some() { JobState::Done } else { JobState::Failed }, outcome, done);
        }
        let job = services.find_job(&id).await?;
        if job.state.is_over() {
            break (job.state, job.outcome.unwrap_or_default(), None);
        }
        if !std::mem::replace(&mut is_told, true) {
            console.say(&format!("job {id}: another process runs it, or one that comes before it"));
        }
        if let Some(phase) = &job.phase {
            progress.at(&label(phase), job.share);
        }
        tokio::time::sleep(ASK_EVERY).await;
    };
    progress.done();
    if state == JobState::Done {
        return Ok((outcome, done));
    }
    let detail = outcome.detail.or(outcome.ref_id.map(|ref_id| format!("the log has more under {ref_id}")));
    bail!("{}", detail.unwrap_or(outcome.code))
}
