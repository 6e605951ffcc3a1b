//! `cargo xtask test`: everything that must hold before a change is merged. CI runs the same command.
//!
//! Comes in: the tree. Goes out: a table of parts with their times, the log of each part in `target/xtask/logs`, and an
//! exit code. A part that fails shows the end of its log; the other parts still run.
//! Never does: use a database, a port or a data directory that it did not make for itself.

mod browser;
mod licences;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::postgres::Postgres;
use crate::serve::SERVER_SIDE;
use crate::{client, process, progress, repo};

#[derive(Args)]
pub struct TestArgs {
    /// Leave out the client and the browser tests.
    #[arg(long)]
    skip_browser: bool,
    /// Only this part; may be given several times.
    #[arg(long, value_enum)]
    only: Vec<Part>,
}

/// The parts, in the order in which they run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Part {
    /// `cargo fmt --check`.
    Format,
    /// Licences and sources of all dependencies, against `deny.toml`.
    Licences,
    /// Lints of everything that is compiled for this machine.
    Clippy,
    /// Lints of everything that is compiled for the browser.
    ClippyWasm,
    /// Unit and integration tests, on SQLite and PostgreSQL.
    Tests,
    /// The release client.
    Client,
    /// Playwright in a real Chromium, against a server with a small demo plant.
    Browser,
}

impl Part {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// How a part ended.
struct Outcome {
    part: Part,
    took: Duration,
    error: Option<String>,
}

pub fn run(args: &TestArgs) -> Result<()> {
    let parts = chosen(args);
    let began = Instant::now();
    let mut outcomes = Vec::new();
    for &part in &parts {
        let log = repo::scratch("logs")?.join(format!("{}.log", part.name()));
        let part_began = Instant::now();
        let done =
            progress::step(&part.name(), || Recorder::new(&log).and_then(|mut recorder| run_part(part, &mut recorder)));
        let error = done.err().map(|error| format!("{error:#}"));
        if let Some(error) = &error {
            show_end(&log, error);
        }
        outcomes.push(Outcome { part, took: part_began.elapsed(), error });
    }
    eprintln!("\n{}", table(&outcomes, began.elapsed()));
    let failed: Vec<String> = outcomes.iter().filter(|o| o.error.is_some()).map(|o| o.part.name()).collect();
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

fn chosen(args: &TestArgs) -> Vec<Part> {
    Part::value_variants()
        .iter()
        .copied()
        .filter(|part| args.only.is_empty() || args.only.contains(part))
        .filter(|part| !(args.skip_browser && matches!(part, Part::Client | Part::Browser)))
        .collect()
}

fn run_part(part: Part, recorder: &mut Recorder) -> Result<()> {
    match part {
        Part::Format => recorder.run(process::cargo().args(["fmt", "--all", "--check"])),
        Part::Licences => licences::run(),
        Part::Clippy => {
            recorder.run(cargo("clippy").args(SERVER_SIDE).args(["--all-targets", "--", "-D", "warnings"]))?;
            recorder.run(cargo("clippy").args(["-p", "xtask", "--all-targets", "--", "-D", "warnings"]))
        }
        Part::ClippyWasm => {
            crate::install::wasm_target()?;
            let target = ["--target", crate::install::WASM];
            recorder.run(cargo("clippy").args(["-p", "frontend"]).args(target).args(["--", "-D", "warnings"]))
        }
        Part::Tests => {
            let postgres = Postgres::start()?;
            recorder.run(cargo("test").args(SERVER_SIDE).env("TEST_POSTGRES_URL", postgres.url()))?;
            recorder.run(cargo("test").args(["-p", "xtask"]))
        }
        Part::Client => client::build(client::Kind::Release).and_then(|()| client::first_load::check()),
        Part::Browser => browser::run(recorder),
    }
}

/// Cargo with the versions of `Cargo.lock` and without a database that the developer uses.
fn cargo(task: &str) -> Command {
    let mut cargo = process::cargo();
    cargo.args([task, "--locked"]).env_remove("DATABASE_URL").env_remove("ROUTING_ML_DATA_DIR");
    cargo
}

/// Runs the commands of one part and writes down what they say.
struct Recorder {
    log: File,
}

impl Recorder {
    fn new(path: &Path) -> Result<Self> {
        Ok(Self { log: File::create(path).with_context(|| format!("cannot write {}", path.display()))? })
    }

    fn run(&mut self, command: &mut Command) -> Result<()> {
        process::run_logged(command, &mut self.log, is_worth_showing)
    }
}

/// Results, and what stands between a person and the reason for a failure; the rest is in the log.
fn is_worth_showing(line: &str) -> bool {
    let text = line.trim_start();
    ["Running ", "Doc-tests ", "test result:", "error", "warning:", "failures:", "Diff in "]
        .iter()
        .any(|p| text.starts_with(p))
        || text.starts_with("test ") && text.ends_with("FAILED")
        || is_playwright_count(text)
}

/// `12 passed (3.4s)`, `1 failed`, `2 flaky`, `3 skipped`.
fn is_playwright_count(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(count, rest)| {
        count.parse::<u32>().is_ok()
            && ["passed", "failed", "flaky", "skipped", "did not run"].iter().any(|w| rest.starts_with(w))
    })
}

fn show_end(log: &PathBuf, error: &str) {
    const LINES: usize = 60;
    let text = std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    for line in &lines[lines.len().saturating_sub(LINES)..] {
        eprintln!("    {line}");
    }
    progress::say(&format!("{error}; the whole log is in {}", log.display()));
}

fn table(outcomes: &[Outcome], took: Duration) -> String {
    let mut rows = vec!["part          time           result".to_owned()];
    for outcome in outcomes {
        let word = outcome.error.as_deref().map_or("ok", |_| "FAILED");
        rows.push(format!("{:<13} {:<14} {word}", outcome.part.name(), progress::seconds(outcome.took)));
    }
    rows.push(format!("{:<13} {}", "all", progress::seconds(took)));
    rows.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_and_failures_are_shown_and_the_rest_is_not() {
        for shown in [
            "test result: ok. 3 passed; 0 failed",
            "test engine::x ... FAILED",
            "error[E0308]: mismatched types",
            "  12 passed (3.4s)",
            "     Running unittests src/lib.rs (target/debug/deps/engine-1)",
        ] {
            assert!(is_worth_showing(shown), "{shown}");
        }
        for hidden in ["   Compiling serde v1.0.0", "test engine::x ... ok", "12 monkeys", ""] {
            assert!(!is_worth_showing(hidden), "{hidden}");
        }
    }

    #[test]
    fn skipping_the_browser_leaves_what_runs_without_one() {
        let parts = chosen(&TestArgs { skip_browser: true, only: vec![] });
        assert_eq!(parts, [Part::Format, Part::Licences, Part::Clippy, Part::ClippyWasm, Part::Tests]);
        assert_eq!(chosen(&TestArgs { skip_browser: false, only: vec![Part::Client] }), [Part::Client]);
    }

    #[test]
    fn the_table_names_what_failed() {
        let outcomes = [
            Outcome { part: Part::Format, took: Duration::from_secs(1), error: None },
            Outcome { part: Part::ClippyWasm, took: Duration::from_secs(75), error: Some("x".into()) },
        ];
        let table = table(&outcomes, Duration::from_secs(76));
        assert!(table.contains("clippy-wasm   1 min 15 s     FAILED"), "{table}");
    }
}
