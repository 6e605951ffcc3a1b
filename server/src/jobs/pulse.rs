//! The sign of life of a job under way, once a second.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::ticket::Ticket;
use crate::db::jobs::{self, JobRow};
use crate::error::Failure;
use crate::services::Services;

/// A worker that was silent for so long is believed dead, and its job is taken up by another one.
pub const LEASE_MS: i64 = 30_000;
/// How often a worker says that it lives, looks whether its job is to end, and looks for a job while it has none.
pub(super) const BEAT: Duration = Duration::from_secs(1);

/// Says that a job lives for as long as it is kept.
pub struct Pulse {
    beating: JoinHandle<()>,
    is_lost: Arc<AtomicBool>,
}

impl Pulse {
    /// Begins to say that the worker has the job, and tells the ticket when it is to end.
    pub fn start(services: &Services, job: &JobRow, ticket: &Ticket) -> Self {
        let is_lost = Arc::new(AtomicBool::new(false));
        let beat = Beat { services: services.clone(), job: job.clone(), ticket: ticket.clone() };
        let lost = Arc::clone(&is_lost);
        Self { beating: tokio::spawn(async move { beat.until_lost(&lost).await }), is_lost }
    }

    /// Whether another worker may have the job.
    pub fn is_lost(&self) -> bool {
        self.is_lost.load(Ordering::SeqCst)
    }
}

impl Drop for Pulse {
    fn drop(&mut self) {
        self.beating.abort();
    }
}

struct Beat {
    services: Services,
    job: JobRow,
    ticket: Ticket,
}

impl Beat {
    async fn until_lost(&self, lost: &AtomicBool) {
        let mut ticks = interval(BEAT);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut last = Instant::now();
        loop {
            ticks.tick().await;
            let is_lost = match self.once().await {
                Ok(Some(is_ending)) => {
                    last = Instant::now();
                    if is_ending {
                        self.ticket.end();
                    }
                    false
                }
                Ok(None) => true,
                // The database may come back before the lease is over.
                Err(failure) => {
                    self.services.refuse(failure);
                    last.elapsed().as_millis() > LEASE_MS as u128
                }
            };
            if is_lost {
                lost.store(true, Ordering::SeqCst);
                self.ticket.end();
                return;
            }
        }
    }

    async fn once(&self) -> Result<Option<bool>, Failure> {
        let now_ms = self.services.clock_ms();
        let db = &self.services.db;
        jobs::see(db, &self.job.owner, now_ms, now_ms - 10 * LEASE_MS).await?;
        let (phase, share) = self.ticket.now();
        let permille = (share.clamp(0.0, 1.0) * 1e3) as i64;
        Ok(jobs::beat(db, &self.job, (phase, permille), self.services.clock_ms() + LEASE_MS).await?)
    }
}
