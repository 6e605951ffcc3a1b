//! Tests of rows that are no data.

use super::*;

const HEADER: [&str; 6] = ["item_cd", "routing_id", "proc_seq", "job_cd", "setup_min", "remark"];

/// The kind of a row of routings, of which the first four columns are keys.
fn routing(row: &str) -> Option<NoData> {
    let mut cells: Vec<&str> = row.split(';').collect();
    cells.resize(HEADER.len(), "");
    classify(&StringRecord::from(cells), &HEADER.map(str::to_owned), &[0, 1, 2, 3])
}

/// The kind of a row of items, of which the first column is the only key.
fn item(row: &str) -> Option<NoData> {
    let header = ["품목코드", "품목명", "재질", "중량"].map(str::to_owned);
    let mut cells: Vec<&str> = row.split(';').collect();
    cells.resize(header.len(), "");
    classify(&StringRecord::from(cells), &header, &[0])
}

#[test]
fn data_is_data() {
    for row in [
        "A-1;R1;10;CUT;5;",
        "TOTAL-1;R1;10;CUT;5;",
        "Total;R1;10;CUT;5;",
        "A-1;R1;10;TOTAL;5;",
        ";;20;TOTAL;5;",
        ";;20;검사;5;합계",
        "A-1;R1;10;CUT;-;---",
        "A-1;-;-;-;-;-",
        "-;-;-;-;-;-",
        "item_cd;R1;10;CUT;5;",
        "Page 7;R1;10;CUT;;",
        "3 rows;R1;10;CUT;;",
    ] {
        assert_eq!(routing(row), None, "{row}");
    }
    for row in [
        "TS-5;Total station;steel;4",
        "TOTAL-1;;;4",
        "TOTAL;Total station;aluminium;4",
        "계-10;계기판;;",
        "합계;합계판;SS400;3",
        "SUM3000;;;",
        "END;;;",
        "Total station;;;",
        "Pagefold;;;",
        "-3;;;",
        "ROW-12;;;",
        "P10;;;",
    ] {
        assert_eq!(item(row), None, "{row}");
    }
}

#[test]
fn rulers_are_seen() {
    for row in [
        "-----;----;---;-----",
        "=====",
        "+----+----+",
        "|---|---|",
        ";;____;____",
        "────;────",
        "***",
        ":---;:---:;---:",
    ] {
        assert_eq!(routing(row), Some(NoData::Ruler), "{row}");
        assert_eq!(item(row), Some(NoData::Ruler), "{row}");
    }
}

#[test]
fn a_header_within_the_data_is_seen() {
    for row in [
        "item_cd;routing_id;proc_seq;job_cd;setup_min;remark",
        "ITEM_CD; Routing_ID;PROC_SEQ;job_cd;setup_min;Remark",
        "item_cd;routing_id;proc_seq;job_cd;setup_min;",
    ] {
        assert_eq!(routing(row), Some(NoData::RepeatedHeader), "{row}");
    }
    assert_eq!(item("품목코드;품목명;재질;중량"), Some(NoData::RepeatedHeader));
    assert_eq!(item("품목코드;축;SS400;3"), None);
}

#[test]
fn totals_are_seen_in_six_languages() {
    for word in [
        "Total",
        "TOTAL:",
        "Sub-total",
        "Sub total",
        "Grand Total",
        "** Total **",
        "합계",
        "합 계",
        "소계",
        "[총계]",
        "<누계>",
        "계",
        "Summe",
        "Zwischensumme:",
        "Gesamt",
        "Suma",
        "Total general",
        "合计",
        "小计",
        "总计",
        "合計",
        "小計",
        "総計",
        "總計",
        "A-1 소계",
        "소계 (A-1)",
        "Total for A-1",
        "Summe: 4",
        "A-1 Total",
        "Gesamtergebnis",
        "합계: 12건",
    ] {
        assert_eq!(routing(&format!("{word};;;;125,5;")), Some(NoData::Total), "{word}");
        assert_eq!(routing(&format!(";;;{word};40 min;")), Some(NoData::Total), "{word}");
        assert_eq!(item(&format!("{word};;;1,250.5")), Some(NoData::Total), "{word}");
        assert_eq!(item(&format!(";{word};;12")), Some(NoData::Total), "{word}");
    }
}

#[test]
fn footers_are_seen_in_six_languages() {
    for row in [
        "(12 rows affected)",
        "(1 row affected)",
        "(1;234 rows affected)",
        "12 rows selected.",
        "12 rows in set (0.01 sec)",
        "(12개 행이 영향을 받음)",
        "총 12건",
        "(12 Zeilen betroffen)",
        "(12 filas afectadas)",
        "(12 行受影响)",
        "(12 個資料列受到影響)",
        "(12 行処理されました)",
        "Completion time: 2023-11-30T07:15:00.1234567+09:00",
        "*** End of report ***",
        "--- END ---",
        "- 끝 -",
        "이하 여백",
        "*** Ende ***",
        "Fin del informe",
        "Page 2 of 9",
        "Seite 2 von 9",
        "Página 2 de 9",
        "페이지 2 / 9",
        "第 2 页 共 9 页",
        "- 2 / 9 -",
        "- 2 -",
    ] {
        assert_eq!(routing(row), Some(NoData::Footer), "{row}");
        assert_eq!(item(row), Some(NoData::Footer), "{row}");
    }
}
