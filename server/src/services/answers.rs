//! Answers in memory: the same question to the same model over the same snapshot is answered once.
//!
//! Comes in: what is asked, as JSON. Goes out: the answer, made or remembered.
//! Never does: outlive the process, or stand for what is kept: an answer from memory is kept like any other.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use engine::Model;
use engine::domain::{ModelId, SnapshotId};
use engine::predict::Explanation;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::receipts::Answered;

/// Bytes of all answers in memory unless told otherwise.
pub const DEFAULT_BYTES: u64 = 64 * 1024 * 1024;
/// An answer in memory takes about so many bytes for each of its JSON.
const BYTES_PER_JSON: usize = 3;
/// What stands around an answer: its key, its place in the lists of the cache.
const BYTES_AROUND: usize = 512;

/// What an answer follows from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    model: ModelId,
    snapshot: SnapshotId,
    /// SHA-256 of item and options as JSON.
    asked: [u8; 32],
}

impl Key {
    pub(super) fn new(model: &Model, asked: &str) -> Self {
        Self::of(model.id().clone(), model.snapshot().id().clone(), asked)
    }

    fn of(model: ModelId, snapshot: SnapshotId, asked: &str) -> Self {
        Self { model, snapshot, asked: Sha256::digest(asked).into() }
    }
}

/// Something that is remembered, with its size.
pub(super) trait Remembered: Send + Sync + 'static {
    /// Length of its JSON.
    fn json_bytes(&self) -> usize;
}

/// Answers of one kind.
pub(super) struct Memory<V> {
    cache: Cache<Key, Arc<V>>,
    hits: AtomicU64,
    misses: AtomicU64,
}

impl<V: Remembered> Memory<V> {
    fn new(most_bytes: u64) -> Self {
        let size = |_: &Key, value: &Arc<V>| {
            let n_bytes = value.json_bytes().saturating_mul(BYTES_PER_JSON).saturating_add(BYTES_AROUND);
            u32::try_from(n_bytes).unwrap_or(u32::MAX)
        };
        // The last used stay: once another model answers, nobody asks for those of the one before.
        let cache =
            Cache::builder().max_capacity(most_bytes).weigher(size).eviction_policy(EvictionPolicy::lru()).build();
        Self { cache, hits: AtomicU64::new(0), misses: AtomicU64::new(0) }
    }

    /// An answer that was given before.
    pub(super) fn get(&self, key: &Key) -> Option<Arc<V>> {
        let found = self.cache.get(key)?;
        self.hits.fetch_add(1, Ordering::Relaxed);
        Some(found)
    }

    /// The answer, made by `make` unless somebody has made it meanwhile; who makes the same at this moment is waited for.
    ///
    /// # Errors
    /// What `make` says.
    pub(super) fn get_or(&self, key: Key, make: impl FnOnce() -> Result<V, String>) -> Result<Arc<V>, String> {
        let entry = self.cache.entry(key).or_try_insert_with(|| make().map(Arc::new));
        let entry = entry.map_err(|error| String::clone(&error))?;
        let counter = if entry.is_fresh() { &self.misses } else { &self.hits };
        counter.fetch_add(1, Ordering::Relaxed);
        Ok(entry.into_value())
    }
}

/// All answers in memory.
pub(super) struct Answers {
    pub(super) predictions: Memory<Answered>,
    pub(super) explanations: Memory<Explained>,
    most_bytes: u64,
}

/// An explanation with the length of its JSON.
pub(super) struct Explained {
    pub(super) explanation: Explanation,
    pub(super) json_bytes: usize,
}

impl Remembered for Explained {
    fn json_bytes(&self) -> usize {
        self.json_bytes
    }
}

/// How much the memory of answers was worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswersUse {
    pub hits: u64,
    pub misses: u64,
    /// About.
    pub size_bytes: u64,
    pub most_bytes: u64,
}

impl Answers {
    /// With room for so many bytes; 0 remembers nothing. Explanations, which are asked for less often, get a quarter.
    pub(super) fn new(most_bytes: u64) -> Self {
        let for_explanations = most_bytes / 4;
        Self {
            predictions: Memory::new(most_bytes - for_explanations),
            explanations: Memory::new(for_explanations),
            most_bytes,
        }
    }

    pub(super) fn used(&self) -> AnswersUse {
        // What was evicted lately is still counted until then.
        self.predictions.cache.run_pending_tasks();
        self.explanations.cache.run_pending_tasks();
        let of_both = |one: &AtomicU64, other: &AtomicU64| one.load(Ordering::Relaxed) + other.load(Ordering::Relaxed);
        AnswersUse {
            hits: of_both(&self.predictions.hits, &self.explanations.hits),
            misses: of_both(&self.predictions.misses, &self.explanations.misses),
            size_bytes: self.predictions.cache.weighted_size() + self.explanations.cache.weighted_size(),
            most_bytes: self.most_bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Text(usize);

    impl Remembered for Text {
        fn json_bytes(&self) -> usize {
            self.0
        }
    }

    fn key(asked: &str) -> Key {
        Key::of(ModelId::new("m"), SnapshotId::new("s"), asked)
    }

    #[test]
    fn the_same_question_is_answered_once() {
        let memory = Memory::new(1_000_000);
        assert!(memory.get(&key("a")).is_none());
        assert!(memory.get_or(key("a"), || Err("no".into())).is_err(), "what fails is not remembered");
        assert!(memory.get_or(key("a"), || Ok(Text(1))).is_ok());
        assert!(memory.get_or(key("a"), || Err("it is there".into())).is_ok());
        assert!(memory.get(&key("a")).is_some());
        for other in [
            Key::of(ModelId::new("n"), SnapshotId::new("s"), "a"),
            Key::of(ModelId::new("m"), SnapshotId::new("t"), "a"),
            key("b"),
        ] {
            assert!(memory.get(&other).is_none(), "{other:?} is another question");
        }
        assert_eq!((memory.hits.into_inner(), memory.misses.into_inner()), (2, 1));
    }

    #[test]
    fn memory_is_bounded_in_bytes_and_the_last_used_stay() {
        let memory = Memory::new(100_000);
        for at in 0..1000 {
            assert!(memory.get_or(key(&at.to_string()), || Ok(Text(1000))).is_ok());
            memory.cache.run_pending_tasks();
        }
        assert!(memory.cache.weighted_size() <= 100_000 && memory.cache.entry_count() > 20);
        assert!(memory.get(&key("999")).is_some() && memory.get(&key("0")).is_none());
        let none = Memory::new(0);
        assert!(none.get_or(key("a"), || Ok(Text(1))).is_ok());
        none.cache.run_pending_tasks();
        assert!(none.get(&key("a")).is_none());
    }
}
