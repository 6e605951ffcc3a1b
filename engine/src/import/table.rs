//! One table as it is understood: what it holds, column by column, and how its values are read.

mod account;
mod decide;
mod formats;
mod place;
mod remember;

use std::borrow::Cow;
use std::collections::BTreeSet;

use csv::StringRecord;

use super::columns::{Field, LooksLike, Per, TableKind};
use super::profile::{Meaning, Profile};
use super::report::IgnoredReason;
use crate::clean::dates::DateFormat;
use crate::clean::durations::DurationFormat;
use crate::clean::missing::{CellKind, is_missing};
use crate::clean::numbers::NumberFormat;
use crate::clean::time_units::TimeUnit;
use crate::clean::{Length, text};

pub use decide::{Draft, decide, survey_plan};
pub use formats::{Together, evidence};

/// A table whose columns are decided.
#[derive(Clone, Debug)]
pub struct Table {
    pub file: String,
    pub sheet: Option<String>,
    pub kind: TableKind,
    pub profile: Profile,
    /// Name of the stored profile by which it is read.
    pub stored: Option<String>,
    /// `utf8`, `cp949`, `xlsx` …
    pub encoding: String,
    pub delimiter: Option<char>,
    pub header_row: u32,
    pub n_titles: u64,
    pub n_hidden_rows: u64,
    /// The header as the file writes it, trimmed.
    pub header: Vec<String>,
    pub columns: Vec<Column>,
    pub attributes: Vec<Attribute>,
    /// Columns that hold keys.
    pub keys: Vec<usize>,
    /// The plant whose rows are taken, where the table has a column of plants.
    pub plant: Option<String>,
    /// Keys that the table does not have, and that follow from the order of its rows.
    pub assumed: Vec<Field>,
    pub(super) fields: Vec<(Field, usize)>,
    pub(super) composites: Vec<(Field, Vec<usize>, &'static str)>,
    pub(super) fallbacks: Vec<(Field, Vec<usize>, bool)>,
    pub(super) meanings: Vec<(usize, &'static Meaning)>,
}

/// One column.
#[derive(Clone, Debug, Default)]
pub struct Column {
    pub used_as: UsedAs,
    /// How a time is read.
    pub duration: Option<DurationFormat>,
    /// The unit of a time that the heading or the caller names.
    pub unit: Option<TimeUnit>,
    pub per: Option<Per>,
    /// The column that holds the unit of each row.
    pub unit_column: Option<usize>,
    pub numbers: NumberFormat,
    pub dates: DateFormat,
    /// Whether cells list several work centres.
    pub is_list: bool,
    pub n_filled: u64,
    pub examples: Vec<String>,
}

/// What is made from a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UsedAs {
    Field(Field),
    Attribute,
    /// The unit of another column, or a part of a field.
    Part,
    Ignored(IgnoredReason, Option<LooksLike>),
    #[default]
    Undecided,
}

/// A column of an items table that becomes an attribute.
#[derive(Clone, Debug)]
pub struct Attribute {
    pub at: usize,
    pub name: String,
    /// Column and attribute name of its unit.
    pub unit: Option<(usize, String)>,
    pub declared: Option<Length>,
    pub zero_is_nothing: bool,
    /// Whether its values are numbers.
    pub is_number: bool,
    /// Whether a word such as `NA` stands so often that it is a value.
    pub na_is_a_value: bool,
}

impl Table {
    /// Where a field is.
    pub fn at(&self, field: Field) -> Option<usize> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, at)| *at)
    }

    /// Where a field is in this row: the first filled one of several columns.
    pub fn at_in(&self, field: Field, record: &StringRecord) -> Option<usize> {
        let Some((_, choices, skips_zero)) = self.fallbacks.iter().find(|(known, ..)| *known == field) else {
            return self.at(field);
        };
        let cell = |at: &usize| record.get(*at).unwrap_or("");
        let is_blank = |at: &usize| is_missing(&text::cleaned(cell(at)), CellKind::Key);
        let found = choices.iter().find(|at| !(is_blank(at) || *skips_zero && is_zero(cell(at))));
        found.copied().or(self.at(field))
    }

    /// The time that a column holds, by itself or as one of several.
    pub fn time_at(&self, at: usize) -> Option<Field> {
        let of_several =
            || self.fallbacks.iter().find(|(_, choices, _)| choices.contains(&at)).map(|(field, ..)| *field);
        let field = match self.columns.get(at)?.used_as {
            UsedAs::Field(field) => Some(field),
            UsedAs::Part => of_several(),
            _ => None,
        };
        field.filter(|field| field.is_time())
    }

    /// The column of a field.
    pub fn column(&self, field: Field) -> Option<&Column> {
        self.at(field).map(|at| &self.columns[at])
    }

    /// Whether the table has a field at all, in one column or several.
    pub fn has(&self, field: Field) -> bool {
        self.at(field).is_some()
    }

    /// Whether a field is written in several columns.
    pub fn is_composed(&self, field: Field) -> bool {
        self.composites.iter().any(|(known, ..)| *known == field)
            || self.fallbacks.iter().any(|(known, ..)| *known == field)
    }

    /// The text of a field in a row, put together where it is written in several columns. `None` without such a column.
    pub fn composed<'r>(&self, field: Field, record: &'r StringRecord) -> Option<Cow<'r, str>> {
        let cell = |at: usize| record.get(at).unwrap_or("");
        let is_blank = |cell: &str| is_missing(&text::cleaned(cell), CellKind::Key);
        if let Some((_, parts, separator)) = self.composites.iter().find(|(known, ..)| *known == field) {
            let filled: Vec<&str> = parts.iter().map(|at| cell(*at).trim()).filter(|part| !is_blank(part)).collect();
            return Some(match filled.as_slice() {
                [one] => Cow::Borrowed(*one),
                parts => Cow::Owned(parts.join(separator)),
            });
        }
        self.at_in(field, record).map(|at| Cow::Borrowed(cell(at)))
    }

    /// What a column that answers a yes-or-no field says; `None` when there is none, or it says neither.
    pub fn meaning(&self, field: Field, record: &StringRecord) -> Option<bool> {
        let (at, meaning) = self.meanings.iter().find(|(_, meaning)| meaning.field == field)?;
        let cell = text::cleaned(record.get(*at).unwrap_or("")).to_lowercase();
        let is_in = |words: &[&str]| words.iter().any(|word| word.to_lowercase() == cell);
        match () {
            () if is_in(meaning.yes) => Some(true),
            () if is_in(meaning.no) => Some(false),
            () if meaning.number_is_yes => cell.parse::<f64>().ok().map(|number| number != 0.0),
            () => None,
        }
    }

    /// Columns of codes, in which no digit may be lost.
    pub fn code_columns(&self) -> Vec<usize> {
        let codes = [
            Field::ItemCd,
            Field::RoutingId,
            Field::ProcSeq,
            Field::JobCd,
            Field::ResCd,
            Field::OrderNo,
            Field::ReportNo,
            Field::Plant,
        ];
        let parts = self.composites.iter().flat_map(|(_, parts, _)| parts.iter().copied());
        codes.iter().filter_map(|field| self.at(*field)).chain(parts).collect()
    }

    /// The delimiter of a text table.
    pub fn delimiter(&self) -> Option<char> {
        self.delimiter
    }

    /// Whether the last `n` columns may be left out of a row: nothing without which it says nothing stands there.
    pub fn may_lack_last(&self, n: usize) -> bool {
        let first_lacking = self.header.len().saturating_sub(n);
        self.kind.keys().iter().filter_map(|field| self.at(*field)).all(|at| at < first_lacking)
    }

    /// Whether rows hold something about persons, which must not show up in an error either.
    pub fn has_personal_data(&self) -> bool {
        let is_personal = |column: &Column| matches!(column.used_as, UsedAs::Ignored(IgnoredReason::PersonalData, _));
        self.columns.iter().any(is_personal)
    }

    /// Names under which the attributes of this table may stand, with a unit and without.
    pub fn mapped_attributes(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for attribute in &self.attributes {
            let base = crate::clean::units::in_name(&attribute.name).map_or(attribute.name.as_str(), |(base, _)| base);
            names.extend([attribute.name.clone(), format!("{base}_mm"), format!("{}_kg", attribute.name)]);
            names.extend(attribute.unit.as_ref().map(|(_, name)| name.clone()));
        }
        names
    }
}

/// `0`, `0,0`, `0.000`
fn is_zero(cell: &str) -> bool {
    cell.contains('0') && cell.trim().chars().all(|c| matches!(c, '0' | '.' | ','))
}
