//! Fits the sparse linear model.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::ensemble::{Softmax, normalise};
use crate::watch::Check;

/// One example: weighted terms and the position of its class.
pub struct Weighted<'a> {
    /// Terms of the item.
    pub terms: &'a [(u32, f32)],
    /// Terms of the history.
    pub more: &'a [(u32, f32)],
    pub class: u16,
}

/// Passes over the examples: more where they are few, so that every weight gets where it wants to go.
const MIN_EPOCHS: usize = 14;
const MAX_EPOCHS: usize = 60;
const N_VISITS: usize = 20_000;
/// First step of each weight; later ones shrink with what was already moved.
const STEP: f32 = 0.05;
/// Pull towards zero, as if shared out over all examples.
const RIDGE: f32 = 0.6;
/// A class that is wrong by less than this teaches nothing.
const LEAST_ERROR: f32 = 2e-3;
/// Units on either side of zero.
const UNITS: f32 = 127.0;

/// An example of many classes takes up to a millisecond.
const VISITS_BETWEEN_CHECKS: usize = 64;

/// Fits to `examples`; at most `n_entries` weights are kept.
///
/// # Source
/// Multinomial logistic regression by stochastic gradients with a step for each weight: Duchi, Hazan, Singer,
/// "Adaptive subgradient methods", 2011.
pub fn fit_softmax(classes: &[u32], examples: &[Weighted], n_entries: usize, seed: u64, check: Check) -> Softmax {
    let n_classes = classes.len();
    let mut terms: Vec<u32> =
        examples.iter().flat_map(|e| e.terms.iter().chain(e.more)).map(|(term, _)| *term).collect();
    terms.sort_unstable();
    terms.dedup();
    let local: Vec<Vec<(usize, f32)>> = examples
        .iter()
        .map(|e| {
            let place =
                |(term, weight): &(u32, f32)| (terms.binary_search(term).expect("it was listed above"), *weight);
            e.terms.iter().chain(e.more).map(place).collect()
        })
        .collect();
    let mut weights = vec![0.0f32; terms.len() * n_classes];
    let mut moved = vec![1e-4f32; terms.len() * n_classes];
    let mut bias = vec![0.0f32; n_classes];
    let mut bias_moved = vec![1e-4f32; n_classes];
    let ridge = RIDGE / examples.len().max(1) as f32;
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut errors = vec![0.0f32; n_classes];
    let mut wrong: Vec<(usize, f32)> = Vec::with_capacity(n_classes);
    let n_epochs = (N_VISITS / examples.len().max(1)).clamp(MIN_EPOCHS, MAX_EPOCHS);
    for epoch in 0..n_epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, rng.gen_range(0..=at));
        }
        let step = STEP * (1.0 - 0.9 * epoch as f32 / n_epochs as f32);
        for (visited, at) in order.iter().enumerate() {
            if visited % VISITS_BETWEEN_CHECKS == 0 {
                check();
            }
            errors.copy_from_slice(&bias);
            for (term, value) in &local[*at] {
                let row = &weights[term * n_classes..(term + 1) * n_classes];
                errors.iter_mut().zip(row).for_each(|(score, weight)| *score += value * weight);
            }
            normalise(&mut errors);
            errors[examples[*at].class as usize] -= 1.0;
            wrong.clear();
            wrong.extend(errors.iter().copied().enumerate().filter(|(_, error)| error.abs() > LEAST_ERROR));
            for (class, error) in &wrong {
                bias_moved[*class] += error * error;
                bias[*class] -= step * error / bias_moved[*class].sqrt();
            }
            for (term, value) in &local[*at] {
                for (class, error) in &wrong {
                    let place = term * n_classes + class;
                    let gradient = error * value + ridge * weights[place];
                    moved[place] += gradient * gradient;
                    weights[place] -= step * gradient / moved[place].sqrt();
                }
            }
        }
    }
    compact(classes, &terms, &weights, bias, n_entries)
}

/// Keeps the largest weights, in units.
fn compact(classes: &[u32], terms: &[u32], weights: &[f32], bias: Vec<f32>, n_entries: usize) -> Softmax {
    let n_classes = classes.len();
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_unstable_by(|a, b| b.total_cmp(a));
    let largest = sizes.first().copied().unwrap_or(0.0);
    // A few weights larger than the rest must not make all others coarse.
    let reach = sizes.get(sizes.len() / 1000).copied().unwrap_or(largest);
    let unit = (reach / UNITS).max(f32::MIN_POSITIVE);
    let least = sizes.get(n_entries).copied().unwrap_or(0.0).max(unit * 0.5);
    let mut model = Softmax { classes: classes.to_vec(), bias, unit, ..Softmax::default() };
    for (at, term) in terms.iter().enumerate() {
        let before = model.entries.len();
        for (class, weight) in weights[at * n_classes..(at + 1) * n_classes].iter().enumerate() {
            if weight.abs() > least {
                let units = libm::roundf(weight / unit).clamp(-UNITS, UNITS) as i8;
                model.entries.push((class as u16, units));
            }
        }
        if model.entries.len() > before {
            model.terms.push(*term);
            model.ends.push(model.entries.len() as u32);
        }
    }
    model
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::normalised;

    #[test]
    fn it_learns_which_term_decides() {
        // Term 1 or 2 decides the class; term 7 is everywhere.
        let inputs: Vec<Vec<(u32, f32)>> = (0..60).map(|n| vec![(1 + n % 2, 1.0), (7, 1.0)]).collect();
        let examples: Vec<Weighted> =
            inputs.iter().enumerate().map(|(n, terms)| Weighted { terms, more: &[], class: (n % 2) as u16 }).collect();
        let model = fit_softmax(&[10, 20], &examples, 100, 1, &|| ());
        let of = |term: u32| normalised(&model.scores(&[(term, 1.0), (7, 1.0)]));
        assert!(of(1)[0] > 0.9 && of(2)[1] > 0.9, "{:?} {:?}", of(1), of(2));
        assert_eq!(model, fit_softmax(&[10, 20], &examples, 100, 1, &|| ()));
    }
}
