//! Rows seen before, within a bounded memory: some ten bytes a row, never the rows themselves.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use csv::StringRecord;

use crate::domain::{Item, OperationRow};

use super::error::Expected;
use super::reader::Record;

/// What a row is to the rows before it.
#[derive(Clone, Debug, PartialEq)]
pub enum Repeat {
    New,
    /// It says nothing new.
    Duplicate,
    /// It contradicts an earlier row.
    Clash(Expected),
}

/// Hashes of the rows that went in.
///
/// A key is held as 64 bits; that two of a million keys share them has a chance of 3 in 10⁸, and then one row is
/// reported as clashing, which is seen. Whole reports of work, which would vanish unseen, are held as 128 bits.
#[derive(Default)]
pub struct Repeats {
    /// Key → (content, row, whether a value of that row could not be read).
    keys: HashMap<u64, (u64, u32, bool)>,
    reports: HashSet<(u64, u64)>,
}

impl Repeats {
    /// Compares a row with the earlier ones and remembers it if it is new.
    ///
    /// A row with a value that could not be read (`is_doubtful`) contradicts none: what it says is not known.
    pub fn check(
        &mut self,
        record: &Record,
        cells: &StringRecord,
        item_at: Option<usize>,
        row: u32,
        is_doubtful: bool,
    ) -> Repeat {
        match record {
            Record::Item(item) => {
                let (key, content) = of_item(item);
                self.keyed(key, content, row, is_doubtful)
            }
            Record::Operation(operation) => {
                let (key, content) = of_operation(operation);
                self.keyed(key, content, row, is_doubtful)
            }
            // A report has no key: without an order number, equal rows may be equal work done twice.
            Record::WorkResult(report) if report.result.order.is_none() && report.number.is_none() => Repeat::New,
            Record::WorkResult(report) => {
                // The cells and not the record, because the time of day, which it drops, tells two reports apart. A
                // blank item is that of the row above.
                let mut cells: Vec<&str> = cells.iter().map(str::trim).collect();
                if let Some(cell) = item_at.and_then(|at| cells.get_mut(at)).filter(|cell| cell.is_empty()) {
                    *cell = report.result.item.as_str();
                }
                if self.reports.insert((hash(&(0, &cells)), hash(&(1, &cells)))) {
                    Repeat::New
                } else {
                    Repeat::Duplicate
                }
            }
        }
    }

    fn keyed(&mut self, key: u64, content: u64, row: u32, is_doubtful: bool) -> Repeat {
        match self.keys.get(&key) {
            None => {
                self.keys.insert(key, (content, row, is_doubtful));
                Repeat::New
            }
            Some(_) if is_doubtful => Repeat::New,
            Some((_, _, true)) => {
                self.keys.insert(key, (content, row, false));
                Repeat::New
            }
            Some((known, ..)) if *known == content => Repeat::Duplicate,
            Some((_, first_row, _)) => Repeat::Clash(Expected::UniqueKey { first_row: *first_row }),
        }
    }
}

/// Key and content of an item. Every field is in one of them, so that the next one cannot be forgotten.
fn of_item(item: &Item) -> (u64, u64) {
    let Item { code, name, attributes } = item;
    (hash(code), hash(&(name, attributes)))
}

/// Key and content of an operation, in the same way.
fn of_operation(operation: &OperationRow) -> (u64, u64) {
    let OperationRow {
        item,
        routing,
        seq,
        job,
        job_name,
        work_centre,
        work_centre_name,
        alternatives,
        outsourced,
        setup_min,
        run_min_per_piece,
        queue_min,
        wait_min,
        move_min,
        is_batch,
        is_main,
        is_primary,
        priority,
        created,
        valid_from,
        valid_to,
    } = operation;
    let key = hash(&((item, routing, seq, job, job_name), (work_centre, valid_from, valid_to)));
    let minutes = [setup_min, run_min_per_piece, queue_min, wait_min, move_min];
    let minutes = minutes.map(|minutes| minutes.map(f64::to_bits));
    let flags = (outsourced, is_batch, is_main, is_primary, priority);
    (key, hash(&(work_centre_name, alternatives, minutes, flags, created)))
}

fn hash(value: &impl Hash) -> u64 {
    // `new` has fixed keys, so that the same file always gives the same report.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Seq;

    #[test]
    fn rows_that_differ_in_anything_are_not_the_same() {
        let row = OperationRow {
            item: "A".into(),
            seq: Seq::new(10),
            job: "TURN".into(),
            setup_min: Some(5.0),
            ..OperationRow::default()
        };
        let others = [
            OperationRow { queue_min: Some(60.0), ..row.clone() },
            OperationRow { wait_min: Some(60.0), ..row.clone() },
            OperationRow { move_min: Some(60.0), ..row.clone() },
            OperationRow { is_batch: Some(true), ..row.clone() },
            OperationRow { is_primary: Some(true), ..row.clone() },
            OperationRow { priority: Some(1), ..row.clone() },
            OperationRow { setup_min: None, ..row.clone() },
        ];
        let none = StringRecord::new();
        for other in others {
            let mut repeats = Repeats::default();
            let mut check =
                |row: &OperationRow, at| repeats.check(&Record::Operation(row.clone()), &none, None, at, false);
            assert_eq!((check(&row, 2), check(&row, 3)), (Repeat::New, Repeat::Duplicate));
            assert_eq!(check(&other, 4), Repeat::Clash(Expected::UniqueKey { first_row: 2 }), "{other:?}");
        }
    }
}
