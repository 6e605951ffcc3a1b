//! Several machines in one cell.

use std::borrow::Cow;
use std::collections::HashSet;

/// Marks that stand between machines.
const MARKS: [char; 9] = [',', ';', '/', '|', '\n', '、', '，', '；', '+'];

/// The machines of a cell, in its order; blanks around them are dropped.
pub fn split(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(MARKS).map(str::trim).filter(|part| !part.is_empty())
}

/// The same with a mark between the lines of a cell, which cleaning would join by blanks.
pub fn in_one_line(cell: &str) -> Cow<'_, str> {
    let is_broken = |c: char| matches!(c, '\n' | '\r');
    if !cell.trim().contains(is_broken) {
        return Cow::Borrowed(cell);
    }
    Cow::Owned(cell.split(is_broken).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(";"))
}

/// Whether a column lists machines: what stands between its marks are codes like the ones that stand alone, or that
/// stand in other lists.
///
/// A code such as `CNC/3` or `A,B` in every row is one machine: its parts never stand elsewhere.
pub fn are_lists<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> bool {
    let has_mark = |cell: &str| cell.contains(MARKS);
    let mut alone: HashSet<&str> = HashSet::new();
    let mut lists: HashSet<&str> = HashSet::new();
    for cell in cells {
        if has_mark(cell) {
            lists.insert(cell)
        } else {
            alone.insert(cell.trim())
        };
    }
    if lists.is_empty() {
        return false;
    }
    // A part counts as seen when it stands alone, or in another list of other make.
    let mut n_lists_of: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for list in &lists {
        let parts: HashSet<&str> = split(list).collect();
        for part in parts {
            *n_lists_of.entry(part).or_default() += 1;
        }
    }
    let mut sorted: Vec<Vec<&str>> = Vec::new();
    let (mut n_like_codes, mut n_lists) = (0_usize, 0_usize);
    for list in &lists {
        let mut parts: Vec<&str> = split(list).collect();
        if parts.len() < 2 {
            continue;
        }
        n_lists += 1;
        let known = parts.iter().filter(|part| alone.contains(*part) || n_lists_of[*part] > 1).count();
        let first = shape(parts[0]);
        let is_alike = parts.iter().all(|part| shape(part) == first) && parts[0].chars().any(|c| c.is_ascii_digit());
        let is_code = |part: &&str| part.chars().count() >= 2 && !part.contains(' ');
        // Codes of one make (`M01, M02`) are a list even where no part stands alone.
        n_like_codes += usize::from(known * 2 > parts.len() || (is_alike && parts.iter().all(is_code)));
        parts.sort_unstable();
        sorted.push(parts);
    }
    n_lists > 0 && n_like_codes * 2 > n_lists
}

/// Letters as `a`, digits as `9`, runs as one.
fn shape(code: &str) -> String {
    let mut shape = String::new();
    for character in code.chars() {
        let class = match character {
            c if c.is_numeric() => '9',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        if !shape.ends_with(class) {
            shape.push(class);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(cells: &[&str]) -> bool {
        are_lists(cells.iter().copied())
    }

    #[test]
    fn lists_are_told_from_codes_with_a_mark_in_them() {
        assert!(lists(&["P1; P2", "P3", "P2;P1"]));
        assert!(lists(&["DRILL 1 / DRILL 2", "DRILL 1", "DRILL 2"]));
        assert!(lists(&["K01,K02", "K03"]), "codes of one make");
        assert!(lists(&["선반1、선반2", "선반2"]));
        assert!(!lists(&["CNC/A", "CNC/B", "SAW"]), "no part stands alone but as a part of the same make");
        assert!(!lists(&["Wash & dry, hall 3", "Paint, hall 1", "Pack"]));
        assert!(!lists(&["SAW", "MILL"]));
    }

    #[test]
    fn parts_keep_their_order() {
        assert_eq!(split(" M7 ;M5;; M6 ").collect::<Vec<_>>(), ["M7", "M5", "M6"]);
    }
}
