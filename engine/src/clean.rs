//! From what a plant wrote to what it meant: text, numbers, dates and units, one value at a time.
//!
//! Comes in: cells of a table, or the attributes of a query item typed into a form. Goes out: cleaned text, numbers,
//! days and items, and [`CleanCounts`] of what was changed. It runs on both sides, because an item is cleaned in the
//! browser exactly as it was when it was imported; cleaning twice changes nothing.
//! Never does: refuse a row (that is `import`), guess a value that is missing, know one plant's column names.

pub mod codes;
pub mod dates;
pub mod durations;
pub mod headings;
mod item;
mod measure;
pub mod missing;
pub mod numbers;
pub mod text;
pub mod time_units;
pub mod units;

use serde::{Deserialize, Serialize};

pub use item::{Cell, attributes, item, item_counted};
pub use measure::{Length, Measured, attribute, with_unit as measure_with_unit};

/// How often cleaning changed what was written.
///
/// Only rows that went in are counted; a refused row is reported whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CleanCounts {
    /// Values such as `NULL`, `N/A`, `-`, or a length of 0, taken as missing. Empty cells are not counted.
    pub n_blanked: u64,
    /// Values converted from another unit (inches, centimetres, pounds, hours …).
    pub n_units_converted: u64,
    /// Lengths without a unit that were taken as millimetres.
    pub n_units_assumed: u64,
    /// Values whose unit was not understood: a length is dropped, anything else is kept as written.
    pub n_units_unknown: u64,
    /// Days that only mean "open" or "not set": 2999-12-31, 31-Dec-99, 1900-01-01.
    pub n_sentinel_dates: u64,
    /// Lengths that no part has (9999, more than six metres), taken as missing.
    pub n_absurd_sizes: u64,
}

impl CleanCounts {
    /// Adds the counts of one row or file.
    pub fn add(&mut self, other: &Self) {
        self.n_blanked += other.n_blanked;
        self.n_units_converted += other.n_units_converted;
        self.n_units_assumed += other.n_units_assumed;
        self.n_units_unknown += other.n_units_unknown;
        self.n_sentinel_dates += other.n_sentinel_dates;
        self.n_absurd_sizes += other.n_absurd_sizes;
    }
}

#[cfg(test)]
mod tests;
