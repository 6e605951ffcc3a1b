//! Rows of a table that are no data: rulers, repeated headers, totals, footers.
//!
//! A row is taken for one of them only where it could not be data: the columns that name what a row is about are empty
//! beside the word. Whoever asks counts such rows and lists them.

mod words;

use csv::StringRecord;
use serde::{Deserialize, Serialize};

use words::{FOOTERS, PAGES, ROW_COUNTS, TOTALS};

/// What a row is that is no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoData {
    /// A line of dashes or the like.
    Ruler,
    /// The column names once more, as at the top of a printed page.
    RepeatedHeader,
    /// A sum over the rows before it.
    Total,
    /// The end of a report, the number of a page, the number of rows.
    Footer,
}

/// Most cells that a footer has; a comma within it may split it.
const MAX_FOOTER_CELLS: usize = 3;
/// Longest text that is looked at.
const MAX_CHARACTERS: usize = 120;

impl NoData {
    /// Its code in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ruler => "ruler",
            Self::RepeatedHeader => "repeated_header",
            Self::Total => "total",
            Self::Footer => "footer",
        }
    }
}

/// What the row `fields` is instead of data, if it is none.
///
/// `header` holds the column names as they stand in the file; `key_columns` are the places of the columns that name
/// what a row is about: item, routing, operation, order.
pub fn classify(fields: &StringRecord, header: &[String], key_columns: &[usize]) -> Option<NoData> {
    let (first_at, first) = fields.iter().map(str::trim).enumerate().find(|(_, cell)| !cell.is_empty())?;
    // The usual row is decided by its first cell and its keys.
    if is_ruler_text(first) {
        if is_ruler(fields) {
            return Some(NoData::Ruler);
        }
    } else if header.get(first_at).is_some_and(|name| is_same(name, first)) && is_header(fields, header) {
        return Some(NoData::RepeatedHeader);
    }
    let n_keys = key_columns.iter().filter(|at| fields.get(**at).is_some_and(|cell| !cell.trim().is_empty())).count();
    if n_keys > 1 && key_columns.len() > 1 && n_keys > MAX_FOOTER_CELLS.min(key_columns.len() - 1) {
        return None;
    }
    if is_footer(fields) {
        return Some(NoData::Footer);
    }
    if n_keys <= 1 && is_total(fields, first_at, key_columns) {
        return Some(NoData::Total);
    }
    None
}

fn is_same(name: &str, cell: &str) -> bool {
    let name = name.trim();
    name.len() == cell.len() && (name == cell || name.eq_ignore_ascii_case(cell))
}

/// Whether at least four of five cells repeat their column name, and at least two where there are as many columns.
fn is_header(fields: &StringRecord, header: &[String]) -> bool {
    let filled = || fields.iter().map(str::trim).zip(header).filter(|(cell, _)| !cell.is_empty());
    let n_same = filled().filter(|(cell, name)| is_same(name, cell)).count();
    let n_names = header.iter().filter(|name| !name.trim().is_empty()).count();
    n_same >= n_names.min(2) && n_same * 5 >= filled().count() * 4
}

fn is_ruler_text(cell: &str) -> bool {
    const SIGNS: &str = "-=_+*|~#.: ─━═—–┌┬┐└┴┘├┼┤│┏┳┓┗┻┛┣╋┫┃╔╦╗╚╩╝╠╬╣║";
    cell.chars().all(|character| SIGNS.contains(character))
}

/// Whether all cells are rulers, and one of them is longer than the signs for "nothing" are.
fn is_ruler(fields: &StringRecord) -> bool {
    let filled = || fields.iter().map(str::trim).filter(|cell| !cell.is_empty());
    filled().all(is_ruler_text) && filled().any(|cell| cell.chars().filter(|sign| !sign.is_whitespace()).count() >= 3)
}

fn is_footer(fields: &StringRecord) -> bool {
    let mut cells = fields.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let Some(first) = cells.next() else { return false };
    let mut text = first.to_owned();
    for (at, cell) in cells.enumerate() {
        if at + 2 > MAX_FOOTER_CELLS {
            return false;
        }
        text.push(',');
        text.push_str(cell);
    }
    if text.chars().count() > MAX_CHARACTERS {
        return false;
    }
    let has_digit = text.chars().any(char::is_numeric);
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let inside = text.trim_matches(|c: char| c.is_whitespace() || "*-=_~#<>[](){}.—–".contains(c));
    let is_decorated = inside.len() + 2 <= text.len();
    let is_split = text != first;
    let small = inside.to_lowercase();
    // "10,rows" in two cells is no footer unless the first half opens a bracket or is a number.
    let is_whole = !is_split || first.starts_with('(') || first.chars().all(|c| c.is_ascii_digit());
    if has_digit && is_whole && ROW_COUNTS.contains(&letters.as_str()) {
        return is_decorated || first.contains(char::is_whitespace) || !letters.is_ascii();
    }
    if has_digit && !is_split && PAGES.contains(&letters.as_str()) {
        return true;
    }
    let is_numbered = text.starts_with('-') && text.ends_with('-') && has_digit && letters.is_empty();
    if is_numbered && !is_split && inside.chars().all(|c| c.is_ascii_digit() || c == '/' || c == ' ') {
        return true;
    }
    FOOTERS.iter().any(|(words, needs_decoration)| {
        small.strip_prefix(words).is_some_and(|rest| {
            let ends = rest.chars().next().is_none_or(|next| !next.is_alphanumeric() || !next.is_ascii());
            ends && if *needs_decoration { is_decorated && rest.is_empty() } else { true }
        })
    })
}

/// Whether the first cell or a key is a word for a sum, no other key is filled, and the rest are numbers.
fn is_total(fields: &StringRecord, first_at: usize, key_columns: &[usize]) -> bool {
    let cell = |at: usize| fields.get(at).map(str::trim).unwrap_or_default();
    let of = std::iter::once(first_at).chain(key_columns.iter().copied());
    // Where a row has several keys, one with a word for a sum and no other key is no data, whatever the sum is of.
    let has_keys = key_columns.len() > 1;
    let word_at = of.into_iter().find(|at| is_total_text(cell(*at)) || (has_keys && starts_total(cell(*at))));
    let Some(word_at) = word_at else { return false };
    let other_keys_are_empty = key_columns.iter().all(|at| *at == word_at || cell(*at).is_empty());
    let rest_are_numbers = fields.iter().enumerate().all(|(at, text)| {
        let text = text.trim();
        at == word_at || text.is_empty() || is_quantity(text) || is_total_text(text)
    });
    other_keys_are_empty && rest_are_numbers
}

/// `Subtotal L-3`
fn starts_total(cell: &str) -> bool {
    let Some((first, rest)) = cell.split_once(char::is_whitespace) else { return false };
    cell.len() <= MAX_CHARACTERS && !rest.trim().is_empty() && is_total_text(first)
}

/// A number, perhaps with a short unit or currency: `1,250`, `12.5 h`, `₩ 300`, `35개`.
fn is_quantity(text: &str) -> bool {
    let n_letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let n_digits = text.chars().filter(|c| c.is_numeric()).count();
    let is_nothing = text.chars().all(|c| !c.is_alphanumeric());
    let starts_well = text.chars().next().is_some_and(|c| !c.is_alphabetic());
    is_nothing || (n_digits > 0 && n_letters == 0) || (starts_well && n_digits > 0 && n_letters <= 4)
}

/// `Total`, `** 소계 **`, `Zwischensumme:`, `L-3 합계`, `Total for L-3`, `소계 (L-3)`, but not `TOTAL-1`, `Total station`.
fn is_total_text(cell: &str) -> bool {
    if cell.is_empty() || cell.chars().count() > MAX_CHARACTERS {
        return false;
    }
    let text = cell.trim_matches(|c: char| c.is_whitespace() || "*=<>[](){}:：.-_#".contains(c)).to_lowercase();
    let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // "sub-total", "sub total" and "subtotal" are one word; a code such as "total-1" is none.
    if TOTALS.contains(&joined.replace('-', "").as_str()) {
        return true;
    }
    let is_word = |word: &str| TOTALS.contains(&word.trim_matches(|c: char| "*<>[]():：.".contains(c)));
    let Some((head, last)) = text.rsplit_once(char::is_whitespace) else {
        return text.split_once([':', '：', '(']).is_some_and(|(head, _)| is_word(head.trim()));
    };
    if is_word(last) && !last.is_empty() {
        return head.chars().any(char::is_numeric) || !last.is_ascii() || head.split_whitespace().all(is_word);
    }
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
    let links = ["for ", "of ", "für ", "von ", "de ", "del ", "para ", "por ", "(", "[", ":", "- "];
    let is_bound = links.iter().any(|link| rest.trim_start().starts_with(link));
    let is_ended = first.ends_with([':', '：']) || cell.trim_start().starts_with(['*', '<', '[']);
    is_word(first) && (is_bound || is_ended || rest.chars().next().is_some_and(char::is_numeric))
}

#[cfg(test)]
mod tests;
