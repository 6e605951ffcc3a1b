//! The second pass over a table: its rows as rows of the domain.

mod made;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use csv::StringRecord;

use super::cells::{Cells, Fault};
use super::columns::{Field, TableKind};
use super::error::{Expected, Flaw, Grade};
use super::no_data;
use super::repeats::{Repeat, Repeats};
use super::report::ImportReport;
use super::reports::WorkReport;
use super::rows::{Broken, MAX_LINE_BYTES, Row, RowSource};
use super::table::Table;
use crate::clean::{CleanCounts, text};
use crate::domain::{Item, ItemCode, JobCode, OperationRow, RoutingId, Seq};

/// A row of one of the three tables.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    Item(Item),
    Operation(OperationRow),
    WorkResult(WorkReport),
}

/// What became of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// As a spreadsheet shows it.
    pub row: u32,
    /// Where the row went; `None` when it only repeats an earlier one.
    pub record: Result<Option<Record>, Box<Refusal>>,
    /// Values that are unknown because they could not be read.
    pub doubts: Vec<Flaw>,
    /// The row's own cells, for a file of refused rows.
    pub cells: Vec<String>,
}

/// A row that does not go in.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub flaw: Flaw,
    /// The routing that the row belongs to, or would.
    pub belongs: Belongs,
}

/// What a refused row of a routing table belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// To no routing.
    Nowhere,
    Routing(ItemCode, RoutingId),
    /// To some routing of the item.
    Item(ItemCode),
    /// Nobody knows: to the routing of the row above, or of the row below.
    Neighbours,
}

/// The rows of one table.
pub struct TableRows {
    table: Arc<Table>,
    source: Box<dyn RowSource + Send>,
    repeats: Repeats,
    above: Above,
    clean: CleanCounts,
    missing: BTreeMap<String, u64>,
    no_data: BTreeMap<String, u64>,
    counts: Counts,
    failure: Option<String>,
    is_done: bool,
    keeps_cells: bool,
}

/// The rows of nothing.
struct Nothing;

impl RowSource for Nothing {
    fn next_row(&mut self) -> io::Result<Option<Row>> {
        Ok(None)
    }

    fn n_blank(&self) -> u64 {
        0
    }
}

#[derive(Default)]
struct Counts {
    n_ok: u64,
    n_duplicates: u64,
    n_refused: u64,
    n_doubtful: u64,
    n_continued: u64,
    n_other_plants: u64,
}

/// What the rows above say of a row with blank cells.
#[derive(Default)]
struct Above {
    item: Option<ItemCode>,
    routing: Option<RoutingId>,
    order: Option<String>,
    operation: Option<(Seq, JobCode)>,
    /// Operations so far, where the table does not number them.
    n_operations: BTreeMap<(ItemCode, RoutingId), u32>,
}

impl Above {
    /// After a row of which nobody knows what it is about.
    fn forget(&mut self) {
        (self.item, self.routing, self.order, self.operation) = (None, None, None, None);
    }
}

/// Characters of a broken row that a flaw shows.
const MAX_SHOWN_CHARS: usize = 100;

impl TableRows {
    /// Reads the rows of `table` from `source`, which stands behind the header.
    pub fn new(table: Arc<Table>, source: Box<dyn RowSource + Send>) -> Self {
        Self {
            table,
            source,
            repeats: Repeats::default(),
            above: Above::default(),
            clean: CleanCounts::default(),
            missing: BTreeMap::new(),
            no_data: BTreeMap::new(),
            counts: Counts::default(),
            failure: None,
            is_done: false,
            keeps_cells: false,
        }
    }

    /// Every outcome has the cells of its row, not only those with a flaw.
    #[must_use]
    pub fn keeping_cells(mut self) -> Self {
        self.keeps_cells = true;
        self
    }

    /// Rows of a table that could not be opened again: one refusal.
    pub fn unopened(table: Arc<Table>, error: &io::Error) -> Self {
        let mut rows = Self::new(table, Box::new(Nothing));
        rows.failure = Some(error.to_string());
        rows
    }

    /// The account so far; complete once the rows have ended.
    pub fn report(&self) -> ImportReport {
        let counts = &self.counts;
        let mut report = self.table.report();
        report.n_rows = counts.n_ok + counts.n_duplicates + counts.n_refused;
        report.n_ok = counts.n_ok;
        report.n_duplicates = counts.n_duplicates;
        report.n_errors = counts.n_refused;
        report.n_refused = counts.n_refused;
        report.n_doubtful = counts.n_doubtful;
        report.n_continued = counts.n_continued;
        report.n_other_plants = counts.n_other_plants;
        report.n_blank = self.source.n_blank();
        report.no_data.extend(self.no_data.clone());
        let named = |(at, n): (usize, u64)| Some((self.table.header.get(at)?.clone(), n));
        let is_number = |at: usize| self.table.at(Field::ProcSeq) == Some(at);
        let codes = self.source.number_codes().into_iter().filter(|(at, _)| !is_number(*at));
        report.number_codes = codes.filter_map(named).collect();
        report.missing = self.missing.clone();
        report.clean = self.clean;
        report
    }

    fn flaw(&self, row: u32, fault: Fault, grade: Grade) -> Flaw {
        Flaw {
            file: self.table.file.clone(),
            sheet: self.table.sheet.clone(),
            row,
            column: fault.column.and_then(|at| self.table.header.get(at).cloned()),
            value: fault.value,
            rule: fault.expected.rule().to_owned(),
            expected: fault.expected,
            grade,
            suggestion: None,
        }
    }

    /// What became of a row; `None` when it is no data or another plant's.
    fn take(&mut self, row: Row) -> Option<Outcome> {
        let number = row.number;
        let record = match row.fields {
            Ok(record) => record,
            Err((text, why)) => return Some(self.broken(number, text, &why)),
        };
        if let Some(kind) = no_data::classify(&record, &self.table.header, &self.table.keys) {
            *self.no_data.entry(kind.name().to_owned()).or_default() += 1;
            return None;
        }
        if self.is_of_another_plant(&record) {
            self.counts.n_other_plants += 1;
            return None;
        }
        let table = Arc::clone(&self.table);
        let table = &*table;
        let mut missing = std::mem::take(&mut self.missing);
        let mut cells = Cells {
            table,
            record: &record,
            typed: &row.typed,
            counts: CleanCounts::default(),
            doubts: Vec::new(),
            missing: &mut missing,
        };
        let read = match row.n_missing > 0 && !table.may_lack_last(row.n_missing) {
            true => Err(Box::new((fields_fault(table, &record), Belongs::Neighbours))),
            false => match table.kind {
                TableKind::Items => self.item(&mut cells),
                TableKind::Routings => self.operation(&mut cells),
                TableKind::WorkResults => self.work_result(&mut cells),
            },
        };
        let (counts, doubts) = (cells.counts, std::mem::take(&mut cells.doubts));
        self.missing = missing;
        let shown = || record.iter().map(str::to_owned).collect();
        let (made, continued) = match read {
            Ok(made) => made,
            Err(refused) => {
                let (fault, belongs) = *refused;
                return Some(self.refused(number, fault, belongs, shown()));
            }
        };
        self.counts.n_continued += u64::from(continued);
        match self.repeats.check(&made, &record, table.at(Field::ItemCd), number, !doubts.is_empty()) {
            Repeat::New => {}
            Repeat::Duplicate => {
                self.counts.n_duplicates += 1;
                return Some(Outcome { row: number, record: Ok(None), doubts: Vec::new(), cells: Vec::new() });
            }
            Repeat::Clash(expected) => {
                let (field, belongs) = match &made {
                    Record::Operation(row) => (Field::ProcSeq, Belongs::Routing(row.item.clone(), row.routing.clone())),
                    _ => (Field::ItemCd, Belongs::Nowhere),
                };
                let column = table.at(field);
                let value = column.and_then(|at| record.get(at)).unwrap_or("").chars().take(100).collect();
                let fault = Fault { column, value, expected };
                if belongs != Belongs::Nowhere {
                    return Some(self.refused(number, fault, belongs, shown()));
                }
                // Which of two descriptions of an item is right is not known: the first stays, the rest is added.
                let mut doubts: Vec<Flaw> =
                    doubts.into_iter().map(|doubt| self.flaw(number, doubt, Grade::Doubtful)).collect();
                doubts.push(self.flaw(number, fault, Grade::Doubtful));
                return Some(self.went_in(number, made, &counts, doubts, shown()));
            }
        }
        let doubts: Vec<Flaw> = doubts.into_iter().map(|doubt| self.flaw(number, doubt, Grade::Doubtful)).collect();
        let cells = if doubts.is_empty() && !self.keeps_cells { Vec::new() } else { shown() };
        Some(self.went_in(number, made, &counts, doubts, cells))
    }

    fn went_in(
        &mut self,
        row: u32,
        record: Record,
        counts: &CleanCounts,
        doubts: Vec<Flaw>,
        cells: Vec<String>,
    ) -> Outcome {
        self.counts.n_ok += 1;
        self.counts.n_doubtful += u64::from(!doubts.is_empty());
        self.clean.add(counts);
        Outcome { row, record: Ok(Some(record)), doubts, cells }
    }

    fn refused(&mut self, row: u32, fault: Fault, belongs: Belongs, cells: Vec<String>) -> Outcome {
        self.counts.n_refused += 1;
        let belongs = if self.table.kind == TableKind::Routings { belongs } else { Belongs::Nowhere };
        let flaw = self.flaw(row, fault, Grade::Refused);
        Outcome { row, record: Err(Box::new(Refusal { flaw, belongs })), doubts: Vec::new(), cells }
    }

    fn broken(&mut self, row: u32, mut text: String, why: &Broken) -> Outcome {
        let cells = vec![text.clone()];
        text = text.chars().take(MAX_SHOWN_CHARS).collect();
        // The text of a whole row may name a person; its first field is enough to find it.
        if self.table.has_personal_data()
            && let Some(end) = text.find(self.table.delimiter().unwrap_or(','))
        {
            text.truncate(end);
        }
        let expected = match why {
            Broken::OpenQuote => Expected::ClosedQuote,
            Broken::TooLong => Expected::ShorterLine { max_bytes: MAX_LINE_BYTES as u32 },
            Broken::Fields => Expected::NFields { n: self.table.header.len() as u32 },
        };
        self.above.forget();
        self.refused(row, Fault { column: None, value: text, expected }, Belongs::Neighbours, cells)
    }

    fn is_of_another_plant(&self, record: &StringRecord) -> bool {
        let (Some(at), Some(plant)) = (self.table.at(Field::Plant), &self.table.plant) else { return false };
        let cell = text::cleaned(record.get(at).unwrap_or(""));
        !cell.is_empty() && *cell != **plant
    }
}

fn fields_fault(table: &Table, record: &StringRecord) -> Fault {
    let value = record.get(0).unwrap_or("").chars().take(100).collect();
    Fault { column: None, value, expected: Expected::NFields { n: table.header.len() as u32 } }
}

impl Iterator for TableRows {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        if let Some(message) = self.failure.take() {
            self.is_done = true;
            return Some(self.unreadable(&message));
        }
        while !self.is_done {
            match self.source.next_row() {
                Ok(Some(row)) => {
                    if let Some(outcome) = self.take(row) {
                        return Some(outcome);
                    }
                }
                Ok(None) => self.is_done = true,
                Err(error) => {
                    self.is_done = true;
                    return Some(self.unreadable(&error.to_string()));
                }
            }
        }
        None
    }
}

impl TableRows {
    fn unreadable(&mut self, message: &str) -> Outcome {
        let expected = Expected::ReadableInput { message: message.to_owned() };
        self.refused(0, Fault { column: None, value: String::new(), expected }, Belongs::Neighbours, Vec::new())
    }
}
