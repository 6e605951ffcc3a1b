//! One row while it is read, and rows put in order.

use std::mem;

use super::merge::{Area, MergeFill};
use super::{Limits, Sheet, SheetCell, SheetInfo, WorkbookError};

/// What a pass over a sheet finds, in the order of the file.
pub(super) trait RowSink {
    /// Whether the values of cells are wanted. If not, any cell that is not empty stands for one.
    fn wants_values(&self) -> bool;
    /// A row (from 0) that holds a value. Its last cell is not empty.
    fn row(&mut self, row: u32, is_hidden: bool, cells: &mut Vec<SheetCell>) -> Result<(), WorkbookError>;
    /// A merged area. Where the file has them at the end, they came with the outline.
    fn merged(&mut self, _area: Area) {}
    /// Columns (from 0, both ends included) that are hidden.
    fn hidden_columns(&mut self, _first: u32, _last: u32) {}
    fn filter(&mut self) {}
    fn formula_without_value(&mut self) {}
}

/// Puts cells at their places in a row.
pub(super) struct RowBuilder<'a> {
    limits: &'a Limits,
    cells: Vec<SheetCell>,
    n_cells: u64,
}

impl<'a> RowBuilder<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, cells: Vec::new(), n_cells: 0 }
    }

    pub(super) fn put(&mut self, row: u32, column: u32, cell: SheetCell) -> Result<(), WorkbookError> {
        if cell.is_empty() {
            return Ok(());
        }
        self.limits.check_place(row, column)?;
        let column = column as usize;
        if self.cells.len() <= column {
            self.n_cells += (column + 1 - self.cells.len()) as u64;
            self.limits.check_cells(self.n_cells)?;
            self.cells.resize_with(column + 1, SheetCell::default);
        }
        self.cells[column] = cell;
        Ok(())
    }

    /// Hands the row over, if it holds a value, and starts another.
    pub(super) fn end(&mut self, row: u32, is_hidden: bool, sink: &mut impl RowSink) -> Result<(), WorkbookError> {
        if !self.cells.is_empty() {
            sink.row(row, is_hidden, &mut self.cells)?;
            self.cells.clear();
        }
        Ok(())
    }

    /// Hands the row over as `n_times` rows from `row` on.
    pub(super) fn end_repeated(
        &mut self,
        row: u32,
        n_times: u32,
        is_hidden: bool,
        sink: &mut impl RowSink,
    ) -> Result<(), WorkbookError> {
        if n_times <= 1 || self.cells.is_empty() {
            return self.end(row, is_hidden, sink);
        }
        self.limits.check_place(row.saturating_add(n_times - 1), 0)?;
        self.n_cells += self.cells.len() as u64 * u64::from(n_times - 1);
        self.limits.check_cells(self.n_cells)?;
        for nth in 0..n_times {
            let mut cells = self.cells.clone();
            sink.row(row + nth, is_hidden, &mut cells)?;
        }
        self.cells.clear();
        Ok(())
    }
}

/// What a sheet holds, without its cells.
#[derive(Default)]
pub(super) struct Outline {
    pub(super) info: SheetInfo,
    pub(super) areas: Vec<Area>,
    hidden_columns: Vec<(u32, u32)>,
    last_row: Option<u32>,
    /// Whether each row number is higher than the one before.
    pub(super) is_in_order: bool,
}

impl Outline {
    pub(super) fn new(name: String, is_hidden: bool) -> Self {
        Self { info: SheetInfo { name, is_hidden, ..SheetInfo::default() }, is_in_order: true, ..Self::default() }
    }

    /// The last counts, when the whole sheet was seen.
    pub(super) fn finish(&mut self) {
        self.info.n_merged = self.areas.len();
        let n_columns = self.info.n_columns as u32;
        let hidden = self
            .hidden_columns
            .iter()
            .map(|&(first, last)| last.saturating_add(1).min(n_columns).saturating_sub(first));
        let n_hidden: u64 = hidden.map(u64::from).sum();
        self.info.n_hidden_columns = n_hidden.min(self.info.n_columns as u64) as usize;
    }
}

impl RowSink for Outline {
    fn wants_values(&self) -> bool {
        false
    }

    fn row(&mut self, row: u32, is_hidden: bool, cells: &mut Vec<SheetCell>) -> Result<(), WorkbookError> {
        self.info.n_rows += 1;
        self.info.n_columns = self.info.n_columns.max(cells.len());
        self.info.n_hidden_rows += usize::from(is_hidden);
        self.is_in_order &= self.last_row.is_none_or(|last| row > last);
        self.last_row = Some(row);
        Ok(())
    }

    fn merged(&mut self, area: Area) {
        if !area.is_one_cell() {
            self.areas.push(area);
        }
    }

    fn hidden_columns(&mut self, first: u32, last: u32) {
        self.hidden_columns.push((first, last));
    }

    fn filter(&mut self) {
        self.info.has_filter = true;
    }

    fn formula_without_value(&mut self) {
        self.info.n_formulas_without_value += 1;
    }
}

/// Rows with merged areas filled, handed on as they come, or in order once all are there.
pub(super) struct Visited<'a, F> {
    fill: MergeFill,
    n_columns: usize,
    limits: &'a Limits,
    /// Rows that wait for others that stand above them.
    kept: Option<Vec<(u32, Vec<SheetCell>)>>,
    visit: F,
}

impl<'a, F: FnMut(u32, &mut Vec<SheetCell>)> Visited<'a, F> {
    pub(super) fn new(outline: (&SheetInfo, &[Area], bool), limits: &'a Limits, visit: F) -> Self {
        let (info, areas, is_in_order) = outline;
        Self {
            fill: MergeFill::new(areas.to_vec()),
            n_columns: info.n_columns,
            limits,
            kept: (!is_in_order).then(Vec::new),
            visit,
        }
    }

    fn hand_on(&mut self, row: u32, cells: &mut Vec<SheetCell>) -> Result<(), WorkbookError> {
        self.fill.fill(row, self.n_columns, cells, self.limits)?;
        (self.visit)(row + 1, cells);
        Ok(())
    }

    /// Hands on the rows that waited.
    pub(super) fn finish(mut self) -> Result<(), WorkbookError> {
        let Some(mut kept) = self.kept.take() else { return Ok(()) };
        kept.sort_by_key(|(row, _)| *row);
        let mut rows = kept.into_iter().peekable();
        while let Some((row, mut cells)) = rows.next() {
            // A row that comes in two parts is one row.
            while let Some((_, more)) = rows.next_if(|(next, _)| *next == row) {
                if cells.len() < more.len() {
                    cells.resize_with(more.len(), SheetCell::default);
                }
                for (cell, other) in cells.iter_mut().zip(more) {
                    if !other.is_empty() {
                        *cell = other;
                    }
                }
            }
            self.hand_on(row, &mut cells)?;
        }
        Ok(())
    }
}

impl<F: FnMut(u32, &mut Vec<SheetCell>)> RowSink for Visited<'_, F> {
    fn wants_values(&self) -> bool {
        true
    }

    fn row(&mut self, row: u32, _is_hidden: bool, cells: &mut Vec<SheetCell>) -> Result<(), WorkbookError> {
        match &mut self.kept {
            Some(kept) => kept.push((row, mem::take(cells))),
            None => self.hand_on(row, cells)?,
        }
        Ok(())
    }
}

/// Rows with their gaps, from the first that holds a value.
#[derive(Default)]
pub(super) struct Collected {
    sheet: Sheet,
}

impl Collected {
    /// The next row; `number` counts from 1 and is higher than before.
    pub(super) fn push(&mut self, number: u32, cells: Vec<SheetCell>) {
        if self.sheet.rows.is_empty() {
            self.sheet.first_row = number;
        }
        self.sheet.rows.resize_with((number - self.sheet.first_row) as usize, Vec::new);
        self.sheet.rows.push(cells);
    }

    pub(super) fn into_sheet(self) -> Sheet {
        self.sheet
    }
}
