//! `bench --part tuning`: the same work with one core and nothing remembered, and as the product does it.
//!
//! Comes in: a size and a seed. Goes out: the table of `docs/CPU.md`, measured on the reader's machine.
//! Never does: change a setting of the machine that outlasts it.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use engine::Model;
use engine::demo::{DemoSettings, generate};
use engine::domain::Item;
use engine::import::Profile;
use engine::predict::PredictOptions;
use engine::snapshot::Snapshot;
use engine::train::{TrainSettings, train_from};
use engine::watch::unwatched;
use rayon::prelude::*;
use serde_json::json;
use ureq::Agent;

use super::clocked::{Spread, clocked};
use super::load::codes;
use super::load::people::{self, Person};
use super::plant::{self, BenchPlant};
use super::product::{Product, Served};
use super::report::{Machine, Measure, Peer};
use super::{OPTIONS, table};
use crate::auth::password::Cost;
use crate::cli::Console;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::services::Services;

/// Items whose description is encoded.
const N_TEXTS: usize = 1_000;
/// Answers that are computed side by side.
const N_ANSWERS: usize = 2_000;
/// Questions over REST, and the people who ask them in turn.
const N_ASKED: usize = 200;
const N_PEOPLE: usize = 40;

/// Seconds of the same work.
struct Seconds {
    snapshot: f64,
    training: f64,
    index: f64,
    encoding: f64,
    answers: f64,
}

pub async fn run(n_items: u32, seed: u64, is_json: bool, console: &mut Console) -> Result<()> {
    let progress = console.progress();
    progress.at("making a plant", 0.0);
    let made = plant::make(usize::try_from(n_items)?, 300, seed)?;
    progress.at("all of it with one core", 0.0);
    let before = on_one_core(|| work(&made, seed))??;
    progress.at("all of it as shipped", 0.0);
    let after = work(&made, seed)?;
    drop(made);
    let folder = std::env::temp_dir().join(format!("routing-ml-bench-{}", std::process::id()));
    progress.at("asking a server", 0.0);
    let asked = ask(n_items, seed, &folder).await;
    // What cannot be removed stays for whoever cleans the temporary folder.
    let _ = std::fs::remove_dir_all(&folder);
    progress.done();
    let (one_core, first, again) = asked?;
    let row = |name, after, before| Measure::new(name, Some(after), Peer::new("one core, nothing remembered", before));
    let measures = vec![
        row("snapshot_s", after.snapshot, before.snapshot),
        row("training_s", after.training, before.training),
        row("index_build_s", after.index, before.index),
        row("encoding_1000_items_s", after.encoding, before.encoding),
        row("answers_2000_s", after.answers, before.answers),
        row("rest_first_time_p95_ms", first.p95_ms(), one_core.p95_ms()),
        row("rest_again_p95_ms", again.p95_ms(), one_core.p95_ms()),
    ];
    let machine = Machine::this();
    if is_json {
        return console.json(&json!({ "machine": machine, "n_items": n_items, "seed": seed, "measures": measures }));
    }
    let head = format!("{n_items} items, seed {seed}\n");
    Ok(console.out().write_all((head + &table::of_measures(&machine, &measures)).as_bytes())?)
}

/// What a plant waits for, one after the other.
fn work(made: &BenchPlant, seed: u64) -> Result<Seconds> {
    let pool = rayon::ThreadPoolBuilder::new().build()?;
    pool.install(|| {
        let (snapshot, plant) = clocked(|| Arc::new(Snapshot::of_plant(&made.plant)));
        let grammars = Profile::auto().standard_codes();
        let settings = TrainSettings { seed };
        let (training, model) = clocked(|| train_from(&plant, None, &grammars, &settings, &mut unwatched));
        let learned = model?.learned();
        let (index, model) = clocked(|| learned.over(Arc::clone(&plant)));
        let items: Vec<Item> = (0..plant.len().min(N_TEXTS)).map(|at| plant.item(at)).collect();
        let (encoding, _) = clocked(|| items.par_iter().map(|item| model.embedding(item)).collect::<Vec<_>>());
        let (answers, _) = clocked(|| answered(&model, &made.queries));
        Ok(Seconds { snapshot, training, index, encoding, answers })
    })
}

fn answered(model: &Model, queries: &[Item]) -> usize {
    let options: &PredictOptions = &OPTIONS;
    let of = |at: usize| model.predict(&queries[at % queries.len()], options).candidates.len();
    (0..N_ANSWERS).into_par_iter().map(of).sum()
}

/// Answers over REST: of a server with one core and no memory, of one as shipped, and of that one again.
async fn ask(n_items: u32, seed: u64, folder: &Path) -> Result<(Spread, Spread, Spread)> {
    let tables = folder.join("tables");
    std::fs::create_dir_all(&tables).with_context(|| format!("cannot write {}", tables.display()))?;
    let settings = DemoSettings { items: usize::try_from(n_items)?, seed, standard_codes: 0 };
    for table in generate(&settings).tables {
        std::fs::write(tables.join(table.file_name), table.csv)?;
    }
    let product = Product { config: Config::new(folder.join("data"), None) };
    std::fs::create_dir_all(&product.config.data_dir)?;
    product.command("import").arg(&tables).run()?;
    product.command("train").run()?;
    let db = Db::open(&product.config.database_url).await.context("cannot open the database")?;
    let services = Services::new(db, product.config.models_dir(), Clock::system(), Cost::for_tests())?;
    // So many that none of them asks too fast.
    let people = people::add(&services, N_PEOPLE).await?;
    let codes: Vec<String> = codes(&services).await?.into_iter().take(N_ASKED).collect();
    services.db.close().await;

    let mut server = on_one_core(|| Served::start(&product, &["--answers-mb", "0"]))??;
    server.wait().await?;
    let one_core = asked(&server, &people, &codes)?;
    server.stop()?;
    let mut server = Served::start(&product, &[])?;
    server.wait().await?;
    let first = asked(&server, &people, &codes)?;
    let again = asked(&server, &people, &codes)?;
    server.stop()?;
    Ok((one_core, first, again))
}

/// Each question once.
fn asked(server: &Served, people: &[Person], codes: &[String]) -> Result<Spread> {
    let agent = Agent::new_with_defaults();
    let path = format!("http://{}/api/v1/predictions", server.addr);
    let mut ms = Vec::with_capacity(codes.len());
    for (code, person) in codes.iter().zip(people.iter().cycle()) {
        let request = agent.post(&path).header("authorization", format!("Bearer {}", person.token));
        let request = request.header("content-type", "application/json");
        let (seconds, answer) = clocked(|| {
            let mut answer = request.send(json!({ "codes": [code] }).to_string())?;
            answer.body_mut().read_to_vec()
        });
        if answer?.is_empty() {
            bail!("the server said nothing of {code}");
        }
        ms.push(seconds * 1e3);
    }
    Ok(Spread::new(ms))
}

/// Runs `work` in a thread that may use one core only, as everything that it starts.
fn on_one_core<R: Send>(work: impl FnOnce() -> R + Send) -> Result<R> {
    let run = || -> Result<R> {
        #[cfg(target_os = "linux")]
        {
            let mut one = rustix::thread::CpuSet::new();
            one.set(0);
            rustix::thread::sched_setaffinity(None, &one).context("cannot be kept on one core")?;
        }
        Ok(work())
    };
    std::thread::scope(|scope| match scope.spawn(run).join() {
        Ok(done) => done,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}
