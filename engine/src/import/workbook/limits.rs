//! How large a workbook may be.

use super::WorkbookError;

/// Bounds that are checked before memory is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// All unzipped parts together.
    pub max_unzipped_bytes: u64,
    /// The highest row number.
    pub max_rows: u32,
    /// The highest column number.
    pub max_columns: u32,
    /// Cells of one sheet, with the empty ones before the last value of each row.
    pub max_cells: u64,
}

impl Default for Limits {
    /// A gibibyte, the size of a sheet in today's spreadsheets, and sixty million cells.
    fn default() -> Self {
        Self { max_unzipped_bytes: 1 << 30, max_rows: 1_048_576, max_columns: 16_384, max_cells: 60_000_000 }
    }
}

impl Limits {
    /// Largest file that is opened at all: packed, a workbook is smaller than what is in it.
    pub fn max_file_bytes(&self) -> u64 {
        self.max_unzipped_bytes
    }

    /// Whether the cell at this place (from 0) may be.
    pub(super) fn check_place(&self, row: u32, column: u32) -> Result<(), WorkbookError> {
        if row >= self.max_rows {
            return Err(WorkbookError::TooLarge {
                what: "rows",
                found: u64::from(row) + 1,
                limit: self.max_rows.into(),
            });
        }
        if column >= self.max_columns {
            let found = u64::from(column) + 1;
            return Err(WorkbookError::TooLarge { what: "columns", found, limit: self.max_columns.into() });
        }
        Ok(())
    }

    pub(super) fn check_cells(&self, n_cells: u64) -> Result<(), WorkbookError> {
        if n_cells > self.max_cells {
            return Err(WorkbookError::TooLarge { what: "cells in a sheet", found: n_cells, limit: self.max_cells });
        }
        Ok(())
    }
}
