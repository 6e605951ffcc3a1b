//! The build tasks of Routing ML: `cargo xtask <task>`, from anywhere in the repository.
//!
//! Comes in: a task's name. Goes out: files under `target/`, a running server, or an exit code that is 0 only when
//! everything went well. Progress is written to stderr, each step with its time.
//! Never does: anything that the product needs at run time; nothing outside this package depends on it.

mod api;
mod bench;
mod client;
mod dev;
mod fuzz;
mod install;
mod kill;
mod plant;
mod postgres;
mod process;
mod progress;
mod repo;
mod run;
mod serve;
mod shots;
mod temporary;
mod test;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Build tasks of Routing ML.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything, make a demo plant if there is no model yet, and serve it.
    Run(run::RunArgs),
    /// Run every check: format, lints, tests, browser tests.
    Test(test::TestArgs),
    /// Measure speed and size, natively and in a real Chromium.
    Bench(bench::BenchArgs),
    /// Ask `/api/v1` for what its description does not foresee.
    Api(api::ApiArgs),
    /// Look for inputs that break what strangers can reach.
    Fuzz(fuzz::FuzzArgs),
    /// Kill imports at many moments, on both databases.
    Kill(kill::KillArgs),
    /// Rebuild and restart on every change of a source file.
    Dev(dev::DevArgs),
    /// Build the browser client into target/site.
    Client(ClientArgs),
    /// Take pictures of the pages of a running server.
    Shots(shots::ShotsArgs),
}

#[derive(Args)]
struct ClientArgs {
    /// Compile fast and unoptimised, without wasm-opt and brotli.
    #[arg(long, conflicts_with = "release")]
    dev: bool,
    /// Compile small and precompress (the default).
    #[arg(long)]
    release: bool,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = process::stop_children_on_signal().and_then(|()| match cli.task {
        Task::Run(args) => run::run(&args),
        Task::Test(args) => test::run(&args),
        Task::Bench(args) => bench::run(&args),
        Task::Api(args) => api::run(&args),
        Task::Fuzz(args) => fuzz::run(&args),
        Task::Kill(args) => kill::run(&args),
        Task::Dev(args) => dev::run(&args),
        Task::Client(args) => client::build(if args.dev { client::Kind::Dev } else { client::Kind::Release }).map(drop),
        Task::Shots(args) => shots::run(&args),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            progress::say(&format!("failed: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
