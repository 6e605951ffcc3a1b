//! Fits the curve from what the stacker states to what is true, on answers that it was not fitted to.

use crate::ensemble::Curve;

use super::solve::solve;

/// Pull towards the prior, in cases.
const RIDGE: f64 = 5.0;
const N_STEPS: usize = 25;
/// Fewer cases than this leave the curve as it is.
const LEAST_CASES: usize = 20;

/// The curve that makes stated probabilities likeliest, by Newton's method, pulled towards `prior`; with few cases
/// `prior` itself.
pub fn fit_curve(stated: &[(f64, bool)], prior: Curve) -> Curve {
    if stated.len() < LEAST_CASES {
        return prior;
    }
    let start = [prior.of_prob, prior.of_rest, prior.shift];
    let mut at = start;
    for _ in 0..N_STEPS {
        let mut gradient: Vec<f64> = (0..3).map(|n| -RIDGE * (at[n] - start[n])).collect();
        let mut hessian: Vec<Vec<f64>> =
            (0..3).map(|row| (0..3).map(|column| if row == column { RIDGE } else { 0.0 }).collect()).collect();
        let curve = Curve { of_prob: at[0], of_rest: at[1], shift: at[2] };
        for (probability, is_right) in stated {
            let terms = Curve::terms(*probability);
            let share = curve.of(*probability);
            let away = f64::from(u8::from(*is_right)) - share;
            for row in 0..3 {
                gradient[row] += away * terms[row];
                (0..3).for_each(|column| hessian[row][column] += share * (1.0 - share) * terms[row] * terms[column]);
            }
        }
        let Some(step) = solve(hessian, gradient) else { break };
        (0..3).for_each(|n| at[n] += step[n]);
    }
    // A falling curve would turn the order of answers around.
    Curve { of_prob: at[0].max(0.0), of_rest: at[1].max(0.0), shift: at[2] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_makes_stated_probabilities_true() {
        // Too modest below one half and above it alike.
        let truth = |stated: f64| stated * stated / (stated * stated + (1.0 - stated) * (1.0 - stated));
        let of = |n: usize| 0.1 + (n % 9) as f64 / 10.0;
        let stated: Vec<(f64, bool)> = (0..4500).map(|n| (of(n), ((n / 9) as f64) < 500.0 * truth(of(n)))).collect();
        let curve = fit_curve(&stated, Curve::default());
        for n in 0..9 {
            let (found, wanted) = (curve.of(of(n)), truth(of(n)));
            assert!((found - wanted).abs() < 0.02, "{found} for {wanted}");
        }
        let rises = (1..100).all(|n| curve.of(f64::from(n) / 100.0) >= curve.of(f64::from(n - 1) / 100.0));
        assert!(rises && fit_curve(&stated[..LEAST_CASES - 1], Curve::default()) == Curve::default());
    }
}
