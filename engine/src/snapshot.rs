//! The plant as data: its items, routings and reports in columns, the way to find items, and the same as bytes.
//!
//! Comes in: items in any order, or a whole plant, once, after an import. Goes out: an immutable [`Snapshot`], named by its
//! content, that lists, finds and gives back items, and that a model is learned from and answers over; its sections as
//! bytes, and a snapshot from such bytes.
//! Never does: learning (that is `train`), reading a file or a database, changing after it was built.
//!
//! Every distinct pair of a column and a value is a *term* and stands once; an item is its code and a list of terms.

pub(crate) mod book;
mod builder;
mod bytes;
mod codes;
mod haystack;
mod items;
pub(crate) mod observed;
#[cfg(feature = "train")]
mod plant_builder;
mod search;
mod squeeze;
mod texts;
#[cfg(feature = "train")]
mod written;

use std::sync::OnceLock;

pub use builder::Builder;
pub use bytes::{Manifest, Part, Section, SnapshotError};
pub use codes::alike_form;
#[cfg(feature = "train")]
pub use plant_builder::PlantBuilder;
pub use search::Found;

use book::{Book, PastRouting};
use items::Items;
use observed::Observed;
use search::Index;

use crate::domain::{Date, Item, ItemCode, SnapshotId};

/// A plant at one moment.
///
/// # Cost
/// Building and opening take about a second for each 300,000 items on one core. The items take some 100 bytes each and twice
/// the text of their distinct values.
pub struct Snapshot {
    id: SnapshotId,
    content: Content,
    /// From the first search on.
    index: OnceLock<Index>,
}

/// What a snapshot holds.
#[derive(Clone, Default, PartialEq)]
struct Content {
    items: Items,
    /// Their routings; empty in a snapshot of items alone.
    book: Book,
    /// Reports of the steps of the book.
    observed: Observed,
    /// The plant's latest day.
    as_of: Option<Date>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Snapshot({}, {} items)", self.id.short(), self.len())
    }
}

impl Snapshot {
    /// The given items and their routings alone, by ascending positions; without reports.
    pub(crate) fn cut(&self, kept: impl IntoIterator<Item = usize>) -> Self {
        let ranges = self.content.book.ranges(self.len());
        let mut builder = Builder::new();
        let Book { jobs, work_centres, routings } = &self.content.book;
        let mut book = Book { jobs: jobs.clone(), work_centres: work_centres.clone(), routings: Vec::new() };
        for (new, old) in kept.into_iter().enumerate() {
            builder.push(&self.item(old), self.n_routings(old));
            let its_own = routings[ranges[old].clone()].iter().cloned();
            book.routings.extend(its_own.map(|routing| PastRouting { item_idx: new as u32, ..routing }));
        }
        let (items, _) = builder.into_items();
        Self::named(Content { items, book, observed: Observed::default(), as_of: self.content.as_of })
    }

    /// Hash of its content: equal for equal content.
    pub fn id(&self) -> &SnapshotId {
        &self.id
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.content.items.len()
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An item by its position, in the order of codes.
    pub fn item(&self, at: usize) -> Item {
        self.content.items.item(at)
    }

    /// The code of an item by its position.
    pub fn code(&self, at: usize) -> &str {
        self.content.items.codes.get(at)
    }

    /// Routings of an item by its position.
    pub fn n_routings(&self, at: usize) -> usize {
        self.content.items.n_routings(at)
    }

    /// The position of an item.
    pub fn position(&self, code: &ItemCode) -> Option<usize> {
        self.content.items.position(code.as_str())
    }

    pub(crate) fn book(&self) -> &Book {
        &self.content.book
    }

    pub(crate) fn observed(&self) -> &Observed {
        &self.content.observed
    }

    /// The plant's latest day.
    #[cfg(feature = "train")]
    pub(crate) fn as_of(&self) -> Option<Date> {
        self.content.as_of
    }

    /// Items that hold every word of `text` in code, name or attributes, the best first: those whose code is the text,
    /// then those whose code begins with it, holds it, then by name and by attributes; equal ones in the order of codes.
    ///
    /// A word is found anywhere in a text, whatever its case, width, blanks, hyphens and underscores (`2g10265` in
    /// `2G-10265`), and by initial consonants (`ㅂㅌ` in `볼트`). Without any word all items are found.
    ///
    /// # Cost
    /// Reads the text of all distinct values once for each word: some milliseconds for 100,000 items. The first search lays
    /// the texts out.
    pub fn search(&self, text: &str, offset: usize, limit: usize) -> Found {
        self.index().search(text, offset, limit)
    }

    /// The item that a typed code means: the one of just this code, else all those whose codes are alike, ascending.
    /// So two or more are never one of them, and none is nothing.
    ///
    /// # Cost
    /// As [`Self::search`] for one word over the codes alone.
    pub fn meant(&self, typed: &str) -> Vec<usize> {
        match self.content.items.position(typed) {
            Some(at) => vec![at],
            None => self.index().codes.alike(typed),
        }
    }

    /// Items whose codes are nearest to a typed one, at most `most`: a character more, less or other, or two that changed
    /// places, and at most about one such edit for each four characters.
    ///
    /// # Cost
    /// Some milliseconds for a million codes; the first call lays out what codes are made of.
    pub fn nearest_codes(&self, typed: &str, most: usize) -> Vec<usize> {
        self.index().codes.nearest(typed, most)
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.content.items))
    }

    /// Does what the first search would do.
    pub fn prepare_search(&self) {
        self.index();
    }
}

#[cfg(test)]
mod tests;
