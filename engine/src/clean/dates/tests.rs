//! What is a day, and what stays open.

use super::*;

fn on(year: i32, month: u32, day: u32) -> Option<Day> {
    Some(Day::On(Date::from_ymd_opt(year, month, day).expect("a day of the calendar")))
}

#[test]
fn one_day_in_many_spellings() {
    for text in [
        "2014-06-03",
        "2014/06/03",
        "2014.06.03",
        "2014. 6. 3.",
        "20140603",
        "2014년 6월 3일",
        "2014-06-03 00:00:00.000",
        "2014-06-03T07:30:00Z",
        "2014-06-03T07:30:00+09:00",
        "03-Jun-14",
        "3-JUN-2014",
        "2014-6-3 오전 7:30:00",
    ] {
        assert_eq!(parse(text), on(2014, 6, 3), "{text:?}");
    }
    assert_eq!(parse("25/06/2014"), on(2014, 6, 25));
    assert_eq!(parse("06/25/2014"), on(2014, 6, 25));
    assert_eq!(parse("12-Jul-98"), on(1998, 7, 12));
}

#[test]
fn sentinels_are_not_days() {
    for text in ["2999-12-31", "9999-12-31", "29991231", "31-Dec-99", "31-DEC-99", "1900-01-01", "2999-12-31 00:00:00"]
    {
        assert_eq!(parse(text), Some(Day::Sentinel), "{text:?}");
    }
    assert_eq!(parse("31-Dec-1999"), on(1999, 12, 31));
}

#[test]
fn what_is_not_a_day_is_refused() {
    for text in
        ["", "soon", "2014-13-01", "2014-02-30", "03/06/2014", "2014-06", "2014-06-03 whenever", "1-2-3", "é-1-1"]
    {
        assert_eq!(parse(text), None, "{text:?}");
    }
}

fn evidence(values: &[&str]) -> DateEvidence {
    let mut evidence = DateEvidence::default();
    values.iter().for_each(|value| evidence.add(value));
    evidence
}

fn decided(column: &[&str], file: &[&str]) -> DateDecision {
    let column = evidence(column);
    let mut whole = evidence(file);
    whole.merge(&column);
    decide(&column, &whole, None, false)
}

fn read(column: &[&str], value: &str) -> Result<Day, DateFault> {
    parse_as(value, &decided(column, &[]).format)
}

fn day(year: i32, month: u32, day: u32) -> Result<Day, DateFault> {
    Ok(on(year, month, day).expect("a day"))
}

#[test]
fn written_months_and_named_parts_need_no_column() {
    for text in [
        "2019년 8월 5일",
        "2019年8月5日",
        "2019. 8. 5.",
        "2019-08-05T23:10:00-05:00",
        "2019-08-05T23:10Z",
        "20190805 231000",
        "20190805T231000Z",
        "20190805231000",
        "Aug 5, 2019",
        "August 5th, 2019",
        "5 August 2019",
        "05-Aug-2019",
        "05AUG2019",
        "5. August 2019",
        "5 ago 2019",
        "5 de agosto de 2019",
        "2019-Aug-05",
        "Mon, 5 Aug 2019",
        "Montag, 5. August 2019",
        "2019-08-05 (월)",
        "2019年8月5日（月）",
        "2019年08月05日 23:10",
        "2019/8/5 下午11:10",
        "19年8月5日",
        "2019-08-05 11:10 PM",
    ] {
        assert_eq!(parse(&crate::clean::text::clean(text)), on(2019, 8, 5), "{text:?}");
    }
    assert_eq!(parse("7. März 2020"), on(2020, 3, 7));
    assert_eq!(parse("7 dic 2020"), on(2020, 12, 7));
    assert_eq!(parse("07-Okt-20"), on(2020, 10, 7));
    assert_eq!(parse("Ene 7, 2020"), on(2020, 1, 7));
}

#[test]
fn sentinels_in_any_dress() {
    for text in [
        "9999",
        "31.12.9999",
        "12/31/9999",
        "01.01.1900",
        "0000-00-00",
        "00.00.0000",
        "00000000",
        "1/1/1753",
        "1899-12-30",
        "0001-01-01",
        "31.12.99",
        "99-12-31",
        "12/31/99",
        "0",
        "99991231",
        "2999/12/31 23:59:59",
    ] {
        assert_eq!(parse(text), Some(Day::Sentinel), "{text:?}");
    }
    for mistyped in
        ["1091-08-05", "2919-08-05", "10190805", "12345678", "2019", "1-2-3", "4.5.6", "Marble 5 2019", "12,05,2019"]
    {
        assert_eq!(parse(mistyped), None, "{mistyped:?}");
    }
}

#[test]
fn one_day_over_twelve_settles_the_column() {
    assert_eq!(read(&["04/09/2020", "23/09/2020"], "04/09/2020"), day(2020, 9, 4));
    assert_eq!(read(&["04/09/2020", "09/23/2020"], "04/09/2020"), day(2020, 4, 9));
    assert_eq!(read(&["04.09.2020", "23.09.2020 10:00"], "04.09.2020"), day(2020, 9, 4));
    assert_eq!(read(&["04-09-2020", "23.09.2020"], "04-09-2020"), day(2020, 9, 4));
    assert_eq!(read(&["04092020", "23092020"], "04092020"), day(2020, 9, 4));
    assert_eq!(read(&["04/09/20", "09/23/20"], "04/09/20"), day(2020, 4, 9));
    assert_eq!(read(&["20-09-04", "77-09-23"], "20-09-04"), day(2020, 9, 4));
    assert_eq!(read(&["04.09.20", "23.09.77"], "04.09.20"), day(2020, 9, 4));
    assert_eq!(read(&["04.09.20", "23.09.2019"], "04.09.20"), day(2020, 9, 4));
    assert_eq!(read(&["20-9-4"], "20-9-4"), day(2020, 9, 4));
}

#[test]
fn the_file_settles_a_silent_column() {
    let decision = decided(&["04/09/2020"], &["23/10/2020"]);
    assert_eq!(decision.format.order(), Some(DateOrder::Dmy));
    assert_eq!(parse_as("04/09/2020", &decision.format), day(2020, 9, 4));
    assert_eq!(parse_as("04.09.20", &decided(&["04.09.20"], &["31.12.99"]).format), day(2020, 9, 4));
    // Hyphens come from another program than points: a year may be first there.
    assert!(parse_as("20-09-04", &decided(&["20-09-04"], &["31.12.99"]).format).is_err());
}

#[test]
fn contradictions_leave_only_what_has_one_reading() {
    let column = ["23/09/2020", "09/24/2020", "04/09/2020"];
    assert_eq!(read(&column, "23/09/2020"), day(2020, 9, 23));
    assert_eq!(read(&column, "09/24/2020"), day(2020, 9, 24));
    let both = [on(2020, 9, 4).expect("a day"), on(2020, 4, 9).expect("a day")];
    assert_eq!(read(&column, "04/09/2020"), Err(DateFault::Ambiguous { readings: both }));
    assert_eq!(decided(&column, &[]).open, Some(("04/09/2020".into(), both)));
}

#[test]
fn what_nothing_settles_stays_open_with_two_readings() {
    for text in ["04/09/2020", "04.09.20", "20-09-04", "04-09-05", "23.09.20"] {
        let decision = decided(&[text], &[]);
        assert!(matches!(parse_as(text, &decision.format), Err(DateFault::Ambiguous { .. })), "{text}");
        assert_eq!(decision.open.map(|(example, _)| example).as_deref(), Some(text));
    }
    // Firsts of the month look like a short year that is always 01.
    let firsts = ["20.01.01", "19.07.01", "18.02.01", "17.03.01", "16.04.01", "15.05.01", "14.06.01", "13.08.01"];
    assert!(decided(&firsts, &[]).open.is_some());
    assert_eq!(read(&["05/05/2020"], "05/05/2020"), day(2020, 5, 5));
    let stated = DateFormat::of(DateOrder::Ymd);
    assert_eq!(parse_as("20-09-04", &stated), day(2020, 9, 4));
    assert_eq!(parse_as("23.09.2020", &stated), day(2020, 9, 23));
}

#[test]
fn years_are_few_and_days_are_many() {
    let last: Vec<String> = (3..20).map(|at| format!("{at:02}.0{}.{}", at % 9 + 1, 20 + at % 3)).collect();
    let first: Vec<String> = (3..20).map(|at| format!("{}.0{}.{at:02}", 20 + at % 3, at % 9 + 1)).collect();
    let format = |texts: &[String]| decided(&texts.iter().map(String::as_str).collect::<Vec<_>>(), &[]).format;
    assert_eq!(parse_as("20.08.21", &format(&first)), day(2020, 8, 21));
    assert_eq!(parse_as("17.08.21", &format(&last)), day(2021, 8, 17));
}

#[test]
fn days_as_spreadsheets_count_them() {
    assert_eq!(read(&["43682", "43700.75", "44000"], "43682"), day(2019, 8, 5));
    assert_eq!(read(&["43682", "2019-08-06"], "43682.5"), day(2019, 8, 5));
    assert_eq!(read(&["43682", "2958465"], "2958465"), Ok(Day::Sentinel));
    let from_1904 = decide(&evidence(&["42220"]), &DateEvidence::default(), None, true).format;
    assert_eq!(parse_as("42220", &from_1904), day(2019, 8, 5));
    let few = decided(&["43682", "17", "350", "12", "soon"], &[]);
    assert_eq!(few.open_serial.as_deref(), Some("43682"));
    assert_eq!(parse_as("43682", &few.format), Err(DateFault::Serial { reading: on(2019, 8, 5).expect("a day") }));
    let old = Date::from_ymd_opt(1910, 2, 3).map(Day::On).expect("a day");
    assert_eq!(read(&["43682", "43683"], "3687"), Err(DateFault::Serial { reading: old }));
}

#[test]
fn evidence_counts_every_value_once() {
    let values =
        ["2019-08-05", "04/09/2020", "23.09.20", "43682", "350", "soon", "0", "99/99/2020", "20-09-04", "05.05.05"];
    let whole = evidence(&values);
    let (left, right) = values.split_at(5);
    let mut merged = evidence(left);
    merged.merge(&evidence(right));
    assert_eq!(merged, whole);
    let n_serials = whole.n_near_serials + whole.n_other_serials;
    assert_eq!(whole.n_dates() + n_serials + whole.n_zeros + whole.n_not_dates, values.len() as u64);
}
