//! Text as rows of fields, numbered as a spreadsheet numbers them.
//!
//! The `csv` crate reads the fields. This file only decides where a row ends, so that one quote that is never closed
//! costs one row and not the rest of the file, and so that memory stays bounded whatever the file holds.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use csv::StringRecord;

use super::encoding::Decoded;

/// A row never spans more lines of the file than this.
const MAX_ROW_LINES: usize = 100;
/// Longest line that is taken; what is longer is no row of a plant's table.
pub const MAX_LINE_BYTES: usize = 1 << 20;
/// The delimiters that are tried, the first wins a tie.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A row that cannot be split into fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A field begins with a quote that does not end.
    OpenQuote,
    /// A line of more than [`MAX_LINE_BYTES`].
    TooLong,
    /// Another number of fields than the header has.
    Fields,
}

/// One row that is not blank.
#[derive(Clone, Debug)]
pub struct Row {
    /// As a spreadsheet shows it; the header usually is 1.
    pub number: u32,
    /// Its fields, exactly as many as the header has, or the beginning of its text and what is wrong with it.
    pub fields: Result<StringRecord, (String, Broken)>,
}

/// The rows of a file.
pub struct Rows<R> {
    input: Decoded<R>,
    line_end: u8,
    delimiter: u8,
    n_fields: usize,
    number: u32,
    n_blank: u64,
    waiting: VecDeque<Line>,
    parser: csv::Reader<OneRow>,
}

struct Line {
    text: Vec<u8>,
    is_too_long: bool,
}

impl<R: Read> Rows<R> {
    /// Reads the header; `score` tells how much sense a header makes, the delimiter with the best one is taken.
    ///
    /// `None` when there is no line at all.
    pub fn open(mut input: Decoded<R>, score: impl Fn(&[String]) -> usize) -> io::Result<Option<(Self, Vec<String>)>> {
        let ahead = input.fill_buf()?;
        let line_end = if !ahead.contains(&b'\n') && ahead.contains(&b'\r') { b'\r' } else { b'\n' };
        let mut rows = Self {
            input,
            line_end,
            delimiter: b',',
            n_fields: 0,
            number: 0,
            n_blank: 0,
            waiting: VecDeque::new(),
            parser: parser(b','),
        };
        let mut given = None;
        let Some(mut text) = rows.header_text(&DELIMITERS)? else { return Ok(None) };
        // Excel's own hint, a line of its own before the header.
        if let Some(delimiter) = text.strip_prefix(b"sep=").filter(|rest| rest.len() == 1).map(|rest| rest[0]) {
            given = Some(delimiter);
            let Some(next) = rows.header_text(&[delimiter])? else { return Ok(None) };
            text = next;
        }
        let candidates = given.map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
        let mut best: Option<((usize, usize), u8, Vec<String>)> = None;
        for delimiter in candidates {
            let names: Vec<String> = match split(&mut parser(delimiter), &text)? {
                Some(record) => record.iter().map(str::to_owned).collect(),
                None => continue,
            };
            let rank = (score(&names), names.len());
            if best.as_ref().is_none_or(|(known, ..)| rank > *known) {
                best = Some((rank, delimiter, names));
            }
        }
        Ok(best.map(|(_, delimiter, names)| {
            rows.delimiter = delimiter;
            rows.n_fields = names.len();
            rows.parser = parser(delimiter);
            (rows, names)
        }))
    }

    /// The delimiter that was found.
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// The text below it.
    pub fn input(&self) -> &Decoded<R> {
        &self.input
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
    pub fn next_row(&mut self) -> io::Result<Option<Row>> {
        while let Some(first) = self.next_line()? {
            self.number = self.number.saturating_add(1);
            if first.is_too_long {
                return Ok(Some(self.broken(&first.text, Broken::TooLong)));
            }
            let mut text = first.text;
            let first_bytes = text.len();
            let mut rest: Vec<Line> = Vec::new();
            let mut state = scan(State::FieldStart, &text, &[self.delimiter]);
            while state == State::Quoted && rest.len() + 1 < MAX_ROW_LINES && text.len() < MAX_LINE_BYTES {
                let Some(line) = self.next_line()? else { break };
                text.push(b'\n');
                text.extend_from_slice(&line.text);
                state = scan(state, &[b"\n", line.text.as_slice()].concat(), &[self.delimiter]);
                let is_too_long = line.is_too_long;
                rest.push(line);
                if is_too_long {
                    state = State::Quoted;
                    break;
                }
            }
            if state == State::Quoted {
                return Ok(Some(self.give_back(&text[..first_bytes], rest)));
            }
            let Some(mut record) = split(&mut self.parser, &text)? else {
                self.n_blank += 1;
                continue;
            };
            if record.iter().all(|field| field.trim().is_empty()) {
                self.n_blank += 1;
                continue;
            }
            if record.len() > self.n_fields && record.iter().skip(self.n_fields).all(|field| field.trim().is_empty()) {
                record.truncate(self.n_fields);
            }
            if record.len() != self.n_fields {
                if !rest.is_empty() {
                    return Ok(Some(self.give_back(&text[..first_bytes], rest)));
                }
                return Ok(Some(self.broken(&text, Broken::Fields)));
            }
            return Ok(Some(Row { number: self.number, fields: Ok(record) }));
        }
        Ok(None)
    }

    /// Refuses the first line alone; the lines after it, taken for its continuation, are rows of their own.
    fn give_back(&mut self, first: &[u8], rest: Vec<Line>) -> Row {
        for line in rest.into_iter().rev() {
            self.waiting.push_front(line);
        }
        self.broken(first, Broken::OpenQuote)
    }

    fn broken(&self, text: &[u8], why: Broken) -> Row {
        let head = String::from_utf8_lossy(&text[..text.len().min(400)]).chars().take(100).collect();
        Row { number: self.number, fields: Err((head, why)) }
    }

    fn header_text(&mut self, delimiters: &[u8]) -> io::Result<Option<Vec<u8>>> {
        while let Some(line) = self.next_line()? {
            self.number += 1;
            if line.text.trim_ascii().is_empty() {
                continue;
            }
            let mut text = line.text;
            while scan(State::FieldStart, &text, delimiters) == State::Quoted && text.len() < 64 * 1024 {
                let Some(more) = self.next_line()? else { break };
                text.push(b'\n');
                text.extend_from_slice(&more.text);
            }
            return Ok(Some(text));
        }
        Ok(None)
    }

    fn next_line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Some(line));
        }
        let mut text = Vec::with_capacity(256);
        let limit = MAX_LINE_BYTES as u64 + 1;
        if self.input.by_ref().take(limit).read_until(self.line_end, &mut text)? == 0 {
            return Ok(None);
        }
        let mut is_too_long = false;
        if text.last() == Some(&self.line_end) {
            text.pop();
        } else if text.len() > MAX_LINE_BYTES {
            is_too_long = true;
            self.input.skip_until(self.line_end)?;
            text.truncate(400);
        }
        while text.last() == Some(&b'\r') {
            text.pop();
        }
        Ok(Some(Line { text, is_too_long }))
    }
}

/// Where a reader of quoted fields stands, as the `csv` crate sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// After a quote within a quoted field: its end, or the first half of an escaped quote.
    QuoteSeen,
}

fn scan(from: State, text: &[u8], delimiters: &[u8]) -> State {
    if from == State::FieldStart && !text.contains(&b'"') {
        return State::Plain;
    }
    text.iter().fold(from, |state, byte| match (state, byte) {
        (State::FieldStart | State::QuoteSeen, b'"') => State::Quoted,
        (State::Quoted, b'"') => State::QuoteSeen,
        (State::Quoted, _) => State::Quoted,
        (_, byte) if delimiters.contains(byte) => State::FieldStart,
        _ => State::Plain,
    })
}

/// What the `csv` reader is given: exactly one row at a time.
#[derive(Default)]
struct OneRow {
    text: Vec<u8>,
    taken: usize,
}

impl Read for OneRow {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = (&self.text[self.taken..]).read(buffer)?;
        self.taken += n;
        Ok(n)
    }
}

fn parser(delimiter: u8) -> csv::Reader<OneRow> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::Any(b'\n'))
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(16 * 1024)
        .from_reader(OneRow::default())
}

/// The fields of one row whose quotes are closed; `None` when it is blank.
fn split(parser: &mut csv::Reader<OneRow>, text: &[u8]) -> io::Result<Option<StringRecord>> {
    if text.trim_ascii().is_empty() {
        return Ok(None);
    }
    let row = parser.get_mut();
    row.text.clear();
    row.text.extend_from_slice(text);
    row.text.push(b'\n');
    row.taken = 0;
    let mut record = StringRecord::with_capacity(text.len(), 16);
    Ok(parser.read_record(&mut record).map_err(io::Error::other)?.then_some(record))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Seen = Vec<(u32, Result<Vec<String>, Broken>)>;

    fn rows(text: &str) -> (char, Vec<String>, Seen, u64) {
        let decoded = Decoded::open(text.as_bytes()).expect("text");
        let (mut rows, header) = Rows::open(decoded, |_| 0).expect("memory can be read").expect("a header");
        let mut seen = Vec::new();
        while let Some(row) = rows.next_row().expect("memory can be read") {
            let fields = row.fields.map(|record| record.iter().map(str::to_owned).collect()).map_err(|(_, why)| why);
            seen.push((row.number, fields));
        }
        (rows.delimiter(), header, seen, rows.n_blank())
    }

    fn fields(values: &[&str]) -> Result<Vec<String>, Broken> {
        Ok(values.iter().map(|value| (*value).to_owned()).collect())
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        for end in ["\n", "\r\n"] {
            let text = ["a,b", "1,2", "", "\"x\ny\",\"say \"\"hi\"\"\"", ",", "3,4"].join(end);
            let (_, header, seen, n_blank) = rows(&text);
            assert_eq!(header, ["a", "b"]);
            assert_eq!(
                seen,
                [(2, fields(&["1", "2"])), (4, fields(&["x\ny", "say \"hi\""])), (6, fields(&["3", "4"]))]
            );
            assert_eq!(n_blank, 2);
        }
        assert_eq!(rows("a,b\r1,2\r3,4").2, [(2, fields(&["1", "2"])), (3, fields(&["3", "4"]))]);
    }

    #[test]
    fn an_open_quote_costs_one_row() {
        let (_, _, seen, _) = rows("a,b\n\"1,2\n3,4\n5,\"six\"\n7,8\n");
        assert_eq!(seen[0], (2, Err(Broken::OpenQuote)));
        assert_eq!(seen[1..], [(3, fields(&["3", "4"])), (4, fields(&["5", "six"])), (5, fields(&["7", "8"]))]);
        let long = format!("a,b\n\"1,2\n{}", "3,4\n".repeat(1000));
        let (_, _, seen, _) = rows(&long);
        assert_eq!(seen.iter().filter(|(_, fields)| fields.is_ok()).count(), 1000);
    }

    #[test]
    fn a_quote_within_a_field_is_a_letter() {
        assert_eq!(rows("a,b\n4\" pipe,x\n").2, [(2, fields(&["4\" pipe", "x"]))]);
    }

    #[test]
    fn the_delimiter_follows_from_the_header() {
        assert_eq!(rows("a;b,c;d\n").1, ["a", "b,c", "d"]);
        assert_eq!(rows("a\tb\n").0, '\t');
        assert_eq!(rows("a|b\n").0, '|');
        assert_eq!(rows("sep=;\na;b\n1;2\n").2, [(3, fields(&["1", "2"]))]);
        assert_eq!(rows("\"a\n(mm)\",b\n1,2\n").1, ["a\n(mm)", "b"]);
    }

    #[test]
    fn a_row_needs_as_many_fields_as_the_header() {
        let (_, _, seen, _) = rows("a,b\n1\n1,2,3\n1,2,,\n");
        assert_eq!(seen, [(2, Err(Broken::Fields)), (3, Err(Broken::Fields)), (4, fields(&["1", "2"]))]);
    }

    #[test]
    fn an_endless_line_costs_one_row() {
        let (_, _, seen, _) = rows(&format!("a,b\n{}\n1,2\n", "x".repeat(3 * MAX_LINE_BYTES)));
        assert_eq!(seen, [(2, Err(Broken::TooLong)), (3, fields(&["1", "2"]))]);
    }
}
