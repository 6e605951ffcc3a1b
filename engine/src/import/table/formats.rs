//! How the values of each column are read: numbers, days, times, lists of machines.

use super::super::columns::Field;
use super::super::error::ImportError;
use super::super::machines;
use super::super::options::Options;
use super::super::profile::{StoredColumn, StoredProfile};
use super::decide::Draft;
use super::{Table, UsedAs};
use crate::clean::dates::{self, DateEvidence, DateOrder};
use crate::clean::durations::{self, DurationEvidence};
use crate::clean::numbers::{self, Decimal, NumberDecision, NumberEvidence};
use crate::clean::time_units::TimeUnit;

/// What all files of an import say together.
#[derive(Clone, Debug, Default)]
pub struct Together {
    pub numbers: NumberEvidence,
    pub dates: DateEvidence,
}

/// Decides how numbers, days and times of each column are read.
pub(super) fn formats(
    table: &mut Table,
    draft: &Draft,
    together: &Together,
    options: &Options,
    stored: Option<&StoredProfile>,
) -> Result<(), ImportError> {
    let of_file = evidence(draft);
    for at in 0..table.header.len() {
        let survey = &draft.survey.columns[at];
        let kept = stored.and_then(|stored| stored.column(&table.header[at]));
        // Times may have their unit behind the number.
        let is_timed = table.time_at(at).is_some() && survey.durations != DurationEvidence::default();
        let evidence = if is_timed { &survey.durations.numbers } else { &survey.numbers };
        let mut number = decide_numbers(evidence, &of_file.numbers, together, options);
        // What an earlier import knew counts where this one's files leave it open.
        if let Some(decimal) = kept.and_then(stored_decimal).filter(|_| number.open.is_some()) {
            number = numbers::decide(evidence, &of_file.numbers, Some(decimal));
        }
        let is_number = match table.columns[at].used_as {
            UsedAs::Field(field) => field.is_time() || field.is_quantity(),
            UsedAs::Part => table.time_at(at).is_some(),
            UsedAs::Attribute => table.attributes.iter().any(|one| one.at == at && one.is_number),
            _ => false,
        };
        if is_number {
            refuse_open(table, at, evidence, &number)?;
        }
        let time = table.time_at(at);
        let column = &mut table.columns[at];
        column.numbers = number.format;
        if let Some(field) = time {
            let default = matches!(field, Field::SetupHrs | Field::ActualHrs).then_some(TimeUnit::Hour);
            let unit = column.unit.or(default);
            let mut decided = durations::decide(&survey.durations, &of_file.numbers, options.decimal, unit);
            decided.format.number = number.format;
            column.duration = Some(decided.format);
        }
        if let UsedAs::Field(field) = column.used_as {
            if field.is_day() {
                let decide =
                    |file: &DateEvidence| dates::decide(&survey.dates, file, options.date_order, draft.is_from_1904);
                let decided = decide(&of_file.dates);
                let decided = if decided.open.is_some() { decide(&together.dates) } else { decided };
                let order = kept.and_then(|kept| kept.dates).filter(|_| decided.open.is_some()).map(DateOrder::from);
                let decided = match order {
                    Some(order) => dates::decide(&survey.dates, &of_file.dates, Some(order), draft.is_from_1904),
                    None => decided,
                };
                column.dates = decided.format;
            }
            if matches!(field, Field::ResCd | Field::Alternatives) {
                column.is_list =
                    field == Field::Alternatives || machines::are_lists(survey.codes.iter().map(String::as_str));
            }
        }
    }
    Ok(())
}

/// What the columns of numbers and of days of one file say together.
pub fn evidence(draft: &Draft) -> Together {
    let mut together = Together::default();
    for column in &draft.survey.columns {
        // Codes with points in them say nothing of numbers.
        if column.is_numeric() {
            together.numbers.merge(&column.numbers);
        }
        together.numbers.merge(&column.durations.numbers);
        together.dates.merge(&column.dates);
    }
    together
}

fn decide_numbers(
    column: &NumberEvidence,
    file: &NumberEvidence,
    together: &Together,
    options: &Options,
) -> NumberDecision {
    let decided = numbers::decide(column, file, options.decimal);
    if decided.open.is_none() {
        return decided;
    }
    numbers::decide(column, &together.numbers, options.decimal)
}

/// Refuses a column of numbers that has two readings as a whole. Where its values contradict each other, each value
/// with two readings is doubtful by itself.
fn refuse_open(
    table: &Table,
    at: usize,
    evidence: &NumberEvidence,
    decision: &NumberDecision,
) -> Result<(), ImportError> {
    let contradicts = evidence.n_point > 0 && evidence.n_comma > 0;
    match &decision.open {
        Some((value, open)) if !contradicts => Err(ImportError::OpenNumbers {
            file: table.file.clone(),
            column: table.header[at].clone(),
            value: value.clone(),
            as_point: open.as_point,
            as_comma: open.as_comma,
        }),
        _ => Ok(()),
    }
}

fn stored_decimal(kept: &StoredColumn) -> Option<Decimal> {
    match kept.numbers?.decimal {
        '.' => Some(Decimal::Point),
        ',' => Some(Decimal::Comma),
        _ => None,
    }
}
