//! Days: their order by the column, their forms, and which rows count on the plant's day.

use super::given::{Reading, day, read, read_bytes};
use engine::import::Options;

fn plan(dates: &[&str]) -> Reading {
    let rows: String = dates.iter().enumerate().map(|(n, date)| format!("D{n},1,10,SAW,S1,\"{date}\"\n")).collect();
    read(&[("routings.csv", &format!("item,routing_no,seq,operation,machine,created\n{rows}"))])
}

fn created(read: &Reading) -> Vec<Option<String>> {
    read.routings.iter().map(|routing| routing.created.map(|date| date.to_string())).collect()
}

fn days(days: &[&str]) -> Vec<Option<String>> {
    days.iter().map(|day| Some((*day).to_owned())).collect()
}

#[test]
fn one_day_above_twelve_settles_the_whole_column() {
    let day_first = ["04/09/2017", "11/02/2018", "23/01/2019", "1/5/2020"];
    let expected = ["2017-09-04", "2018-02-11", "2019-01-23", "2020-05-01"];
    for mark in ["/", ".", "-", " / "] {
        let written = day_first.map(|date| date.replace('/', mark));
        let read = plan(&written.each_ref().map(String::as_str)).clean();
        assert_eq!(created(&read), days(&expected), "{mark:?}");
    }
    let month_first = plan(&["04/09/2017", "11/02/2018", "01/23/2019", "5/1/2020"]).clean();
    assert_eq!(created(&month_first), days(&["2017-04-09", "2018-11-02", "2019-01-23", "2020-05-01"]));
}

#[test]
fn another_column_or_file_settles_an_open_one() {
    let text = "item,routing_no,seq,operation,valid_from,valid_to\nG1,1,10,SAW,02/03/2015,28/03/2030\n";
    let read_one = read(&[("routings.csv", text)]).clean();
    assert_eq!(read_one.operations("G1")[0].valid_from, Some(day("2015-03-02")));
    let plan = "item,routing_no,seq,operation,created\nG1,1,10,SAW,02/03/2015\n";
    let done = "item,order_no,operation,qty,end_date\nG1,W1,SAW,4,25/11/2016\n";
    let together = read(&[("routings.csv", plan), ("work_results.csv", done)]).clean();
    assert_eq!(together.routings[0].created, Some(day("2015-03-02")));
}

#[test]
fn an_order_that_nothing_settles_is_a_doubt_with_both_readings() {
    let read = plan(&["03/04/2019", "05/06/2019", "07/07/2019"]);
    assert_eq!(created(&read), [None, None, Some("2019-07-07".to_owned())]);
    assert_eq!(read.doubt_rules(), ["2 one_reading", "3 one_reading"]);
    let told = read.doubts[0].to_string();
    assert!(told.contains("2019-04-03") && told.contains("2019-03-04"), "{told}");
}

#[test]
fn forms_with_one_reading_are_read() {
    for (written, expected) in [
        ("2019-08-27", "2019-08-27"),
        ("2019/8/27", "2019-08-27"),
        ("20190827", "2019-08-27"),
        ("2019. 8. 27.", "2019-08-27"),
        ("27-Aug-19", "2019-08-27"),
        ("27 August 2019", "2019-08-27"),
        ("Aug 27, 2019", "2019-08-27"),
        ("27. Juli 2019", "2019-07-27"),
        ("27 de agosto de 2019", "2019-08-27"),
        ("2019年8月27日", "2019-08-27"),
        ("2019년 8월 27일", "2019-08-27"),
        ("2019-08-27 16:45:00", "2019-08-27"),
        ("2019-08-27T16:45:00+09:00", "2019-08-27"),
        ("2019-08-27 00:00:00.000", "2019-08-27"),
    ] {
        assert_eq!(created(&plan(&[written]).clean()), days(&[expected]), "{written}");
    }
}

#[test]
fn a_short_year_has_two_places_until_something_says_which() {
    let alone = plan(&["27.08.19"]);
    assert_eq!((created(&alone), alone.doubt_rules()), (vec![None], vec!["2 one_reading".to_owned()]));
    assert_eq!(created(&plan(&["27.08.19", "30.11.87"]).clean()), days(&["2019-08-27", "1987-11-30"]));
    assert_eq!(created(&plan(&["19.08.27", "87.11.30"]).clean()), days(&["2019-08-27", "1987-11-30"]));
}

#[test]
fn days_that_a_spreadsheet_counted_are_days() {
    let read = plan(&["43704", "43705", "43706.5"]).clean();
    assert_eq!(created(&read), days(&["2019-08-27", "2019-08-28", "2019-08-29"]));
}

#[test]
fn an_open_end_is_no_day() {
    for word in ["9999-12-31", "2999-12-31", "31.12.9999", "0000-00-00", "12/31/9999", "1900-01-01", "99991231"] {
        let text = format!("item,routing_no,seq,operation,valid_to\nK,1,10,SAW,{word}\nK,1,20,MILL,2030-01-31\n");
        let read = read(&[("routings.csv", &text)]).clean();
        let ends: Vec<_> = read.operations("K").iter().map(|one| one.valid_to).collect();
        assert_eq!(ends, [None, Some(day("2030-01-31"))], "{word}");
        assert_eq!(read.tables[0].clean.n_sentinel_dates, 1, "{word}");
    }
}

#[test]
fn of_several_periods_the_one_of_the_day_counts_in_any_order_and_language() {
    let rows = [
        "RG,1,10,TURN,L-1,2010-01-01,2015-06-30",
        "RG,1,10,TURN,L-5,2015-07-01,2019-12-31",
        "RG,1,10,TURN,L-9,2020-01-01,",
    ];
    for header in [
        "item,routing_no,seq,operation,machine,valid_from,valid_to",
        "품번,라우팅번호,공정순서,공정코드,설비코드,유효시작일,유효종료일",
        "Artikelnummer,Arbeitsplan,Vorgangsnummer,Arbeitsgang,Maschine,Gültig ab,Gültig bis",
        "artículo,ruta,secuencia,operación,máquina,válido desde,válido hasta",
        "品番,工順,工程順,工程コード,設備コード,有効開始日,有効終了日",
    ] {
        for turn in 0..3 {
            let mut rows = rows;
            rows.rotate_left(turn);
            let text = format!("{header}\n{}\n", rows.join("\n"));
            let at = |today: &str| {
                let files = [("routings.csv", text.clone().into_bytes())];
                read_bytes(&files, &Options::default(), today).clean().steps("RG")
            };
            assert_eq!(at("2013-03-03"), ["10 TURN L-1"], "{header}");
            assert_eq!(at("2017-03-03"), ["10 TURN L-5"], "{header}");
            assert_eq!(at("2022-03-03"), ["10 TURN L-9"], "{header}");
        }
    }
}
