//! What all files of one import say together: items, whole routings, reports by order.
//!
//! Rows are kept encoded, some 60 bytes each, because a plant has millions of them; they are decoded one item, routing
//! or order at a time.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::error::Flaw;
use super::lookalikes::CodeOf;
use crate::domain::{Item, ItemCode, JobCode, OperationRow, RoutingId, WorkCentreCode, WorkResult};

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
    pub reports: Vec<Report>,
}

/// One report of work as it was written, also one that takes another back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Its quantities and times; a reversal has negative ones. The run time includes `hold_min`.
    pub result: WorkResult,
    /// Its own number, by which a later import replaces it.
    pub number: Option<String>,
    /// Minutes of the run time in which nothing was done.
    pub hold_min: Option<f64>,
    /// Marked as cancelled.
    pub is_cancelled: bool,
}

/// By what a later report replaces an earlier one of the same item and order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportKey {
    Number(String),
    /// Operation number, job, work centre and day, as text.
    Work(String),
}

impl Report {
    /// Its key.
    pub fn key(&self) -> ReportKey {
        match &self.number {
            Some(number) => ReportKey::Number(number.clone()),
            None => {
                let result = &self.result;
                let part = |text: Option<String>| text.unwrap_or_default();
                let parts = [
                    part(result.routing.as_ref().map(ToString::to_string)),
                    part(result.seq.as_ref().map(ToString::to_string)),
                    result.job.to_string(),
                    part(result.work_centre.as_ref().map(ToString::to_string)),
                    part(result.end.as_ref().map(ToString::to_string)),
                ];
                ReportKey::Work(parts.join("\u{1f}"))
            }
        }
    }

    /// Whether it takes another report back: a negative quantity or time.
    pub fn is_reversal(&self) -> bool {
        let result = &self.result;
        [result.qty, result.good_qty, result.run_min, result.setup_min].into_iter().flatten().any(|value| value < 0.0)
    }
}

/// The reports that count: without cancelled ones, and without pairs of a report and its reversal.
///
/// A reversal takes back the latest report before it of the same operation whose quantity and run time it names, else the
/// latest of the same operation with one of the two. A reversal without such a report does not count either. The hold
/// time is taken off the run time.
pub fn effective(reports: &[Report]) -> Vec<WorkResult> {
    let mut counts: Vec<Option<&Report>> = Vec::with_capacity(reports.len());
    for report in reports.iter().filter(|report| !report.is_cancelled) {
        if !report.is_reversal() {
            counts.push(Some(report));
            continue;
        }
        let same_work = |one: &Report| {
            (&one.result.job, one.result.seq, &one.result.routing)
                == (&report.result.job, report.result.seq, &report.result.routing)
        };
        let opposes = |a: Option<f64>, b: Option<f64>| a.zip(b).is_some_and(|(a, b)| a != 0.0 && a == -b);
        let fit = |one: &Report| {
            u8::from(opposes(one.result.run_min, report.result.run_min))
                + u8::from(opposes(one.result.qty, report.result.qty))
        };
        let found = counts
            .iter()
            .enumerate()
            .filter_map(|(at, one)| one.filter(|one| same_work(one)).map(|one| (fit(one), at)))
            .filter(|(fit, _)| *fit > 0)
            .max();
        if let Some((_, at)) = found {
            counts[at] = None;
        }
    }
    counts.into_iter().flatten().map(worked).collect()
}

fn worked(report: &Report) -> WorkResult {
    let run_min = match (report.result.run_min, report.hold_min) {
        // A hold longer than the work says that one of the two is wrong, and not which.
        (Some(run), Some(hold)) => Some(run - hold).filter(|rest| *rest >= 0.0),
        (run, _) => run,
    };
    WorkResult { run_min, ..report.result.clone() }
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

    fn records<T: DeserializeOwned>(&self) -> Vec<T> {
        let (mut rest, mut records) = (self.0.as_slice(), Vec::new());
        while !rest.is_empty() {
            let Ok((record, after)) = postcard::take_from_bytes(rest) else { break };
            records.push(record);
            rest = after;
        }
        records
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
        self.items.iter().map(|(code, packed)| {
            let records: Vec<PackedItem> = packed.records();
            let mut item = Item { code: code.clone(), ..Item::default() };
            let mut mapped: Option<Arc<BTreeSet<String>>> = None;
            for (columns, name, attributes) in records {
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
        })
    }

    /// Ascending by item and id. A routing of which nothing but its name could be read has no rows.
    pub fn routings(&self) -> impl Iterator<Item = GatheredRouting> + '_ {
        self.routings.iter().map(|(key, packed)| {
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
        })
    }

    /// Ascending by item and order.
    pub fn report_groups(&self) -> impl Iterator<Item = ReportGroup> + '_ {
        self.reports.iter().map(|((item, order), packed)| {
            let records: Vec<(u32, Report)> = packed.records();
            let mut reports: Vec<Report> = Vec::with_capacity(records.len());
            for of_file in records.chunk_by(|a, b| a.0 == b.0) {
                let of_file = of_file.iter().map(|(_, report)| report.clone()).collect();
                reports = if reports.is_empty() { of_file } else { merged_reports(reports, of_file) };
            }
            for report in &mut reports {
                (report.result.item, report.result.order) = (item.clone(), order.clone());
                let result = &mut report.result;
                self.rename(&mut result.job, result.work_centre.as_mut());
            }
            ReportGroup { item: item.clone(), order: order.clone(), reports }
        })
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
}

impl Gathering {
    /// Says for which attributes the next file of items has columns; the number goes with its items.
    pub fn map(&mut self, attributes: BTreeSet<String>) -> u32 {
        self.mapped.push(Arc::new(attributes));
        self.mapped.len() as u32 - 1
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

    /// Holds back every routing of an item that this import brings.
    pub fn hold_item(&mut self, item: &ItemCode, flaw: &Flaw) {
        for key in self.routings.keys().filter(|(of, _)| of == item) {
            self.held.entry(key.clone()).or_default().push(flaw.clone());
        }
    }

    /// The number of the next file, which goes with its reports.
    pub fn next_file(&mut self) -> u32 {
        self.n_files += 1;
        self.n_files
    }

    /// Adds a report. One of a later file replaces those of earlier ones that have its key.
    pub fn report(&mut self, mut report: Report, file: u32) {
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

/// The reports of one item and order after an import: those with a key of the new ones are replaced.
pub fn merged_reports(old: Vec<Report>, new: Vec<Report>) -> Vec<Report> {
    let keys: BTreeSet<ReportKey> = new.iter().map(Report::key).collect();
    let mut merged: Vec<Report> = old.into_iter().filter(|report| !keys.contains(&report.key())).collect();
    merged.extend(new);
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
