//! What is a time, and what stays open.

use super::*;
use crate::clean::numbers::{Decimal, NumberEvidence};

const MINUTES: DurationFormat = DurationFormat { unit: TimeUnit::Minute, colon: None, number: NumberFormat::Open };

fn evidence(values: &[&str]) -> DurationEvidence {
    let mut evidence = DurationEvidence::default();
    values.iter().for_each(|value| evidence.add(value));
    evidence
}

fn decided(values: &[&str], unit: Option<TimeUnit>) -> DurationDecision {
    let column = evidence(values);
    decide(&column, &column.numbers, None, unit)
}

#[test]
fn times_that_carry_their_unit() {
    for (text, expected) in [
        ("0:07:15", 7.25),
        ("12:00:00", 720.0),
        ("00:07:15.5", 7.258_333),
        ("2.01:30:00", 2970.0),
        ("36 min", 36.0),
        ("36Min.", 36.0),
        ("2h 20m", 140.0),
        ("2 h 20 min", 140.0),
        ("2h20", 140.0),
        ("2 hours and 20 minutes", 140.0),
        ("7분 15초", 7.25),
        ("2시간20분", 140.0),
        ("120 s", 2.0),
        ("120sec", 2.0),
        ("3 d", 4320.0),
        ("1 Tag 2 Std.", 1560.0),
        ("2,5 h", 150.0),
        ("2.5 h", 150.0),
        ("4.1 h", 246.0),
        ("2 Std. 20 Min. 30 Sek.", 140.5),
        ("2 Stunden und 20 Minuten", 140.0),
        ("2 horas y 20 minutos", 140.0),
        ("2小时20分", 140.0),
        ("2時間20分30秒", 140.5),
        ("7' 15\"", 7.25),
        ("7′15′′", 7.25),
        ("PT2H20M", 140.0),
        ("PT90S", 1.5),
        ("P1DT1H", 1500.0),
        ("PT1.5H", 90.0),
        ("P1W", 10_080.0),
        ("22:30 min", 22.5),
        ("22:30.6", 22.51),
        ("3:30 h", 210.0),
        ("3:30 Std.", 210.0),
        ("0:00", 0.0),
        ("42", 42.0),
        ("7.5", 7.5),
        ("0", 0.0),
    ] {
        assert_eq!(minutes(text, &MINUTES), Ok(expected), "{text:?}");
    }
}

#[test]
fn numbers_count_in_the_unit_of_their_column() {
    let of = |unit| DurationFormat { unit, ..MINUTES };
    assert_eq!(minutes("4.1", &of(TimeUnit::Hour)), Ok(246.0));
    assert_eq!(minutes("90", &of(TimeUnit::Second)), Ok(1.5));
    assert_eq!(minutes("0,5", &of(TimeUnit::Day)), Ok(720.0));
    assert_eq!(minutes("20 min", &of(TimeUnit::Hour)), Ok(20.0));
    assert_eq!(minutes("8", &of(TimeUnit::HourMinute)), Err(DurationFault::TwoReadings { minutes: [480.0, 8.0] }));
    assert_eq!(minutes("0", &of(TimeUnit::HourMinute)), Ok(0.0));
    assert_eq!(minutes("4.1", &MINUTES.with_unit(TimeUnit::Hour)), Ok(246.0));
    assert_eq!(minutes("2:30", &MINUTES.with_unit(TimeUnit::Hour)), Ok(150.0));
}

#[test]
fn what_is_no_time_is_a_fault_and_never_zero() {
    for text in [
        "",
        "see drawing",
        "도면참조",
        "TBD",
        "n.V.",
        "-",
        "min",
        "5 pcs",
        "5 mm",
        "5 kg",
        "h",
        "1m 2h",
        "5 min 6 min",
        "2:75",
        "2:5",
        ":30",
        "2:",
        "1:2:3",
        "1:75:00",
        "0:18:25 min",
        "2:15 s",
        "P",
        "PT",
        "P1M",
        "P1Y",
        "PT5X",
        "5 5",
        "1h 75",
        "1:00:00:00",
        "10 %",
        "5:30 pm",
        "1e400",
        "5 TMU",
    ] {
        assert_eq!(minutes(text, &MINUTES), Err(DurationFault::NotADuration), "{text:?}");
    }
}

#[test]
fn negative_times_give_their_value_back() {
    for (text, expected) in [
        ("-12.5", -12.5),
        ("12.5-", -12.5),
        ("(12.5)", -12.5),
        ("-1h 30m", -90.0),
        ("-0:07:30", -7.5),
        ("-PT5M", -5.0),
        ("45 min-", -45.0),
    ] {
        assert_eq!(minutes(text, &MINUTES), Err(DurationFault::Negative { minutes: expected }), "{text:?}");
    }
    assert_eq!(minutes("-0", &MINUTES), Ok(0.0));
}

#[test]
fn two_parts_are_open_until_something_settles_them() {
    let open = Err(DurationFault::TwoReadings { minutes: [195.0, 3.25] });
    for column in
        [&["3:15"][..], &["3:15", "0:10:00"], &["3:15", "95:20"], &["3:15", "2:10 h", "2:10 min"], &["3:15", "45 min"]]
    {
        let decision = decided(column, None);
        assert_eq!(minutes("3:15", &decision.format), open, "{column:?}");
        assert_eq!(decision.open, Some(("3:15".into(), [195.0, 3.25])));
    }
    assert_eq!(minutes("3:15", &decided(&["3:15"], Some(TimeUnit::Minute)).format), open);
    for (column, unit, expected) in [
        (&["3:15"][..], Some(TimeUnit::HourMinute), 195.0),
        (&["3:15"], Some(TimeUnit::Hour), 195.0),
        (&["3:15"], Some(TimeUnit::MinuteSecond), 3.25),
        (&["3:15", "2:10 h"], None, 195.0),
        (&["3:15", "2:10 Std."], None, 195.0),
        (&["3:15", "2:10 min"], None, 3.25),
        (&["3:15", "02:10.5"], None, 3.25),
    ] {
        let decision = decided(column, unit);
        assert_eq!(minutes("3:15", &decision.format), Ok(expected), "{column:?} {unit:?}");
        assert_eq!(decision.open, None);
    }
}

#[test]
fn numbers_within_times_follow_the_column() {
    let comma = decided(&["1.250", "0,5", "40"], None);
    assert_eq!(minutes("1.250", &comma.format), Ok(1250.0));
    let with_units = decided(&["1,125 h", "2,5 h"], None);
    assert_eq!(minutes("1,125 h", &with_units.format), Ok(67.5));
    let silent = decided(&["1,125 h"], None);
    assert_eq!(minutes("1,125 h", &silent.format), Err(DurationFault::TwoReadings { minutes: [67_500.0, 67.5] }));
    assert!(silent.number.open.is_some());
    let mut file = NumberEvidence::default();
    file.add("0,75");
    let settled = decide(&evidence(&["1,125 h"]), &file, None, None);
    assert_eq!(minutes("1,125 h", &settled.format), Ok(67.5));
    let stated =
        decide(&evidence(&["1,125"]), &NumberEvidence::default(), Some(Decimal::Point), Some(TimeUnit::Second));
    assert_eq!(minutes("1,125", &stated.format), Ok(18.75));
}

#[test]
fn evidence_counts_every_value_once() {
    let values = ["5", "7,5", "45 min", "2:15", "0:05:30", "2:10 h", "1:10 min", "PT5M", "see drawing", "1h 10m", "-3"];
    let whole = evidence(&values);
    let (left, right) = values.split_at(5);
    let mut merged = evidence(left);
    merged.merge(&evidence(right));
    assert_eq!(merged, whole);
    assert_eq!(whole.n_durations() + whole.n_not_durations, values.len() as u64);
    assert_eq!((whole.n_bare, whole.n_with_unit, whole.n_hour_minute, whole.n_minute_second), (3, 3, 1, 1));
}
