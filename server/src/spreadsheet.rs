//! Rows as tables: CSV that people open in a spreadsheet, CSV for programs, workbooks.
//!
//! Comes in: cells, each of a kind. Goes out: CSV, for people with a byte order mark, so that Excel reads Korean; workbooks.
//! Never does: let a text become a formula in what people open. What users typed must not run on the machine of whoever opens the file.

mod workbook;

pub use workbook::workbook;

/// Tells Excel that the text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Unknown: an empty cell, never a zero.
    Empty,
    Text(String),
    /// Written as a number, `-5` included; one that is not finite is unknown.
    Number(f64),
    Count(i64),
}

impl Cell {
    fn written(&self, reader: Reader) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => reader.text(text),
            Self::Number(number) if number.is_finite() => number.to_string(),
            Self::Number(_) => String::new(),
            Self::Count(count) => count.to_string(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i64> for Cell {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    #[error("a row of {n_cells} cells under {n_headings} headings")]
    Cells { n_cells: usize, n_headings: usize },
    #[error(transparent)]
    Csv(#[from] csv::Error),
    #[error(transparent)]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// Who opens a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    Person,
    Program,
}

impl Reader {
    fn text(self, text: &str) -> String {
        match self {
            Self::Person => harmless(text),
            Self::Program => text.to_owned(),
        }
    }
}

/// A table that is being written.
pub struct Sheet {
    reader: Reader,
    n_headings: usize,
    writer: csv::Writer<Vec<u8>>,
}

impl Sheet {
    /// With its headings, which are texts like any other.
    ///
    /// # Errors
    /// [`SheetError::Csv`], which memory gives no reason for.
    pub fn new<'a>(headings: impl IntoIterator<Item = &'a str>) -> Result<Self, SheetError> {
        Self::begin(Reader::Person, BYTE_ORDER_MARK, headings)
    }

    /// The same for programs: without a mark, every text as it is.
    ///
    /// # Errors
    /// [`SheetError::Csv`], which memory gives no reason for.
    pub fn for_programs<'a>(headings: impl IntoIterator<Item = &'a str>) -> Result<Self, SheetError> {
        Self::begin(Reader::Program, &[], headings)
    }

    fn begin<'a>(reader: Reader, mark: &[u8], headings: impl IntoIterator<Item = &'a str>) -> Result<Self, SheetError> {
        let headings: Vec<String> = headings.into_iter().map(|text| reader.text(text)).collect();
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(mark.to_vec());
        writer.write_record(&headings)?;
        Ok(Self { reader, n_headings: headings.len(), writer })
    }

    /// One more row.
    ///
    /// # Errors
    /// [`SheetError::Cells`] when it has more or fewer cells than there are headings; nothing of it is written.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), SheetError> {
        let cells: Vec<String> = cells.into_iter().map(|cell| cell.written(self.reader)).collect();
        if cells.len() != self.n_headings {
            return Err(SheetError::Cells { n_cells: cells.len(), n_headings: self.n_headings });
        }
        Ok(self.writer.write_record(&cells)?)
    }

    /// The file.
    ///
    /// # Errors
    /// [`SheetError::Csv`], which memory gives no reason for.
    pub fn finish(self) -> Result<Vec<u8>, SheetError> {
        Ok(self.writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?)
    }
}

/// `text`, with an apostrophe before it if a spreadsheet would take it for a formula: Excel, LibreOffice and Google
/// Sheets then show the text. Blanks and invisible characters before the sign are looked through, as they do.
///
/// # Source
/// OWASP, CSV Injection.
pub fn harmless(text: &str) -> String {
    let begins_with_break = text.starts_with(['\t', '\r', '\n']);
    let first = text.chars().find(|character| !is_skipped(*character));
    let is_formula =
        first.is_some_and(|character| matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if begins_with_break || is_formula { format!("'{text}") } else { text.to_owned() }
}

fn is_skipped(character: char) -> bool {
    let is_invisible = matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    character.is_whitespace() || character.is_control() || is_invisible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_becomes_text() {
        for text in [
            "=1+1",
            "=cmd|' /C calc'!A0",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\tabc",
            "\rabc",
            "\nabc",
            " =1",
            "   \u{a0}\u{3000}=1",
            "\u{feff}=1",
            "\u{200b}@x",
            "\u{202e}-x",
            "\0=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            " ＝1",
            "-",
        ] {
            assert_eq!(harmless(text), format!("'{text}"), "{text:?}");
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for text in ["", "GL-2417-GS", "메카니칼 씰", "1+1=2", "a@b", "'=1", "3/4\"", " blank", "“=”", "→ -5"]
        {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn numbers_stay_numbers_and_unknown_stays_empty() {
        let written = |cell: Cell| cell.written(Reader::Person);
        assert_eq!(written(Cell::Number(-5.5)), "-5.5");
        assert_eq!(written(Cell::Count(-3)), "-3");
        assert_eq!(written((12.0).into()), "12");
        assert_eq!(written(Cell::Number(f64::NAN)), "");
        assert_eq!(written(Cell::Number(f64::NEG_INFINITY)), "");
        assert_eq!(written(None::<f64>.into()), "");
        assert_eq!(written("-5.5".into()), "'-5.5");
    }

    #[test]
    fn a_sheet_is_csv_with_a_mark_and_its_texts_come_back() {
        let mut sheet = Sheet::new(["이름", "=값"]).expect("memory takes it");
        sheet.row(["a,\"b\"\nc".into(), Cell::Number(-1.0)]).expect("two cells");
        sheet.row(["=1".into(), Cell::Empty]).expect("two cells");
        let wrong = sheet.row(["one cell only".into()]);
        assert!(matches!(wrong, Err(SheetError::Cells { n_cells: 1, n_headings: 2 })), "{wrong:?}");
        let bytes = sheet.finish().expect("memory takes it");
        let text = std::str::from_utf8(&bytes).expect("UTF-8");
        assert_eq!(text, "\u{feff}이름,'=값\r\n\"a,\"\"b\"\"\nc\",-1\r\n'=1,\r\n");
        let mut plain = Sheet::for_programs(["이름"]).expect("memory takes it");
        plain.row(["=1".into()]).expect("one cell");
        assert_eq!(plain.finish().expect("memory takes it"), "이름\r\n=1\r\n".as_bytes());
    }
}
