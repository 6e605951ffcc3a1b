//! Units of time as people and programs write them.

use serde::{Deserialize, Serialize};

use super::text;

/// What a number in a column of times counts, or how its parts between colons are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days of 24 hours.
    Day,
    /// `h:mm`
    HourMinute,
    /// `m:ss`
    MinuteSecond,
    /// `h:mm:ss`
    HourMinuteSecond,
}

impl TimeUnit {
    /// As reports and `--column` write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Second => "s",
            Self::Minute => "min",
            Self::Hour => "h",
            Self::Day => "d",
            Self::HourMinute => "h:mm",
            Self::MinuteSecond => "mm:ss",
            Self::HourMinuteSecond => "h:mm:ss",
        }
    }

    /// Minutes in one of this unit; `None` where a single number has no meaning (`h:mm`).
    pub fn minutes(self) -> Option<f64> {
        match self {
            Self::Second => Some(1.0 / 60.0),
            Self::Minute => Some(1.0),
            Self::Hour => Some(60.0),
            Self::Day => Some(1440.0),
            Self::HourMinute | Self::MinuteSecond | Self::HourMinuteSecond => None,
        }
    }
}

/// The words for a unit, in lower case and without a full stop at the end.
const WORDS: [(TimeUnit, &[&str]); 7] = [
    (
        TimeUnit::Minute,
        &[
            "min",
            "m",
            "mins",
            "minute",
            "minutes",
            "minuten",
            "minuto",
            "minutos",
            "分",
            "분",
            "分钟",
            "分鐘",
            "分間",
            "mn",
            "mnt",
            "minute(n)",
            "minuto(s)",
            "minute(s)",
        ],
    ),
    (
        TimeUnit::Hour,
        &[
            "h",
            "hr",
            "hrs",
            "hour",
            "hours",
            "hur",
            "std",
            "stunde",
            "stunden",
            "hora",
            "horas",
            "hs",
            "시간",
            "時間",
            "小时",
            "小時",
            "钟头",
            "时",
            "時",
            "hour(s)",
            "stunde(n)",
            "hora(s)",
            "stdn",
        ],
    ),
    (
        TimeUnit::Second,
        &[
            "s",
            "sec",
            "secs",
            "second",
            "seconds",
            "sek",
            "sekunde",
            "sekunden",
            "seg",
            "segs",
            "segundo",
            "segundos",
            "초",
            "秒",
            "秒钟",
            "秒鐘",
            "秒間",
            "second(s)",
            "sekunde(n)",
            "segundo(s)",
        ],
    ),
    (
        TimeUnit::Day,
        &[
            "d", "day", "days", "tag", "tage", "tagen", "día", "días", "dia", "dias", "일", "日", "天", "日間",
            "day(s)", "tag(e)",
        ],
    ),
    (
        TimeUnit::HourMinute,
        &[
            "h:mm",
            "hh:mm",
            "h:m",
            "hhh:mm",
            "hhhh:mm",
            "[h]:mm",
            "[hh]:mm",
            "h:min",
            "hh:min",
            "std:min",
            "hour:min",
            "hours:minutes",
            "시:분",
            "시간:분",
            "时:分",
            "時:分",
        ],
    ),
    (
        TimeUnit::MinuteSecond,
        &["mm:ss", "m:ss", "[m]:ss", "[mm]:ss", "mmm:ss", "min:sec", "min:s", "min:sek", "min:ss", "분:초", "分:秒"],
    ),
    (
        TimeUnit::HourMinuteSecond,
        &["h:mm:ss", "hh:mm:ss", "[h]:mm:ss", "[hh]:mm:ss", "h:m:s", "시:분:초", "시간:분:초", "时:分:秒", "時:分:秒"],
    ),
];

/// The unit that `text` names: `M`, `min.`, `HUR`, `Std`, `초`, `小时`, `h:mm`, `분(Min.)`; `None` when it names none.
pub fn unit_of(text: &str) -> Option<TimeUnit> {
    let clean = text::cleaned(text);
    word(&clean).or_else(|| {
        let open = clean.find('(').filter(|_| clean.ends_with(')'))?;
        let outer = clean[..open].trim();
        let inner = word(&clean[open + 1..clean.len() - 1]);
        if outer.is_empty() { inner } else { word(outer).filter(|outer| inner == Some(*outer)) }
    })
}

fn word(clean: &str) -> Option<TimeUnit> {
    let word = clean.trim().trim_end_matches('.');
    if word.is_empty() || word.len() > 20 {
        return None;
    }
    let is_same = |known: &str| {
        known.eq_ignore_ascii_case(word)
            || (!word.is_ascii() && word.chars().flat_map(char::to_lowercase).eq(known.chars()))
    };
    WORDS.iter().find(|(_, words)| words.iter().any(|known| is_same(known))).map(|(unit, _)| *unit)
}

#[cfg(test)]
mod tests;
