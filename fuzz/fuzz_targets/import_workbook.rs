//! Any bytes as a workbook, or as the parts of one: nothing panics, and what comes out stays within the limits.
//!
//! Random bytes seldom are a zip archive, so that an odd first byte says that the rest is the text of a sheet, of the
//! shared texts and of the styles, with a zero between them.

#![no_main]

use std::io::{Cursor, Write};
use std::sync::Arc;

use engine::import::workbook::{Limits, Workbook};
use engine::import::{Options, SetFile, look};
use fuzz::import::{check_report, check_sum};
use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const LIMITS: Limits = Limits { max_unzipped_bytes: 1 << 20, max_rows: 500, max_columns: 50, max_cells: 5000 };

const CONTENT: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const RELATIONS: &str = "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
                         Target=\"worksheets/sheet1.xml\"/></Relationships>";
const BOOK: &str = "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
                    <sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";

fn packed(parts: &[u8]) -> Option<Vec<u8>> {
    let mut parts = parts.split(|byte| *byte == 0);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut file = |name: &str, bytes: &[u8]| -> Option<()> {
        zip.start_file(name, plain).ok()?;
        zip.write_all(bytes).ok()
    };
    file("[Content_Types].xml", CONTENT.as_bytes())?;
    file("xl/workbook.xml", BOOK.as_bytes())?;
    file("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes())?;
    for name in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"] {
        file(name, parts.next().unwrap_or(b""))?;
    }
    Some(zip.finish().ok()?.into_inner())
}

fuzz_target!(|data: &[u8]| {
    let bytes = match data.split_first() {
        Some((first, rest)) if first % 2 == 1 => packed(rest),
        _ => Some(data.to_vec()),
    };
    let Some(bytes) = bytes else { return };
    if let Ok(mut workbook) = Workbook::open(Cursor::new(bytes.clone()), &LIMITS) {
        for at in 0..workbook.sheets().len() {
            if let Ok(sheet) = workbook.rows(at) {
                assert!(sheet.rows.len() as u64 <= u64::from(LIMITS.max_rows));
                assert!(sheet.rows.iter().all(|row| row.len() as u64 <= u64::from(LIMITS.max_columns)));
            }
        }
    } else {
        // With the limits of an import a small file may ask for very many rows.
        return;
    }
    let files = [SetFile::named("table.xlsx", Arc::<[u8]>::from(bytes))];
    let look = look(&files, &Options::default(), &|_| {});
    let (gathered, reports) = look.read(&files, &mut |_| {});
    for (open, report) in look.tables.iter().zip(&reports) {
        check_report(&open.table.header, report);
    }
    check_sum(&gathered, &reports);
});
