//! `evaluate`: how good predictions are on items held out.

mod charts;
mod html;
mod table;
mod wording;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use engine::evaluate::Split;

use super::Console;
use super::job::{report, run_as_job};
use crate::encoder::EncoderStore;
use crate::jobs::{Done, Measured};
use crate::services::Services;
use crate::services::jobs::{EvaluateTask, Task};

/// Holds items out, trains on the rest, predicts the held-out items and compares with their routings. Nothing is stored
/// without --save.
/// Exact copies of held-out items leave the training too. What the measures mean is in docs/MODEL.md.
#[derive(Debug, Args)]
pub struct Evaluate {
    /// Which items are held out.
    #[arg(long, value_enum, default_value_t = SplitName::Random)]
    split: SplitName,
    /// Share of the items with a routing that is held out, above 0 and below 1.
    #[arg(long, default_value_t = 0.2)]
    holdout: f64,
    /// Every random choice follows from it.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How often it is done, with seeds from --seed on; the answers are judged together.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=100))]
    repeats: u16,
    /// Cross-validation instead: every item with a routing is held out once, in so many folds (whole name families with
    /// --split family; not with --split time).
    #[arg(long, value_name = "N", conflicts_with_all = ["holdout", "repeats"], value_parser = clap::value_parser!(u16).range(2..=100))]
    folds: Option<u16>,
    /// A column that nobody may look at, to see what it is worth; may be given several times. `item_nm` is the name.
    #[arg(long, value_name = "COLUMN")]
    without: Vec<String>,
    /// Measure the model with the sentence encoder (`routing-ml encoder install`), and beside it the one without.
    #[arg(long)]
    with_encoder: bool,
    /// Keep the result: the page of the model shows the latest of each split. Not with --without: it would be the result of
    /// another plant.
    #[arg(long, conflicts_with = "without")]
    save: bool,
    /// Report as JSON: one evaluation, or a list of them with `--split all`.
    #[arg(long)]
    json: bool,
    /// Also write a report with pictures, one self-contained HTML file.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

/// How items are held out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SplitName {
    /// Items at random.
    Random,
    /// The items whose routing is newest.
    Time,
    /// Whole name families (item name without digits).
    Family,
    /// All three, one after the other.
    All,
}

impl SplitName {
    fn splits(self) -> &'static [Split] {
        match self {
            Self::Random => &[Split::Random],
            Self::Time => &[Split::Time],
            Self::Family => &[Split::Family],
            Self::All => &[Split::Random, Split::Time, Split::Family],
        }
    }
}

impl Evaluate {
    pub(super) async fn run(&self, services: &Services, encoder: &EncoderStore, console: &mut Console) -> Result<()> {
        let came = run_as_job(services, encoder, &Task::Evaluate(self.task()), label, console).await?.or_failure()?;
        let Measured { all: evaluations, left_out } = match came.done {
            Some(Done::Evaluations(measured)) => measured,
            _ => report(services, &came.id).await?.context("the job has left no report")?,
        };
        for (split, reason) in left_out {
            console.say(&format!("{} is left out: {reason}", split.code()));
        }
        if self.save {
            console.say("the page of the model shows it now");
        }
        if let Some(path) = &self.html {
            std::fs::write(path, html::page(&evaluations))
                .with_context(|| format!("cannot write the report to {}", path.display()))?;
            console.say(&format!("the report is in {}", path.display()));
        }
        match evaluations.as_slice() {
            [evaluation] if self.json && self.split != SplitName::All => console.json(evaluation),
            several if self.json => console.json(&several),
            several => {
                let tables: Vec<String> = several.iter().map(table::table).collect();
                Ok(console.out().write_all(tables.join("\n").as_bytes())?)
            }
        }
    }

    fn task(&self) -> EvaluateTask {
        EvaluateTask {
            splits: self.split.splits().to_vec(),
            holdout: self.holdout,
            seed: self.seed,
            with_encoder: self.with_encoder,
            n_repeats: usize::from(self.repeats),
            n_folds: self.folds.map(usize::from),
            without: self.without.clone(),
            is_kept: self.save,
        }
    }
}

fn label(phase: &str) -> String {
    let split = phase.strip_prefix("split-").unwrap_or(phase);
    format!("{split}: training and predicting")
}
