//! XLS: records in a stream of a compound file. Their values are read by calamine.
//!
//! What calamine does not tell (number formats, hidden rows and columns, filters) is read from the records by us. It also
//! takes memory for what a file only claims and panics on some broken records, so that it is handed a checked copy.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Reader, SheetType, SheetVisible};

use super::form::advice;
use super::merge::Area;
use super::number_format::NumberFormat;
use super::row::{Outline, RowBuilder, RowSink, Visited};
use super::{Limits, SheetCell, SheetInfo, WorkbookError};

mod records;

use records::Records;

const STREAM: &str = "Workbook";

/// An open XLS workbook.
pub(super) struct Book {
    xls: calamine::Xls<Cursor<Vec<u8>>>,
    formats: Vec<NumberFormat>,
    is_1904: bool,
    sheets: Vec<SheetRecords>,
}

/// What the records of a sheet tell beside its values.
#[derive(Default)]
struct SheetRecords {
    name: String,
    areas: Vec<Area>,
    hidden_rows: HashSet<u32>,
    hidden_columns: Vec<(u32, u32)>,
    has_filter: bool,
    /// Styles of numbers that have a format, by row and column.
    style_idx: HashMap<(u32, u32), usize>,
}

impl Book {
    /// Checks the records, reads all values and counts what there is.
    pub(super) fn open(input: impl Read + Seek, limits: &Limits) -> Result<(Self, Vec<SheetInfo>), WorkbookError> {
        let mut records = Records::read(workbook_stream(input, limits)?, limits)?;
        let copy = compound_file(records.stream())?;
        let broken = |what: &str| WorkbookError::damaged(STREAM, what);
        let opened = catch_unwind(AssertUnwindSafe(|| calamine::Xls::new(Cursor::new(copy))));
        let xls: calamine::Xls<_> = match opened {
            Ok(Ok(xls)) => xls,
            Ok(Err(calamine::XlsError::Password)) => return Err(WorkbookError::NoWorkbook(advice::PASSWORD)),
            Ok(Err(error)) => return Err(broken(&error.to_string())),
            Err(_) => return Err(broken("a record is broken")),
        };
        let mut book = Self {
            is_1904: xls.has_1904_epoch(),
            formats: std::mem::take(&mut records.formats),
            sheets: Vec::new(),
            xls,
        };
        let mut infos = Vec::new();
        for (listed, mut sheet) in book.xls.sheets_metadata().to_vec().into_iter().zip(records.sheets) {
            if listed.typ != SheetType::WorkSheet {
                continue;
            }
            let mut outline = Outline::new(listed.name.clone(), listed.visible != SheetVisible::Visible);
            let merged = book.xls.merge_cells_by_sheet_name(&listed.name).unwrap_or_default();
            sheet.areas = merged.iter().map(area).collect();
            sheet.name = listed.name;
            for &area in &sheet.areas {
                outline.merged(area);
            }
            for &(first, last) in &sheet.hidden_columns {
                outline.hidden_columns(first, last);
            }
            if sheet.has_filter {
                outline.filter();
            }
            book.sheets.push(sheet);
            book.scan(book.sheets.len() - 1, limits, &mut outline)?;
            outline.finish();
            infos.push(outline.info);
        }
        if infos.is_empty() {
            return Err(broken("there is no sheet with cells"));
        }
        Ok((book, infos))
    }

    /// Calls `visit` with the number (from 1) and the cells of each row that holds a value.
    pub(super) fn for_each_row(
        &mut self,
        sheet: usize,
        info: &SheetInfo,
        limits: &Limits,
        visit: impl FnMut(u32, &mut Vec<SheetCell>),
    ) -> Result<(), WorkbookError> {
        let areas = self.sheets.get(sheet).ok_or(WorkbookError::NoSuchSheet(sheet))?.areas.clone();
        let mut visited = Visited::new((info, &areas, true), limits, visit);
        self.scan(sheet, limits, &mut visited)?;
        visited.finish()
    }

    fn scan(&mut self, sheet: usize, limits: &Limits, sink: &mut impl RowSink) -> Result<(), WorkbookError> {
        let sheet = &self.sheets[sheet];
        let range = self.xls.worksheet_range(&sheet.name).map_err(|error| WorkbookError::damaged(STREAM, error))?;
        let Some((first_row, first_column)) = range.start() else { return Ok(()) };
        let mut builder = RowBuilder::new(limits);
        for (row, values) in (first_row..).zip(range.rows()) {
            for (column, value) in (first_column..).zip(values) {
                if *value != Data::Empty {
                    builder.put(row, column, self.cell(sheet, (row, column), value))?;
                }
            }
            builder.end(row, sheet.hidden_rows.contains(&row), sink)?;
        }
        Ok(())
    }

    fn cell(&self, sheet: &SheetRecords, place: (u32, u32), value: &Data) -> SheetCell {
        let number = match value {
            Data::Int(value) => *value as f64,
            Data::Float(value) => *value,
            Data::DateTime(value) => value.as_f64(),
            Data::String(text) => return SheetCell::text(text.clone()),
            Data::Bool(flag) => return SheetCell::flag(*flag),
            Data::Error(error) => return SheetCell::error(error.to_string()),
            Data::DateTimeIso(text) => return SheetCell::date(text.as_str()),
            Data::DurationIso(text) => return SheetCell::duration(text.as_str()),
            _ => return SheetCell::default(),
        };
        if !number.is_finite() {
            return SheetCell::error(number.to_string());
        }
        match sheet.style_idx.get(&place).and_then(|&style_idx| self.formats.get(style_idx)) {
            Some(format) => SheetCell::formatted(number, None, format, self.is_1904),
            None => SheetCell::number(number, None, Some(true)),
        }
    }
}

fn area(merged: &calamine::Dimensions) -> Area {
    Area { first_row: merged.start.0, first_column: merged.start.1, last_row: merged.end.0, last_column: merged.end.1 }
}

/// The stream with the workbook in a compound file, whatever its case.
fn workbook_stream(input: impl Read + Seek, limits: &Limits) -> Result<Vec<u8>, WorkbookError> {
    let damaged = |error| WorkbookError::damaged("compound file", error);
    let mut file = cfb::CompoundFile::open(input).map_err(damaged)?;
    let mut path = None;
    for entry in file.read_root_storage() {
        match entry.name().to_ascii_lowercase().as_str() {
            "encryptedpackage" => return Err(WorkbookError::NoWorkbook(advice::PASSWORD)),
            "workbook" if entry.is_stream() => path = Some(entry.path().to_owned()),
            "book" if entry.is_stream() && path.is_none() => path = Some(entry.path().to_owned()),
            _ => {}
        }
    }
    let path = path.ok_or(WorkbookError::NoWorkbook(advice::NO_WORKBOOK_IN_OLE))?;
    let stream = file.open_stream(path).map_err(damaged)?;
    let (found, limit) = (stream.len(), limits.max_unzipped_bytes);
    if found > limit {
        return Err(WorkbookError::TooLarge { what: "bytes", found, limit });
    }
    let mut bytes = Vec::new();
    stream.take(limit).read_to_end(&mut bytes).map_err(damaged)?;
    Ok(bytes)
}

/// A compound file with nothing but the stream, made anew. Of version 3: calamine refuses one of version 4 that has no
/// small streams.
fn compound_file(stream: &[u8]) -> Result<Vec<u8>, WorkbookError> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream(STREAM)?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}
