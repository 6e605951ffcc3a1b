//! Rows as a workbook of Excel.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use super::{Cell, SheetError};

/// Most characters of a column's width.
const WIDEST: usize = 40;

/// One sheet under its headings. Texts are written as texts, so that nothing of them becomes a number, a day or a formula.
/// The same rows give the same bytes.
///
/// # Errors
/// [`SheetError::Cells`] for a row of another length, [`SheetError::Workbook`] for a text that is longer than a cell may hold.
pub fn workbook(headings: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    // Without a moment of its own; the file is told apart by what it holds.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let sheet = book.add_worksheet();
    let (bold, as_text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    let mut widths: Vec<usize> = headings.iter().map(|text| text.chars().count()).collect();
    for (at, text) in (0u16..).zip(headings) {
        sheet.write_string_with_format(0, at, *text, &bold)?;
    }
    for (row_at, row) in (1u32..).zip(rows) {
        if row.len() != headings.len() {
            return Err(SheetError::Cells { n_cells: row.len(), n_headings: headings.len() });
        }
        for ((at, cell), width) in (0u16..).zip(row).zip(&mut widths) {
            match cell {
                Cell::Text(text) => {
                    *width = (*width).max(text.chars().count());
                    sheet.write_string_with_format(row_at, at, text, &as_text)?;
                }
                Cell::Number(number) if number.is_finite() => {
                    sheet.write_number(row_at, at, *number)?;
                }
                Cell::Count(count) => {
                    sheet.write_number(row_at, at, *count as f64)?;
                }
                Cell::Number(_) | Cell::Empty => {}
            }
        }
    }
    for (at, width) in (0u16..).zip(widths) {
        sheet.set_column_width(at, (width.min(WIDEST) + 2) as f64)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(book.save_to_buffer()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_another_length_is_refused_and_the_same_rows_are_the_same_bytes() {
        let rows = vec![vec!["007".into(), Cell::Number(1.5)], vec!["=1+1".into(), Cell::Empty]];
        let bytes = workbook(&["code", "time"], &rows).expect("memory takes it");
        assert_eq!(bytes, workbook(&["code", "time"], &rows).expect("memory takes it"));
        assert!(bytes.starts_with(b"PK"));
        let wrong = workbook(&["code"], &rows);
        assert!(matches!(wrong, Err(SheetError::Cells { n_cells: 2, n_headings: 1 })), "{wrong:?}");
    }
}
