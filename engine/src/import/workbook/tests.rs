//! Workbooks of our own making, and what hostile files do.
//!
//! Comes in: parts of archives as text, and workbooks that a writer makes. Goes out: cells as a plant reads them.
//! Never does: need a spreadsheet program, or a file from elsewhere but the one fixture.

use std::io::{Cursor, Write};

use super::*;

mod foreign;
mod formats;
mod hostile;
mod ods;
mod xls;

/// A zip archive of these parts.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An XLSX with one sheet, written by hand. Empty parts are left out.
fn xlsx(sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    let sheet = format!("<worksheet>{sheet}</worksheet>");
    let strings = format!("<sst>{strings}</sst>");
    let styles = format!("<styleSheet>{styles}</styleSheet>");
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"Plan\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/relationships/worksheet\" \
             Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", &strings),
        ("xl/styles.xml", &styles),
    ])
}

fn open(bytes: Vec<u8>) -> Workbook {
    Workbook::open(Cursor::new(bytes), &Limits::default()).unwrap()
}

fn error_of(bytes: Vec<u8>, limits: &Limits) -> WorkbookError {
    match Workbook::open(Cursor::new(bytes), limits) {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    }
}

/// The texts of a sheet, row by row from its first.
fn texts(workbook: &mut Workbook, sheet: usize) -> Vec<Vec<String>> {
    let rows = workbook.rows(sheet).unwrap().rows;
    rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
}

/// The cells of the first row of a sheet that is written by hand.
fn cells(row: &str, strings: &str, styles: &str) -> Vec<SheetCell> {
    let sheet = format!("<sheetData><row r=\"1\">{row}</row></sheetData>");
    let mut sheet = open(xlsx(&sheet, strings, styles)).rows(0).unwrap();
    if sheet.rows.is_empty() { Vec::new() } else { sheet.rows.remove(0) }
}

fn number(cell: &SheetCell) -> &NumberCell {
    match &cell.form {
        CellForm::Number(number) => number,
        other => panic!("{cell:?} is {other:?}"),
    }
}
