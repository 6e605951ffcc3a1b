//! Times in cells: numbers in the unit of their column, numbers with units behind them, and parts between colons.
//!
//! `2:15` is two hours and a quarter or two minutes and a quarter. Which one a column means is decided on all its
//! values ([`DurationEvidence`], [`decide`]); [`minutes`] reads by the decision and says so where a value stays open.

mod evidence;
mod written;

pub use evidence::{DurationDecision, DurationEvidence, decide};

use self::written::{Written, read};
use super::numbers::NumberFormat;
use super::time_units::TimeUnit;

/// How the times of one column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationFormat {
    /// What a number without a unit counts.
    pub unit: TimeUnit,
    /// How two parts between colons are read: [`TimeUnit::HourMinute`] or [`TimeUnit::MinuteSecond`]; `None` when that
    /// is not known.
    pub colon: Option<TimeUnit>,
    /// How the numbers are read.
    pub number: NumberFormat,
}

impl DurationFormat {
    /// The same format for a row whose own unit cell says what its numbers count.
    pub fn with_unit(self, unit: TimeUnit) -> Self {
        Self { unit, colon: colon_of(unit).or(self.colon), ..self }
    }
}

/// Why a cell is not taken as a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DurationFault {
    /// It has two readings and nothing says which one is meant.
    TwoReadings {
        /// Both, in minutes.
        minutes: [f64; 2],
    },
    /// A negative time, which only takes back another one.
    Negative {
        /// The time, below zero.
        minutes: f64,
    },
    /// It is not a time.
    NotADuration,
}

/// The minutes in cleaned `text`, read as `format` says.
///
/// Understood are plain numbers, `0:05:30`, `00:05:30.5`, `1.02:30:00`, `18:25 min`, `2:15 h`, `45 min`, `1,5 h`,
/// `1h 10m`, `1h30`, `5분 30초`, `1 Std. 20 Min.`, `2 horas`, `1小时20分`, `PT1H30M`. Results are rounded to a millionth of
/// a minute, so that 4.1 hours are 246 minutes.
pub fn minutes(text: &str, format: &DurationFormat) -> Result<f64, DurationFault> {
    let (written, is_negative) = read(text, format.number).ok_or(DurationFault::NotADuration)?;
    let readings = match written {
        Written::Bare(number) => {
            let [first, second] = number;
            match (format.unit, format.unit.minutes()) {
                (_, Some(factor)) => [first * factor, second * factor],
                (TimeUnit::HourMinute, None) => [first * 60.0, second],
                (TimeUnit::MinuteSecond, None) => [first, second / 60.0],
                (_, None) => [first * 60.0, second / 60.0],
            }
        }
        Written::Minutes(readings) => readings,
        Written::TwoParts { first, second } => {
            let (hour_minute, minute_second) = (first * 60.0 + second, first + second / 60.0);
            match format.colon {
                Some(TimeUnit::HourMinute) => [hour_minute; 2],
                Some(TimeUnit::MinuteSecond) => [minute_second; 2],
                _ => [hour_minute, minute_second],
            }
        }
    };
    let [first, second] = readings.map(|minutes| {
        let minutes = libm::round(minutes * 1e6) / 1e6;
        if is_negative && minutes != 0.0 { -minutes } else { minutes }
    });
    if !first.is_finite() || !second.is_finite() {
        return Err(DurationFault::NotADuration);
    }
    match first {
        _ if first != second => Err(DurationFault::TwoReadings { minutes: [first, second] }),
        _ if first < 0.0 => Err(DurationFault::Negative { minutes: first }),
        _ => Ok(first),
    }
}

/// How a column whose unit is stated reads two parts between colons.
fn colon_of(unit: TimeUnit) -> Option<TimeUnit> {
    match unit {
        // Minutes and seconds are never written in a column of hours.
        TimeUnit::HourMinute | TimeUnit::Hour => Some(TimeUnit::HourMinute),
        TimeUnit::MinuteSecond => Some(TimeUnit::MinuteSecond),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
