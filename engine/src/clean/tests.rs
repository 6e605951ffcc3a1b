//! Whatever stands in a cell, reading it ends without a panic, and what is decided is never undecided by reading.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::dates::{self, DateEvidence, DateFault, DateFormat, DateOrder};
use super::durations::{self, DurationEvidence, DurationFault, DurationFormat};
use super::missing::{self, CellKind};
use super::numbers::{self, Decimal, NumberEvidence, NumberFault, NumberFormat};
use super::time_units::{self, TimeUnit};
use super::{codes, text};

const PARTS: [&str; 64] = [
    "0",
    "1",
    "5",
    "12",
    "31",
    "99",
    "100",
    "2021",
    "20210314",
    "44269",
    ".",
    ",",
    "-",
    "/",
    ":",
    "'",
    " ",
    "(",
    ")",
    "+",
    "e",
    "E",
    "h",
    "min",
    "m",
    "s",
    "시간",
    "분",
    "초",
    "年",
    "月",
    "日",
    "년",
    "월",
    "일",
    "Mar",
    "März",
    "de",
    "T",
    "Z",
    "PT",
    "P",
    "D",
    "#",
    "REF!",
    "?",
    "½",
    "１",
    "，",
    "\u{a0}",
    "\u{200e}",
    "é",
    "İ",
    "ß",
    "당",
    "개",
    "per",
    "[",
    "]",
    "=",
    "\"",
    "%",
    "_",
    "あたり",
];

fn strange(random: &mut Xoshiro256PlusPlus) -> String {
    (0..random.gen_range(0..9))
        .map(|_| match random.gen_bool(0.95) {
            true => PARTS[random.gen_range(0..PARTS.len())].to_owned(),
            false => random.r#gen::<char>().to_string(),
        })
        .collect()
}

#[test]
fn any_text_is_read_or_refused() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(13);
    for _ in 0..20_000 {
        let raw = strange(&mut random);
        // Most callers clean first; nothing may depend on it.
        let cell = if random.gen_bool(0.7) { text::clean(&raw) } else { raw };
        let mut numbers_seen = NumberEvidence::default();
        numbers_seen.add(&cell);
        let mut dates_seen = DateEvidence::default();
        dates_seen.add(&cell);
        let mut durations_seen = DurationEvidence::default();
        durations_seen.add(&cell);

        let open = numbers::parse_as(&cell, NumberFormat::Open);
        assert_eq!(open == Err(NumberFault::NotANumber), numbers_seen.n_not_numbers == 1, "{cell:?}");
        for format in [NumberFormat::Point, NumberFormat::Comma] {
            let read = numbers::parse_as(&cell, format);
            assert!(!matches!(read, Err(NumberFault::Open(_))), "{cell:?}");
            assert!(open.is_err() || open == read, "one reading is the same in every format: {cell:?}");
        }
        if cell.starts_with(|c: char| c.is_ascii_digit()) && !cell.ends_with(['-', '+', ')']) {
            let slow = numbers::parse_as(&format!("+{cell}"), NumberFormat::Open);
            assert_eq!(open, slow, "the fast way reads as the slow one: {cell:?}");
        }
        for order in [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy] {
            let any = dates::parse_as(&cell, &DateFormat::default());
            let stated = dates::parse_as(&cell, &DateFormat::of(order));
            assert!(any.is_err() || any == stated, "one reading is the same in every order: {cell:?}");
            assert_eq!(any == Err(DateFault::NotADate), dates_seen.n_not_dates == 1, "{cell:?}");
        }
        let format = DurationFormat { unit: TimeUnit::Minute, colon: None, number: NumberFormat::Open };
        let time = durations::minutes(&cell, &format);
        assert!(time.is_err() || time.is_ok_and(|minutes| minutes.is_finite() && minutes >= 0.0), "{cell:?}");
        assert!(durations_seen.n_not_durations == 0 || time == Err(DurationFault::NotADuration), "{cell:?}");
        let _ = (time_units::unit_of(&cell), missing::is_excel_error(&cell), numbers::ungrouped(&cell, Decimal::Comma));
        for kind in [CellKind::Key, CellKind::Flag, CellKind::Text] {
            assert!(!missing::is_missing(&cell, kind) || numbers_seen.n_numbers() == 0, "{cell:?}");
        }
        let other = codes::code(&cell);
        let _ = codes::lookalike(&cell, &other);
        assert_eq!(codes::lookalike(&other, &other), None);
    }
}
