//! What an import saw, as it is printed and stored.

use serde::{Deserialize, Serialize};

use super::{Encoding, Field, TableKind};
use crate::clean::CleanCounts;

/// The account of one file: `n_rows = n_ok + n_duplicates + n_errors`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    pub file: String,
    pub kind: TableKind,
    /// `common` or `erp`.
    pub profile: String,
    pub encoding: Encoding,
    pub delimiter: char,
    /// Columns that were understood.
    pub columns: Vec<FieldColumn>,
    /// Columns of an items table that became attributes.
    pub attributes: Vec<AttributeColumn>,
    /// Columns that were left out, and why.
    pub ignored: Vec<IgnoredColumn>,
    /// Rows after the header, without blank ones.
    pub n_rows: u64,
    /// Rows that went in.
    pub n_ok: u64,
    /// Rows that only repeat an earlier one.
    pub n_duplicates: u64,
    /// Rows refused; each was given as a row error.
    pub n_errors: u64,
    /// Rows without any value; not part of `n_rows`.
    pub n_blank: u64,
    /// What cleaning changed in the rows that went in.
    pub clean: CleanCounts,
}

/// A column that was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldColumn {
    /// As the file names it.
    pub column: String,
    pub field: Field,
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
}

/// A column that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IgnoredColumn {
    /// As the file names it.
    pub column: String,
    pub reason: IgnoredReason,
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
}
