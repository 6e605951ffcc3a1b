//! Learns how much each feature says about the routing: metric learning by non-negative least squares.

use rand::Rng;

use rayon::prelude::*;

use crate::features::{Feature, Value};
use crate::index::Catalogue;
use crate::predict::align::edit_similarity;

use super::trials::LeaveOneOut;

/// Items that are compared with others.
const N_QUERIES: usize = 600;
/// Near and random partners of each.
const N_NEAR: usize = 40;
const N_RANDOM: usize = 25;
/// Rounds in which the near partners are found anew with the weights of the last round.
const N_ROUNDS: usize = 2;
/// The largest weight; the others are relative to it.
const LARGEST: f64 = 2.5;
/// Fewer items than this say nothing reliable about weights.
const LEAST_ITEMS: usize = 30;

/// One weight per feature: the learned ones, or the defaults when the learned ones do not answer better.
///
/// A pair of items gives one equation: the weighted agreements should predict how alike their routings are. Both
/// sides are centred per query, since only the order of neighbours matters.
///
/// # Source
/// Distance metric learning as regression on similarities; solved by coordinate descent for non-negative least squares
/// (Franc, Hlaváč, Navara, 2005).
pub fn learn(trials: &LeaveOneOut, catalogue: &mut Catalogue, features: &[Feature]) -> Vec<f64> {
    let defaults: Vec<f64> = features.iter().map(|feature| feature.weight).collect();
    if trials.len() < LEAST_ITEMS {
        return defaults;
    }
    let mut best = (trials.worth_of_catalogue(catalogue), defaults);
    for _ in 0..N_ROUNDS {
        let Some(learned) = round(trials, catalogue, features.len()) else { break };
        catalogue.set_weights(&learned);
        let worth = trials.worth_of_catalogue(catalogue);
        if worth > best.0 {
            best = (worth, learned);
        }
    }
    catalogue.set_weights(&best.1);
    best.1
}

/// Sums of products over all pairs.
struct Normal {
    gram: Vec<f64>,
    right: Vec<f64>,
    n: usize,
}

fn round(trials: &LeaveOneOut, catalogue: &Catalogue, n_features: usize) -> Option<Vec<f64>> {
    let parts: Vec<Normal> = trials
        .sample(N_QUERIES)
        .par_iter()
        .enumerate()
        .map(|(order, at)| {
            (trials.check)();
            normal_of(trials, catalogue, *at, order % 2 == 1)
        })
        .collect();
    let mut sum = Normal { gram: vec![0.0; n_features * n_features], right: vec![0.0; n_features], n: 0 };
    for part in parts {
        sum.gram.iter_mut().zip(&part.gram).for_each(|(total, x)| *total += x);
        sum.right.iter_mut().zip(&part.right).for_each(|(total, x)| *total += x);
        sum.n += part.n;
    }
    let weights = non_negative_least_squares(&sum.gram, &sum.right, 1e-3 * sum.n as f64);
    let largest = weights.iter().copied().fold(0.0, f64::max);
    (largest > 0.0).then(|| weights.iter().map(|weight| weight / largest * LARGEST).collect())
}

fn normal_of(trials: &LeaveOneOut, catalogue: &Catalogue, at: usize, hides_family: bool) -> Normal {
    let values = trials.values(at);
    let is_allowed = |other: usize| other != at && !(hides_family && trials.is_same_name_family(at, other));
    let mut partners: Vec<usize> =
        catalogue.nearest(values, N_NEAR, is_allowed).into_iter().map(|hit| hit.item_idx).collect();
    let mut rng = trials.rng(at);
    partners.extend((0..N_RANDOM).map(|_| rng.gen_range(0..trials.len())).filter(|other| is_allowed(*other)));
    let n_features = values.len();
    let truth = trials.truth(at);
    let mut rows: Vec<(Vec<f64>, f64)> = partners
        .iter()
        .map(|other| {
            let agreement = |(feature, value): (usize, &Value)| {
                let rarity = match value {
                    Value::Category { rarity, .. } => f64::from(*rarity),
                    _ => 1.0,
                };
                rarity * catalogue.agreement(feature, value, *other)
            };
            let jobs = trials.truth(*other);
            let alike = 0.5 * edit_similarity(&truth, &jobs) + 0.5 * f64::from(u8::from(truth == jobs));
            (values.iter().enumerate().map(agreement).collect(), alike)
        })
        .collect();
    centre(&mut rows);
    let mut normal = Normal { gram: vec![0.0; n_features * n_features], right: vec![0.0; n_features], n: rows.len() };
    for (row, alike) in &rows {
        for (i, x) in row.iter().enumerate().filter(|(_, x)| **x != 0.0) {
            normal.right[i] += x * alike;
            for (j, y) in row.iter().enumerate() {
                normal.gram[i * n_features + j] += x * y;
            }
        }
    }
    normal
}

fn centre(rows: &mut [(Vec<f64>, f64)]) {
    let n = rows.len().max(1) as f64;
    let Some(width) = rows.first().map(|(row, _)| row.len()) else { return };
    for column in 0..width {
        let mean = rows.iter().map(|(row, _)| row[column]).sum::<f64>() / n;
        rows.iter_mut().for_each(|(row, _)| row[column] -= mean);
    }
    let mean = rows.iter().map(|(_, alike)| alike).sum::<f64>() / n;
    rows.iter_mut().for_each(|(_, alike)| *alike -= mean);
}

/// Minimises ½ wᵀ(G + ridge)w − rᵀw over w ≥ 0, one coordinate after another.
///
/// # Shapes
/// `gram` is n × n by rows, `right` has n entries.
fn non_negative_least_squares(gram: &[f64], right: &[f64], ridge: f64) -> Vec<f64> {
    let n = right.len();
    let mut weights = vec![0.0; n];
    for _ in 0..500 {
        let mut change = 0.0f64;
        for i in 0..n {
            let diagonal = gram[i * n + i] + ridge;
            if diagonal <= 0.0 {
                continue;
            }
            let others: f64 = (0..n).map(|j| gram[i * n + j] * weights[j]).sum::<f64>() - gram[i * n + i] * weights[i];
            let new = ((right[i] - others) / diagonal).max(0.0);
            change = change.max((new - weights[i]).abs());
            weights[i] = new;
        }
        if change < 1e-9 {
            break;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn least_squares_keeps_what_helps_and_drops_what_hurts() {
        // y = 2a − b: the best non-negative weights use a only.
        let rows = [[1.0, 0.0, 2.0], [0.0, 1.0, -1.0], [1.0, 1.0, 1.0], [2.0, 1.0, 3.0]];
        let mut gram = vec![0.0; 4];
        let mut right = vec![0.0; 2];
        for [a, b, y] in rows {
            let row = [a, b];
            for i in 0..2 {
                right[i] += row[i] * y;
                for j in 0..2 {
                    gram[i * 2 + j] += row[i] * row[j];
                }
            }
        }
        let weights = non_negative_least_squares(&gram, &right, 0.0);
        assert!(weights[0] > 1.0, "{weights:?}");
        assert_eq!(weights[1], 0.0);
    }
}
