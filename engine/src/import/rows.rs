//! Text as rows of fields, numbered as a spreadsheet numbers them.
//!
//! One quote that is never closed costs one row and not the rest of the file, and memory stays bounded whatever the
//! file holds. Time stays linear: the look for the end of a quote stops at the next line that could open one itself.

mod lines;
mod shape;
mod split;

use std::io::{self, Empty, Read};

use csv::StringRecord;

use super::encoding::Decoded;
use lines::{Line, Lines};
pub use shape::{Header, Shape, Stated};
use split::{State, scan, split};

/// A row never spans more lines of the file than this.
const MAX_ROW_LINES: usize = 100;
/// Longest line that is taken; what is longer is no row of a plant's table.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// A row that cannot be split into fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A field begins with a quote that does not end.
    OpenQuote,
    /// A line of more than [`MAX_LINE_BYTES`].
    TooLong,
    /// More fields with a value than the header has.
    Fields,
}

/// One row that is not blank.
#[derive(Clone, Debug)]
pub struct Row {
    /// As a spreadsheet shows it; the header usually is 1.
    pub number: u32,
    /// Its fields, exactly as many as the header has, or the beginning of its text and what is wrong with it.
    pub fields: Result<StringRecord, (String, Broken)>,
    /// Fields at its end that the file does not have; they stand in `fields` as empty ones.
    pub n_missing: usize,
    /// Which fields are numbers of the spreadsheet itself, always with a decimal point; shorter where the rest is none.
    pub typed: Vec<bool>,
}

/// Where rows come from: a text or a sheet of a workbook.
pub trait RowSource {
    /// The next row that is not blank.
    ///
    /// # Errors
    /// When the file cannot be read further.
    fn next_row(&mut self) -> io::Result<Option<Row>>;

    /// Rows without any value so far; they are no rows of the table.
    fn n_blank(&self) -> u64;

    /// How many cells so far of columns of codes hold a number instead of a text, by column; only workbooks know.
    fn number_codes(&self) -> Vec<(usize, u64)> {
        Vec::new()
    }
}

/// The rows of a text.
pub struct Rows<R> {
    lines: Lines<R>,
    shape: Shape,
    number: u32,
    n_blank: u64,
}

impl<R: Read> Rows<R> {
    /// Finds delimiter and header; `score` tells how much sense a header makes.
    ///
    /// `None` when there is no line at all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open(input: Decoded<R>, score: impl Fn(&[String]) -> usize) -> io::Result<Option<(Self, Vec<String>)>> {
        let opened = Self::open_stated(input, &Stated::default(), &score)?;
        Ok(opened.map(|(rows, header)| (rows, header.names)))
    }

    /// The same with what a person states, and with all that is known about the header.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_stated(
        input: Decoded<R>,
        stated: &Stated,
        score: &dyn Fn(&[String]) -> usize,
    ) -> io::Result<Option<(Self, Header)>> {
        let mut lines = Lines::open(input)?;
        let Some((shape, header)) = shape::decide(&mut lines, stated, score)? else { return Ok(None) };
        Ok(Some((Self::behind_header(lines, shape)?, header)))
    }

    /// Opens a text again as it was opened before: nothing is decided anew.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_as(input: Decoded<R>, shape: &Shape) -> io::Result<Self> {
        Self::behind_header(Lines::open_as(input, shape.line_end), *shape)
    }

    fn behind_header(mut lines: Lines<R>, shape: Shape) -> io::Result<Self> {
        while lines.n_taken < shape.n_head_lines && lines.next_line()?.is_some() {}
        Ok(Self { lines, shape, number: shape.last_head_row, n_blank: 0 })
    }

    /// How the text is split.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The delimiter that was found.
    pub fn delimiter(&self) -> char {
        char::from(self.shape.delimiter)
    }

    /// The encoding of the text below.
    pub fn encoding(&self) -> super::Encoding {
        self.lines.input().map_or(super::Encoding::Utf8, Decoded::encoding)
    }

    /// Rows without any value so far; they are no rows of the table.
    pub fn n_blank(&self) -> u64 {
        self.n_blank
    }

    /// The number of the row read last.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The next row that is not blank.
    ///
    /// # Errors
    /// When the file cannot be read further.
    pub fn next_row(&mut self) -> io::Result<Option<Row>> {
        loop {
            // Most lines lie in the buffer as a whole and are a row each.
            let delimiter = self.shape.delimiter;
            let mut record = None;
            let mut n_bytes = 0;
            if let Some((line, n)) = self.lines.peek()?
                && scan(State::FieldStart, line, delimiter) != State::Quoted
                && let Ok(text) = std::str::from_utf8(line)
            {
                record = Some(fields(text, delimiter, self.shape.n_fields));
                n_bytes = n;
            }
            let row = if let Some(record) = record {
                self.lines.consume(n_bytes);
                self.number = self.number.saturating_add(1);
                self.finish(record)
            } else {
                let Some(first) = self.lines.next_line()? else { return Ok(None) };
                self.number = self.number.saturating_add(1);
                self.next_of_lines(first)?
            };
            match row {
                Some(row) => return Ok(Some(row)),
                None => self.n_blank += 1,
            }
        }
    }

    /// The row that begins with the line `first`; `None` when it is blank.
    fn next_of_lines(&mut self, first: Line) -> io::Result<Option<Row>> {
        if first.is_too_long {
            return Ok(Some(self.broken(&first.text, Broken::TooLong)));
        }
        let delimiter = self.shape.delimiter;
        let mut rest: Vec<Line> = Vec::new();
        let mut n_bytes = first.text.len();
        let mut state = scan(State::FieldStart, &first.text, delimiter);
        while state == State::Quoted && rest.len() + 1 < MAX_ROW_LINES && n_bytes < MAX_LINE_BYTES {
            let Some(line) = self.lines.next_line()? else { break };
            n_bytes += line.text.len() + 1;
            let is_too_long = line.is_too_long;
            if !is_too_long {
                state = scan(state, &line.text, delimiter);
            }
            rest.push(line);
            if is_too_long {
                break;
            }
        }
        if matches!(state, State::Quoted | State::Torn) {
            self.lines.give_back(rest);
            return Ok(Some(self.broken(&first.text, Broken::OpenQuote)));
        }
        let mut text = String::from_utf8_lossy(&first.text).into_owned();
        for line in &rest {
            text.push('\n');
            text.push_str(&String::from_utf8_lossy(&line.text));
        }
        let record = fields(&text, delimiter, self.shape.n_fields);
        if !rest.is_empty() && self.has_swallowed(&rest, &record) {
            self.lines.give_back(rest);
            return Ok(Some(self.broken(&first.text, Broken::OpenQuote)));
        }
        Ok(self.finish(record))
    }

    /// Whether a row of several lines is an open quote and the rows behind it: it has another number of fields than the
    /// header while one of its further lines has as many, or all lines within it look like rows of a wide table.
    fn has_swallowed(&self, rest: &[Line], record: &StringRecord) -> bool {
        let n_fields = self.shape.n_fields;
        let width = |line: &Line| line.text.iter().filter(|byte| **byte == self.shape.delimiter).count() + 1;
        if n_fields == 0 {
            return false;
        }
        if record.len() == n_fields {
            let within = &rest[..rest.len() - 1];
            return n_fields >= 4 && !within.is_empty() && within.iter().all(|line| width(line) == n_fields);
        }
        record.len() > n_fields || rest.iter().any(|line| width(line) >= n_fields)
    }

    /// The row of `record`, as wide as the header; `None` when it is blank.
    fn finish(&self, mut record: StringRecord) -> Option<Row> {
        if record.iter().all(|field| field.trim().is_empty()) {
            return None;
        }
        let n_fields = self.shape.n_fields;
        // Zero while the header is looked for.
        if n_fields == 0 || record.len() == n_fields {
            return Some(Row { number: self.number, fields: Ok(record), n_missing: 0, typed: Vec::new() });
        }
        if record.len() > n_fields {
            if record.iter().skip(n_fields).any(|field| !field.trim().is_empty()) {
                let text = line(&record, self.delimiter());
                return Some(Row {
                    number: self.number,
                    fields: Err((text, Broken::Fields)),
                    n_missing: 0,
                    typed: Vec::new(),
                });
            }
            record.truncate(n_fields);
            return Some(Row { number: self.number, fields: Ok(record), n_missing: 0, typed: Vec::new() });
        }
        let n_missing = n_fields - record.len();
        for _ in 0..n_missing {
            record.push_field("");
        }
        Some(Row { number: self.number, fields: Ok(record), n_missing, typed: Vec::new() })
    }

    fn broken(&self, text: &[u8], why: Broken) -> Row {
        let head = String::from_utf8_lossy(&text[..text.len().min(400)]).chars().take(100).collect();
        Row { number: self.number, fields: Err((head, why)), n_missing: 0, typed: Vec::new() }
    }

    /// Lines of the file that were taken so far.
    fn n_lines(&self) -> u32 {
        self.lines.n_taken
    }
}

impl Rows<Empty> {
    /// Rows of any width from lines in memory.
    fn of(lines: Lines<Empty>, delimiter: u8) -> Self {
        let shape = Shape { delimiter, line_end: b'\n', header_row: 0, n_fields: 0, last_head_row: 0, n_head_lines: 0 };
        Self { lines, shape, number: 0, n_blank: 0 }
    }
}

impl<R: Read> RowSource for Rows<R> {
    fn next_row(&mut self) -> io::Result<Option<Row>> {
        Rows::next_row(self)
    }

    fn n_blank(&self) -> u64 {
        self.n_blank
    }
}

/// The fields as one line of a file.
pub fn line<'c>(fields: impl IntoIterator<Item = &'c str>, delimiter: char) -> String {
    let mut line = String::new();
    for (at, field) in fields.into_iter().enumerate() {
        if at > 0 {
            line.push(delimiter);
        }
        if field.contains([delimiter, '"', '\n', '\r']) {
            line.push('"');
            line.push_str(&field.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(field);
        }
    }
    line
}

fn fields(text: &str, delimiter: u8, n_expected: usize) -> StringRecord {
    let mut record = StringRecord::with_capacity(text.len(), n_expected.max(8));
    split(text, delimiter, &mut record);
    record
}

#[cfg(test)]
mod tests;
