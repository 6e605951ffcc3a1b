//! A number as text that means exactly this number.

/// The shortest text that reads back as the same number: `12.5`, `1234567890123`. Never scientific below 1e21.
pub fn plain_number(value: f64) -> String {
    if value == 0.0 {
        // Not `-0`.
        return "0".to_owned();
    }
    if value.abs() >= 1e21 || value.abs() < 1e-9 { format!("{value:E}") } else { value.to_string() }
}

/// Whether a spreadsheet still tells this number from its neighbours: it keeps 15 digits.
pub(super) fn is_exact(value: f64) -> bool {
    value.abs() < 1e15
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_as_themselves() {
        for (value, expected) in [
            (12.5, "12.5"),
            (4_098_765_432_101.0, "4098765432101"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.30000000000000004"),
            (123_456_789_012_345_680.0, "123456789012345680"),
            (0.000_01, "0.00001"),
            (1e22, "1E22"),
        ] {
            assert_eq!(plain_number(value), expected);
            assert_eq!(plain_number(value).parse::<f64>().unwrap(), value);
        }
        assert!(is_exact(999_999_999_999_999.0));
        assert!(!is_exact(1e15));
    }
}
