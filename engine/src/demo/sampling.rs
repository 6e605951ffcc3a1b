//! Seeded chance: plain draws, and the exact distribution of a function that makes choices.
//!
//! A function that takes a [`Chooser`] can be run once with dice, or run through all of its outcomes by
//! [`distribution`]. The routes of the plant are written that way, so that the best possible score of a
//! predictor is computed and not guessed.

use std::collections::BTreeMap;

use rand::{RngCore, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// One of several outcomes with given weights (not all zero, none negative).
pub trait Chooser {
    /// Index of the chosen weight; an outcome of weight zero is never chosen.
    fn choose(&mut self, weights: &[f64]) -> usize;

    /// True with probability `prob`.
    fn happens(&mut self, prob: f64) -> bool {
        self.choose(&[1.0 - prob, prob]) == 1
    }
}

/// One stream of random numbers.
pub struct Dice(Xoshiro256PlusPlus);

/// Mixes a seed with the names of a stream, so that streams are independent of each other and of their order.
pub fn mix(seed: u64, stream: &[u64]) -> u64 {
    stream.iter().fold(scramble(seed), |state, part| scramble(state ^ scramble(*part)))
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
fn scramble(value: u64) -> u64 {
    let z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Dice {
    /// The stream that `seed` and `stream` name.
    pub fn new(seed: u64, stream: &[u64]) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(mix(seed, stream)))
    }

    /// Uniform in [0, 1) with 53 random bits.
    pub fn unit(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1u64 << 53) as f64;
        (self.0.next_u64() >> 11) as f64 * STEP
    }

    /// Uniform in [low, high).
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform in 0..n; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// One element of a list that is not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Standard normal (Box–Muller).
    pub fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }

    /// Log-normal with the given median and the standard deviation `sigma` of its logarithm.
    pub fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        median * libm::exp(sigma * self.normal())
    }

    /// A count 0..=max whose chance falls with a power of the count: many zeros, few large ones.
    pub fn power_count(&mut self, max: usize) -> usize {
        let count = libm::pow(1.0 - self.unit(), -1.0 / 0.9) - 1.0;
        (count as usize).min(max)
    }

    /// One plus a geometric count, with the given mean.
    pub fn geometric(&mut self, mean: f64) -> usize {
        let stay = 1.0 - 1.0 / mean;
        1 + (libm::log(1.0 - self.unit()) / libm::log(stay)) as usize
    }
}

impl Chooser for Dice {
    fn choose(&mut self, weights: &[f64]) -> usize {
        let total: f64 = weights.iter().sum();
        let mut left = self.unit() * total;
        let mut last = 0;
        for (idx, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            last = idx;
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
        last
    }
}

/// Always the likeliest outcome, of equal ones the first: what somebody does who keeps to the rules.
pub struct ByTheRule;

impl Chooser for ByTheRule {
    fn choose(&mut self, weights: &[f64]) -> usize {
        let larger = |best: usize, at: usize| if weights[at] > weights[best] { at } else { best };
        (0..weights.len()).fold(0, larger)
    }
}

/// Replays a prefix of choices, then takes the first possible outcome of every further one.
struct Replay {
    prefix: Vec<usize>,
    made: Vec<(usize, Vec<f64>)>,
    prob: f64,
}

impl Chooser for Replay {
    fn choose(&mut self, weights: &[f64]) -> usize {
        let first = weights.iter().position(|weight| *weight > 0.0).unwrap_or(0);
        let choice = self.prefix.get(self.made.len()).copied().unwrap_or(first);
        self.prob *= weights[choice] / weights.iter().sum::<f64>();
        self.made.push((choice, weights.to_vec()));
        choice
    }
}

/// Every outcome of `run` with its exact probability.
///
/// # Cost
/// One call of `run` per combination of choices.
pub fn distribution<R: Ord>(mut run: impl FnMut(&mut dyn Chooser) -> R) -> BTreeMap<R, f64> {
    let mut outcomes = BTreeMap::new();
    let mut prefix = Vec::new();
    loop {
        let mut replay = Replay { prefix, made: Vec::new(), prob: 1.0 };
        let outcome = run(&mut replay);
        *outcomes.entry(outcome).or_insert(0.0) += replay.prob;
        let mut made = replay.made;
        loop {
            let Some((choice, weights)) = made.pop() else {
                return outcomes;
            };
            if let Some(next) = (choice + 1..weights.len()).find(|idx| weights[*idx] > 0.0) {
                prefix = made.iter().map(|(choice, _)| *choice).chain([next]).collect();
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_coins(chooser: &mut dyn Chooser) -> usize {
        if chooser.happens(0.25) { 10 } else { chooser.choose(&[0.0, 2.0, 6.0]) }
    }

    #[test]
    fn the_distribution_is_exact_and_dice_agree_with_it() {
        let exact = distribution(two_coins);
        assert_eq!(exact.keys().copied().collect::<Vec<_>>(), [1, 2, 10]);
        assert!((exact[&1] - 0.1875).abs() < 1e-12 && (exact[&2] - 0.5625).abs() < 1e-12);
        let mut dice = Dice::new(5, &[1]);
        let tens = (0..20_000).filter(|_| two_coins(&mut dice) == 10).count();
        assert!((4_700..5_300).contains(&tens), "{tens}");
    }

    #[test]
    fn lognormal_has_its_median_and_geometric_its_mean() {
        let mut dice = Dice::new(9, &[]);
        let above = (0..10_000).filter(|_| dice.lognormal(7.0, 0.5) > 7.0).count();
        assert!((4_800..5_200).contains(&above), "{above}");
        let mean = (0..10_000).map(|_| dice.geometric(3.0)).sum::<usize>() as f64 / 10_000.0;
        assert!((2.9..3.1).contains(&mean), "{mean}");
    }
}
