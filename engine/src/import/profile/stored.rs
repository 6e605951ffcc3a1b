//! A profile that an import has saved, so that the next file of the same shape is read the same way.

use serde::{Deserialize, Serialize};

use crate::clean::time_units::TimeUnit;
use crate::import::columns::{self, Field, Per, TableKind};

/// The form of the file that is written today.
const VERSION: u32 = 1;

/// How one kind of file of a plant is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredProfile {
    /// How it is called; not part of its file.
    #[serde(skip)]
    pub name: String,
    /// Form of this file.
    pub version: u32,
    /// A built-in profile whose rules count below what stands here.
    pub base: String,
    pub kind: TableKind,
    /// The columns, as keys in sorted order: the shape by which the profile is found again.
    pub shape: Vec<String>,
    pub columns: Vec<StoredColumn>,
    /// A label of the encoding standard, such as `euc-kr`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// The plant whose rows are taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plant: Option<String>,
    /// How codes that differ a little are joined, such as `case` and `zeros`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<String>,
}

/// What one column is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredColumn {
    /// The heading as the file had it.
    pub header: String,
    /// `None` for a column that is no field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// What a column that is no field is used for; `None` when its name and its values decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<OtherUse>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<TimeUnit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<Per>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<NumberFormat>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
}

/// What a column is used for that is no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherUse {
    /// An attribute of the item.
    Attribute,
    /// Nothing, because somebody said so.
    Unused,
}

/// Signs of a column of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberFormat {
    pub decimal: char,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thousands: Option<char>,
}

/// Order of a column of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}

impl StoredProfile {
    /// A profile of the shape of `headers`, in which every column still is without a field.
    pub fn new(base: &str, kind: TableKind, headers: &[String]) -> Self {
        let column = |header: &String| StoredColumn {
            header: header.clone(),
            field: None,
            other: None,
            unit: None,
            per: None,
            numbers: None,
            dates: None,
        };
        Self {
            name: String::new(),
            version: VERSION,
            base: base.to_owned(),
            kind,
            shape: shape(headers),
            columns: headers.iter().map(column).collect(),
            encoding: None,
            delimiter: None,
            plant: None,
            joins: Vec::new(),
        }
    }

    /// Whether the program knows its form.
    pub fn is_known_form(&self) -> bool {
        self.version <= VERSION
    }

    /// Whether a file with these headers has its shape. The order of the columns and the style of writing do not matter; a
    /// column more or less does, and so does a form of this file that is newer than the program.
    pub fn fits(&self, headers: &[String]) -> bool {
        self.version <= VERSION && self.shape == shape(headers)
    }

    /// What is stored for a column; `None` also where two columns have its name.
    pub fn column(&self, header: &str) -> Option<&StoredColumn> {
        let key = columns::key(header);
        let mut found = self.columns.iter().filter(|column| columns::key(&column.header) == key);
        found.next().filter(|_| found.next().is_none())
    }
}

fn shape(headers: &[String]) -> Vec<String> {
    // A file of refused rows is read like the file that the rows come from.
    let mut keys: Vec<String> = headers
        .iter()
        .filter(|header| !columns::is_refusal_reason(header))
        .map(|header| columns::key(header))
        .collect();
    keys.sort_unstable();
    keys
}

impl From<DateOrder> for crate::clean::dates::DateOrder {
    fn from(order: DateOrder) -> Self {
        match order {
            DateOrder::DayMonthYear => Self::Dmy,
            DateOrder::MonthDayYear => Self::Mdy,
            DateOrder::YearMonthDay => Self::Ymd,
        }
    }
}
