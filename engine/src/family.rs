//! Part families: groups of alike items, by k-means over embeddings.
//!
//! Comes in: one embedding per item. Goes out: one family number per item.
//! Never does: names for families, similarity to a query.

use linfa::DatasetBase;
use linfa::prelude::{Fit, Predict};
use linfa_clustering::KMeans;
use ndarray::Array2;
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::encode::{DIMENSIONS, Point};

/// Items that the centres are fitted to.
const MAX_FITTED: usize = 6_000;
/// Most families.
const MAX_FAMILIES: usize = 64;

/// Family of each point. The number of families grows with the square root of the number of items, 1 to 64.
pub fn part_families(points: &[Point], seed: u64) -> Vec<u16> {
    let n_families = libm::sqrt(points.len() as f64 / 2.0) as usize;
    if n_families < 2 {
        return vec![0; points.len()];
    }
    let step = points.len().div_ceil(MAX_FITTED);
    let fitted: Vec<&Point> = points.iter().step_by(step).collect();
    let n_families = n_families.min(MAX_FAMILIES).min(fitted.len());
    let dataset = DatasetBase::from(matrix(&fitted));
    let rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let model = KMeans::params_with_rng(n_families, rng).n_runs(1).max_n_iterations(50).tolerance(1e-2).fit(&dataset);
    match model {
        Ok(model) => {
            model.predict(&matrix(&points.iter().collect::<Vec<_>>())).iter().map(|family| *family as u16).collect()
        }
        // No clusters in the data (all points equal, say): one family then.
        Err(_) => vec![0; points.len()],
    }
}

fn matrix(points: &[&Point]) -> Array2<f32> {
    Array2::from_shape_fn((points.len(), DIMENSIONS), |(row, column)| f32::from(points[row].components()[column]))
}
