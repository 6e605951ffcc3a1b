//! Units in headings of our own.

use super::*;

fn split(header: &str) -> (String, Option<TimeUnit>, Option<Per>) {
    let HeaderUnit { base, unit, per, .. } = in_header(header);
    (base, unit, per)
}

#[test]
fn units_stand_in_brackets_before_or_behind() {
    use TimeUnit::*;
    for (header, base, unit) in [
        ("장착시간(초)", "장착시간", Second),
        ("Umrüsten [Std.]", "umrusten", Hour),
        ("load time (h)", "loadtime", Hour),
        ("clamp_secs", "clamp", Second),
        ("ClampMinutes", "clamp", Minute),
        ("CLAMPHRS", "clamp", Hour),
        ("Spannzeit in Min", "spannzeit", Minute),
        ("Spannzeit Std", "spannzeit", Hour),
        ("Hours of loading", "loading", Hour),
        ("Tiempo de carga (segundos)", "tiempodecarga", Second),
        ("积放时间（小时）", "积放时间", Hour),
        ("積込時間(分)", "积込时间", Minute),
        ("적재시간(시간)", "적재시간", Hour),
        ("적재 시간_시간", "적재시간", Hour),
        ("load (hh:mm)", "load", HourMinute),
        ("load h:mm", "load", HourMinute),
        ("load [mm:ss]", "load", MinuteSecond),
        ("load_d", "load", Day),
        ("Ladezeit / min", "ladezeit", Minute),
    ] {
        assert_eq!(split(header), (base.to_owned(), Some(unit), None), "{header}");
    }
}

#[test]
fn a_time_is_not_hours_and_a_minimum_is_not_minutes() {
    for header in [
        "적재시간",
        "적재 시간",
        "装载时间",
        "min_load_time",
        "second_load_time",
        "std_load_time",
        "load",
        "(new) load",
        "load (old)",
    ] {
        assert_eq!(split(header).1, None, "{header}");
    }
}

#[test]
fn what_a_time_is_for() {
    use TimeUnit::*;
    for (header, unit, per) in [
        ("load_min_per_50", Some(Minute), Per::Pieces(50)),
        ("load (min/pc)", Some(Minute), Per::Piece),
        ("Load Hours per Unit", Some(Hour), Per::Piece),
        ("load [Std./1000 Stk]", Some(Hour), Per::Pieces(1000)),
        ("load time per 25 (sec)", Some(Second), Per::Pieces(25)),
        ("load per lot", None, Per::Lot),
        ("load (h/Los)", Some(Hour), Per::Lot),
        ("load je Stück in Min", Some(Minute), Per::Piece),
        ("load por pieza (min)", Some(Minute), Per::Piece),
        ("load(분/개)", Some(Minute), Per::Piece),
        ("load (per 10 pcs)", None, Per::Pieces(10)),
        ("50개당 load(분)", Some(Minute), Per::Pieces(50)),
    ] {
        let found = split(header);
        assert_eq!((found.1, found.2), (unit, Some(per)), "{header}");
        assert!(found.0.starts_with("load"), "{header}: {}", found.0);
    }
    assert_eq!(split("min/pc"), (String::new(), Some(Minute), Some(Per::Piece)));
    assert_eq!(split("h/100 pcs"), (String::new(), Some(Hour), Some(Per::Pieces(100))));
    // A rate is no time.
    assert_eq!(split("load (pcs/h)"), ("loadpcs/h".to_owned(), None, None));
    assert_eq!(split("pcs per hour").2, None);
}
