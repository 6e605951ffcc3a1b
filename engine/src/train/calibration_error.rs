//! How far stated probabilities are from frequencies.

/// Expected calibration error over ten bins of equal mass: mean gap between stated probability and frequency.
///
/// `None` with fewer than ten answers.
///
/// # Source
/// Naeini, Cooper, Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015.
pub fn expected_calibration_error(answers: &[(f64, bool)]) -> Option<f64> {
    const N_BINS: usize = 10;
    if answers.len() < N_BINS {
        return None;
    }
    let mut sorted = answers.to_vec();
    // Stable: equal probabilities keep their order, so that no bin collects only the wrong ones among equals.
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n = sorted.len();
    let gap = |bin: usize| {
        let part = &sorted[bin * n / N_BINS..(bin + 1) * n / N_BINS];
        let stated: f64 = part.iter().map(|(probability, _)| probability).sum();
        let right = part.iter().filter(|(_, is_right)| *is_right).count() as f64;
        (stated - right).abs()
    };
    Some((0..N_BINS).map(gap).sum::<f64>() / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_liar_is_found_out() {
        let answers: Vec<(f64, bool)> = (0..100).map(|n| (0.9, n % 2 == 0)).collect();
        let error = expected_calibration_error(&answers).expect("enough answers");
        assert!((error - 0.4).abs() < 1e-9);
        assert_eq!(expected_calibration_error(&answers[..5]), None);
    }
}
