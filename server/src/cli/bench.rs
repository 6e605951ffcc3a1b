//! `bench`: how fast training and answering are and how large the files, each beside a peer measured in the same run.
//!
//! Comes in: a size and a seed. Goes out: a table or JSON, and the files with which a browser does the same.
//! Never does: touch the data directory, judge answers (`evaluate` does), or fail because a machine is slow.

mod clocked;
mod import;
mod load;
mod offline;
mod plant;
mod product;
mod report;
mod search;
mod similar;
mod table;
mod tuning;
mod used;

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use clap::Args;
use engine::bundle;
use engine::evaluate::KnnVote;
use engine::import::Profile;
use engine::predict::{OwnHistory, PredictOptions};
use engine::snapshot::Snapshot;
use engine::train::{TrainSettings, train_from};

use super::Console;
use clocked::{Spread, clocked};
use plant::BenchPlant;
use report::{Machine, Measure, Peer, Report};

/// Trains on an invented plant and predicts for items that were left out of it, in memory: nothing of the data directory
/// is read or written.
///
/// What a number means depends on the machine, so each stands beside a peer of the same run, as a ratio:
///
/// - training time: the baseline knn_vote of `evaluate` (a vote of the nearest items over all attributes, k chosen by
///   trials), fitted to the same items and asked the same questions;
/// - time on the processors: the same training by the clock, so that the ratio is the number of cores that it had;
/// - making the snapshot, and opening a model over it as a start of the server does: the training by the clock;
/// - memory of the training, and the size of the model's file: the tables
///   that the plant was read from as CSV, in bytes;
/// - one prediction: the answer of knn_vote to the same item, one after the other, by exact search;
/// - the offline bundle: its items and routings as JSON, raw beside raw and brotli beside brotli;
/// - opening the bundle: parsing that JSON;
/// - one prediction over the bundle: the same question, from JSON to JSON, to the whole model.
///
/// A prediction is the engine's answer on one thread, without HTTP and without storing it. Each question is asked three
/// times and the quickest counts; p95 is over the questions. Limits hold for 50,000 items
/// and for a bundle of 5,000; at another size there is none. Over a limit is reported and is no failure.
#[derive(Debug, Args)]
pub struct Bench {
    /// Items that are trained on.
    #[arg(long, default_value_t = 50_000, value_parser = clap::value_parser!(u32).range(50..=1_000_000))]
    items: u32,
    /// Items with a routing that are left out of the training and asked for.
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(10..=2_000))]
    queries: u32,
    /// Everything that is drawn follows from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What is measured: `engine`, training and answering; `import`, tables into a database of its own, beside
    /// pandas; `load`, what many clients feel of an import and of a training, beside the same server at rest; `search`,
    /// making and searching a snapshot, beside reading every item; `similar`, the most
    /// similar items, beside a graph of hnswlib; `tuning`, the product with one core and nothing remembered
    /// beside the product as shipped.
    #[arg(long, value_enum, default_value_t = Part::Engine)]
    part: Part,
    /// The script that `--part import` is compared with; that of `--part similar` lies beside it.
    #[arg(long, value_name = "FILE", default_value = "docs/bench/import_peer.py")]
    peer: PathBuf,
    /// Clients of `--part load`.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    clients: u32,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
    /// Also write the report, the bundle, the questions and the answers to this folder; `cargo xtask bench` gives them to
    /// a browser.
    #[arg(long, value_name = "DIR")]
    files: Option<PathBuf>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Engine,
    Import,
    Load,
    Search,
    Similar,
    Tuning,
}

/// Size that the limits of time and memory hold for.
const LIMIT_ITEMS: usize = 50_000;
const LIMIT_TRAINING_S: f64 = 60.0;
const LIMIT_TRAINING_BYTES: f64 = 1.5e9;
const LIMIT_PREDICT_P95_MS: f64 = 20.0;
/// How each item is asked for: as a new one.
const OPTIONS: PredictOptions = PredictOptions { own_history: OwnHistory::Ignore, n_neighbours: 10, max_candidates: 4 };

impl Bench {
    /// `database_url` is an empty database of its own for `--part load`; SQLite in a temporary folder without it.
    pub(super) async fn run(&self, database_url: Option<&str>, console: &mut Console) -> Result<()> {
        match self.part {
            Part::Engine => self.engine(console),
            Part::Import => import::run(self.items, self.seed, &self.peer, self.json, console).await,
            Part::Similar => {
                let script = self.peer.with_file_name("similar_peer.py");
                similar::run(self.items, self.seed, &script, self.json, console)
            }
            Part::Tuning => tuning::run(self.items, self.seed, self.json, console).await,
            Part::Search => search::run(self.items, self.seed, self.json, console),
            Part::Load => load::run(self.items, self.clients, self.seed, database_url, self.json, console).await,
        }
    }

    fn engine(&self, console: &mut Console) -> Result<()> {
        let report = self.measure(console)?;
        if let Some(folder) = &self.files {
            let path = folder.join("report.json");
            std::fs::write(&path, serde_json::to_vec_pretty(&report)?)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        if self.json { console.json(&report) } else { Ok(console.out().write_all(table::table(&report).as_bytes())?) }
    }

    fn measure(&self, console: &Console) -> Result<Report> {
        let progress = console.progress();
        progress.at("making a plant", 0.0);
        let (n_items, n_queries) = (usize::try_from(self.items)?, usize::try_from(self.queries)?);
        let BenchPlant { plant, queries, csv_bytes } = plant::make(n_items, n_queries, self.seed)?;
        let n_results = plant.results.len();
        if queries.len() < n_queries {
            bail!("the plant has only {} items with a routing to ask for; fewer --queries are needed", queries.len());
        }

        progress.at("making the snapshot", 0.0);
        let (snapshot_s, snapshot) = clocked(|| Arc::new(Snapshot::of_plant(&plant)));
        let snapshot_bytes = snapshot.to_sections().0.n_bytes();
        // Of a plant, a training and a server hold the snapshot only.
        drop(plant);

        // Training comes before every peer, so that what they use is not in its peak.
        used::forget_peak();
        let cpu_before_s = used::cpu_s();
        let settings = TrainSettings { seed: self.seed };
        let (training_s, trained) = clocked(|| {
            train_from(&snapshot, None, &Profile::auto().standard_codes(), &settings, &mut |_, share| {
                progress.at("training", share);
                ControlFlow::Continue(())
            })
        });
        let cpu_s = used::cpu_s().zip(cpu_before_s).map(|(after, before)| after - before);
        let (learned, peak_bytes) = (trained?.learned(), used::peak_bytes());

        progress.at("opening", 0.0);
        let model_bytes = bundle::learned_to_bytes(&learned).len();
        let (open_s, model) = clocked(|| learned.over(Arc::clone(&snapshot)));

        progress.at("predicting", 0.0);
        let predicted = Spread::of(&queries, |item| model.predict(item, &OPTIONS));

        progress.at("asking knn_vote", 0.0);
        let plant = plant::make(n_items, n_queries, self.seed)?.plant;
        let (fit_s, peer) = clocked(|| KnnVote::fit(&plant));
        let voted = Spread::of(&queries, |item| peer.answer(item));
        drop(peer);

        let is_limited = model.card().n_items == LIMIT_ITEMS;
        let limit = |limit: f64| is_limited.then_some(limit);
        let knn_vote = |value: f64| Peer::new("knn_vote", value);
        let csv = Peer::new("tables as CSV", csv_bytes as f64);
        let mut measures = vec![
            Measure::new("snapshot_s", Some(snapshot_s), Peer::new("training by the clock", training_s)),
            Measure::new("snapshot_bytes", Some(snapshot_bytes as f64), csv.clone()),
            Measure::new("training_s", Some(training_s), knn_vote(fit_s + voted.sum_ms() / 1e3))
                .within(limit(LIMIT_TRAINING_S)),
            Measure::new("training_cpu_s", cpu_s, Peer::new("training by the clock", training_s)),
            Measure::new("training_peak_bytes", peak_bytes, csv.clone()).within(limit(LIMIT_TRAINING_BYTES)),
            Measure::new("model_bytes", Some(model_bytes as f64), csv),
            Measure::new("open_s", Some(open_s), Peer::new("training by the clock", training_s)),
            Measure::new("predict_median_ms", Some(predicted.median_ms()), knn_vote(voted.median_ms())),
            Measure::new("predict_p95_ms", Some(predicted.p95_ms()), knn_vote(voted.p95_ms()))
                .within(limit(LIMIT_PREDICT_P95_MS)),
        ];
        progress.at("cutting the bundle", 0.0);
        let offline = offline::measure(&model, &queries, self.files.as_deref())?;
        progress.done();
        measures.extend(offline.measures);
        let card = model.card();
        Ok(Report {
            machine: Machine::this(),
            seed: self.seed,
            n_items: card.n_items,
            n_items_with_routing: card.n_items_with_routing,
            n_routings: card.n_routings,
            n_results,
            n_queries: queries.len(),
            n_bundle_items: offline.n_items,
            is_offline_equal: offline.is_equal,
            measures,
        })
    }
}
