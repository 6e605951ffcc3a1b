//! Numbers as readers see them, the same in both languages and on both sides.

/// Minutes with as many decimals as planning needs: `0.04`, `6.1`, `32.0`, `1,240`.
pub fn minutes(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let decimals = match value.abs() {
        size if size >= 99.95 => 0,
        size if size >= 0.995 || size == 0.0 => 1,
        _ => 2,
    };
    if value > 0.0 && value < 0.005 { "<0.01".into() } else { grouped(&format!("{value:.decimals$}")) }
}

/// A probability or share as a whole percentage; never `100` or `0` for what is not quite so.
pub fn percent(share: f64) -> String {
    let whole = (share * 100.0).round().clamp(0.0, 100.0);
    let whole = if share < 1.0 && whole == 100.0 { 99.0 } else { whole };
    if share > 0.0 && whole == 0.0 { "<1%".into() } else { format!("{whole:.0}%") }
}

/// A share in percentage points: `16.7`.
pub fn points(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

/// A difference of shares in percentage points, with its sign: `+16.7`, `−0.4`, `0.0`.
pub fn signed_points(difference: f64) -> String {
    match points(difference.abs()) {
        none if none == "0.0" => none,
        size if difference < 0.0 => format!("−{size}"),
        size => format!("+{size}"),
    }
}

/// How much larger a second number is, in full: `+0.5`, `−12`, `=`.
pub fn difference(difference: f64) -> String {
    match difference {
        0.0 => "=".into(),
        less if less < 0.0 => format!("−{}", less.abs()),
        more => format!("+{more}"),
    }
}

/// How many times as likely, from the logarithm of the odds: `1.2`, `12`, `>999`.
pub fn times(log_odds: f64) -> String {
    match log_odds.exp() {
        times if times >= 999.5 => ">999".into(),
        times if times >= 9.95 => format!("{times:.0}"),
        times => format!("{times:.1}"),
    }
}

/// A count with thousands separators.
pub fn count(value: usize) -> String {
    grouped(&value.to_string())
}

/// A size in the unit that keeps it short: `812 B`, `64 KB`, `3.4 MB`.
pub fn bytes(value: usize) -> String {
    // Exact up to 2^53 bytes, far above any bundle.
    let size = value as f64;
    match value {
        0..1000 => format!("{value} B"),
        1000..1_000_000 => format!("{:.0} KB", (size / 1000.0).min(999.0)),
        _ => format!("{} MB", grouped(&format!("{:.1}", size / 1_000_000.0))),
    }
}

/// The day of an RFC 3339 time: `2026-11-15`.
pub fn day(rfc3339: &str) -> &str {
    rfc3339.split_once('T').map_or(rfc3339, |(day, _)| day)
}

/// Day and minute of an RFC 3339 time in UTC: `2026-11-15 09:30`.
pub fn day_and_minute(rfc3339: &str) -> String {
    match rfc3339.split_once('T') {
        Some((day, time)) => format!("{day} {}", time.get(..5).unwrap_or(time)),
        None => rfc3339.to_owned(),
    }
}

fn grouped(number: &str) -> String {
    let (sign, number) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, rest) = number.find('.').map_or((number, ""), |at| number.split_at(at));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_keep_what_matters() {
        let shown = [0.0, 0.001, 0.04, 0.999, 6.14, 32.0, 99.96, 282.4, 12345.6, f64::NAN].map(minutes);
        assert_eq!(shown, ["0.0", "<0.01", "0.04", "1.0", "6.1", "32.0", "100", "282", "12,346", ""]);
    }

    #[test]
    fn percentages_are_not_more_certain_than_the_number() {
        assert_eq!([0.0, 0.004, 0.115, 0.82, 0.996, 1.0].map(percent), ["0%", "<1%", "12%", "82%", "99%", "100%"]);
    }

    #[test]
    fn differences_have_a_sign_and_no_difference_has_none() {
        assert_eq!([0.1668, -0.004, 0.0004, -0.0004].map(signed_points), ["+16.7", "−0.4", "0.0", "0.0"]);
        assert_eq!([0.5, -12.0, 0.0, -0.01].map(difference), ["+0.5", "−12", "=", "−0.01"]);
    }

    #[test]
    fn odds_are_told_in_times() {
        assert_eq!([0.0, 0.7, 2.5, 9.0].map(times), ["1.0", "2.0", "12", ">999"]);
    }

    #[test]
    fn counts_sizes_and_days() {
        assert_eq!([0, 999, 5000, 1234567].map(count), ["0", "999", "5,000", "1,234,567"]);
        assert_eq!([812, 64_200, 999_999, 3_400_000].map(bytes), ["812 B", "64 KB", "999 KB", "3.4 MB"]);
        assert_eq!(day("2026-11-15T09:30:12Z"), "2026-11-15");
        assert_eq!(day_and_minute("2026-11-15T09:30:12Z"), "2026-11-15 09:30");
        assert_eq!(day_and_minute("soon"), "soon");
    }
}
