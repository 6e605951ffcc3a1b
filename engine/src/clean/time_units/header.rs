//! The unit of time that a header names, and its name without it.
//!
//! `준비시간` and `run_time` say that it is a time and nothing of its unit; `pcs/h` is a rate and no time.

use super::per::{self, Per};
use super::{TimeUnit, per_of, unit_of};
use crate::clean::text;

/// What a header says besides its name.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderUnit {
    /// The header without its unit and without what it is per; the whole header when it names neither.
    pub base: String,
    /// The unit of its values.
    pub unit: Option<TimeUnit>,
    /// What its values are for.
    pub per: Option<Per>,
}

/// Splits a header: `준비시간(분)`, `Run [h]`, `setup_hrs`, `Run Hours per Unit`, `run_min_per_100`, `Rüstzeit in Min`.
///
/// A name such as `machine_hours` is split too: compare the whole header with known names first. Units of one or two
/// letters, `min` (which also means "least") and days are taken outside brackets only where the rest of the header
/// speaks of a time.
pub fn in_header(header: &str) -> HeaderUnit {
    let clean = text::clean(header);
    let mut found = HeaderUnit { base: clean.clone(), unit: None, per: None };
    take_brackets(&mut found);
    if let Some((per, rest)) = per::within(&found.base)
        && found.per.is_none()
    {
        found.per = Some(per);
        found.base = rest;
    }
    take_words(&mut found);
    found.base = found.base.trim_matches(is_separator).to_owned();
    // What is left of a rate (`pieces per hour`) must not be taken for a name with a unit.
    let is_rate = words(&found.base).iter().any(|(from, to)| is_per(&found.base[*from..*to]));
    if (found.unit.is_none() && found.per.is_none()) || is_rate {
        return HeaderUnit { base: clean, unit: None, per: None };
    }
    found
}

/// Takes what stands in brackets and is understood; other brackets stay.
fn take_brackets(found: &mut HeaderUnit) {
    let mut from = 0;
    while let Some(open) = found.base[from..].find(['(', '[', '{', '<', '【', '〔']).map(|at| from + at) {
        let Some(opening) = found.base[open..].chars().next() else { return };
        let closing = match opening {
            '(' => ')',
            '[' => ']',
            '{' => '}',
            '<' => '>',
            '【' => '】',
            _ => '〕',
        };
        let inner_from = open + opening.len_utf8();
        let Some(length) = found.base[inner_from..].find(closing) else { return };
        let inner_to = inner_from + length;
        let outer = format!("{} {}", &found.base[..open], &found.base[inner_to + closing.len_utf8()..]);
        match expression(&found.base[inner_from..inner_to]) {
            // `Setup Time (Std)` is a standard time, `Rüsten (Std)` is in hours.
            Some((unit, per)) if !(is_std(&found.base[inner_from..inner_to]) && is_english(&outer)) => {
                found.unit = found.unit.or(unit);
                found.per = found.per.or(per);
                found.base = outer;
                from = open;
            }
            _ => from = inner_from,
        }
    }
}

/// Takes units and quantities that are words of the header.
fn take_words(found: &mut HeaderUnit) {
    if found.per.is_none() {
        take_per(found);
    }
    let words = words(&found.base);
    let word = |at: usize| words.get(at).map_or("", |(from, to)| &found.base[*from..*to]);
    let Some(last) = words.len().checked_sub(1) else { return };
    // `min/pc` as one word at the end.
    if word(last).contains('/')
        && let Some((unit, per)) = expression(word(last))
        && (found.unit.is_none() || unit.is_none())
    {
        found.unit = found.unit.or(unit);
        found.per = found.per.or(per);
        found.base.truncate(words[last].0);
        return;
    }
    if found.unit.is_some() {
        return;
    }
    let candidates = [last].into_iter().chain(0..last);
    for at in candidates {
        let Some(unit) = unit_of(word(at)).filter(|_| !word(at).contains('(')) else { continue };
        let is_after_in = at > 0 && matches!(word(at - 1).to_lowercase().as_str(), "in" | "en");
        let from = words[at - usize::from(is_after_in)].0;
        let rest = format!("{} {}", &found.base[..from], &found.base[words[at].1..]);
        let is_rate = at > 0 && is_per(word(at - 1));
        let is_taken = match certainty(word(at)) {
            Certainty::Sure => is_after_in || at == last || at == 0,
            Certainty::OfTimes => (is_after_in || at == last) && is_about_time(&rest),
            Certainty::AlsoTheWordTime => at == last && has_word_time(&rest),
            Certainty::OnlyGerman => (is_after_in || at == last) && is_about_time(&rest) && !is_english(&rest),
        };
        if is_taken && !is_rate {
            found.unit = Some(unit);
            found.base = rest;
            return;
        }
    }
    take_glued(found);
}

/// Takes `per 100`, `pro Stück`, `je Los` at the end.
fn take_per(found: &mut HeaderUnit) {
    let words = words(&found.base);
    let Some(at) = words.iter().rposition(|(from, to)| is_per(&found.base[*from..*to])) else { return };
    let Some((next, _)) = words.get(at + 1) else { return };
    let behind = |to: usize| found.base[*next..to].trim_matches(is_separator).replace('_', " ");
    if let Some(per) = per_of(&behind(found.base.len())) {
        found.per = Some(per);
        found.base.truncate(words[at].0);
        return;
    }
    // `per piece, min`; not `per 100 min`, which may be a rate.
    let Some((last, _)) = words.last().filter(|(from, to)| from > next && unit_of(&found.base[*from..*to]).is_some())
    else {
        return;
    };
    let quantity = behind(*last);
    if let Some(per) = per_of(&quantity)
        && quantity.ends_with(char::is_alphabetic)
    {
        found.per = Some(per);
        found.base = format!("{} {}", &found.base[..words[at].0], &found.base[*last..]);
    }
}

/// Takes a long word for a unit at the end of another: `Maschinenstunden`, `runhours`.
fn take_glued(found: &mut HeaderUnit) {
    let lower = found.base.to_lowercase();
    for (end, unit) in [
        ("stunden", TimeUnit::Hour),
        ("minuten", TimeUnit::Minute),
        ("sekunden", TimeUnit::Second),
        ("hours", TimeUnit::Hour),
        ("minutes", TimeUnit::Minute),
        ("seconds", TimeUnit::Second),
    ] {
        let at = found.base.len().saturating_sub(end.len());
        if lower.ends_with(end) && at > 0 && found.base.is_char_boundary(at) {
            found.unit = Some(unit);
            found.base.truncate(at);
            return;
        }
    }
}

/// What stands in brackets or as one word: `분`, `in min`, `h/100`, `min per piece`, `단위: 분`, `per lot`.
fn expression(text: &str) -> Option<(Option<TimeUnit>, Option<Per>)> {
    const LEADS: [&str; 9] = ["units", "unit", "in", "einheit", "unidad", "en", "단위", "单位", "単位"];
    let mut text = text.trim();
    for lead in LEADS {
        if let Some(head) = text.get(..lead.len())
            && head.eq_ignore_ascii_case(lead)
            && text[lead.len()..].starts_with([' ', ':', '='])
        {
            text = text[lead.len()..].trim_start_matches([' ', ':', '=']);
            break;
        }
    }
    if let Some(unit) = unit_of(text) {
        return Some((Some(unit), None));
    }
    if let Some(piece) = text.strip_suffix('당').or_else(|| text.strip_suffix("あたり")) {
        return per_of(piece).map(|per| (None, Some(per)));
    }
    let (left, right) = text.split_once('/').or_else(|| {
        let (from, to) = words(text).into_iter().find(|(from, to)| is_per(&text[*from..*to]))?;
        Some((&text[..from], &text[to..]))
    })?;
    let per = per_of(right.trim_matches(is_separator))?;
    let left = left.trim_matches(is_separator);
    if left.is_empty() {
        return Some((None, Some(per)));
    }
    unit_of(left).map(|unit| (Some(unit), Some(per)))
}

enum Certainty {
    /// Nothing else than a unit.
    Sure,
    /// Also "least", "days" of a date, a letter: a unit where the header speaks of a time.
    OfTimes,
    /// `시간` and `時間` also mean "time".
    AlsoTheWordTime,
    /// `Std` is "hours" in German and "standard" in English.
    OnlyGerman,
}

fn certainty(word: &str) -> Certainty {
    match word.to_lowercase().trim_end_matches('.') {
        "시간" | "時間" | "时" | "時" => Certainty::AlsoTheWordTime,
        "std" | "stdn" => Certainty::OnlyGerman,
        "hours" | "hour" | "hrs" | "hr" | "minutes" | "minute" | "mins" | "seconds" | "secs" | "sec" | "stunden"
        | "minuten" | "sekunden" | "sek" | "horas" | "minutos" | "segundos" | "分钟" | "分鐘" | "小时" | "小時"
        | "秒钟" => Certainty::Sure,
        _ => Certainty::OfTimes,
    }
}

fn is_std(text: &str) -> bool {
    text.trim().trim_end_matches('.').eq_ignore_ascii_case("std")
}

/// Whether a name speaks of a time of an operation in one of the languages that we know.
fn is_about_time(name: &str) -> bool {
    const PARTS: [&str; 62] = [
        "setup",
        "set-up",
        "set up",
        "set_up",
        "run",
        "cycle",
        "time",
        "queue",
        "wait",
        "move",
        "process",
        "machin",
        "labor",
        "labour",
        "teardown",
        "lead",
        "duration",
        "work",
        "prep",
        "changeover",
        "idle",
        "hold",
        "standard",
        "actual",
        "touch",
        "zeit",
        "rüst",
        "ruest",
        "lauf",
        "dauer",
        "bearb",
        "liege",
        "warte",
        "transp",
        "tiempo",
        "ejecu",
        "ciclo",
        "espera",
        "cola",
        "mecaniz",
        "proces",
        "duraci",
        "시간",
        "준비",
        "가공",
        "대기",
        "이동",
        "작업",
        "셋업",
        "사이클",
        "소요",
        "공수",
        "时间",
        "時間",
        "準備",
        "准备",
        "加工",
        "段取",
        "作業",
        "工时",
        "待",
        "サイクル",
    ];
    let lower = name.to_lowercase();
    PARTS.iter().any(|part| lower.contains(part))
}

fn has_word_time(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["시간", "時間", "时间", "time", "zeit", "tiempo"].iter().any(|word| lower.contains(word))
}

fn is_english(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["time", "setup", "set-up", "run", "cycle", "labor", "labour", "machine", "queue", "wait", "move", "hours"]
        .iter()
        .any(|word| lower.contains(word))
}

fn is_per(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "per" | "pro" | "je" | "por" | "/")
}

fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '_' | '-' | ',' | ';' | ':' | '.' | '/')
}

/// Where the words of a header are: between separators, at `setupHours`, and at `per100`. A slash is within a word.
fn words(header: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut from = None;
    let mut before = ' ';
    for (at, character) in header.char_indices() {
        let is_end = character != '/' && is_separator(character);
        let is_new = (before.is_lowercase() && character.is_uppercase())
            || (before.is_ascii_alphabetic() && character.is_ascii_digit());
        if let Some(start) = from
            && (is_end || is_new)
        {
            words.push((start, at));
            from = None;
        }
        if !is_end && from.is_none() {
            from = Some(at);
        }
        before = character;
    }
    words.extend(from.map(|start| (start, header.len())));
    words
}
