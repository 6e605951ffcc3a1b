//! Fits confidence to the outcome of trials.

use crate::predict::confidence::{Calibration, N_SIGNS, Signs, sigmoid};

/// One trial of which the outcome is known.
#[derive(Clone, Copy, Debug)]
pub struct Trial {
    pub signs: Signs,
    /// Position of the truth among the candidates; `None` when it is not among them.
    pub true_rank: Option<usize>,
}

/// Strength of the pull towards slopes of zero, in trials.
const RIDGE: f64 = 2.0;
/// Newton steps; the fit converges in far fewer.
const N_STEPS: usize = 40;
/// Fits to trials; the default when there are too few to say anything.
///
/// # Source
/// Platt, "Probabilistic outputs for support vector machines", 1999, with several inputs, by Newton's method.
pub fn fit_calibration(trials: &[Trial]) -> Calibration {
    if trials.len() < 20 {
        return Calibration::default();
    }
    let n_coefficients = N_SIGNS + 1;
    let mut beta = vec![0.0; n_coefficients];
    for _ in 0..N_STEPS {
        let mut gradient = vec![0.0; n_coefficients];
        let mut hessian = vec![vec![0.0; n_coefficients]; n_coefficients];
        for trial in trials {
            let inputs = inputs(&trial.signs);
            let probability = sigmoid(dot(&beta, &inputs));
            let error = f64::from(u8::from(trial.true_rank == Some(0))) - probability;
            let curvature = probability * (1.0 - probability);
            for (i, x) in inputs.iter().enumerate() {
                gradient[i] += error * x;
                for (j, y) in inputs.iter().enumerate() {
                    hessian[i][j] += curvature * x * y;
                }
            }
        }
        for (i, coefficient) in beta.iter().enumerate() {
            let ridge = if i == 0 { 1e-3 } else { RIDGE };
            gradient[i] -= ridge * coefficient;
            hessian[i][i] += ridge;
        }
        let Some(step) = solve(hessian, gradient) else { break };
        beta.iter_mut().zip(&step).for_each(|(coefficient, change)| *coefficient += change);
        if step.iter().all(|change| change.abs() < 1e-10) {
            break;
        }
    }
    let wrong: Vec<&Trial> = trials.iter().filter(|trial| trial.true_rank != Some(0)).collect();
    let later = wrong.iter().filter(|trial| trial.true_rank.is_some()).count();
    // One more of each kind, so that a handful of trials never says never.
    let next_prob = (later as f64 + 1.0) / (wrong.len() as f64 + 2.0);
    let mut slopes = [0.0; N_SIGNS];
    slopes.copy_from_slice(&beta[1..]);
    Calibration { intercept: beta[0], slopes, next_prob, tried_score: tried_score(trials) }
}

/// Similarity that all but one of twenty trials reached.
fn tried_score(trials: &[Trial]) -> f64 {
    let mut scores: Vec<f64> = trials.iter().map(|trial| trial.signs.nearest()).collect();
    scores.sort_by(f64::total_cmp);
    scores[scores.len() / 20]
}

fn inputs(signs: &Signs) -> [f64; N_SIGNS + 1] {
    let mut inputs = [1.0; N_SIGNS + 1];
    inputs[1..].copy_from_slice(&signs.0);
    inputs
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Solves `matrix · x = right` by elimination with row exchange; `None` when it is singular.
pub fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    for at in 0..n {
        let pivot = (at..n).max_by(|a, b| matrix[*a][at].abs().total_cmp(&matrix[*b][at].abs()))?;
        if matrix[pivot][at].abs() < 1e-12 {
            return None;
        }
        matrix.swap(at, pivot);
        right.swap(at, pivot);
        let (above, below) = matrix.split_at_mut(at + 1);
        let pivot_row = &above[at];
        for (row, below_right) in below.iter_mut().zip(at + 1..n) {
            let factor = row[at] / pivot_row[at];
            row.iter_mut().zip(pivot_row).skip(at).for_each(|(x, y)| *x -= factor * y);
            right[below_right] -= factor * right[at];
        }
    }
    for at in (0..n).rev() {
        let known: f64 = (at + 1..n).map(|column| matrix[at][column] * right[column]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::expected_calibration_error;

    fn trial(share: f64, is_right: bool) -> Trial {
        Trial { signs: Signs([share, share, share, share, 1.0, 0.1]), true_rank: is_right.then_some(0) }
    }

    #[test]
    fn fitted_probabilities_match_frequencies() {
        // Of the trials with share s, a share s was right.
        let trials: Vec<Trial> = (0..1000)
            .map(|n| {
                let share = f64::from(n % 10) / 10.0 + 0.05;
                trial(share, f64::from((n / 10) % 100) < share * 100.0)
            })
            .collect();
        let calibration = fit_calibration(&trials);
        let answers: Vec<(f64, bool)> =
            trials.iter().map(|trial| (calibration.first(&trial.signs), trial.true_rank == Some(0))).collect();
        let error = expected_calibration_error(&answers).expect("enough trials");
        assert!(error < 0.03, "{error}");
    }
}
