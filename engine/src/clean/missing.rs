//! Words for nothing, by the kind of column that they stand in.
//!
//! `NA` is nothing in a column of dates and a code in a column of jobs. Where a word means "not decided yet" in a
//! column of numbers (`TBD`), it is no word for nothing: the cell is unreadable and the plant should hear of it.

/// What a column holds, as far as words for nothing depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellKind {
    /// A code without which the row says nothing: item, routing, operation.
    Key,
    /// Any other code: job, work centre, revision.
    Code,
    /// What people call an item or an operation.
    Name,
    /// Any other text, such as an attribute.
    Text,
    /// A number or quantity.
    Number,
    /// A day.
    Date,
    /// Yes or no.
    Flag,
    /// A time such as minutes.
    Duration,
}

/// Longest word for nothing, in bytes.
const MAX_BYTES: usize = 24;

/// What databases and spreadsheets write for nothing; no plant has such a code.
const OF_PROGRAMS: [&str; 12] =
    ["\\n", "null", "(null)", "<null>", "[null]", "#null", "(none)", "<none>", "(blank)", "<na>", "#nv", "#n/d"];

/// Words of people and programs that may as well be a code or a category.
const WORDS: [&str; 49] = [
    "na",
    "n/a",
    "n.a.",
    "n.a",
    "n. a.",
    "(n/a)",
    "nan",
    "none",
    "nil",
    "empty",
    "blank",
    "not applicable",
    "not available",
    "unknown",
    "keine",
    "kein",
    "keiner",
    "keine angabe",
    "k.a.",
    "k. a.",
    "entfällt",
    "leer",
    "nicht vorhanden",
    "unbekannt",
    "ninguno",
    "ninguna",
    "no aplica",
    "no disponible",
    "sin datos",
    "desconocido",
    "vacío",
    "없음",
    "해당없음",
    "해당 없음",
    "해당사항없음",
    "해당사항 없음",
    "미상",
    "无",
    "無",
    "空",
    "没有",
    "不适用",
    "不適用",
    "未知",
    "不明",
    "なし",
    "無し",
    "該当なし",
    "該当無し",
];

/// "None" in answer to a question: in a column of yes and no it may mean "no".
const MAY_MEAN_NO: [&str; 19] = [
    "none", "nil", "keine", "kein", "keiner", "ninguno", "ninguna", "없음", "无", "無", "没有", "なし", "無し", "na",
    "-", "--", "---", "_", "/",
];

/// "Not decided yet".
const NOT_YET: [&str; 14] = [
    "tbd",
    "t.b.d.",
    "tba",
    "to be determined",
    "open",
    "offen",
    "noch offen",
    "pendiente",
    "미정",
    "未定",
    "待定",
    "추후",
    "未確定",
    "n.n.",
];

/// Whether cleaned text stands for nothing in a column of this `kind`.
///
/// In columns of codes only what no plant uses as a code is missing: empty cells, marks such as `-` and `?`, `NULL`
/// and the error cells of spreadsheets. In a column of yes and no, `none` and `-` are left to who reads the answer.
pub fn is_missing(clean: &str, kind: CellKind) -> bool {
    let Some(first) = clean.bytes().next() else { return true };
    if first.is_ascii_digit() || clean.len() > MAX_BYTES {
        return false;
    }
    if matches!(first, b'#' | b'E') && is_excel_error(clean) {
        return true;
    }
    // No word for nothing has a digit, and most codes do.
    if clean.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    match kind {
        // A plant was seen to have the item `..`.
        CellKind::Key if clean == ".." => false,
        CellKind::Key | CellKind::Code => is_marks_only(clean) || is_in(clean, &OF_PROGRAMS),
        CellKind::Flag => (is_word(clean) || is_marks_only(clean)) && !is_in(clean, &MAY_MEAN_NO),
        CellKind::Number | CellKind::Duration | CellKind::Name => is_word(clean) || is_marks_only(clean),
        CellKind::Text | CellKind::Date => is_word(clean) || is_marks_only(clean) || is_in(clean, &NOT_YET),
    }
}

/// Whether a word for nothing may as well be a value, as `NA` where it names a group of items.
///
/// One column that holds it in many rows uses it as a value; who sees the whole column counts.
pub fn is_ambiguous_missing(clean: &str) -> bool {
    clean.len() <= MAX_BYTES && !clean.is_empty() && (is_in(clean, &WORDS) || is_in(clean, &NOT_YET) || clean == "-")
}

/// Whether cleaned text is an error cell of a spreadsheet: `#REF!`, `#DIV/0!`, `#N/A`, `#WERT!`, `Err:502`, `####`.
pub fn is_excel_error(clean: &str) -> bool {
    let Some(inner) = clean.strip_prefix('#') else {
        return clean.strip_prefix("Err:").is_some_and(|rest| rest.len() == 3 && is_digits(rest));
    };
    if inner.len() > MAX_BYTES {
        return false;
    }
    if inner.len() >= 2 && inner.bytes().all(|byte| byte == b'#') {
        return true;
    }
    let name = inner.trim_start_matches(['¡', '¿']);
    let ends =
        name.ends_with(['!', '?']) && name.chars().rev().skip(1).all(|c| c.is_alphabetic() || c == '/' || c == '0');
    (ends && name.len() >= 4) || is_in(inner, &["n/a", "nv", "n/d", "n/v", "getting_data", "na"])
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Only dashes, question marks, dots and the like, which people put where a cell must not stay empty.
fn is_marks_only(clean: &str) -> bool {
    clean.chars().all(|c| matches!(c, '-' | '–' | '—' | '―' | '‐' | '−' | '_' | '.' | '?' | '/' | '·' | '…' | '~'))
}

fn is_word(clean: &str) -> bool {
    is_in(clean, &WORDS) || is_in(clean, &OF_PROGRAMS)
}

/// Whether `clean` is one of `words` in any case; `words` are in lower case.
fn is_in(clean: &str, words: &[&str]) -> bool {
    let is_ascii = clean.is_ascii();
    words.iter().filter(|word| word.len() == clean.len()).any(|word| {
        clean.eq_ignore_ascii_case(word) || (!is_ascii && clean.chars().flat_map(char::to_lowercase).eq(word.chars()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_words_that_may_be_codes() {
        for kind in [CellKind::Key, CellKind::Code] {
            for word in
                ["NA", "na", "NONE", "NIL", "NaN", "N/A", "KEINE", "LEER", "OPEN", "TBA", "無", "없음", "A-", "#12"]
            {
                assert!(!is_missing(word, kind), "{word:?} in {kind:?}");
            }
            for word in
                ["", "-", "--", "—", "?", "???", ".", "\\N", "NULL", "(null)", "<NULL>", "#N/A", "#NAME?", "#NV"]
            {
                assert!(is_missing(word, kind), "{word:?} in {kind:?}");
            }
        }
    }

    #[test]
    fn numbers_dates_and_texts_know_many_words() {
        for kind in [CellKind::Number, CellKind::Date, CellKind::Text, CellKind::Name, CellKind::Duration] {
            for word in [
                "",
                "\\N",
                "Null",
                "n/a",
                "N.A.",
                "NA",
                "nan",
                "None",
                "#NV",
                "#WERT!",
                "#DIV/0!",
                "-",
                "---",
                "?",
                "ENTFÄLLT",
                "k.A.",
                "Ninguno",
                "해당없음",
                "없음",
                "无",
                "なし",
                "該当なし",
                "Unbekannt",
                "NIL",
            ] {
                assert!(is_missing(word, kind), "{word:?} in {kind:?}");
            }
            for word in ["0", "-1", "0.0", "NAB", "-A", "see drawing", "X", "nullius", "12?"] {
                assert!(!is_missing(word, kind), "{word:?} in {kind:?}");
            }
        }
    }

    #[test]
    fn what_is_not_decided_yet_is_unreadable_as_a_number() {
        for word in ["TBD", "미정", "offen", "未定"] {
            assert!(!is_missing(word, CellKind::Number) && !is_missing(word, CellKind::Duration), "{word:?}");
            assert!(is_missing(word, CellKind::Date) && is_missing(word, CellKind::Text), "{word:?}");
        }
    }

    #[test]
    fn an_answer_of_none_is_no_missing_answer() {
        for word in ["none", "없음", "keine", "なし", "-"] {
            assert!(!is_missing(word, CellKind::Flag), "{word:?}");
        }
        for word in ["", "NULL", "n/a", "?", "해당없음"] {
            assert!(is_missing(word, CellKind::Flag), "{word:?}");
        }
    }

    #[test]
    fn error_cells_in_any_language() {
        for cell in [
            "#REF!",
            "#NUM!",
            "#NAME?",
            "#DIV/0!",
            "#SPILL!",
            "#BEZUG!",
            "#ÜBERLAUF!",
            "#¡VALOR!",
            "#¿NOMBRE?",
            "#N/D",
            "Err:508",
            "########",
        ] {
            assert!(is_excel_error(cell), "{cell:?}");
        }
        for cell in ["#", "#1", "#12-A", "#1!", "# 4?", "Err:", "Err:ABC", "REF!", "#A"] {
            assert!(!is_excel_error(cell), "{cell:?}");
        }
    }

    #[test]
    fn words_that_may_be_values() {
        for word in ["NA", "none", "-", "없음", "OPEN"] {
            assert!(is_ambiguous_missing(word), "{word:?}");
        }
        for word in ["", "NULL", "\\N", "#REF!", "SEAL"] {
            assert!(!is_ambiguous_missing(word), "{word:?}");
        }
    }
}
