//! The plant as data: its items in columns, the way to find them, and the same as bytes.
//!
//! Comes in: items in any order, once, after an import. Goes out: an immutable [`Snapshot`], named by its content, that
//! lists, finds and gives back items; its sections as bytes, and a snapshot from such bytes.
//! Never does: learning (that is `train`), reading a file or a database, changing after it was built.
//!
//! Every distinct pair of a column and a value is a *term* and stands once; an item is its code and a list of terms.

mod builder;
mod bytes;
mod haystack;
mod items;
mod search;
mod squeeze;
mod texts;

pub use builder::Builder;
pub use bytes::{Manifest, Part, Section, SnapshotError};
pub use search::Found;

use items::Items;
use search::Index;

use crate::domain::{Item, ItemCode, SnapshotId};

/// The items of a plant at one moment.
///
/// # Cost
/// Building and opening take about a second for each 300,000 items on one core; the memory is some 100 bytes an item and
/// twice the text of the distinct values.
pub struct Snapshot {
    id: SnapshotId,
    items: Items,
    index: Index,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Snapshot({}, {} items)", self.id.short(), self.len())
    }
}

impl Snapshot {
    fn of(id: SnapshotId, items: Items) -> Self {
        let index = Index::of(&items);
        Self { id, items, index }
    }

    /// Hash of its content: equal for equal items.
    pub fn id(&self) -> &SnapshotId {
        &self.id
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An item by its position, in the order of codes.
    pub fn item(&self, at: usize) -> Item {
        self.items.item(at)
    }

    /// Routings of an item by its position.
    pub fn n_routings(&self, at: usize) -> usize {
        self.items.n_routings(at)
    }

    /// The position of an item.
    pub fn position(&self, code: &ItemCode) -> Option<usize> {
        self.items.position(code.as_str())
    }

    /// Items that hold every word of `text` in code, name or attributes, the best first: those whose code is the text,
    /// then those whose code begins with it, holds it, then by name and by attributes; equal ones in the order of codes.
    ///
    /// A word is found anywhere in a text, whatever its case, width, blanks, hyphens and underscores (`2g10265` in
    /// `2G-10265`), and by initial consonants (`ㅂㄹㅌ` in `볼트`). Words without a letter or digit do not count; without
    /// any word all items are found.
    ///
    /// # Cost
    /// Reads the text of all distinct values once for each word: some milliseconds for 100,000 items.
    pub fn search(&self, text: &str, offset: usize, limit: usize) -> Found {
        self.index.search(text, offset, limit)
    }
}

#[cfg(test)]
mod tests;
