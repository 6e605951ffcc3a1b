//! Why a workbook cannot be read.

use std::io;

use thiserror::Error;

/// Why a workbook cannot be read.
#[derive(Debug, Error)]
pub enum WorkbookError {
    /// What the file is instead, and what to do.
    #[error("no workbook that can be read: {0}")]
    NoWorkbook(&'static str),
    #[error("the workbook is damaged: {part}: {what}; open it and save it again")]
    Damaged { part: String, what: String },
    #[error("the workbook has {found} {what}, more than {limit}; export fewer, or save the sheet as CSV UTF-8")]
    TooLarge { what: &'static str, found: u64, limit: u64 },
    #[error("the workbook has no sheet of index {0}")]
    NoSuchSheet(usize),
    #[error("the workbook could not be read: {0}")]
    Read(#[from] io::Error),
}

impl WorkbookError {
    pub(super) fn damaged(part: &str, what: impl ToString) -> Self {
        Self::Damaged { part: part.to_owned(), what: what.to_string() }
    }
}
