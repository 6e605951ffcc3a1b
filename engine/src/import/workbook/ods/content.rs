//! The tables of an ODS workbook, one row at a time.

use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};

use super::super::merge::Area;
use super::super::parts::{Xml, attribute};
use super::super::row::{RowBuilder, RowSink};
use super::super::{Limits, WorkbookError};
use super::CONTENT;
use super::cell::OpenCell;

/// What a pass over all tables finds.
pub(super) trait TableSink: RowSink {
    /// A table begins; rows that follow are in it.
    fn table(&mut self, name: String, is_hidden: bool);
    /// The table is a copy of cells of another file.
    fn linked(&mut self) {}
    /// A filter over the cells of this address, which names its sheet.
    fn filter_of(&mut self, _address: &str) {}
    /// Whether cells of the current table are wanted.
    fn wants_table(&self) -> bool;
}

/// Where the pass stands.
struct Scan<'a, S> {
    sink: &'a mut S,
    builder: RowBuilder<'a>,
    limits: &'a Limits,
    /// Styles of tables that are not shown.
    hidden_styles: HashSet<String>,
    style_name: Option<String>,
    /// Elements that are left out, while we are inside of one.
    skipped_depth: usize,
    table_depth: usize,
    row: u32,
    n_row_repeats: u32,
    is_row_hidden: bool,
    column: u32,
    cell: OpenCell,
    is_in_cell: bool,
}

/// Reads all tables and tells `sink` what there is.
pub(super) fn scan(mut xml: Xml<'_>, limits: &Limits, sink: &mut impl TableSink) -> Result<(), WorkbookError> {
    let mut scan = Scan {
        sink,
        builder: RowBuilder::new(limits),
        limits,
        hidden_styles: HashSet::new(),
        style_name: None,
        skipped_depth: 0,
        table_depth: 0,
        row: 0,
        n_row_repeats: 1,
        is_row_hidden: false,
        column: 0,
        cell: OpenCell::default(),
        is_in_cell: false,
    };
    let mut buffer = Vec::new();
    let mut is_closed = false;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|error| WorkbookError::damaged(CONTENT, error))? {
            Event::Start(element) if scan.skipped_depth > 0 || scan.is_left_out(&element) => {
                scan.skipped_depth += 1;
            }
            Event::End(_) if scan.skipped_depth > 0 => scan.skipped_depth -= 1,
            Event::Start(element) => scan.start(&element)?,
            Event::End(element) => match element.local_name().as_ref() {
                "document-content" => is_closed = true,
                name => scan.end(name)?,
            },
            Event::Eof if is_closed => return Ok(()),
            Event::Eof => return Err(WorkbookError::damaged(CONTENT, "it ends too early")),
            event if scan.is_in_cell && scan.skipped_depth == 0 => scan.cell.take(&event),
            _ => {}
        }
    }
}

/// A number of repetitions or of cells that are spanned; nonsense counts as one.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|count| count.trim().parse().ok()).unwrap_or(1).max(1)
}

impl<S: TableSink> Scan<'_, S> {
    /// Comments, drawings, notes, signs of pronunciation, earlier values, and tables inside of cells.
    fn is_left_out(&self, element: &BytesStart<'_>) -> bool {
        match element.local_name().as_ref() {
            "annotation" | "tracked-changes" | "shapes" | "ruby-text" | "note" | "dde-links" => true,
            "table" => self.table_depth > 0,
            _ => self.is_in_cell && element.name().as_ref().starts_with("draw:"),
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), WorkbookError> {
        match element.local_name().as_ref() {
            "style" => self.style_name = attribute(element, "name"),
            "table-properties" if attribute(element, "display").as_deref() == Some("false") => {
                self.hidden_styles.extend(self.style_name.take());
            }
            "table" => {
                self.table_depth += 1;
                (self.row, self.column) = (0, 0);
                self.builder = RowBuilder::new(self.limits);
                let is_hidden = attribute(element, "style-name").is_some_and(|name| self.hidden_styles.contains(&name));
                self.sink.table(attribute(element, "name").unwrap_or_default(), is_hidden);
            }
            "table-source" => self.sink.linked(),
            "table-column" => {
                let n_columns = count(element, "number-columns-repeated");
                if is_out_of_sight(element) {
                    self.sink.hidden_columns(self.column, self.column.saturating_add(n_columns - 1));
                }
                self.column = self.column.saturating_add(n_columns);
            }
            "table-row" => {
                self.column = 0;
                self.n_row_repeats = count(element, "number-rows-repeated");
                self.is_row_hidden = is_out_of_sight(element);
                if attribute(element, "visibility").as_deref() == Some("filter") {
                    self.sink.filter();
                }
            }
            "table-cell" | "covered-table-cell" if self.table_depth > 0 => {
                self.cell.start(element);
                self.is_in_cell = true;
            }
            "database-range" if attribute(element, "display-filter-buttons").as_deref() == Some("true") => {
                self.sink.filter_of(&attribute(element, "target-range-address").unwrap_or_default());
            }
            _ if self.is_in_cell => self.cell.take(&Event::Start(element.borrow())),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), WorkbookError> {
        match name {
            "table" => self.table_depth = self.table_depth.saturating_sub(1),
            "table-row" => {
                if self.sink.wants_table() {
                    self.builder.end_repeated(self.row, self.n_row_repeats, self.is_row_hidden, self.sink)?;
                }
                self.row = self.row.saturating_add(self.n_row_repeats);
            }
            "table-cell" | "covered-table-cell" if self.is_in_cell => {
                self.is_in_cell = false;
                if self.sink.wants_table() {
                    self.end_cell(name == "covered-table-cell")?;
                }
                self.column = self.column.saturating_add(self.cell.n_repeats);
            }
            "p" if self.is_in_cell => self.cell.end_paragraph(),
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self, is_covered: bool) -> Result<(), WorkbookError> {
        if self.cell.is_formula_without_value() {
            self.sink.formula_without_value();
        }
        // What a merged area covers is not on the screen.
        if is_covered {
            return Ok(());
        }
        let area = Area {
            first_row: self.row,
            first_column: self.column,
            last_row: self.row.saturating_add(self.cell.n_rows_spanned - 1),
            last_column: self.column.saturating_add(self.cell.n_columns_spanned - 1),
        };
        self.sink.merged(area);
        let cell = self.cell.cell();
        if cell.is_empty() {
            return Ok(());
        }
        let last = self.column.saturating_add(self.cell.n_repeats - 1);
        self.limits.check_place(self.row, last)?;
        for column in self.column..last {
            self.builder.put(self.row, column, cell.clone())?;
        }
        self.builder.put(self.row, last, cell)
    }
}

fn is_out_of_sight(element: &BytesStart<'_>) -> bool {
    attribute(element, "visibility").is_some_and(|visibility| matches!(visibility.as_str(), "collapse" | "filter"))
}
