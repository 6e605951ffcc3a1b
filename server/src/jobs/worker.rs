//! A worker: takes jobs from the queue, does them, and says meanwhile that it lives.

use contract::jobs::{JobKind, JobOutcome, JobState};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

use super::import::{AtHand, REPORT};
use super::perform::{Done, failure, perform};
use super::place::{JobError, Place};
use super::pulse::{BEAT, LEASE_MS, Pulse};
use super::ticket::Ticket;
use crate::background::Share;
use crate::db::DbError;
use crate::db::files;
use crate::db::jobs::{self, End, JobRow, Which};
use crate::encoder::EncoderStore;
use crate::error::Failure;
use crate::services::Services;
use crate::services::acting::{Acting, Caller};
use crate::services::jobs::{Task, files_from, files_of, text_of};

/// Beats between two signs of life of a worker that has nothing to do.
const BEATS_PER_SIGN: u32 = 5;
const BEATS_PER_HOUR: u32 = 3_600;
/// A job that was begun so often and never ended is at fault itself.
const MOST_ATTEMPTS: u32 = 3;

/// Runs jobs, one at a time.
pub struct Worker {
    id: String,
    services: Services,
    encoder: EncoderStore,
    share: Share,
}

/// How a job of this worker came out.
enum Came {
    /// To its end, good or bad.
    Out(JobState, JobOutcome, Option<Done>),
    /// It is to be begun again later.
    Back,
    /// Another worker has it.
    Lost,
}

/// A job that was done here.
#[derive(Debug)]
pub struct Ended {
    pub state: JobState,
    pub outcome: JobOutcome,
    pub done: Option<Done>,
}

impl Worker {
    /// A new one, with so many of the cores.
    pub fn new(services: Services, encoder: EncoderStore, share: Share) -> Self {
        Self { id: services.clock.new_id(), services, encoder, share }
    }

    /// Takes jobs until `stop` says so; a job under way goes back to the queue then.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut ticks = interval(BEAT);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut n_idle, mut is_failing) = (0_u32, false);
        while !*stop.borrow() {
            tokio::select! {
                _ = ticks.tick() => {}
                changed = stop.changed() => {
                    if changed.is_err() {
                        break;
                    }
                    continue;
                }
            }
            let has_sign = n_idle.is_multiple_of(BEATS_PER_SIGN);
            n_idle = n_idle.wrapping_add(1);
            let is_hour = n_idle % BEATS_PER_HOUR == 1;
            match self.take_all(has_sign, is_hour, &mut stop).await {
                Ok(()) => is_failing = false,
                // A database that is away is told once, not every second.
                Err(_) if is_failing => {}
                Err(failure) => {
                    is_failing = true;
                    self.services.refuse(failure);
                }
            }
        }
        if let Err(error) = jobs::leave(&self.services.db, &self.id).await {
            self.services.refuse(error);
        }
    }

    /// Does jobs as long as there are some.
    async fn take_all(&self, has_sign: bool, is_hour: bool, stop: &mut watch::Receiver<bool>) -> Result<(), Failure> {
        if has_sign {
            self.see().await?;
            self.services.see_to_schedules().await?;
            self.services.see_to_snapshot(Caller::Console).await?;
        }
        if is_hour {
            self.services.clear_away_jobs().await?;
        }
        while !*stop.borrow()
            && jobs::is_any_due(&self.services.db, self.services.clock_ms()).await?
            && let Some(job) = self.claim(Which::Any).await?
        {
            self.do_one(&job, &Ticket::default(), None, stop).await?;
        }
        Ok(())
    }

    async fn see(&self) -> Result<(), Failure> {
        let now_ms = self.services.clock_ms();
        Ok(jobs::see(&self.services.db, &self.id, now_ms, now_ms - 10 * LEASE_MS).await?)
    }

    async fn claim(&self, which: Which<'_>) -> Result<Option<JobRow>, Failure> {
        let now_ms = self.services.clock_ms();
        Ok(jobs::claim(&self.services.db, &self.id, which, now_ms, now_ms + LEASE_MS).await?)
    }

    /// Does one job here and now, under the eyes of `ticket`; `None` when another worker has it or one of its lane.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn do_now(&self, id: &str, ticket: &Ticket) -> Result<Option<Ended>, Failure> {
        let Some(job) = self.claim(Which::Only(id)).await? else { return Ok(None) };
        self.do_alone(&job, ticket, None).await
    }

    /// Does a task here and now whose files lie at hand; `None` while another job of its lane runs.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn do_at_hand(
        &self,
        asking: &Acting,
        task: &Task,
        ticket: &Ticket,
        at_hand: AtHand,
    ) -> Result<Option<Ended>, Failure> {
        let lease_ms = self.services.clock_ms() + LEASE_MS;
        let Some(job) = asking.begin_at_once(task, &self.id, lease_ms).await? else { return Ok(None) };
        self.do_alone(&job, ticket, Some(at_hand)).await
    }

    /// Does what workers left in a lane who are believed dead.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn do_left(&self, lane: &str) -> Result<(), Failure> {
        while let Some(job) = self.claim(Which::LeftIn(lane)).await? {
            self.do_alone(&job, &Ticket::default(), None).await?;
        }
        Ok(())
    }

    async fn do_alone(&self, job: &JobRow, ticket: &Ticket, at_hand: Option<AtHand>) -> Result<Option<Ended>, Failure> {
        let (_keep, mut stop) = watch::channel(false);
        let came = self.do_one(job, ticket, at_hand, &mut stop).await;
        // It takes no other job, so nobody is to wait for it.
        jobs::leave(&self.services.db, &self.id).await?;
        Ok(match came? {
            Came::Out(state, outcome, done) => Some(Ended { state, outcome, done }),
            Came::Back | Came::Lost => None,
        })
    }

    async fn do_one(
        &self,
        job: &JobRow,
        ticket: &Ticket,
        at_hand: Option<AtHand>,
        stop: &mut watch::Receiver<bool>,
    ) -> Result<Came, Failure> {
        let is_at_hand = at_hand.is_some();
        let came = if job.attempts > MOST_ATTEMPTS {
            let outcome = JobOutcome { code: "worker_lost".into(), ..JobOutcome::default() };
            Came::Out(JobState::Failed, outcome, None)
        } else {
            self.under_way(job, ticket, at_hand, stop).await?
        };
        match &came {
            Came::Out(state, outcome, done) => {
                if let Some(done) = done.as_ref().filter(|_| !is_at_hand) {
                    self.keep_report(job, done).await?;
                }
                let text = text_of(outcome)?;
                let mut write = self.services.db.begin_write().await?;
                let end = End { state: *state, outcome: &text, now_ms: self.services.clock_ms() };
                let is_ours = jobs::end(&mut write, job, &end).await?;
                if is_ours && *state == JobState::Done {
                    // They are in the plant's data now.
                    files::remove(&mut write, &files_of(&job.id)).await?;
                }
                write.commit().await.map_err(DbError::from)?;
                if job.kind == JobKind::Import && !is_at_hand {
                    self.services.see_to_snapshot(Caller::Worker { asked_by: job.asked_by.clone() }).await?;
                }
            }
            Came::Back => jobs::give_back(&self.services.db, job).await?,
            Came::Lost => tracing::warn!(job = job.id, "another worker has taken up job {}", job.id),
        }
        Ok(came)
    }

    /// The work, with a beat beside it.
    async fn under_way(
        &self,
        job: &JobRow,
        ticket: &Ticket,
        at_hand: Option<AtHand>,
        stop: &mut watch::Receiver<bool>,
    ) -> Result<Came, Failure> {
        let acting = self.services.acting(Caller::Worker { asked_by: job.asked_by.clone() }, None);
        let Ok(task) = Task::from_text(&job.task) else {
            // Of another version of this program: no attempt makes it better.
            let outcome = JobOutcome { code: "other_version".into(), ..JobOutcome::default() };
            return Ok(Came::Out(JobState::Failed, outcome, None));
        };
        if job.attempts > 1 {
            // What an earlier attempt has left.
            let mut write = self.services.db.begin_write().await?;
            files::remove(&mut write, &files_from(&job.id)).await?;
            write.commit().await.map_err(DbError::from)?;
        }
        let place = Place { job: &job.id, encoder: &self.encoder, share: self.share, ticket };
        let work = perform(&acting, &task, &place, at_hand);
        tokio::pin!(work);
        // A task of its own: one that waits for the database must not keep the work from giving it free.
        let pulse = Pulse::start(&self.services, job, ticket);
        let mut is_stopping = false;
        let result = loop {
            tokio::select! {
                done = &mut work => break done,
                changed = stop.changed(), if !is_stopping => is_stopping = changed.is_err() || *stop.borrow(),
            }
            if is_stopping {
                ticket.end();
            }
        };
        let is_lost = pulse.is_lost();
        Ok(match result {
            Err(JobError::Stopped) if is_lost => Came::Lost,
            Err(JobError::Stopped) if is_stopping => Came::Back,
            Err(error) => {
                let outcome = failure(&acting, error);
                let state = if outcome.code == "cancelled" { JobState::Cancelled } else { JobState::Failed };
                Came::Out(state, outcome, None)
            }
            Ok(done) => {
                let (state, outcome) = done.outcome();
                Came::Out(state, outcome, Some(done))
            }
        })
    }

    /// Lays the report where whoever asked can read it.
    async fn keep_report(&self, job: &JobRow, done: &Done) -> Result<(), Failure> {
        let Some(report) = done.report()? else { return Ok(()) };
        let folder = files_from(&job.id);
        let kept = files::put(
            &self.services.db,
            &folder,
            (REPORT, "report.json"),
            report.as_slice(),
            self.services.clock_ms(),
        );
        kept.await.map_err(|error| Failure::Other(error.to_string()))
    }
}
