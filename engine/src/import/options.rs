//! What the caller says about files, instead of what would be found out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::columns::{Field, TableKind};
use super::encoding::Encoding;
use super::profile::{Profile, StoredProfile};
use crate::clean::dates::DateOrder;
use crate::clean::numbers::Decimal;
use crate::clean::time_units::TimeUnit;

/// Everything that can be stated by hand; what is `None` or empty is decided by the data.
#[derive(Clone, Debug)]
pub struct Options {
    pub profile: Profile,
    /// Profiles that earlier imports saved; the first that fits a header is used.
    pub stored: Vec<StoredProfile>,
    pub encoding: Option<Encoding>,
    pub delimiter: Option<char>,
    pub decimal: Option<Decimal>,
    pub date_order: Option<DateOrder>,
    pub kind: Option<TableKind>,
    pub columns: Vec<StatedColumn>,
    /// The plant whose rows are taken.
    pub plant: Option<String>,
    /// Codes that differ only so are one.
    pub joins: BTreeSet<Join>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            profile: Profile::auto(),
            stored: Vec::new(),
            encoding: None,
            delimiter: None,
            decimal: None,
            date_order: None,
            kind: None,
            columns: Vec::new(),
            plant: None,
            joins: BTreeSet::new(),
        }
    }
}

/// Which differences of codes do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// Upper and lower case.
    Case,
    /// Leading zeros, and `.0` at the end.
    Zeros,
}

impl Join {
    /// As a command and a profile name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Zeros => "zeros",
        }
    }

    /// The join of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        [Self::Case, Self::Zeros].into_iter().find(|join| join.name() == name)
    }
}

/// What the caller says of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedColumn {
    /// Its name, compared without case, blanks and punctuation.
    pub column: String,
    pub purpose: Purpose,
    pub unit: Option<TimeUnit>,
}

/// What a column is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    Field(Field),
    /// An attribute of the item.
    Attribute,
    /// Nothing.
    Unused,
}
