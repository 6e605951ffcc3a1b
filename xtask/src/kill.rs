//! `cargo xtask kill`: imports, jobs and snapshots that are killed at many moments, on SQLite and PostgreSQL.
//!
//! Comes in: how often each moment is tried. Goes out: an exit code that is 0 only when every import and every job had
//! happened wholly or not at all, and was taken up once. The test run tries each moment twice; this is for the night.

use anyhow::Result;
use clap::Args;

use crate::postgres::Postgres;
use crate::{process, progress};

/// Tests that kill a process of their own, and those that cut work off at each of its waits.
const TESTS: [&str; 7] = [
    "storage::kill::a_killed_import_has_happened_wholly_or_not_at_all",
    "storage::kill::an_import_that_is_cut_off_has_happened_wholly_or_not_at_all",
    "storage::kill::an_undo_that_is_cut_off_has_happened_wholly_or_not_at_all",
    "jobs::kill::a_killed_training_leaves_the_old_model_or_the_new_and_is_taken_up_once",
    "jobs::kill::a_training_that_is_cut_off_is_taken_up_once",
    "jobs::kill::an_import_job_that_is_cut_off_is_taken_up_once",
    "snapshots::a_snapshot_that_is_cut_off_anywhere_is_the_old_one_or_the_new_one",
];

#[derive(Args)]
pub struct KillArgs {
    /// How often each moment is tried, on each database.
    #[arg(long, default_value_t = 10)]
    rounds: u32,
}

pub fn run(args: &KillArgs) -> Result<()> {
    let postgres = Postgres::start()?;
    progress::step(&format!("kill imports and jobs, {} rounds", args.rounds), || {
        process::run(
            process::cargo()
                .args(["test", "--locked", "-p", "tests", "--test", "it", "--", "--exact"])
                .args(TESTS)
                .env_remove("DATABASE_URL")
                .env("TEST_POSTGRES_URL", postgres.url())
                .env("KILL_ROUNDS", args.rounds.to_string()),
        )
    })
}
