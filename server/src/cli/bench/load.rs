//! What people feel of an import and of a training: a served product asked by many clients, at rest and meanwhile.
//!
//! Server, import and training are processes of their own, as in a plant. The clients are threads here, each with the
//! session or the token of a person; between two requests each waits a little, as people do.

mod clients;
pub(super) mod people;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use engine::demo::{DemoSettings, generate};
use serde::Serialize;

use super::product::{Product, Served};
use super::report::Machine;
use crate::auth::password::Cost;
use crate::cli::Console;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, current};
use crate::services::Services;
use clients::{Load, Told};

/// How long the product is asked at rest.
const IDLE: Duration = Duration::from_secs(15);
/// After the last client the server has so long to come to rest, before its files and memory are looked at.
const REST: Duration = Duration::from_secs(3);

/// What was measured.
#[derive(Serialize)]
struct Report {
    machine: Machine,
    n_items: u32,
    n_clients: usize,
    database: &'static str,
    /// From its start until the server answers the first readiness check.
    ready_s: f64,
    phases: Vec<Phase>,
    /// Of the server, before and after, at rest.
    memory_bytes: [Option<f64>; 2],
    file_handles: [Option<usize>; 2],
}

/// Requests while something ran.
#[derive(Serialize)]
struct Phase {
    /// `idle`, `import` or `training`.
    name: &'static str,
    seconds: f64,
    n_requests: usize,
    /// Answers that were none of those expected.
    n_failed: usize,
    pages: Times,
    rest: Times,
    /// Verdicts, which are written before they are answered.
    writes: Times,
}

/// Milliseconds from the request to the last byte of the answer.
#[derive(Serialize)]
struct Times {
    median_ms: f64,
    p95_ms: f64,
    /// Of p95, over that at rest in the same run.
    ratio: Option<f64>,
}

/// Serves an invented plant and asks it, at rest, while the plant is imported again and while a model is trained.
pub async fn run(
    n_items: u32,
    n_clients: u32,
    seed: u64,
    database_url: Option<&str>,
    is_json: bool,
    console: &mut Console,
) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("routing-ml-bench-{}", std::process::id()));
    let done = measure(n_items, usize::try_from(n_clients)?, seed, database_url, &folder, console).await;
    // What cannot be removed stays for whoever cleans the temporary folder.
    let _ = std::fs::remove_dir_all(&folder);
    console.progress().done();
    let report = done?;
    if is_json { console.json(&report) } else { Ok(console.out().write_all(table(&report).as_bytes())?) }
}

async fn measure(
    n_items: u32,
    n_clients: usize,
    seed: u64,
    database_url: Option<&str>,
    folder: &Path,
    console: &Console,
) -> Result<Report> {
    let progress = console.progress();
    progress.at("making a plant", 0.0);
    let tables = [folder.join("tables"), folder.join("next")];
    let n_made = usize::try_from(n_items)?;
    for (tables, items) in tables.iter().zip([n_made, n_made + n_made / 50]) {
        std::fs::create_dir_all(tables).with_context(|| format!("cannot write {}", tables.display()))?;
        for table in generate(&DemoSettings { items, seed, standard_codes: 0 }).tables {
            std::fs::write(tables.join(table.file_name), table.csv)?;
        }
    }
    let product = Product { config: Config::new(folder.join("data"), database_url.map(str::to_owned)) };
    std::fs::create_dir_all(&product.config.data_dir)?;
    let db = Db::open(&product.config.database_url).await.context("cannot open the database")?;
    let services = Services::new(db, product.config.models_dir(), Clock::system(), Cost::for_tests())?;
    if services.registry.active(&services.db).await.is_ok() {
        bail!("the database has a plant already: --part load needs one of its own");
    }
    progress.at("importing the plant", 0.0);
    product.command("import").arg(&tables[0]).run()?;
    progress.at("training a model", 0.0);
    product.command("train").run()?;
    let people = people::add(&services, n_clients).await?;
    let model = services.registry.active(&services.db).await?.row.id.to_string();
    let codes = codes(&services).await?;
    services.db.close().await;

    progress.at("serving", 0.0);
    let mut server = Served::start(&product, &[])?;
    let ready_s = server.wait().await?;
    let load = Load::new(server.addr, people, codes, model);
    // What is loaded on first use is loaded now.
    load.during(|| std::thread::sleep(IDLE / 5));
    std::thread::sleep(REST);
    let before = server.used();
    progress.at("asking at rest", 0.0);
    let idle = load.during(|| std::thread::sleep(IDLE));
    progress.at("asking during an import", 0.0);
    let importing = product.command("import").arg(&tables[1]).spawn()?;
    let import = load.during(|| importing.wait());
    progress.at("asking during a training", 0.0);
    let trained = product.command("train").arg("--seed").arg("2").spawn()?;
    let training = load.during(|| trained.wait());
    std::thread::sleep(REST);
    let after = server.used();
    server.stop()?;
    import.result?;
    training.result?;
    let phases = vec![
        phase("idle", &idle.told, None, idle.seconds),
        phase("import", &import.told, Some(&idle.told), import.seconds),
        phase("training", &training.told, Some(&idle.told), training.seconds),
    ];
    Ok(Report {
        machine: Machine::this(),
        n_items,
        n_clients,
        database: if database_url.is_some() { "PostgreSQL" } else { "SQLite" },
        ready_s,
        phases,
        memory_bytes: [before.0, after.0],
        file_handles: [before.1, after.1],
    })
}

fn phase(name: &'static str, told: &Told, idle: Option<&Told>, seconds: f64) -> Phase {
    let times = |of: fn(&Told) -> &Vec<f64>| {
        let p95_ms = percentile(of(told), 0.95);
        Times {
            median_ms: percentile(of(told), 0.5),
            p95_ms,
            ratio: idle.map(|idle| p95_ms / percentile(of(idle), 0.95)),
        }
    };
    Phase {
        name,
        seconds,
        n_requests: told.pages.len() + told.rest.len() + told.writes.len(),
        n_failed: told.n_failed,
        pages: times(|told| &told.pages),
        rest: times(|told| &told.rest),
        writes: times(|told| &told.writes),
    }
}

/// The value that so much of all does not exceed; NaN of nothing.
fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

/// Codes of the plant's items as the import read them, some hundreds.
pub(super) async fn codes(services: &Services) -> Result<Vec<String>> {
    let all = current::described_items(&services.db).await?;
    let step = all.len().div_ceil(500).max(1);
    Ok(all.into_iter().step_by(step).collect())
}

fn table(report: &Report) -> String {
    let mut lines = vec![
        format!(
            "{} items, {} clients, {}, {} cores",
            report.n_items, report.n_clients, report.database, report.machine.n_cores
        ),
        format!(
            "{:<10}{:>9}{:>10}{:>8}  {:<24}{:<24}{:<24}",
            "", "seconds", "requests", "failed", "pages p50/p95 ms", "REST p50/p95 ms", "verdicts p50/p95 ms"
        ),
    ];
    for phase in &report.phases {
        let times = |times: &Times| {
            let ratio = times.ratio.map_or_else(String::new, |ratio| format!(" ({ratio:.2}x)"));
            format!("{:.1} / {:.1}{ratio}", times.median_ms, times.p95_ms)
        };
        lines.push(format!(
            "{:<10}{:>9.1}{:>10}{:>8}  {:<24}{:<24}{:<24}",
            phase.name,
            phase.seconds,
            phase.n_requests,
            phase.n_failed,
            times(&phase.pages),
            times(&phase.rest),
            times(&phase.writes)
        ));
    }
    let megabytes = |bytes: Option<f64>| bytes.map_or_else(|| "?".to_owned(), |bytes| format!("{:.0}", bytes / 1e6));
    let count = |n: Option<usize>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
    let ([memory_before, memory_after], [handles_before, handles_after]) = (report.memory_bytes, report.file_handles);
    lines.push(format!("ready after {:.1} s", report.ready_s));
    lines.push(format!("memory {} -> {} MB", megabytes(memory_before), megabytes(memory_after)));
    lines.push(format!("file handles {} -> {}", count(handles_before), count(handles_after)));
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn a_percentile_is_a_value_that_so_many_do_not_exceed() {
        let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!((percentile(&values, 0.5), percentile(&values, 0.95)), (50.0, 95.0));
        assert_eq!(percentile(&[7.0], 0.95), 7.0);
        assert!(percentile(&[], 0.5).is_nan());
    }
}
