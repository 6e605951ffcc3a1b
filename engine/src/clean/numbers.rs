//! Numbers as tables write them.

/// Which character stands before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// `1,234.5`: the comma only groups thousands.
    Point,
    /// `1.234,5`: files separated by semicolons. A single point still is a decimal point (`12.5`, `1.234`), because
    /// such files often come from programs that write both ways.
    Comma,
}

/// The number in cleaned `text`; `None` when it is not a finite number.
///
/// Understood are signs, decimals, thousands separators (comma, blank, apostrophe; each group exactly three digits) and
/// scientific notation. `inf`, `nan`, hexadecimal and numbers with a unit are not.
pub fn parse(text: &str, decimal: Decimal) -> Option<f64> {
    let plain = plain(text, decimal)?;
    plain.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| if number == 0.0 { 0.0 } else { number })
}

/// `text` without thousands separators and with a decimal point, if it is a number that was written with them.
///
/// `None` when there is nothing to change, so that codes such as `007` keep their zeros.
pub fn ungrouped(text: &str, decimal: Decimal) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+') || !text.contains(',') {
        return None;
    }
    parse(text, decimal)?;
    plain(text, decimal)
}

/// Shortest text of a number that reads back as the same number; never in scientific notation.
pub fn write(number: f64) -> String {
    format!("{}", if number == 0.0 { 0.0 } else { number })
}

fn plain(text: &str, decimal: Decimal) -> Option<String> {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], &text[at..]),
        None => (text, ""),
    };
    let (sign, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (point, group) = match decimal {
        Decimal::Comma if digits.contains(',') || digits.matches('.').count() > 1 => (',', '.'),
        _ => ('.', ','),
    };
    let (whole, decimals) = digits.split_once(point).map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let whole = match [group, ' ', '\''].into_iter().find(|separator| whole.contains(*separator)) {
        Some(separator) => {
            let mut parts = whole.split(separator);
            let head = parts.next()?;
            if head.is_empty() || head.len() > 3 || !is_digits(head) {
                return None;
            }
            if !parts.all(|part| part.len() == 3 && is_digits(part)) {
                return None;
            }
            whole.replace(separator, "")
        }
        None => whole.to_owned(),
    };
    let decimals_text = decimals.unwrap_or("");
    if !is_digits(&whole) || !is_digits(decimals_text) || (whole.is_empty() && decimals_text.is_empty()) {
        return None;
    }
    let point = if decimals.is_some() { "." } else { "" };
    Some(format!("{sign}{whole}{point}{decimals_text}{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_thousands() {
        let number = |text| parse(text, Decimal::Point);
        assert_eq!(number("12.50"), Some(12.5));
        assert_eq!(number("1,234,567.5"), Some(1_234_567.5));
        assert_eq!(number("1 234"), Some(1234.0));
        assert_eq!(number("-3"), Some(-3.0));
        assert_eq!(number("+.5"), Some(0.5));
        assert_eq!(number("1.2E-3"), Some(0.0012));
        assert_eq!(number("-0"), Some(0.0));
        assert!(number("-0").is_some_and(f64::is_sign_positive));
        for bad in
            ["", ".", "1,23", "12,5", "1,2345", "inf", "-inf", "nan", "0x10", "5 min", "1e", "1e999", "--1", "1.2.3"]
        {
            assert_eq!(number(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn decimal_comma() {
        let number = |text| parse(text, Decimal::Comma);
        assert_eq!(number("12,5"), Some(12.5));
        assert_eq!(number("1.234,5"), Some(1234.5));
        assert_eq!(number("1.234.567"), Some(1_234_567.0));
        assert_eq!(number("12.5"), Some(12.5));
        assert_eq!(number("1.234"), Some(1.234));
        assert_eq!(number("1,2,3"), None);
    }

    #[test]
    fn ungrouping_touches_only_grouped_numbers() {
        assert_eq!(ungrouped("1,457.99", Decimal::Point).as_deref(), Some("1457.99"));
        assert_eq!(ungrouped("12,5", Decimal::Comma).as_deref(), Some("12.5"));
        for text in ["007", "12.5", "1,2,3", "M12,5", "12,5"] {
            assert_eq!(ungrouped(text, Decimal::Point), None, "{text:?}");
        }
    }
}
