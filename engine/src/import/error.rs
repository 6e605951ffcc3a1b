//! What can be wrong with a file, and with a row.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::columns::{Field, TableKind};

/// Why a file cannot be imported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ImportError {
    /// Nothing in it.
    #[error("{file}: the file is empty")]
    Empty { file: String },
    /// Not text.
    #[error("{file}: this is not a text table{}; save it as CSV first", looks_like.as_ref().map(|what| format!(" but {what}")).unwrap_or_default())]
    Binary { file: String, looks_like: Option<String> },
    /// Text in an encoding that is not supported.
    #[error("{file}: the text is neither UTF-8, UTF-16 nor CP949 (Korean Windows); save it as UTF-8")]
    UnknownEncoding { file: String },
    /// The first line is no header that is understood: another delimiter, or no header at all.
    #[error(
        "{file}: no item code column; split by {delimiter:?} the first line has {} column(s): {}. Expected one of: {}. \
         Check the delimiter (comma, semicolon, tab or |) and that the first line names the columns",
        columns.len(), columns.join(", "), accepted.join(", ")
    )]
    NoKeyColumn { file: String, delimiter: char, columns: Vec<String>, accepted: Vec<String> },
    /// It is one of the three tables, but one of its keys is missing.
    #[error(
        "{file}: this looks like a table of {}, but the column {field} is missing. Accepted names: {}. Columns found: {}",
        kind.name(), accepted.join(", "), columns.join(", ")
    )]
    MissingColumn { file: String, kind: TableKind, field: Field, accepted: Vec<String>, columns: Vec<String> },
    /// Two columns with the same name for one field.
    #[error("{file}: the columns {first:?} and {second:?} both are {field}; remove or rename one")]
    DuplicateColumn { file: String, field: Field, first: String, second: String },
    /// A text whose bytes are words in two encodings.
    #[error(
        "{file}: the encoding of the text is not sure: {}. Say which one it is: --encoding NAME",
        readings.iter().map(|(name, sample)| format!("as {name} a cell reads {sample:?}")).collect::<Vec<_>>().join(", ")
    )]
    OpenEncoding { file: String, readings: Vec<(String, String)> },
    /// A column of numbers of which nothing says what a point or a comma means.
    #[error(
        "{file}: the column {column:?} has two readings: {value:?} is {as_point} with a decimal point and {as_comma} with a \
         decimal comma, and nothing in the files says which. Say it: --decimal point or --decimal comma"
    )]
    OpenNumbers { file: String, column: String, value: String, as_point: f64, as_comma: f64 },
    /// Rows of several plants, or none of the one asked for.
    #[error(
        "{}the data name {}. Say whose rows are meant: --plant NAME",
        asked.as_ref().map(|plant| format!("no row is of the plant {plant:?}; ")).unwrap_or_default(),
        plants.iter().map(|(plant, n)| format!("{plant:?} ({n} rows)")).collect::<Vec<_>>().join(", ")
    )]
    Plants { asked: Option<String>, plants: Vec<(String, u64)> },
    /// Another kind of file, and what to do with it.
    #[error("{file}: {advice}")]
    OtherForm { file: String, advice: String },
    /// A workbook that cannot be read.
    #[error("{file}: {message}")]
    Workbook { file: String, message: String },
    /// A workbook without a sheet that has column names.
    #[error("{file}: no sheet has a row of column names; sheets: {}", sheets.join(", "))]
    NoSheet { file: String, sheets: Vec<String> },
    /// Readable, but none of the three tables; an import of a folder skips it.
    #[error("{file}: not one of the three tables (items, routings, work_results): {reason}")]
    NotATable { file: String, reason: NotATableReason },
    /// The bytes could not be read.
    #[error("{file}: cannot be read: {message}")]
    Read { file: String, message: String },
}

impl ImportError {
    /// Whether the file simply is something else, so that an import of a folder goes on without it.
    pub fn is_other_table(&self) -> bool {
        matches!(self, Self::NotATable { .. } | Self::NoSheet { .. } | Self::OtherForm { .. })
    }

    /// Whether a file of a folder was meant to be a table of ours: its columns say so, or its name (`is_said`).
    pub fn is_broken_table(&self, is_said: bool) -> bool {
        match self {
            Self::MissingColumn { .. }
            | Self::DuplicateColumn { .. }
            | Self::OpenNumbers { .. }
            | Self::OpenEncoding { .. }
            | Self::Plants { .. }
            | Self::Read { .. } => true,
            Self::NotATable { .. } => false,
            Self::Empty { .. }
            | Self::Binary { .. }
            | Self::UnknownEncoding { .. }
            | Self::NoKeyColumn { .. }
            | Self::OtherForm { .. }
            | Self::Workbook { .. }
            | Self::NoSheet { .. } => is_said,
        }
    }

    /// The same error about a file and its columns as they are called there.
    #[must_use]
    pub fn in_file(mut self, name: &str, header: &[String]) -> Self {
        match &mut self {
            Self::NoKeyColumn { file, columns, .. } | Self::MissingColumn { file, columns, .. } => {
                name.clone_into(file);
                header.clone_into(columns);
            }
            Self::NotATable { file, reason } => {
                name.clone_into(file);
                if let NotATableReason::NoItemCode { columns } = reason {
                    header.clone_into(columns);
                }
            }
            _ => {}
        }
        self
    }
}

/// Why a readable table is none of the three.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum NotATableReason {
    /// It does not say which item a row is about.
    NoItemCode { columns: Vec<String> },
    /// It says which item is a part of which.
    BillOfMaterials { column: String },
    /// It has item codes but no names, and the codes repeat with other content, so it lists details of items.
    RepeatedCodes { column: String, n_rows: u64, n_repeated: u64 },
}

impl fmt::Display for NotATableReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoItemCode { columns } => write!(f, "no item code column among {}", columns.join(", ")),
            Self::BillOfMaterials { column } => write!(f, "the column {column:?} makes it a bill of materials"),
            Self::RepeatedCodes { column, n_rows, n_repeated } => {
                write!(f, "{n_repeated} of the first {n_rows} rows repeat a code in {column:?} with other content")
            }
        }
    }
}

/// How bad a flaw is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Who or what the row is about cannot be known: it does not go in.
    Refused,
    /// The row goes in, its value is unknown.
    Doubtful,
}

/// What is wrong with one row, or with one value of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{} row {row}{}: {value:?}: expected {expected}{}", self.place(), column.as_ref().map(|name| format!(", column {name:?}")).unwrap_or_default(), suggestion.as_ref().map(|text| format!("; perhaps {text:?}")).unwrap_or_default())]
pub struct Flaw {
    /// Name of the file.
    pub file: String,
    /// Name of the sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// As a spreadsheet shows it; the header usually is row 1.
    pub row: u32,
    /// The column as the file names it; `None` when the whole row is meant.
    pub column: Option<String>,
    /// What stands there, at most 100 characters.
    pub value: String,
    /// What should.
    pub expected: Expected,
    /// By what flaws are grouped: the code of `expected`.
    pub rule: String,
    pub grade: Grade,
    /// What may be meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl Flaw {
    fn place(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{}, sheet {sheet:?},", self.file),
            None => self.file.clone(),
        }
    }
}

/// What a value should have been.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Expected {
    /// A value.
    NonEmpty,
    /// A whole number within bounds.
    Integer { min: u32, max: u32 },
    /// A number within bounds, in pieces.
    Quantity { max: f64 },
    /// A number of minutes within bounds.
    Minutes { max: f64 },
    /// A number of hours within bounds.
    Hours { max: f64 },
    /// A number, with or without a unit of length.
    Length,
    /// A day of the calendar.
    Date,
    /// One of a few words.
    OneOf { accepted: Vec<String> },
    /// A number that is not larger than another column's.
    AtMost { max: f64 },
    /// A shorter text.
    ShorterText { max_chars: u32 },
    /// A key that no earlier row has with other content.
    UniqueKey { first_row: u32 },
    /// An operation number such as 10, 2.5 or 10A.
    OperationNumber,
    /// A value that can be read in one way only.
    OneReading { readings: [String; 2] },
    /// A unit of time.
    TimeUnit,
    /// No error cell of a spreadsheet.
    NoErrorCell,
    /// Text without damaged characters.
    KnownEncoding,
    /// As many fields as the header has.
    NFields { n: u32 },
    /// A quote at the end of a field that begins with one.
    ClosedQuote,
    /// A line of a sensible length.
    ShorterLine { max_bytes: u32 },
    /// Bytes that can be read; the import stops here.
    ReadableInput { message: String },
}

impl Expected {
    /// The code by which flaws are grouped.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::NonEmpty => "non_empty",
            Self::Integer { .. } => "integer",
            Self::Quantity { .. } => "quantity",
            Self::Minutes { .. } => "minutes",
            Self::Hours { .. } => "hours",
            Self::Length => "length",
            Self::Date => "date",
            Self::OneOf { .. } => "one_of",
            Self::AtMost { .. } => "at_most",
            Self::ShorterText { .. } => "shorter_text",
            Self::UniqueKey { .. } => "unique_key",
            Self::OperationNumber => "operation_number",
            Self::OneReading { .. } => "one_reading",
            Self::TimeUnit => "time_unit",
            Self::NoErrorCell => "no_error_cell",
            Self::KnownEncoding => "known_encoding",
            Self::NFields { .. } => "n_fields",
            Self::ClosedQuote => "closed_quote",
            Self::ShorterLine { .. } => "shorter_line",
            Self::ReadableInput { .. } => "readable_input",
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NonEmpty => f.write_str("a value"),
            Self::Integer { min, max } => write!(f, "a whole number from {min} to {max}"),
            Self::Quantity { max } => write!(f, "a quantity from 0 to {max}"),
            Self::Minutes { max } => write!(f, "minutes from 0 to {max}"),
            Self::Hours { max } => write!(f, "hours from 0 to {max}"),
            Self::Length => f.write_str("a length as a number"),
            Self::Date => f.write_str("a date such as 2014-06-03"),
            Self::OneOf { accepted } => write!(f, "one of {}", accepted.join(", ")),
            Self::AtMost { max } => write!(f, "at most {max}"),
            Self::ShorterText { max_chars } => write!(f, "at most {max_chars} characters"),
            Self::UniqueKey { first_row } => {
                write!(f, "a key that row {first_row} does not already have with other content")
            }
            Self::OperationNumber => f.write_str("an operation number such as 10, 2.5 or 10A"),
            Self::OneReading { readings: [a, b] } => write!(f, "a value with one reading; this is {a} or {b}"),
            Self::TimeUnit => f.write_str("a unit of time such as MIN, H or S"),
            Self::NoErrorCell => f.write_str("a code, not an error cell of a spreadsheet"),
            Self::KnownEncoding => f.write_str("text without damaged characters"),
            Self::NFields { n } => write!(f, "{n} fields"),
            Self::ClosedQuote => f.write_str("a closing quote"),
            Self::ShorterLine { max_bytes } => write!(f, "a line of at most {max_bytes} bytes"),
            Self::ReadableInput { message } => write!(f, "readable input ({message})"),
        }
    }
}
