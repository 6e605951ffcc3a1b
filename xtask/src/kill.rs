//! `cargo xtask kill`: imports that are killed at many moments, on SQLite and PostgreSQL.
//!
//! Comes in: how often each moment is tried. Goes out: an exit code that is 0 only when every import had happened wholly
//! or not at all. The test run tries each moment twice; this is for the night.

use anyhow::Result;
use clap::Args;

use crate::postgres::Postgres;
use crate::{process, progress};

/// Test that starts an import in a process of its own and kills it.
const TEST: &str = "storage::kill::a_killed_import_has_happened_wholly_or_not_at_all";

#[derive(Args)]
pub struct KillArgs {
    /// How often each of the five moments is tried, on each database.
    #[arg(long, default_value_t = 10)]
    rounds: u32,
}

pub fn run(args: &KillArgs) -> Result<()> {
    let postgres = Postgres::start()?;
    progress::step(&format!("kill imports, {} rounds", args.rounds), || {
        process::run(
            process::cargo()
                .args(["test", "--locked", "-p", "tests", "--test", "it", "--", "--exact", TEST])
                .env_remove("DATABASE_URL")
                .env("TEST_POSTGRES_URL", postgres.url())
                .env("KILL_ROUNDS", args.rounds.to_string()),
        )
    })
}
