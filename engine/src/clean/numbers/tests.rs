//! What is a number, and what stays open.

use super::*;

#[test]
fn points_and_thousands() {
    let number = |text| parse(text, Decimal::Point);
    assert_eq!(number("12.50"), Some(12.5));
    assert_eq!(number("1,234,567.5"), Some(1_234_567.5));
    assert_eq!(number("1 234"), Some(1234.0));
    assert_eq!(number("-3"), Some(-3.0));
    assert_eq!(number("+.5"), Some(0.5));
    assert_eq!(number("1.2E-3"), Some(0.0012));
    assert_eq!(number("-0"), Some(0.0));
    assert!(number("-0").is_some_and(f64::is_sign_positive));
    for bad in ["", ".", "1,23", "12,5", "1,2345", "inf", "-inf", "nan", "0x10", "5 min", "1e", "1e999", "--1", "1.2.3"]
    {
        assert_eq!(number(bad), None, "{bad:?}");
    }
}

#[test]
fn decimal_comma() {
    let number = |text| parse(text, Decimal::Comma);
    assert_eq!(number("12,5"), Some(12.5));
    assert_eq!(number("1.234,5"), Some(1234.5));
    assert_eq!(number("1.234.567"), Some(1_234_567.0));
    assert_eq!(number("12.5"), Some(12.5));
    assert_eq!(number("1.234"), Some(1.234));
    assert_eq!(number("1,2,3"), None);
}

#[test]
fn ungrouping_touches_only_grouped_numbers() {
    assert_eq!(ungrouped("1,457.99", Decimal::Point).as_deref(), Some("1457.99"));
    assert_eq!(ungrouped("12,5", Decimal::Comma).as_deref(), Some("12.5"));
    for text in ["007", "12.5", "1,2,3", "M12,5", "12,5"] {
        assert_eq!(ungrouped(text, Decimal::Point), None, "{text:?}");
    }
}

fn evidence(values: &[&str]) -> NumberEvidence {
    let mut evidence = NumberEvidence::default();
    values.iter().for_each(|value| evidence.add(value));
    evidence
}

fn read(column: &[&str], file: &[&str], value: &str) -> Result<f64, NumberFault> {
    let column = evidence(column);
    let mut whole = evidence(file);
    whole.merge(&column);
    parse_as(value, decide(&column, &whole, None).format)
}

#[test]
fn a_value_with_one_reading_needs_no_column() {
    for (text, number) in [
        ("7.25", 7.25),
        ("2,341.5", 2341.5),
        ("0.350", 0.35),
        ("4321.875", 4321.875),
        (".25", 0.25),
        ("7,25", 7.25),
        ("2.341,5", 2341.5),
        ("0,350", 0.35),
        ("4321,875", 4321.875),
        (",25", 0.25),
        ("2'341.5", 2341.5),
        ("2’341,5", 2341.5),
        ("2 341,5", 2341.5),
        ("23,41,567", 2_341_567.0),
        ("2.341.567", 2_341_567.0),
        ("2,341,567", 2_341_567.0),
        ("7.25-", -7.25),
        ("(7.25)", -7.25),
        ("−7.25", -7.25),
        ("７．２５", 7.25),
        ("2.5E-2", 0.025),
        ("1.440E+00", 1.44),
        ("12,3456", 12.3456),
        ("0-", 0.0),
        ("+5", 5.0),
        ("5+", 5.0),
        ("9000000000000", 9e12),
        ("1\u{202f}234\u{a0}567", 1_234_567.0),
    ] {
        assert_eq!(parse_as(text, NumberFormat::Open), Ok(number), "{text:?}");
        assert_eq!(parse_as(text, NumberFormat::Comma), Ok(number), "{text:?}");
        assert_eq!(parse_as(text, NumberFormat::Point), Ok(number), "{text:?}");
    }
    for text in [
        "",
        ".",
        "-",
        "()",
        "(-5)",
        "-5-",
        "--5",
        "12%",
        "5 min",
        "1.2.3",
        "1,2,3",
        "12 34",
        "1,23,4",
        "1e",
        "nan",
        "0x1",
        "1e999",
        "１２個",
        "1.234,567.8",
        "+5-",
        "1_000",
    ] {
        assert_eq!(parse_as(text, NumberFormat::Open), Err(NumberFault::NotANumber), "{text:?}");
    }
}

#[test]
fn a_column_settles_its_open_values() {
    assert_eq!(read(&["2.160", "80,75"], &[], "2.160"), Ok(2160.0));
    assert_eq!(read(&["2.160", "80.75"], &[], "2.160"), Ok(2.16));
    assert_eq!(read(&["2,160", "0,5"], &[], "2,160"), Ok(2.16));
    assert_eq!(read(&["2,160", "3,100.50"], &[], "2,160"), Ok(2160.0));
    assert_eq!(read(&["2.160", "1.200.000"], &[], "2.160"), Ok(2160.0));
    assert_eq!(read(&["2,160", "12,00,000"], &[], "2,160"), Ok(2160.0));
    assert_eq!(read(&["2.160", "12 000"], &[], "2.160"), Ok(2.16));
    assert_eq!(read(&["2.160", "12'000"], &[], "-2.160"), Ok(-2.16));
}

#[test]
fn a_file_settles_a_silent_column() {
    assert_eq!(read(&["2,375"], &["6,5"], "2,375"), Ok(2.375));
    assert_eq!(read(&["2,375"], &["6.5"], "2,375"), Ok(2375.0));
    assert_eq!(read(&["2.375", "12"], &["6,5"], "2.375"), Ok(2375.0));
    // Thousands without groups beside it: the file's decimal comma would make 2.375 the only grouped one.
    assert!(read(&["2.375", "8000"], &["6,5"], "2.375").is_err());
    assert_eq!(read(&["2.375", "8000"], &["6.5"], "2.375"), Ok(2.375));
}

#[test]
fn what_nothing_settles_stays_open_with_both_readings() {
    let open = |point, comma| Err(NumberFault::Open(OpenNumber { as_point: point, as_comma: comma }));
    assert_eq!(read(&["2.375", "1.125", "9.500"], &[], "9.500"), open(9.5, 9500.0));
    assert_eq!(read(&["2,375"], &["6,5", "6.5"], "2,375"), open(2375.0, 2.375));
    assert_eq!(read(&["2.375", "6,5", "6.5"], &[], "2.375"), open(2.375, 2375.0));
    assert_eq!(read(&["2.375", "6,5", "6.5"], &[], "6,5"), Ok(6.5));
    assert_eq!(read(&["2.375", "4,125"], &[], "2.375-"), open(-2.375, -2375.0));
    let column = evidence(&["20", "2.375", "4.125"]);
    let decision = decide(&column, &column, None);
    assert_eq!((decision.format, decision.by), (NumberFormat::Open, DecidedBy::Nothing));
    assert_eq!(decision.open, Some(("2.375".into(), OpenNumber { as_point: 2.375, as_comma: 2375.0 })));
    assert_eq!(decide(&column, &column, Some(Decimal::Comma)).format, NumberFormat::Comma);
}

#[test]
fn evidence_counts_every_value_once() {
    let values = ["7.5", "7,5", "1.440", "2500", "250", "1 250", "x", "-3000", "1e3", "0012"];
    let whole = evidence(&values);
    let (left, right) = values.split_at(4);
    let mut merged = evidence(left);
    merged.merge(&evidence(right));
    assert_eq!(merged, whole);
    assert_eq!(whole.n_numbers() + whole.n_not_numbers, values.len() as u64);
    assert_eq!((whole.n_large_plain, whole.n_open, whole.n_otherwise_grouped), (2, 1, 1));
}
