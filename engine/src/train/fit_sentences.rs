//! A few numbers out of long vectors: the axes along which the training items differ most.
//!
//! # Source
//! Pearson, "On lines and planes of closest fit", 1901 (principal components); Rutishauser, "Simultaneous iteration method
//! for symmetric matrices", 1970.

use crate::domain::Item;
use crate::features::{SentenceBlock, Sentences};

/// Numbers of each text.
const N_AXES: usize = 24;
/// Items that the axes are fitted to.
const MAX_ITEMS: usize = 3_000;
const N_ROUNDS: usize = 40;

/// The coordinates of all texts along the axes of `items` alone; `None` when fewer than three of them have a vector.
pub fn reduce(sentences: &Sentences, items: &[&Item]) -> Option<SentenceBlock> {
    let step = items.len().div_ceil(MAX_ITEMS).max(1);
    let rows: Vec<&[f32]> =
        items.iter().step_by(step).filter_map(|item| sentences.vector(item)).map(Vec::as_slice).collect();
    let n = rows.first()?.len();
    if rows.len() < 3 || rows.iter().any(|row| row.len() != n) {
        return None;
    }
    let mean: Vec<f64> =
        (0..n).map(|at| rows.iter().map(|row| f64::from(row[at])).sum::<f64>() / rows.len() as f64).collect();
    let axes = axes(&covariance(&rows, &mean), n, N_AXES.min(rows.len() - 1).min(n));
    let project = |vector: &[f32]| -> Vec<f64> {
        let along = |axis: &Vec<f64>| -> f64 {
            axis.iter().zip(vector).zip(&mean).map(|((a, x), mean)| a * (f64::from(*x) - mean)).sum()
        };
        axes.iter().map(along).collect()
    };
    let mut furthest = vec![0.0f64; axes.len()];
    for row in &rows {
        furthest.iter_mut().zip(project(row)).for_each(|(most, x)| *most = most.max(x.abs()));
    }
    Some(sentences.block(&furthest, project))
}

/// Row by row, n × n.
fn covariance(rows: &[&[f32]], mean: &[f64]) -> Vec<f64> {
    let n = mean.len();
    let mut sums = vec![0.0; n * n];
    for row in rows {
        let centred: Vec<f64> = row.iter().zip(mean).map(|(x, mean)| f64::from(*x) - mean).collect();
        for (at, x) in centred.iter().enumerate() {
            sums[at * n..(at + 1) * n].iter_mut().zip(&centred).for_each(|(sum, y)| *sum += x * y);
        }
    }
    sums.iter_mut().for_each(|sum| *sum /= rows.len() as f64);
    sums
}

/// The `n_axes` directions of largest variance, largest first, each of length 1 with its largest component positive.
fn axes(covariance: &[f64], n: usize, n_axes: usize) -> Vec<Vec<f64>> {
    // Any start that is not orthogonal to what is sought: fixed, so that the same items give the same axes.
    let start = |axis: usize, at: usize| ((at * 2 + 1) * (axis * 2 + 1) % 1009) as f64 / 1009.0 - 0.5;
    let mut axes: Vec<Vec<f64>> = (0..n_axes).map(|axis| (0..n).map(|at| start(axis, at)).collect()).collect();
    orthonormalise(&mut axes);
    for _ in 0..N_ROUNDS {
        for axis in &mut axes {
            *axis = covariance.chunks(n).map(|row| row.iter().zip(&*axis).map(|(c, a)| c * a).sum()).collect();
        }
        orthonormalise(&mut axes);
    }
    for axis in &mut axes {
        let largest = axis.iter().copied().fold(0.0, |most: f64, x| if x.abs() > most.abs() { x } else { most });
        if largest < 0.0 {
            axis.iter_mut().for_each(|x| *x = -*x);
        }
    }
    axes
}

/// Gram and Schmidt; what is nothing but the others becomes 0.
fn orthonormalise(axes: &mut [Vec<f64>]) {
    let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    for at in 0..axes.len() {
        let (before, rest) = axes.split_at_mut(at);
        let axis = &mut rest[0];
        let whole = dot(axis, axis).sqrt();
        for other in before.iter() {
            let shared = dot(axis, other);
            axis.iter_mut().zip(other).for_each(|(x, y)| *x -= shared * y);
        }
        let length = dot(axis, axis).sqrt();
        let by = if length > 1e-9 * whole { 1.0 / length } else { 0.0 };
        axis.iter_mut().for_each(|x| *x *= by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_directions_of_largest_variance_are_found_in_order() {
        // Variance 9 along (3, 4, 0) / 5, 4 along (−4, 3, 0) / 5, 1 along the third axis.
        let basis = [[0.6, 0.8, 0.0], [-0.8, 0.6, 0.0], [0.0, 0.0, 1.0]];
        let mut covariance = vec![0.0; 9];
        for (direction, variance) in basis.iter().zip([9.0, 4.0, 1.0]) {
            for (at, cell) in covariance.iter_mut().enumerate() {
                *cell += variance * direction[at / 3] * direction[at % 3];
            }
        }
        let found = axes(&covariance, 3, 2);
        for (axis, expected) in found.iter().zip([[0.6, 0.8, 0.0], [0.8, -0.6, 0.0]]) {
            assert!(axis.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{axis:?}");
        }
    }

    #[test]
    fn only_the_given_items_decide_the_axes() {
        let items: Vec<Item> = (0..12).map(|n| Item::new(format!("X{n:02}")).named(format!("part {n}"))).collect();
        let with = |outlier: f32| {
            let mut sentences = Sentences::of(&items);
            let last = sentences.texts().iter().position(|text| *text == "part 11").expect("it is there");
            let mut vectors: Vec<Vec<f32>> = (0..12).map(|n| vec![n as f32, (n * n % 5) as f32]).collect();
            vectors[last] = vec![outlier, -outlier];
            sentences.set_vectors(vectors);
            let block = reduce(&sentences, &items[..11].iter().collect::<Vec<_>>()).expect("there are vectors");
            items.iter().map(|item| block.numbers(item).expect("all are known").to_vec()).collect::<Vec<_>>()
        };
        let (near, far) = (with(0.0), with(1e3));
        assert_eq!(near[..11], far[..11], "an item that is held out changes nothing");
        assert_ne!(near[11], far[11]);
    }
}
