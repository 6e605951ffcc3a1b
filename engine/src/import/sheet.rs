//! A sheet of a workbook as rows, like those of a text.

use std::io;
use std::sync::Arc;

use csv::StringRecord;

use super::header;
use super::rows::{Row, RowSource};
use super::workbook::{CellForm, Sheet, SheetCell};

/// Stands in a cell whose digits the spreadsheet has lost, so that it is read as damaged.
const LOST: &str = "\u{fffd}";

/// A sheet whose header is known.
#[derive(Clone, Debug)]
pub struct OpenSheet {
    sheet: Arc<Sheet>,
    /// Place of the header among the rows of the sheet.
    header_at: usize,
    /// First row behind the header.
    data_at: usize,
    n_fields: usize,
    names: Vec<String>,
}

impl OpenSheet {
    /// Looks for the header; `None` when the sheet has no row that looks like one.
    pub fn open(sheet: Sheet, score: &dyn Fn(&[String]) -> usize) -> Option<Self> {
        let filled: Vec<(usize, Vec<String>)> = sheet
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.iter().any(|cell| !cell.text.trim().is_empty()))
            .take(50)
            .map(|(at, row)| (at, row.iter().map(|cell| cell.text.clone()).collect()))
            .collect();
        let rows: Vec<&[String]> = filled.iter().map(|(_, row)| row.as_slice()).collect();
        let found = header::find(&rows, score)?;
        let header_at = filled[found.at].0;
        let last = found.second.map_or(found.at, |second| second.max(found.at));
        let data_at = filled[last].0 + 1;
        let mut names = filled[found.at].1.clone();
        if let Some(second) = found.second {
            names = header::with_units(names, &filled[second].1);
        }
        let n_named = filled[found.at].1.iter().rposition(|name| !name.trim().is_empty()).map_or(0, |at| at + 1);
        names.truncate(n_named);
        Some(Self { sheet: Arc::new(sheet), header_at, data_at, n_fields: n_named, names })
    }

    /// The names of the columns.
    pub fn header(&self) -> Vec<String> {
        self.names.clone()
    }

    /// The number of the header's row, as the spreadsheet shows it.
    pub fn header_row(&self) -> u32 {
        self.sheet.first_row + self.header_at as u32
    }

    /// Rows with something in them above the header.
    pub fn n_titles(&self) -> u64 {
        let is_filled = |row: &&Vec<SheetCell>| row.iter().any(|cell| !cell.text.trim().is_empty());
        self.sheet.rows[..self.header_at].iter().filter(is_filled).count() as u64
    }

    /// The rows behind the header.
    pub fn rows(&self, codes: &[usize]) -> SheetRows {
        SheetRows { open: self.clone(), at: self.data_at, n_blank: 0, codes: codes.iter().map(|at| (*at, 0)).collect() }
    }
}

/// The rows of a sheet.
pub struct SheetRows {
    open: OpenSheet,
    at: usize,
    n_blank: u64,
    /// Columns of codes, in which a number must have kept all its digits, and the numbers so far.
    codes: Vec<(usize, u64)>,
}

impl RowSource for SheetRows {
    fn next_row(&mut self) -> io::Result<Option<Row>> {
        while let Some(cells) = self.open.sheet.rows.get(self.at) {
            let number = self.open.sheet.first_row + self.at as u32;
            self.at += 1;
            if cells.iter().all(|cell| cell.text.trim().is_empty()) {
                self.n_blank += 1;
                continue;
            }
            let mut record = StringRecord::new();
            let typed = cells.iter().map(|cell| matches!(cell.form, CellForm::Number(_))).collect();
            for at in 0..self.open.n_fields {
                let Some(cell) = cells.get(at) else {
                    record.push_field("");
                    continue;
                };
                let code = self.codes.iter_mut().find(|(column, _)| *column == at);
                match (&cell.form, code) {
                    (CellForm::Number(number), Some((_, n))) => {
                        // A format of zeros keeps the look of a code.
                        *n += u64::from(number.shown.as_deref() != Some(&cell.text));
                        record.push_field(if number.is_exact { &cell.text } else { LOST });
                    }
                    _ => record.push_field(&cell.text),
                }
            }
            return Ok(Some(Row { number, fields: Ok(record), n_missing: 0, typed }));
        }
        Ok(None)
    }

    fn n_blank(&self) -> u64 {
        self.n_blank
    }

    fn number_codes(&self) -> Vec<(usize, u64)> {
        self.codes.iter().filter(|(_, n)| *n > 0).copied().collect()
    }
}
