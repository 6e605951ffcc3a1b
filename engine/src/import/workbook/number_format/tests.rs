use super::*;

fn read(code: &str, value: f64) -> Reading {
    NumberFormat::parse(code).read(value)
}

#[test]
fn formats_that_make_codes_keep_their_look() {
    for (code, value, expected) in [
        ("000000", 815.0, "000815"),
        ("00-0000", 31_207.0, "03-1207"),
        ("\"KW-\"0000", 52.0, "KW-0052"),
        ("\\R000", 7.0, "R007"),
        ("###-###", 104_220.0, "104-220"),
        ("0000\"-A\"", 18.0, "0018-A"),
        ("0000;-0000", 9.0, "0009"),
        ("[>=100]000000;0000", 42.0, "0042"),
        ("[>=100]000000;0000", 420.0, "000420"),
        ("[$-412]00000", 33.0, "00033"),
        ("0\":\"00", 745.0, "7:45"),
        ("00\"시간\"00\"분\"", 115.0, "01시간15분"),
    ] {
        match read(code, value) {
            Reading::Padded(shown) => assert_eq!(shown, expected, "{code}"),
            other => panic!("{code}: {other:?}"),
        }
    }
}

#[test]
fn formats_of_quantities_show_something_else_than_they_mean() {
    for (code, value, expected) in [
        ("#,##0.00", 4_321.5, "4,321.50"),
        ("#,##0", 1_234_567.0, "1,234,567"),
        ("0.00", 3.0, "3.00"),
        ("0", 7.6, "8"),
        ("0000", 7.6, "0008"),
        ("0%", 0.25, "25%"),
        ("0.0\" min\"", 12.5, "12.5 min"),
        ("# ##0", 98_765.0, "98 765"),
        ("#\\.##0", 98_765.0, "98.765"),
        ("[$€-407] #,##0.00", 1_000.0, "€ 1,000.00"),
        ("#,##0;(#,##0)", -20.0, "(20)"),
        ("0.0##", 2.5, "2.5"),
    ] {
        match read(code, value) {
            Reading::Shown(shown) => assert_eq!(shown, expected, "{code}"),
            Reading::Same => assert_eq!(plain_number(value), expected, "{code}"),
            other => panic!("{code}: {other:?}"),
        }
    }
    assert_eq!(read("0", 12.0), Reading::Same);
    assert_eq!(read("#,##0", 12.0), Reading::Same);
    assert_eq!(read("@", 12.0), Reading::Same);
    assert_eq!(read("0000", 1_234.0), Reading::Same);
    assert_eq!(read("General", 12.0), Reading::General);
    assert_eq!(read("general", 12.0), Reading::General);
}

#[test]
fn dates_and_durations_are_told_from_numbers() {
    for code in [
        "yyyy-mm-dd",
        "dd/mm/yy hh:mm",
        "m\"월\" d\"일\"",
        "[$-411]ggge\"年\"m\"月\"d\"日\"",
        "aaaa",
        "mmm-yy",
        "mm/dd",
        "[DBNum1]yyyy\"年\"",
        "TT.MM.YYYY",
    ] {
        assert_eq!(read(code, 45_000.0), Reading::Date, "{code}");
    }
    for code in ["h:mm", "hh:mm:ss AM/PM", "mm:ss.0", "上午/下午h\"时\"mm\"分\"", "h\"시\" mm\"분\""] {
        assert_eq!(read(code, 0.5), Reading::Clock, "{code}");
    }
    for code in ["[h]:mm", "[mm]:ss", "[s]", "[hh]:mm:ss;@"] {
        assert_eq!(read(code, 1.5), Reading::Elapsed, "{code}");
    }
    for code in ["0.00\"days\"", "\"day\" 0", "[Red]0", "_-* #,##0_-", "\\h0"] {
        let reading = read(code, 5.0);
        assert!(!matches!(reading, Reading::Date | Reading::Clock | Reading::Elapsed), "{code}: {reading:?}");
    }
}

#[test]
fn what_is_beyond_us_is_said() {
    for code in ["0.00E+00", "# ?/?", "0,", "\"closed\"", "", ";;;", "[DBNum1]0", "[=x]0", "General\" h\""] {
        assert_eq!(read(code, 5.0), Reading::Unknown, "{code}");
    }
    for code in ["\"", "[", "\\", "_", "*", "\"abc", "[$", "[<", "0;0;0;0;0;0", "0.0.0.0", "%%%%", "0-.#-0"] {
        for value in [-1.5, 0.0, 1e20, 1e300, f64::NAN, f64::INFINITY] {
            read(code, value);
        }
    }
}

#[test]
fn built_in_formats_are_known() {
    for (id, expected) in [(14, Reading::Date), (20, Reading::Clock), (46, Reading::Elapsed), (31, Reading::Date)] {
        assert_eq!(NumberFormat::built_in(id).read(0.5), expected, "{id}");
    }
    assert_eq!(NumberFormat::built_in(0).read(2.0), Reading::General);
    assert_eq!(NumberFormat::built_in(11).read(2.0), Reading::Unknown);
    assert_eq!(NumberFormat::built_in(999).read(2.0), Reading::Unknown);
}
