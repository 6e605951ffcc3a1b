//! What an import saw, as it is printed and stored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Field, TableKind};
use crate::clean::CleanCounts;

/// The account of one table: `n_rows = n_ok + n_duplicates + n_errors`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    pub file: String,
    /// Name of the sheet of a workbook.
    pub sheet: Option<String>,
    pub kind: TableKind,
    /// `common`, `erp`, `sap` …, or the name of a stored profile.
    pub profile: String,
    /// `utf8`, `cp949` …, or the form of a workbook: `xlsx`, `xls`, `ods`.
    pub encoding: String,
    /// `None` for a workbook.
    pub delimiter: Option<char>,
    /// Row of the header.
    pub header_row: u32,
    /// All columns in the order of the file.
    #[serde(default)]
    pub header: Vec<String>,
    /// Columns that were understood.
    pub columns: Vec<FieldColumn>,
    /// Columns of an items table that became attributes.
    pub attributes: Vec<AttributeColumn>,
    /// Columns that are a part of another column or of a field: units, halves of a code.
    #[serde(default)]
    pub parts: Vec<PartColumn>,
    /// Columns that were left out, and why.
    pub ignored: Vec<IgnoredColumn>,
    /// Rows after the header, without blank ones and those that are no data.
    pub n_rows: u64,
    /// Rows that went in.
    pub n_ok: u64,
    /// Rows that only repeat an earlier one.
    pub n_duplicates: u64,
    /// Rows refused; the same as `n_refused`.
    pub n_errors: u64,
    /// Rows refused.
    pub n_refused: u64,
    /// Rows that went in with a value unknown because it could not be read.
    pub n_doubtful: u64,
    /// Rows without any value; not part of `n_rows`.
    pub n_blank: u64,
    /// Rows with a blank item or routing that continue the row above; part of `n_rows`.
    pub n_continued: u64,
    /// Rows of other plants; not part of `n_rows`.
    pub n_other_plants: u64,
    /// Lines that are no data, by kind: `title`, `ruler`, `repeated_header`, `total`, `footer`; not part of `n_rows`.
    pub no_data: BTreeMap<String, u64>,
    /// Hidden rows of a sheet, which are data and part of `n_rows`.
    pub n_hidden_rows: u64,
    /// Columns of codes in which a workbook has numbers, with how many: leading zeros may be lost there.
    pub number_codes: BTreeMap<String, u64>,
    /// Words that were taken as "nothing here", and how often.
    pub missing: BTreeMap<String, u64>,
    /// What was assumed because the table does not say it: `routing_id`, `proc_seq`.
    pub assumed: Vec<Field>,
    /// What cleaning changed in the rows that went in.
    pub clean: CleanCounts,
}

impl ImportReport {
    /// The columns that look like a time, a quantity, a work centre or a unit and that nothing is made from.
    pub fn suspicious(&self) -> impl Iterator<Item = &IgnoredColumn> {
        self.ignored.iter().filter(|column| column.looks_like.is_some())
    }
}

/// A column that was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldColumn {
    /// As the file names it.
    pub column: String,
    pub field: Field,
    /// Unit of a time: `min`, `h`, `h:mm` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What a time is for, where it is not one piece: `lot`, `100`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// How its values are written: `1,234.5`, `1.234,5`, `day.month.year` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// A few values.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// A column that became an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeColumn {
    /// As the file names it.
    pub column: String,
    /// Name of the attribute; with a unit of length or mass a value stands under `<name>_mm` or `<name>_kg`.
    pub attribute: String,
    /// The column that holds its unit.
    pub unit_column: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// A few values.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// A column that belongs to another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartColumn {
    /// As the file names it.
    pub column: String,
    /// The column whose unit it holds, or the field that it is a part of.
    pub of: String,
    /// A few values.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// A column that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IgnoredColumn {
    /// As the file names it.
    pub column: String,
    pub reason: IgnoredReason,
    /// What its name suggests: `time`, `quantity`, `work_centre`, `unit`, `date`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looks_like: Option<String>,
    /// A few values; none of a column that tells of a person.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// Why a column was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IgnoredReason {
    /// It tells of a person.
    PersonalData,
    /// It has no name.
    EmptyName,
    /// Another column with a better known name holds the same field.
    FieldTaken,
    /// Nothing in this kind of table is made from it.
    NotUsed,
    /// The caller said so.
    Stated,
    /// It has a name and no value in any row.
    NoValues,
    /// It says why rows were refused by an earlier import.
    RefusalReason,
}
