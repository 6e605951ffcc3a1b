//! A table as a profile, by which the next file of the same shape is read the same way.

use std::collections::BTreeSet;

use super::super::columns;
use super::super::options::Join;
use super::super::profile::{self, OtherUse, StoredColumn, StoredProfile};
use super::super::report::IgnoredReason;
use super::{Column, Table, UsedAs};
use crate::clean::dates::DateOrder;
use crate::clean::numbers::NumberFormat;
use crate::clean::time_units::TimeUnit;

impl Table {
    /// How this table is read, under a name; codes are joined as `joins` says.
    pub fn remember(&self, name: &str, joins: &BTreeSet<Join>) -> StoredProfile {
        let mut stored = StoredProfile::new(self.profile.name(), self.kind, &self.header);
        name.clone_into(&mut stored.name);
        // A workbook says its encoding itself.
        if self.delimiter.is_some() {
            stored.encoding = Some(self.encoding.clone());
        }
        stored.delimiter = self.delimiter;
        stored.plant.clone_from(&self.plant);
        stored.joins = joins.iter().map(|join| join.name().to_owned()).collect();
        stored.columns = self.header.iter().zip(&self.columns).map(|(name, column)| kept(name, column)).collect();
        stored.columns.retain(|column| !columns::is_refusal_reason(&column.header));
        stored
    }
}

fn kept(header: &str, column: &Column) -> StoredColumn {
    let (field, other) = match column.used_as {
        UsedAs::Field(field) => (Some(field), None),
        UsedAs::Attribute => (None, Some(OtherUse::Attribute)),
        UsedAs::Ignored(IgnoredReason::Stated, _) => (None, Some(OtherUse::Unused)),
        UsedAs::Part | UsedAs::Ignored(..) | UsedAs::Undecided => (None, None),
    };
    // Where each row has its own unit, the column has none.
    let unit = column.duration.filter(|_| column.unit_column.is_none()).map(|format| format.unit);
    // Three parts between colons have one reading only.
    let unit = unit.filter(|unit| *unit != TimeUnit::HourMinuteSecond);
    let is_time = field.is_some_and(columns::Field::is_time);
    StoredColumn {
        header: header.to_owned(),
        field,
        other,
        unit: unit.filter(|_| is_time),
        per: column.per,
        numbers: numbers(column.numbers),
        dates: column.dates.order().map(dates),
    }
}

fn numbers(format: NumberFormat) -> Option<profile::NumberFormat> {
    match format {
        NumberFormat::Point => Some(profile::NumberFormat { decimal: '.', thousands: Some(',') }),
        NumberFormat::Comma => Some(profile::NumberFormat { decimal: ',', thousands: Some('.') }),
        NumberFormat::Open => None,
    }
}

fn dates(order: DateOrder) -> profile::DateOrder {
    match order {
        DateOrder::Ymd => profile::DateOrder::YearMonthDay,
        DateOrder::Dmy => profile::DateOrder::DayMonthYear,
        DateOrder::Mdy => profile::DateOrder::MonthDayYear,
    }
}
