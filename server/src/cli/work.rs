//! `work`: jobs apart from a server.

use anyhow::Result;
use clap::Args;
use tokio::sync::watch;

use super::serve::interrupted;
use crate::background::Share;
use crate::encoder::EncoderStore;
use crate::jobs::Worker;
use crate::services::Services;

/// Runs jobs until it is interrupted; one that is under way then goes back to the queue.
#[derive(Debug, Args)]
pub struct Work {
    /// Jobs at the same time. Trainings and measurements run one at a time all the same.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    workers: u16,
}

impl Work {
    pub(super) async fn run(&self, services: &Services, encoder: &EncoderStore) -> Result<()> {
        let workers = Workers::start(services, encoder, self.workers, Share::Whole);
        interrupted().await;
        workers.stop().await;
        services.db.close().await;
        Ok(())
    }
}

/// Workers under way.
pub(super) struct Workers {
    stop: watch::Sender<bool>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Workers {
    /// Starts some, each with its share of the cores.
    pub(super) fn start(services: &Services, encoder: &EncoderStore, n: u16, share: Share) -> Self {
        let (stop, stopped) = watch::channel(false);
        let one = |_| tokio::spawn(Worker::new(services.clone(), encoder.clone(), share).run(stopped.clone()));
        Self { stop, tasks: (0..n).map(one).collect() }
    }

    /// Has them give their jobs back, and waits for it.
    pub(super) async fn stop(self) {
        // Nobody hears it where all have ended.
        let _ = self.stop.send(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(error = %error, "a worker ended early: {error}");
            }
        }
    }
}
