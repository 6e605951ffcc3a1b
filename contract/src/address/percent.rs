//! Percent encoding of one path segment or query value.

/// Encodes everything but letters, digits and `-_.~`, so that the result fits into any part of an address.
pub fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

/// The text behind a path segment. A `%` without two hexadecimal digits stands for itself.
pub fn decode(text: &str) -> String {
    decode_bytes(text, false)
}

/// The same for a query value, where `+` is a blank.
pub(super) fn decode_value(text: &str) -> String {
    decode_bytes(text, true)
}

/// Raw pairs of a query, in order, not yet decoded.
pub(super) fn raw_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

fn decode_bytes(text: &str, plus_is_blank: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = (byte == b'%').then(|| Some((hex(bytes.get(at + 1)?)?, hex(bytes.get(at + 2)?)?))).flatten();
        if let Some((high, low)) = digits {
            out.push(high << 4 | low);
            at += 3;
        } else {
            out.push(if plus_is_blank && byte == b'+' { b' ' } else { byte });
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn hex(digit: &u8) -> Option<u8> {
    char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
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
