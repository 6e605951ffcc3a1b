//! What is counted for one key, and tables of it that never grow beyond a size.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use super::MOST_ENTRIES;

/// Failures that cost no wait.
const FREE_FAILURES: u32 = 5;
const LONGEST_WAIT_MS: u64 = 15 * 60 * 1000;
/// A counter is forgotten so long after the last failure.
const FORGET_MS: u64 = 60 * 60 * 1000;
/// An attempt that has told no end by then was cut off.
const LONGEST_ATTEMPT_MS: u64 = 60 * 1000;

/// What a table keeps for one key.
pub trait Counter: Default {
    /// Whether it is as good as a new one.
    fn is_spent(&self, now: u64) -> bool;
    /// How much would be lost with it: failures, then the time of the last.
    fn weight(&self) -> (u32, u64);
}

/// Failures of one pair, each later one with a longer wait.
#[derive(Debug, Default)]
pub struct Backoff {
    n_failures: u32,
    last_ms: u64,
    n_under_way: u32,
    begun_ms: u64,
}

impl Backoff {
    /// Milliseconds until the next attempt.
    pub fn wait_ms(&self, now: u64) -> u64 {
        let n_failures = if self.is_old(now) { 0 } else { self.n_failures };
        let n_under_way = self.n_under_way(now);
        if n_failures + n_under_way < FREE_FAILURES {
            return 0;
        }
        if n_under_way > 0 {
            return 1000;
        }
        let doublings = (n_failures - FREE_FAILURES).min(20);
        (self.last_ms + (1000 << doublings).min(LONGEST_WAIT_MS)).saturating_sub(now)
    }

    /// An attempt begins.
    pub fn begin(&mut self, now: u64) {
        self.n_under_way = self.n_under_way(now) + 1;
        self.begun_ms = now;
    }

    /// An attempt ended in a failure.
    pub fn fail(&mut self, now: u64) {
        self.withdraw();
        self.n_failures = if self.is_old(now) { 1 } else { self.n_failures.saturating_add(1) };
        self.last_ms = now;
    }

    /// An attempt ended in nothing.
    pub fn withdraw(&mut self) {
        self.n_under_way = self.n_under_way.saturating_sub(1);
    }

    fn n_under_way(&self, now: u64) -> u32 {
        if now >= self.begun_ms + LONGEST_ATTEMPT_MS { 0 } else { self.n_under_way }
    }

    fn is_old(&self, now: u64) -> bool {
        now >= self.last_ms + FORGET_MS
    }
}

impl Counter for Backoff {
    fn is_spent(&self, now: u64) -> bool {
        (self.n_failures == 0 || self.is_old(now)) && self.n_under_way(now) == 0
    }

    fn weight(&self) -> (u32, u64) {
        (self.n_failures, self.last_ms.max(self.begun_ms))
    }
}

/// The last `MOST` failures; full, if all of them lie within `WINDOW_MS`.
#[derive(Debug, Default)]
pub struct Window<const MOST: usize, const WINDOW_MS: u64> {
    failures: VecDeque<u64>,
}

impl<const MOST: usize, const WINDOW_MS: u64> Window<MOST, WINDOW_MS> {
    /// Milliseconds until it is no longer full.
    pub fn wait_ms(&self, now: u64) -> u64 {
        match self.failures.front() {
            Some(oldest) if self.failures.len() >= MOST => (oldest + WINDOW_MS).saturating_sub(now),
            _ => 0,
        }
    }

    /// One more failure.
    pub fn add(&mut self, now: u64) {
        if self.failures.len() >= MOST {
            self.failures.pop_front();
        }
        self.failures.push_back(now);
    }
}

impl<const MOST: usize, const WINDOW_MS: u64> Counter for Window<MOST, WINDOW_MS> {
    fn is_spent(&self, now: u64) -> bool {
        self.failures.back().is_none_or(|last| now >= last + WINDOW_MS)
    }

    fn weight(&self) -> (u32, u64) {
        let n_failures = u32::try_from(self.failures.len()).unwrap_or(u32::MAX);
        (n_failures, self.failures.back().copied().unwrap_or(0))
    }
}

/// A table of at most [`MOST_ENTRIES`] counters.
#[derive(Debug)]
pub struct Bounded<K, V> {
    counters: HashMap<K, V>,
}

impl<K, V> Default for Bounded<K, V> {
    fn default() -> Self {
        Self { counters: HashMap::new() }
    }
}

impl<K: Eq + Hash + Ord + Clone, V: Counter> Bounded<K, V> {
    pub fn get(&self, key: &K) -> Option<&V> {
        self.counters.get(key)
    }

    /// The counter of `key`, a new one if there is none. When the table is full, spent counters go first, then the one
    /// with which least is lost, so that a flood of single failures drowns only itself.
    ///
    /// # Cost
    /// A full table is looked through once; a failure that was let through has cost a thousand times more.
    pub fn entry(&mut self, key: K, now: u64) -> &mut V {
        if self.counters.len() >= MOST_ENTRIES && !self.counters.contains_key(&key) {
            self.counters.retain(|_, counter| !counter.is_spent(now));
            if self.counters.len() >= MOST_ENTRIES {
                let least = self.counters.iter().min_by_key(|(key, counter)| (counter.weight(), *key));
                if let Some(key) = least.map(|(key, _)| key.clone()) {
                    self.counters.remove(&key);
                }
            }
        }
        self.counters.entry(key).or_default()
    }

    pub fn remove(&mut self, key: &K) {
        self.counters.remove(key);
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.counters.len()
    }
}
