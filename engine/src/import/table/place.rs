//! What each column is used for: a field, an attribute, a part of another one, or nothing.

use std::collections::BTreeMap;

use super::super::columns::{self, Field, LooksLike, TableKind, looks_like};
use super::super::error::ImportError;
use super::super::kind;
use super::super::options::{Purpose, StatedColumn};
use super::super::report::IgnoredReason;
use super::super::survey::ColumnSurvey;
use super::decide::Draft;
use super::{Attribute, Table, UsedAs};
use crate::clean::{Length, text, units};

/// `NA` is a value where it stands in this share of the cells.
const NA_SHARE: f64 = 0.05;

/// Gives each column its purpose.
pub(super) fn place(
    table: &mut Table,
    draft: &Draft,
    stated: &[Option<StatedColumn>],
    numbered: &dyn Fn(usize) -> Option<bool>,
) -> Result<(), ImportError> {
    let survey = &draft.survey.columns;
    let found = kind::fields(&table.header, &table.profile, table.kind, numbered);
    // Field → (rank of the name, column), the best first.
    let mut claims: BTreeMap<Field, Vec<(usize, usize)>> = BTreeMap::new();
    let mut rest = Vec::new();
    for at in 0..table.header.len() {
        let name = &table.header[at];
        match stated[at].as_ref().map(|said| said.purpose) {
            Some(Purpose::Field(field)) => {
                claims.entry(field).or_default().push((0, at));
                continue;
            }
            Some(Purpose::Unused) => {
                table.columns[at].used_as = UsedAs::Ignored(IgnoredReason::Stated, None);
                continue;
            }
            Some(Purpose::Attribute) => {
                rest.push((at, IgnoredReason::NotUsed));
                continue;
            }
            None => {}
        }
        if columns::is_refusal_reason(name) {
            table.columns[at].used_as = UsedAs::Ignored(IgnoredReason::RefusalReason, None);
        } else if columns::key(name).is_empty() {
            table.columns[at].used_as = UsedAs::Ignored(IgnoredReason::EmptyName, None);
        } else if columns::is_personal(name) {
            table.columns[at].used_as = UsedAs::Ignored(IgnoredReason::PersonalData, None);
        } else if let Some(known) = found[at].filter(|known| known.field != Field::ParentItem) {
            // What the caller says of another column counts before a name.
            claims.entry(known.field).or_default().push((known.rank + 1, at));
        } else {
            rest.push((at, IgnoredReason::NotUsed));
        }
    }
    for (field, mut claims) in claims {
        // A column without any value never takes a field from one that has some.
        claims.sort_by_key(|(rank, at)| (*rank > 0 && survey[*at].n_filled == 0, *rank, *at));
        if let [(rank, first), (other_rank, second), ..] = claims[..]
            && rank == other_rank
            && survey[second].n_filled > 0
        {
            let (first, second) = (table.header[first].clone(), table.header[second].clone());
            return Err(ImportError::DuplicateColumn { file: table.file.clone(), field, first, second });
        }
        let at = claims[0].1;
        table.columns[at].used_as = UsedAs::Field(field);
        table.columns[at].unit =
            stated[at].as_ref().and_then(|said| said.unit).or_else(|| found[at].and_then(|known| known.unit));
        table.columns[at].per = found[at].and_then(|known| known.per);
        table.fields.push((field, at));
        rest.extend(claims[1..].iter().map(|(_, at)| (*at, IgnoredReason::FieldTaken)));
    }
    let parts: Vec<usize> = table
        .composites
        .iter()
        .flat_map(|(_, parts, _)| parts.clone())
        .chain(table.fallbacks.iter().flat_map(|(_, choices, _)| choices.clone()))
        .chain(table.meanings.iter().map(|(at, _)| *at))
        .collect();
    let first_parts: Vec<(Field, usize)> = table
        .composites
        .iter()
        .map(|(field, parts, _)| (*field, parts))
        .chain(table.fallbacks.iter().map(|(field, choices, _)| (*field, choices)))
        .filter_map(|(field, columns)| Some((field, *columns.first()?)))
        .filter(|(field, _)| !table.has(*field))
        .collect();
    table.fields.extend(first_parts);
    for at in parts {
        if !matches!(table.columns[at].used_as, UsedAs::Field(_)) {
            table.columns[at].used_as = UsedAs::Part;
            rest.retain(|(other, _)| *other != at);
        }
    }
    rest.sort_unstable_by_key(|(at, _)| *at);
    for (at, reason) in rest {
        if table.kind == TableKind::Items {
            add_attribute(table, &survey[at], at);
        } else {
            let like = looks_like(&table.header[at]).or_else(|| like_by_values(&survey[at]));
            let reason = if survey[at].n_filled == 0 { IgnoredReason::NoValues } else { reason };
            let like = like.filter(|_| survey[at].n_filled > 0);
            table.columns[at].used_as = UsedAs::Ignored(reason, like);
        }
    }
    Ok(())
}

/// What the values of an unnamed column suggest: times written with units or colons.
fn like_by_values(survey: &ColumnSurvey) -> Option<LooksLike> {
    let durations = &survey.durations;
    let n_timed = durations.n_with_unit + durations.n_three_parts + durations.n_two_parts;
    (survey.n_filled > 0 && n_timed * 2 > survey.n_filled).then_some(LooksLike::Time)
}

fn add_attribute(table: &mut Table, survey: &ColumnSurvey, at: usize) {
    let header = &table.header[at];
    let plain = text::attribute_name(header);
    let is_taken = |name: &str| table.attributes.iter().any(|other| other.name == name);
    let name = (2..).map(|n| format!("{plain}_{n}")).find(|name| !is_taken(name)).filter(|_| is_taken(&plain));
    let n_filled = survey.n_filled.max(1) as f64;
    let n_marked = survey.n_multi_marks;
    // Article numbers such as `12.345.678` are no numbers: nothing in the column has decimals.
    let is_number =
        survey.is_numeric() && !(n_marked > 0 && n_marked == survey.numbers.n_point + survey.numbers.n_comma);
    let na_is_a_value = survey.n_na > 0 && survey.n_na as f64 >= NA_SHARE * n_filled;
    table.columns[at].used_as = UsedAs::Attribute;
    table.attributes.push(Attribute {
        at,
        name: name.unwrap_or(plain),
        unit: None,
        declared: None,
        zero_is_nothing: table.profile.zero_is_nothing(header),
        is_number,
        na_is_a_value: na_is_a_value && !is_number,
    });
}

/// Ties each attribute to the column of its unit, which then is no attribute of its own, and each time to its unit,
/// where the caller has not stated it.
pub(super) fn pair_units(table: &mut Table, is_stated: impl Fn(usize) -> bool) {
    let named: Vec<(usize, String)> = table.attributes.iter().map(|one| (one.at, one.name.clone())).collect();
    let mut used = Vec::new();
    for attribute in &mut table.attributes {
        let declared: Option<(String, Length)> = table.profile.length(&table.header[attribute.at]);
        attribute.declared = declared.as_ref().map(|(_, length)| *length);
        let unit = match &declared {
            Some((unit_key, _)) => named.iter().find(|(at, _)| columns::key(&table.header[*at]) == *unit_key),
            None => named.iter().find(|(_, name)| units::measured_by(name) == Some(attribute.name.as_str())),
        };
        attribute.unit = unit.cloned();
        used.extend(unit.map(|(at, _)| *at));
    }
    table.attributes.retain(|attribute| !used.contains(&attribute.at));
    for at in used {
        table.columns[at].used_as = UsedAs::Part;
    }
    let times: Vec<usize> = (0..table.header.len()).filter(|at| table.time_at(*at).is_some()).collect();
    // A unit for all columns is for those whose heading has none; where every heading has one, the two must agree.
    let is_for_all = times.iter().all(|at| table.columns[*at].unit.is_some());
    let general = table.at(Field::TimeUnit);
    for at in times.into_iter().filter(|at| !is_stated(*at)) {
        let own = table.profile.unit_column(&table.header, at);
        let unit_column = own.or(general.filter(|_| is_for_all || table.columns[at].unit.is_none()));
        table.columns[at].unit_column = unit_column;
        if let Some(unit_at) = unit_column
            && !matches!(table.columns[unit_at].used_as, UsedAs::Field(_))
        {
            table.columns[unit_at].used_as = UsedAs::Part;
        }
    }
}
