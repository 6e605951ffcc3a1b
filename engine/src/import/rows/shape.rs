//! How the rows of a text are split, decided on its first lines.

use std::io::{self, Empty, Read};

use super::super::header::{self, Found};
use super::Rows;
use super::lines::{Line, Lines};

/// Lines that are looked at.
const N_LINES: usize = 50;
/// Their bytes, at most about so many.
const MAX_BYTES: usize = 1 << 20;
/// The delimiters that are tried, the first wins a tie.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What a person states about a text; the rest is found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// An ASCII character.
    pub delimiter: Option<char>,
    /// The row of the column names, as a spreadsheet numbers it.
    pub header_row: Option<u32>,
}

/// How a text is split. A text that is opened with the same shape gives the same rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub delimiter: u8,
    pub line_end: u8,
    /// As a spreadsheet numbers it.
    pub header_row: u32,
    pub n_fields: usize,
    /// The last row before the data, and the lines of the file up to its end.
    pub(super) last_head_row: u32,
    pub(super) n_head_lines: u32,
}

/// The row of column names and what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// As a spreadsheet numbers it.
    pub row: u32,
    pub names: Vec<String>,
    /// Whether the row looks like column names. If not it is the first row of the file and may be data.
    pub is_found: bool,
    /// Rows before it that were passed over: titles, dates, rulers.
    pub passed_over: Vec<(u32, String)>,
    /// The second row of names or units of a header of two rows, which is not used.
    pub second: Option<(u32, Vec<String>)>,
}

/// The first rows as one delimiter splits them.
struct Sketch {
    delimiter: u8,
    rows: Vec<SketchRow>,
    found: Option<Found>,
}

struct SketchRow {
    number: u32,
    /// Lines of the file up to its end.
    n_lines: u32,
    fields: Vec<String>,
}

/// Decides on the first lines and puts them back; `None` when there is no row at all.
pub fn decide<R: Read>(
    lines: &mut Lines<R>,
    stated: &Stated,
    score: &dyn Fn(&[String]) -> usize,
) -> io::Result<Option<(Shape, Header)>> {
    let n_lines = N_LINES.max(stated.header_row.map_or(0, |row| (row as usize).saturating_add(N_LINES))).min(1000);
    let mut first: Vec<Line> = Vec::new();
    let mut n_bytes = 0;
    while first.len() < n_lines
        && n_bytes < MAX_BYTES
        && let Some(line) = lines.next_line()?
    {
        n_bytes += line.text.len();
        first.push(line);
    }
    let hint = hint(&first);
    let given = stated.delimiter.and_then(|delimiter| u8::try_from(delimiter).ok()).filter(u8::is_ascii);
    let candidates = match given.or(hint.map(|(_, delimiter)| delimiter)) {
        Some(delimiter) => vec![delimiter],
        None => DELIMITERS.to_vec(),
    };
    let mut best: Option<([usize; 4], Sketch)> = None;
    for delimiter in candidates {
        let sketch = sketch(&first, delimiter, hint.map(|(at, _)| at), stated.header_row, score)?;
        let rank = sketch.rank(score);
        if !sketch.rows.is_empty() && best.as_ref().is_none_or(|(known, _)| rank > *known) {
            best = Some((rank, sketch));
        }
    }
    lines.give_back(first);
    Ok(best.map(|(_, sketch)| sketch.settle(lines.line_end)))
}

fn sketch(
    lines: &[Line],
    delimiter: u8,
    hint_at: Option<usize>,
    header_row: Option<u32>,
    score: &dyn Fn(&[String]) -> usize,
) -> io::Result<Sketch> {
    let mut reader = Rows::<Empty>::of(Lines::of(lines), delimiter);
    let mut rows = Vec::new();
    while let Some(row) = reader.next_row()? {
        // Excel's hint about the delimiter is a row for the eye only.
        if hint_at.is_some_and(|at| row.number as usize == at + 1) {
            continue;
        }
        if let Ok(record) = row.fields {
            let fields = record.iter().map(str::to_owned).collect();
            rows.push(SketchRow { number: row.number, n_lines: reader.n_lines(), fields });
        }
    }
    let fields: Vec<&[String]> = rows.iter().map(|row| row.fields.as_slice()).collect();
    let found = match header_row {
        Some(wanted) => rows.iter().position(|row| row.number == wanted).map(|at| header::stated(&fields, at, score)),
        None => header::find(&fields, score),
    };
    Ok(Sketch { delimiter, rows, found })
}

impl Sketch {
    fn header_at(&self) -> usize {
        self.found.map_or(0, |found| found.at)
    }

    /// Recognised names first, then whether there is a header, rows with as many fields as it (in tenths), its fields.
    fn rank(&self, score: &dyn Fn(&[String]) -> usize) -> [usize; 4] {
        let Some(header) = self.rows.get(self.header_at()) else { return [0; 4] };
        let n_fields = header.fields.len();
        let below = &self.rows[self.header_at() + 1..];
        let n_alike = below.iter().filter(|row| row.fields.len() == n_fields).count();
        let tenths = if n_fields > 1 { (n_alike * 10).checked_div(below.len()).unwrap_or(0) } else { 0 };
        [score(&header.fields), usize::from(self.found.is_some() && n_fields > 1), tenths, n_fields]
    }

    fn settle(mut self, line_end: u8) -> (Shape, Header) {
        let at = self.header_at();
        let second_at = self.found.and_then(|found| found.second);
        let last = &self.rows[second_at.map_or(at, |second| second.max(at))];
        let shape = Shape {
            delimiter: self.delimiter,
            line_end,
            header_row: self.rows[at].number,
            n_fields: self.rows[at].fields.len(),
            last_head_row: last.number,
            n_head_lines: last.n_lines,
        };
        let second = second_at.map(|at| (self.rows[at].number, std::mem::take(&mut self.rows[at].fields)));
        let text = |fields: &[String]| {
            let cells: Vec<&str> = fields.iter().map(|field| field.trim()).filter(|field| !field.is_empty()).collect();
            cells.join(" ").chars().take(100).collect()
        };
        let passed_over = (0..at).filter(|row| Some(*row) != second_at).map(|row| &self.rows[row]);
        let header = Header {
            row: shape.header_row,
            is_found: self.found.is_some(),
            passed_over: passed_over.map(|row| (row.number, text(&row.fields))).collect(),
            names: std::mem::take(&mut self.rows[at].fields),
            second,
        };
        (shape, header)
    }
}

/// Excel's hint `sep=;` in its spellings: the line it stands in and the delimiter.
fn hint(lines: &[Line]) -> Option<(usize, u8)> {
    let at = lines.iter().position(|line| !line.text.trim_ascii().is_empty())?;
    let text: Vec<u8> = lines[at].text.iter().copied().filter(|byte| *byte != b'"').collect();
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text).trim_ascii_start();
    let (word, rest) = text.split_at_checked(3)?;
    if !word.eq_ignore_ascii_case(b"sep") {
        return None;
    }
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?;
    let is_fill = |rest: &[u8], own: u8| rest.iter().all(|byte| *byte == own || b" ,;\t|".contains(byte));
    let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
    let rest = &rest[spaces..];
    let named: [&[u8]; 2] = [b"\\t", b"tab"];
    for name in named {
        if let Some((head, rest)) = rest.split_at_checked(name.len())
            && head.eq_ignore_ascii_case(name)
            && is_fill(rest, b'\t')
        {
            return Some((at, b'\t'));
        }
    }
    let (delimiter, rest) = rest.split_first()?;
    let is_delimiter = *delimiter == b'\t' || delimiter.is_ascii_punctuation();
    (is_delimiter && is_fill(rest, *delimiter)).then_some((at, *delimiter))
}
