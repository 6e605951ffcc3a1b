//! What the values of a column, and of a file, say about the order of day, month and year.

use super::written::{self, Written};
use super::{DateFormat, DateOrder, Day, LAST_SERIAL, N_SEPARATORS, NEAR_SERIALS, ORDERS, serial_day};

/// Sets of orders as bits: year first is 1, day first 2, month first 4.
type Orders = usize;
const ALL: Orders = 0b111;
const DAY_FIRST: Orders = 0b010;
const MONTH_FIRST: Orders = 0b100;

/// What the dates of a column say. Cleaned values go in by [`DateEvidence::add`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DateEvidence {
    /// Dates that are one day whatever the order.
    pub n_fixed: u64,
    /// Dates of three numbers with the year last, or of two digits.
    pub n_numeric: u64,
    /// Zeros, which mean "not set".
    pub n_zeros: u64,
    /// Plain numbers that would be days from 1954 to 2119, or the last day of all, as spreadsheets count them.
    pub n_near_serials: u64,
    /// Other plain numbers that a spreadsheet could show as a day.
    pub n_other_serials: u64,
    /// What is not a date. Missing values are not added.
    pub n_not_dates: u64,
    /// Per separator, how many values are days in exactly these orders, where they are different days.
    masks: [[u64; ALL + 1]; N_SEPARATORS],
    /// Per separator, which numbers stand in the first and last place of dates with a short year.
    short: [ShortYears; N_SEPARATORS],
    /// Per separator, the first value with several readings.
    first_open: [Option<String>; N_SEPARATORS],
    first_serial: Option<String>,
}

/// The numbers from 2 to 27 (no first or last days of a month, which are common for other reasons), as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct ShortYears {
    first: u32,
    last: u32,
}

impl DateEvidence {
    /// Takes one cleaned value that is not missing.
    pub fn add(&mut self, text: &str) {
        match written::read(text) {
            None => self.n_not_dates += 1,
            Some(Written::Fixed(_)) => self.n_fixed += 1,
            Some(Written::Unset) => self.n_zeros += 1,
            Some(Written::Serial(number)) if serial_day(number, false).is_none() => self.n_not_dates += 1,
            Some(Written::Serial(number)) => {
                if NEAR_SERIALS.contains(&number) || number >= LAST_SERIAL {
                    self.n_near_serials += 1;
                } else {
                    self.n_other_serials += 1;
                }
                if self.first_serial.is_none() {
                    self.first_serial = Some(text.to_owned());
                }
            }
            Some(Written::Numeric(numeric)) => {
                let readings = numeric.readings();
                let mask = (0..3).filter(|at| readings[*at].is_some()).fold(0, |mask, at| mask | 1 << at);
                if mask == 0 {
                    self.n_not_dates += 1;
                    return;
                }
                self.n_numeric += 1;
                let mut days = readings.iter().flatten();
                let first = days.next();
                let is_one_day = days.all(|day| Some(day) == first);
                // A day such as 05/05/2021 says that a year is last, and nothing more.
                if is_one_day && mask & (mask - 1) != 0 && !numeric.has_full_year() {
                    return;
                }
                self.masks[numeric.separator][mask] += 1;
                if !numeric.has_full_year() && mask & 1 != 0 && mask != 1 {
                    let [a, _, c] = numeric.parts;
                    if (2..28).contains(&a) && (2..28).contains(&c) {
                        self.short[numeric.separator].first |= 1 << a;
                        self.short[numeric.separator].last |= 1 << c;
                    }
                }
                if !is_one_day && self.first_open[numeric.separator].is_none() {
                    self.first_open[numeric.separator] = Some(text.to_owned());
                }
            }
        }
    }

    /// Adds what another part of the column, or another column, says.
    pub fn merge(&mut self, other: &Self) {
        self.n_fixed += other.n_fixed;
        self.n_numeric += other.n_numeric;
        self.n_zeros += other.n_zeros;
        self.n_near_serials += other.n_near_serials;
        self.n_other_serials += other.n_other_serials;
        self.n_not_dates += other.n_not_dates;
        for separator in 0..N_SEPARATORS {
            for mask in 0..=ALL {
                self.masks[separator][mask] += other.masks[separator][mask];
            }
            self.short[separator].first |= other.short[separator].first;
            self.short[separator].last |= other.short[separator].last;
            if self.first_open[separator].is_none() {
                self.first_open[separator].clone_from(&other.first_open[separator]);
            }
        }
        if self.first_serial.is_none() {
            self.first_serial.clone_from(&other.first_serial);
        }
    }

    /// How many of the values are dates for certain, numbers that may be days not counted.
    pub fn n_dates(&self) -> u64 {
        self.n_fixed + self.n_numeric
    }

    /// The day that the first number of the column would be as spreadsheets count, for the question to the plant.
    pub fn first_serial_day(&self, is_from_1904: bool) -> Option<Day> {
        serial_day(self.first_serial.as_ref()?.parse().ok()?, is_from_1904).map(|(day, _)| day)
    }

    /// The orders in which all values with this separator are days.
    fn viable(&self, separator: usize) -> Orders {
        (1..=ALL).filter(|mask| self.masks[separator][*mask] > 0).fold(ALL, |viable, mask| viable & mask)
    }

    /// Day first or month first, where the values of all separators together allow only one of them.
    fn day_or_month_first(&self) -> Orders {
        let both = DAY_FIRST | MONTH_FIRST;
        let viable = (0..N_SEPARATORS).fold(both, |viable, separator| {
            // What can also be read year first says nothing about the other two.
            let masks = (1..=ALL).filter(|mask| mask & 1 == 0 && self.masks[separator][*mask] > 0);
            masks.fold(viable, |viable, mask| viable & mask)
        });
        if viable == 0 { both } else { viable }
    }

    /// Year first or last, where years of two digits and days are told apart by how many different ones there are.
    fn by_spread(&self, separator: usize) -> Orders {
        let ShortYears { first, last } = self.short[separator];
        let (n_first, n_last) = (first.count_ones(), last.count_ones());
        let is_year = |bits: u32| 31 - bits.max(1).leading_zeros() - bits.trailing_zeros().min(31) <= 8;
        if n_first >= 8 && n_first >= 3 * n_last && is_year(last) {
            DAY_FIRST | MONTH_FIRST
        } else if n_last >= 8 && n_last >= 3 * n_first && is_year(first) {
            1
        } else {
            ALL
        }
    }
}

/// How a column's dates are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateDecision {
    /// What [`super::parse_as`] takes.
    pub format: DateFormat,
    /// The first value that stays open, and two of its readings. Each such value is doubtful.
    pub open: Option<(String, [Day; 2])>,
    /// The first number that would be a day as spreadsheets count them, where such numbers are not taken.
    pub open_serial: Option<String>,
}

/// Decides how the dates of a column are read.
///
/// What the plant `stated` counts first. Else, for each separator, the orders remain in which all values of the column
/// are days; where several do, the `file`'s values with that separator; where the first number may be a day or a
/// short year, which of the two places has few different numbers; and last, whether anything in column or file settles
/// day first or month first. Values that contradict each other leave the column open: each is read by its only reading.
///
/// Numbers are days as spreadsheets count them where nearly all values of the column are such numbers from 20,000 to
/// 80,000, or where they stand beside other dates.
pub fn decide(
    column: &DateEvidence,
    file: &DateEvidence,
    stated: Option<DateOrder>,
    is_from_1904: bool,
) -> DateDecision {
    let mut format = stated.map_or_else(DateFormat::default, DateFormat::of);
    format.is_from_1904 = is_from_1904;
    let mut open = None;
    if stated.is_none() {
        for separator in 0..N_SEPARATORS {
            let order = order(column, file, separator);
            format.orders[separator] = order;
            if order.is_none()
                && open.is_none()
                && let Some(text) = &column.first_open[separator]
            {
                open = readings(text).map(|readings| (text.clone(), readings));
            }
        }
    }
    let n_serials = column.n_near_serials + column.n_other_serials;
    let n_others = column.n_not_dates + column.n_other_serials;
    format.takes_serials =
        column.n_near_serials > 0 && (column.n_dates() > 0 || n_others * 20 <= column.n_near_serials);
    let open_serial = column.first_serial.clone().filter(|_| n_serials > 0 && !format.takes_serials);
    DateDecision { format, open, open_serial }
}

fn order(column: &DateEvidence, file: &DateEvidence, separator: usize) -> Option<DateOrder> {
    let mut viable = column.viable(separator);
    if viable == 0 {
        return None;
    }
    for evidence in [column.by_spread(separator), file.viable(separator), file.by_spread(separator)] {
        let narrower = viable & evidence;
        viable = if narrower == 0 { viable } else { narrower };
    }
    for evidence in [column.day_or_month_first(), file.day_or_month_first()] {
        // Only between day first and month first: a year may be first whatever other separators say.
        let narrower = viable & (evidence | 1);
        viable = if narrower == 0 { viable } else { narrower };
    }
    viable.is_power_of_two().then(|| ORDERS[viable.trailing_zeros() as usize])
}

/// Two different days that `text` may be.
fn readings(text: &str) -> Option<[Day; 2]> {
    let Some(Written::Numeric(numeric)) = written::read(text) else { return None };
    let readings = numeric.readings();
    let mut all = readings.iter().flatten();
    let first = *all.next()?;
    Some([first, *all.find(|other| **other != first)?])
}
