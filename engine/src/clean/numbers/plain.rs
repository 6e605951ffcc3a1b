//! One number without grouping and with a decimal point, in a buffer on the stack.

use super::Decimal;

/// Longest number that is read, in bytes; a 64-bit float printed in full has fewer.
pub const MAX_BYTES: usize = 80;

/// `text` with its signs, digits and blanks as ASCII, in `buffer` when they are not yet; `None` when it is too long or
/// has other characters.
pub fn ascii<'a>(text: &'a str, buffer: &'a mut [u8; MAX_BYTES]) -> Option<&'a str> {
    let text = text.trim();
    if text.is_ascii() {
        return (text.len() <= MAX_BYTES).then_some(text);
    }
    let mut n_bytes = 0;
    for character in text.chars() {
        let plain = match character {
            ' '..='~' => character as u8,
            '０'..='９' => b'0' + u8::try_from(u32::from(character) - u32::from('０')).ok()?,
            '．' => b'.',
            '，' => b',',
            '’' | '＇' => b'\'',
            '−' | '－' | '‐' | '‑' | '–' => b'-',
            '＋' => b'+',
            '（' => b'(',
            '）' => b')',
            _ if character.is_whitespace() => b' ',
            _ => return None,
        };
        *buffer.get_mut(n_bytes)? = plain;
        n_bytes += 1;
    }
    std::str::from_utf8(&buffer[..n_bytes]).ok()
}

/// A number as Rust reads it.
pub struct Plain {
    bytes: [u8; MAX_BYTES],
    n_bytes: usize,
}

impl Plain {
    /// Reads digits without a sign; `None` when they are no number with this decimal sign.
    ///
    /// Groups have three digits each behind a first one of one to three, with one kind of separator; the first group
    /// does not begin with zero. With a decimal point, commas may also group as in India.
    pub fn read(digits: &str, decimal: Decimal) -> Option<Self> {
        let (mantissa, exponent) = match digits.find(['e', 'E']) {
            Some(at) => (&digits[..at], &digits[at..]),
            None => (digits, ""),
        };
        let (point, group) = match decimal {
            Decimal::Point => ('.', ','),
            Decimal::Comma => (',', '.'),
        };
        let (whole, decimals) = match mantissa.split_once(point) {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (mantissa, None),
        };
        let decimals_text = decimals.unwrap_or("");
        if !is_digits(decimals_text) || (whole.is_empty() && decimals_text.is_empty()) || !is_exponent(exponent) {
            return None;
        }
        let mut plain = Self { bytes: [0; MAX_BYTES], n_bytes: 0 };
        if is_digits(whole) {
            plain.push(whole);
        } else {
            let separator = [group, ' ', '\''].into_iter().find(|separator| whole.contains(*separator))?;
            if !exponent.is_empty() || !is_grouped(whole, separator, decimal) {
                return None;
            }
            whole.split(separator).for_each(|part| plain.push(part));
        }
        if decimals.is_some() {
            plain.push(".");
            plain.push(decimals_text);
        }
        plain.push(exponent);
        Some(plain)
    }

    /// The number as Rust reads it.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.n_bytes]).expect("only parts of a text were copied")
    }

    /// The parts together are never longer than the number that they are of.
    fn push(&mut self, part: &str) {
        let end = (self.n_bytes + part.len()).min(MAX_BYTES);
        let n_bytes = end - self.n_bytes;
        self.bytes[self.n_bytes..end].copy_from_slice(&part.as_bytes()[..n_bytes]);
        self.n_bytes = end;
    }
}

fn is_grouped(whole: &str, separator: char, decimal: Decimal) -> bool {
    let is_comma_in_point = separator == ',' && decimal == Decimal::Point;
    is_grouped_by(whole, separator, 3) || (is_comma_in_point && is_grouped_by(whole, separator, 2))
}

/// Whether the groups between the first and the last one, which has three digits, have `n_digits` each.
fn is_grouped_by(whole: &str, separator: char, n_digits: usize) -> bool {
    let Some((rest, last)) = whole.rsplit_once(separator) else { return false };
    let mut parts = rest.split(separator);
    let Some(first) = parts.next() else { return false };
    (1..=n_digits).contains(&first.len())
        && is_digits(first)
        && !first.starts_with('0')
        && last.len() == 3
        && is_digits(last)
        && parts.all(|part| part.len() == n_digits && is_digits(part))
}

fn is_exponent(text: &str) -> bool {
    let Some(power) = text.strip_prefix(['e', 'E']) else { return text.is_empty() };
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    (1..=3).contains(&power.len()) && is_digits(power)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
