//! Text as people read it: one form for each character, no stray blanks, one way to say "nothing".

use std::borrow::Cow;

/// Ways in which tables say "nothing here", in lower case.
const MISSING: [&str; 15] = [
    "",
    "null",
    "(null)",
    "<null>",
    "nil",
    "n/a",
    "#n/a",
    "na",
    "nan",
    "none",
    "-",
    "--",
    "---",
    "해당없음",
    "해당 없음",
];

/// `raw` in Unicode form NFKC (full-width letters and blanks become plain ones), without control characters and
/// without those that nobody sees, trimmed, with runs of blanks as one blank.
pub fn clean(raw: &str) -> String {
    cleaned(raw).into_owned()
}

/// The same as [`clean`]; text that is clean already is not copied.
pub fn cleaned(raw: &str) -> Cow<'_, str> {
    if is_plain(raw) {
        return Cow::Borrowed(raw);
    }
    let visible = raw.chars().filter_map(|character| match character {
        // These are drawn as a blank although Unicode counts them as letters.
        '\u{3164}' | '\u{ffa0}' | '\u{2800}' => Some(' '),
        _ if is_invisible(character) => None,
        _ if character.is_control() => Some(' '),
        _ => Some(character),
    });
    let mut out = String::with_capacity(raw.len());
    for character in nfkc(visible.collect()).chars() {
        if character.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(character);
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    Cow::Owned(out)
}

/// Whether a character only formats: zero width, byte order mark, soft hyphen, direction mark, variation selector.
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(not(target_arch = "wasm32"))]
fn nfkc(text: String) -> String {
    unicode_normalization::UnicodeNormalization::nfkc(text.as_str()).collect()
}

/// The browser has the tables of the standard already; carrying them along would cost 40 KB of the first load.
#[cfg(target_arch = "wasm32")]
fn nfkc(text: String) -> String {
    js_sys::JsString::from(text).normalize("NFKC").into()
}

/// Whether there is certainly nothing to clean: printable ASCII or Hangul with single blanks inside.
fn is_plain(raw: &str) -> bool {
    let mut after_blank = true;
    for character in raw.chars() {
        match character {
            '!'..='~' | '가'..='힣' => after_blank = false,
            ' ' if !after_blank => after_blank = true,
            _ => return false,
        }
    }
    !after_blank || raw.is_empty()
}

/// Whether cleaned text stands for "nothing": empty, `NULL`, `N/A`, `NA`, `nan`, `none`, `-` …, in any case.
pub fn is_missing(clean: &str) -> bool {
    clean.len() <= 16 && MISSING.iter().any(|missing| clean.eq_ignore_ascii_case(missing))
}

/// Cleaned text, or `None` where it stands for "nothing".
pub fn known(raw: &str) -> Option<String> {
    let text = clean(raw);
    (!is_missing(&text)).then_some(text)
}

/// Name of an attribute from a column header: lower snake case of its letters and digits, in any script.
///
/// `ITEM_GRP1` → `item_grp1`, `SealTypeGrup` → `seal_type_grup`, `Ø außen [mm]` → `ø_außen_mm`.
pub fn attribute_name(header: &str) -> String {
    let mut name = String::with_capacity(header.len() + 4);
    let mut after_lower = false;
    for character in clean(header).chars() {
        if character.is_alphanumeric() {
            if after_lower && character.is_uppercase() {
                name.push('_');
            }
            after_lower = character.is_lowercase();
            // Lower case of one letter can bring a combining mark along, which is no part of a name.
            name.extend(character.to_lowercase().filter(|lower| lower.is_alphanumeric()));
        } else {
            after_lower = false;
            if !name.is_empty() && !name.ends_with('_') {
                name.push('_');
            }
        }
    }
    name.truncate(name.trim_end_matches('_').len());
    name
}

/// Whether `-` is a value of this attribute: in a revision it means "the first one".
pub fn dash_is_a_value(attribute: &str) -> bool {
    attribute.split('_').any(|word| matches!(word, "rev" | "revision" | "rev번호" | "도면개정" | "개정"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_letters_and_blanks_become_plain() {
        assert_eq!(clean("\u{3000}ＡＢＣ－１２\u{3000}\u{3000}３ "), "ABC-12 3");
        assert_eq!(clean("  CNC\t황삭\r\n1차 "), "CNC 황삭 1차");
        assert_eq!(clean("\u{feff}A\u{200b}B"), "AB");
        assert_eq!(clean("plain"), "plain");
    }

    #[test]
    fn what_nobody_sees_is_dropped() {
        for mark in ['\u{200e}', '\u{202d}', '\u{2066}', '\u{2069}', '\u{fe0f}', '\u{180e}', '\u{e0101}', '\u{ad}'] {
            assert_eq!(clean(&format!("{mark}QX{mark}-7{mark}")), "QX-7", "{mark:?}");
        }
        assert_eq!(clean("QX\u{3164}7"), "QX 7");
        assert_eq!(clean("\u{ffa0}QX"), "QX");
        assert!(matches!(cleaned("QX 7 연삭"), Cow::Borrowed(_)));
    }

    #[test]
    fn many_spellings_of_nothing() {
        for raw in ["", "  ", "NULL", "null", "N/A", "#N/A", "NA", "NaN", "None", "-", " － ", "해당없음"] {
            assert_eq!(known(raw), None, "{raw:?}");
        }
        for raw in ["0", "X", "NAB", "-1", "--대기", "NULLSTELLE"] {
            assert!(known(raw).is_some(), "{raw:?}");
        }
    }

    #[test]
    fn attribute_names_are_snake_case_in_any_script() {
        assert_eq!(attribute_name("ITEM_GRP1"), "item_grp1");
        assert_eq!(attribute_name("SealTypeGrup"), "seal_type_grup");
        assert_eq!(attribute_name(" Outer Dia. (mm) "), "outer_dia_mm");
        assert_eq!(attribute_name("Volumen[mm^3]"), "volumen_mm_3");
        assert_eq!(attribute_name("외경 / 단위"), "외경_단위");
        assert_eq!(attribute_name("ＯＤ"), "od");
        assert_eq!(attribute_name(" - "), "");
    }
}
