//! The account of a table before any row is read: what each of its columns is used as.

use super::super::columns::{Field, Per};
use super::super::report::{AttributeColumn, FieldColumn, IgnoredColumn, ImportReport, PartColumn};
use super::{Attribute, Column, Table, UsedAs};
use crate::clean::CleanCounts;
use crate::clean::dates::DateOrder;
use crate::clean::numbers::NumberFormat;
use crate::clean::time_units::TimeUnit;

impl Table {
    /// The account of the table before any row is read.
    pub fn report(&self) -> ImportReport {
        let titles = (self.n_titles > 0).then(|| ("title".to_owned(), self.n_titles));
        ImportReport {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            kind: self.kind,
            profile: self.stored.clone().unwrap_or_else(|| self.profile.name().to_owned()),
            encoding: self.encoding.clone(),
            delimiter: self.delimiter,
            header_row: self.header_row,
            header: self.header.clone(),
            columns: self.field_columns(),
            attributes: self.attribute_columns(),
            parts: self.part_columns(),
            ignored: self.ignored_columns(),
            n_rows: 0,
            n_ok: 0,
            n_duplicates: 0,
            n_errors: 0,
            n_refused: 0,
            n_doubtful: 0,
            n_blank: 0,
            n_continued: 0,
            n_other_plants: 0,
            no_data: titles.into_iter().collect(),
            n_hidden_rows: self.n_hidden_rows,
            number_codes: std::collections::BTreeMap::new(),
            missing: std::collections::BTreeMap::new(),
            assumed: self.assumed.clone(),
            clean: CleanCounts::default(),
        }
    }

    /// The field that a column is a part of: one of several columns of a field, its meaning, or the unit of times.
    fn part_of(&self, at: usize) -> Option<Field> {
        let composite = self.composites.iter().find(|(_, parts, _)| parts.contains(&at)).map(|(field, ..)| *field);
        let choice = || self.fallbacks.iter().find(|(_, parts, _)| parts.contains(&at)).map(|(field, ..)| *field);
        let meaning = || self.meanings.iter().find(|(of, _)| *of == at).map(|(_, meaning)| meaning.field);
        let unit = || self.columns.iter().any(|column| column.unit_column == Some(at)).then_some(Field::TimeUnit);
        composite.or_else(choice).or_else(meaning).or_else(unit)
    }

    /// The columns that were understood, in the order of the file. A field may have several.
    fn field_columns(&self) -> Vec<FieldColumn> {
        let of = |(at, column): (usize, &Column)| {
            let field = match column.used_as {
                UsedAs::Field(field) => field,
                UsedAs::Part => self.part_of(at)?,
                _ => return None,
            };
            let unit = field.is_time().then(|| {
                let of_heading = column.duration.map_or(TimeUnit::Minute, |format| format.unit);
                match column.unit_column {
                    Some(unit_at) => format!("[{}]", self.header[unit_at]),
                    None => of_heading.name().to_owned(),
                }
            });
            Some(FieldColumn {
                column: self.header[at].clone(),
                field,
                unit,
                per: column.per.map(per_name),
                format: self.format_of(column, field),
                examples: column.examples.clone(),
            })
        };
        self.columns.iter().enumerate().filter_map(of).collect()
    }

    fn format_of(&self, column: &Column, field: Field) -> Option<String> {
        match () {
            () if field.is_day() => column.dates.order().map(|order| order_name(order).to_owned()),
            () if field.is_time() || field.is_quantity() => number_name(column.numbers).map(str::to_owned),
            () => None,
        }
    }

    /// The columns that became attributes, in the order of the file.
    fn attribute_columns(&self) -> Vec<AttributeColumn> {
        let of = |attribute: &Attribute| AttributeColumn {
            column: self.header[attribute.at].clone(),
            attribute: attribute.name.clone(),
            unit_column: attribute.unit.as_ref().map(|(at, _)| self.header[*at].clone()),
            format: number_name(self.columns[attribute.at].numbers).filter(|_| attribute.is_number).map(str::to_owned),
            examples: self.columns[attribute.at].examples.clone(),
        };
        self.attributes.iter().map(of).collect()
    }

    fn part_columns(&self) -> Vec<PartColumn> {
        let is_part = |(at, column): (usize, &Column)| (column.used_as == UsedAs::Part).then_some(at);
        let parts = self.columns.iter().enumerate().filter_map(is_part);
        let of = |at: usize| PartColumn {
            column: self.header[at].clone(),
            of: self.whole_of(at).unwrap_or_default(),
            examples: self.columns[at].examples.clone(),
        };
        parts.map(of).collect()
    }

    /// What the column at `part` is a part of.
    fn whole_of(&self, part: usize) -> Option<String> {
        let measured = self.columns.iter().position(|column| column.unit_column == Some(part)).or_else(|| {
            let is_unit = |one: &&Attribute| one.unit.as_ref().is_some_and(|(at, _)| *at == part);
            self.attributes.iter().find(is_unit).map(|one| one.at)
        });
        if let Some(at) = measured {
            return Some(self.header[at].clone());
        }
        let composed = self.composites.iter().map(|(field, parts, _)| (field, parts));
        let chosen = self.fallbacks.iter().map(|(field, choices, _)| (field, choices));
        let of_several = composed.chain(chosen).find(|(_, columns)| columns.contains(&part)).map(|(field, _)| *field);
        let of_one = || self.meanings.iter().find(|(at, _)| *at == part).map(|(_, meaning)| meaning.field);
        of_several.or_else(of_one).map(|field| field.name().to_owned())
    }

    fn ignored_columns(&self) -> Vec<IgnoredColumn> {
        let of = |(at, column): (usize, &Column)| {
            let UsedAs::Ignored(reason, looks_like) = column.used_as else { return None };
            Some(IgnoredColumn {
                column: self.header[at].clone(),
                reason,
                looks_like: looks_like.map(|like| like.name().to_owned()),
                examples: column.examples.clone(),
            })
        };
        self.columns.iter().enumerate().filter_map(of).collect()
    }
}

fn per_name(per: Per) -> String {
    match per {
        Per::Piece => "1".to_owned(),
        Per::Pieces(n) => n.to_string(),
        Per::Lot => "lot".to_owned(),
    }
}

fn order_name(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Ymd => "year-month-day",
        DateOrder::Dmy => "day-month-year",
        DateOrder::Mdy => "month-day-year",
    }
}

fn number_name(format: NumberFormat) -> Option<&'static str> {
    match format {
        NumberFormat::Point => Some("1,234.5"),
        NumberFormat::Comma => Some("1.234,5"),
        NumberFormat::Open => None,
    }
}
