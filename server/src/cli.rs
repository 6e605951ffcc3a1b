//! The command line.
//!
//! Comes in: arguments. Goes out: results on standard output, progress on standard error, files.
//! Never does: business rules (those are `services`); a test runs the same functions in process.

mod bench;
mod clock;
mod console;
mod demo;
mod encoder;
mod evaluate;
mod healthcheck;
mod import;
mod job;
mod model;
mod predict;
mod replay;
mod serve;
mod status;
mod train;
mod user;
mod work;

use std::path::PathBuf;
use std::sync::LazyLock;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

pub use console::{Console, Progress};

use crate::auth::password::Cost;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::encoder::EncoderStore;
use crate::services::Services;

/// Version, with the commit where the build knew it.
static VERSION: LazyLock<String> = LazyLock::new(|| match option_env!("ROUTING_ML_COMMIT") {
    Some(commit) => format!("{} ({commit})", env!("CARGO_PKG_VERSION")),
    None => env!("CARGO_PKG_VERSION").to_owned(),
});

/// Candidate manufacturing routings for new items, from similar past items.
#[derive(Debug, Parser)]
#[command(name = "routing-ml", version = VERSION.as_str(), about, max_term_width = 100)]
pub struct Cli {
    /// Everything that the product keeps: database, models.
    #[arg(long, global = true, env = "ROUTING_ML_DATA_DIR", default_value = "./data", value_name = "DIR")]
    pub data_dir: PathBuf,
    /// Another database than SQLite in the data directory: `postgres://user@host/name`.
    #[arg(long, global = true, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Show progress in percent even where standard error is no terminal.
    #[arg(long, global = true)]
    pub progress: bool,
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the tables of an invented plant, for trying the product.
    Demo(demo::Demo),
    /// Read a plant's tables into the database; reading the same files again changes nothing.
    Import(import::Import),
    /// Train a model on everything that was imported, and let it answer.
    Train(train::Train),
    /// Write candidate routings for items, one JSON object per line.
    Predict(predict::Predict),
    /// Make an answer again from its receipt, and see that it is the same.
    Replay(replay::Replay),
    /// Measure how good predictions are on items held out, beside simple baselines.
    Evaluate(evaluate::Evaluate),
    /// Install, show or remove the optional sentence encoder.
    Encoder(encoder::Encoder),
    /// Measure speed and size on an invented plant, beside a simple method in the same run.
    Bench(bench::Bench),
    /// Serve the pages and the REST interface until interrupted.
    Serve(serve::Serve),
    /// Run jobs apart from a server, until interrupted.
    Work(work::Work),
    /// Ask a running server whether it is ready, for containers.
    Healthcheck(healthcheck::Healthcheck),
    /// Tell whether the machine's clock is believed, or say that it is right.
    Clock(clock::Clock),
    /// List models, and make another one answer.
    Model(model::Model),
    /// Tell what was imported and which model answers.
    Status(status::Status),
    /// Add, list and reset people who may sign in.
    User(user::User),
}

impl Cli {
    /// Starts the log on standard error; `RUST_LOG` chooses another level.
    pub fn start_log(&self) {
        // sqlx warns of a slow statement with the whole statement, which a batch of rows makes hundreds of lines long.
        let default = if matches!(self.command, Command::Serve(_) | Command::Work(_)) {
            "info,sqlx=error"
        } else {
            "warn,sqlx=error"
        };
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
        // A second start in one process leaves the first in place.
        let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    }

    /// Runs the command with the clock of the machine.
    pub async fn run(self, console: &mut Console) -> Result<()> {
        let database_url = self.database_url.clone();
        let config = Config::new(self.data_dir, self.database_url);
        let clock = Clock::system();
        let encoder = EncoderStore::new(config.encoder_dir());
        match self.command {
            Command::Demo(command) => command.run(console),
            Command::Import(command) => command.run(&config, &open(&config, clock).await?, &encoder, console).await,
            Command::Train(command) => command.run(&open(&config, clock).await?, &encoder, console).await,
            Command::Predict(command) => command.run(&open(&config, clock).await?, console).await,
            Command::Replay(command) => command.run(&open(&config, clock).await?, console).await,
            Command::Evaluate(command) => command.run(&open(&config, clock).await?, &encoder, console).await,
            Command::Encoder(command) => command.run(&encoder, console),
            Command::Bench(command) => command.run(database_url.as_deref(), console).await,
            Command::Serve(command) => command.run(open(&config, clock).await?, &encoder, console).await,
            Command::Work(command) => command.run(&open(&config, clock).await?, &encoder).await,
            Command::Healthcheck(command) => command.run(console).await,
            Command::Clock(command) => command.run(&open(&config, clock).await?, console).await,
            Command::Model(command) => command.run(&open(&config, clock).await?, console).await,
            Command::Status(command) => command.run(&open(&config, clock).await?, console).await,
            Command::User(command) => command.run(&open(&config, clock).await?, console).await,
        }
    }
}

/// The use cases over the data directory, which is made when it does not exist.
async fn open(config: &Config, clock: Clock) -> Result<Services> {
    std::fs::create_dir_all(&config.data_dir)
        .with_context(|| format!("cannot create the data directory {}", config.data_dir.display()))?;
    // It says itself what is wrong, and that first.
    let db = Db::open(&config.database_url).await?;
    Ok(Services::new(db, config.models_dir(), clock, Cost::STANDARD)?)
}
