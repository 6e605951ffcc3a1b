//! The cells of one XLSX sheet, one row at a time.

use quick_xml::events::{BytesStart, Event};

use super::super::merge::{Area, address};
use super::super::parts::{Xml, is_set, push_reference};
use super::super::row::{RowBuilder, RowSink};
use super::super::{Limits, SheetCell, WorkbookError};
use super::strings::{RichText, Strings, push_unescaped};
use super::styles::Styles;

/// What values of cells refer to.
pub(super) struct Values<'a> {
    pub(super) strings: &'a Strings,
    pub(super) styles: &'a Styles,
    pub(super) is_1904: bool,
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    style_idx: usize,
    kind: Kind,
    value: String,
    has_value: bool,
    is_formula: bool,
    inline: RichText,
}

/// The `t` of a cell.
#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Inline,
    Flag,
    Date,
    Error,
    /// A type that the format does not have.
    Unknown,
}

/// Where the next text belongs.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Elsewhere,
    Value,
    Inline,
}

/// Reads a sheet from its first to its last row and tells `sink` what there is.
pub(super) fn scan(
    path: &str,
    mut xml: Xml<'_>,
    values: &Values<'_>,
    limits: &Limits,
    sink: &mut impl RowSink,
) -> Result<(), WorkbookError> {
    let mut builder = RowBuilder::new(limits);
    let mut open = Open::default();
    let mut place = Place::Elsewhere;
    let (mut row, mut is_hidden) = (0, false);
    let (mut next_row, mut next_column) = (0, 0);
    let mut is_closed = false;
    let mut buffer = Vec::new();
    let damaged = |what: String| WorkbookError::damaged(path, what);
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer).map_err(|error| damaged(error.to_string()))?;
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "row" => {
                    row = next_row;
                    is_hidden = false;
                    row_attributes(element, &mut row, &mut is_hidden).map_err(damaged)?;
                    next_column = 0;
                }
                "c" => open.start(element, row, next_column).map_err(damaged)?,
                "v" => {
                    place = Place::Value;
                    open.has_value = true;
                }
                "is" => place = Place::Inline,
                "f" => open.is_formula = true,
                "mergeCell" => sink.merged(area(element).map_err(damaged)?),
                "autoFilter" => sink.filter(),
                "col" => hidden_columns(element, sink),
                _ if place == Place::Inline => open.inline.take(&event),
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "v" | "is" => place = Place::Elsewhere,
                "c" => {
                    next_column = open.column.saturating_add(1);
                    if open.row != row {
                        // The address of the cell is what formulas refer to; the row may not even have a number.
                        builder.end(row, is_hidden, sink)?;
                        row = open.row;
                    }
                    if sink.wants_values() {
                        builder.put(open.row, open.column, open.cell(values))?;
                    } else {
                        if open.is_formula_without_value() {
                            sink.formula_without_value();
                        }
                        builder.put(open.row, open.column, open.stand_in(values))?;
                    }
                }
                "row" => {
                    builder.end(row, is_hidden, sink)?;
                    next_row = row.saturating_add(1);
                }
                "worksheet" => is_closed = true,
                _ if place == Place::Inline => open.inline.take(&event),
                _ => {}
            },
            Event::Eof if is_closed => return Ok(()),
            Event::Eof => return Err(damaged("it ends too early".to_owned())),
            Event::Text(text) if place == Place::Value => open.value.push_str(&text.xml10_content()),
            Event::CData(text) if place == Place::Value => open.value.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if place == Place::Value => push_reference(reference, &mut open.value),
            event if place == Place::Inline => open.inline.take(event),
            _ => {}
        }
    }
}

fn row_attributes(element: &BytesStart<'_>, row: &mut u32, is_hidden: &mut bool) -> Result<(), String> {
    for attribute in element.attributes().with_checks(false).flatten() {
        match attribute.key.local_name().as_ref() {
            "r" => {
                let number: Option<u32> = attribute.value.trim().parse().ok();
                let number = number.and_then(|number| number.checked_sub(1));
                *row = number.ok_or_else(|| format!("a row has the number {:?}", attribute.value))?;
            }
            "hidden" => *is_hidden = matches!(attribute.value.trim(), "1" | "true"),
            _ => {}
        }
    }
    Ok(())
}

fn area(element: &BytesStart<'_>) -> Result<Area, String> {
    let text = super::super::parts::attribute(element, "ref").unwrap_or_default();
    Area::parse(&text).ok_or_else(|| format!("a merged area has the address {text:?}"))
}

fn hidden_columns(element: &BytesStart<'_>, sink: &mut impl RowSink) {
    let number = |name| super::super::parts::attribute(element, name).and_then(|text| text.trim().parse::<u32>().ok());
    if is_set(element, "hidden")
        && let (Some(first), Some(last)) = (number("min"), number("max"))
    {
        sink.hidden_columns(first.saturating_sub(1), last.saturating_sub(1));
    }
}

impl Open {
    fn start(&mut self, element: &BytesStart<'_>, row: u32, column: u32) -> Result<(), String> {
        self.row = row;
        self.column = column;
        self.style_idx = 0;
        self.kind = Kind::Number;
        self.value.clear();
        self.has_value = false;
        self.is_formula = false;
        self.inline.clear();
        for attribute in element.attributes().with_checks(false).flatten() {
            let value: &str = &attribute.value;
            match attribute.key.local_name().as_ref() {
                "r" => {
                    (self.row, self.column) =
                        address(value.trim()).ok_or_else(|| format!("a cell has the address {value:?}"))?;
                }
                "s" => self.style_idx = value.trim().parse().unwrap_or(usize::MAX),
                "t" => {
                    self.kind = match value {
                        "n" => Kind::Number,
                        "s" => Kind::Shared,
                        "str" => Kind::Text,
                        "inlineStr" => Kind::Inline,
                        "b" => Kind::Flag,
                        "d" => Kind::Date,
                        "e" => Kind::Error,
                        _ => Kind::Unknown,
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A formula that was never calculated. One that gives an empty text has a type.
    fn is_formula_without_value(&self) -> bool {
        self.is_formula && self.value.trim().is_empty() && self.kind != Kind::Text && self.inline.as_str().is_empty()
    }

    /// Any cell, empty if and only if the real one is.
    fn stand_in(&self, values: &Values<'_>) -> SheetCell {
        let is_filled = match self.kind {
            Kind::Inline | Kind::Shared => !self.cell(values).is_empty(),
            Kind::Text => !self.value.is_empty(),
            _ => !self.value.trim().is_empty(),
        };
        if is_filled { SheetCell::error(String::new()) } else { SheetCell::default() }
    }

    fn cell(&self, values: &Values<'_>) -> SheetCell {
        let value = self.value.trim_matches([' ', '\t', '\r', '\n']);
        match self.kind {
            // Some programs put the text where numbers stand.
            Kind::Inline if self.inline.as_str().is_empty() => SheetCell::text(unescaped(value)),
            Kind::Inline => SheetCell::text(unescaped(self.inline.as_str())),
            Kind::Text => SheetCell::text(unescaped(&self.value)),
            _ if value.is_empty() => SheetCell::default(),
            Kind::Shared => match value.parse().ok().and_then(|string_idx| values.strings.get(string_idx)) {
                Some(text) => SheetCell::text(text.to_owned()),
                None => SheetCell::error(format!("shared text {value} is missing")),
            },
            Kind::Flag if value == "1" || value.eq_ignore_ascii_case("true") => SheetCell::flag(true),
            Kind::Flag if value == "0" || value.eq_ignore_ascii_case("false") => SheetCell::flag(false),
            Kind::Date => SheetCell::date(day_of_iso(value)),
            Kind::Number => self.number(value, values),
            Kind::Flag | Kind::Error | Kind::Unknown => SheetCell::error(value),
        }
    }

    /// A cell without a type is a number only if it is written as one: a formula that refers to the text `0100` in
    /// another sheet may be saved without a type, and its zeros count.
    fn number(&self, value: &str, values: &Values<'_>) -> SheetCell {
        let digits = value.strip_prefix('-').unwrap_or(value);
        let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            && !(digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit());
        let Some(number) = value.parse::<f64>().ok().filter(|number| is_number && number.is_finite()) else {
            return SheetCell::text(value.to_owned());
        };
        // Most numbers are whole and written as such.
        let is_plain = digits.bytes().all(|digit| digit.is_ascii_digit()) && value != "-0";
        let text = is_plain.then_some(value);
        match values.styles.format(self.style_idx) {
            Some(format) => SheetCell::formatted(number, text, format, values.is_1904),
            // Without a style there is no format; a style that does not exist says nothing.
            None => SheetCell::number(number, text, (self.style_idx == 0).then_some(true)),
        }
    }
}

fn unescaped(text: &str) -> String {
    let mut unescaped = String::with_capacity(text.len());
    push_unescaped(text, &mut unescaped);
    unescaped
}

/// A date in ISO form without the midnight that some programs add.
fn day_of_iso(text: &str) -> &str {
    match text.split_once('T') {
        Some((day, time)) if time.trim_end_matches('Z').bytes().all(|c| matches!(c, b'0' | b':' | b'.')) => day,
        _ => text,
    }
}
