//! Days counted by a spreadsheet, as dates and durations.

use chrono::{Days, NaiveDate};

const SECONDS_PER_DAY: f64 = 86_400.0;
const MS_PER_DAY: f64 = 86_400_000.0;
/// 31 December 9999, after which no spreadsheet shows a date.
const LAST_SERIAL_1900: f64 = 2_958_466.0;
/// The 1904 calendar starts this many days after the 1900 calendar.
const DAYS_FROM_1900_TO_1904: f64 = 1_462.0;

/// `2024-03-14`, or `2024-03-14T07:30:00` if there is a time of day. `None` where a spreadsheet shows no date either.
///
/// Day 60 of the 1900 calendar is 29 February 1900, a day that never was, and day 0 is the 0th of January: both are
/// written as they are shown, so that whoever reads dates can refuse them.
pub(super) fn date_text(serial: f64, is_1904: bool) -> Option<String> {
    let serial = if is_1904 { serial + DAYS_FROM_1900_TO_1904 } else { serial };
    if !(0.0..LAST_SERIAL_1900).contains(&serial) || (is_1904 && serial < DAYS_FROM_1900_TO_1904) {
        return None;
    }
    // Half a millisecond before midnight is midnight: the fraction of a day is never exact.
    let mut day = serial.trunc();
    let mut second = ((serial - day) * SECONDS_PER_DAY).round();
    if second >= SECONDS_PER_DAY {
        day += 1.0;
        second = 0.0;
    }
    let day = day as u64;
    let mut text = match day {
        0 => "1900-01-00".to_owned(),
        60 => "1900-02-29".to_owned(),
        _ => {
            let from = NaiveDate::from_ymd_opt(1899, 12, if day < 60 { 31 } else { 30 })?;
            from.checked_add_days(Days::new(day))?.format("%Y-%m-%d").to_string()
        }
    };
    let second = second as u32;
    if second > 0 {
        text.push_str(&format!("T{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60));
    }
    Some(text)
}

/// `7:30:00`: hours, minutes and seconds, with as many hours as there are. `None` beyond ten million hours.
pub(super) fn duration_text(days: f64) -> Option<String> {
    let ms = (days.abs() * MS_PER_DAY).round();
    if !(0.0..3.6e13).contains(&ms) {
        return None;
    }
    let sign = if days < 0.0 && ms > 0.0 { "-" } else { "" };
    let ms = ms as u64;
    let (second, ms) = (ms / 1_000, ms % 1_000);
    let mut text = format!("{sign}{}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60);
    if ms > 0 {
        text.push_str(format!(".{ms:03}").trim_end_matches('0'));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        for (serial, is_1904, expected) in [
            (45_000.0, false, "2023-03-15"),
            (45_000.25, false, "2023-03-15T06:00:00"),
            (45_000.999_999_999, false, "2023-03-16"),
            (1.0, false, "1900-01-01"),
            (59.0, false, "1900-02-28"),
            (60.0, false, "1900-02-29"),
            (61.0, false, "1900-03-01"),
            (0.0, false, "1900-01-00"),
            (0.0, true, "1904-01-01"),
            (43_538.0, true, "2023-03-15"),
            (2_958_465.0, false, "9999-12-31"),
        ] {
            assert_eq!(date_text(serial, is_1904).as_deref(), Some(expected), "{serial}");
        }
        for (serial, is_1904) in [(-1.0, false), (-1.0, true), (2_958_466.0, false), (f64::NAN, false), (1e300, true)] {
            assert_eq!(date_text(serial, is_1904), None, "{serial}");
        }
    }

    #[test]
    fn durations_have_three_parts() {
        for (days, expected) in [
            (0.312_5, "7:30:00"),
            (1.5, "36:00:00"),
            (70.0 / 86_400.0, "0:01:10"),
            (0.5 / 86_400.0, "0:00:00.5"),
            (-1.0 / 24.0, "-1:00:00"),
            (0.0, "0:00:00"),
            (12.0, "288:00:00"),
        ] {
            assert_eq!(duration_text(days).as_deref(), Some(expected), "{days}");
        }
        assert_eq!(duration_text(f64::INFINITY), None);
        assert_eq!(duration_text(f64::NAN), None);
    }
}
