//! One time cell as it is written, before anything is known of its column.

use crate::clean::numbers::{NumberFault, NumberFormat, parse_as};
use crate::clean::time_units::{TimeUnit, unit_of};

/// What a cell says. A number has two readings where its decimal sign is open, else the same twice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Written {
    /// A number without a unit.
    Bare([f64; 2]),
    /// Minutes whatever the column.
    Minutes([f64; 2]),
    /// `2:15`, which may be hours and minutes, or minutes and seconds.
    TwoParts {
        /// Before the colon.
        first: f64,
        /// Behind the colon, below 60.
        second: f64,
    },
}

/// Reads cleaned text, and whether there is a minus; `None` when it is not a time.
pub fn read(text: &str, number: NumberFormat) -> Option<(Written, bool)> {
    let text = text.trim();
    if !text.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)) {
        return None;
    }
    match readings(text, number) {
        Some(readings) if readings[0] < 0.0 => return Some((Written::Bare(readings.map(|number| -number)), true)),
        Some(readings) => return Some((Written::Bare(readings), false)),
        None => {}
    }
    let (body, is_negative) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (rest.trim_start(), true),
        None => text.strip_suffix('-').map_or((text, false), |rest| (rest.trim_end(), true)),
    };
    if !body.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | 'P' | 'p')) {
        return None;
    }
    let written = if body.contains(':') {
        between_colons(body)
    } else if body.starts_with(['P', 'p']) {
        iso(&body[1..], number)
    } else {
        with_units(body, number)
    };
    Some((written?, is_negative))
}

/// The number of `text`, twice the same where it has one reading.
fn readings(text: &str, format: NumberFormat) -> Option<[f64; 2]> {
    match parse_as(text, format) {
        Ok(number) => Some([number; 2]),
        Err(NumberFault::Open(open)) => Some([open.as_point, open.as_comma]),
        Err(NumberFault::NotANumber) => None,
    }
}

/// `0:05:30`, `00:05:30.5`, `1.02:30:00`, `2:15`, `18:25 min`, `2:15 h`.
fn between_colons(body: &str) -> Option<Written> {
    let end = body.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(body.len());
    let (clock, behind) = (&body[..end], body[end..].trim());
    let unit = if behind.is_empty() { None } else { Some(unit_of(behind)?) };
    let (rest, last) = clock.rsplit_once(':')?;
    let (whole, decimals) = match last.split_once(['.', ',']) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (last, None),
    };
    if whole.len() != 2 || !is_digits(whole) || !decimals.is_none_or(|digits| !digits.is_empty() && is_digits(digits)) {
        return None;
    }
    let last: f64 = match decimals {
        Some(digits) if digits.len() <= 12 => format!("{whole}.{digits}").parse().ok()?,
        Some(_) => return None,
        None => whole.parse().ok()?,
    };
    if last >= 60.0 {
        return None;
    }
    let Some((before, middle)) = rest.split_once(':') else {
        let first = digits(rest)?;
        let (hour_minute, minute_second) = (first * 60.0 + last, first + last / 60.0);
        return match (unit, decimals) {
            // The unit names the part before the colon, or both.
            (Some(TimeUnit::Minute | TimeUnit::MinuteSecond), _) => Some(Written::Minutes([minute_second; 2])),
            (Some(TimeUnit::Hour | TimeUnit::HourMinute), None) => Some(Written::Minutes([hour_minute; 2])),
            (Some(_), _) => None,
            // Only seconds have decimals.
            (None, Some(_)) => Some(Written::Minutes([minute_second; 2])),
            (None, None) => Some(Written::TwoParts { first, second: last }),
        };
    };
    if !matches!(unit, None | Some(TimeUnit::Hour | TimeUnit::HourMinuteSecond)) || middle.len() != 2 {
        return None;
    }
    let middle = digits(middle).filter(|minutes| *minutes < 60.0)?;
    let hours = match before.split_once('.') {
        Some((days, hours)) => {
            digits(days)? * 24.0 + digits(hours).filter(|hours| *hours < 24.0 && before.len() >= 3)?
        }
        None => digits(before)?,
    };
    Some(Written::Minutes([hours * 60.0 + middle + last / 60.0; 2]))
}

/// `1h 10m`, `45 min`, `5분 30초`, `1 Std. und 20 Min.`, `1h30`: numbers with units from large to small.
fn with_units(body: &str, number: NumberFormat) -> Option<Written> {
    let mut total = [0.0; 2];
    let mut smallest = f64::INFINITY;
    let mut rest = body;
    while !rest.is_empty() {
        let n_number = number_len(rest);
        let (digits_text, behind) = rest.split_at(n_number);
        let behind_number = behind.trim_start();
        let n_word = behind_number.find(|c: char| c.is_ascii_digit()).unwrap_or(behind_number.len());
        let (word, behind) = behind_number.split_at(n_word);
        let factor = match word.trim() {
            // `1h30`: what stands behind hours without a unit is minutes.
            "" if smallest == 60.0 && digits_text.len() == 2 && digits(digits_text)? < 60.0 => 1.0,
            word => minutes_of(word)?,
        };
        if factor >= smallest {
            return None;
        }
        let readings = readings(digits_text, number)?;
        total = [total[0] + readings[0] * factor, total[1] + readings[1] * factor];
        smallest = factor;
        rest = behind;
    }
    smallest.is_finite().then_some(Written::Minutes(total))
}

/// Bytes of the number at the start of `text`; groups of three digits may stand behind a blank or an apostrophe.
fn number_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    loop {
        match bytes.get(at) {
            Some(b'0'..=b'9' | b'.' | b',') => at += 1,
            Some(b' ' | b'\'') if at > 0 && (1..=3).all(|n| is_digit(at + n)) && !is_digit(at + 4) => at += 4,
            _ => return at,
        }
    }
}

/// Minutes of a unit behind a number, without the word or mark that joins it to the next number.
fn minutes_of(word: &str) -> Option<f64> {
    let word = word.trim_end_matches([',', '+', ';', ' ']);
    let joined = [" and", " und", " y", " &"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    match joined.trim() {
        "'" | "′" => Some(1.0),
        "\"" | "″" | "''" | "′′" => Some(1.0 / 60.0),
        unit => unit_of(unit)?.minutes(),
    }
}

/// The part of an ISO 8601 duration behind `P`: `T1H30M`, `1DT2H`. Months and years have no fixed length.
fn iso(body: &str, number: NumberFormat) -> Option<Written> {
    let (date, time) = match body.split_once(['T', 't']) {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (body, ""),
    };
    let mut total = [0.0; 2];
    let mut n_parts = 0;
    for (part, units) in
        [(date, [('W', 10_080.0), ('D', 1440.0)].as_slice()), (time, &[('H', 60.0), ('M', 1.0), ('S', 1.0 / 60.0)])]
    {
        let mut rest = part;
        for (letter, factor) in units {
            if let Some(at) = rest.find([*letter, letter.to_ascii_lowercase()]) {
                let readings = readings(&rest[..at], number)?;
                total = [total[0] + readings[0] * factor, total[1] + readings[1] * factor];
                rest = &rest[at + 1..];
                n_parts += 1;
            }
        }
        if !rest.is_empty() {
            return None;
        }
    }
    (n_parts > 0 && total[0] >= 0.0).then_some(Written::Minutes(total))
}

fn digits(text: &str) -> Option<f64> {
    (!text.is_empty() && text.len() <= 9 && is_digits(text)).then(|| text.parse().ok())?
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
