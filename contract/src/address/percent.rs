//! Percent encoding of one path segment or query value.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but letters, digits and `-_.~`.
const UNUSUAL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Encodes everything but letters, digits and `-_.~`, so that the result fits into any part of an address.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, UNUSUAL).to_string()
}

/// The text behind a path segment. A `%` without two hexadecimal digits stands for itself.
pub fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The same for a query value, where `+` is a blank.
pub(super) fn decode_value(text: &str) -> String {
    decode(&text.replace('+', " "))
}

/// Raw pairs of a query, in order, not yet decoded.
pub(super) fn raw_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_comes_back() {
        for code in ["GL-24#17", "a/b", "50% + 2", "%41", "\u{d55c}\u{ae00} \u{cf54}\u{b4dc}", "?&=,;", "", "…\u{0}\n"]
        {
            assert_eq!(decode(&encode(code)), code);
            assert_eq!(decode_value(&encode(code)), code);
            assert!(encode(code).is_ascii());
        }
    }

    #[test]
    fn broken_input_is_kept() {
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%4"), "%zz%4");
        assert_eq!(decode("a+b"), "a+b");
        assert_eq!(decode_value("a+b"), "a b");
        assert_eq!(decode("%ff"), "\u{fffd}");
    }
}
