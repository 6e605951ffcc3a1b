//! Tables in workbooks: sheets, merged cells, codes in numbers, days, hidden rows, formulas.

use engine::import::{ImportError, Options};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::given::{Reading, TODAY, day, read, read_bytes};

fn bytes(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().expect("a workbook")
}

fn read_sheets(fill: impl FnOnce(&mut Workbook)) -> Reading {
    read_bytes(&[("export.xlsx", bytes(fill))], &Options::default(), TODAY)
}

fn write(sheet: &mut Worksheet, at: (u32, u16), rows: &[&[&str]]) {
    for (row, cells) in (at.0..).zip(rows) {
        for (column, cell) in (at.1..).zip(*cells) {
            if !cell.is_empty() {
                sheet.write(row, column, *cell).expect("a cell");
            }
        }
    }
}

const PLAN: [&str; 5] = ["item", "routing_no", "seq", "operation", "machine"];

#[test]
fn texts_in_a_workbook_are_what_they_are_in_a_file() {
    let rows: [&[&str]; 4] = [
        &["품목코드", "라우팅번호", "공정순서", "공정코드", "준비시간(분)"],
        &["00-71", "R1", "0010", "절단", "12.5"],
        &["00-71", "R1", "0020", "선삭", "1,250.5"],
        &["7E3", "R1", "0010", "절단", ""],
    ];
    let csv: String = rows.iter().map(|row| row.map_quoted().join(",") + "\n").collect();
    let (of_book, of_text) = (
        read_sheets(|book| write(book.add_worksheet(), (0, 0), &rows)).clean(),
        read(&[("routings.csv", &csv)]).clean(),
    );
    assert_eq!(of_book.routings, of_text.routings);
    assert_eq!(of_book.tables[0].encoding, "xlsx");
    assert_eq!(of_book.steps("7E3"), ["10 절단"]);
}

trait Quoted {
    fn map_quoted(&self) -> Vec<String>;
}

impl Quoted for &[&str] {
    fn map_quoted(&self) -> Vec<String> {
        self.iter().map(|cell| format!("\"{cell}\"")).collect()
    }
}

#[test]
fn merged_cells_hold_for_all_their_rows() {
    let read = read_sheets(|book| {
        let sheet = book.add_worksheet();
        write(sheet, (0, 0), &[&PLAN]);
        let plain = Format::new();
        for (first, last, item) in [(1, 3, "MV-1"), (4, 5, "MV-2")] {
            sheet.merge_range(first, 0, last, 0, item, &plain).expect("cells to merge");
            sheet.merge_range(first, 1, last, 1, "R1", &plain).expect("cells to merge");
        }
        let steps: [&[&str]; 5] = [
            &["10", "CUT", "C1"],
            &["20", "EDGE", "E1"],
            &["30", "WASH", "W1"],
            &["10", "CUT", "C1"],
            &["20", "WASH", "W1"],
        ];
        write(sheet, (1, 2), &steps);
    })
    .clean();
    assert_eq!(read.steps("MV-1"), ["10 CUT C1", "20 EDGE E1", "30 WASH W1"]);
    assert_eq!(read.steps("MV-2"), ["10 CUT C1", "20 WASH W1"]);
}

#[test]
fn a_code_shown_with_zeros_keeps_them_and_lost_digits_are_no_code() {
    let read = read_sheets(|book| {
        let sheet = book.add_worksheet();
        write(sheet, (0, 0), &[&["item_no", "name"]]);
        let zeros = Format::new().set_num_format("000000");
        sheet.write_with_format(1, 0, 417, &zeros).expect("a cell");
        sheet.write(2, 0, 30_040).expect("a cell");
        sheet.write(3, 0, 871_234_567_012_i64).expect("a cell");
        sheet.write(4, 0, 8_712_345_670_123_456_789.0).expect("a cell");
        write(sheet, (1, 1), &[&["pin"], &["bush"], &["nut"], &["cap"]]);
    });
    let codes: Vec<&str> = read.items.iter().map(|item| item.code.as_str()).collect();
    assert_eq!(codes, ["000417", "30040", "871234567012"]);
    assert_eq!(read.refused.len(), 1);
    assert_eq!((read.refused[0].row, read.refused[0].sheet.as_deref()), (5, Some("Sheet1")));
}

#[test]
fn days_times_and_numbers_by_what_the_cell_is() {
    let read = read_sheets(|book| {
        let sheet = book.add_worksheet();
        write(
            sheet,
            (0, 0),
            &[&["item", "routing_no", "seq", "operation", "setup_time", "run_time", "created", "valid_to"]],
        );
        write(sheet, (1, 0), &[&["DN-1", "R1"]]);
        sheet.write(1, 2, 10).expect("a cell");
        sheet.write(1, 3, "LAP").expect("a cell");
        let clock = Format::new().set_num_format("[h]:mm:ss");
        sheet.write_with_format(1, 4, 0.5 / 24.0, &clock).expect("a cell");
        sheet.write(1, 5, 7.25).expect("a cell");
        let date = Format::new().set_num_format("dd.mm.yyyy");
        let made = ExcelDateTime::from_ymd(2022, 3, 4).expect("a day");
        sheet.write_with_format(1, 6, &made, &date).expect("a cell");
        let open = ExcelDateTime::from_ymd(9999, 12, 31).expect("a day");
        sheet.write_with_format(1, 7, &open, &date).expect("a cell");
    })
    .clean();
    assert_eq!(read.minutes("DN-1"), [(Some(30.0), Some(7.25))]);
    assert_eq!((read.routings[0].created, read.operations("DN-1")[0].valid_to), (Some(day("2022-03-04")), None));
}

/// A plan whose setup times are typed in their cells and whose run times are texts.
fn plan_with_texts(setups: &[f64], runs: &[&str]) -> Reading {
    read_sheets(|book| {
        let sheet = book.add_worksheet();
        write(sheet, (0, 0), &[&["item", "routing_no", "seq", "operation", "setup_time", "run_time"]]);
        for (row, (setup, run)) in (1..).zip(setups.iter().zip(runs)) {
            let seq = (row * 10).to_string();
            write(sheet, (row, 0), &[&["TY-4", "R1", &seq, "HONE"], &[]]);
            sheet.write(row, 4, *setup).expect("a cell");
            sheet.write(row, 5, *run).expect("a cell");
        }
    })
}

#[test]
fn a_number_in_its_cell_has_one_reading_whatever_the_texts_are() {
    // Thousandths of a minute beside texts with a decimal comma, and with a decimal point.
    let read = plan_with_texts(&[7.195, 12.0], &["1,5", "12,75"]).clean();
    assert_eq!(read.minutes("TY-4"), [(Some(7.195), Some(1.5)), (Some(12.0), Some(12.75))]);
    let read = plan_with_texts(&[0.125, 1_440.0], &["1.5", "1,250.75"]).clean();
    assert_eq!(read.minutes("TY-4"), [(Some(0.125), Some(1.5)), (Some(1_440.0), Some(1_250.75))]);
}

#[test]
fn a_number_in_its_cell_says_nothing_of_texts() {
    // The cells have no comma, which is no reason to take it for thousands.
    let read = plan_with_texts(&[2.25, 3.75], &["1,440", "2,880"]);
    assert!(matches!(read.failure(), ImportError::OpenNumbers { .. }), "{:?}", read.failure());
    let read = plan_with_texts(&[2.25, 3.75, 4.5], &["1,440", "2,88", "0,5"]).clean();
    let runs: Vec<_> = read.minutes("TY-4").into_iter().map(|(_, run)| run).collect();
    assert_eq!(runs, [Some(1.44), Some(2.88), Some(0.5)]);
}

#[test]
fn a_length_of_an_item_that_is_typed_is_no_thousand() {
    let read = read_sheets(|book| {
        let sheet = book.add_worksheet();
        write(sheet, (0, 0), &[&["item_no", "name", "bore_mm", "hardness"]]);
        write(sheet, (1, 0), &[&["TL-1", "bush"], &["TL-2", "ring"]]);
        for (row, (bore, hardness)) in (1..).zip([(3.125, "58,5"), (40.0, "61,25")]) {
            sheet.write(row, 2, bore).expect("a cell");
            sheet.write(row, 3, hardness).expect("a cell");
        }
    })
    .clean();
    let of = |code: &str, name: &str| read.item(code).attributes.get(name).cloned();
    assert_eq!((of("TL-1", "bore_mm").as_deref(), of("TL-1", "hardness").as_deref()), (Some("3.125"), Some("58.5")));
}

#[test]
fn sheets_are_chosen_by_what_they_hold() {
    let read = read_sheets(|book| {
        write(
            book.add_worksheet().set_name("Read me").expect("a name"),
            (0, 0),
            &[&["Ask the planner"], &["before use"]],
        );
        let items = book.add_worksheet().set_name("Stammdaten").expect("a name");
        write(items, (2, 1), &[&["item_no", "name"], &["PQ-1", "lever"], &["PQ-2", "knob"]]);
        let plan = book.add_worksheet().set_name("Pläne").expect("a name");
        write(plan, (0, 0), &[&["Plan of line 2"], &[], &PLAN, &["PQ-1", "R", "10", "CUT", "C1"]]);
    });
    assert!(read.failed.is_empty(), "{:?}", read.failed);
    let seen: Vec<_> =
        read.tables.iter().map(|one| (one.sheet.as_deref().unwrap_or(""), one.header_row, one.n_ok)).collect();
    assert_eq!(seen, [("Stammdaten", 3, 2), ("Pläne", 3, 1)]);
    assert_eq!(read.steps("PQ-1"), ["10 CUT C1"]);
}

#[test]
fn hidden_rows_are_data_and_said() {
    let read = read_sheets(|book| {
        let sheet = book.add_worksheet();
        write(sheet, (0, 0), &[&PLAN, &["HR-1", "R", "10", "CUT", "C1"], &["HR-1", "R", "20", "LAP", "L1"]]);
        sheet.set_row_hidden(2).expect("a row");
    })
    .clean();
    assert_eq!((read.operations("HR-1").len(), read.tables[0].n_hidden_rows), (2, 1));
}

#[test]
fn formulas_count_by_value_and_error_cells_are_nothing() {
    let read = read_sheets(|book| {
        let sheet = book.add_worksheet();
        write(sheet, (0, 0), &[&["item", "routing_no", "seq", "operation", "setup_min", "run_min"]]);
        write(sheet, (1, 0), &[&["FR-1", "R", "10", "CUT"], &["FR-1", "R", "20", "LAP"]]);
        sheet.write(1, 4, Formula::new("=6*2").set_result("12")).expect("a cell");
        sheet.write(1, 5, Formula::new("=1/0").set_result("#DIV/0!")).expect("a cell");
        sheet.write(2, 4, Formula::new("=B9").set_result("#REF!")).expect("a cell");
        sheet.write(2, 5, 3).expect("a cell");
    });
    assert_eq!(read.minutes("FR-1"), [(Some(12.0), None), (None, Some(3.0))]);
    assert_eq!(read.refused.len(), 0);
}

#[test]
fn an_error_cell_in_a_key_holds_its_routing_back() {
    let read = read_sheets(|book| {
        let sheet = book.add_worksheet();
        write(
            sheet,
            (0, 0),
            &[
                &PLAN,
                &["ER-1", "R", "10", "CUT", "C1"],
                &["ER-1", "R", "20", "", "C1"],
                &["ER-2", "R", "10", "CUT", "C1"],
            ],
        );
        sheet.write(2, 3, Formula::new("=VLOOKUP(1,A1:B2,2)").set_result("#N/A")).expect("a cell");
    });
    assert_eq!(read.held_names(), ["ER-1/R"]);
    assert_eq!(read.steps("ER-2"), ["10 CUT C1"]);
}

#[test]
fn a_workbook_is_known_by_its_bytes_and_not_by_its_name() {
    let book = bytes(|book| write(book.add_worksheet(), (0, 0), &[&["item_no", "name"], &["A1", "hub"]]));
    for name in ["items.csv", "items", "items.xlsx", "ITEMS.XLSX", "items.txt"] {
        let read = read_bytes(&[(name, book.clone())], &Options::default(), TODAY).clean();
        assert_eq!(read.items.len(), 1, "{name}");
    }
    let half = book[..book.len() / 2].to_vec();
    let broken = read_bytes(&[("items.xlsx", half)], &Options::default(), TODAY);
    assert!(
        matches!(broken.failure(), ImportError::Workbook { .. } | ImportError::OtherForm { .. }),
        "{}",
        broken.failure()
    );
}

#[test]
fn a_workbook_without_a_table_lists_its_sheets() {
    let read = read_sheets(|book| {
        write(book.add_worksheet().set_name("Notes").expect("a name"), (0, 0), &[&["Nothing here"]]);
    });
    assert!(read.failure().to_string().contains("Notes"), "{}", read.failure());
}
