//! What an import changes in the plant's data.

use std::collections::BTreeMap;

use engine::domain::Date;
use serde::{Deserialize, Serialize};

use crate::db::versions::Kind;

/// A routing that has become much shorter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shrunk {
    pub item: String,
    pub routing: String,
    pub n_before: usize,
    pub n_after: usize,
}

/// Numbers of items, of routings or of single reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindChanges {
    pub n_new: usize,
    pub n_changed: usize,
    pub n_unchanged: usize,
    pub n_removed: usize,
    /// What was there before the import.
    pub n_before: usize,
}

impl KindChanges {
    /// Share of what was there that goes, 0 to 1.
    pub fn removed_share(&self) -> f64 {
        if self.n_before == 0 { 0.0 } else { self.n_removed as f64 / self.n_before as f64 }
    }
}

/// What an import changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    pub items: KindChanges,
    /// Held-back ones count like others.
    pub routings: KindChanges,
    pub results: KindChanges,
    /// Operations of whole routings that were not there before: of a routing that grows, the difference.
    pub n_new_operations: usize,
    /// Routings that this import holds back.
    pub n_held: usize,
    /// Those of them that were whole before.
    pub n_newly_held: usize,
    /// Routings that were held back and are whole now.
    pub n_mended: usize,
    /// Replaced by less than half of their operations.
    pub shrunk: Vec<Shrunk>,
    /// Items that only routings or reports name: added without attributes, and among the new items.
    pub n_unlisted_items: usize,
    /// Rows of this import that ended before the plant's day.
    pub n_expired: usize,
    /// Rows of this import that begin later, by day.
    pub due: BTreeMap<Date, usize>,
}

impl Changes {
    /// Those of one kind.
    pub fn of(&self, kind: Kind) -> &KindChanges {
        match kind {
            Kind::Item => &self.items,
            Kind::Routing => &self.routings,
            Kind::Report => &self.results,
        }
    }

    pub(super) fn of_mut(&mut self, kind: Kind) -> &mut KindChanges {
        match kind {
            Kind::Item => &mut self.items,
            Kind::Routing => &mut self.routings,
            Kind::Report => &mut self.results,
        }
    }

    /// Adds what another part of the same import changes.
    pub(super) fn absorb(&mut self, other: Self) {
        for kind in Kind::ALL {
            let (mine, theirs) = (self.of_mut(kind), other.of(kind));
            mine.n_new += theirs.n_new;
            mine.n_changed += theirs.n_changed;
            mine.n_unchanged += theirs.n_unchanged;
            mine.n_removed += theirs.n_removed;
            mine.n_before += theirs.n_before;
        }
        self.n_new_operations += other.n_new_operations;
        self.n_held += other.n_held;
        self.n_newly_held += other.n_newly_held;
        self.n_mended += other.n_mended;
        self.shrunk.extend(other.shrunk);
        self.n_unlisted_items += other.n_unlisted_items;
        self.n_expired += other.n_expired;
        for (day, n) in other.due {
            *self.due.entry(day).or_default() += n;
        }
    }
}
