//! How much one user may ask for: so many requests a minute, and so many at the same time.
//!
//! Comes in: who, which action, and the time in milliseconds. Goes out: yes, or after how many seconds.
//! Never does: read a clock, remember anyone whose allowance is full again.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Most keys that are remembered.
const MOST_ENTRIES: usize = 10_000;

/// Too much at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many requests; retry after {retry_after_s} s")]
pub struct LimitReached {
    /// For the header `Retry-After`, at least 1.
    pub retry_after_s: u64,
}

/// What is allowed for one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests that may come at once, at least 1.
    pub burst: u32,
    /// Requests that are granted anew in each minute, at least 1.
    pub per_minute: u32,
}

/// Parts of a request, so that whole milliseconds add up exactly: one request is this many.
const PARTS: u64 = 60_000;

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// In [`PARTS`] of a request.
    parts: u64,
    filled_ms: u64,
}

/// Requests by key and action. `A` is an enum of the caller.
#[derive(Debug)]
pub struct Rates<A> {
    buckets: HashMap<(A, String), (Bucket, Rate)>,
}

impl<A> Default for Rates<A> {
    fn default() -> Self {
        Self { buckets: HashMap::new() }
    }
}

impl<A: Eq + Hash + Clone> Rates<A> {
    /// Takes one request from the allowance. A clock that jumps back grants nothing and takes nothing.
    ///
    /// # Errors
    /// [`LimitReached`], after which one request is granted again.
    pub fn take(&mut self, key: &str, action: A, rate: Rate, now_ms: u64) -> Result<(), LimitReached> {
        let entry = (action, key.to_owned());
        if self.buckets.len() >= MOST_ENTRIES && !self.buckets.contains_key(&entry) {
            self.make_room(now_ms);
        }
        let full = Bucket { parts: u64::from(rate.burst.max(1)) * PARTS, filled_ms: now_ms };
        let (bucket, known_rate) = self.buckets.entry(entry.clone()).or_insert((full, rate));
        *known_rate = rate;
        *bucket = bucket.filled(rate, now_ms);
        let Some(parts) = bucket.parts.checked_sub(PARTS) else {
            let missing = PARTS - bucket.parts;
            let wait_ms = missing.div_ceil(u64::from(rate.per_minute.max(1)));
            return Err(LimitReached { retry_after_s: wait_ms.div_ceil(1000).max(1) });
        };
        bucket.parts = parts;
        Ok(())
    }

    /// Drops who may ask for everything again; if that is nobody, who could ask for most.
    fn make_room(&mut self, now_ms: u64) {
        self.buckets.retain(|_, (bucket, rate)| !bucket.filled(*rate, now_ms).is_full(*rate));
        if self.buckets.len() >= MOST_ENTRIES {
            let left = |(bucket, rate): &(Bucket, Rate)| bucket.filled(*rate, now_ms).parts;
            let richest = self.buckets.iter().max_by_key(|(_, value)| left(value)).map(|(key, _)| key.clone());
            richest.map(|key| self.buckets.remove(&key));
        }
    }
}

impl Bucket {
    fn filled(self, rate: Rate, now_ms: u64) -> Self {
        let passed_ms = now_ms.saturating_sub(self.filled_ms);
        let gained = passed_ms.saturating_mul(u64::from(rate.per_minute.max(1)));
        let most = u64::from(rate.burst.max(1)) * PARTS;
        Self { parts: self.parts.saturating_add(gained).min(most), filled_ms: now_ms }
    }

    fn is_full(self, rate: Rate) -> bool {
        self.parts >= u64::from(rate.burst.max(1)) * PARTS
    }
}

/// What is under way, by key and action. Cheap to clone; the clones count together.
#[derive(Debug)]
pub struct UnderWay<A: Eq + Hash> {
    counts: Arc<Mutex<HashMap<(A, String), u32>>>,
}

impl<A: Eq + Hash> Clone for UnderWay<A> {
    fn clone(&self) -> Self {
        Self { counts: Arc::clone(&self.counts) }
    }
}

impl<A: Eq + Hash> Default for UnderWay<A> {
    fn default() -> Self {
        Self { counts: Arc::default() }
    }
}

impl<A: Eq + Hash + Clone> UnderWay<A> {
    /// One more, unless `most` are under way. It is over when the guard is dropped, however the request ends.
    ///
    /// # Errors
    /// [`LimitReached`]; nobody knows when the others end, so it asks to wait for one second.
    pub fn begin(&self, key: &str, action: A, most: u32) -> Result<Guard<A>, LimitReached> {
        let entry = (action, key.to_owned());
        let mut counts = lock(&self.counts);
        let count = counts.entry(entry.clone()).or_insert(0);
        if *count >= most.max(1) {
            return Err(LimitReached { retry_after_s: 1 });
        }
        *count += 1;
        drop(counts);
        Ok(Guard { counts: Arc::clone(&self.counts), entry })
    }
}

/// One thing under way.
#[derive(Debug)]
#[must_use = "it ends when this is dropped"]
pub struct Guard<A: Eq + Hash> {
    counts: Arc<Mutex<HashMap<(A, String), u32>>>,
    entry: (A, String),
}

impl<A: Eq + Hash> Drop for Guard<A> {
    fn drop(&mut self) {
        let mut counts = lock(&self.counts);
        if let Some(count) = counts.get_mut(&self.entry) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                counts.remove(&self.entry);
            }
        }
    }
}

/// A count is right even if somebody panicked beside it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    enum Action {
        Predict,
        Train,
    }
    use Action::{Predict, Train};

    const RATE: Rate = Rate { burst: 3, per_minute: 6 };

    fn reached(retry_after_s: u64) -> Result<(), LimitReached> {
        Err(LimitReached { retry_after_s })
    }

    #[test]
    fn a_burst_is_granted_and_then_one_request_every_ten_seconds() {
        let mut rates = Rates::default();
        for _ in 0..3 {
            assert_eq!(rates.take("kim", Predict, RATE, 5_000), Ok(()));
        }
        assert_eq!(rates.take("kim", Predict, RATE, 5_000), reached(10));
        assert_eq!(rates.take("kim", Predict, RATE, 14_999), reached(1));
        assert_eq!(rates.take("kim", Predict, RATE, 15_000), Ok(()));
        assert_eq!(rates.take("kim", Predict, RATE, 15_000), reached(10));
        // An hour of rest grants the burst, not more.
        for _ in 0..3 {
            assert_eq!(rates.take("kim", Predict, RATE, 3_600_000), Ok(()));
        }
        assert_eq!(rates.take("kim", Predict, RATE, 3_600_000), reached(10));
    }

    #[test]
    fn refused_requests_cost_nothing() {
        let mut rates = Rates::default();
        for _ in 0..100 {
            let _ = rates.take("kim", Predict, RATE, 0);
        }
        assert_eq!(rates.take("kim", Predict, RATE, 10_000), Ok(()));
    }

    #[test]
    fn users_and_actions_are_counted_apart() {
        let mut rates = Rates::default();
        let once = Rate { burst: 1, per_minute: 1 };
        assert_eq!(rates.take("kim", Predict, once, 0), Ok(()));
        assert_eq!(rates.take("kim", Train, once, 0), Ok(()));
        assert_eq!(rates.take("lee", Predict, once, 0), Ok(()));
        assert_eq!(rates.take("kim", Predict, once, 0), reached(60));
    }

    #[test]
    fn a_clock_that_jumps_back_neither_locks_out_nor_frees() {
        let mut rates = Rates::default();
        for _ in 0..3 {
            assert_eq!(rates.take("kim", Predict, RATE, 1_000_000), Ok(()));
        }
        assert_eq!(rates.take("kim", Predict, RATE, 500), reached(10));
        assert_eq!(rates.take("kim", Predict, RATE, 10_500), Ok(()));
    }

    #[test]
    fn odd_rates_still_let_somebody_in() {
        let mut rates = Rates::default();
        assert_eq!(rates.take("kim", Predict, Rate { burst: 0, per_minute: 0 }, 0), Ok(()));
        assert_eq!(rates.take("kim", Predict, Rate { burst: 0, per_minute: 0 }, 0), reached(60));
        let much = Rate { burst: u32::MAX, per_minute: u32::MAX };
        assert_eq!(rates.take("lee", Predict, much, 0), Ok(()));
        assert_eq!(rates.take("lee", Predict, much, u64::MAX), Ok(()));
    }

    #[test]
    fn memory_is_bounded_and_who_has_used_most_stays_known() {
        let mut rates = Rates::default();
        for _ in 0..3 {
            assert_eq!(rates.take("kim", Predict, RATE, 0), Ok(()));
        }
        for n in 0..MOST_ENTRIES + 100 {
            assert_eq!(rates.take(&format!("user{n}"), Predict, RATE, 0), Ok(()));
        }
        assert_eq!(rates.buckets.len(), MOST_ENTRIES);
        assert_eq!(rates.take("kim", Predict, RATE, 0), reached(10));
        // When all allowances are full again, nobody needs to be remembered.
        assert_eq!(rates.take("new", Predict, RATE, 60_000), Ok(()));
        assert_eq!(rates.buckets.len(), 1);
    }

    #[test]
    fn so_many_at_the_same_time_and_the_next_when_one_has_ended() {
        let under_way = UnderWay::default();
        let first = under_way.begin("kim", Train, 2).expect("none is under way");
        let second = under_way.begin("kim", Train, 2).expect("one is under way");
        assert_eq!(under_way.begin("kim", Train, 2).err(), Some(LimitReached { retry_after_s: 1 }));
        assert!(under_way.begin("lee", Train, 2).is_ok() && under_way.begin("kim", Predict, 2).is_ok());
        drop(first);
        let third = under_way.begin("kim", Train, 2).expect("one has ended");
        drop((second, third));
        assert!(lock(&under_way.counts).is_empty(), "nothing is remembered of what has ended");
    }

    #[test]
    fn a_panic_ends_what_was_under_way() {
        let under_way = UnderWay::default();
        let inner = under_way.clone();
        let panicked = std::thread::spawn(move || {
            let _guard = inner.begin("kim", Train, 1).expect("none is under way");
            panic!("as a broken handler would");
        })
        .join();
        assert!(panicked.is_err());
        assert!(under_way.begin("kim", Train, 1).is_ok());
    }
}
