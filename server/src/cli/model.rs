//! `model`: which models there are, and making another one answer.

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use serde::Serialize;

use super::Console;
use crate::services::Services;
use crate::services::acting::Caller;

/// Lists models and chooses the one that answers. What is done here stands in the audit trail as done by `console`.
#[derive(Debug, Args)]
pub struct Model {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List every model, the one that shall answer first, then the ones before it.
    List {
        /// One JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Make a model answer that was trained before; running servers take it at the next question.
    Activate {
        /// The id of the model, or its first digits.
        id: String,
    },
}

/// One model as `--json` writes it.
#[derive(Serialize)]
struct Line {
    id: String,
    /// RFC 3339, UTC.
    trained_at: String,
    size_bytes: usize,
    is_active: bool,
    has_file: bool,
}

impl Model {
    pub(super) async fn run(self, services: &Services, console: &mut Console) -> Result<()> {
        let acting = services.acting(Caller::Console, None);
        match self.what {
            What::List { json } => {
                let models = acting.models().await?;
                if json {
                    let line = |model: crate::services::models::ListedModel| Line {
                        id: model.row.id.to_string(),
                        trained_at: model.row.trained_at,
                        size_bytes: model.row.size_bytes,
                        is_active: model.is_active,
                        has_file: model.has_file,
                    };
                    return console.json(&models.into_iter().map(line).collect::<Vec<_>>());
                }
                for model in models {
                    let mark = if model.is_active { "active" } else { "" };
                    let file = if model.has_file { "" } else { "no whole file here" };
                    let (id, at, n_bytes) =
                        (model.row.id.short().to_owned(), model.row.trained_at, model.row.size_bytes);
                    let line = format!("{id}\t{at}\t{n_bytes} bytes\t{mark}\t{file}");
                    writeln!(console.out(), "{}", line.trim_end())?;
                }
            }
            What::Activate { id } => {
                let row = acting.activate_model(&id).await.with_context(|| format!("model {id} is not activated"))?;
                writeln!(console.out(), "model {} answers now", row.id.short())?;
            }
        }
        Ok(())
    }
}
