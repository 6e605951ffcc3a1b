//! How far stated probabilities are from frequencies.

use std::collections::BTreeMap;

const N_BINS: usize = 10;

/// Expected calibration error over ten bins of equal mass: mean gap between stated probability and frequency.
///
/// `None` with fewer than ten answers.
///
/// # Source
/// Naeini, Cooper, Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015.
pub fn expected_calibration_error(answers: &[(f64, bool)]) -> Option<f64> {
    let bins = bins(answers, |answer| answer.0)?;
    let gap = |bin: &Vec<&(f64, bool)>| bin.iter().map(|answer| miss(answer)).sum::<f64>().abs();
    Some(bins.iter().map(gap).sum::<f64>() / answers.len() as f64)
}

/// What [`expected_calibration_error`] would be about if every stated probability were exactly true: the mean of the
/// absolute value of a normal deviate as wide as the sum of each bin's answers. The third of an answer is what it is drawn
/// with: answers to one name family err together, and the more they do the wider.
///
/// `None` with fewer than ten answers.
pub fn calibration_error_by_chance(answers: &[(f64, bool, &str)]) -> Option<f64> {
    let bins = bins(answers, |answer| answer.0)?;
    let (mut apart, mut together) = (0.0, 0.0);
    let mut variances = Vec::with_capacity(bins.len());
    for bin in &bins {
        let miss = |(prob, is_right, _): &(f64, bool, &str)| miss(&(*prob, *is_right));
        // What a whole bin is off by is what is measured, not what scatters.
        let common = bin.iter().map(|answer| miss(answer)).sum::<f64>() / bin.len() as f64;
        let mut units: BTreeMap<&str, f64> = BTreeMap::new();
        bin.iter().for_each(|answer| *units.entry(answer.2).or_default() += miss(answer) - common);
        together += units.values().map(|sum| sum * sum).sum::<f64>();
        let variance: f64 = bin.iter().map(|(prob, ..)| prob * (1.0 - prob)).sum();
        variances.push(variance);
        apart += variance;
    }
    let wider = if apart > 0.0 { (together / apart).max(1.0) } else { 1.0 };
    let gap = |variance: &f64| libm::sqrt(variance * wider * std::f64::consts::FRAC_2_PI);
    Some(variances.iter().map(gap).sum::<f64>() / answers.len() as f64)
}

/// By how much what was stated of an answer is more than what came of it.
fn miss((prob, is_right): &(f64, bool)) -> f64 {
    prob - f64::from(u8::from(*is_right))
}

/// Ten bins of equal mass by probability; `None` with fewer than ten answers.
fn bins<T>(answers: &[T], prob: impl Fn(&T) -> f64) -> Option<Vec<Vec<&T>>> {
    let n = answers.len();
    let mut sorted: Vec<&T> = answers.iter().collect();
    // Stable: equal probabilities keep their order, so that no bin collects only the wrong ones among equals.
    sorted.sort_by(|a, b| prob(a).total_cmp(&prob(b)));
    (n >= N_BINS).then(|| (0..N_BINS).map(|bin| sorted[bin * n / N_BINS..(bin + 1) * n / N_BINS].to_vec()).collect())
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

    /// Mean of what honest answers show and of what chance is said to give; each unit of `n_alike` answers comes out alike.
    fn shown_and_by_chance(n_alike: usize) -> (f64, f64) {
        let mut state = 7_u64;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let names: Vec<String> = (0..600).map(|unit| unit.to_string()).collect();
        let (mut shown, mut by_chance) = (0.0, 0.0);
        for _ in 0..200 {
            let answers: Vec<(f64, bool, &str)> = (0..600 / n_alike)
                .flat_map(|unit| {
                    let probability = uniform();
                    let is_right = uniform() < probability;
                    std::iter::repeat_n((probability, is_right, names[unit].as_str()), n_alike)
                })
                .collect();
            let plain: Vec<(f64, bool)> = answers.iter().map(|(prob, is_right, _)| (*prob, *is_right)).collect();
            shown += expected_calibration_error(&plain).expect("enough answers") / 200.0;
            by_chance += calibration_error_by_chance(&answers).expect("enough answers") / 200.0;
        }
        (shown, by_chance)
    }

    #[test]
    fn honest_probabilities_show_about_what_chance_gives() {
        let (shown, by_chance) = shown_and_by_chance(1);
        assert!((shown / by_chance - 1.0).abs() < 0.1, "{shown} {by_chance}");
        let (shown_alike, by_chance_alike) = shown_and_by_chance(6);
        assert!(shown_alike > 1.8 * shown, "answers that err together scatter more");
        assert!((shown_alike / by_chance_alike - 1.0).abs() < 0.15, "{shown_alike} {by_chance_alike}");
    }
}
