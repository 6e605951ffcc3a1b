//! The unit of a time that its heading names: `setup_hrs`, `준비시간(분)`, `Run Hours per Unit`, `Std./100 Stk`.

use serde::{Deserialize, Serialize};

use super::key::fold;
use crate::clean::text;
use crate::clean::time_units::TimeUnit;

/// What a time is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    Piece,
    /// So many pieces.
    Pieces(u32),
    Lot,
}

/// A heading and what its words say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderUnit {
    /// The heading without its unit.
    pub named: String,
    /// The heading without its unit and without what it is for.
    pub base: String,
    pub unit: Option<TimeUnit>,
    pub per: Option<Per>,
}

/// Takes a heading apart.
pub fn in_header(header: &str) -> HeaderUnit {
    let header = text::clean(header);
    let (mut unit, mut per) = (None, None);
    let mut rest = String::with_capacity(header.len());
    let mut left = header.as_str();
    // Brackets that hold something else: `[mm/min]`.
    let mut is_remark = false;
    while let Some((before, inner, after)) = bracketed(left) {
        rest.push_str(before);
        match expression(&tokens(inner)) {
            Some((its_unit, its_per)) if unit.is_none() || its_unit.is_none() => {
                unit = unit.or(its_unit);
                per = per.or(its_per);
                rest.push(' ');
            }
            _ => {
                is_remark = true;
                rest.push_str(&left[before.len()..left.len() - after.len()]);
            }
        }
        left = after;
    }
    rest.push_str(left);

    let mut words = tokens(&rest);
    let mut named = None;
    for _ in 0..2 {
        if unit.is_none() {
            unit = take_unit(&mut words, is_remark);
        }
        if per.is_none() {
            named = named.or_else(|| Some(words.concat()));
            per = take_per(&mut words);
        }
    }
    if unit.is_none() && per.is_some() && words.len() == 1 {
        unit = unit_of(&words);
        words.truncate(words.len() - usize::from(unit.is_some()));
    }
    let base = words.concat();
    HeaderUnit { named: named.unwrap_or_else(|| base.clone()), base, unit, per }
}

/// The first pair of brackets: what stands before, within and behind.
fn bracketed(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find(['(', '[', '{', '<', '【', '「'])?;
    let inner = text[open..].char_indices().nth(1).map(|(at, _)| open + at)?;
    let close = inner + text[inner..].find([')', ']', '}', '>', '】', '」'])?;
    let after = close + text[close..].chars().next().map_or(0, char::len_utf8);
    Some((&text[..open], &text[inner..close], &text[after..]))
}

/// Words of a heading, folded: letters, numbers, and the signs `/` and `:` alone. A capital begins a word.
pub fn tokens(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for character in text.chars() {
        let is_new = !last.is_alphanumeric()
            || (last.is_lowercase() && character.is_uppercase())
            || last.is_ascii_digit() != character.is_ascii_digit();
        if character.is_alphanumeric() {
            if is_new || words.is_empty() {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                character.to_lowercase().for_each(|lower| fold(lower, word));
            }
        } else if matches!(character, '/' | ':') {
            words.push(character.to_string());
        }
        last = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What brackets hold, when it is a unit, what the time is for, or both.
fn expression(words: &[String]) -> Option<(Option<TimeUnit>, Option<Per>)> {
    let words = match words {
        [first, rest @ ..] if is_in(first) => rest,
        _ => words,
    };
    if let Some(unit) = unit_of(words) {
        return Some((Some(unit), None));
    }
    let at = words.iter().position(|word| is_per(word));
    let mut left = words.to_vec();
    let per = match at {
        Some(_) => take_per(&mut left),
        None => take_per(&mut left).or_else(|| lot_words(words)),
    }?;
    match (left.is_empty() || at.is_none() && left == words, unit_of(&left)) {
        (_, Some(unit)) => Some((Some(unit), Some(per))),
        (true, None) => Some((None, Some(per))),
        (false, None) => None,
    }
}

fn lot_words(words: &[String]) -> Option<Per> {
    matches!(per_words(words), Some(Per::Lot)).then_some(Per::Lot)
}

/// A unit that is written alone.
fn unit_of(words: &[String]) -> Option<TimeUnit> {
    Some(match words.concat().as_str() {
        "m" => TimeUnit::Minute,
        "h" | "std" | "stdn" | "시간" | "时间" | "时" => TimeUnit::Hour,
        "s" => TimeUnit::Second,
        "d" | "일" | "天" | "日" => TimeUnit::Day,
        "h:mm" | "hh:mm" | "h:mm:ss" | "hh:mm:ss" | "h:m" | "hhmm" | "hhmmss" | "std:min" | "h:min" | "hr:min"
        | "시:분" | "시:분:초" | "时:分" | "时:分:秒" | "hours:minutes" => TimeUnit::HourMinute,
        "mm:ss" | "m:ss" | "min:sec" | "min:sek" | "min:s" | "분:초" | "分:秒" | "min:seg" | "minutes:seconds" => {
            TimeUnit::MinuteSecond
        }
        word => return unit_word(word),
    })
}

/// A word that is a unit wherever it stands.
fn unit_word(word: &str) -> Option<TimeUnit> {
    Some(match word {
        "min" | "mins" | "minute" | "minutes" | "minuten" | "minuto" | "minutos" | "분" | "分" | "分钟" => {
            TimeUnit::Minute
        }
        "hr" | "hrs" | "hour" | "hours" | "stunde" | "stunden" | "hora" | "horas" | "小时" => TimeUnit::Hour,
        "sec" | "secs" | "second" | "seconds" | "sek" | "sekunde" | "sekunden" | "seg" | "segundo" | "segundos"
        | "초" | "秒" => TimeUnit::Second,
        "day" | "days" | "tag" | "tage" | "dia" | "dias" => TimeUnit::Day,
        _ => return None,
    })
}

/// Takes the unit from the end of a heading, or a whole word for it from the beginning.
fn take_unit(words: &mut Vec<String>, is_remark: bool) -> Option<TimeUnit> {
    let at_sign = words.iter().rposition(|word| word == ":");
    if let Some(at) = at_sign {
        // `setup h:mm`: the form is everything around the signs.
        let first = words.iter().position(|word| word == ":").unwrap_or(at).saturating_sub(1);
        let unit = unit_of(&words[first..])?;
        words.truncate(first);
        drop_in(words);
        return Some(unit);
    }
    let (last, before) = words.split_last()?;
    // Pieces an hour are no time; `Laufzeit / min` is one.
    match before {
        [.., of, stroke]
            if stroke == "/" && !is_remark && !PIECES.contains(&of.as_str()) && !LOTS.contains(&of.as_str()) =>
        {
            let unit = unit_of(std::slice::from_ref(last))?;
            words.truncate(words.len() - 2);
            return Some(unit);
        }
        [.., marker] if is_per(marker) => return None,
        _ => {}
    }
    let after_in = before.last().is_some_and(|word| is_in(word));
    let is_german = before.iter().any(|word| ["zeit", "rust", "lauf", "dauer"].iter().any(|part| word.contains(part)));
    let unit = match last.as_str() {
        "h" | "m" | "s" | "d" | "일" | "天" | "日" if !before.is_empty() => unit_of(std::slice::from_ref(last)),
        "std" | "stdn" if after_in || is_german => Some(TimeUnit::Hour),
        // Time, unless the name has said so already.
        "시간" | "时间" if before.iter().any(|word| word.contains(last.as_str())) => Some(TimeUnit::Hour),
        word => unit_word(word),
    };
    if unit.is_some() {
        words.pop();
        drop_in(words);
        return unit;
    }
    if let [first, rest @ ..] = words.as_slice()
        // A minimum, and the second of two.
        && !matches!(first.as_str(), "min" | "sec" | "second" | "segundo")
        && first.len() > 2
        && !rest.is_empty()
        && let Some(unit) = unit_word(first)
    {
        let n_linking = rest.iter().take_while(|word| matches!(word.as_str(), "of" | "de" | "for")).count();
        words.drain(..=n_linking);
        return Some(unit);
    }
    take_glued(words)
}

/// Takes a unit that is written together with the name: `SETUPHRS`, `준비시간분`, `准备分钟`.
fn take_glued(words: &mut [String]) -> Option<TimeUnit> {
    const ENDS: [&str; 13] = [
        "hours", "hour", "hrs", "minutes", "mins", "min", "seconds", "secs", "sec", "minuten", "stunden", "sekunden",
        "小时",
    ];
    let last = words.last_mut()?;
    let ends = ENDS.into_iter().chain(["分钟", "时间分", "时间秒", "시간분", "시간초", "秒"]);
    for end in ends {
        if let Some(name) = last.strip_suffix(end)
            && name.chars().count() >= 2
        {
            let (kept, unit) = match end.strip_prefix("시간").or_else(|| end.strip_prefix("时间")) {
                Some(unit) => (end.len() - unit.len(), unit),
                None => (0, end),
            };
            let unit = unit_word(unit)?;
            let length = name.len() + kept;
            last.truncate(length);
            return Some(unit);
        }
    }
    None
}

fn drop_in(words: &mut Vec<String>) {
    if words.len() > 1 && words.last().is_some_and(|word| is_in(word)) {
        words.pop();
    }
}

fn is_in(word: &str) -> bool {
    matches!(word, "in" | "en")
}

fn is_per(word: &str) -> bool {
    matches!(word, "/" | "per" | "pro" | "je" | "por" | "cada")
}

/// Takes what a time is for: `per 100`, `/pc`, `pro Los`, `개당`, `单件`.
fn take_per(words: &mut Vec<String>) -> Option<Per> {
    if let Some(at) = words.iter().rposition(|word| is_per(word))
        && let Some(per) = per_words(&words[at + 1..])
    {
        words.truncate(at);
        return Some(per);
    }
    const GLUED: [(&str, Per); 17] = [
        ("个当たり", Per::Piece),
        ("个当り", Per::Piece),
        ("个あたり", Per::Piece),
        ("个当", Per::Piece),
        ("個当り", Per::Piece),
        ("個当たり", Per::Piece),
        ("個あたり", Per::Piece),
        ("개당", Per::Piece),
        ("ea당", Per::Piece),
        ("매당", Per::Piece),
        ("单件", Per::Piece),
        ("每件", Per::Piece),
        ("每个", Per::Piece),
        ("로트당", Per::Lot),
        ("lot당", Per::Lot),
        ("배치당", Per::Lot),
        ("每批", Per::Lot),
    ];
    for at in 0..words.len() {
        for (glued, per) in GLUED {
            let Some(rest) = words[at].strip_prefix(glued) else { continue };
            let number = at.checked_sub(1).and_then(|before| words[before].parse::<u32>().ok());
            let per = match number {
                Some(0) => return None,
                Some(1) | None => per,
                Some(n) if per == Per::Piece => Per::Pieces(n),
                Some(_) => return None,
            };
            words[at] = rest.to_owned();
            if number.is_some() {
                words.remove(at - 1);
            }
            words.retain(|word| !word.is_empty());
            return Some(per);
        }
    }
    None
}

/// What stands behind `per`.
fn per_words(words: &[String]) -> Option<Per> {
    let is_piece = |word: &str| PIECES.contains(&word);
    match words {
        [one] if is_piece(one) => Some(Per::Piece),
        [one] if LOTS.contains(&one.as_str()) => Some(Per::Lot),
        [number, rest @ ..] if rest.is_empty() || (rest.len() == 1 && is_piece(&rest[0])) => {
            match number.parse().ok()? {
                0 => None,
                1 => Some(Per::Piece),
                n => Some(Per::Pieces(n)),
            }
        }
        _ => None,
    }
}

#[rustfmt::skip]
const PIECES: [&str; 29] = [
    "unit", "units", "piece", "pieces", "pc", "pcs", "ea", "each", "part", "parts", "item", "stuck", "stueck", "stk", "st", "teil", "einheit",
    "pieza", "piezas", "pza", "ud", "uds", "unidad", "unidades", "개", "件", "个", "個", "pce",
];
const LOTS: [&str; 12] =
    ["lot", "batch", "order", "los", "charge", "auftrag", "lote", "로트", "배치", "批", "批次", "ロット"];

#[cfg(test)]
mod tests;
