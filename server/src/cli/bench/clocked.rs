//! How long something takes, by the machine's steady clock. A duration is no point in time, so `Clock` has no part in it.

use std::hint::black_box;
use std::time::Instant;

/// Seconds that `work` took, with its result.
pub fn clocked<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let began = Instant::now();
    let done = work();
    (began.elapsed().as_secs_f64(), done)
}

/// Milliseconds of single answers, ascending.
pub struct Spread(Vec<f64>);

/// How often each question is asked. Its quickest answer counts, so that the spread is that of the questions and not of
/// what else the machine does.
pub const N_ROUNDS: usize = 3;

impl Spread {
    /// Clocks `answer` for each of `queries`, one after the other, all of them in each round; at least one is needed.
    pub fn of<Q, T>(queries: &[Q], answer: impl Fn(&Q) -> T) -> Self {
        let mut quickest = vec![f64::INFINITY; queries.len()];
        for _ in 0..N_ROUNDS {
            for (ms, query) in quickest.iter_mut().zip(queries) {
                *ms = ms.min(clocked(|| black_box(answer(query))).0 * 1e3);
            }
        }
        Self::new(quickest)
    }

    /// Of milliseconds that were measured elsewhere; at least one is needed.
    pub fn new(mut ms: Vec<f64>) -> Self {
        ms.sort_by(f64::total_cmp);
        Self(ms)
    }

    pub fn sum_ms(&self) -> f64 {
        self.0.iter().sum()
    }

    pub fn median_ms(&self) -> f64 {
        self.quantile_ms(0.5)
    }

    pub fn p95_ms(&self) -> f64 {
        self.quantile_ms(0.95)
    }

    /// The smallest value that at least this share of all does not exceed.
    fn quantile_ms(&self, share: f64) -> f64 {
        let rank = (self.0.len() as f64 * share).ceil() as usize;
        self.0[rank.clamp(1, self.0.len()) - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_asked_in_every_round() {
        let n_asked = std::cell::Cell::new(0);
        let spread = Spread::of(&["a", "b"], |_| n_asked.set(n_asked.get() + 1));
        assert_eq!((n_asked.get(), spread.0.len()), (2 * N_ROUNDS, 2));
    }

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let spread = Spread::new((1..=100).rev().map(f64::from).collect());
        assert_eq!((spread.median_ms(), spread.p95_ms(), spread.sum_ms()), (50.0, 95.0, 5050.0));
        let one = Spread::new(vec![7.0]);
        assert_eq!((one.median_ms(), one.p95_ms()), (7.0, 7.0));
    }
}
