//! Part families: groups of alike items, by k-means over embeddings.
//!
//! Comes in: embeddings of a plant's items. Goes out: the centres of its families, and the family of any embedding.
//! Never does: names for families, similarity to a query.

#[cfg(feature = "train")]
use linfa::DatasetBase;
#[cfg(feature = "train")]
use linfa::prelude::Fit;
#[cfg(feature = "train")]
use linfa_clustering::KMeans;
#[cfg(feature = "train")]
use ndarray::Array2;
#[cfg(feature = "train")]
use rand::SeedableRng;
#[cfg(feature = "train")]
use rand_xoshiro::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

#[cfg(feature = "train")]
use crate::encode::DIMENSIONS;
use crate::encode::Point;

/// Items that the centres are fitted to.
#[cfg(feature = "train")]
const MAX_FITTED: usize = 6_000;
/// Most families.
#[cfg(feature = "train")]
const MAX_FAMILIES: usize = 64;

/// The part families of a plant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Families {
    /// Empty where all items are one family.
    centres: Vec<Vec<f32>>,
}

impl Families {
    /// Of the items with these embeddings. The number of families grows with the square root of the number of items, 1 to 64.
    #[cfg(feature = "train")]
    pub fn fit(points: &[Point], seed: u64) -> Self {
        let n_families = libm::sqrt(points.len() as f64 / 2.0) as usize;
        if n_families < 2 {
            return Self::default();
        }
        let step = points.len().div_ceil(MAX_FITTED);
        let fitted: Vec<&Point> = points.iter().step_by(step).collect();
        let n_families = n_families.min(MAX_FAMILIES).min(fitted.len());
        let matrix = Array2::from_shape_fn((fitted.len(), DIMENSIONS), |(row, column)| {
            f32::from(fitted[row].components()[column])
        });
        let dataset = DatasetBase::from(matrix);
        let rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let params = KMeans::params_with_rng(n_families, rng).n_runs(1).max_n_iterations(50).tolerance(1e-2);
        match params.fit(&dataset) {
            Ok(model) => Self { centres: model.centroids().rows().into_iter().map(|row| row.to_vec()).collect() },
            // No clusters in the data (all points equal, say): one family then.
            Err(_) => Self::default(),
        }
    }

    /// The family whose centre is nearest; of equally near ones the first.
    pub fn of(&self, point: &Point) -> u16 {
        let distance = |centre: &[f32]| -> f32 {
            let square = |(a, b): (&f32, &i8)| (a - f32::from(*b)) * (a - f32::from(*b));
            centre.iter().zip(point.components()).map(square).sum()
        };
        let mut nearest = (0, f32::INFINITY);
        for (at, centre) in self.centres.iter().enumerate() {
            let distance = distance(centre);
            if distance < nearest.1 {
                nearest = (at, distance);
            }
        }
        nearest.0 as u16
    }
}
