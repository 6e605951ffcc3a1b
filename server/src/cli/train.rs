//! `train`: a model from everything that was imported.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;
use engine::domain::ModelId;
use engine::model::ModelCard;
use engine::train::{TrainSettings, TrainStep};
use serde::Serialize;

use super::Console;
use crate::background::Share;
use crate::encoder::EncoderStore;
use crate::services::Services;
use crate::services::training::train_model;

/// Trains, stores the model and makes it the one that answers. The same data and seed give the same model.
#[derive(Debug, Args)]
pub struct Train {
    /// Every random choice follows from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Also read the items' texts with the sentence encoder (`routing-ml encoder install`).
    #[arg(long)]
    with_encoder: bool,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

/// What `--json` writes.
#[derive(Serialize)]
struct Report {
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
        let progress = console.progress();
        progress.at("reading the plant", 0.0);
        let hear = progress.clone();
        let settings = TrainSettings { seed: self.seed };
        let row =
            train_model(services, self.with_encoder.then_some(encoder), settings, Share::Whole, move |step, share| {
                hear.at(label(step), share);
                ControlFlow::Continue(())
            })
            .await?;
        progress.done();
        let elapsed_ms = (services.clock.now() - begin).num_milliseconds();
        let report = Report {
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

fn label(step: TrainStep) -> &'static str {
    match step {
        TrainStep::Features => "finding features",
        TrainStep::Weights => "learning weights",
        TrainStep::Voting => "learning to vote",
        TrainStep::Predictors => "learning routes and steps",
        TrainStep::Calibration => "calibrating confidence",
        TrainStep::Families => "finding part families",
    }
}
