//! Days as tables write them.
//!
//! `03/04/21` is read by the order of day, month and year that its column has. The order is decided on all values of
//! the column ([`DateEvidence`], [`decide`]); [`parse_as`] reads by the decision and says so where a value stays open.

mod evidence;
mod written;

pub use evidence::{DateDecision, DateEvidence, decide};

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use self::written::Written;
use crate::domain::Date;

/// What a date cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// A day of the calendar.
    On(Date),
    /// A day that only means "no end" or "not set": `2999-12-31`, the last day of `99`, `1900-01-01`, all zeros.
    Sentinel,
}

/// In which order a date of three numbers is written. A year of four digits stands first or last whatever the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `21-03-14`
    Ymd,
    /// `14/03/2021`, `14.03.21`
    Dmy,
    /// `03/14/2021`, `03/14/21`
    Mdy,
}

/// All orders, in the order of [`written::Numeric::readings`].
const ORDERS: [DateOrder; 3] = [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy];

/// What separates the three numbers. One column may hold dates of several programs, each with its own separator.
const N_SEPARATORS: usize = 4;

/// How the dates of one column are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateFormat {
    /// For each separator; `None` reads what has one reading, and the rest is open.
    orders: [Option<DateOrder>; N_SEPARATORS],
    /// Whether numbers from 20,000 to 80,000 are days as spreadsheets count them.
    pub takes_serials: bool,
    /// Whether spreadsheet days count from 1904.
    pub is_from_1904: bool,
}

impl DateFormat {
    /// The same order for every separator.
    pub fn of(order: DateOrder) -> Self {
        Self { orders: [Some(order); N_SEPARATORS], ..Self::default() }
    }

    /// The order, when it is the same for every separator for which one is known.
    pub fn order(&self) -> Option<DateOrder> {
        let mut known = self.orders.iter().flatten();
        let first = known.next()?;
        known.all(|order| order == first).then_some(*first)
    }
}

/// Why a cell is not taken as a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// Its numbers are different days in different orders, and nothing says which order is meant.
    Ambiguous {
        /// Two of its readings.
        readings: [Day; 2],
    },
    /// A number that would be this day if a spreadsheet had counted it, in a column that does not hold such numbers.
    Serial {
        /// The day.
        reading: Day,
    },
    /// It is not a day of the calendar.
    NotADate,
}

/// The day in cleaned `text`, read as `format` says; a time of day and an offset are dropped.
///
/// Understood are `2021-03-14`, `2021/3/14`, `2021. 3. 14.`, `20210314`, `2021년 3월 14일`, `2021年3月14日`, `14.03.2021`,
/// `14.03.21`, `03/14/2021`, `14-Mar-21`, `14. März 2021`, `14 de marzo de 2021`, `Mar 14, 2021`, each with a time of day
/// or without, and days as spreadsheets count them. Names of months are English, German or Spanish.
pub fn parse_as(text: &str, format: &DateFormat) -> Result<Day, DateFault> {
    match written::read(text) {
        None => Err(DateFault::NotADate),
        Some(Written::Fixed(day)) => Ok(day),
        Some(Written::Unset) => Ok(Day::Sentinel),
        Some(Written::Numeric(numeric)) => {
            let readings = numeric.readings();
            let by_order = format.orders[numeric.separator].and_then(|order| readings[order as usize]);
            if let Some(day) = by_order {
                return Ok(day);
            }
            let mut all = readings.iter().flatten();
            let first = *all.next().ok_or(DateFault::NotADate)?;
            match all.find(|other| **other != first) {
                Some(second) => Err(DateFault::Ambiguous { readings: [first, *second] }),
                None => Ok(first),
            }
        }
        Some(Written::Serial(number)) => {
            let (reading, is_near) = serial_day(number, format.is_from_1904).ok_or(DateFault::NotADate)?;
            let is_taken = format.takes_serials && (is_near || reading == Day::Sentinel);
            if is_taken { Ok(reading) } else { Err(DateFault::Serial { reading }) }
        }
    }
}

/// The day in cleaned `text` where nothing is known of its column; `None` when it is not a day or has two readings.
pub fn parse(text: &str) -> Option<Day> {
    parse_as(text, &DateFormat::default()).ok()
}

/// Days that spreadsheets count from 1954 to 2119: nearer to us than a number for something else.
const NEAR_SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=80_000.0;
/// 9999-12-31, the last day that a spreadsheet knows.
const LAST_SERIAL: f64 = 2_958_465.0;

/// The day that a spreadsheet counts as `number`, and whether it is near to us.
fn serial_day(number: f64, is_from_1904: bool) -> Option<(Day, bool)> {
    if !(1.0..LAST_SERIAL + 1.0).contains(&number) {
        return None;
    }
    let n_days = libm::floor(number) as i64;
    let origin = match (is_from_1904, n_days) {
        (true, _) => Date::from_ymd_opt(1904, 1, 1),
        // Spreadsheets count a 29 February 1900 that was none, as number 60.
        (false, 60) => return None,
        (false, ..60) => Date::from_ymd_opt(1899, 12, 31),
        (false, _) => Date::from_ymd_opt(1899, 12, 30),
    }?;
    let date = origin.checked_add_signed(chrono::TimeDelta::try_days(n_days)?)?;
    Some((on(date)?, NEAR_SERIALS.contains(&number)))
}

/// A day as a table means it; `None` for a day so far away that it was mistyped.
///
/// From the year 2900 and up to 1900 only the first and last days of a year mean "no end" and "not set", and any day of
/// 9999.
fn on(date: Date) -> Option<Day> {
    let year = date.year();
    if (1901..2900).contains(&year) {
        return Some(Day::On(date));
    }
    let is_edge = matches!((date.month(), date.day()), (1, 1..=2) | (12, 30..));
    (is_edge || year == 9999).then_some(Day::Sentinel)
}

#[cfg(test)]
mod tests;
