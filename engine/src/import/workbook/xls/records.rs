//! The records of an XLS workbook, as far as calamine does not tell of them.
//!
//! Numbers of records are those of Microsoft's description of the format, [MS-XLS].

use super::super::number_format::{NumberFormat, Reading};
use super::super::{Limits, WorkbookError};
use super::{STREAM, SheetRecords};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const BOUND_SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
const COL_INFO: u16 = 0x007D;
const AUTO_FILTER_INFO: u16 = 0x009D;
const FORMULA: u16 = 0x0006;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const MUL_RK: u16 = 0x00BD;
const LABEL: u16 = 0x0204;
const RICH_STRING: u16 = 0x00D6;
const BOOL_OR_ERROR: u16 = 0x0205;
const LABEL_SST: u16 = 0x00FD;
const BIFF8: u16 = 0x0600;

/// The checked stream and what it tells.
pub(super) struct Records {
    stream: Vec<u8>,
    /// The format of each style.
    pub(super) formats: Vec<NumberFormat>,
    /// As many as the workbook lists, in its order.
    pub(super) sheets: Vec<SheetRecords>,
}

/// Where one record lies in the stream.
struct Record {
    kind: u16,
    start: usize,
    end: usize,
}

impl Records {
    /// Walks through the globals and through each sheet.
    ///
    /// # Errors
    /// If a record reaches beyond the stream, or the cells of a sheet lie so far apart that a table of them would be
    /// larger than `limits`.
    pub(super) fn read(stream: Vec<u8>, limits: &Limits) -> Result<Self, WorkbookError> {
        let mut records = Self { stream, formats: Vec::new(), sheets: Vec::new() };
        let mut positions = Vec::new();
        let mut codes: Vec<(u16, String)> = Vec::new();
        let mut style_formats = Vec::new();
        let mut version = BIFF8;
        let mut at = 0;
        while let Some(record) = records.next(&mut at)? {
            let data = &records.stream[record.start..record.end];
            match record.kind {
                BOF => version = u16_at(data, 0).unwrap_or(BIFF8),
                FORMAT => codes.extend(format_code(data, version)),
                XF => style_formats.push(u16_at(data, 2).unwrap_or(0)),
                BOUND_SHEET => positions.push(u32_at(data, 0).unwrap_or(u32::MAX) as usize),
                EOF => break,
                _ => {}
            }
        }
        records.formats = style_formats
            .into_iter()
            .map(|id| match codes.iter().find(|(code_id, _)| *code_id == id) {
                Some((_, code)) => NumberFormat::parse(code),
                None => NumberFormat::built_in(id.into()),
            })
            .collect();
        for position in positions {
            let sheet = records.sheet(position, limits)?;
            records.sheets.push(sheet);
        }
        Ok(records)
    }

    /// The stream, without what it claims about sizes.
    pub(super) fn stream(&self) -> &[u8] {
        &self.stream
    }

    fn next(&self, at: &mut usize) -> Result<Option<Record>, WorkbookError> {
        let rest = self.stream.get(*at..).unwrap_or_default();
        let (Some(kind), Some(length)) = (u16_at(rest, 0), u16_at(rest, 2)) else { return Ok(None) };
        let start = *at + 4;
        let end = start + usize::from(length);
        if end > self.stream.len() {
            return Err(WorkbookError::damaged(STREAM, "it ends too early"));
        }
        *at = end;
        Ok(Some(Record { kind, start, end }))
    }

    fn sheet(&mut self, position: usize, limits: &Limits) -> Result<SheetRecords, WorkbookError> {
        if position >= self.stream.len() {
            return Err(WorkbookError::damaged(STREAM, "a sheet lies beyond its end"));
        }
        let mut sheet = SheetRecords::default();
        let mut extent: Option<Extent> = None;
        let mut depth = 0;
        let mut at = position;
        while let Some(record) = self.next(&mut at)? {
            if record.kind == DIMENSIONS {
                // Memory would be taken for what it says.
                self.stream[record.start..record.end].fill(0);
            }
            let data = &self.stream[record.start..record.end];
            match record.kind {
                // Charts in a sheet have records of their own.
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                _ if depth > 1 => {}
                ROW => {
                    const IS_HIDDEN: u16 = 0x20;
                    if u16_at(data, 12).is_some_and(|flags| flags & IS_HIDDEN != 0) {
                        sheet.hidden_rows.extend(u16_at(data, 0).map(u32::from));
                    }
                }
                COL_INFO => {
                    if let (Some(first), Some(last), Some(flags)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 8))
                        && flags & 1 != 0
                    {
                        sheet.hidden_columns.push((first.into(), last.into()));
                    }
                }
                AUTO_FILTER_INFO => sheet.has_filter = true,
                NUMBER | RK | FORMULA => {
                    let place = place(data)?;
                    Extent::add(&mut extent, place, place.1);
                    self.note_style(&mut sheet, place, u16_at(data, 4));
                }
                MUL_RK => {
                    const STYLE_AND_NUMBER_BYTES: usize = 6;
                    let (row, first) = place(data)?;
                    let numbers = data.get(4..).unwrap_or_default().chunks_exact(STYLE_AND_NUMBER_BYTES);
                    let last = first + (numbers.len() as u32).saturating_sub(1);
                    Extent::add(&mut extent, (row, first), last);
                    for (column, number) in (first..).zip(numbers) {
                        self.note_style(&mut sheet, (row, column), u16_at(number, 0));
                    }
                }
                LABEL | RICH_STRING | BOOL_OR_ERROR | LABEL_SST => {
                    let place = place(data)?;
                    Extent::add(&mut extent, place, place.1);
                }
                _ => {}
            }
        }
        if let Some(extent) = extent {
            limits.check_place(extent.last_row, extent.last_column)?;
            extent.check()?;
        }
        Ok(sheet)
    }

    fn note_style(&self, sheet: &mut SheetRecords, place: (u32, u32), style_idx: Option<u16>) {
        let style_idx = usize::from(style_idx.unwrap_or(0));
        if self.formats.get(style_idx).is_some_and(|format| format.read(1.0) != Reading::General) {
            sheet.style_idx.insert(place, style_idx);
        }
    }
}

/// The smallest table that holds all cells of a sheet: calamine makes one.
struct Extent {
    first_row: u32,
    last_row: u32,
    first_column: u32,
    last_column: u32,
}

impl Extent {
    fn add(extent: &mut Option<Self>, (row, column): (u32, u32), last_column: u32) {
        let extent = extent.get_or_insert(Self { first_row: row, last_row: row, first_column: column, last_column });
        extent.first_row = extent.first_row.min(row);
        extent.last_row = extent.last_row.max(row);
        extent.first_column = extent.first_column.min(column);
        extent.last_column = extent.last_column.max(last_column);
    }

    /// A full sheet of XLS has 65,536 rows and 256 columns.
    fn check(&self) -> Result<(), WorkbookError> {
        const LIMIT: u64 = 65_536 * 256;
        let found = u64::from(self.last_row - self.first_row + 1) * u64::from(self.last_column - self.first_column + 1);
        if found > LIMIT {
            return Err(WorkbookError::TooLarge { what: "cells in a sheet", found, limit: LIMIT });
        }
        Ok(())
    }
}

/// Row and column of a cell's record.
fn place(data: &[u8]) -> Result<(u32, u32), WorkbookError> {
    match (u16_at(data, 0), u16_at(data, 2)) {
        (Some(row), Some(column)) => Ok((row.into(), column.into())),
        _ => Err(WorkbookError::damaged(STREAM, "a cell is broken")),
    }
}

/// The number of a format and its text. Before version 8 the text is in a code page, of which ASCII is enough.
fn format_code(data: &[u8], version: u16) -> Option<(u16, String)> {
    let id = u16_at(data, 0)?;
    if version < BIFF8 {
        let text = data.get(3..)?;
        return Some((id, text.iter().copied().map(char::from).collect()));
    }
    const IS_WIDE: u8 = 1;
    let text = data.get(5..)?;
    if data[4] & IS_WIDE == 0 {
        return Some((id, text.iter().copied().map(char::from).collect()));
    }
    let units: Vec<u16> = text.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    Some((id, String::from_utf16_lossy(&units)))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
