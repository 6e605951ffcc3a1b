//! The small local index of an offline bundle: HNSW over embeddings, every candidate scored again exactly.
//!
//! It is built once on the server, travels in the bundle, and serves only when it finds what exact search finds.

use instant_distance::{Builder, HnswMap, Search};
use serde::{Deserialize, Serialize};

use crate::encode::Point;
use crate::features::Value;

use super::{Catalogue, Hit};

/// Least recall@10 against exact search at which the local index may answer; below it, exact search does.
pub const RECALL_GATE: f64 = 0.99;
/// Candidates that the graph search keeps and hands to exact scoring.
const EF: usize = 256;

/// A graph over the items of one bundle.
#[derive(Serialize, Deserialize)]
pub struct LocalIndex {
    graph: HnswMap<Point, u32>,
}

impl LocalIndex {
    /// Builds the graph over `points`, in the order of the catalogue.
    ///
    /// One thread only: with more, the graph depends on who comes first (see `docs/adr`).
    pub fn build(points: Vec<Point>, seed: u64) -> Self {
        let values = (0..points.len() as u32).collect();
        let build = || Builder::default().seed(seed).ef_construction(EF).ef_search(EF).build(points, values);
        let graph = match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
            Ok(pool) => pool.install(build),
            // No threads at all, as in the browser: rayon then runs on the caller, which is one thread too.
            Err(_) => build(),
        };
        Self { graph }
    }

    /// The `k` nearest allowed items among the candidates of the graph, scored exactly.
    pub fn nearest(
        &self,
        catalogue: &Catalogue,
        query: &[Value],
        point: &Point,
        k: usize,
        is_allowed: impl Fn(usize) -> bool,
    ) -> Vec<Hit> {
        let mut search = Search::default();
        let found = self.graph.search(point, &mut search);
        let candidates = found.map(|entry| *entry.value as usize).filter(|at| is_allowed(*at)).collect::<Vec<_>>();
        catalogue.rank(query, candidates, k)
    }

    /// Share of the exact ten nearest that the graph finds, over `queries` (position, values, point) of the catalogue.
    pub fn recall_at_10(&self, catalogue: &Catalogue, queries: &[(usize, Vec<Value>, Point)]) -> f64 {
        let (mut n_found, mut n_true) = (0usize, 0usize);
        for (itself, values, point) in queries {
            let exact = catalogue.nearest(values, 10, |at| at != *itself);
            let local = self.nearest(catalogue, values, point, 10, |at| at != *itself);
            // An item at the same score as the tenth is as good as the tenth.
            let least = exact.last().map_or(0.0, |hit| hit.score);
            n_true += exact.len();
            n_found += local.iter().filter(|hit| hit.score >= least).count().min(exact.len());
        }
        if n_true == 0 { 1.0 } else { n_found as f64 / n_true as f64 }
    }
}
