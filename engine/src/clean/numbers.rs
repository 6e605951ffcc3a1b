//! Numbers as tables write them.
//!
//! `1.440` and `1,440` have two readings that are a factor of 1,000 apart. Which one a column means is decided on all
//! its values ([`NumberEvidence`], [`decide`]); [`parse_as`] then reads by the decision, and says so where a value
//! stays open.

mod evidence;
mod plain;
mod short;

pub use evidence::{DecidedBy, NumberDecision, NumberEvidence, decide};

use serde::{Deserialize, Serialize};

use self::short::Short;

/// Which character stands before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    /// `1,234.5`: the comma only groups thousands.
    Point,
    /// `1.234,5`: files separated by semicolons. A single point still is a decimal point (`12.5`, `1.234`), because
    /// such files often come from programs that write both ways.
    Comma,
}

/// How the numbers of one column are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberFormat {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
    /// Not known: what has one reading is read, what has two is open.
    #[default]
    Open,
}

/// The two readings of a number such as `1.440`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenNumber {
    /// With a decimal point.
    pub as_point: f64,
    /// With a decimal comma.
    pub as_comma: f64,
}

/// Why a cell is not taken as a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberFault {
    /// It has two readings and nothing says which one is meant.
    Open(OpenNumber),
    /// It is not a finite number.
    NotANumber,
}

/// The number in cleaned `text`, read as `format` says.
///
/// Understood are signs before and behind (`12.5-`), brackets for negative (`(12.5)`), decimals, groups of thousands by
/// comma, point, blank or apostrophe, Indian groups (`12,34,567`), and scientific notation. A value that has only the
/// other reading (`12,5` in a column of decimal points) is read by it. Percentages and numbers with a unit are not
/// understood.
pub fn parse_as(text: &str, format: NumberFormat) -> Result<f64, NumberFault> {
    if let Some(short) = Short::read(text) {
        return short.parse(format);
    }
    let mut buffer = [0; plain::MAX_BYTES];
    let ascii = plain::ascii(text, &mut buffer).ok_or(NumberFault::NotANumber)?;
    let (ascii, is_negative) = unsigned(ascii).ok_or(NumberFault::NotANumber)?;
    let signed = |number: f64| if is_negative && number != 0.0 { -number } else { number };
    let (first, second) = match format {
        NumberFormat::Comma => (Decimal::Comma, Decimal::Point),
        NumberFormat::Point | NumberFormat::Open => (Decimal::Point, Decimal::Comma),
    };
    match (value(ascii, first), format) {
        (Some(number), NumberFormat::Point | NumberFormat::Comma) => Ok(signed(number)),
        (first, _) => match (first, value(ascii, second)) {
            (Some(as_point), Some(as_comma)) if as_point != as_comma => {
                Err(NumberFault::Open(OpenNumber { as_point: signed(as_point), as_comma: signed(as_comma) }))
            }
            (Some(number), _) | (None, Some(number)) => Ok(signed(number)),
            (None, None) => Err(NumberFault::NotANumber),
        },
    }
}

/// The number in cleaned `text`; `None` when it is not a finite number.
///
/// Understood are signs, decimals, thousands separators (comma, blank, apostrophe; each group exactly three digits) and
/// scientific notation. `inf`, `nan`, hexadecimal and numbers with a unit are not.
pub fn parse(text: &str, decimal: Decimal) -> Option<f64> {
    let mut buffer = [0; plain::MAX_BYTES];
    let ascii = plain::ascii(text, &mut buffer)?;
    let (digits, is_negative) = leading_sign(ascii);
    let number = value(digits, lenient(digits, decimal))?;
    Some(if is_negative && number != 0.0 { -number } else { number })
}

/// `text` without thousands separators and with a decimal point, if it is a number that was written with them.
///
/// `None` when there is nothing to change, so that codes such as `007` keep their zeros.
pub fn ungrouped(text: &str, decimal: Decimal) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+') || !text.contains(',') {
        return None;
    }
    parse(text, decimal)?;
    let mut buffer = [0; plain::MAX_BYTES];
    let ascii = plain::ascii(text, &mut buffer)?;
    let (digits, is_negative) = leading_sign(ascii);
    let plain = plain::Plain::read(digits, lenient(digits, decimal))?;
    Some(format!("{}{}", if is_negative { "-" } else { "" }, plain.as_str()))
}

/// Shortest text of a number that reads back as the same number; never in scientific notation.
pub fn write(number: f64) -> String {
    format!("{}", if number == 0.0 { 0.0 } else { number })
}

/// A single point is a decimal point in files with decimal commas too, see [`Decimal::Comma`].
fn lenient(digits: &str, decimal: Decimal) -> Decimal {
    match decimal {
        Decimal::Comma if digits.contains(',') || digits.matches('.').count() > 1 => Decimal::Comma,
        _ => Decimal::Point,
    }
}

/// The number in digits without a sign, read strictly with this decimal sign.
fn value(digits: &str, decimal: Decimal) -> Option<f64> {
    let plain = plain::Plain::read(digits, decimal)?;
    plain.as_str().parse::<f64>().ok().filter(|number| number.is_finite())
}

fn leading_sign(ascii: &str) -> (&str, bool) {
    match ascii.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (ascii.strip_prefix('+').unwrap_or(ascii), false),
    }
}

/// The digits of `ascii` and whether they are negative; `None` when there are two signs.
fn unsigned(ascii: &str) -> Option<(&str, bool)> {
    if let Some(inner) = ascii.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return inner
            .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
            .then_some((inner.trim(), true));
    }
    if let Some(rest) = ascii.strip_suffix('-') {
        return Some((rest.trim_end(), true)).filter(|(rest, _)| !rest.starts_with(['-', '+']));
    }
    let rest = ascii.strip_suffix('+').filter(|rest| !rest.starts_with(['-', '+'])).unwrap_or(ascii);
    let (digits, is_negative) = leading_sign(rest);
    Some((digits.trim_start(), is_negative))
}

#[cfg(test)]
mod tests;
