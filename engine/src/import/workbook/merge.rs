//! Merged areas: every cell in one has the value of its top left cell.

use std::collections::BTreeMap;

use super::{Limits, SheetCell, WorkbookError};

/// A merged area, rows and columns from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Area {
    pub(super) first_row: u32,
    pub(super) first_column: u32,
    pub(super) last_row: u32,
    pub(super) last_column: u32,
}

impl Area {
    /// `B2:D5`, in either order of its corners.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(':').unwrap_or((text, text));
        let (from, to) = (address(from)?, address(to)?);
        Some(Self {
            first_row: from.0.min(to.0),
            first_column: from.1.min(to.1),
            last_row: from.0.max(to.0),
            last_column: from.1.max(to.1),
        })
    }

    pub(super) fn is_one_cell(&self) -> bool {
        self.first_row == self.last_row && self.first_column == self.last_column
    }
}

/// Row and column (from 0) of an address like `AB12`.
pub(super) fn address(text: &str) -> Option<(u32, u32)> {
    let text = text.as_bytes();
    let n_letters = text.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let (letters, digits) = text.split_at(n_letters);
    if !(1..=4).contains(&letters.len()) || !(1..=9).contains(&digits.len()) {
        return None;
    }
    let column = letters.iter().fold(0, |column, c| column * 26 + u32::from(c.to_ascii_uppercase() - b'A') + 1);
    let mut row = 0;
    for digit in digits {
        row = row * 10 + char::from(*digit).to_digit(10)?;
    }
    Some((row.checked_sub(1)?, column - 1))
}

/// Fills merged areas while rows come from top to bottom. Reaches no further than the last column that holds a value
/// and the rows that hold one.
#[derive(Default)]
pub(super) struct MergeFill {
    /// Areas that still start, the last row first.
    waiting: Vec<Area>,
    /// Areas at the current row by their first column, with their value.
    open: BTreeMap<u32, (Area, SheetCell)>,
    n_filled: u64,
}

impl MergeFill {
    pub(super) fn new(mut areas: Vec<Area>) -> Self {
        areas.retain(|area| !area.is_one_cell());
        areas.sort_unstable_by(|a, b| b.cmp(a));
        Self { waiting: areas, ..Self::default() }
    }

    /// Fills the empty cells of row `row` (from 0).
    pub(super) fn fill(
        &mut self,
        row: u32,
        n_columns: usize,
        cells: &mut Vec<SheetCell>,
        limits: &Limits,
    ) -> Result<(), WorkbookError> {
        if self.open.is_empty() && self.waiting.last().is_none_or(|area| area.first_row > row) {
            return Ok(());
        }
        self.open.retain(|_, (area, _)| area.last_row >= row);
        while let Some(area) = self.waiting.pop_if(|area| area.first_row <= row) {
            // An area whose first row holds no value at all has nothing to fill with.
            if area.first_row == row {
                let value = cells.get(area.first_column as usize).filter(|cell| !cell.is_empty());
                if let Some(value) = value {
                    self.open.entry(area.first_column).or_insert_with(|| (area, value.clone()));
                }
            }
        }
        for (area, value) in self.open.values() {
            let end = (area.last_column as usize + 1).min(n_columns);
            for column in area.first_column as usize..end {
                if cells.len() <= column {
                    cells.resize_with(column + 1, SheetCell::default);
                }
                if cells[column].is_empty() {
                    cells[column] = value.clone();
                }
                self.n_filled += 1;
            }
        }
        limits.check_cells(self.n_filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_rows_and_columns() {
        for (text, place) in [("A1", (0, 0)), ("z9", (8, 25)), ("AA10", (9, 26)), ("XFD1048576", (1_048_575, 16_383))] {
            assert_eq!(address(text), Some(place), "{text}");
        }
        for text in ["", "A", "7", "A0", "A-1", "1A", "AAAAA1", "A9999999999", "ÄB1", "A1B", "A 1"] {
            assert_eq!(address(text), None, "{text}");
        }
    }

    #[test]
    fn areas_fill_down_and_right_but_not_over_values() {
        let text = |text: &str| SheetCell::text(text.to_owned());
        let limits = Limits::default();
        let mut fill = MergeFill::new(vec![Area::parse("A1:A3").unwrap(), Area::parse("C4:B2").unwrap()]);
        let mut first = vec![text("shaft")];
        fill.fill(0, 3, &mut first, &limits).unwrap();
        let mut second = vec![SheetCell::default(), text("turn")];
        fill.fill(1, 3, &mut second, &limits).unwrap();
        assert_eq!(second, [text("shaft"), text("turn"), text("turn")]);
        let mut third = vec![text("own"), SheetCell::default(), text("kept")];
        fill.fill(2, 3, &mut third, &limits).unwrap();
        assert_eq!(third, [text("own"), text("turn"), text("kept")]);
        let mut fifth = vec![SheetCell::default(), SheetCell::default(), text("end")];
        fill.fill(4, 3, &mut fifth, &limits).unwrap();
        assert!(fifth[0].is_empty() && fifth[1].is_empty());
    }
}
