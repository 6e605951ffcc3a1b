//! What a system calls its columns, and what else is known of its exports.

use crate::clean::Length;
use crate::clean::time_units::TimeUnit;
use crate::import::columns::{Field, TableKind};

/// A system whose exports are known.
pub struct System {
    pub name: &'static str,
    /// Its own names, which count before the common ones; of one field an earlier one wins.
    pub names: &'static [Own],
    /// Columns that only this system has: one of them is enough to know it.
    pub only: &'static [&'static str],
    pub composites: &'static [Composite],
    pub fallbacks: &'static [Fallback],
    pub meanings: &'static [Meaning],
    /// Columns of values, and the column of their unit.
    pub units: &'static [(&'static str, &'static str)],
    /// Lengths: (column, column of its unit, how it is read).
    pub lengths: &'static [(&'static str, &'static str, Length)],
    /// Text columns in which `0` was typed for "nothing".
    pub zero_is_nothing: &'static [&'static str],
}

/// Names of one field in one system.
pub struct Own {
    pub field: Field,
    pub tables: &'static [TableKind],
    pub names: &'static [&'static str],
    /// The unit of these columns, which no heading names.
    pub unit: Option<TimeUnit>,
}

impl Own {
    /// Names of a field in `tables`.
    pub const fn of(field: Field, tables: &'static [TableKind], names: &'static [&'static str]) -> Self {
        Self { field, tables, names, unit: None }
    }

    /// Names of a time that is always in `unit`.
    pub const fn timed(
        field: Field,
        tables: &'static [TableKind],
        names: &'static [&'static str],
        unit: TimeUnit,
    ) -> Self {
        Self { field, tables, names, unit: Some(unit) }
    }
}

/// A field that is written in several columns. Where a table lacks one of them, the field is the other alone.
pub struct Composite {
    pub field: Field,
    /// For each part, the names of its column.
    pub parts: &'static [&'static [&'static str]],
    pub separator: &'static str,
}

/// A field that is the first of these columns in which the row has something.
pub struct Fallback {
    pub field: Field,
    /// For each choice, the names of its column.
    pub choices: &'static [&'static [&'static str]],
    /// Whether a zero is nothing, too.
    pub skips_zero: bool,
}

/// A column whose values answer a yes-or-no field. Any other value leaves the field unknown.
#[derive(Clone, Debug)]
pub struct Meaning {
    pub field: Field,
    pub column: &'static [&'static str],
    pub yes: &'static [&'static str],
    pub no: &'static [&'static str],
    /// Whether any number but zero says yes.
    pub number_is_yes: bool,
}

pub(super) const ALL: &[TableKind] = &TableKind::ALL;
pub(super) const ITEMS: &[TableKind] = &[TableKind::Items];
pub(super) const ROUTINGS: &[TableKind] = &[TableKind::Routings];
pub(super) const RESULTS: &[TableKind] = &[TableKind::WorkResults];
pub(super) const STEPS: &[TableKind] = &[TableKind::Routings, TableKind::WorkResults];
