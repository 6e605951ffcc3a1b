//! ODS, written by hand.

use super::*;

const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

pub(super) fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"gone\" style:family=\"table\">\
         <style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body>\
         <office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("mimetype", stored).unwrap();
    archive.write_all(MIMETYPE.as_bytes()).unwrap();
    archive.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(content.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

fn row_of(cells: &str) -> Vec<SheetCell> {
    let bytes = ods(&format!("<table:table table:name=\"a\"><table:table-row>{cells}</table:table-row></table:table>"));
    open(bytes).rows(0).unwrap().rows.remove(0)
}

fn value(kind: &str, value: &str, shown: &str) -> String {
    let name = match kind {
        "date" | "time" | "boolean" => format!("{kind}-value"),
        _ => "value".to_owned(),
    };
    format!(
        "<table:table-cell office:value-type=\"{kind}\" office:{name}=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
    )
}

#[test]
fn values_have_types() {
    let cells: String = [
        value("float", "12.5", "12,50"),
        value("float", "815", "000815"),
        value("float", "1234567", "1.234.567"),
        value("percentage", "0.25", "25%"),
        value("date", "2017-08-09T00:00:00", "09.08.17"),
        value("date", "2017-08-09T06:30:15.5", "09.08.17 06:30"),
        value("time", "PT26H30M00S", "26:30"),
        value("boolean", "true", "WAHR"),
    ]
    .concat();
    let row = row_of(&cells);
    let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
    let expected = ["12.5", "000815", "1234567", "0.25", "2017-08-09", "2017-08-09T06:30:15", "26:30:00", "TRUE"];
    assert_eq!(texts, expected);
    assert_eq!(row[1].plain().as_deref(), Some("815"));
    assert_eq!(number(&row[2]).shown.as_deref(), Some("1.234.567"));
    assert_eq!(number(&row[0]).is_general, None);
    let forms = [&row[4].form, &row[6].form, &row[7].form];
    assert_eq!(forms, [&CellForm::Date, &CellForm::Duration, &CellForm::Flag]);
}

#[test]
fn texts_are_put_together() {
    let row = row_of(
        "\n  <table:table-cell office:value-type=\"string\"><office:annotation><text:p>a note</text:p></office:annotation>\
         <text:p>Dre<text:span>hen</text:span><text:s text:c=\"2\"/>CNC</text:p><text:p>grob</text:p></table:table-cell>\n\
         <table:table-cell office:value-type=\"string\"><text:p><text:ruby><text:ruby-base>研削</text:ruby-base>\
         <text:ruby-text>けんさく</text:ruby-text></text:ruby></text:p></table:table-cell>\
         <table:table-cell office:value-type=\"string\" office:string-value=\"A&amp;B\"><text:p>A&amp;B</text:p></table:table-cell>\
         <table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" \
         calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>\
         <table:table-cell table:formula=\"of:=[.A9]\" office:value-type=\"float\" office:value=\"0\"><text:p>Err:522</text:p>\
         </table:table-cell><table:table-cell><text:p>\n   laid\n   out\n</text:p></table:table-cell>",
    );
    let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["Drehen  CNC\ngrob", "研削", "A&B", "#DIV/0!", "Err:522", "laid out"]);
    assert_eq!(row[3].form, CellForm::Error);
    assert_eq!(row[4].form, CellForm::Error);
}

#[test]
fn repetitions_merges_and_hidden_things() {
    let text = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let bytes = ods(&format!(
        "<table:tracked-changes><table:table-cell><text:p>old</text:p></table:table-cell></table:tracked-changes>\
         <table:table table:name=\"Plan\"><table:table-column/><table:table-column table:visibility=\"collapse\"/>\
         <table:table-column table:number-columns-repeated=\"1022\"/>\
         <table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"1024\"/>\
         </table:table-row>\
         <table:table-row><table:table-cell table:number-rows-spanned=\"2\" table:number-columns-spanned=\"2\"><text:p>hub\
         </text:p></table:table-cell><table:covered-table-cell/>{}<table:table-cell table:number-columns-repeated=\"1021\"/>\
         </table:table-row>\
         <table:table-row table:visibility=\"filter\"><table:covered-table-cell table:number-columns-repeated=\"2\"/>{}\
         </table:table-row>\
         <table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"2\">\
         <text:p>same</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row></table:table>\
         <table:table table:name=\"Old\" table:style-name=\"gone\"><table:table-row>{}</table:table-row></table:table>\
         <table:table table:name=\"'file:///x.ods'#A\"><table:table-source/><table:table-row>{}</table:table-row></table:table>",
        text("10"),
        text("20"),
        text("x"),
        text("y"),
    ));
    let mut workbook = open(bytes);
    assert_eq!(workbook.sheets().len(), 2);
    let info = &workbook.sheets()[0];
    assert_eq!((info.n_rows, info.n_columns, info.n_merged), (4, 3, 1));
    assert_eq!((info.n_hidden_rows, info.n_hidden_columns, info.has_filter), (1, 1, true));
    assert_eq!(workbook.rows(0).unwrap().first_row, 4);
    assert_eq!(
        texts(&mut workbook, 0),
        [vec!["hub", "hub", "10"], vec!["hub", "hub", "20"], vec!["same"; 2], vec!["same"; 2]]
    );
    assert!(workbook.sheets()[1].is_hidden);
    assert_eq!(texts(&mut workbook, 1), [["x"]]);
}

#[test]
fn claims_of_repetition_take_no_memory() {
    let bytes = ods(
        "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell \
         table:number-columns-repeated=\"4000000000\"><text:p>x</text:p></table:table-cell></table:table-row></table:table>",
    );
    assert!(matches!(error_of(bytes, &Limits::default()), WorkbookError::TooLarge { .. }));
}
