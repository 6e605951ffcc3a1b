//! One row's cells as typed values. What cannot be read is unknown, and noted.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::StringRecord;

use super::columns::Field;
use super::error::Expected;
use super::machines;
use super::table::{Column, Table};
use crate::clean::dates::{self, DateFault, Day};
use crate::clean::durations::{self, DurationFault, DurationFormat};
use crate::clean::missing::{CellKind, is_excel_error, is_missing};
use crate::clean::numbers::{self, NumberFault, NumberFormat};
use crate::clean::time_units::{TimeUnit, unit_of};
use crate::clean::{CleanCounts, codes, text};
use crate::domain::{Date, Seq, WorkCentreCode};

/// Longest code; what is longer was meant for another column.
const MAX_CODE_CHARS: usize = 200;
/// Almost two years: no operation of one order takes longer.
const MAX_MINUTES: f64 = 1e6;
const MAX_QUANTITY: f64 = 1e9;
/// Letters of a cell that a flaw shows.
const SHOWN_CHARS: usize = 100;

/// What is wrong with a cell, or with the row.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// `None` when the whole row is meant.
    pub column: Option<usize>,
    pub value: String,
    pub expected: Expected,
}

/// The cells of one row.
pub struct Cells<'a> {
    pub table: &'a Table,
    pub record: &'a StringRecord,
    /// See [`Row::typed`](super::rows::Row::typed).
    pub typed: &'a [bool],
    pub counts: CleanCounts,
    /// Values that could not be read and count as unknown.
    pub doubts: Vec<Fault>,
    /// Words taken as "nothing here".
    pub missing: &'a mut BTreeMap<String, u64>,
}

impl<'a> Cells<'a> {
    /// Cleaned text of a field; `None` when there is no such column, or nothing in it.
    fn known(&mut self, field: Field, kind: CellKind) -> Option<(usize, Cow<'a, str>)> {
        let at = self.table.at(field)?;
        if !self.table.is_composed(field) {
            return self.known_at(at, kind).map(|text| (at, text));
        }
        let record: &'a StringRecord = self.record;
        let text = self.table.composed(field, record)?;
        if is_damaged(&text) {
            self.doubt(at, Expected::KnownEncoding);
            return None;
        }
        let clean: Cow<'a, str> = match text {
            Cow::Borrowed(text) => text::cleaned(text),
            Cow::Owned(text) => Cow::Owned(text::clean(&text)),
        };
        (!is_missing(&clean, kind)).then_some((at, clean))
    }

    /// Cleaned text of a column; `None` when nothing stands there, or nothing that can be read.
    pub fn known_at(&mut self, at: usize, kind: CellKind) -> Option<Cow<'a, str>> {
        let record: &'a StringRecord = self.record;
        let cell = record.get(at).unwrap_or("");
        if cell.is_empty() {
            return None;
        }
        // Before cleaning, which makes a blank of a NUL: `1\0250` is not 1250.
        if is_damaged(cell) {
            self.doubt(at, Expected::KnownEncoding);
            return None;
        }
        let text = text::cleaned(cell);
        if text.is_empty() {
            return None;
        }
        if is_missing(&text, kind) {
            self.blank(&text);
            return None;
        }
        Some(text)
    }

    /// How a number in a column of this row is written.
    pub fn numbers(&self, at: usize) -> NumberFormat {
        if self.typed.get(at) == Some(&true) { NumberFormat::Point } else { self.table.columns[at].numbers }
    }

    /// Counts a word that stands for nothing.
    pub fn blank(&mut self, word: &str) {
        self.counts.n_blanked += 1;
        match self.missing.get_mut(word) {
            Some(n) => *n += 1,
            None => {
                self.missing.insert(word.to_owned(), 1);
            }
        }
    }

    /// A name; `None` when it is missing.
    pub fn text(&mut self, field: Field) -> Option<String> {
        self.known(field, CellKind::Name).map(|(_, text)| text.into_owned())
    }

    /// A code that may be missing.
    pub fn code(&mut self, field: Field) -> Option<String> {
        let (at, text) = self.known(field, CellKind::Code)?;
        let code = codes::code(&text);
        if code.chars().count() > MAX_CODE_CHARS {
            self.doubt(at, Expected::ShorterText { max_chars: MAX_CODE_CHARS as u32 });
            return None;
        }
        (!code.is_empty()).then(|| code.into_owned())
    }

    /// A code without which the row says nothing; `None` where the cell is blank.
    pub fn key(&mut self, field: Field) -> Result<Option<String>, Fault> {
        let Some(text) = self.table.composed(field, self.record) else { return Ok(None) };
        let at = self.table.at(field);
        let shown = |expected| Fault { column: at, value: shown(&text), expected };
        if is_damaged(&text) {
            return Err(shown(Expected::KnownEncoding));
        }
        let clean = text::cleaned(&text);
        if is_excel_error(&clean) {
            return Err(shown(Expected::NoErrorCell));
        }
        if is_missing(&clean, CellKind::Key) {
            return Ok(None);
        }
        let code = codes::code(&clean);
        if code.chars().count() > MAX_CODE_CHARS {
            return Err(shown(Expected::ShorterText { max_chars: MAX_CODE_CHARS as u32 }));
        }
        Ok(Some(code.into_owned()).filter(|code| !code.is_empty()))
    }

    /// An operation number; `None` when it is blank.
    pub fn seq(&mut self, field: Field) -> Result<Option<Seq>, Fault> {
        let Some(at) = self.table.at(field) else { return Ok(None) };
        let cell = self.record.get(at).unwrap_or("");
        if is_damaged(cell) {
            return Err(self.fault(at, Expected::KnownEncoding));
        }
        let text = codes::code(cell);
        if is_missing(&text, CellKind::Key) {
            return Ok(None);
        }
        Seq::parse(&text).map(Some).ok_or_else(|| self.fault(at, Expected::OperationNumber))
    }

    /// An operation number that the row can do without.
    pub fn optional_seq(&mut self, field: Field) -> Option<Seq> {
        match self.seq(field) {
            Ok(seq) => seq,
            Err(fault) => {
                self.doubts.push(fault);
                None
            }
        }
    }

    /// Work centres of a cell, the first is the main one: `M01, M02`, `M05/M06`.
    pub fn work_centres(&mut self, field: Field) -> Vec<WorkCentreCode> {
        let Some(at) = self.table.at(field) else { return Vec::new() };
        let is_list = self.table.columns[at].is_list;
        let Some(mut code) = self.code(field) else { return Vec::new() };
        if !is_list {
            return vec![WorkCentreCode::new(code)];
        }
        if let Cow::Owned(line) = machines::in_one_line(self.record.get(at).unwrap_or("")) {
            code = codes::code(&line).into_owned();
        }
        let mut centres: Vec<WorkCentreCode> = Vec::new();
        for part in machines::split(&code) {
            let centre = WorkCentreCode::new(part);
            if !centres.contains(&centre) {
                centres.push(centre);
            }
        }
        centres
    }

    /// Minutes of a time; below zero in a report that takes another back.
    pub fn minutes(&mut self, field: Field) -> Option<f64> {
        let at = self.table.at_in(field, self.record)?;
        let text = self.known_at(at, CellKind::Duration)?;
        let column: &'a Column = &self.table.columns[at];
        let mut format = column.duration?;
        format.number = self.numbers(at);
        if let Some(unit_at) = column.unit_column
            && let Some(word) = self.known_at(unit_at, CellKind::Text)
        {
            match unit_of(&word) {
                Some(unit) if column.unit.is_none_or(|named| named == unit) => format = format.with_unit(unit),
                Some(unit) => {
                    // The heading says one unit and the row another one.
                    let reading = |format: &DurationFormat| durations::minutes(&text, format).ok().map(duration);
                    let readings = [reading(&format), reading(&format.with_unit(unit))];
                    let expected = match readings {
                        [Some(a), Some(b)] if a == b => None,
                        [Some(a), Some(b)] => Some(Expected::OneReading { readings: [a, b] }),
                        _ => Some(Expected::Minutes { max: MAX_MINUTES }),
                    };
                    if let Some(expected) = expected {
                        self.doubt(at, expected);
                        return None;
                    }
                }
                None => {
                    self.doubt(unit_at, Expected::TimeUnit);
                    return None;
                }
            }
        }
        let expected = match durations::minutes(&text, &format) {
            Ok(minutes) | Err(DurationFault::Negative { minutes }) if minutes.abs() <= MAX_MINUTES => {
                self.counts.n_units_converted += u64::from(format.unit != TimeUnit::Minute);
                return Some(minutes);
            }
            Err(DurationFault::TwoReadings { minutes: [a, b] }) => {
                Expected::OneReading { readings: [duration(a), duration(b)] }
            }
            _ if format.unit == TimeUnit::Hour => Expected::Hours { max: libm::floor(MAX_MINUTES / 60.0) },
            _ => Expected::Minutes { max: MAX_MINUTES },
        };
        self.doubt(at, expected);
        None
    }

    /// Minutes that are not below zero.
    pub fn planned_minutes(&mut self, field: Field) -> Option<f64> {
        let minutes = self.minutes(field)?;
        if minutes < 0.0 {
            let at = self.table.at_in(field, self.record)?;
            self.doubt(at, Expected::Minutes { max: MAX_MINUTES });
            return None;
        }
        Some(minutes)
    }

    /// A number of pieces; negative in a report that takes another back.
    pub fn quantity(&mut self, field: Field) -> Option<f64> {
        let (at, text) = self.known(field, CellKind::Number)?;
        match numbers::parse_as(&text, self.numbers(at)) {
            Ok(number) if number.abs() <= MAX_QUANTITY => Some(number),
            Err(NumberFault::Open(open)) => {
                let readings = [numbers::write(open.as_point), numbers::write(open.as_comma)];
                self.doubt(at, Expected::OneReading { readings });
                None
            }
            _ => {
                self.doubt(at, Expected::Quantity { max: MAX_QUANTITY });
                None
            }
        }
    }

    /// A rank, 1 is the best.
    pub fn rank(&mut self, field: Field) -> Option<u32> {
        let (at, text) = self.known(field, CellKind::Number)?;
        let rank = text.trim_end_matches(".0").parse::<u32>().ok();
        if rank.is_none() {
            self.doubt(at, Expected::Integer { min: 0, max: u32::MAX });
        }
        rank
    }

    /// A day; `None` when it is missing or only means "open" or "not set".
    pub fn day(&mut self, field: Field) -> Option<Date> {
        let (at, text) = self.known(field, CellKind::Date)?;
        match dates::parse_as(&text, &self.table.columns[at].dates) {
            Ok(Day::On(date)) => Some(date),
            Ok(Day::Sentinel) => {
                self.counts.n_sentinel_dates += 1;
                None
            }
            Err(DateFault::Ambiguous { readings }) => {
                let readings = readings.map(|day| match day {
                    Day::On(date) => date.to_string(),
                    Day::Sentinel => "-".to_owned(),
                });
                self.doubt(at, Expected::OneReading { readings });
                None
            }
            Err(_) => {
                self.doubt(at, Expected::Date);
                None
            }
        }
    }

    /// A lower-case word of a column of flags.
    pub fn word(&mut self, field: Field) -> Option<(usize, String)> {
        self.known(field, CellKind::Flag).map(|(at, text)| (at, text.to_lowercase()))
    }

    /// Whether something that could not be read stands in a column of this row.
    pub fn has_unreadable(&self, field: Field) -> bool {
        let at = self.table.at(field);
        at.is_some() && self.doubts.iter().any(|doubt| doubt.column == at)
    }

    /// The fault of a column of this row.
    pub fn fault(&self, at: usize, expected: Expected) -> Fault {
        Fault { column: Some(at), value: shown(self.record.get(at).unwrap_or("")), expected }
    }

    /// Notes that a value could not be read.
    pub fn doubt(&mut self, at: usize, expected: Expected) {
        let fault = self.fault(at, expected);
        self.doubts.push(fault);
    }
}

fn duration(minutes: f64) -> String {
    format!("{} min", numbers::write(minutes))
}

fn shown(text: &str) -> String {
    text.chars().take(SHOWN_CHARS).collect()
}

/// Whether text holds a character that was damaged when it was decoded, or a NUL.
pub fn is_damaged(text: &str) -> bool {
    text.bytes().any(|byte| byte == 0 || byte == 0xef) && text.contains(['\u{fffd}', '\0'])
}
