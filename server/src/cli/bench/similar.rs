//! `bench --part similar`: the most similar items by reading all of them, beside a graph of hnswlib over the same items.
//!
//! The graph searches vectors, which only resemble the similarity that counts; its candidates are scored by the same code as
//! the exact search scores its own, and the time for that is counted.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use engine::encode::{DIMENSIONS, Point, sketch};
use engine::features::{Encoder, Value, infer_schema};
use engine::index::Catalogue;
use engine::side_by_side;
use serde::{Deserialize, Serialize};

use super::clocked::{Spread, clocked};
use super::report::{Machine, Measure, Peer};
use super::search::items;
use super::table;
use crate::cli::Console;

/// Items that are asked for, spread over all.
const N_QUERIES: usize = 300;
/// Similar items that are wanted.
const K: usize = 10;
/// Candidates that the graph gives to exact scoring: as few as find what is wanted.
const N_CANDIDATES: [usize; 4] = [256, 1_024, 4_096, 16_384];
/// Share of the true ten that is to be found.
const RECALL: f64 = 0.99;

#[derive(Serialize)]
struct Report {
    machine: Machine,
    seed: u64,
    n_items: usize,
    /// Share of the ten most similar items that the graph finds, and of how many candidates; `None` where it could not run.
    peer_recall_at_10: Option<(f64, usize)>,
    measures: Vec<Measure>,
}

/// What the script says.
#[derive(Deserialize)]
struct Told {
    build_s: f64,
    /// For each number of candidates.
    query_ms: Vec<Vec<f64>>,
}

pub fn run(n_items: u32, seed: u64, script: &Path, is_json: bool, console: &mut Console) -> Result<()> {
    let progress = console.progress();
    progress.at("making items", 0.0);
    let items = items(usize::try_from(n_items)?, seed)?;
    let all: Vec<_> = items.iter().collect();
    let encoder = Encoder::fit(infer_schema(&items), &all);
    progress.at("laying them out", 0.0);
    let encode = |at: usize| encoder.encode(&items[at]);
    let (build_s, catalogue) = clocked(|| Catalogue::of(&encoder, side_by_side::ahead(items.len(), encode)));
    let step = (items.len() / N_QUERIES).max(1);
    let queries: Vec<(usize, Vec<Value>)> =
        (0..items.len()).step_by(step).take(N_QUERIES).map(|at| (at, encode(at))).collect();
    progress.at("reading all of them", 0.0);
    let exact = Spread::of(&queries, |(itself, values)| catalogue.nearest(values, K, |at| at != *itself));

    progress.at("asking the peer", 0.0);
    let points: Vec<Point> = side_by_side::ahead(items.len(), |at| sketch(&encoder, &encode(at))).collect();
    let folder = std::env::temp_dir().join(format!("routing-ml-bench-{}", std::process::id()));
    let asked = ask(script, &folder, &points, &queries);
    // What cannot be removed stays for whoever cleans the temporary folder.
    let _ = std::fs::remove_dir_all(&folder);
    progress.done();
    let mut report =
        Report { machine: Machine::this(), seed, n_items: items.len(), peer_recall_at_10: None, measures: Vec::new() };
    if let Some((told, found)) = asked? {
        let truths: Vec<_> =
            queries.iter().map(|(itself, values)| catalogue.nearest(values, K, |at| at != *itself)).collect();
        for ((n_candidates, graph_ms), found) in N_CANDIDATES.into_iter().zip(&told.query_ms).zip(found) {
            let (mut ms, mut n_found, mut n_true) = (Vec::new(), 0, 0);
            for ((((itself, values), truth), graph_ms), found) in queries.iter().zip(&truths).zip(graph_ms).zip(found) {
                let others = found.into_iter().map(|at| at as usize).filter(|at| at != itself);
                let (scoring_s, hits) = clocked(|| catalogue.rank(values, others, K));
                ms.push(graph_ms + scoring_s * 1e3);
                // An item at the same score as the tenth is as good as the tenth.
                let least = truth.last().map_or(0.0, |hit| hit.score);
                n_true += truth.len();
                n_found += hits.iter().filter(|hit| hit.score >= least).count().min(truth.len());
            }
            let (graph, recall) = (Spread::new(ms), n_found as f64 / n_true as f64);
            report.peer_recall_at_10 = Some((recall, n_candidates));
            let peer = |value| Peer::new("hnswlib and exact scoring", value);
            report.measures = vec![
                Measure::new("build_s", Some(build_s), peer(told.build_s)),
                Measure::new("query_median_ms", Some(exact.median_ms()), peer(graph.median_ms())),
                Measure::new("query_p95_ms", Some(exact.p95_ms()), peer(graph.p95_ms())),
            ];
            if recall >= RECALL {
                break;
            }
        }
    }
    if is_json {
        return console.json(&report);
    }
    let mut text = format!("{} items, seed {seed}, {} asked for\n", report.n_items, queries.len());
    match report.peer_recall_at_10 {
        Some((recall, n_candidates)) => {
            text += &table::of_measures(&report.machine, &report.measures);
            text +=
                &format!("\nrecall@10: 1 by reading all, {recall:.3} by the graph with {n_candidates} candidates\n");
        }
        None => {
            text += &format!(
                "build {build_s:.2} s, query median {:.2} ms, p95 {:.2} ms\n\
                 the graph was not measured: it needs python3 with numpy and hnswlib, and {}\n",
                exact.median_ms(),
                exact.p95_ms(),
                script.display()
            );
        }
    }
    Ok(console.out().write_all(text.as_bytes())?)
}

/// The candidates of each query.
type Candidates = Vec<BTreeSet<u32>>;

/// What the script says, and for each number of candidates these; `None` when it cannot run.
fn ask(
    script: &Path,
    folder: &Path,
    points: &[Point],
    queries: &[(usize, Vec<Value>)],
) -> Result<Option<(Told, Vec<Candidates>)>> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot write {}", folder.display()))?;
    let bytes = |points: &mut dyn Iterator<Item = &Point>| -> Vec<u8> {
        points.flat_map(Point::components).map(|component| component.to_le_bytes()[0]).collect()
    };
    std::fs::write(folder.join("points.i8"), bytes(&mut points.iter()))?;
    std::fs::write(folder.join("queries.i8"), bytes(&mut queries.iter().map(|(at, _)| &points[*at])))?;
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let arguments = std::iter::once(DIMENSIONS).chain(N_CANDIDATES).map(|number| number.to_string());
    let Ok(ran) = Command::new(python).arg(script).arg(folder).args(arguments).output() else { return Ok(None) };
    let Ok(told) = serde_json::from_slice::<Told>(&ran.stdout) else { return Ok(None) };
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
    let read = |n_candidates: usize| -> Result<Candidates> {
        let found = std::fs::read(folder.join(format!("candidates-{n_candidates}.u32")))?;
        Ok(found.chunks_exact(4 * n_candidates).map(|row| row.chunks_exact(4).map(number).collect()).collect())
    };
    Ok(Some((told, N_CANDIDATES.into_iter().map(read).collect::<Result<_>>()?)))
}
