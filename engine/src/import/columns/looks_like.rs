//! What a column that nothing claims may hold, so that leaving it out is not silent.

use serde::{Deserialize, Serialize};

use super::header_unit::{in_header, tokens};
use super::key::key;
use crate::clean::text;

/// What the name of a column sounds like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LooksLike {
    Time,
    Quantity,
    WorkCentre,
    Unit,
    Date,
}

impl LooksLike {
    /// Its code in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Quantity => "quantity",
            Self::WorkCentre => "work_centre",
            Self::Unit => "unit",
            Self::Date => "date",
        }
    }
}

/// Words that are looked for alone or at the end of a word.
const DATE_WORDS: [&str; 6] = ["date", "datum", "fecha", "day", "tag", "dt"];
const DATE_PARTS: [&str; 9] =
    ["일자", "일시", "날짜", "유효기간", "日期", "日付", "年月日", "timestamp", "zeitstempel"];
#[rustfmt::skip]
const TIME_WORDS: [&str; 19] = [
    "time", "times", "hour", "hours", "hr", "hrs", "min", "mins", "minute", "minutes", "sec", "secs", "seconds", "duration", "dauer", "hora",
    "horas", "minutos", "h",
];
const TIME_PARTS: [&str; 10] =
    ["zeit", "stunden", "minuten", "tiempo", "duracion", "시간", "공수", "时间", "工时", "工数"];
const QUANTITY_WORDS: [&str; 10] =
    ["qty", "quantity", "quantities", "pcs", "pieces", "lot", "batch", "lote", "los", "quantum"];
const QUANTITY_PARTS: [&str; 12] =
    ["menge", "stuckzahl", "losgross", "cantidad", "수량", "로트", "배치", "数量", "批量", "ロット", "个数", "lotsize"];
#[rustfmt::skip]
const WORK_CENTRE_PARTS: [&str; 24] = [
    "machine", "maschine", "workcent", "workstation", "resource", "equipment", "arbeitsplatz", "fertigungsplatz", "maquina", "puestodetrabajo",
    "centrodetrabajo", "estaciondetrabajo", "recurso", "설비", "작업장", "기계", "호기", "자원", "设备", "机台", "工作中心", "作业区", "机械", "ワークセンタ",
];

/// What `header` sounds like, if anything.
pub fn looks_like(header: &str) -> Option<LooksLike> {
    let header = text::clean(header);
    let key = key(&header);
    let mut words = tokens(&header);
    // What is counted per minute is no time.
    if let Some(at) = words.iter().position(|word| matches!(word.as_str(), "/" | "per" | "pro")) {
        words.truncate(at);
    }
    let has_word = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let has_part = |known: &[&str]| known.iter().any(|part| key.contains(part));
    let ends = |end: &str| words.iter().any(|word| word.ends_with(end));
    match () {
        () if is_unit(&key) => Some(LooksLike::Unit),
        () if has_part(&DATE_PARTS) || has_word(&DATE_WORDS) || ends("datum") => Some(LooksLike::Date),
        () if has_part(&TIME_PARTS)
            || has_time_unit(&header)
            || has_word(&TIME_WORDS)
            || ends("time")
            || ends("dauer") =>
        {
            Some(LooksLike::Time)
        }
        () if has_part(&QUANTITY_PARTS) || has_word(&QUANTITY_WORDS) => Some(LooksLike::Quantity),
        () if has_part(&WORK_CENTRE_PARTS) || has_word(&["wc", "res"]) => Some(LooksLike::WorkCentre),
        () => None,
    }
}

const UNITS: [&str; 13] = [
    "unitofmeasure",
    "unit",
    "units",
    "uom",
    "einheit",
    "einh",
    "unidaddemedida",
    "unidad",
    "단위",
    "计量单位",
    "单位",
    "unitcode",
    "unitofmeascode",
];

/// Whether a heading has a unit of time; a single letter may be metres.
fn has_time_unit(header: &str) -> bool {
    in_header(header).unit.is_some() && !tokens(header).iter().any(|word| matches!(word.as_str(), "m" | "s" | "d"))
}

fn is_unit(key: &str) -> bool {
    let is_other = ["business", "org", "organization", "cost", "per", "control", "je", "pro", "por"];
    UNITS
        .iter()
        .filter_map(|unit| key.strip_suffix(unit))
        .any(|base| !is_other.iter().any(|other| base.ends_with(other)))
}

/// For a column of units, the key of the column that it measures, without its word for time; empty for a bare `Einheit`.
pub fn unit_column_of(header: &str) -> Option<String> {
    let key = key(header);
    if key == "me" {
        return Some(String::new());
    }
    if is_unit(&key) {
        let unit = UNITS.iter().find(|unit| key.ends_with(**unit))?;
        return Some(key[..key.len() - unit.len()].to_owned());
    }
    let rest = ["einheitfur", "einheit", "unitof", "unitfor", "unidadde", "unit"]
        .iter()
        .find_map(|unit| key.strip_prefix(unit))?;
    Some(rest.to_owned())
}
