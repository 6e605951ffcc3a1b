//! What was predicted is kept as long as the plant wants, and longer where somebody has judged it.
//!
//! Comes in: the time that is believed, and how many days. Goes out: fewer rows.
//! Never does: decide whether the time is right (the sweep asks first); delete what a verdict stands on.

use super::Services;
use crate::clock::stamp_of;
use crate::db::{predictions, receipts};
use crate::error::Failure;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Rows of one transaction: others write in between.
const BATCH: usize = 500;
/// Batches of one sweep; the rest waits for the next one.
const MOST_BATCHES: usize = 10;

impl Services {
    /// Deletes predictions that are older than so many days and on which no verdict stands, then receipts as old that no
    /// prediction names any more. 0 days keep everything.
    pub(super) async fn forget_predictions(&self, now_ms: i64, kept_days: u32) -> Result<(), Failure> {
        if kept_days == 0 {
            return Ok(());
        }
        // Nothing is older than an instant that no calendar has, whose stamp is empty.
        let oldest = stamp_of(now_ms.saturating_sub(i64::from(kept_days) * DAY_MS));
        for _ in 0..MOST_BATCHES {
            if predictions::forget_before(&self.db, &oldest, BATCH).await? < BATCH {
                break;
            }
        }
        for _ in 0..MOST_BATCHES {
            if receipts::forget_before(&self.db, &oldest, BATCH).await? < BATCH {
                break;
            }
        }
        Ok(())
    }
}
