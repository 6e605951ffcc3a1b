//! Middle and spread of values of which some are wrong.

use crate::predict::times::weighted_quantile;

/// Standard deviations per median absolute deviation, for a normal distribution.
const SD_PER_MAD: f64 = 1.4826;
/// Deviations up to so many standard deviations count fully, beyond less and less.
const HUBER: f64 = 1.5;
/// Beyond so many, a value is almost certainly a mistake.
const ALMOST_CERTAIN: f64 = 3.0;

/// Median of `(value, weight)` pairs in any order; `None` without weight.
pub fn median(mut values: Vec<(f64, f64)>) -> Option<f64> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.total_cmp(&b.1)));
    weighted_quantile(&values, 0.5)
}

/// Standard deviation around zero of residuals, by their median absolute value; `None` without residuals.
pub fn sd_around_zero(residuals: impl Iterator<Item = f64>) -> Option<f64> {
    median(residuals.map(|residual| (residual.abs(), 1.0)).collect()).map(|middle| SD_PER_MAD * middle)
}

/// What a residual of `z` standard deviations counts: 1 in the middle, falling with 1/z, then with 1/z².
pub fn trust(z: f64) -> f64 {
    let z = z.abs();
    if z <= HUBER {
        1.0
    } else if z <= ALMOST_CERTAIN {
        HUBER / z
    } else {
        HUBER * ALMOST_CERTAIN / (z * z)
    }
}

/// A variance from `n` values that leans on `prior` as if on `n_prior` values.
pub fn shrunk(found: Option<f64>, n: f64, prior: f64, n_prior: f64) -> f64 {
    found.map_or(prior, |found| (n * found + n_prior * prior) / (n + n_prior))
}
