//! What an import did, as it is printed, kept and answered.

use std::collections::BTreeMap;

use engine::domain::{Date, ItemCode, RoutingId};
use engine::import::{Flaw, Gathered, Grade, ImportReport, LeftOut, LikeCode};
use serde::{Deserialize, Serialize};

use crate::db::imports::PlantCounts;
use crate::services::store::Changes;

/// Places of a rule that are told.
const N_PLACES: usize = 3;
/// Held-back routings and codes that are told one by one.
const N_TOLD: usize = 20;

/// What an import did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// Under what it is found again; `None` when nothing was stored.
    pub id: Option<String>,
    /// The number that `import undo` takes.
    pub no: Option<i64>,
    pub is_dry_run: bool,
    /// The plant's day.
    pub as_of: Date,
    /// The plant whose rows were taken, where the data name plants.
    pub plant: Option<String>,
    /// Tables that were read, each with its account: `n_rows = n_ok + n_duplicates + n_errors`.
    pub files: Vec<ImportReport>,
    /// Files of a folder that are not one of the tables.
    pub skipped: Vec<LeftOut>,
    /// Files that should be a table of ours and cannot be read: nothing of the import went in.
    pub failed: Vec<LeftOut>,
    /// What is wrong with rows and values, by rule.
    pub flaws: Vec<FlawGroup>,
    /// Routings that are held back because a row of them was refused.
    pub held: HeldRoutings,
    /// Codes that look like another one.
    pub look_alike: LookAlike,
    /// What changed in the plant's data.
    pub changes: Changes,
    /// New in the database; other rows that went in were there before.
    pub n_new_items: usize,
    pub n_new_operations: usize,
    pub n_new_results: usize,
    /// Items that only a routing names: they were added without attributes, and are among the new items.
    pub n_unlisted_items: usize,
    /// The plant after the import.
    pub n_items: usize,
    pub n_items_with_routing: usize,
    /// Whole routings.
    pub n_routings: usize,
    /// Routings held back.
    pub n_held_routings: usize,
    pub n_results: usize,
}

impl ImportSummary {
    /// Rows that were refused.
    pub fn n_refused(&self) -> u64 {
        self.files.iter().map(|file| file.n_refused).sum()
    }

    /// Rows with doubtful values.
    pub fn n_doubtful(&self) -> u64 {
        self.files.iter().map(|file| file.n_doubtful).sum()
    }

    pub(super) fn set_plant(&mut self, counts: PlantCounts) {
        self.n_items = counts.n_items;
        self.n_items_with_routing = counts.n_items_with_routing;
        self.n_routings = counts.n_routings;
        self.n_held_routings = counts.n_held;
        self.n_results = counts.n_results;
    }

    pub(super) fn set_changes(&mut self, changes: Changes) {
        self.n_new_items = changes.items.n_new;
        self.n_new_operations = changes.n_new_operations;
        self.n_new_results = changes.results.n_new;
        self.n_unlisted_items = changes.n_unlisted_items;
        self.changes = changes;
    }
}

/// What broke one rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlawGroup {
    pub grade: Grade,
    /// The code of what was expected.
    pub rule: String,
    pub n: u64,
    /// The first places.
    pub first: Vec<Flaw>,
}

/// Flaws by grade and rule, the refused ones first.
#[derive(Debug, Default)]
pub struct FlawGroups(BTreeMap<(Grade, String), FlawGroup>);

impl FlawGroups {
    pub(super) fn add(&mut self, flaw: &Flaw) {
        let group = self.0.entry((flaw.grade, flaw.rule.clone())).or_insert_with(|| FlawGroup {
            grade: flaw.grade,
            rule: flaw.rule.clone(),
            n: 0,
            first: Vec::new(),
        });
        group.n += 1;
        if group.first.len() < N_PLACES {
            group.first.push(flaw.clone());
        }
    }

    pub(super) fn finish(self) -> Vec<FlawGroup> {
        let mut groups: Vec<FlawGroup> = self.0.into_values().collect();
        groups.sort_by(|a, b| a.grade.cmp(&b.grade).then(b.n.cmp(&a.n)).then_with(|| a.rule.cmp(&b.rule)));
        groups
    }
}

/// Routings that this import holds back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HeldRoutings {
    pub n: usize,
    pub first: Vec<HeldRouting>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldRouting {
    pub item: String,
    pub routing: String,
    pub reason: Flaw,
}

impl HeldRoutings {
    pub(super) fn of(gathered: &Gathered) -> Self {
        let held = gathered.held();
        let told = |(item, routing, reason): &(&ItemCode, &RoutingId, &Flaw)| HeldRouting {
            item: item.to_string(),
            routing: routing.to_string(),
            reason: (*reason).clone(),
        };
        Self { n: held.len(), first: held.iter().take(N_TOLD).map(told).collect() }
    }
}

/// Codes that look like another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookAlike {
    pub n: usize,
    pub n_joined: usize,
    pub first: Vec<LikeCode>,
}

impl From<Vec<LikeCode>> for LookAlike {
    fn from(codes: Vec<LikeCode>) -> Self {
        let n_joined = codes.iter().filter(|code| code.is_joined).count();
        Self { n: codes.len(), n_joined, first: codes.into_iter().take(N_TOLD).collect() }
    }
}
