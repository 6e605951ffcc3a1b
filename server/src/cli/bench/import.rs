//! How fast tables go in, beside a script that stores them without looking at them.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};
use engine::demo::{DemoSettings, generate};
use serde::Serialize;

use super::report::Machine;
use super::used;
use crate::auth::password::Cost;
use crate::background::Share;
use crate::cli::Console;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::services::Services;
use crate::services::acting::Caller;
use crate::services::import::{ImportOptions, import, nobody, sources};

/// What was measured.
#[derive(Serialize)]
struct Report {
    machine: Machine,
    n_items: u32,
    /// Rows of all tables.
    n_rows: u64,
    csv_bytes: u64,
    /// Into an empty database, both passes over the files and the storing included.
    first_s: f64,
    /// The same files again.
    second_s: f64,
    second_ratio: f64,
    peak_bytes: Option<f64>,
    /// Making a snapshot of what the database holds then, keeping it, and being able to search it.
    snapshot_s: f64,
    snapshot_bytes: usize,
    /// While the snapshot was made.
    snapshot_peak_bytes: Option<f64>,
    /// Seconds of the peer in the same run; `None` without Python and pandas.
    peer_s: Option<f64>,
    ratio: Option<f64>,
}

/// Imports an invented plant twice into a database of its own.
pub async fn run(n_items: u32, seed: u64, peer: &Path, is_json: bool, console: &mut Console) -> Result<()> {
    let progress = console.progress();
    progress.at("making a plant", 0.0);
    let folder = std::env::temp_dir().join(format!("routing-ml-bench-{}", std::process::id()));
    let done = measure(n_items, seed, peer, &folder, console).await;
    // What cannot be removed stays for whoever cleans the temporary folder.
    let _ = std::fs::remove_dir_all(&folder);
    progress.done();
    let report = done?;
    if is_json {
        return console.json(&report);
    }
    let out = console.out();
    writeln!(out, "{} items, {} rows, {:.1} MB of CSV", report.n_items, report.n_rows, report.csv_bytes as f64 / 1e6)?;
    writeln!(out, "first import   {:>8.2} s", report.first_s)?;
    writeln!(out, "second import  {:>8.2} s  {:.2} of the first", report.second_s, report.second_ratio)?;
    if let Some(peak) = report.peak_bytes {
        writeln!(out, "peak memory    {:>8.0} MB", peak / 1e6)?;
    }
    writeln!(out, "snapshot       {:>8.2} s  {:.1} MB", report.snapshot_s, report.snapshot_bytes as f64 / 1e6)?;
    if let Some(peak) = report.snapshot_peak_bytes {
        writeln!(out, "its memory     {:>8.0} MB", peak / 1e6)?;
    }
    match (report.peer_s, report.ratio) {
        (Some(peer), Some(ratio)) => writeln!(out, "pandas to_sql  {peer:>8.2} s  ratio {ratio:.2}")?,
        _ => writeln!(out, "pandas to_sql  not measured: it needs python3 with pandas, and {}", peer.display())?,
    }
    Ok(())
}

async fn measure(n_items: u32, seed: u64, peer: &Path, folder: &Path, console: &Console) -> Result<Report> {
    let tables_folder = folder.join("tables");
    std::fs::create_dir_all(&tables_folder).with_context(|| format!("cannot write {}", folder.display()))?;
    let settings = DemoSettings { items: usize::try_from(n_items)?, seed, standard_codes: 0 };
    let mut csv_bytes = 0;
    for table in generate(&settings).tables {
        csv_bytes += table.csv.len() as u64;
        std::fs::write(tables_folder.join(table.file_name), table.csv)?;
    }
    let config = Config::new(folder.join("data"), None);
    std::fs::create_dir_all(&config.data_dir)?;
    let db = Db::open(&config.database_url).await.context("cannot open the database")?;
    let services = Services::new(db, config.models_dir(), Clock::system(), Cost::STANDARD)?;
    let acting = services.acting(Caller::Console, None);
    used::forget_peak();
    let mut seconds = Vec::new();
    let mut n_rows = 0;
    for step in ["importing", "importing again"] {
        console.progress().at(step, 0.0);
        let began = Instant::now();
        let sources = sources(std::slice::from_ref(&tables_folder))?;
        let summary = import(&acting, sources, &ImportOptions::default(), nobody()).await?;
        seconds.push(began.elapsed().as_secs_f64());
        n_rows = summary.files.iter().map(|file| file.n_rows).sum();
    }
    let peak_bytes = used::peak_bytes();
    console.progress().at("making the snapshot", 0.0);
    used::forget_peak();
    let began = Instant::now();
    let snapshot = services.make_snapshot(Share::Whole).await?;
    let snapshot_s = began.elapsed().as_secs_f64();
    let snapshot_peak_bytes = used::peak_bytes();
    services.db.close().await;
    console.progress().at("asking the peer", 0.0);
    let peer_s = peer_seconds(peer, &tables_folder);
    let (first_s, second_s) = (seconds[0], seconds[1]);
    Ok(Report {
        machine: Machine::this(),
        n_items,
        n_rows,
        csv_bytes,
        first_s,
        second_s,
        second_ratio: second_s / first_s,
        peak_bytes,
        snapshot_s,
        snapshot_bytes: snapshot.to_sections().0.n_bytes(),
        snapshot_peak_bytes,
        peer_s,
        ratio: peer_s.map(|peer_s| first_s / peer_s),
    })
}

/// Seconds that the script says; `None` when it cannot run.
fn peer_seconds(script: &Path, tables: &Path) -> Option<f64> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let ran = Command::new(python).arg(script).arg(tables).output().ok()?;
    String::from_utf8(ran.stdout).ok()?.trim().parse().ok()
}
