//! One date cell as it is written, before anything is known of its column.

use super::{Day, N_SEPARATORS, on};
use crate::domain::Date;

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Written {
    /// One day whatever the column.
    Fixed(Day),
    /// Three numbers, the year not first with four digits.
    Numeric(Numeric),
    /// A zero.
    Unset,
    /// A plain number up to 2,958,465, perhaps a day as spreadsheets count them.
    Serial(f64),
}

/// Three numbers between separators; the third has two or four digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeric {
    /// The numbers.
    pub parts: [u32; 3],
    /// Digits of the first number: a year has two.
    pub n_first: usize,
    /// Digits of the last number: a year has two or four.
    pub n_last: usize,
    /// Point, slash, hyphen, or anything else.
    pub separator: usize,
}

impl Numeric {
    /// The days it is as year-month-day, day-month-year and month-day-year.
    pub fn readings(&self) -> [Option<Day>; 3] {
        let [a, b, c] = self.parts;
        if self.has_full_year() {
            return [None, day(c, b, a), day(c, a, b)];
        }
        let ymd = if self.n_first == 2 { day_of_short_year(a, b, c) } else { None };
        if self.n_last == 2 { [ymd, day_of_short_year(c, b, a), day_of_short_year(c, a, b)] } else { [ymd, None, None] }
    }

    /// Whether the last number is a year of four digits.
    pub fn has_full_year(&self) -> bool {
        self.n_last == 4
    }
}

/// Reads cleaned text.
pub fn read(text: &str) -> Option<Written> {
    let text = text.trim();
    let bytes = text.as_bytes();
    // What databases write, and most cells are.
    if let [a, b, c, d, b'-', e, f, b'-', g, h, rest @ ..] = bytes
        && [a, b, c, d, e, f, g, h].iter().all(|byte| byte.is_ascii_digit())
        && (rest.is_empty() || (matches!(rest[0], b' ' | b'T') && is_time_of_day(&text[10..])))
    {
        return fixed(number(&text[..4])?, number(&text[5..7])?, number(&text[8..10])?);
    }
    let n_digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(n_digits);
    match n_digits {
        8 if is_time_of_day(rest) => return compact(digits),
        14 if rest.is_empty() => return compact(&digits[..8]),
        4 if rest.is_empty() && digits == "9999" => return Some(Written::Fixed(Day::Sentinel)),
        1..=8 if is_decimals(rest) => {
            let is_year = rest.is_empty() && n_digits == 4 && matches!(digits.as_bytes()[0], b'1' | b'2');
            let number: f64 = text.parse().ok().filter(|_| !is_year)?;
            return match number {
                0.0 => Some(Written::Unset),
                1.0..2_958_466.0 => Some(Written::Serial(number)),
                _ => None,
            };
        }
        _ => {}
    }
    parted(text)
}

fn is_decimals(rest: &str) -> bool {
    rest.strip_prefix('.').map_or(rest.is_empty(), |decimals| decimals.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Eight digits: the year is first, or last where the first four are no year.
fn compact(digits: &str) -> Option<Written> {
    let at = |from: usize, to: usize| number(&digits[from..to]);
    let year = at(0, 4)?;
    if let Some(written) = fixed(year, at(4, 6)?, at(6, 8)?).filter(|_| year <= 1 || year >= 1600) {
        return Some(written);
    }
    let parts = [at(0, 2)?, at(2, 4)?, at(4, 8)?];
    Some(Written::Numeric(Numeric { parts, n_first: 2, n_last: 4, separator: N_SEPARATORS - 1 }))
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Number { value: u32, n_digits: usize },
    Month(u32),
}

/// Three parts with separators or words between, and at most a time of day behind.
fn parted(text: &str) -> Option<Written> {
    let mut parts = [Part::Month(0); 3];
    let mut gaps = [""; 2];
    // Year, month and day are named: `21年3月14日`.
    let mut is_named = false;
    let mut rest = skip_weekday(text);
    for at in 0..3 {
        let (part, behind) = part(rest)?;
        parts[at] = part;
        rest = behind;
        if at == 2 {
            break;
        }
        let (gap, behind, names) = gap(rest)?;
        // `14MAR2021`: only a name needs nothing between.
        if gap.is_empty() && !matches!(part, Part::Month(_)) && !behind.starts_with(char::is_alphabetic) {
            return None;
        }
        gaps[at] = gap;
        is_named |= names;
        rest = behind;
    }
    let rest = rest.strip_prefix(['日', '일', '號', '号', '.', ',']).unwrap_or(rest);
    if !is_time_of_day(skip_weekday(rest.trim_start_matches('.'))) {
        return None;
    }
    match parts {
        [
            Part::Number { value: a, n_digits: n_a },
            Part::Number { value: b, n_digits: 1..=2 },
            Part::Number { value: c, n_digits: n_c },
        ] => {
            if is_named {
                return match n_a {
                    4 => fixed(a, b, c),
                    2 => day_of_short_year(a, b, c).map(Written::Fixed),
                    _ => None,
                };
            }
            let (first, second) = (gaps[0].trim(), gaps[1].trim());
            if first != second || first.contains(',') {
                return None;
            }
            let separator =
                ['.', '/', '-'].iter().position(|mark| first.starts_with(*mark)).unwrap_or(N_SEPARATORS - 1);
            if (a, b, c) == (0, 0, 0) && n_a + n_c >= 4 {
                return Some(Written::Fixed(Day::Sentinel));
            }
            match (n_a, n_c) {
                (4, 1..=2) => fixed(a, b, c),
                (1..=2, 2 | 4) | (2, 1) => {
                    Some(Written::Numeric(Numeric { parts: [a, b, c], n_first: n_a, n_last: n_c, separator }))
                }
                _ => None,
            }
        }
        [Part::Number { value: a, n_digits: 4 }, Part::Month(month), Part::Number { value: c, n_digits: 1..=2 }] => {
            fixed(a, month, c)
        }
        [Part::Number { value: a, n_digits: 1..=2 }, Part::Month(month), Part::Number { value: c, n_digits }]
        | [Part::Month(month), Part::Number { value: a, n_digits: 1..=2 }, Part::Number { value: c, n_digits }] => {
            match n_digits {
                4 => fixed(c, month, a),
                2 => day_of_short_year(c, month, a).map(Written::Fixed),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A run of digits or the name of a month, and what follows.
fn part(text: &str) -> Option<(Part, &str)> {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let end =
        text.find(|c: char| if is_number { !c.is_ascii_digit() } else { !c.is_alphabetic() }).unwrap_or(text.len());
    let (run, rest) = text.split_at(end);
    if !is_number {
        return Some((Part::Month(month(run)?), rest));
    }
    let value = number(run).filter(|_| run.len() <= 4)?;
    let rest = ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    Some((Part::Number { value, n_digits: run.len() }, rest))
}

/// What stands between two parts, what follows it, and whether it names year or month.
fn gap(text: &str) -> Option<(&str, &str, bool)> {
    let mut rest = text;
    let mut is_named = false;
    loop {
        let shorter = rest.trim_start_matches([' ', '-', '/', '.', ',']);
        let word = [" de ", "de ", " del ", "del ", " of ", "of "].iter().find(|word| shorter.starts_with(**word));
        let named = shorter.strip_prefix(['년', '年', '월', '月']);
        is_named |= named.is_some();
        rest = named.unwrap_or(word.map_or(shorter, |word| &shorter[word.len()..]));
        if named.is_none() && word.is_none() {
            break;
        }
    }
    let gap = &text[..text.len() - rest.len()];
    let n_marks = gap.chars().filter(|c| matches!(c, '-' | '/' | '.')).count();
    (n_marks <= 1).then_some((gap, rest, is_named))
}

/// `text` without a weekday at its start: `Mo, `, `Sunday `, `(일)`, `（日）`.
fn skip_weekday(text: &str) -> &str {
    const NAMES: [&str; 41] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonnabend",
        "sonntag",
        "mo",
        "di",
        "mi",
        "do",
        "fr",
        "sa",
        "so",
        "lunes",
        "martes",
        "miércoles",
        "jueves",
        "viernes",
        "sábado",
        "domingo",
        "lun",
        "mié",
        "jue",
        "vie",
        "dom",
    ];
    let inner = text.trim_start().trim_start_matches('(');
    let end = inner.find(|c: char| !c.is_alphabetic()).unwrap_or(inner.len());
    if end == 0 {
        return text;
    }
    let (word, rest) = inner.split_at(end);
    let is_weekday = match word.chars().count() {
        1 => "월화수목금토일月火水木金土日".contains(word),
        _ => {
            let lower = word.to_lowercase();
            NAMES.contains(&lower.as_str())
                || word.ends_with("요일")
                || word.ends_with("曜日")
                || word.starts_with("星期")
        }
    };
    if is_weekday { rest.trim_start_matches([')', '.', ',']).trim_start() } else { text }
}

/// Empty, or a time such as ` 07:30:00.000`, `T07:30Z`, ` 오전 7:30`, ` 073000`, ` 7시 30분`, `T00:00:00+09:00`.
fn is_time_of_day(rest: &str) -> bool {
    if rest.is_empty() {
        return true;
    }
    let rest = rest.strip_prefix(['T', 't', ' ', ':']).unwrap_or(rest).trim().trim_start_matches(',').trim();
    // `07:30:00`
    if rest.len() > 4 && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') && rest.contains(':') {
        return rest.starts_with(|c: char| c.is_ascii_digit());
    }
    const HALVES: [&str; 8] = ["오전", "오후", "上午", "下午", "午前", "午後", "AM", "PM"];
    const ENDS: [&str; 14] =
        ["AM", "PM", "am", "pm", "a.m.", "p.m.", "Uhr", "UTC", "GMT", "KST", "JST", "CET", "CEST", "Z"];
    let rest = HALVES.into_iter().find_map(|half| rest.strip_prefix(half)).unwrap_or(rest).trim();
    let rest = ENDS.into_iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest).trim();
    if rest.is_empty() {
        return true;
    }
    let is_digits = rest.bytes().all(|byte| byte.is_ascii_digit());
    (is_digits && matches!(rest.len(), 4 | 6))
        || (rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.contains([':', '시', '時', '时'])
            && rest.chars().all(|c| c.is_ascii_digit() || ":.,+- Z시분초時时分秒".contains(c)))
}

/// The number of a month by its English, German or Spanish name, in full or short.
fn month(name: &str) -> Option<u32> {
    let lower = name.to_lowercase();
    let at = match lower.as_str() {
        "jan" | "january" | "januar" | "jänner" | "ene" | "enero" => 1,
        "feb" | "february" | "februar" | "febrero" => 2,
        "mar" | "march" | "märz" | "maerz" | "mär" | "mrz" | "marzo" => 3,
        "apr" | "april" | "abr" | "abril" => 4,
        "may" | "mai" | "mayo" => 5,
        "jun" | "june" | "juni" | "junio" => 6,
        "jul" | "july" | "juli" | "julio" => 7,
        "aug" | "august" | "ago" | "agosto" => 8,
        "sep" | "sept" | "september" | "septiembre" | "setiembre" => 9,
        "oct" | "october" | "okt" | "oktober" | "octubre" => 10,
        "nov" | "november" | "noviembre" => 11,
        "dec" | "december" | "dez" | "dezember" | "dic" | "diciembre" => 12,
        _ => return None,
    };
    Some(at)
}

fn number(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

fn fixed(year: u32, month: u32, day_of_month: u32) -> Option<Written> {
    day(year, month, day_of_month).map(Written::Fixed)
}

fn day(year: u32, month: u32, day: u32) -> Option<Day> {
    let is_unset = (year, month, day) == (0, 0, 0) || (year == 9999 && (month, day) == (99, 99));
    if is_unset {
        return Some(Day::Sentinel);
    }
    on(Date::from_ymd_opt(i32::try_from(year).ok()?, month, day)?)
}

/// Years below 70 are of this century; the last day of `99` means "no end".
fn day_of_short_year(year: u32, month: u32, day_of_month: u32) -> Option<Day> {
    match (year, month, day_of_month) {
        (99, 12, 31) => Some(Day::Sentinel),
        (0..70, ..) => day(2000 + year, month, day_of_month),
        (70..100, ..) => day(1900 + year, month, day_of_month),
        _ => None,
    }
}
