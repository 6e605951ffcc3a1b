//! Days as tables write them.

use crate::domain::Date;

/// What a date cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// A day of the calendar.
    On(Date),
    /// A day that only means "no end" or "not set": from the year 2900, `31-Dec-99`, or up to 1900.
    Sentinel,
}

/// The day in cleaned `text`, a time of day is dropped; `None` when it is not a day.
///
/// Understood are `2014-06-03`, `2014/6/3`, `2014.06.03`, `2014. 6. 3.`, `2014년 6월 3일`, `20140603`, `03-Jun-14`,
/// `3-JUN-2014`, and `25/06/2014` or `06/25/2014` where only one reading is a day. `03/06/2014` has two and is refused.
pub fn parse(text: &str) -> Option<Day> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return day(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?);
    }
    let (parts, rest) = leading_parts(text)?;
    if !is_time_of_day(rest) {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok();
    let [first, second, third] = parts;
    if let Some(month) = month(second) {
        let year = number(third)?;
        return match (number(first)?, third.len()) {
            (31, 2) if month == 12 && year == 99 => Some(Day::Sentinel),
            (day_of_month, 2) => day(if year < 70 { 2000 + year } else { 1900 + year }, month, day_of_month),
            (day_of_month, 4) => day(year, month, day_of_month),
            _ => None,
        };
    }
    match (first.len(), third.len()) {
        (4, 1..=2) => day(number(first)?, number(second)?, number(third)?),
        (1..=2, 4) => {
            let (a, b, year) = (number(first)?, number(second)?, number(third)?);
            let only_reading = a == b || a > 12 || b > 12;
            if only_reading { day(year, b, a).or_else(|| day(year, a, b)) } else { None }
        }
        _ => None,
    }
}

/// Three runs of digits or letters with one kind of separator between, and what follows them.
fn leading_parts(text: &str) -> Option<([&str; 3], &str)> {
    let is_part = |character: char| character.is_ascii_alphanumeric();
    let mut parts = [""; 3];
    let mut rest = text;
    for (at, part) in parts.iter_mut().enumerate() {
        let end = match at {
            // A time may follow directly: `2014-06-03T07:30`.
            2 => rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()),
            _ => rest.find(|c: char| !is_part(c))?,
        };
        (*part, rest) = rest.split_at(end);
        if part.is_empty() {
            return None;
        }
        if at < 2 {
            let separator =
                ["-", "/", ". ", ".", "년 ", "년", "월 ", "월", " "].into_iter().find(|s| rest.starts_with(s))?;
            rest = &rest[separator.len()..];
        }
    }
    let rest = rest.strip_prefix('.').or_else(|| rest.strip_prefix('일')).unwrap_or(rest);
    Some((parts, rest))
}

/// Empty, or a time such as ` 07:30:00.000`, `T07:30Z`, ` 오전 7:30`, `T00:00:00+09:00`.
fn is_time_of_day(rest: &str) -> bool {
    let rest = rest.strip_prefix(['T', 't', ' ']).unwrap_or(rest).trim();
    let rest = ["오전", "오후", "AM", "PM"].into_iter().find_map(|half| rest.strip_prefix(half)).unwrap_or(rest).trim();
    let rest = ["AM", "PM", "am", "pm"].into_iter().find_map(|half| rest.strip_suffix(half)).unwrap_or(rest);
    rest.is_empty()
        || (rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.contains(':')
            && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | '+' | '-' | 'Z' | ' ')))
}

fn month(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let head = name.get(..3)?.to_ascii_lowercase();
    NAMES.iter().position(|known| *known == head).map(|at| at as u32 + 1)
}

fn day(year: u32, month: u32, day: u32) -> Option<Day> {
    let date = Date::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some(if year >= 2900 || year <= 1900 { Day::Sentinel } else { Day::On(date) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: i32, month: u32, day: u32) -> Option<Day> {
        Some(Day::On(Date::from_ymd_opt(year, month, day).expect("a day of the calendar")))
    }

    #[test]
    fn one_day_in_many_spellings() {
        for text in [
            "2014-06-03",
            "2014/06/03",
            "2014.06.03",
            "2014. 6. 3.",
            "20140603",
            "2014년 6월 3일",
            "2014-06-03 00:00:00.000",
            "2014-06-03T07:30:00Z",
            "2014-06-03T07:30:00+09:00",
            "03-Jun-14",
            "3-JUN-2014",
            "2014-6-3 오전 7:30:00",
        ] {
            assert_eq!(parse(text), on(2014, 6, 3), "{text:?}");
        }
        assert_eq!(parse("25/06/2014"), on(2014, 6, 25));
        assert_eq!(parse("06/25/2014"), on(2014, 6, 25));
        assert_eq!(parse("12-Jul-98"), on(1998, 7, 12));
    }

    #[test]
    fn sentinels_are_not_days() {
        for text in
            ["2999-12-31", "9999-12-31", "29991231", "31-Dec-99", "31-DEC-99", "1900-01-01", "2999-12-31 00:00:00"]
        {
            assert_eq!(parse(text), Some(Day::Sentinel), "{text:?}");
        }
        assert_eq!(parse("31-Dec-1999"), on(1999, 12, 31));
    }

    #[test]
    fn what_is_not_a_day_is_refused() {
        for text in [
            "",
            "soon",
            "2014-13-01",
            "2014-02-30",
            "03/06/2014",
            "2014-06",
            "41793",
            "2014-06-03 whenever",
            "1-2-3",
            "é-1-1",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
