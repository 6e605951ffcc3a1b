//! `status`: what was imported, and which model answers.

use anyhow::Result;
use clap::Args;
use contract::plant::{ActiveModel, PlantApi};
use serde::Serialize;

use super::Console;
use crate::db::imports::ImportState;
use crate::registry::RegistryError;
use crate::services::Services;
use crate::services::acting::Caller;
use crate::services::store;

/// Tells what was imported and which model answers.
#[derive(Debug, Args)]
pub struct Status {
    /// StatusReport as JSON.
    #[arg(long)]
    json: bool,
}

/// What `--json` writes.
#[derive(Serialize)]
struct StatusReport {
    version: String,
    n_items: usize,
    n_items_with_routing: usize,
    n_routings: usize,
    /// Routings that are held back.
    n_held: usize,
    n_results: usize,
    /// `null` before the first import.
    last_import: Option<LastImport>,
    /// `null` before the first training, and when its file cannot be used.
    active_model: Option<ActiveModel>,
    /// Why the file of the model that shall answer cannot be used; the one before it may answer.
    model_problem: Option<String>,
}

/// The import that counts last.
#[derive(Serialize)]
struct LastImport {
    no: i64,
    at: String,
    by: String,
}

impl Status {
    pub(super) async fn run(&self, services: &Services, console: &mut Console) -> Result<()> {
        let acting = services.acting(Caller::Console, None);
        let plant = acting.plant_status().await?;
        let (model_problem, is_model_there) = match services.registry.look(&services.db).await {
            Ok(problem) => (problem, true),
            Err(RegistryError::NoModel) => (None, true),
            Err(error) => (Some(error.to_string()), false),
        };
        let done = store::list(&services.db).await?.into_iter().find(|import| import.state == ImportState::Done);
        let report = StatusReport {
            version: plant.version,
            n_items: plant.n_items,
            n_items_with_routing: plant.n_items_with_routing,
            n_routings: plant.n_routings,
            n_held: plant.n_held,
            n_results: plant.n_results,
            last_import: done.map(|import| LastImport { no: import.no, at: import.at, by: import.by }),
            active_model: acting.active_model().await?.filter(|_| is_model_there),
            model_problem,
        };
        if self.json {
            return console.json(&report);
        }
        writeln!(console.out(), "items {} ({} with a routing)", report.n_items, report.n_items_with_routing)?;
        writeln!(console.out(), "routings {}, work results {}", report.n_routings, report.n_results)?;
        if report.n_held > 0 {
            writeln!(console.out(), "routings held back {}", report.n_held)?;
        }
        if let Some(import) = &report.last_import {
            writeln!(console.out(), "last import {} of {} by {}", import.no, import.at, import.by)?;
        }
        match (&report.active_model, &report.model_problem) {
            (Some(model), problem) => {
                writeln!(console.out(), "model {} of {}", model.id.short(), model.trained_at)?;
                if let Some(problem) = problem {
                    writeln!(console.out(), "it answers in place of a newer one: {problem}")?;
                }
            }
            (None, Some(problem)) => writeln!(console.out(), "model: {problem}")?,
            (None, None) => writeln!(console.out(), "no model: run `routing-ml train`")?,
        }
        Ok(())
    }
}
