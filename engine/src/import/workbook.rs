//! Workbooks (XLSX, XLS, ODS) as sheets, and sheets as rows of cells.
//!
//! Comes in: the bytes of one file and [`Limits`]. Goes out: what each sheet holds ([`SheetInfo`]) and its cells, each as
//! the plant reads it on its screen together with what it is ([`SheetCell`]). [`form_of`] tells by content which kind of
//! file it is.
//! Never does: calculate a formula, guess what a cell means, allocate for cells that a file only claims to have, skip a
//! hidden row in silence.
//!
//! Formulas give the value that was stored with them. Merged cells all hold the value of the merged area, as far as
//! other cells of the sheet reach. Rows and columns that are hidden or filtered away are data like others; they are
//! counted.

use std::io::{Read, Seek};

mod cell;
mod error;
mod form;
mod limits;
mod merge;
mod number_format;
mod ods;
mod parts;
mod plain;
mod row;
mod serial;
mod xls;
mod xlsx;

pub use cell::{CellForm, NumberCell, SheetCell};
pub use error::WorkbookError;
pub use form::{FileForm, form_of};
pub use limits::Limits;
pub use plain::plain_number;

use row::Collected;

/// A sheet before its cells are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetInfo {
    pub name: String,
    pub is_hidden: bool,
    /// Rows that hold at least one value.
    pub n_rows: usize,
    /// Columns from the first to the last that holds a value.
    pub n_columns: usize,
    /// Hidden or filtered rows among those that hold a value.
    pub n_hidden_rows: usize,
    /// Hidden columns among `n_columns`.
    pub n_hidden_columns: usize,
    pub has_filter: bool,
    /// Merged areas.
    pub n_merged: usize,
    /// Formulas that were saved without a value. Their cells are empty. Always 0 in XLS, which does not tell them from
    /// formulas that give an empty text.
    pub n_formulas_without_value: usize,
}

/// All rows of a sheet, from the first to the last that holds a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The number that the spreadsheet shows beside `rows[0]`: it counts from 1.
    pub first_row: u32,
    /// Each row from column A to its last value. A row without values is empty.
    pub rows: Vec<Vec<SheetCell>>,
}

/// An open workbook.
pub struct Workbook {
    container: Container,
    sheets: Vec<SheetInfo>,
    limits: Limits,
}

enum Container {
    Xlsx(Box<xlsx::Package>),
    Xls(Box<xls::Book>),
    Ods(ods::Document),
}

impl Workbook {
    /// Opens a workbook and looks through all of its sheets once.
    ///
    /// # Errors
    /// If the file is no workbook, is damaged, protected by a password, or larger than `limits`.
    pub fn open(mut input: impl Read + Seek + Send + 'static, limits: &Limits) -> Result<Self, WorkbookError> {
        let mut first_bytes = Vec::new();
        input.by_ref().take(form::LOOKED_AT_BYTES).read_to_end(&mut first_bytes)?;
        input.rewind()?;
        let (container, sheets) = match form_of(&first_bytes, "") {
            FileForm::Xlsx => {
                let (package, sheets) = xlsx::Package::open(Box::new(input), limits)?;
                (Container::Xlsx(Box::new(package)), sheets)
            }
            FileForm::Ods => {
                let (document, sheets) = ods::Document::open(Box::new(input), limits)?;
                (Container::Ods(document), sheets)
            }
            FileForm::Xls => {
                let (book, sheets) = xls::Book::open(input, limits)?;
                (Container::Xls(Box::new(book)), sheets)
            }
            FileForm::Text => return Err(WorkbookError::NoWorkbook("this is a text file")),
            FileForm::Other(advice) => return Err(WorkbookError::NoWorkbook(advice)),
        };
        Ok(Self { container, sheets, limits: limits.clone() })
    }

    /// The sheets, in the order of their tabs.
    pub fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    /// All cells of a sheet.
    ///
    /// # Errors
    /// If there is no such sheet, it is damaged, or it is larger than the limits.
    pub fn rows(&mut self, sheet: usize) -> Result<Sheet, WorkbookError> {
        let mut collected = Collected::default();
        self.for_each_row(sheet, |number, cells| collected.push(number, std::mem::take(cells)))?;
        Ok(collected.into_sheet())
    }

    /// Calls `visit` with the number (from 1) and the cells of each row that holds a value, from top to bottom. No more
    /// than one row is in memory, if the file has its rows in order. The cells may be taken.
    ///
    /// # Errors
    /// As [`Self::rows`].
    pub fn for_each_row(
        &mut self,
        sheet: usize,
        visit: impl FnMut(u32, &mut Vec<SheetCell>),
    ) -> Result<(), WorkbookError> {
        let info = self.sheets.get(sheet).ok_or(WorkbookError::NoSuchSheet(sheet))?;
        match &mut self.container {
            Container::Xlsx(package) => package.for_each_row(sheet, info, &self.limits, visit),
            Container::Ods(document) => document.for_each_row(sheet, info, &self.limits, visit),
            Container::Xls(book) => book.for_each_row(sheet, info, &self.limits, visit),
        }
    }
}

#[cfg(test)]
mod tests;
