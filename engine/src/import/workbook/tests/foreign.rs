//! Sheets as other programs write them, by hand.

use super::*;

#[test]
fn a_cell_without_a_type_is_a_number_only_if_written_as_one() {
    let row = cells(
        "<c r=\"A1\"><f>Items!A2</f><v>0420</v></c><c r=\"B1\"><v>+7</v></c><c r=\"C1\"><v>12-A</v></c>\
         <c r=\"D1\"><v>nan</v></c><c r=\"E1\"><v>0</v></c><c r=\"F1\"><v>-0.5</v></c><c r=\"G1\"><v>1.5E+3</v></c>\
         <c r=\"H1\"><v>1E400</v></c><c r=\"I1\" t=\"n\"><v>007</v></c>",
        "",
        "",
    );
    let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["0420", "+7", "12-A", "nan", "0", "-0.5", "1500", "1E400", "007"]);
    for (column, is_text) in [true, true, true, true, false, false, false, true, true].into_iter().enumerate() {
        assert_eq!(row[column].form == CellForm::Text, is_text, "{:?}", row[column]);
    }
}

#[test]
fn long_numbers_say_that_digits_may_be_lost() {
    let row = cells(
        "<c r=\"A1\"><v>999999999999999</v></c><c r=\"B1\"><v>8801234567890123</v></c>\
         <c r=\"C1\"><v>8.80123456789012E+15</v></c><c r=\"D1\"><v>12345678901234567890</v></c>",
        "",
        "",
    );
    let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["999999999999999", "8801234567890123", "8801234567890120", "12345678901234567890"]);
    let is_exact: Vec<bool> = row.iter().map(|cell| number(cell).is_exact).collect();
    assert_eq!(is_exact, [true, false, false, false]);
}

#[test]
fn shared_and_inline_texts() {
    let row = cells(
        "<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>\
         <c t=\"inlineStr\"><is><r><t>Fr</t></r><r><t xml:space=\"preserve\">äsen </t></r></is></c>\
         <c t=\"inlineStr\"><v>kept</v></c><c t=\"str\"><f>A1&amp;B1</f><v>a&lt;b&#10;c_x0009_</v></c><c t=\"s\"><v>9</v></c>",
        "<si><t>研磨</t><rPh sb=\"0\" eb=\"2\"><t>ケンマ</t></rPh></si>\
         <si><r><rPr/><t>선</t></r><r><t>반</t></r></si><si><t>\n  laid out  \n</t></si>",
        "",
    );
    let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["研磨", "선반", "laid out", "Fräsen ", "kept", "a<b\nc\t", "shared text 9 is missing"]);
    assert_eq!(row[6].form, CellForm::Error);
}

#[test]
fn one_odd_cell_costs_one_cell() {
    let row = cells(
        "<c r=\"A1\" t=\"e\"><v>#SPILL!</v></c><c r=\"B1\" t=\"zz\"><v>5</v></c><c r=\"C1\" t=\"b\"><v>maybe</v></c>\
         <c r=\"D1\" t=\"d\"><v>2018-02-03T00:00:00Z</v></c><c r=\"E1\" t=\"b\"><v>true</v></c><c r=\"F1\"><v>3</v></c>",
        "",
        "",
    );
    let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["#SPILL!", "5", "maybe", "2018-02-03", "TRUE", "3"]);
    assert!(row[..3].iter().all(|cell| cell.form == CellForm::Error));
    assert_eq!(row[3].form, CellForm::Date);
}

#[test]
fn formulas_without_a_value_are_counted() {
    let sheet = "<sheetData><row><c><f>B1</f></c><c><f>1+1</f><v/></c><c t=\"str\"><f>\"\"</f><v></v></c><c><v>4</v></c>\
                 </row></sheetData>";
    let mut workbook = open(xlsx(sheet, "", ""));
    assert_eq!(workbook.sheets()[0].n_formulas_without_value, 2);
    let row = &workbook.rows(0).unwrap().rows[0];
    assert!(row[..3].iter().all(SheetCell::is_empty));
    assert_eq!(row[3].text, "4");
}

#[test]
fn rows_and_cells_may_lack_addresses_or_come_in_disorder() {
    let sheet = "<dimension ref=\"A1:B2\"/><sheetData>\
                 <row r=\"9\"><c r=\"C9\"><v>93</v></c><c r=\"A9\"><v>91</v></c></row>\
                 <row><c><v>101</v></c><c r=\"D10\"><v>104</v></c><c><v>105</v></c></row>\
                 <row r=\"7\"><c r=\"B7\"><v>72</v></c></row></sheetData>\
                 <mergeCells><mergeCell ref=\"B7:B9\"/></mergeCells>";
    let mut workbook = open(xlsx(sheet, "", ""));
    assert_eq!(workbook.rows(0).unwrap().first_row, 7);
    assert_eq!(
        texts(&mut workbook, 0),
        [vec!["", "72"], vec![], vec!["91", "72", "93"], vec!["101", "", "", "104", "105"]]
    );
}

#[test]
fn prefixes_absolute_targets_and_other_names() {
    let sheet = "<x:worksheet><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"s\"><x:v>0</x:v></x:c></x:row></x:sheetData>\
                 </x:worksheet>";
    let bytes = zipped(&[
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/relationships/officeDocument\" \
             Target=\"/Book/main.xml\"/></Relationships>",
        ),
        ("[Content_Types].xml", "<Types/>"),
        (
            "Book/main.xml",
            "<x:workbook><x:workbookPr date1904=\"1\"/><x:sheets><x:sheet name=\"작업 &amp; 공정\" state=\"veryHidden\" \
             q:id=\"s\"/><x:sheet name=\"Chart\" q:id=\"c\"/></x:sheets></x:workbook>",
        ),
        (
            "Book/_rels/main.xml.rels",
            "<Relationships><Relationship Id=\"s\" Type=\"http://y/worksheet\" Target=\"..\\Sheets\\ONE.xml\"/>\
             <Relationship Id=\"c\" Type=\"http://y/chartsheet\" Target=\"chart.xml\"/>\
             <Relationship Id=\"t\" Type=\"http://y/sharedStrings\" Target=\"texts.xml\"/></Relationships>",
        ),
        ("Sheets\\one.xml", sheet),
        ("Book/texts.xml", "<x:sst><x:si><x:t>Bohren</x:t></x:si></x:sst>"),
    ]);
    let mut workbook = open(bytes);
    assert_eq!(workbook.sheets().len(), 1);
    assert_eq!(workbook.sheets()[0].name, "작업 & 공정");
    assert!(workbook.sheets()[0].is_hidden);
    assert_eq!(texts(&mut workbook, 0), [["Bohren"]]);
}

#[test]
fn days_are_counted_from_1904_where_the_workbook_says_so() {
    let bytes = zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/workbook.xml",
            "<workbook><workbookPr date1904=\"true\"/><sheets><sheet name=\"a\" r:id=\"s\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"s\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>",
        ),
        (
            "xl/styles.xml",
            "<styleSheet><cellStyleXfs><xf numFmtId=\"3\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>\
             <xf numFmtId=\"46\"/></cellXfs></styleSheet>",
        ),
        (
            "xl/s.xml",
            "<worksheet><sheetData><row><c s=\"1\"><v>40000</v></c><c s=\"2\"><v>1.25</v></c><c s=\"1\"><v>0</v></c>\
             <c s=\"8\"><v>5</v></c></row></sheetData></worksheet>",
        ),
    ]);
    let row = open(bytes).rows(0).unwrap().rows.remove(0);
    let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["2013-07-07", "30:00:00", "1904-01-01", "5"]);
    assert_eq!(number(&row[3]).is_general, None);
}
