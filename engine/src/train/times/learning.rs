//! How much faster orders get as a routing grows old.

use std::collections::BTreeMap;

use crate::domain::{Date, Item};
use crate::features::{FeatureKind, Schema};
use crate::predict::times::Learning;

use super::robust::{median, sd_around_zero};
use super::samples::Sample;
use crate::snapshot::observed::Observed;

/// Sum of squares of maturities that "no learning" counts for in the plant, as if seen that often without any.
const PRIOR_PLANT: f64 = 5.0;
/// The same for what the plant learns, in a job.
const PRIOR_JOB: f64 = 10.0;
/// Jobs that must show it before the plant is said to learn.
const LEAST_JOBS: usize = 3;
/// Residuals are cut at so many standard deviations.
const CUT: f64 = 2.0;
/// Rounds in which residuals are taken anew.
const N_ROUNDS: usize = 3;
/// Share of the routed items that must have a day for it to tell how old an item is.
const LEAST_SHARE: f64 = 0.5;

/// What all learning together adds to the logarithm of a time, by job: a robust slope over maturity, within steps, so that
/// old and new items are never compared with each other. Jobs lean on the plant.
pub fn slopes(samples: &[Sample], n_jobs: usize) -> Vec<f64> {
    // Per report: maturity and logarithm, both around the middle of their step.
    let mut points: Vec<Vec<(f64, f64)>> = vec![Vec::new(); n_jobs];
    for sample in samples {
        let known: Vec<(f64, f64)> = sample
            .reports
            .iter()
            .zip(&sample.maturities)
            .filter_map(|((log, _), maturity)| Some((maturity.as_ref().copied()?, *log)))
            .collect();
        if known.len() < 2 {
            continue;
        }
        let middle = median(known.iter().map(|(_, log)| (*log, 1.0)).collect()).unwrap_or_default();
        let mean = known.iter().map(|(maturity, _)| maturity).sum::<f64>() / known.len() as f64;
        points[sample.job as usize].extend(known.iter().map(|(maturity, log)| (maturity - mean, log - middle)));
    }
    let n_learning = points.iter().filter(|points| !points.is_empty()).count();
    let plant = if n_learning < LEAST_JOBS { 0.0 } else { slope(&points.concat(), 0.0, PRIOR_PLANT) };
    points.iter().map(|points| slope(points, plant, PRIOR_JOB)).collect()
}

fn slope(points: &[(f64, f64)], prior: f64, prior_squares: f64) -> f64 {
    let mut slope = prior;
    for _ in 0..N_ROUNDS {
        let Some(sd) = sd_around_zero(points.iter().map(|(x, y)| y - slope * x)) else { return prior };
        let (mut squares, mut products) = (0.0, 0.0);
        for (x, y) in points {
            squares += x * x;
            products += x * (slope * x + (y - slope * x).clamp(-CUT * sd, CUT * sd));
        }
        slope = (products + prior_squares * prior) / (squares + prior_squares);
    }
    slope
}

/// Which attribute tells how old an item is, and how mature the plant's orders are on average.
pub fn learning(schema: &Schema, routed: &[&Item], observed: &Observed, as_of: Option<Date>) -> Learning {
    let mut filled: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in schema.features.iter().filter(|feature| feature.kind == FeatureKind::Date) {
        let is_day = |item: &&&Item| item.attributes.get(&feature.name).is_some_and(|day| day.parse::<Date>().is_ok());
        filled.insert(&feature.name, routed.iter().filter(is_day).count());
    }
    let fullest = filled.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
    let born = fullest.filter(|(_, n)| *n as f64 >= LEAST_SHARE * routed.len() as f64).map(|(name, _)| name.to_owned());
    let (mut sum, mut n) = (0.0, 0.0);
    for maturity in observed.reports().iter().filter_map(|report| report.maturity) {
        sum += maturity;
        n += 1.0;
    }
    Learning { born, as_of, mean: if n > 0.0 { sum / n } else { 1.0 } }
}
