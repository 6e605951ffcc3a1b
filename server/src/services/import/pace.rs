//! How far the reading of files is, and whether it is to go on.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::{ImportEvent, Listener};

/// How often a file is read from its begin: for its encoding, for its columns, for its rows.
const N_READINGS: u64 = 3;
/// Bytes between two questions whether to go on.
const PIECE_BYTES: u64 = 1024 * 1024;

/// Somebody wants the import to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the import was ended")]
pub struct Ended;

/// The reading of all files of an import.
pub struct Pace {
    all: u64,
    read: AtomicU64,
    is_ended: AtomicBool,
    listener: Listener,
}

impl Pace {
    /// Of files that are so long together.
    pub fn new(n_bytes: u64, listener: Listener) -> Self {
        let all = n_bytes.saturating_mul(N_READINGS).max(1);
        Self { all, read: AtomicU64::new(0), is_ended: AtomicBool::new(false), listener }
    }

    /// So many bytes more were read.
    ///
    /// # Errors
    /// [`Ended`] when nothing more is to be read.
    pub fn read(&self, n: u64) -> Result<(), Ended> {
        let before = self.read.fetch_add(n, Ordering::Relaxed);
        if before / PIECE_BYTES != (before + n) / PIECE_BYTES {
            return self.ask((before + n) as f64 / self.all as f64);
        }
        if self.is_ended() { Err(Ended) } else { Ok(()) }
    }

    /// Tells the share of the reading that is done, 0 to 1, and asks whether to go on.
    ///
    /// # Errors
    /// [`Ended`] when not.
    pub fn ask(&self, share: f64) -> Result<(), Ended> {
        if (self.listener)(ImportEvent::Share(share.min(1.0))) == ControlFlow::Break(()) {
            self.is_ended.store(true, Ordering::Relaxed);
        }
        if self.is_ended() { Err(Ended) } else { Ok(()) }
    }

    /// Whether somebody wanted the end.
    pub fn is_ended(&self) -> bool {
        self.is_ended.load(Ordering::Relaxed)
    }
}
