//! What a spreadsheet shows for a number, by its number format.
//!
//! Only as much of the format language as the import needs: whether a number is a date or a duration, and whether the
//! format adds zeros or characters that make it a code (`0000000`, `00-000`, `"P-"0000`).

use super::plain::plain_number;

mod parse;

use parse::{Condition, Look, Pattern, Section, Token};

/// One number format, ready to be applied to many numbers.
#[derive(Clone, Debug)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
}

/// How a number is to be read under its format.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reading {
    /// General: the number itself.
    General,
    /// A number with a date format.
    Date,
    /// A format with hours, minutes or seconds but no day.
    Clock,
    /// A duration that counts on beyond a day.
    Elapsed,
    /// A code: the format adds zeros or separators, and nothing of the number is lost.
    Padded(String),
    /// Shown differently (thousands, units, rounding), but meant as the number.
    Shown(String),
    /// Shown as the plain number.
    Same,
    /// The format is not understood; the number is known all the same.
    Unknown,
}

impl NumberFormat {
    /// The format written as `code` in the file.
    pub(super) fn parse(code: &str) -> Self {
        Self { sections: parse::sections(code) }
    }

    /// One of the formats that have a number instead of a code.
    pub(super) fn built_in(id: u32) -> Self {
        let code = match id {
            0 => "General",
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            5..=8 | 37..=44 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 | 48 => "0.00E+00",
            12 | 13 => "# ?/?",
            14..=17 => "yyyy-mm-dd",
            18..=21 => "h:mm:ss",
            22 => "yyyy-mm-dd h:mm",
            // In some languages 34, 35, 55 and 56 are dates, in others times of day: the size of the number tells.
            32..=35 | 55 | 56 => "h:mm",
            27..=31 | 36 | 50..=54 | 57 | 58 => "yyyy-mm-dd",
            45 | 47 => "mm:ss",
            46 => "[h]:mm:ss",
            49 => "@",
            _ => "",
        };
        Self::parse(code)
    }

    /// How `value` is read and shown.
    pub(super) fn read(&self, value: f64) -> Reading {
        let Some((section, is_by_sign)) = self.section(value) else { return Reading::Unknown };
        match &section.look {
            Look::General => Reading::General,
            Look::Text => Reading::Same,
            Look::Date => Reading::Date,
            Look::Clock => Reading::Clock,
            Look::Elapsed => Reading::Elapsed,
            Look::Unknown => Reading::Unknown,
            Look::Number(pattern) => show(pattern, value, is_by_sign),
        }
    }

    /// The section for `value`, and whether it was chosen for negative numbers (which then show no sign).
    fn section(&self, value: f64) -> Option<(&Section, bool)> {
        let sections = &self.sections;
        if sections.iter().any(|section| section.condition.is_some()) {
            let holds =
                |section: &&Section| section.condition.is_none_or(|condition: Condition| condition.holds(value));
            return sections.iter().find(holds).map(|section| (section, false));
        }
        // The fourth section is for texts.
        Some(match sections.len() {
            0 => return None,
            1 => (&sections[0], false),
            2 => (&sections[usize::from(value < 0.0)], value < 0.0),
            _ if value < 0.0 => (&sections[1], true),
            _ if value == 0.0 => (&sections[2], false),
            _ => (&sections[0], false),
        })
    }
}

fn show(pattern: &Pattern, value: f64, is_by_sign: bool) -> Reading {
    let scaled = if pattern.is_percent { value * 100.0 } else { value };
    if !scaled.is_finite() || scaled.abs() >= 1e21 {
        return Reading::Unknown;
    }
    let digits = format!("{:.*}", pattern.n_decimals, scaled.abs());
    let is_whole_value = digits.parse() == Ok(scaled.abs());
    let (integer, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut shown = String::new();
    if value < 0.0 && !is_by_sign && digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        shown.push('-');
    }
    integer_part(pattern, integer.trim_start_matches('0'), &mut shown);
    fraction_part(pattern, fraction, &mut shown);
    if shown == plain_number(value) {
        Reading::Same
    } else if pattern.is_code() && is_whole_value && (value >= 0.0 || !is_by_sign) {
        Reading::Padded(shown)
    } else {
        Reading::Shown(shown)
    }
}

/// Digits go to their places from the right; what is left over goes before the first place.
fn integer_part(pattern: &Pattern, digits: &str, shown: &mut String) {
    let tokens = &pattern.integer;
    let first_place = tokens.iter().position(|token| !matches!(token, Token::Literal(_)));
    let mut left = digits.bytes().rev().peekable();
    let mut n_placed = 0;
    let mut reversed: Vec<char> = Vec::with_capacity(digits.len() + tokens.len());
    let mut place = |digit: u8, reversed: &mut Vec<char>| {
        if pattern.is_grouped && n_placed > 0 && n_placed % 3 == 0 {
            reversed.push(',');
        }
        n_placed += 1;
        reversed.push(char::from(digit));
    };
    for (token_idx, token) in tokens.iter().enumerate().rev() {
        match token {
            // Between two places, only if a digit still comes before it.
            Token::Literal(text) => {
                let is_inside = first_place.is_some_and(|first| token_idx > first)
                    && tokens[token_idx..].iter().any(|token| !matches!(token, Token::Literal(_)));
                let zero_before = tokens[..token_idx].iter().any(|token| matches!(token, Token::Zero));
                if !is_inside || left.peek().is_some() || zero_before {
                    reversed.extend(text.chars().rev());
                }
            }
            Token::Zero => place(left.next().unwrap_or(b'0'), &mut reversed),
            Token::Optional => {
                if let Some(digit) = left.next() {
                    place(digit, &mut reversed);
                }
            }
        }
        if first_place == Some(token_idx) {
            for digit in left.by_ref() {
                place(digit, &mut reversed);
            }
        }
    }
    if first_place.is_none() {
        reversed.extend(left.map(char::from));
    }
    shown.extend(reversed.iter().rev());
}

fn fraction_part(pattern: &Pattern, digits: &str, shown: &mut String) {
    let mut kept = digits;
    for token in pattern.fraction.iter().rev() {
        match token {
            Token::Optional if kept.ends_with('0') => kept = &kept[..kept.len() - 1],
            Token::Literal(_) => {}
            _ => break,
        }
    }
    let mut left = kept.chars();
    if !kept.is_empty() {
        shown.push('.');
    }
    for token in &pattern.fraction {
        match token {
            Token::Literal(text) => shown.push_str(text),
            Token::Zero | Token::Optional => shown.extend(left.next()),
        }
    }
}

#[cfg(test)]
mod tests;
