//! How far a mean could be off by the chance of which items were held out.
//!
//! # Source
//! Efron, Tibshirani, "An Introduction to the Bootstrap", 1993: percentile intervals; units that belong together (a name
//! family, or one item in several repeats) are drawn together, and two methods are compared on the same draws.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

/// Resamples of the held-out items.
const N_RESAMPLES: usize = 1000;

/// Where a value lies in 95 % of the resamples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// The difference of two methods on the same items.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Paired {
    /// Mean of the first minus mean of the second.
    pub difference: f64,
    pub interval: Interval,
    /// Share of resamples in which the first is strictly better, 0 to 1.
    pub better_share: f64,
}

/// Draws of units, the same for every value that is asked about.
pub(super) struct Resamples {
    /// Unit of each case.
    unit_of_case: Vec<usize>,
    n_units: usize,
    /// `N_RESAMPLES` times `n_units` units.
    draws: Vec<u32>,
}

impl Resamples {
    /// `units` names the unit of each case.
    pub fn new(units: &[&str], seed: u64) -> Self {
        let mut places: BTreeMap<&str, usize> = units.iter().map(|unit| (*unit, 0)).collect();
        places.values_mut().enumerate().for_each(|(at, place)| *place = at);
        let n_units = places.len();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed ^ 0xb007);
        let draws = (0..N_RESAMPLES * n_units).map(|_| rng.gen_range(0..n_units as u32)).collect();
        Self { unit_of_case: units.iter().map(|unit| places[unit]).collect(), n_units, draws }
    }

    /// Units that are drawn.
    pub fn n_units(&self) -> usize {
        self.n_units
    }

    /// Interval of the mean of `values`, one for each case.
    pub fn interval(&self, values: &[f64]) -> Interval {
        interval(self.means(values))
    }

    /// Compares two methods, one value for each case.
    pub fn paired(&self, a: &[f64], b: &[f64]) -> Paired {
        let gaps: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
        let means = self.means(&gaps);
        let n_better = means.iter().filter(|mean| **mean > 0.0).count();
        Paired {
            difference: mean(&gaps),
            better_share: n_better as f64 / means.len().max(1) as f64,
            interval: interval(means),
        }
    }

    /// Mean of the values in each resample.
    fn means(&self, values: &[f64]) -> Vec<f64> {
        let mut of_unit = vec![(0.0, 0.0); self.n_units];
        for (unit, value) in self.unit_of_case.iter().zip(values) {
            of_unit[*unit].0 += value;
            of_unit[*unit].1 += 1.0;
        }
        let mean_of = |drawn: &[u32]| {
            let (sum, n) =
                drawn.iter().map(|unit| of_unit[*unit as usize]).fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
            sum / n
        };
        if self.n_units == 0 { Vec::new() } else { self.draws.chunks(self.n_units).map(mean_of).collect() }
    }
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn interval(mut means: Vec<f64>) -> Interval {
    if means.is_empty() {
        return Interval::default();
    }
    means.sort_by(f64::total_cmp);
    let n = means.len();
    Interval { low: means[n * 25 / 1000], high: means[(n * 975 / 1000).max(1) - 1] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(n: usize, of_each: usize) -> Vec<String> {
        (0..n).map(|at| format!("{:04}", at / of_each)).collect()
    }

    fn resamples(names: &[String]) -> Resamples {
        Resamples::new(&names.iter().map(String::as_str).collect::<Vec<_>>(), 7)
    }

    #[test]
    fn an_interval_covers_a_known_mean_nearly_always_and_is_as_wide_as_theory_says() {
        let units = names(200, 1);
        let draws = resamples(&units);
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(3);
        let mut n_covered = 0;
        for _ in 0..200 {
            let values: Vec<f64> = (0..200).map(|_| f64::from(u8::from(rng.r#gen::<f64>() < 0.3))).collect();
            let found = draws.interval(&values);
            n_covered += usize::from(found.low <= 0.3 && 0.3 <= found.high);
            // 2 · 1.96 · √(0.3 · 0.7 / 200) = 0.127.
            assert!((0.09..0.16).contains(&(found.high - found.low)), "{found:?}");
        }
        assert!((180..=199).contains(&n_covered), "{n_covered} of 200 intervals cover the mean");
    }

    #[test]
    fn items_that_belong_together_make_intervals_wider() {
        let values: Vec<f64> = (0..200).map(|at| f64::from(u8::from(at / 10 % 3 == 0))).collect();
        let width = |units: &[String]| {
            let found = resamples(units).interval(&values);
            found.high - found.low
        };
        assert!(width(&names(200, 10)) > 2.0 * width(&names(200, 1)));
        assert_eq!(resamples(&names(200, 10)).n_units(), 20);
    }

    #[test]
    fn a_paired_difference_has_the_right_sign() {
        let draws = resamples(&names(100, 1));
        let better: Vec<f64> = (0..100).map(|at| f64::from(u8::from(at % 2 == 0 || at % 10 == 1))).collect();
        let worse: Vec<f64> = (0..100).map(|at| f64::from(u8::from(at % 2 == 0))).collect();
        let won = draws.paired(&better, &worse);
        assert!((won.difference - 0.1).abs() < 1e-12 && won.interval.low > 0.0 && won.better_share > 0.99, "{won:?}");
        let lost = draws.paired(&worse, &better);
        assert!(lost.difference < 0.0 && lost.interval.high < 0.0 && lost.better_share == 0.0, "{lost:?}");
        assert_eq!(draws.paired(&worse, &worse).better_share, 0.0, "a tie is not better");
    }
}
