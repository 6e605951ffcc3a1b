//! One table by itself.

use std::io::Read;
use std::sync::Arc;

use super::super::columns::TableKind;
use super::super::error::{Flaw, ImportError};
use super::super::input::SetFile;
use super::super::options::Options;
use super::super::profile::Profile;
use super::super::reader::{Record, TableRows};
use super::super::report::ImportReport;
use super::look;

/// Reads one table, row by row; [`TableReader::report`] tells afterwards what it saw.
///
/// # Cost
/// The file is held in memory: this is for short lists and for tests. An import reads its files again and again instead.
pub struct TableReader {
    rows: TableRows,
    kind: TableKind,
    doubts: Vec<Flaw>,
}

impl TableReader {
    /// Understands the table.
    ///
    /// # Errors
    /// [`ImportError`] says what the file is instead; [`ImportError::is_other_table`] tells a file that has nothing
    /// to do with an import from one that is broken.
    pub fn open(file_name: &str, input: impl Read, profile: &Profile) -> Result<Self, ImportError> {
        Self::open_with(file_name, input, &Options { profile: *profile, ..Options::default() })
    }

    /// The same with what the caller states.
    ///
    /// # Errors
    /// As [`TableReader::open`].
    pub fn open_with(file_name: &str, mut input: impl Read, options: &Options) -> Result<Self, ImportError> {
        let mut bytes = Vec::new();
        input
            .read_to_end(&mut bytes)
            .map_err(|error| ImportError::Read { file: file_name.to_owned(), message: error.to_string() })?;
        let files = [SetFile::named(file_name, Arc::<[u8]>::from(bytes))];
        let mut look = look(&files, options, &|_| {});
        if let Some(failed) = look.failed.pop() {
            return Err(failed.error);
        }
        let empty = || ImportError::Empty { file: file_name.to_owned() };
        let open = look.tables.into_iter().next().ok_or_else(empty)?;
        let source = open
            .source
            .rows(&files[0], &open.table)
            .map_err(|error| ImportError::Read { file: file_name.to_owned(), message: error.to_string() })?;
        let kind = open.table.kind;
        Ok(Self { rows: TableRows::new(open.table, source), kind, doubts: Vec::new() })
    }

    /// Which of the three tables it is.
    pub fn kind(&self) -> TableKind {
        self.kind
    }

    /// The account so far; complete once the iterator has ended.
    pub fn report(&self) -> ImportReport {
        self.rows.report()
    }

    /// The doubtful values of the rows that went in so far.
    pub fn doubts(&self) -> &[Flaw] {
        &self.doubts
    }
}

impl Iterator for TableReader {
    type Item = Result<Record, Flaw>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let outcome = self.rows.next()?;
            self.doubts.extend(outcome.doubts);
            match outcome.record {
                Ok(Some(record)) => return Some(Ok(record)),
                Ok(None) => {}
                Err(refusal) => return Some(Err(refusal.flaw)),
            }
        }
    }
}
