//! Quantiles of weighted values and of the normal distribution.

use serde::{Deserialize, Serialize};

/// Two quantiles in minutes and how many values they stand on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    pub p50: f64,
    pub p80: f64,
    pub n: u32,
}

/// P50 and P80 of `(value, weight)` pairs; `None` without weight.
pub fn spread(mut values: Vec<(f64, f64)>) -> Option<Spread> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.total_cmp(&b.1)));
    let p50 = weighted_quantile(&values, 0.5)?;
    let p80 = weighted_quantile(&values, 0.8)?;
    Some(Spread { p50, p80, n: values.len() as u32 })
}

/// Quantile of ascending `(value, weight)` pairs, linear between the middles of the weights; `None` without weight.
pub fn weighted_quantile(values: &[(f64, f64)], level: f64) -> Option<f64> {
    let total: f64 = values.iter().map(|(_, weight)| weight).sum();
    if total <= 0.0 {
        return None;
    }
    let target = level * total;
    let mut before = 0.0;
    let mut last: Option<(f64, f64)> = None;
    for (value, weight) in values.iter().filter(|(_, weight)| *weight > 0.0) {
        let middle = before + weight / 2.0;
        if middle >= target {
            return Some(match last {
                Some((last_value, last_middle)) => {
                    let part = (target - last_middle) / (middle - last_middle);
                    last_value + part * (value - last_value)
                }
                None => *value,
            });
        }
        last = Some((*value, middle));
        before += weight;
    }
    last.map(|(value, _)| value)
}

/// Quantile of the standard normal distribution, for 0 < `level` < 1; off by less than 0.0005.
///
/// # Source
/// Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.2.23.
pub fn normal_quantile(level: f64) -> f64 {
    let tail = level.min(1.0 - level).max(1e-12);
    let t = libm::sqrt(-2.0 * libm::log(tail));
    let above = t
        - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1.0 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
    if level < 0.5 { -above } else { above }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_equal_weights() {
        let values: Vec<(f64, f64)> = [1.0, 2.0, 3.0, 4.0, 5.0].map(|value| (value, 1.0)).to_vec();
        assert_eq!(weighted_quantile(&values, 0.5), Some(3.0));
        assert_eq!(weighted_quantile(&values, 0.8), Some(4.5));
        assert_eq!(weighted_quantile(&[], 0.5), None);
        assert_eq!(weighted_quantile(&[(7.0, 2.0)], 0.8), Some(7.0));
    }

    #[test]
    fn the_normal_quantile_is_that_of_the_tables() {
        for (level, expected) in [(0.8, 0.841_621), (0.975, 1.959_964), (0.5, 0.0), (0.1, -1.281_552)] {
            assert!((normal_quantile(level) - expected).abs() < 5e-4, "{level}");
        }
    }
}
