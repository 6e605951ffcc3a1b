//! What the values of a column, and of a file, say about the decimal sign.

use super::short::Short;
use super::{Decimal, NumberFault, NumberFormat, OpenNumber, parse_as};

/// What the numbers of a column say about its decimal sign. Cleaned values go in by [`NumberEvidence::add`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumberEvidence {
    /// Values that are numbers only with a decimal point: `12.5`, `1,234.5`, `0.750`.
    pub n_point: u64,
    /// Values that are numbers only with a decimal comma: `12,5`, `1.234,5`, `0,750`.
    pub n_comma: u64,
    /// Values with two readings: `1.440`, `1,440`.
    pub n_open: u64,
    /// Whole numbers from 1000 on without groups: this column does not group thousands, at least not always.
    pub n_large_plain: u64,
    /// Numbers with blanks or apostrophes as groups, which leave comma and point to the decimals.
    pub n_otherwise_grouped: u64,
    /// Other numbers.
    pub n_other_numbers: u64,
    /// What is not a number. Missing values are not added.
    pub n_not_numbers: u64,
    /// How many of the open values have a point; the others have a comma.
    n_open_points: u64,
    first_open: Option<(String, OpenNumber)>,
}

impl NumberEvidence {
    /// Takes one cleaned value that is not missing.
    pub fn add(&mut self, text: &str) {
        if let Some(short) = Short::read(text).filter(|short| !short.is_open()) {
            let counted = match short.mark {
                Some(Decimal::Point) => &mut self.n_point,
                Some(Decimal::Comma) => &mut self.n_comma,
                None if short.is_large_plain() => &mut self.n_large_plain,
                None => &mut self.n_other_numbers,
            };
            *counted += 1;
            return;
        }
        match parse_as(text, NumberFormat::Open) {
            Err(NumberFault::NotANumber) => self.n_not_numbers += 1,
            Err(NumberFault::Open(open)) => {
                self.n_open += 1;
                self.n_open_points += u64::from(text.contains('.'));
                if self.first_open.is_none() {
                    self.first_open = Some((text.to_owned(), open));
                }
            }
            Ok(_) => self.add_single(text),
        }
    }

    /// Takes a cell that is a number by itself, as in a workbook: it says nothing of how texts write numbers.
    pub fn add_typed(&mut self) {
        self.n_other_numbers += 1;
    }

    /// Takes a number that has one reading.
    fn add_single(&mut self, text: &str) {
        let last_point = text.rfind(['.', '．']);
        let last_comma = text.rfind([',', '，']);
        let is_grouped_otherwise = text.trim().contains(['\'', '’', ' ', '\u{a0}', '\u{202f}', '\u{2009}']);
        self.n_otherwise_grouped += u64::from(is_grouped_otherwise && last_point.is_none() && last_comma.is_none());
        let is_many = |mark: char| text.matches(mark).count() > 1;
        match (last_point, last_comma) {
            (None, None) if is_grouped_otherwise => {}
            (None, None) => {
                let n_digits = text.bytes().filter(u8::is_ascii_digit).count();
                let is_large = n_digits > 3 && !text.contains(['e', 'E']);
                *(if is_large { &mut self.n_large_plain } else { &mut self.n_other_numbers }) += 1;
            }
            (Some(point), Some(comma)) if point > comma => self.n_point += 1,
            (Some(_), Some(_)) => self.n_comma += 1,
            // A mark that stands twice groups, so the other one is for decimals.
            (Some(_), None) if is_many('.') => self.n_comma += 1,
            (None, Some(_)) if is_many(',') => self.n_point += 1,
            (Some(_), None) => self.n_point += 1,
            (None, Some(_)) => self.n_comma += 1,
        }
    }

    /// Adds what another part of the column, or another column, says.
    pub fn merge(&mut self, other: &Self) {
        self.n_point += other.n_point;
        self.n_comma += other.n_comma;
        self.n_open += other.n_open;
        self.n_large_plain += other.n_large_plain;
        self.n_otherwise_grouped += other.n_otherwise_grouped;
        self.n_other_numbers += other.n_other_numbers;
        self.n_not_numbers += other.n_not_numbers;
        self.n_open_points += other.n_open_points;
        if self.first_open.is_none() {
            self.first_open.clone_from(&other.first_open);
        }
    }

    /// How many of the values are numbers.
    pub fn n_numbers(&self) -> u64 {
        self.n_point + self.n_comma + self.n_open + self.n_large_plain + self.n_otherwise_grouped + self.n_other_numbers
    }

    /// The decimal sign that every value with one reading has; `None` when they differ or when there are none.
    fn sure(&self) -> Option<Decimal> {
        match (self.n_point > 0, self.n_comma > 0) {
            (true, false) => Some(Decimal::Point),
            (false, true) => Some(Decimal::Comma),
            _ => None,
        }
    }
}

/// What a column's number format was decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecidedBy {
    /// The plant said so.
    Stated,
    /// The values of the column itself.
    Column,
    /// The other columns of the file.
    File,
    /// Nothing had to be decided, or nothing could be.
    Nothing,
}

/// How a column's numbers are read.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberDecision {
    /// What [`parse_as`] takes.
    pub format: NumberFormat,
    /// Where the format comes from.
    pub by: DecidedBy,
    /// The first value that stays open, and its readings. Each of them is a doubtful value.
    pub open: Option<(String, OpenNumber)>,
}

/// Decides how the numbers of a column are read.
///
/// What the plant `stated` counts first, then the column's values with one reading, then the `file`'s. A column with
/// sure values of both kinds stays open: each value by its only reading. A file's decimal sign that makes the column's
/// open values thousands does not decide where the column writes other thousands without groups, or with blanks:
/// then one of the two is wrong.
pub fn decide(column: &NumberEvidence, file: &NumberEvidence, stated: Option<Decimal>) -> NumberDecision {
    let decided = |decimal, by| {
        let format = match decimal {
            Decimal::Point => NumberFormat::Point,
            Decimal::Comma => NumberFormat::Comma,
        };
        NumberDecision { format, by, open: None }
    };
    if let Some(decimal) = stated {
        return decided(decimal, DecidedBy::Stated);
    }
    let open = NumberDecision { format: NumberFormat::Open, by: DecidedBy::Nothing, open: column.first_open.clone() };
    if column.n_point > 0 && column.n_comma > 0 {
        return open;
    }
    if let Some(decimal) = column.sure() {
        return decided(decimal, DecidedBy::Column);
    }
    if column.n_open == 0 {
        return open;
    }
    let of_open_mark = match column.n_open_points {
        0 => Some(Decimal::Comma),
        n_points if n_points == column.n_open => Some(Decimal::Point),
        // `1.440` and `1,440`: one of them is grouped.
        _ => None,
    };
    if column.n_otherwise_grouped > 0
        && let Some(decimal) = of_open_mark
    {
        return decided(decimal, DecidedBy::Column);
    }
    match file.sure() {
        Some(decimal) if of_open_mark == Some(decimal) || column.n_large_plain == 0 => {
            decided(decimal, DecidedBy::File)
        }
        _ => open,
    }
}
