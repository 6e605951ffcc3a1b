//! The row of column names among the first rows of a table.

use super::columns;
use crate::clean::time_units::unit_of;
use crate::clean::units::{self, Unit};

/// Rows among which it is looked for.
const N_ROWS: usize = 20;

/// Where a header stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place among the rows.
    pub at: usize,
    /// The place of the other row of a header of two rows, right above or below.
    pub second: Option<usize>,
}

/// The header among `rows`, the first rows that are not blank; `score` counts the names that it recognises in a row.
///
/// `None` when no row looks like column names, as in a file that begins with data.
pub fn find(rows: &[&[String]], score: &dyn Fn(&[String]) -> usize) -> Option<Found> {
    let width = usual_width(rows);
    let could_be = |at: &usize| could_be_names(rows[*at]) && n_filled(rows[*at]) * 2 >= width;
    let first = (0..rows.len().min(N_ROWS)).find(could_be)?;
    let mut best: Option<(usize, usize)> = None;
    for at in (first..rows.len().min(N_ROWS)).filter(could_be) {
        let n_known = score(rows[at]);
        // A name or two within a row of data make no header of it.
        let is_enough = at == first || n_known >= 2 || n_known == n_filled(rows[at]);
        if n_known > 0 && is_enough && best.is_none_or(|(_, known)| n_known > known) {
            best = Some((at, n_known));
        }
    }
    if best.is_none() {
        // Nobody knows these names: they are names all the same where the rows below look different.
        let wide = (first..rows.len().min(N_ROWS))
            .find(|at| could_be_names(rows[*at]) && n_filled(rows[*at]) * 4 >= width * 3)?;
        best = is_unlike_below(rows, wide).then_some((wide, 0));
    }
    best.map(|(at, _)| stated(rows, at, score))
}

/// The header whose place is known, with the second row that may belong to it.
pub fn stated(rows: &[&[String]], at: usize, score: &dyn Fn(&[String]) -> usize) -> Found {
    let n_filled_here = n_filled(rows[at]);
    let below = rows.get(at + 1).filter(|row| is_second_below(row, score));
    let above = at.checked_sub(1).filter(|above| {
        let row = rows[*above];
        could_be_names(row) && n_filled(row) > 1 && n_filled(row) * 2 >= n_filled_here && !is_sentence(row)
    });
    Found { at, second: below.map(|_| at + 1).or(above) }
}

/// `names` with the units of a second row behind those that have none: `Setup` over `[h]` is `Setup (h)`.
pub fn with_units(names: Vec<String>, second: &[String]) -> Vec<String> {
    if !filled(second).all(is_unit_or_type) {
        return names;
    }
    let of = |(at, name): (usize, String)| {
        let word = second.get(at).map_or("", |cell| cell.trim()).trim_matches(['(', ')', '[', ']']).trim();
        let is_unit = !word.is_empty()
            && (unit_of(word).is_some() || matches!(units::parse(word), Unit::Length(_) | Unit::Mass(_)));
        let has_unit = columns::in_header(&name).unit.is_some();
        if is_unit && !has_unit && !name.trim().is_empty() { format!("{} ({word})", name.trim()) } else { name }
    };
    names.into_iter().enumerate().map(of).collect()
}

/// Names again, mostly recognised ones, or nothing but units and types.
fn is_second_below(row: &[String], score: &dyn Fn(&[String]) -> usize) -> bool {
    let n = n_filled(row);
    let all_units = n > 0 && filled(row).all(is_unit_or_type);
    if n < 2 {
        return all_units;
    }
    let n_known = score(row);
    (could_be_names(row) && n_known >= 2 && n_known * 2 >= n) || all_units
}

/// Fields that most rows have.
fn usual_width(rows: &[&[String]]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(|row| n_filled(row)).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or(0)
}

fn filled(row: &[String]) -> impl Iterator<Item = &str> {
    row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

fn n_filled(row: &[String]) -> usize {
    filled(row).count()
}

/// Text in all cells that have something, and hardly the same one twice: a title over merged cells repeats itself.
fn could_be_names(row: &[String]) -> bool {
    let cells: Vec<&str> = filled(row).collect();
    let n_distinct = cells.iter().enumerate().filter(|(at, cell)| !cells[..*at].contains(cell)).count();
    !cells.is_empty() && cells.iter().all(|cell| is_name(cell)) && n_distinct * 3 >= cells.len() * 2
}

/// Whether a cell could be a column name: short, with a letter, and no number, date or time.
fn is_name(cell: &str) -> bool {
    cell.chars().count() <= 80 && cell.chars().any(char::is_alphabetic) && !is_value(cell)
}

/// Digits with signs around them and hardly a letter: `2024-05-02`, `12,5`, `08:11`, `1.2E+05`.
fn is_value(cell: &str) -> bool {
    let n_digits = cell.chars().filter(|character| character.is_numeric()).count();
    let n_letters = cell.chars().filter(|character| character.is_alphabetic()).count();
    n_digits > 0 && (n_letters == 0 || n_digits > 2 * n_letters && n_letters <= 1)
}

/// A title in parts: a date, a clock time or a colon with something behind it.
fn is_sentence(row: &[String]) -> bool {
    filled(row).any(|cell| {
        let behind_colon = cell.split_once([':', '：']).is_some_and(|(_, rest)| !rest.trim().is_empty());
        behind_colon || cell.chars().filter(char::is_ascii_digit).count() >= 6
    })
}

/// Whether in at least one column a cell without digits stands over values with digits, and in no column the reverse.
fn is_unlike_below(rows: &[&[String]], at: usize) -> bool {
    let has_digit = |cell: &str| cell.chars().any(char::is_numeric);
    let below = &rows[at + 1..];
    if below.is_empty() {
        return false;
    }
    let mut n_unlike = 0;
    for (column, name) in rows[at].iter().enumerate().filter(|(_, name)| !name.trim().is_empty()) {
        let values: Vec<&str> = below
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let n_with = values.iter().filter(|value| has_digit(value)).count();
        if !values.is_empty() && n_with * 10 >= values.len() * 8 && !has_digit(name) {
            n_unlike += 1;
        }
    }
    n_unlike > 0
}

/// `(min)`, `[mm]`, `varchar(20)`, `h`.
fn is_unit_or_type(cell: &str) -> bool {
    const WORDS: [&str; 30] = [
        "min", "mins", "minutes", "h", "hr", "hrs", "hours", "s", "sec", "std", "mm", "cm", "m", "kg", "g", "ea", "pc",
        "pcs", "stk", "분", "시간", "초", "개", "text", "string", "number", "date", "integer", "float", "decimal",
    ];
    let is_bracketed = (cell.starts_with('(') && cell.ends_with(')')) || (cell.starts_with('[') && cell.ends_with(']'));
    let small = cell.to_lowercase();
    let is_type = ["varchar", "nvarchar", "char(", "nchar(", "decimal(", "numeric(", "number(", "int(", "datetime"]
        .iter()
        .any(|kind| small.starts_with(kind));
    // A number in brackets is a negative value.
    is_bracketed && !cell.chars().any(char::is_numeric) || is_type || WORDS.contains(&small.as_str())
}

#[cfg(test)]
mod tests;
