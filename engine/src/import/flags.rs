//! Words of yes and no, of who does an operation, and of what became of a report.

use super::cells::Cells;
use super::columns::Field;
use super::error::Expected;

const YES: [&str; 19] = [
    "y",
    "yes",
    "true",
    "t",
    "1",
    "1.0",
    "x",
    "예",
    "네",
    "ja",
    "j",
    "wahr",
    "sí",
    "si",
    "s",
    "verdadero",
    "是",
    "はい",
    "on",
];
const NO: [&str; 18] = [
    "n",
    "no",
    "false",
    "f",
    "0",
    "0.0",
    "아니오",
    "아니요",
    "nein",
    "falsch",
    "falso",
    "否",
    "いいえ",
    "off",
    "none",
    "-",
    "no.",
    "不",
];

/// What a word of yes and no says.
pub fn yes(word: &str) -> Option<bool> {
    match word {
        _ if YES.contains(&word) => Some(true),
        _ if NO.contains(&word) => Some(false),
        _ => None,
    }
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Counts,
    /// It was taken back.
    Cancelled,
    /// It takes another one back.
    Reversal,
}

impl Cells<'_> {
    /// Whether a supplier does it: `외주`, `사내`, or yes and no to what the header asks.
    pub fn outsourced(&mut self) -> Option<bool> {
        if let Some(said) = self.table.meaning(Field::Outsourced, self.record) {
            return Some(said);
        }
        for (field, yes_means) in [(Field::InsideFlag, false), (Field::Outsourced, true)] {
            let Some((at, word)) = self.word(field) else { continue };
            let starts = |words: &[&str]| words.iter().any(|known| word.starts_with(known));
            let said = match () {
                () if starts(&[
                    "사내", "내작", "자작", "inside", "in-house", "inhouse", "in house", "internal", "intern",
                ]) =>
                {
                    Some(false)
                }
                () if starts(&["eigen", "interno", "propia", "自制", "自製", "厂内", "社内", "内製"]) => {
                    Some(false)
                }
                () if starts(&["외주", "외작", "outside", "outsourc", "external", "extern", "subcontract"]) => {
                    Some(true)
                }
                () if starts(&["fremd", "subcontrat", "tercer", "外协", "外協", "委外", "外注"]) => Some(true),
                () => yes(&word).map(|yes| yes == yes_means),
            };
            if said.is_none() {
                self.doubt(at, one_of(&["사내", "외주", "Y", "N", "1", "0", "true", "false"]));
            }
            return said;
        }
        None
    }

    /// Whether something is the main one: a routing, a work centre.
    pub fn is_main(&mut self, field: Field) -> Option<bool> {
        let (at, word) = self.word(field)?;
        let starts = |words: &[&str]| words.iter().any(|known| word.starts_with(known));
        let said = match word.as_str() {
            "주" | "메인" | "main" | "major" | "primary" | "standard" | "haupt" | "principal" | "主" => Some(true),
            "부" | "보조" | "sub" | "minor" | "secondary" | "alternative" | "alternate" | "alternativ" | "backup" => {
                Some(false)
            }
            "副" | "次" | "备" | "代替" | "ersatz" | "secundario" => Some(false),
            _ if starts(&["주라우팅", "주설비", "주작업"]) => Some(true),
            _ if starts(&["부라우팅", "부설비", "대체"]) => Some(false),
            word => yes(word),
        };
        if said.is_none() {
            self.doubt(at, one_of(&["주", "부", "Y", "N", "1", "0", "true", "false"]));
        }
        said
    }

    /// Whether the pieces of an order are run together: `B` in the ERP, or yes and no.
    pub fn is_batch(&mut self, field: Field) -> Option<bool> {
        let (at, word) = self.word(field)?;
        let said = match word.as_str() {
            "b" | "batch" | "배치" => Some(true),
            word => yes(word),
        };
        if said.is_none() {
            self.doubt(at, one_of(&["B", "Y", "N", "1", "0", "true", "false"]));
        }
        said
    }

    /// What the columns of cancelling and of status say of a report.
    pub fn fate(&mut self) -> Fate {
        if self.table.meaning(Field::Cancelled, self.record) == Some(true) {
            return Fate::Cancelled;
        }
        if let Some((at, word)) = self.word(Field::Cancelled) {
            match yes(&word).or_else(|| fate_of(&word).map(|fate| fate != Fate::Counts)) {
                Some(true) => return Fate::Cancelled,
                Some(false) => {}
                None => self.doubt(at, one_of(&["Y", "N", "1", "0", "true", "false"])),
            }
        }
        // A status may say many things; what is no word for taking back does not take back.
        self.word(Field::Status).and_then(|(_, word)| fate_of(&word)).unwrap_or(Fate::Counts)
    }
}

fn fate_of(word: &str) -> Option<Fate> {
    let has = |words: &[&str]| words.iter().any(|known| word.contains(known));
    match () {
        // "Not cancelled" and "uncancelled" are no cancelling.
        () if word.starts_with("not ") || word.starts_with("un") || word.starts_with("nicht ") => Some(Fate::Counts),
        () if has(&["revers", "gegenbuch", "역분개", "红冲", "冲销", "赤伝"]) => Some(Fate::Reversal),
        () if has(&[
            "cancel",
            "void",
            "delet",
            "reject",
            "annul",
            "anulad",
            "storn",
            "gelöscht",
            "취소",
            "삭제",
            "무효",
            "반려",
        ]) =>
        {
            Some(Fate::Cancelled)
        }
        () if has(&["作废", "取消", "撤销", "删除", "取り消し", "削除", "無効"]) => {
            Some(Fate::Cancelled)
        }
        () if has(&[
            "post", "done", "complete", "confirm", "closed", "ok", "정상", "완료", "확정", "gebucht", "有効",
        ]) =>
        {
            Some(Fate::Counts)
        }
        () => None,
    }
}

fn one_of(accepted: &[&str]) -> Expected {
    Expected::OneOf { accepted: accepted.iter().map(|word| (*word).to_owned()).collect() }
}
