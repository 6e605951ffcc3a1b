//! One file as a stream of domain rows.

use std::collections::{HashMap, VecDeque};
use std::io::Read;

use super::cells::{Cells, Fault};
use super::columns::{Field, TableKind};
use super::encoding::{Decoded, Refusal};
use super::error::{Expected, ImportError, NotATableReason, RowError};
use super::layout::{self, Layout};
use super::profile::Profile;
use super::records;
use super::repeats::{Repeat, Repeats};
use super::report::ImportReport;
use super::rows::{Broken, MAX_LINE_BYTES, Row, Rows};
use crate::clean::CleanCounts;
use crate::clean::numbers::Decimal;
use crate::domain::{Item, OperationRow, WorkResult};

/// Rows that are read ahead to see whether a table without names lists items or their details.
const N_ROWS_AHEAD: usize = 200;

/// A row of one of the three tables.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    Item(Item),
    Operation(OperationRow),
    WorkResult(WorkResult),
}

/// Reads one table, row by row; [`TableReader::report`] tells afterwards what it saw.
///
/// # Cost
/// Memory is a few pieces of 64 KiB and some ten bytes of hash per row, whatever the file's size.
pub struct TableReader<R> {
    file: String,
    rows: Rows<R>,
    ahead: VecDeque<Row>,
    layout: Layout,
    decimal: Decimal,
    repeats: Repeats,
    clean: CleanCounts,
    n_ok: u64,
    n_duplicates: u64,
    n_errors: u64,
    is_done: bool,
}

impl<R: Read> TableReader<R> {
    /// Detects encoding, delimiter and kind of table from the beginning of `input`.
    ///
    /// `file_name` stands in every report and error; it decides the kind of table only where the columns do not.
    ///
    /// # Errors
    /// [`ImportError`] says what the file is instead; [`ImportError::is_other_table`] tells a file that has nothing
    /// to do with an import from one that is broken.
    pub fn open(file_name: &str, input: R, profile: &Profile) -> Result<Self, ImportError> {
        let file = file_name.to_owned();
        let unreadable = |error: std::io::Error| ImportError::Read { file: file.clone(), message: error.to_string() };
        let decoded = Decoded::open(input).map_err(|refusal| match refusal {
            Refusal::Empty => ImportError::Empty { file: file.clone() },
            Refusal::Binary(looks_like) => {
                ImportError::Binary { file: file.clone(), looks_like: looks_like.map(str::to_owned) }
            }
            Refusal::Encoding => ImportError::UnknownEncoding { file: file.clone() },
            Refusal::Read(error) => unreadable(error),
        })?;
        let Some((rows, header)) = Rows::open(decoded, layout::score).map_err(unreadable)? else {
            return Err(ImportError::Empty { file });
        };
        if header.iter().any(|name| is_damaged(name)) {
            return Err(ImportError::UnknownEncoding { file });
        }
        let layout = Layout::decide(file_name, header, rows.delimiter(), profile)?;
        let mut reader = Self {
            file: file.clone(),
            decimal: if rows.delimiter() == ';' { Decimal::Comma } else { Decimal::Point },
            rows,
            ahead: VecDeque::new(),
            layout,
            repeats: Repeats::default(),
            clean: CleanCounts::default(),
            n_ok: 0,
            n_duplicates: 0,
            n_errors: 0,
            is_done: false,
        };
        reader.look_ahead().map_err(unreadable)?;
        reader.refuse_details()?;
        Ok(reader)
    }

    /// Which of the three tables it is.
    pub fn kind(&self) -> TableKind {
        self.layout.kind
    }

    /// The account so far; complete once the iterator has ended.
    pub fn report(&self) -> ImportReport {
        ImportReport {
            file: self.file.clone(),
            kind: self.layout.kind,
            profile: self.layout.profile.name().to_owned(),
            encoding: self.rows.encoding(),
            delimiter: self.rows.delimiter(),
            columns: self.layout.field_columns(),
            attributes: self.layout.attribute_columns(),
            ignored: self.layout.ignored.clone(),
            n_rows: self.n_ok + self.n_duplicates + self.n_errors,
            n_ok: self.n_ok,
            n_duplicates: self.n_duplicates,
            n_errors: self.n_errors,
            n_blank: self.rows.n_blank(),
            clean: self.clean,
        }
    }

    fn look_ahead(&mut self) -> std::io::Result<()> {
        if self.layout.kind == TableKind::Items && self.layout.field(Field::ItemNm).is_none() {
            while self.ahead.len() < N_ROWS_AHEAD
                && let Some(row) = self.rows.next_row()?
            {
                self.ahead.push_back(row);
            }
        }
        Ok(())
    }

    /// Refuses a table whose codes repeat with other content in more than a fifth of the rows ahead.
    fn refuse_details(&self) -> Result<(), ImportError> {
        let Some((at, _)) = self.layout.field(Field::ItemCd) else { return Ok(()) };
        let mut first = HashMap::new();
        let mut n_repeated = 0_u64;
        for record in self.ahead.iter().filter_map(|row| row.fields.as_ref().ok()) {
            n_repeated += u64::from(*first.entry(record[at].trim()).or_insert(record) != record);
        }
        let n_rows = self.ahead.len() as u64;
        if n_repeated < 3 || n_repeated * 5 <= n_rows {
            return Ok(());
        }
        let reason = NotATableReason::RepeatedCodes { column: self.layout.header[at].clone(), n_rows, n_repeated };
        Err(ImportError::NotATable { file: self.file.clone(), reason })
    }

    fn take(&mut self, row: Row) -> Option<Result<Record, RowError>> {
        let number = row.number;
        match self.read(row) {
            Ok(Some(record)) => {
                self.n_ok += 1;
                Some(Ok(record))
            }
            Ok(None) => {
                self.n_duplicates += 1;
                None
            }
            Err(fault) => {
                self.n_errors += 1;
                Some(Err(RowError {
                    file: self.file.clone(),
                    row: number,
                    column: fault.column.map(|at| self.layout.header[at].clone()),
                    value: fault.value,
                    expected: fault.expected,
                }))
            }
        }
    }

    /// The record of a row; `None` when it repeats an earlier one.
    fn read(&mut self, row: Row) -> Result<Option<Record>, Fault> {
        let record = row.fields.map_err(|(mut value, why)| {
            // The text of a whole row may name a person; its first field is enough to find it.
            if self.layout.has_personal_data()
                && let Some(end) = value.find(self.rows.delimiter())
            {
                value.truncate(end);
            }
            let expected = match why {
                Broken::OpenQuote => Expected::ClosedQuote,
                Broken::TooLong => Expected::ShorterLine { max_bytes: MAX_LINE_BYTES as u32 },
                Broken::Fields => Expected::NFields { n: self.layout.header.len() as u32 },
            };
            Fault { column: None, value, expected }
        })?;
        let mut cells =
            Cells { layout: &self.layout, record: &record, decimal: self.decimal, counts: CleanCounts::default() };
        if is_damaged(record.as_slice())
            && let Some(at) = (0..record.len()).find(|at| self.layout.is_used(*at) && is_damaged(&record[*at]))
        {
            return Err(cells.fault_at(Some(at), Expected::KnownEncoding));
        }
        let made = match self.layout.kind {
            TableKind::Items => Record::Item(records::item(&mut cells)?),
            TableKind::Routings => Record::Operation(records::operation(&mut cells)?),
            TableKind::WorkResults => Record::WorkResult(records::work_result(&mut cells)?),
        };
        let counts = cells.counts;
        match self.repeats.check(&made, &record, row.number) {
            Repeat::New => {
                self.clean.add(&counts);
                Ok(Some(made))
            }
            Repeat::Duplicate => Ok(None),
            Repeat::Clash(expected) => {
                let field = if matches!(made, Record::Operation(_)) { Field::ProcSeq } else { Field::ItemCd };
                Err(cells.fault(field, expected))
            }
        }
    }
}

impl<R: Read> Iterator for TableReader<R> {
    type Item = Result<Record, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            let row = match self.ahead.pop_front() {
                Some(row) => Ok(Some(row)),
                None => self.rows.next_row(),
            };
            match row {
                Ok(Some(row)) => {
                    if let Some(taken) = self.take(row) {
                        return Some(taken);
                    }
                }
                Ok(None) => self.is_done = true,
                Err(error) => {
                    self.is_done = true;
                    self.n_errors += 1;
                    return Some(Err(RowError {
                        file: self.file.clone(),
                        row: self.rows.number() + 1,
                        column: None,
                        value: String::new(),
                        expected: Expected::ReadableInput { message: error.to_string() },
                    }));
                }
            }
        }
        None
    }
}

/// Whether text holds a character that was damaged when it was decoded, or a NUL.
fn is_damaged(text: &str) -> bool {
    text.contains(['\u{fffd}', '\0'])
}

#[cfg(test)]
mod tests;
