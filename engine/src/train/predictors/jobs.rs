//! Fits the models of single jobs: whether an item takes each at all.

use rayon::prelude::*;

use crate::ensemble::{Jobs, Taken};
use crate::train::fit_boost::Table;
use crate::train::fit_forest::{Columns, Example};

use super::{Fitting, evenly};

/// Fits the models of single jobs; `truths` holds the main route of each item.
pub fn fit(fitting: &Fitting, truths: &[Vec<u32>]) -> Jobs {
    let params = &fitting.params.jobs;
    let sampled = evenly(truths.len(), params.max_items);
    let examples: Vec<Example> = sampled.iter().map(|at| fitting.example(*at, None)).collect();
    let (columns, table) = rayon::join(|| Columns::of(&examples), || Table::of(&examples));
    let taken = |job: u32| {
        let labels: Vec<u16> = sampled.iter().map(|at| u16::from(truths[*at].contains(&job))).collect();
        let count = labels.iter().filter(|label| **label == 1).count();
        // Nobody is a half, so that nothing is impossible.
        let share = (count as f32 + 0.5) / (labels.len() as f32 + 1.0);
        if count.min(labels.len() - count) < params.least_takers {
            return Taken { share, ..Taken::default() };
        }
        let seed = fitting.seed ^ (u64::from(job) + 1) << 16;
        Taken {
            share,
            trees: fitting.forest(&[0, 1], &columns, &labels, seed),
            boost: fitting.boost(&[0, 1], &table, &labels, seed),
        }
    };
    Jobs { taken: (0..fitting.shape.n_jobs).into_par_iter().map(taken).collect() }
}
