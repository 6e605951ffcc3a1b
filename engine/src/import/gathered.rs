//! What all files of one import say together: items, whole routings, reports by order.
//!
//! Rows are kept encoded, some 60 bytes each, because a plant has millions of them; they are decoded one item, routing
//! or order at a time.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::Flaw;
use super::lookalikes::CodeOf;
use super::reports::{WorkReport, merged_reports};
use crate::domain::{Item, ItemCode, JobCode, OperationRow, RoutingId, WorkCentreCode};

/// An item of an import.
#[derive(Clone, Debug, PartialEq)]
pub struct GatheredItem {
    /// Its code, and what the files say of it.
    pub item: Item,
    /// Names of all attributes that the files that name the item have columns for: what is not in `item` is blank there.
    pub mapped: Arc<BTreeSet<String>>,
}

/// A routing of an import: all its rows, by number and then in the order of the files.
#[derive(Clone, Debug, PartialEq)]
pub struct GatheredRouting {
    pub item: ItemCode,
    pub id: RoutingId,
    pub rows: Vec<OperationRow>,
    /// Why it is held back; empty when it is whole.
    pub held: Vec<Flaw>,
}

/// The reports of one item and order of an import, in the order of the files.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportGroup {
    pub item: ItemCode,
    /// `None` when the plant reports without order numbers.
    pub order: Option<String>,
    pub reports: Vec<WorkReport>,
}

/// Everything that one import brings, in ascending order of keys.
#[derive(Debug, Default)]
pub struct Gathered {
    items: Vec<(ItemCode, Packed)>,
    routings: Vec<((ItemCode, RoutingId), Packed)>,
    held: HashMap<(ItemCode, RoutingId), Vec<Flaw>>,
    reports: Vec<((ItemCode, Option<String>), Packed)>,
    mapped: Vec<Arc<BTreeSet<String>>>,
    jobs: HashMap<String, u64>,
    centres: HashMap<String, u64>,
    /// Jobs and work centres that have another name from now on.
    renamed: HashMap<(CodeOf, String), String>,
}

/// What one row says of an item: which columns its file has, its name, its attributes.
type PackedItem = (u32, Option<String>, Vec<(String, String)>);

/// Encoded records, one after the other.
#[derive(Debug, Default)]
struct Packed(Vec<u8>);

impl Packed {
    fn push(&mut self, record: &impl Serialize) {
        // A record is plain data, and a vector takes all.
        if let Ok(bytes) = postcard::to_extend(record, std::mem::take(&mut self.0)) {
            self.0 = bytes;
        }
    }

    /// In the order in which they were pushed.
    fn records<T: DeserializeOwned>(&self) -> Vec<T> {
        let mut rest = self.0.as_slice();
        let next = || {
            // What this program has just written can be read.
            let (record, after) = postcard::take_from_bytes(rest).ok()?;
            rest = after;
            Some(record)
        };
        std::iter::from_fn(next).collect()
    }
}

impl Gathered {
    /// How many items, routings and groups of reports there are.
    pub fn lens(&self) -> (usize, usize, usize) {
        (self.items.len(), self.routings.len(), self.reports.len())
    }

    /// Items and routings that are held back.
    pub fn held_keys(&self) -> impl Iterator<Item = &(ItemCode, RoutingId)> {
        self.held.keys()
    }

    /// The items that tables of items list.
    pub fn item_codes(&self) -> impl Iterator<Item = &ItemCode> {
        self.items.iter().map(|(code, _)| code)
    }

    /// The items that routings and reports name.
    pub fn named_items(&self) -> BTreeSet<&ItemCode> {
        let of_reports = self.reports.iter().map(|((item, _), _)| item);
        self.routings.iter().map(|((item, _), _)| item).chain(of_reports).collect()
    }

    /// How many rows of routings and reports have each job, or each work centre.
    pub fn codes(&self, of: CodeOf) -> &HashMap<String, u64> {
        match of {
            CodeOf::WorkCentre => &self.centres,
            _ => &self.jobs,
        }
    }

    /// The routings that are held back, with the first reason, ascending by item and id.
    pub fn held(&self) -> Vec<(&ItemCode, &RoutingId, &Flaw)> {
        let mut held: Vec<_> =
            self.held.iter().filter_map(|((item, id), flaws)| Some((item, id, flaws.first()?))).collect();
        held.sort_unstable_by_key(|(item, id, _)| (*item, *id));
        held
    }

    /// Gives the routings and reports of an item to another one.
    pub fn rename_items(&mut self, renamed: &HashMap<ItemCode, ItemCode>) {
        fn rename<K: Ord>(all: &mut Vec<(K, Packed)>, key: impl Fn(&mut K)) {
            all.iter_mut().for_each(|(one, _)| key(one));
            all.sort_by(|a, b| a.0.cmp(&b.0));
            all.dedup_by(|next, kept| {
                let is_same = next.0 == kept.0;
                if is_same {
                    kept.1.0.append(&mut next.1.0);
                }
                is_same
            });
        }
        if renamed.is_empty() {
            return;
        }
        let other = |item: &mut ItemCode| {
            if let Some(other) = renamed.get(item) {
                item.clone_from(other);
            }
        };
        rename(&mut self.items, other);
        rename(&mut self.routings, |(item, _)| other(item));
        rename(&mut self.reports, |(item, _)| other(item));
        let held = std::mem::take(&mut self.held);
        for ((mut item, id), flaws) in held {
            other(&mut item);
            self.held.entry((item, id)).or_default().extend(flaws);
        }
    }

    /// Gives a job or a work centre another name.
    pub fn rename_code(&mut self, of: CodeOf, code: String, other: String) {
        self.renamed.insert((of, code), other);
    }

    fn rename(&self, job: &mut JobCode, centre: Option<&mut WorkCentreCode>) {
        if let Some(other) = self.renamed(CodeOf::Job, job.as_str()) {
            *job = JobCode::new(other);
        }
        if let Some(centre) = centre {
            self.rename_centre(centre);
        }
    }

    fn rename_centre(&self, centre: &mut WorkCentreCode) {
        if let Some(other) = self.renamed(CodeOf::WorkCentre, centre.as_str()) {
            *centre = WorkCentreCode::new(other);
        }
    }

    fn renamed<'c>(&'c self, of: CodeOf, code: &'c str) -> Option<&'c str> {
        if self.renamed.is_empty() {
            return None;
        }
        self.renamed.get(&(of, code.to_owned())).map(String::as_str)
    }

    /// Ascending by code.
    pub fn items(&self) -> impl Iterator<Item = GatheredItem> + '_ {
        (0..self.items.len()).map(|at| self.item(at))
    }

    /// The item at a place below the first of [`Self::lens`].
    pub fn item(&self, at: usize) -> GatheredItem {
        let (code, packed) = &self.items[at];
        let mut item = Item { code: code.clone(), ..Item::default() };
        let mut mapped: Option<Arc<BTreeSet<String>>> = None;
        for (columns, name, attributes) in packed.records::<PackedItem>() {
            item.name = item.name.take().or(name);
            for (name, value) in attributes {
                // Two rows of one file that contradict each other are doubtful: the first stays.
                item.attributes.entry(name).or_insert(value);
            }
            let columns = self.mapped.get(columns as usize);
            mapped = match (mapped, columns) {
                (None, columns) => columns.cloned(),
                (Some(known), Some(more)) if !Arc::ptr_eq(&known, more) => Some(Arc::new(&*known | &**more)),
                (known, _) => known,
            };
        }
        GatheredItem { item, mapped: mapped.unwrap_or_default() }
    }

    /// Ascending by item and id. A routing of which nothing but its name could be read has no rows.
    pub fn routings(&self) -> impl Iterator<Item = GatheredRouting> + '_ {
        (0..self.routings.len()).map(|at| self.routing(at))
    }

    /// The routing at a place below the second of [`Self::lens`].
    pub fn routing(&self, at: usize) -> GatheredRouting {
        let (key, packed) = &self.routings[at];
        let mut rows: Vec<OperationRow> = packed.records();
        rows.sort_by_key(|row| row.seq);
        for row in &mut rows {
            (row.item, row.routing) = key.clone();
            self.rename(&mut row.job, row.work_centre.as_mut());
            for centre in &mut row.alternatives {
                self.rename_centre(centre);
            }
        }
        let held = self.held.get(key).cloned().unwrap_or_default();
        GatheredRouting { item: key.0.clone(), id: key.1.clone(), rows, held }
    }

    /// Ascending by item and order.
    pub fn report_groups(&self) -> impl Iterator<Item = ReportGroup> + '_ {
        (0..self.reports.len()).map(|at| self.report_group(at))
    }

    /// The reports at a place below the third of [`Self::lens`].
    pub fn report_group(&self, at: usize) -> ReportGroup {
        let ((item, order), packed) = &self.reports[at];
        let mut reports: Vec<WorkReport> = Vec::new();
        let mut of_file: Vec<WorkReport> = Vec::new();
        let mut last_file = None;
        for (file, report) in packed.records::<(u32, WorkReport)>() {
            if last_file.is_some_and(|last| last != file) {
                reports = merged_reports(reports, std::mem::take(&mut of_file));
            }
            last_file = Some(file);
            of_file.push(report);
        }
        reports = if reports.is_empty() { of_file } else { merged_reports(reports, of_file) };
        for report in &mut reports {
            (report.result.item, report.result.order) = (item.clone(), order.clone());
            let result = &mut report.result;
            self.rename(&mut result.job, result.work_centre.as_mut());
        }
        ReportGroup { item: item.clone(), order: order.clone(), reports }
    }
}

/// Takes rows in the order of the files and makes [`Gathered`] of them.
#[derive(Debug, Default)]
pub struct Gathering {
    items: HashMap<ItemCode, Packed>,
    routings: HashMap<(ItemCode, RoutingId), Packed>,
    held: HashMap<(ItemCode, RoutingId), Vec<Flaw>>,
    reports: HashMap<(ItemCode, Option<String>), Packed>,
    mapped: Vec<Arc<BTreeSet<String>>>,
    jobs: HashMap<String, u64>,
    centres: HashMap<String, u64>,
    n_files: u32,
    /// Number of its first file; files before it are in another gathering.
    first: u32,
}

impl Gathering {
    /// For a file behind `n_before` others, each of which was told by [`Self::map`] and [`Self::next_file`].
    pub fn numbered_from(n_before: u32) -> Self {
        Self { first: n_before, ..Self::default() }
    }

    /// Adds what later files say.
    pub fn append(&mut self, later: Self) {
        fn append<K: Hash + Eq, V: Default>(all: &mut HashMap<K, V>, later: HashMap<K, V>, add: impl Fn(&mut V, V)) {
            if all.is_empty() {
                *all = later;
                return;
            }
            for (key, value) in later {
                add(all.entry(key).or_default(), value);
            }
        }
        let packed = |all: &mut Packed, mut later: Packed| all.0.append(&mut later.0);
        append(&mut self.items, later.items, packed);
        append(&mut self.routings, later.routings, packed);
        append(&mut self.reports, later.reports, packed);
        append(&mut self.held, later.held, |all, later| all.extend(later));
        append(&mut self.jobs, later.jobs, |all, later| *all += later);
        append(&mut self.centres, later.centres, |all, later| *all += later);
        self.mapped.extend(later.mapped);
        self.n_files += later.n_files;
    }

    /// Says for which attributes the next file of items has columns; the number goes with its items.
    pub fn map(&mut self, attributes: BTreeSet<String>) -> u32 {
        self.mapped.push(Arc::new(attributes));
        self.first + self.mapped.len() as u32 - 1
    }

    /// Adds what a file says of an item.
    pub fn item(&mut self, item: Item, mapped: u32) {
        let attributes: Vec<(String, String)> = item.attributes.into_iter().collect();
        self.items.entry(item.code).or_default().push(&(mapped, item.name, attributes));
    }

    fn count(&mut self, job: &JobCode, centre: Option<&WorkCentreCode>) {
        let add = |counts: &mut HashMap<String, u64>, code: &str| match counts.get_mut(code) {
            Some(n) => *n += 1,
            None => {
                counts.insert(code.to_owned(), 1);
            }
        };
        add(&mut self.jobs, job.as_str());
        if let Some(centre) = centre {
            add(&mut self.centres, centre.as_str());
        }
    }

    /// Adds a row of a routing.
    pub fn operation(&mut self, mut row: OperationRow) {
        self.count(&row.job, row.work_centre.as_ref());
        let key = (std::mem::take(&mut row.item), std::mem::take(&mut row.routing));
        self.routings.entry(key).or_default().push(&row);
    }

    /// Holds a routing back; it may have no other row.
    pub fn hold(&mut self, item: ItemCode, routing: RoutingId, flaw: Flaw) {
        let key = (item, routing);
        self.routings.entry(key.clone()).or_default();
        self.held.entry(key).or_default().push(flaw);
    }

    /// Holds back every routing of these items that this import brings.
    pub fn hold_items(&mut self, held: Vec<(ItemCode, Flaw)>) {
        let mut of_items: HashMap<ItemCode, Vec<Flaw>> = HashMap::new();
        for (item, flaw) in held {
            of_items.entry(item).or_default().push(flaw);
        }
        if of_items.is_empty() {
            return;
        }
        for key in self.routings.keys() {
            if let Some(flaws) = of_items.get(&key.0) {
                self.held.entry(key.clone()).or_default().extend(flaws.iter().cloned());
            }
        }
    }

    /// The number of the next file, which goes with its reports.
    pub fn next_file(&mut self) -> u32 {
        self.n_files += 1;
        self.first + self.n_files
    }

    /// Adds a report. One of a later file replaces those of earlier ones that have its key.
    pub fn report(&mut self, mut report: WorkReport, file: u32) {
        self.count(&report.result.job, report.result.work_centre.as_ref());
        let order = report.result.order.take().filter(|order| !order.is_empty());
        let key = (std::mem::take(&mut report.result.item), order);
        self.reports.entry(key).or_default().push(&(file, report));
    }

    /// Everything in order.
    pub fn finish(self) -> Gathered {
        fn sorted<K: Ord, V>(map: HashMap<K, V>) -> Vec<(K, V)> {
            let mut all: Vec<(K, V)> = map.into_iter().collect();
            all.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            all
        }
        Gathered {
            items: sorted(self.items),
            routings: sorted(self.routings),
            held: self.held,
            reports: sorted(self.reports),
            mapped: self.mapped,
            jobs: self.jobs,
            centres: self.centres,
            renamed: HashMap::new(),
        }
    }
}

/// What is kept of an item after an import: columns of the files replace, others stay.
pub fn merged_item(old: Option<Item>, new: &GatheredItem, adds_only: bool) -> Item {
    let Some(mut merged) = old else { return new.item.clone() };
    if new.item.name.is_some() {
        merged.name.clone_from(&new.item.name);
    }
    if !adds_only {
        merged.attributes.retain(|name, _| !new.mapped.contains(name));
    }
    merged.attributes.extend(new.item.attributes.iter().map(|(name, value)| (name.clone(), value.clone())));
    merged
}

/// The rows of a routing with new ones added: a row of the same number, job and work centre is replaced.
pub fn added_rows(old: Vec<OperationRow>, new: Vec<OperationRow>) -> Vec<OperationRow> {
    let is_known = |row: &OperationRow| {
        new.iter().any(|one| {
            (one.seq, &one.job, &one.work_centre, one.valid_from)
                == (row.seq, &row.job, &row.work_centre, row.valid_from)
        })
    };
    let mut rows: Vec<OperationRow> = old.into_iter().filter(|row| !is_known(row)).collect();
    rows.extend(new);
    rows.sort_by_key(|row| row.seq);
    rows
}
