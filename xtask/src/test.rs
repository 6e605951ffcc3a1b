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
use crate::{client, process, progress, repo, serve};

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
    /// Compiles everything for this machine, with its lints.
    Compile,
    /// Unit and integration tests, on SQLite and PostgreSQL.
    Tests,
    /// The release client, with the lints of everything that is compiled for the browser.
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
    for stage in stages(&parts) {
        let ended: Result<Vec<Outcome>> = std::thread::scope(|scope| {
            let is_beside = stage.len() > 1;
            let one = move |part: Part| {
                if is_beside && part == Part::Client {
                    step_back();
                }
                timed(part)
            };
            let begun: Vec<_> = stage.iter().map(|part| scope.spawn(move || one(*part))).collect();
            begun.into_iter().map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        });
        outcomes.extend(ended?);
    }
    keep(&outcomes)?;
    eprintln!("\n{}", table(&outcomes, began.elapsed()));
    let failed: Vec<String> = outcomes.iter().filter(|o| o.error.is_some()).map(|o| o.part.name()).collect();
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

/// The parts one after the other, but for two that hardly use the same: the client is one long link at its end, and most
/// tests wait for each other.
fn stages(parts: &[Part]) -> Vec<Vec<Part>> {
    let mut stages: Vec<Vec<Part>> = Vec::new();
    for &part in parts {
        match stages.last_mut() {
            Some(stage) if part == Part::Client && stage.as_slice() == [Part::Tests] => stage.push(part),
            _ => stages.push(vec![part]),
        }
    }
    stages
}

/// Gives this thread, and what it starts, a lower priority than the trainings and imports of the tests, which step back
/// themselves.
fn step_back() {
    const NICENESS: i32 = 15;
    #[cfg(target_os = "linux")]
    {
        // Where that is not allowed both are as slow as the other.
        let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
    }
}

/// Runs one part and shows the end of its log when it fails.
fn timed(part: Part) -> Result<Outcome> {
    let log = repo::scratch("logs")?.join(format!("{}.log", part.name()));
    let began = Instant::now();
    let done =
        progress::step(&part.name(), || Recorder::new(&log).and_then(|mut recorder| run_part(part, &mut recorder)));
    let error = done.err().map(|error| format!("{error:#}"));
    if let Some(error) = &error {
        show_end(&log, error);
    }
    Ok(Outcome { part, took: began.elapsed(), error })
}

/// Keeps the seconds that each part took last in `target/xtask/seconds.json`, so that the next cut is measured.
fn keep(outcomes: &[Outcome]) -> Result<()> {
    let path = repo::target().join("xtask/seconds.json");
    let before = std::fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok());
    let mut seconds: serde_json::Map<String, serde_json::Value> = before.unwrap_or_default();
    seconds.extend(outcomes.iter().map(|outcome| (outcome.part.name(), outcome.took.as_secs().into())));
    std::fs::write(&path, serde_json::to_vec_pretty(&seconds)?)
        .with_context(|| format!("cannot write {}", path.display()))
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
        Part::Compile => {
            let linting = Linting::new()?;
            recorder.run(linting.of(cargo("test").args(SERVER_SIDE).arg("--no-run")))?;
            recorder.run(linting.of(serve::build_debug_command().arg("--locked")))?;
            recorder.run(linting.of(cargo("test").args(["-p", "xtask", "--no-run"])))
        }
        Part::Tests => {
            let (postgres, linting) = (Postgres::start()?, Linting::new()?);
            let mut tests = cargo("test");
            recorder.run(
                linting.of(tests.args(SERVER_SIDE).arg("--no-fail-fast")).env("TEST_POSTGRES_URL", postgres.url()),
            )?;
            recorder.run(linting.of(cargo("test").args(["-p", "xtask"])))
        }
        Part::Client => release_client().and_then(|()| client::first_load::check()),
        Part::Browser => browser::run(recorder),
    }
}

fn release_client() -> Result<()> {
    let linting = Linting::new()?;
    client::build_by(client::Kind::Release, &|cargo| {
        linting.of(cargo);
    })
}

/// Lints while it compiles: `cargo clippy` would read all dependencies once more, by themselves.
struct Linting {
    driver: PathBuf,
}

impl Linting {
    fn new() -> Result<Self> {
        let sysroot = process::output(Command::new("rustc").args(["--print", "sysroot"]))?;
        let driver = Path::new(sysroot.trim()).join("bin/clippy-driver");
        if !driver.is_file() {
            bail!("{} is missing: rustup component add clippy", driver.display());
        }
        Ok(Self { driver })
    }

    /// Makes warnings of our own crates errors. Where each of two commands is given this, they share what they compile.
    fn of<'c>(&self, cargo: &'c mut Command) -> &'c mut Command {
        // As `cargo clippy -- -D warnings` does it.
        let args = "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__";
        cargo.env("RUSTC_WORKSPACE_WRAPPER", &self.driver).env("CLIPPY_ARGS", args)
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
        assert_eq!(parts, [Part::Format, Part::Licences, Part::Compile, Part::Tests]);
        assert_eq!(chosen(&TestArgs { skip_browser: false, only: vec![Part::Client] }), [Part::Client]);
    }

    #[test]
    fn only_the_client_is_built_beside_the_tests() {
        let all = chosen(&TestArgs { skip_browser: false, only: vec![] });
        let beside: Vec<_> = stages(&all).into_iter().filter(|stage| stage.len() > 1).collect();
        assert_eq!(beside, [vec![Part::Tests, Part::Client]]);
        assert_eq!(stages(&[Part::Client, Part::Browser]), [vec![Part::Client], vec![Part::Browser]]);
    }

    #[test]
    fn the_table_names_what_failed() {
        let outcomes = [
            Outcome { part: Part::Format, took: Duration::from_secs(1), error: None },
            Outcome { part: Part::Licences, took: Duration::from_secs(75), error: Some("x".into()) },
        ];
        let table = table(&outcomes, Duration::from_secs(76));
        assert!(table.contains("licences      1 min 15 s     FAILED"), "{table}");
    }
}
