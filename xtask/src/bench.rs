//! `cargo xtask bench`: `routing-ml bench`, and then the same questions over the same bundle in a real Chromium.
//!
//! Comes in: a size and a seed. Goes out: the table of `routing-ml bench`, a table of the browser beside it, and the
//! files of both in `target/xtask/bench`. The native times that the browser is compared with are of the same run.
//! Never does: fail because something is slow. It fails when an answer differs.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;

use crate::process::{self, Background};
use crate::temporary::TemporaryFolder;
use crate::{client, install, plant, progress, repo, serve};

#[derive(Args)]
pub struct BenchArgs {
    /// Items that are trained on.
    #[arg(long, default_value_t = 50_000)]
    items: u32,
    /// Items that are asked for.
    #[arg(long, default_value_t = 300)]
    queries: u32,
    /// Everything that is drawn follows from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Items of a bundle that the limit is for, and most milliseconds of 95 of 100 answers.
const LIMIT_ITEMS: u64 = 5_000;
const LIMIT_P95_MS: f64 = 50.0;

pub fn run(args: &BenchArgs) -> Result<()> {
    let end2end = repo::root().join("end2end");
    // Everything is built before anything is measured.
    let binary = progress::step("build the server", serve::build_release)?;
    progress::step("build the client", || client::build(client::Kind::Release))?;
    install::node()?;
    install::npm(&end2end)?;
    let chromium = install::chromium()?;

    let folder = repo::scratch("bench")?;
    let native = progress::step("measure natively", || natively(&binary, args, &folder))?;
    let data = TemporaryFolder::new("bench")?;
    plant::add_people(&binary, data.path())?;
    let addr = serve::free_address()?;
    let log = repo::scratch("logs")?.join("bench-server.log");
    let mut command = serve::command(&binary, addr, data.path());
    command.env_remove("DATABASE_URL");
    let mut server = Background::start("the server", command, Some(&log))?;
    // It has no model, so it is never ready; its pages are there nonetheless.
    serve::wait_until_alive(&mut server, addr, Duration::from_secs(60))
        .with_context(|| format!("its log is in {}", log.display()))?;
    progress::step("measure in Chromium", || {
        process::run(
            Command::new("npm")
                .args(["run", "--silent", "bench"])
                .current_dir(&end2end)
                .env("E2E_BASE_URL", format!("http://{addr}"))
                .env("E2E_PASSWORD", plant::PASSWORD)
                .env("BENCH_DIR", &folder)
                .env("CHROMIUM_PATH", chromium),
        )
    })?;
    drop(server);

    let browser = read(&folder.join("browser.json"))?;
    eprintln!("\n{}", table(&native, &browser)?);
    match browser["n_different"].as_u64() {
        Some(0) => Ok(()),
        n => bail!("{n:?} answers of the browser differ from the native ones: {}", browser["first_difference"]),
    }
}

/// Prints the native table and gives the same numbers as JSON.
fn natively(binary: &Path, args: &BenchArgs, folder: &Path) -> Result<Value> {
    let mut command = Command::new(binary);
    command
        .args(["bench", "--items", &args.items.to_string(), "--queries", &args.queries.to_string()])
        .args(["--seed", &args.seed.to_string(), "--files"])
        .arg(folder);
    process::run(&mut command)?;
    read(&folder.join("report.json"))
}

fn read(path: &Path) -> Result<Value> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("{} is no JSON", path.display()))
}

/// The browser beside the native answers to the same questions over the same bundle.
fn table(native: &Value, browser: &Value) -> Result<String> {
    let n_items = native["n_bundle_items"].as_u64().context("the report names the size of the bundle")?;
    let mut text = format!(
        "bundle of {n_items} items in {}, {} questions, from JSON to JSON\n\n\
         | measure        |       wasm |     native | ratio |    limit |        |\n\
         |----------------|-----------:|-----------:|------:|---------:|--------|\n",
        browser["version"].as_str().unwrap_or("a browser of unknown version"),
        native["n_queries"],
    );
    for (name, in_browser, in_native) in [
        ("open bundle", "open_ms", "bundle_open_ms"),
        ("predict median", "median_ms", "bundle_predict_median_ms"),
        ("predict p95", "p95_ms", "bundle_predict_p95_ms"),
    ] {
        let wasm_ms = browser[in_browser].as_f64().with_context(|| format!("the browser wrote no {in_browser}"))?;
        let native_ms = measure(native, in_native).with_context(|| format!("the report has no {in_native}"))?;
        let is_limited = in_browser == "p95_ms" && n_items == LIMIT_ITEMS;
        let (limit, verdict) = match is_limited {
            true => (format!("{LIMIT_P95_MS:.0} ms"), if wasm_ms <= LIMIT_P95_MS { "within" } else { "OVER" }),
            false => (String::new(), ""),
        };
        text.push_str(&format!(
            "| {name:<14} | {wasm_ms:>7.2} ms | {native_ms:>7.2} ms | {:>5.2} | {limit:>8} | {verdict:<6} |\n",
            wasm_ms / native_ms
        ));
    }
    let word = if browser["n_different"] == 0 { "equal, byte for byte" } else { "DIFFERENT" };
    text.push_str(&format!("\nanswers of wasm and of the native build: {word}\n"));
    Ok(text)
}

fn measure(report: &Value, name: &str) -> Option<f64> {
    let measures = report["measures"].as_array()?;
    measures.iter().find(|measure| measure["name"] == name)?["value"].as_f64()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_table_tells_ratio_limit_and_difference() {
        let value = |name: &str, value: f64| json!({"name": name, "value": value});
        let measures = [
            value("bundle_open_ms", 100.0),
            value("bundle_predict_median_ms", 10.0),
            value("bundle_predict_p95_ms", 20.0),
        ];
        let native = |n_items: u64| json!({"n_bundle_items": n_items, "n_queries": 3, "measures": measures.clone()});
        let browser = json!({"open_ms": 150.0, "median_ms": 25.0, "p95_ms": 60.0, "n_different": 0});
        let full = table(&native(5_000), &browser).expect("all numbers are there");
        assert!(full.contains("2.50") && full.contains("OVER") && full.contains("equal"), "{full}");
        assert!(!table(&native(300), &browser).expect("all numbers are there").contains("OVER"));
        assert!(table(&native(300), &json!({"n_different": 1})).is_err(), "a missing number is an error");
    }
}
