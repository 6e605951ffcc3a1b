//! Why a routing is held back.

use engine::import::Flaw;
use serde::{Deserialize, Serialize};

use super::{read, write};
use crate::db::DbError;

/// A flaw as it is kept, without the words that a person is told it in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldFlaw {
    pub file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    pub row: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// Code of what should have been there.
    pub rule: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl From<Flaw> for HeldFlaw {
    fn from(flaw: Flaw) -> Self {
        let Flaw { file, sheet, row, column, value, rule, suggestion, .. } = flaw;
        Self { file, sheet, row, column, value, rule, suggestion }
    }
}

/// As text; `""` for a whole routing.
pub fn encode(flaws: &[HeldFlaw]) -> Result<String, DbError> {
    if flaws.is_empty() { Ok(String::new()) } else { write("flaws", &flaws) }
}

/// From text.
pub fn decode(text: &str) -> Result<Vec<HeldFlaw>, DbError> {
    if text.is_empty() { Ok(Vec::new()) } else { read("flaws", text) }
}

/// What tells these flaws from others: not where in which file they stand, which is another one with each export.
pub fn essence(flaws: &[HeldFlaw]) -> String {
    let mut lines: Vec<String> = flaws
        .iter()
        .map(|flaw| format!("{}\u{1f}{}\u{1f}{}", flaw.rule, flaw.column.as_deref().unwrap_or_default(), flaw.value))
        .collect();
    lines.sort_unstable();
    lines.join("\u{1e}")
}

/// How many rows of the files the flaws speak of.
pub fn n_rows(flaws: &[HeldFlaw]) -> usize {
    let mut rows: Vec<_> = flaws.iter().map(|flaw| (&flaw.file, &flaw.sheet, flaw.row)).collect();
    rows.sort_unstable();
    rows.dedup();
    rows.len()
}
