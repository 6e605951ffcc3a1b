//! ODS: a zip archive with all sheets in one XML part.
//!
//! Read by us and not by calamine, for the reasons in `docs/adr/0013-workbooks.md`. The formats of cells are not followed:
//! the text that was shown stands in the file beside each value.

use quick_xml::events::Event;

use super::form::advice;
use super::merge::Area;
use super::parts::{Input, Parts, Xml};
use super::row::{Outline, RowSink, Visited};
use super::{Limits, SheetCell, SheetInfo, WorkbookError};

mod cell;
mod content;

use content::TableSink;

const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";

/// An open ODS workbook.
pub(super) struct Document {
    parts: Parts,
    sheets: Vec<SheetTable>,
}

/// A sheet among the tables of the file.
struct SheetTable {
    table_idx: usize,
    areas: Vec<Area>,
}

impl Document {
    /// Looks through all sheets and counts what there is.
    pub(super) fn open(input: Box<dyn Input>, limits: &Limits) -> Result<(Self, Vec<SheetInfo>), WorkbookError> {
        let mut parts = Parts::open(input, limits)?;
        if is_encrypted(&mut parts)? {
            return Err(WorkbookError::NoWorkbook(advice::PASSWORD));
        }
        let mut outlines = Outlines::default();
        content::scan(content(&mut parts)?, limits, &mut outlines)?;
        let mut infos = Vec::new();
        let mut sheets = Vec::new();
        for (table_idx, mut table) in outlines.tables.into_iter().enumerate() {
            // A copy of cells of another file, which no tab shows.
            if table.is_linked {
                continue;
            }
            table.outline.finish();
            infos.push(table.outline.info);
            sheets.push(SheetTable { table_idx, areas: table.outline.areas });
        }
        if infos.is_empty() {
            return Err(WorkbookError::damaged(CONTENT, "there is no sheet"));
        }
        Ok((Self { parts, sheets }, infos))
    }

    /// Calls `visit` with the number (from 1) and the cells of each row that holds a value.
    pub(super) fn for_each_row(
        &mut self,
        sheet: usize,
        info: &SheetInfo,
        limits: &Limits,
        visit: impl FnMut(u32, &mut Vec<SheetCell>),
    ) -> Result<(), WorkbookError> {
        let table = self.sheets.get(sheet).ok_or(WorkbookError::NoSuchSheet(sheet))?;
        let visited = Visited::new((info, &table.areas, true), limits, visit);
        let mut one = OneTable { wanted_idx: table.table_idx, next_idx: 0, visited };
        content::scan(content(&mut self.parts)?, limits, &mut one)?;
        one.visited.finish()
    }
}

fn content(parts: &mut Parts) -> Result<Xml<'_>, WorkbookError> {
    parts.xml(CONTENT)?.ok_or_else(|| WorkbookError::damaged(CONTENT, "the part is not in the file"))
}

/// Whether the manifest says that parts are encrypted. There may be none.
fn is_encrypted(parts: &mut Parts) -> Result<bool, WorkbookError> {
    let Some(mut xml) = parts.xml(MANIFEST)? else { return Ok(false) };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|error| WorkbookError::damaged(MANIFEST, error))? {
            Event::Start(element) if element.local_name().as_ref() == "encryption-data" => return Ok(true),
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// The outlines of all tables.
#[derive(Default)]
struct Outlines {
    tables: Vec<OutlinedTable>,
}

struct OutlinedTable {
    outline: Outline,
    is_linked: bool,
}

impl Outlines {
    fn last(&mut self) -> Option<&mut Outline> {
        self.tables.last_mut().map(|table| &mut table.outline)
    }
}

impl RowSink for Outlines {
    fn wants_values(&self) -> bool {
        false
    }

    fn row(&mut self, row: u32, is_hidden: bool, cells: &mut Vec<SheetCell>) -> Result<(), WorkbookError> {
        self.last().map_or(Ok(()), |outline| outline.row(row, is_hidden, cells))
    }

    fn merged(&mut self, area: Area) {
        self.last().into_iter().for_each(|outline| outline.merged(area));
    }

    fn hidden_columns(&mut self, first: u32, last: u32) {
        self.last().into_iter().for_each(|outline| outline.hidden_columns(first, last));
    }

    fn filter(&mut self) {
        self.last().into_iter().for_each(Outline::filter);
    }

    fn formula_without_value(&mut self) {
        self.last().into_iter().for_each(Outline::formula_without_value);
    }
}

impl TableSink for Outlines {
    fn table(&mut self, name: String, is_hidden: bool) {
        self.tables.push(OutlinedTable { outline: Outline::new(name, is_hidden), is_linked: false });
    }

    fn linked(&mut self) {
        self.tables.last_mut().into_iter().for_each(|table| table.is_linked = true);
    }

    fn filter_of(&mut self, address: &str) {
        for table in &mut self.tables {
            let name = &table.outline.info.name;
            let quoted = format!("'{}'.", name.replace('\'', "''"));
            let address = address.trim_start_matches('$');
            let is_here = address.starts_with(&quoted)
                || address.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.'));
            if is_here {
                table.outline.filter();
            }
        }
    }

    fn wants_table(&self) -> bool {
        true
    }
}

/// The rows of one table.
struct OneTable<'a, F> {
    wanted_idx: usize,
    /// Tables seen so far.
    next_idx: usize,
    visited: Visited<'a, F>,
}

impl<F: FnMut(u32, &mut Vec<SheetCell>)> RowSink for OneTable<'_, F> {
    fn wants_values(&self) -> bool {
        true
    }

    fn row(&mut self, row: u32, is_hidden: bool, cells: &mut Vec<SheetCell>) -> Result<(), WorkbookError> {
        self.visited.row(row, is_hidden, cells)
    }
}

impl<F: FnMut(u32, &mut Vec<SheetCell>)> TableSink for OneTable<'_, F> {
    fn table(&mut self, _name: String, _is_hidden: bool) {
        self.next_idx += 1;
    }

    fn wants_table(&self) -> bool {
        self.next_idx == self.wanted_idx + 1
    }
}
