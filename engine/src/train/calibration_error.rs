//! How far stated probabilities are from frequencies.

const N_BINS: usize = 10;

/// Expected calibration error over ten bins of equal mass: mean gap between stated probability and frequency.
///
/// `None` with fewer than ten answers.
///
/// # Source
/// Naeini, Cooper, Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015.
pub fn expected_calibration_error(answers: &[(f64, bool)]) -> Option<f64> {
    let gap = |part: &[(f64, bool)]| {
        let stated: f64 = part.iter().map(|(probability, _)| probability).sum();
        let right = part.iter().filter(|(_, is_right)| *is_right).count() as f64;
        (stated - right).abs()
    };
    over_bins(answers, gap)
}

/// What [`expected_calibration_error`] would be about if every stated probability were exactly true and the answers
/// independent of each other: the mean of the absolute value of a normal deviate as wide as the sum of each bin's answers.
///
/// `None` with fewer than ten answers. Answers to items that resemble each other err together and scatter more.
pub fn calibration_error_by_chance(answers: &[(f64, bool)]) -> Option<f64> {
    let gap = |part: &[(f64, bool)]| {
        let variance: f64 = part.iter().map(|(probability, _)| probability * (1.0 - probability)).sum();
        libm::sqrt(variance * std::f64::consts::FRAC_2_PI)
    };
    over_bins(answers, gap)
}

/// Sum of what `gap` says of each bin, per answer.
fn over_bins(answers: &[(f64, bool)], gap: impl Fn(&[(f64, bool)]) -> f64) -> Option<f64> {
    if answers.len() < N_BINS {
        return None;
    }
    let mut sorted = answers.to_vec();
    // Stable: equal probabilities keep their order, so that no bin collects only the wrong ones among equals.
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n = sorted.len();
    Some((0..N_BINS).map(|bin| gap(&sorted[bin * n / N_BINS..(bin + 1) * n / N_BINS])).sum::<f64>() / n as f64)
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

    #[test]
    fn honest_probabilities_show_about_what_chance_gives() {
        let mut state = 7_u64;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let (mut shown, mut by_chance) = (0.0, 0.0);
        for _ in 0..200 {
            let answers: Vec<(f64, bool)> = (0..300)
                .map(|_| {
                    let probability = uniform();
                    (probability, uniform() < probability)
                })
                .collect();
            shown += expected_calibration_error(&answers).expect("enough answers") / 200.0;
            by_chance += calibration_error_by_chance(&answers).expect("enough answers") / 200.0;
        }
        assert!((shown / by_chance - 1.0).abs() < 0.1, "{shown} {by_chance}");
    }
}
