//! `train`: a model from everything that was imported.

use anyhow::Result;
use clap::Args;
use engine::domain::ModelId;
use engine::model::ModelCard;
use serde::Serialize;

use super::Console;
use super::job::run_as_job;
use crate::encoder::EncoderStore;
use crate::jobs::Done;
use crate::services::Services;
use crate::services::jobs::Task;

/// Trains, stores the model and makes it the one that answers. The same data and seed give the same model.
#[derive(Debug, Args)]
pub struct Train {
    /// Every random choice follows from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Also read the items' texts with the sentence encoder (`routing-ml encoder install`).
    #[arg(long)]
    with_encoder: bool,
    /// TrainReport as JSON.
    #[arg(long)]
    json: bool,
}

/// What `--json` writes.
#[derive(Serialize)]
struct TrainReport {
    model: ModelId,
    /// RFC 3339, UTC.
    trained_at: String,
    size_bytes: usize,
    elapsed_ms: i64,
    card: ModelCard,
}

impl Train {
    pub(super) async fn run(&self, services: &Services, encoder: &EncoderStore, console: &mut Console) -> Result<()> {
        let begin = services.clock.now();
        let task = Task::Train { seed: self.seed, with_encoder: self.with_encoder };
        let came = run_as_job(services, encoder, &task, label, console).await?.or_failure()?;
        let row = match came.done {
            Some(Done::Model(row)) => *row,
            // Another process has trained it.
            _ => services.registry.active(&services.db).await?.row.clone(),
        };
        let elapsed_ms = (services.clock.now() - begin).num_milliseconds();
        let report = TrainReport {
            model: row.id,
            trained_at: row.trained_at,
            size_bytes: row.size_bytes,
            elapsed_ms,
            card: row.card,
        };
        if self.json {
            return console.json(&report);
        }
        let card = &report.card;
        writeln!(console.out(), "model {} answers now", report.model.short())?;
        writeln!(console.out(), "items {} ({} with a routing)", card.n_items, card.n_items_with_routing)?;
        writeln!(console.out(), "routings {} ({} distinct)", card.n_routings, card.n_distinct_routes)?;
        writeln!(console.out(), "work results {}, part families {}", card.n_results, card.n_families)?;
        writeln!(console.out(), "{} bytes, {} ms", report.size_bytes, report.elapsed_ms)?;
        Ok(())
    }
}

fn label(phase: &str) -> String {
    let label = match phase {
        "features" => "finding features",
        "weights" => "learning weights",
        "voting" => "learning to vote",
        "predictors" => "learning routes and steps",
        "calibration" => "calibrating confidence",
        "families" => "finding part families",
        other => other,
    };
    label.to_owned()
}
