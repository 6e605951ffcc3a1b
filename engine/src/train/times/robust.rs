//! Middle and spread of values of which some are wrong.

pub use crate::predict::times::median;

/// Standard deviations per median absolute deviation, for a normal distribution.
const SD_PER_MAD: f64 = 1.4826;
/// Standard deviation around zero of residuals, by their median absolute value; `None` without residuals.
pub fn sd_around_zero(residuals: impl Iterator<Item = f64>) -> Option<f64> {
    median(residuals.map(|residual| (residual.abs(), 1.0)).collect()).map(|middle| SD_PER_MAD * middle)
}

/// A variance from `n` values that leans on `prior` as if on `n_prior` values.
pub fn shrunk(found: Option<f64>, n: f64, prior: f64, n_prior: f64) -> f64 {
    found.map_or(prior, |found| (n * found + n_prior * prior) / (n + n_prior))
}
