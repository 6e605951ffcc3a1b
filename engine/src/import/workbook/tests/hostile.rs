//! Files that claim too much, are cut, or have spoiled bytes.

use super::*;

#[test]
fn two_far_cells_take_no_grid() {
    let sheet = "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
                 <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>\
                 <mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>";
    let mut workbook = open(xlsx(sheet, "", ""));
    let mut n_cells = 0;
    workbook.for_each_row(0, |_, cells| n_cells += cells.len()).unwrap();
    assert_eq!(n_cells, 2 * 16_384);
    assert_eq!(workbook.sheets()[0].n_rows, 2);
}

#[test]
fn sheets_beyond_the_limits_are_refused() {
    let limits = Limits { max_rows: 10, max_columns: 4, max_cells: 30, ..Limits::default() };
    let with = |rows: &str| xlsx(&format!("<sheetData>{rows}</sheetData>"), "", "");
    let row = |number: usize, column: &str| format!("<row r=\"{number}\"><c r=\"{column}{number}\"><v>1</v></c></row>");
    let cells: String = (1..=8).map(|number| row(number, "D")).collect();
    for (sheet, expected) in [(row(11, "A"), "11 rows"), (row(1, "E"), "5 columns"), (cells, "32 cells")] {
        let error = error_of(with(&sheet), &limits);
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert!(Workbook::open(Cursor::new(with(&row(10, "D"))), &limits).is_ok());
}

#[test]
fn zip_bombs_are_refused_by_their_claim_and_by_their_content() {
    let sheet = format!("<sheetData>{}</sheetData>", " ".repeat(3_000_000));
    let bytes = xlsx(&sheet, "", "");
    let limits = Limits { max_unzipped_bytes: 1_000_000, ..Limits::default() };
    let error = error_of(bytes.clone(), &limits);
    assert!(matches!(error, WorkbookError::TooLarge { found: 3_000_000.., .. }), "{error}");
    // Every place where the size stands says 1,000 bytes.
    let size = u32::try_from(sheet.len() + "<worksheet></worksheet>".len()).unwrap().to_le_bytes();
    let mut lying = bytes;
    let mut n_changed = 0;
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
            n_changed += 1;
        }
    }
    assert!(n_changed >= 2);
    let error = error_of(lying, &limits);
    assert!(error.to_string().contains("damaged"), "{error}");
}

#[test]
fn many_merged_areas_over_many_rows_come_to_an_end() {
    let rows: String =
        (1..=300).map(|number| format!("<row r=\"{number}\"><c r=\"ZZ{number}\"><v>1</v></c></row>")).collect();
    let cells: String = (0..200).map(|_| "<c><v>5</v></c>").collect();
    let areas: String = (1..=600).map(|_| "<mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"B1:XFD9\"/>").collect();
    let sheet = format!("<sheetData><row r=\"1\">{cells}</row>{rows}</sheetData><mergeCells>{areas}</mergeCells>");
    let mut workbook = open(xlsx(&sheet, "", ""));
    assert_eq!(workbook.rows(0).unwrap().rows.len(), 300);
    let limits = Limits { max_cells: 212_000, ..Limits::default() };
    let mut workbook = Workbook::open(Cursor::new(xlsx(&sheet, "", "")), &limits).unwrap();
    assert!(matches!(workbook.rows(0), Err(WorkbookError::TooLarge { .. })));
}

#[test]
fn claims_of_texts_take_no_memory() {
    let bytes = zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" r:id=\"s\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"s\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>",
        ),
        ("xl/sharedStrings.xml", "<sst count=\"9\" uniqueCount=\"99999999999999\"><si><t>a</t></si></sst>"),
        ("xl/s.xml", "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>"),
    ]);
    assert_eq!(texts(&mut open(bytes), 0), [["a"]]);
}

#[test]
fn damage_is_named() {
    for (parts, expected) in [
        (vec![("[Content_Types].xml", "<Types/>")], "workbook.xml"),
        (
            vec![
                ("[Content_Types].xml", "<Types/>"),
                ("xl/workbook.xml", "<workbook><sheets><sheet name=\"Ops\" r:id=\"s\"/></sheets></workbook>"),
            ],
            "\"Ops\" has no part",
        ),
        (vec![("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")], "no sheet with cells"),
    ] {
        let error = error_of(zipped(&parts), &Limits::default());
        assert!(error.to_string().contains(expected), "{error}");
    }
    for (sheet, expected) in [
        ("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "sheet1.xml"),
        ("<sheetData><row r=\"zero\"/></sheetData>", "\"zero\""),
        ("<sheetData><row r=\"1\"><c r=\"1A\"/></row></sheetData>", "\"1A\""),
        ("<sheetData/><mergeCells><mergeCell ref=\"A1:?\"/></mergeCells>", "\"A1:?\""),
    ] {
        let error = error_of(xlsx(sheet, "", ""), &Limits::default());
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[test]
fn cut_and_spoiled_files_end_in_errors_or_values() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>42</v></c></row></sheetData>\
                 <mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>";
    let styles = "<numFmts><numFmt numFmtId=\"170\" formatCode=\"0000\"/></numFmts><cellXfs><xf/><xf numFmtId=\"170\"/></cellXfs>";
    let of_ods = super::ods::ods(
        "<table:table table:name=\"a\"><table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\">\
         <text:p>01</text:p></table:table-cell></table:table-row></table:table>",
    );
    for whole in [xlsx(sheet, "<si><t>shaft</t></si>", styles), of_ods] {
        let mut n_opened = 0;
        for at in 0..whole.len() {
            let _ = Workbook::open(Cursor::new(whole[..at].to_vec()), &Limits::default());
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            if let Ok(mut workbook) = Workbook::open(Cursor::new(bytes), &Limits::default()) {
                n_opened += 1;
                for sheet in 0..workbook.sheets().len() {
                    let _ = workbook.rows(sheet);
                }
            }
        }
        assert!(n_opened > 0);
    }
}
