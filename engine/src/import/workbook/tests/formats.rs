//! Workbooks as Excel writes them, made by `rust_xlsxwriter`.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula};

use super::*;

fn written(fill: impl FnOnce(&mut rust_xlsxwriter::Workbook)) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn texts_numbers_flags_and_formulas() {
    let bytes = written(|workbook| {
        let sheet = workbook.add_worksheet().set_name("Arbeitspläne").unwrap();
        sheet.write_row(0, 0, ["품목", "vorgang", "時間"]).unwrap();
        sheet.write(1, 0, "000317").unwrap();
        sheet.write(1, 1, 20).unwrap();
        sheet.write(1, 2, 7.25).unwrap();
        sheet.write(2, 0, true).unwrap();
        sheet.write(2, 1, Formula::new("=B2*3").set_result("60")).unwrap();
        sheet.write(2, 2, Formula::new("=\"KX-\"&B2").set_result("KX-20")).unwrap();
        sheet.write(3, 0, 4_098_765_432_101_i64).unwrap();
        sheet.write(3, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write(3, 2, " spaced ").unwrap();
    });
    let mut workbook = open(bytes);
    assert_eq!(workbook.sheets()[0].name, "Arbeitspläne");
    assert_eq!((workbook.sheets()[0].n_rows, workbook.sheets()[0].n_columns), (4, 3));
    assert_eq!(
        texts(&mut workbook, 0),
        [
            vec!["품목", "vorgang", "時間"],
            vec!["000317", "20", "7.25"],
            vec!["TRUE", "60", "KX-20"],
            vec!["4098765432101", "#DIV/0!", " spaced "],
        ]
    );
    let sheet = workbook.rows(0).unwrap();
    assert_eq!(sheet.first_row, 1);
    assert_eq!(sheet.rows[1][0].form, CellForm::Text);
    assert_eq!(number(&sheet.rows[1][1]).is_general, Some(true));
    assert_eq!(sheet.rows[2][0].form, CellForm::Flag);
    assert!(number(&sheet.rows[3][0]).is_exact);
    assert_eq!(sheet.rows[3][1].form, CellForm::Error);
}

#[test]
fn codes_keep_the_look_of_their_format() {
    let bytes = written(|workbook| {
        let sheet = workbook.add_worksheet();
        for (column, (value, format)) in
            [(317.0, "000000"), (41_208.0, "000-000"), (77.0, "\"WZ\"0000"), (1_250.5, "#,##0.00"), (0.5, "0%")]
                .into_iter()
                .enumerate()
        {
            let format = Format::new().set_num_format(format);
            sheet.write_with_format(4, column as u16, value, &format).unwrap();
        }
    });
    let sheet = open(bytes).rows(0).unwrap();
    assert_eq!(sheet.first_row, 5);
    let row = &sheet.rows[0];
    let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["000317", "041-208", "WZ0077", "1250.5", "0.5"]);
    assert_eq!(row[0].plain().as_deref(), Some("317"));
    assert_eq!(number(&row[0]).shown.as_deref(), Some("000317"));
    assert_eq!(number(&row[3]).shown.as_deref(), Some("1,250.50"));
    assert_eq!(number(&row[4]).shown.as_deref(), Some("50%"));
    assert!(row.iter().all(|cell| number(cell).is_general == Some(false)));
}

#[test]
fn dates_times_and_durations() {
    let bytes = written(|workbook| {
        let sheet = workbook.add_worksheet();
        let format = |code: &str| Format::new().set_num_format(code);
        let day = ExcelDateTime::from_ymd(2019, 11, 5).unwrap();
        let moment = ExcelDateTime::parse_from_str("2019-11-05T13:20:30").unwrap();
        sheet.write_with_format(0, 0, &day, &format("dd.mm.yyyy")).unwrap();
        sheet.write_with_format(0, 1, &moment, &format("yyyy/mm/dd hh:mm")).unwrap();
        sheet.write_with_format(0, 2, 1.75, &format("[h]:mm")).unwrap();
        sheet.write_with_format(0, 3, 0.25, &format("h:mm")).unwrap();
        sheet.write_with_format(0, 4, &moment, &format("h:mm")).unwrap();
        sheet.write_with_format(0, 5, 1.75, &format("h:mm")).unwrap();
        sheet.write_with_format(0, 6, -3.0, &format("yyyy-mm-dd")).unwrap();
        sheet.write_with_format(0, 7, 0.0, &format("yyyy-mm-dd")).unwrap();
    });
    let row = open(bytes).rows(0).unwrap().rows.remove(0);
    let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "2019-11-05",
            "2019-11-05T13:20:30",
            "42:00:00",
            "6:00:00",
            "2019-11-05T13:20:30",
            "42:00:00",
            "-3",
            "1900-01-00",
        ]
    );
    assert_eq!(row[0].form, CellForm::Date);
    assert_eq!(row[2].form, CellForm::Duration);
    assert_eq!(number(&row[6]).value, -3.0);
}

#[test]
fn merged_hidden_and_filtered_rows_are_data() {
    let bytes = written(|workbook| {
        let sheet = workbook.add_worksheet();
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 3, "Stand 2021", &plain).unwrap();
        sheet.write_row(1, 0, ["item", "op", "min"]).unwrap();
        sheet.merge_range(2, 0, 4, 0, "hub", &plain).unwrap();
        for row in 2..5 {
            sheet.write(row, 1, row * 10).unwrap();
            sheet.write(row, 2, 1.5).unwrap();
        }
        sheet.write(5, 1, 60).unwrap();
        sheet.set_row_hidden(3).unwrap();
        sheet.set_column_hidden(2).unwrap();
        sheet.autofilter(1, 0, 5, 2).unwrap();
        workbook.add_worksheet().set_hidden(true).write(0, 0, "x").unwrap();
    });
    let mut workbook = open(bytes);
    let info = &workbook.sheets()[0];
    assert_eq!((info.n_hidden_rows, info.n_hidden_columns, info.n_merged), (1, 1, 2));
    assert!(info.has_filter && !info.is_hidden && workbook.sheets()[1].is_hidden);
    assert_eq!(
        texts(&mut workbook, 0),
        [
            vec!["Stand 2021"; 3],
            vec!["item", "op", "min"],
            vec!["hub", "20", "1.5"],
            vec!["hub", "30", "1.5"],
            vec!["hub", "40", "1.5"],
            vec!["", "60"],
        ]
    );
}

#[test]
fn rows_come_one_by_one() {
    let bytes = written(|workbook| {
        let sheet = workbook.add_worksheet();
        for row in 0..500 {
            sheet.write(row, 0, format!("P{row}")).unwrap();
            sheet.write(row, 3, row).unwrap();
        }
    });
    let mut workbook = open(bytes);
    let mut seen = Vec::new();
    workbook.for_each_row(0, |number, cells| seen.push((number, cells.len(), cells[0].text.clone()))).unwrap();
    assert_eq!(seen.len(), 500);
    assert_eq!(seen[499], (500, 4, "P499".to_owned()));
    assert!(matches!(workbook.rows(1), Err(WorkbookError::NoSuchSheet(1))));
}
