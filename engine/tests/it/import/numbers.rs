//! Numbers and times in cells: decimal signs, thousands, units, durations, reference quantities.

use super::given::{Reading, read, read_with};
use engine::clean::numbers::Decimal;
use engine::import::{ImportError, Options};

/// Run minutes of each row of one column.
fn runs(heading: &str, cells: &[&str]) -> (Vec<Option<f64>>, Reading) {
    let rows: String =
        cells.iter().enumerate().map(|(n, cell)| format!("T,1,{},J{n},\"{cell}\"\n", 10 * n + 10)).collect();
    let read = read(&[("routings.csv", &format!("item,routing_no,seq,operation,\"{heading}\"\n{rows}"))]);
    assert!(read.failed.is_empty(), "{:?}", read.failed);
    (read.minutes("T").into_iter().map(|(_, run)| run).collect(), read)
}

fn all(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

#[test]
fn the_column_says_what_a_comma_is() {
    assert_eq!(runs("run_min", &["7,5", "0,25", "2,125"]).0, all(&[7.5, 0.25, 2.125]));
    assert_eq!(runs("run_min", &["7.5", "0.25", "2,125"]).0, all(&[7.5, 0.25, 2125.0]));
    assert_eq!(runs("run_min", &["1.250,75", "3.000", "8"]).0, all(&[1250.75, 3000.0, 8.0]));
    assert_eq!(runs("run_min", &["1,250.75", "3,000", "8"]).0, all(&[1250.75, 3000.0, 8.0]));
    assert_eq!(runs("run_min", &["1 250,75", "3 000", "8"]).0, all(&[1250.75, 3000.0, 8.0]));
    assert_eq!(runs("run_min", &["1'250.75", "3'000", "8"]).0, all(&[1250.75, 3000.0, 8.0]));
    assert_eq!(runs("run_min", &["0,375", "0,5"]).0, all(&[0.375, 0.5]));
}

#[test]
fn another_column_settles_one_that_is_silent() {
    let text = "item;routing_no;seq;operation;setup_min;run_min\nT;1;10;A;12,75;2,250\nT;1;20;B;3,5;1,125\n";
    let read = read(&[("routings.csv", text)]).clean();
    assert_eq!(read.minutes("T"), [(Some(12.75), Some(2.25)), (Some(3.5), Some(1.125))]);
}

#[test]
fn another_file_settles_a_file_that_is_silent_and_else_it_is_asked_for() {
    let silent = "item;routing_no;seq;operation;run_min\nT;1;10;A;2,250\nT;1;20;B;1,125\n";
    let alone = read(&[("routings.csv", silent)]);
    let error = alone.failure().to_string();
    assert!(error.contains("2250") && error.contains("2.25") && error.contains("--decimal"), "{error}");
    assert!(matches!(alone.failure(), ImportError::OpenNumbers { column, .. } if column == "run_min"));
    let speaking = "item;order_no;operation;qty;run_min\nT;W1;A;10;22,75\nT;W2;A;10;21,5\n";
    let together = read(&[("routings.csv", silent), ("work_results.csv", speaking)]).clean();
    assert_eq!(together.minutes("T")[0].1, Some(2.25));
    let stated = Options { decimal: Some(Decimal::Point), ..Options::default() };
    assert_eq!(read_with(&[("routings.csv", silent)], &stated).clean().minutes("T")[0].1, Some(2250.0));
}

#[test]
fn a_column_of_both_signs_leaves_only_the_two_faced_values_unknown() {
    let (minutes, read) = runs("run_min", &["12,75", "8.5", "2,125", "40"]);
    assert_eq!(minutes, [Some(12.75), Some(8.5), None, Some(40.0)]);
    assert_eq!(read.doubt_rules(), ["4 one_reading"]);
}

#[test]
fn attributes_with_decimal_commas_are_numbers() {
    let text = "item_no;name;bore_mm;weight_kg\nP1;sleeve;40,5;0,750\nP2;sleeve;38,25;1,250\n";
    let read = read(&[("items.csv", text)]).clean();
    assert_eq!(read.item("P1").attributes["bore_mm"], "40.5");
    assert_eq!(read.item("P2").attributes["weight_kg"], "1.25");
}

#[test]
fn article_numbers_with_points_stay_texts() {
    let text = "item_no;name;drawing\nP1;sleeve;4.711.002\nP2;cover;4.711.003\n";
    assert_eq!(read(&[("items.csv", text)]).clean().item("P1").attributes["drawing"], "4.711.002");
}

#[test]
fn durations_with_units_and_colons_are_minutes() {
    for (cell, minutes) in [
        ("0:12:30", 12.5),
        ("01:00:00", 60.0),
        ("36 s", 0.6),
        ("40 min", 40.0),
        ("2h 15m", 135.0),
        ("1 h 30 min", 90.0),
        ("7분 30초", 7.5),
        ("2시간", 120.0),
        ("1,5 Std.", 90.0),
        ("20 Min.", 20.0),
        ("3小时", 180.0),
        ("12分", 12.0),
        ("2 horas", 120.0),
        ("PT1H15M", 75.0),
        ("18:30 min", 18.5),
        ("2:30 h", 150.0),
        ("1h30", 90.0),
        ("0.5 d", 720.0),
    ] {
        assert_eq!(runs("run_time", &[cell]).0, [Some(minutes)], "{cell}");
    }
}

#[test]
fn two_parts_between_colons_have_two_readings_until_something_says_which() {
    let (minutes, read) = runs("run_time", &["3:20", "15"]);
    assert_eq!((minutes, read.doubt_rules()), (vec![None, Some(15.0)], vec!["2 one_reading".to_owned()]));
    assert_eq!(runs("run_time (h:mm)", &["3:20"]).0, [Some(200.0)]);
    assert_eq!(runs("run_time (mm:ss)", &["3:30"]).0, [Some(3.5)]);
    assert_eq!(runs("run_time", &["3:30", "95:15"]).0[0], None, "either is possible still");
    assert_eq!(runs("run_time", &["3:30 min", "4:15"]).0, [Some(3.5), Some(4.25)]);
}

#[test]
fn times_are_of_the_quantity_that_the_table_names() {
    for (heading, cells, minutes) in [
        ("run_min,Batch Size", "90,30", 3.0),
        ("가공시간(분),기준수량", "90,30", 3.0),
        ("Bearbeitungszeit (min),Losgröße", "90,30", 3.0),
        ("tiempo de ejecución (min),tamaño de lote", "90,30", 3.0),
        ("加工时间(分),批量", "90,30", 3.0),
        ("加工時間(分),ロットサイズ", "90,30", 3.0),
        ("Run Minutes per 100,remark", "90,x", 0.9),
        ("run time per piece [s],remark", "90,x", 1.5),
        ("Stückzeit [min],remark", "90,x", 90.0),
        ("Minuten je 1000 Stück,remark", "90,x", 0.09),
        ("run_min,lot_size", "90,0", 90.0),
    ] {
        let text = format!("item,routing_no,seq,operation,{heading}\nT,1,10,A,{cells}\n");
        let read = read(&[("routings.csv", &text)]);
        assert_eq!(read.minutes("T")[0].1, Some(minutes), "{heading} {:?}", read.tables[0].columns);
    }
}

#[test]
fn the_time_of_a_lot_of_unknown_size_is_unknown() {
    let text = "item,routing_no,seq,operation,run_min_per_lot\nT,1,10,A,90\n";
    assert_eq!(read(&[("routings.csv", text)]).minutes("T")[0].1, None);
    let text = "item,routing_no,seq,operation,run_min,lot_size\nT,1,10,A,90,several\n";
    let read = read(&[("routings.csv", text)]);
    assert_eq!((read.minutes("T")[0].1, read.doubts.len()), (None, 1));
}

#[test]
fn units_per_row_in_every_table() {
    for (heading, cells) in [
        ("run_time,time_unit", ["2,H", "90,MIN", "1800,SEC", "3,fortnights"]),
        ("가공시간,시간단위", ["2,시간", "90,분", "1800,초", "3,보름"]),
        ("Bearbeitungszeit,Zeiteinheit", ["2,Std", "90,Min", "1800,Sek", "3,Kalenderwochen"]),
        ("加工時間,時間単位", ["2,時間", "90,分", "1800,秒", "3,か月"]),
    ] {
        let plan: String = cells.iter().enumerate().map(|(n, c)| format!("T,1,{},J{n},{c}\n", n + 1)).collect();
        let (plan, done) = (
            format!("item,routing_no,seq,operation,{heading}\n{plan}"),
            format!("item,order_no,operation,qty,{heading}\nT,W,A,5,{}\n", cells[0]),
        );
        let read = read(&[("routings.csv", &plan), ("work_results.csv", &done)]);
        let minutes: Vec<_> = read.minutes("T").into_iter().map(|(_, run)| run).collect();
        assert_eq!(minutes, [Some(120.0), Some(90.0), Some(30.0), None], "{heading}");
        assert_eq!(read.doubt_rules(), ["5 time_unit"], "{heading}");
        assert_eq!(read.results[0].run_min, Some(120.0), "{heading}");
    }
}

#[test]
fn words_for_nothing_are_no_zero() {
    for word in ["", "-", "N/A", "NA", "NULL", "\\N", "(null)", "없음", "k.A.", "ninguno", "无", "なし", "#N/A", "?"]
    {
        let (minutes, read) = runs("run_min", &[word, "0", "4"]);
        assert_eq!(minutes, [None, Some(0.0), Some(4.0)], "{word:?}");
        assert!(read.doubts.is_empty(), "{word:?} {:?}", read.doubts);
        assert_eq!(read.tables[0].missing.values().sum::<u64>(), u64::from(!word.is_empty()), "{word:?}");
    }
    let (minutes, read) = runs("run_min", &["TBD", "4"]);
    assert_eq!((minutes, read.doubts.len()), (vec![None, Some(4.0)], 1), "not decided yet is not nothing");
}
