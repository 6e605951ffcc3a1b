//! Codes: what a person sees as one code is one code, and codes that are nearly the same are found.
//!
//! Joining codes that differ in case or in zeros is the plant's choice; here they are only named.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::text;

/// The code in `raw`: cleaned text with one kind of hyphen, without the marks that keep a spreadsheet from reading a
/// code as a number (`="0010"`, `'0010`).
///
/// Doing it twice changes nothing. The Japanese long-vowel mark is a letter and stays.
pub fn code(raw: &str) -> Cow<'_, str> {
    let clean = text::cleaned(raw);
    let is_plain = clean.is_ascii() && !clean.starts_with(['=', '\'']);
    if is_plain || !clean.contains(|c| is_hyphen(c) || matches!(c, '=' | '\'' | '‘' | '’')) {
        return clean;
    }
    let hyphens: String = clean.chars().map(|c| if is_hyphen(c) { '-' } else { c }).collect();
    let mut code = hyphens;
    while let Some(inner) = unwrapped(&code) {
        code = text::clean(&inner);
    }
    Cow::Owned(code)
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{02d7}' | '\u{fe63}' | '\u{ff0d}')
}

/// The text within one `="…"`, or behind a leading apostrophe; `None` when there is neither or nothing within.
fn unwrapped(code: &str) -> Option<String> {
    if let Some(inner) = code.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        // An unquoted field keeps the doubled quotes: `=""0010""`.
        let inner = inner.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(inner);
        return (!inner.trim().is_empty()).then(|| inner.replace("\"\"", "\""));
    }
    let inner = code.strip_prefix(['\'', '‘', '’'])?;
    let inner = inner.strip_suffix(['\'', '‘', '’']).unwrap_or(inner);
    (!inner.trim().is_empty()).then(|| inner.to_owned())
}

/// In what two codes differ that a person or a spreadsheet may not tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lookalike {
    /// `qx-7` and `QX-7`.
    Case,
    /// `00417` and `417`; also `417.0` and `00417`.
    Zeros,
    /// `417.0` and `417`.
    PointZero,
    /// `4.17E+11` and `417000123456`, or `3.00E+08` and `3E8`.
    Scientific,
}

/// In what two different codes look alike; `None` when they are equal or not alike.
pub fn lookalike(a: &str, b: &str) -> Option<Lookalike> {
    if a == b {
        return None;
    }
    if without_point_zero(a) == without_point_zero(b) {
        return Some(Lookalike::PointZero);
    }
    if is_alike(a, b) {
        return Some(Lookalike::Case);
    }
    if is_alike(zeros_key(a), zeros_key(b)) {
        return Some(Lookalike::Zeros);
    }
    let is_reading = |written: &str, other: &str| {
        let Some(range) = scientific_range(written) else { return false };
        match (digits(other), scientific_range(other)) {
            (Some(number), _) => range.contains(&number),
            (None, Some(other)) => range.contains(other.start()) && range.contains(other.end()),
            (None, None) => false,
        }
    };
    (is_reading(a, b) || is_reading(b, a)).then_some(Lookalike::Scientific)
}

/// Codes that differ in case only have the same key.
pub fn case_key(code: &str) -> Cow<'_, str> {
    if code.is_ascii() {
        return match code.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(code.to_ascii_lowercase()),
            false => Cow::Borrowed(code),
        };
    }
    Cow::Owned(code.chars().flat_map(char::to_lowercase).collect())
}

/// Codes that differ only in leading zeros or in `.0` at the end have the same key. Case counts.
///
/// Zeros before a letter stay: `0A1` and `A1` are two codes.
pub fn zeros_key(code: &str) -> &str {
    let code = without_point_zero(code);
    let n_zeros = code.bytes().take_while(|byte| *byte == b'0').count();
    match code.as_bytes().get(n_zeros) {
        Some(next) if next.is_ascii_digit() => &code[n_zeros..],
        _ if n_zeros > 0 => &code[n_zeros - 1..],
        _ => code,
    }
}

/// The number of a code of digits only, for looking it up in a [`scientific_range`].
pub fn digits(code: &str) -> Option<u128> {
    (!code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit())).then(|| code.parse().ok())?
}

/// The numbers that a spreadsheet shows as `code`, when that is scientific notation: 1225 to 1235 for
/// `1.23E+03`.
///
/// A mantissa without decimals (`5E10`) stands for one number only, and may be a true code.
pub fn scientific_range(code: &str) -> Option<RangeInclusive<u128>> {
    let (mantissa, exponent) = code.split_once(['E', 'e'])?;
    let exponent: u32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok().filter(|power| *power <= 37)?;
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let n_decimals = u32::try_from(decimals.len()).ok()?;
    if whole.len() != 1 || n_decimals > exponent {
        return None;
    }
    let value = digits(whole)?.checked_mul(10_u128.checked_pow(n_decimals)?)?;
    let value = if decimals.is_empty() { value } else { value.checked_add(digits(decimals)?)? };
    let step = 10_u128.checked_pow(exponent - n_decimals)?;
    let exact = value.checked_mul(step)?;
    if decimals.is_empty() || step == 1 {
        return Some(exact..=exact);
    }
    Some(exact.saturating_sub(step / 2)..=exact.checked_add(step / 2)?)
}

/// `code` without `.0` behind digits.
fn without_point_zero(code: &str) -> &str {
    let Some((whole, decimals)) = code.split_once(['.', ',']) else { return code };
    let is_zero = !decimals.is_empty() && decimals.bytes().all(|byte| byte == b'0');
    if is_zero && !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit()) { whole } else { code }
}

fn is_alike(a: &str, b: &str) -> bool {
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    use super::*;

    #[test]
    fn one_code_in_many_forms() {
        for raw in [
            "KV-52-B",
            "KV‐52‐B",
            "KV‑52‑B",
            "KV–52–B",
            "KV—52―B",
            "KV−52﹣B",
            "ＫＶ－５２－Ｂ",
            " KV-52-B\u{a0}",
            "\u{feff}KV-\u{200b}52-B\u{200e}",
            "KV-5\u{ad}2-B",
            "=\"KV-52-B\"",
            "=\"\"KV-52-B\"\"",
            "'KV-52-B",
            "’KV-52-B",
            "'KV-52-B'",
        ] {
            assert_eq!(code(raw), "KV-52-B", "{raw:?}");
        }
        assert_eq!(code("=\"00731\""), "00731");
        assert_eq!(code("'00731"), "00731");
        assert_eq!(code("ローラー"), "ローラー");
        assert_eq!(code("ﾛｰﾗｰ"), "ローラー");
        assert_eq!(code("KV\u{2003}52"), "KV 52");
        for kept in ["'", "=\"\"", "=A1", "KV'52", "5\"", ""] {
            assert_eq!(code(kept), kept, "{kept:?}");
        }
    }

    #[test]
    fn twice_is_once() {
        const PARTS: [&str; 16] =
            ["=\"", "\"", "'", "’", "-", "–", "0", "A", " ", "\u{a0}", "\u{200b}", "\u{ad}", "ー", "=", "\"\"", "７"];
        let mut random = Xoshiro256PlusPlus::seed_from_u64(5);
        for _ in 0..50_000 {
            let raw: String = (0..random.gen_range(0..9)).map(|_| PARTS[random.gen_range(0..PARTS.len())]).collect();
            let once = code(&raw).into_owned();
            assert_eq!(code(&once), once, "from {raw:?}");
        }
    }

    #[test]
    fn lookalikes_are_named() {
        for (a, b, expected) in [
            ("qx-7", "QX-7", Lookalike::Case),
            ("Ölring", "ÖLRING", Lookalike::Case),
            ("Ｑx", "ＱX", Lookalike::Case),
            ("00417", "417", Lookalike::Zeros),
            ("0417-b", "417-B", Lookalike::Zeros),
            ("417.0", "00417", Lookalike::Zeros),
            ("000", "0", Lookalike::Zeros),
            ("417.0", "417", Lookalike::PointZero),
            ("417,00", "417", Lookalike::PointZero),
            ("4.17E+11", "417000123456", Lookalike::Scientific),
            ("417000123456", "4,17E+11", Lookalike::Scientific),
            ("1.00E+04", "9999", Lookalike::Scientific),
            ("7E8", "7.00E+08", Lookalike::Scientific),
            ("7E8", "700000000", Lookalike::Scientific),
            ("8.80012E+9", "8800118000", Lookalike::Scientific),
        ] {
            let found = lookalike(a, b);
            assert_eq!(found, Some(expected), "{a} {b}");
            assert_eq!(lookalike(b, a), Some(expected), "{b} {a}");
        }
        for (a, b) in [
            ("417", "417"),
            ("0A1", "A1"),
            ("7E8", "712345678"),
            ("4.17E+11", "418000123456"),
            ("QX-7", "QX7"),
            ("QX-1.0", "QX-1"),
            ("4.17E-11", "0"),
            ("E5", "5"),
            ("1.2E+99", "12"),
        ] {
            assert_eq!(lookalike(a, b), None, "{a} {b}");
        }
    }

    #[test]
    fn keys_find_what_is_named() {
        assert_eq!(case_key("QX-7ä"), case_key("qx-7Ä"));
        assert_eq!(zeros_key("00417"), zeros_key("417.0"));
        assert_eq!(zeros_key("0"), "0");
        assert_eq!(zeros_key(""), "");
        assert_eq!(zeros_key("00A"), zeros_key("00A"));
        assert_ne!(zeros_key("0A"), zeros_key("A"));
        assert!(scientific_range("1.23E+03").is_some_and(|range| range == (1225..=1235)));
    }
}
