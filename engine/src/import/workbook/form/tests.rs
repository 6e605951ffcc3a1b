use std::io::{Cursor, Write};

use super::*;

fn zip_with(names: &[&str]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(b"content of a part").unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn zips_are_told_by_their_parts() {
    for (names, expected) in [
        (&["[Content_Types].xml", "xl/workbook.xml"][..], FileForm::Xlsx),
        (&["xl/worksheets/sheet1.xml", "xl/workbook.xml"], FileForm::Xlsx),
        (&["docProps/app.xml", "[Content_Types].xml"], FileForm::Xlsx),
        (&["xl\\workbook.xml"], FileForm::Xlsx),
        (&["[Content_Types].xml", "_rels/.rels", "xl/workbook.bin"], FileForm::Other(XLSB)),
        (&["xl/worksheets/sheet1.bin"], FileForm::Other(XLSB)),
        (&["[Content_Types].xml", "word/document.xml"], FileForm::Other(WORD)),
        (&["items.csv", "routings.csv"], FileForm::Other(ZIP_OF_TABLES)),
        (&["Index/Document.iwa"], FileForm::Other(NUMBERS)),
        (&["작업.txt"], FileForm::Other(ZIP_OF_TABLES)),
    ] {
        assert_eq!(form_of(&zip_with(names), "routings.csv"), expected, "{names:?}");
    }
}

#[test]
fn pages_and_documents_get_advice() {
    for (content, name, expected) in [
        ("<html><body>", "export.htm", WEB_PAGE),
        ("\u{feff}\r\n <!-- made by a tool -->\n<TABLE border=1>", "items.XLS", WEB_PAGE_NAMED_WORKBOOK),
        ("<!DOCTYPE html PUBLIC", "a.xlsx", WEB_PAGE_NAMED_WORKBOOK),
        ("<meta http-equiv=Content-Type>", "a.csv", WEB_PAGE),
        ("<?xml version=\"1.0\"?><html xmlns=\"x\">", "a.csv", WEB_PAGE),
        ("MIME-Version: 1.0\r\nContent-Type: multipart/related", "plan.xls", WEB_ARCHIVE),
        ("<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook>", "plan.xls", XML_2003),
        (
            "<?xml version=\"1.0\"?><ss:Workbook xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            "p.xml",
            XML_2003,
        ),
        ("<?xml version=\"1.0\"?><office:document>", "p.fods", FLAT_ODS),
        ("<?xml version=\"1.0\"?><items>", "p.xml", OTHER_XML),
        ("%PDF-1.7", "p.pdf", PDF),
        ("{\\rtf1", "p.doc", RTF),
        ("SQLite format 3\0", "p.db", DATABASE),
        ("\x1f\x08", "p.gz", ""),
    ] {
        let expected = if expected.is_empty() { FileForm::Text } else { FileForm::Other(expected) };
        assert_eq!(form_of(content.as_bytes(), name), expected, "{content}");
    }
    let wide: Vec<u8> = "\u{feff}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(form_of(&wide, "a.xls"), FileForm::Other(WEB_PAGE_NAMED_WORKBOOK));
    assert_eq!(form_of(b"\x1f\x8b\x08\0", "a.csv.gz"), FileForm::Other(ARCHIVE));
}

#[test]
fn texts_stay_texts_whatever_their_name() {
    for content in [
        "",
        "item;op\n",
        "품목\t공정\r\n",
        "<unknown>,1\n",
        "<p2>;a\n",
        "BZhang,10\n",
        "PAR1,shaft\n",
        "PKW,10\n",
        "<5 min;10\n",
        "x<html>",
    ] {
        assert_eq!(form_of(content.as_bytes(), "routings.xls"), FileForm::Text, "{content}");
    }
}
