//! What the values of a column of times say about how it is read.

use super::written::{Written, read};
use super::{DurationFormat, TimeUnit, colon_of};
use crate::clean::numbers::{self, Decimal, NumberDecision, NumberEvidence, NumberFormat};

/// What the values of a column of times say. Cleaned values go in by [`DurationEvidence::add`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DurationEvidence {
    /// The numbers without a unit, and the numbers before a unit.
    pub numbers: NumberEvidence,
    /// Numbers without a unit.
    pub n_bare: u64,
    /// Values with units: `45 min`, `1h 10m`, `PT90S`.
    pub n_with_unit: u64,
    /// `0:05:30`, which says nothing about values of two parts.
    pub n_three_parts: u64,
    /// `2:15`
    pub n_two_parts: u64,
    /// Two parts that are hours and minutes for certain: `2:15 h`.
    pub n_hour_minute: u64,
    /// Two parts that are minutes and seconds for certain: `18:25 min`, `18:25.5`.
    pub n_minute_second: u64,
    /// What is not a time. Missing values are not added.
    pub n_not_durations: u64,
    first_two_parts: Option<(String, [f64; 2])>,
}

impl DurationEvidence {
    /// Takes one cleaned value that is not missing.
    pub fn add(&mut self, text: &str) {
        if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
            self.n_bare += 1;
            self.numbers.add(text);
            return;
        }
        let n_colons = text.matches(':').count();
        match read(text, NumberFormat::Open).map(|(written, _)| written) {
            None => self.n_not_durations += 1,
            Some(Written::Bare(_)) => {
                self.n_bare += 1;
                self.numbers.add(text);
            }
            Some(Written::TwoParts { first, second }) => {
                self.n_two_parts += 1;
                if self.first_two_parts.is_none() {
                    self.first_two_parts = Some((text.to_owned(), [first * 60.0 + second, first + second / 60.0]));
                }
            }
            Some(Written::Minutes(_)) if n_colons == 2 => self.n_three_parts += 1,
            Some(Written::Minutes(_)) if n_colons == 1 => {
                let is_hours = text.chars().any(char::is_alphabetic)
                    && super::minutes(text, &OF_HOURS) == super::minutes(&clock(text), &OF_HOURS);
                *(if is_hours { &mut self.n_hour_minute } else { &mut self.n_minute_second }) += 1;
            }
            Some(Written::Minutes(_)) => {
                self.n_with_unit += 1;
                if !text.starts_with(['P', 'p']) {
                    for number in text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))) {
                        let number = number.trim_end_matches(['.', ',']);
                        if number.contains(['.', ',']) {
                            self.numbers.add(number);
                        }
                    }
                }
            }
        }
    }

    /// Takes a cell that is a number by itself, as in a workbook.
    pub fn add_typed(&mut self) {
        self.n_bare += 1;
        self.numbers.add_typed();
    }

    /// Adds what another part of the column says.
    pub fn merge(&mut self, other: &Self) {
        self.numbers.merge(&other.numbers);
        self.n_bare += other.n_bare;
        self.n_with_unit += other.n_with_unit;
        self.n_three_parts += other.n_three_parts;
        self.n_two_parts += other.n_two_parts;
        self.n_hour_minute += other.n_hour_minute;
        self.n_minute_second += other.n_minute_second;
        self.n_not_durations += other.n_not_durations;
        if self.first_two_parts.is_none() {
            self.first_two_parts.clone_from(&other.first_two_parts);
        }
    }

    /// How many of the values are times.
    pub fn n_durations(&self) -> u64 {
        let n_clocks = self.n_three_parts + self.n_two_parts + self.n_hour_minute + self.n_minute_second;
        self.n_bare + self.n_with_unit + n_clocks
    }
}

const OF_HOURS: DurationFormat =
    DurationFormat { unit: TimeUnit::Hour, colon: Some(TimeUnit::HourMinute), number: NumberFormat::Open };

/// `text` up to its unit.
fn clock(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_digit() || *c == ':').collect()
}

/// How a column's times are read.
#[derive(Clone, Debug, PartialEq)]
pub struct DurationDecision {
    /// What [`super::minutes`] takes.
    pub format: DurationFormat,
    /// How its numbers were decided, with the first one that stays open.
    pub number: NumberDecision,
    /// The first value of two parts that stays open, as hours and minutes and as minutes and seconds, in minutes.
    pub open: Option<(String, [f64; 2])>,
}

/// Decides how the times of a column are read.
///
/// `unit` is what the header or the plant says, minutes where neither does. Values of two parts are read as the unit
/// says (`h:mm`, `m:ss`, hours), else as the column's values with a unit or with decimals of seconds do, unless those
/// contradict each other. The size of the first part decides nothing: 90 hours and 90 minutes are both usual. A column
/// of minutes does not decide either, because spreadsheets show its half hours as `0:30`.
pub fn decide(
    column: &DurationEvidence,
    file: &NumberEvidence,
    stated: Option<Decimal>,
    unit: Option<TimeUnit>,
) -> DurationDecision {
    let number = numbers::decide(&column.numbers, file, stated);
    let of_values = match (column.n_hour_minute > 0, column.n_minute_second > 0) {
        (true, false) => Some(TimeUnit::HourMinute),
        (false, true) => Some(TimeUnit::MinuteSecond),
        _ => None,
    };
    let colon = unit.and_then(colon_of).or(of_values);
    let format = DurationFormat { unit: unit.unwrap_or(TimeUnit::Minute), colon, number: number.format };
    let open = column.first_two_parts.clone().filter(|(_, [first, second])| colon.is_none() && first != second);
    DurationDecision { format, number, open }
}
