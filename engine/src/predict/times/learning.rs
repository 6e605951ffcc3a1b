//! Learning: the first orders of a routing take longer than those that follow.

use serde::{Deserialize, Serialize};

use crate::domain::{Date, Item};
use crate::snapshot::observed::{LEARNED_HALF_YEARS, years_between};

/// How old an item is, and so how far its orders have come. The slopes belong to each kind of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Learning {
    /// Attribute with the day on which an item was made known; `None` where the plant keeps none.
    pub born: Option<String>,
    /// The plant's latest day.
    pub as_of: Option<Date>,
    /// Maturity of the plant's orders on average: what is assumed of an item without a day.
    pub mean: f64,
}

impl Default for Learning {
    fn default() -> Self {
        Self { born: None, as_of: None, mean: 1.0 }
    }
}

impl Learning {
    /// Mean maturity of the orders that an item has had by the plant's latest day, if they came evenly.
    pub fn maturity(&self, item: &Item) -> f64 {
        let born = self.born.as_ref().and_then(|name| item.attributes.get(name)).and_then(|day| day.parse().ok());
        let years = born.zip(self.as_of).map(|(born, as_of)| years_between(born, as_of));
        years.map_or(self.mean, mean_maturity)
    }
}

/// Mean of the maturity between the first day and so many years later.
fn mean_maturity(years: f64) -> f64 {
    let rate = std::f64::consts::LN_2 / LEARNED_HALF_YEARS * years;
    if rate < 1e-6 { rate / 2.0 } else { 1.0 + libm::expm1(-rate) / rate }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_maturity_is_the_mean_of_maturities() {
        for years in [0.5, 3.0, 20.0] {
            let n = 10_000;
            let sum: f64 = (0..n).map(|at| 1.0 - libm::exp2(-(f64::from(at) + 0.5) / f64::from(n) * years)).sum();
            assert!((mean_maturity(years) - sum / f64::from(n)).abs() < 1e-6, "{years}");
        }
        assert_eq!(mean_maturity(0.0), 0.0);
    }
}
