//! `evaluate`: how good predictions are on items held out.

use anyhow::Result;
use clap::{Args, ValueEnum};
use engine::evaluate::{EvaluateSettings, Evaluation, MethodScore, Split, TimeScore};

use super::Console;
use crate::services::Services;
use crate::services::training::evaluate_plant;

/// Holds items out, trains on the rest, predicts the held-out items and compares with their routings. Nothing is stored.
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
    /// Report as JSON.
    #[arg(long)]
    json: bool,
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
}

impl From<SplitName> for Split {
    fn from(name: SplitName) -> Self {
        match name {
            SplitName::Random => Self::Random,
            SplitName::Time => Self::Time,
            SplitName::Family => Self::Family,
        }
    }
}

impl Evaluate {
    pub(super) async fn run(&self, services: &Services, console: &mut Console) -> Result<()> {
        let settings = EvaluateSettings { split: self.split.into(), holdout: self.holdout, seed: self.seed };
        let progress = console.progress();
        progress.at("reading the plant", 0.0);
        let hear = progress.clone();
        let evaluation =
            evaluate_plant(services, settings, move |share| hear.at("training and predicting", share)).await?;
        progress.done();
        if self.json {
            return console.json(&evaluation);
        }
        Ok(console.out().write_all(table(&evaluation).as_bytes())?)
    }
}

/// The evaluation as a Markdown table, so that it can stand in a document as it is.
fn table(evaluation: &Evaluation) -> String {
    let split = serde_json::to_value(evaluation.split).ok();
    let split = split.as_ref().and_then(|value| value.as_str()).unwrap_or_default();
    let mut text = format!(
        "split {split}, holdout {}, seed {}: trained on {} items, tested on {}\n\
         held-out routes that occur in training: {}; items answered: {}\n\n",
        evaluation.holdout,
        evaluation.seed,
        evaluation.n_train,
        evaluation.n_test,
        number(Some(evaluation.seen_route_share)),
        number(Some(evaluation.answered_share)),
    );
    text.push_str(
        "| method          | exact@1 | exact@4 | edit sim. |   ECE | work centre | time APE | P80 cover |\n\
         |-----------------|--------:|--------:|----------:|------:|------------:|---------:|----------:|\n",
    );
    for score in &evaluation.scores {
        text.push_str(&line(score));
    }
    text.push_str(
        "\n| times  | method             | orders | median APE | P50 cover | P80 cover |\n\
         |--------|--------------------|-------:|-----------:|----------:|----------:|\n",
    );
    for score in &evaluation.times {
        text.push_str(&times_line(score));
    }
    text.push_str(
        "\n| times  | source  | values | orders | P80 cover |\n|--------|---------|-------:|-------:|----------:|\n",
    );
    for score in &evaluation.times {
        for class in score.classes.iter().filter(|class| class.n_orders > 0) {
            let source = serde_json::to_value(class.source).ok();
            let source = source.as_ref().and_then(|value| value.as_str()).unwrap_or_default();
            text.push_str(&format!(
                "| {:<6} | {:<7} | {:>6} | {:>6} | {:>9} |\n",
                score.kind,
                source,
                class.n,
                class.n_orders,
                number(Some(class.p80_coverage)),
            ));
        }
    }
    text
}

fn times_line(score: &TimeScore) -> String {
    format!(
        "| {:<6} | {:<18} | {:>6} | {:>10} | {:>9} | {:>9} |\n",
        score.kind,
        score.method,
        score.n_orders,
        number(score.median_ape),
        number(score.p50_coverage),
        number(score.p80_coverage),
    )
}

fn line(score: &MethodScore) -> String {
    format!(
        "| {:<15} | {:>7} | {:>7} | {:>9} | {:>5} | {:>11} | {:>8} | {:>9} |\n",
        score.method,
        number(Some(score.exact_at_1)),
        number(Some(score.exact_at_4)),
        number(Some(score.edit_similarity)),
        number(score.ece),
        number(score.work_centre_hit),
        number(score.run_time_median_ape),
        number(score.p80_coverage),
    )
}

/// Three decimals; a dash is "not defined".
fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
}
