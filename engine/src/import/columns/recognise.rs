//! From a heading to the field that its column holds.

use super::header_unit::{self, Per, in_header};
use super::heading::{is_neutral, is_qualified, parts, undecorated};
use super::key::key;
use super::names::OPERATION;
use super::{Field, TableKind};
use crate::clean::text;
use crate::clean::time_units::TimeUnit;
use crate::import::profile::Profile;

/// What a heading means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    pub field: Field,
    /// How well known the name is; of several columns for one field the lowest wins.
    pub rank: usize,
    /// The unit that the heading names, or that the system always has; only for times.
    pub unit: Option<TimeUnit>,
    /// What the time is for, where the heading says so.
    pub per: Option<Per>,
}

/// Names that were found by a rule come after those in the list.
const BY_RULE: usize = 1000;

/// The field of a column of a table of `kind`. `None` when the heading is not known, or could mean two things.
pub fn recognise(profile: &Profile, kind: TableKind, header: &str) -> Option<Recognised> {
    let mut header = text::clean(header);
    if let Some(numbered) = header.trim_end().strip_suffix('#') {
        header = format!("{numbered} no");
    }
    if header.chars().count() > LONGEST {
        return None;
    }
    let found = one(profile, kind, &header).or_else(|| in_parts(profile, kind, &header));
    if found.is_some() {
        return found;
    }
    let mut plain = header;
    for _ in 0..3 {
        let Some(without) = undecorated(&plain) else { break };
        let found = one(profile, kind, &without).or_else(|| in_parts(profile, kind, &without));
        if found.is_some() {
            return found;
        }
        plain = without;
    }
    // Access writes the table before the column with underscores only; the longest end that is known is the column.
    let lower = plain.to_lowercase();
    let (_, mut rest) = lower.strip_prefix("dbo_")?.split_once('_')?;
    while let Some((_, shorter)) = rest.split_once('_') {
        let found = one(profile, kind, rest);
        if found.is_some() {
            return found;
        }
        rest = shorter;
    }
    None
}

/// Longer headings are sentences.
const LONGEST: usize = 200;

/// Decides the columns that can be told only by the others, once all are known.
///
/// `Operation` is the number of the operation beside a column of its code or name, and its code beside a column of its
/// number. Where neither stands, `is_numbered` tells whether the values of a column are numbers. A bare `Description`
/// right behind the number of the operation is its name.
pub fn settle(headers: &[String], found: &mut [Option<Recognised>], is_numbered: &dyn Fn(usize) -> Option<bool>) {
    let n = found.len().min(headers.len());
    let open: Vec<usize> = (0..n)
        .filter(|at| found[*at].is_some_and(|known| known.field == Field::JobCd) && is_operation(&headers[*at]))
        .collect();
    let is_a = |known: &Option<Recognised>, fields: &[Field]| known.is_some_and(|known| fields.contains(&known.field));
    let has = |found: &[Option<Recognised>], fields: &[Field]| {
        found.iter().enumerate().any(|(at, known)| !open.contains(&at) && is_a(known, fields))
    };
    let is_description = |found: &[Option<Recognised>], at: usize| {
        at < n && found[at].is_none() && DESCRIPTIONS.contains(&key(&headers[at]).as_str())
    };
    if !has(found, &[Field::ProcSeq]) {
        let has_job = has(found, &[Field::JobCd, Field::JobNm]);
        for at in open.iter().copied() {
            let is_number = match is_numbered(at) {
                // Numbers are no jobs, even where that leaves the table without one.
                Some(is_number) => is_number,
                // Of two such columns without values neither is more the number than the other.
                None => has_job && open.len() == 1,
            };
            if is_number && let Some(known) = &mut found[at] {
                known.field = Field::ProcSeq;
                known.rank += BY_RULE;
                break;
            }
        }
    }
    let job = [Field::JobCd, Field::JobNm];
    if !found.iter().any(|known| is_a(known, &job))
        && let Some(at) = found.iter().position(|known| is_a(known, &[Field::ProcSeq]))
        && is_description(found, at + 1)
    {
        found[at + 1] = Some(Recognised { field: Field::JobNm, rank: 3 * BY_RULE, unit: None, per: None });
    }
}

/// Headings of a text that do not say of what, as keys.
#[rustfmt::skip]
const DESCRIPTIONS: [&str; 18] = [
    "description", "desc", "name", "text", "bezeichnung", "benennung", "beschreibung", "kurztext", "descripcion", "denominacion", "nombre", "내용",
    "설명", "명칭", "描述", "名称", "说明", "内容",
];

/// Whether a heading names the operation without saying whether by number or by code.
pub fn is_operation(header: &str) -> bool {
    is_operation_key(&key(header))
        || undecorated(header).is_some_and(|plain| is_operation_key(&key(&plain)))
        || parts(header).iter().all(|part| is_operation_key(&key(part)) || is_neutral(&key(part)))
}

/// A heading of one name, with or without a unit.
fn one(profile: &Profile, kind: TableKind, header: &str) -> Option<Recognised> {
    let whole = key(header);
    if whole.is_empty() {
        return None;
    }
    let split = in_header(header);
    if let Some(found) = listed(profile, kind, &whole) {
        return Some(with_unit(found, split.unit, split.per));
    }
    if split.unit.is_some() || split.per.is_some() {
        let names = [&split.named, &split.base];
        for name in names {
            let found = timed(profile, kind, &key(name));
            if let Some(found) = found {
                return Some(with_unit(found, split.unit, split.per));
            }
        }
        let base = key(&split.base);
        let is_any_time = base.is_empty() || ANY_TIME.contains(&base.as_str());
        if is_any_time
            && kind != TableKind::Items
            && split.per.is_some()
            && (split.unit.is_some() || !split.base.is_empty())
        {
            let found = Recognised { field: Field::RunTimeMin, rank: 2 * BY_RULE, unit: None, per: None };
            return Some(with_unit(found, split.unit, split.per));
        }
        if kind == TableKind::Routings
            && split.unit.is_some()
            && let Some(at) = BY_WHOM.iter().position(|whose| *whose == base)
        {
            let found = Recognised { field: Field::RunTimeMin, rank: 2 * BY_RULE + 1 + at, unit: None, per: None };
            return Some(with_unit(found, split.unit, split.per));
        }
        return None;
    }
    timed(profile, kind, &whole).or_else(|| coded(profile, kind, header)).or_else(|| turned(profile, kind, header))
}

/// A name whose words stand in another order: `Qty Scrapped`, `Time Setup`.
fn turned(profile: &Profile, kind: TableKind, header: &str) -> Option<Recognised> {
    let mut words = header_unit::tokens(header);
    if !(2..=4).contains(&words.len()) || words.iter().any(|word| matches!(word.as_str(), "/" | ":" | "min" | "max")) {
        return None;
    }
    words.rotate_right(1);
    let last_first = words.concat();
    words.rotate_left(2);
    let mut found = listed(profile, kind, &last_first).or_else(|| listed(profile, kind, &words.concat()))?;
    found.rank += 2 * BY_RULE;
    Some(found)
}

/// Sets the unit of a time, and makes a run time per piece its own field.
fn with_unit(mut found: Recognised, unit: Option<TimeUnit>, per: Option<Per>) -> Recognised {
    if !found.field.is_time() {
        return found;
    }
    found.unit = unit.or(found.unit);
    found.per = per.or(found.per);
    match (found.field, found.per) {
        (Field::RunTimeMin, Some(Per::Piece)) => found.field = Field::RunMinPerPiece,
        (Field::RunMinPerPiece, Some(Per::Pieces(_) | Per::Lot)) => found.field = Field::RunTimeMin,
        (Field::RunMinPerPiece, None) => found.per = Some(Per::Piece),
        _ => {}
    }
    found
}

fn listed(profile: &Profile, kind: TableKind, key: &str) -> Option<Recognised> {
    let (field, rank, unit) = profile.listed(kind, key)?;
    Some(Recognised { field, rank, unit, per: None })
}

/// A time, also behind a word that says planned (in a routing) or actual (in a report), which such a time always is.
fn timed(profile: &Profile, kind: TableKind, name: &str) -> Option<Recognised> {
    if let Some(found) = listed(profile, kind, name) {
        return found.field.is_time().then_some(found);
    }
    let qualifiers: &[&str] = match kind {
        TableKind::Items => return None,
        TableKind::Routings => PLANNED,
        TableKind::WorkResults => ACTUAL,
    };
    qualifiers.iter().find_map(|word| {
        let rest = name.strip_prefix(word).or_else(|| name.strip_suffix(word))?;
        if kind == TableKind::WorkResults && *word != "total" && ANY_TIME.contains(&rest) {
            return Some(Recognised { field: Field::RunTimeMin, rank: 2 * BY_RULE, unit: None, per: None });
        }
        let mut found = listed(profile, kind, rest)?;
        let may = found.field.is_time()
            || matches!(found.field, Field::Qty | Field::GoodQty | Field::BadQty | Field::End | Field::ResCd)
                && kind == TableKind::WorkResults;
        found.rank += BY_RULE;
        may.then_some(found)
    })
}

/// Headings of a time that do not say of what, as keys.
const ANY_TIME: [&str; 10] = ["time", "zeit", "tiempo", "시간", "时间", "duration", "dauer", "공수", "工时", "工数"];

/// Whose time a heading such as `Machine Hours` names in a routing, the best known first.
const BY_WHOM: [&str; 5] = ["machine", "mach", "labor", "labour", "man"];

#[rustfmt::skip]
const PLANNED: &[&str] = &[
    "standard", "std", "planned", "plan", "est", "estimated", "soll", "vorgabe", "default", "nominal", "estandar", "planificado", "표준", "기준", "계획", "标准", "计划",
    "理论", "total",
];
#[rustfmt::skip]
const ACTUAL: &[&str] = &[
    "actual", "reported", "confirmed", "worked", "real", "act", "ist", "ruckgemeldete", "tatsachliche", "실적", "실제", "实际", "实绩", "total", "실",
];

/// A code with another ending or beginning, or in the plural: `workcenter_id`, `Artikel-Nr.`, `Número de pieza`.
fn coded(profile: &Profile, kind: TableKind, header: &str) -> Option<Recognised> {
    let whole = key(header);
    // What is left of the name, and whether what was taken away says that it is a number.
    let mut stems: Vec<(String, bool)> = Vec::new();
    let words: Vec<String> =
        header_unit::tokens(header).into_iter().filter(|word| word != "/" && word != ":").collect();
    if let [first, rest @ ..] = words.as_slice()
        && (NUMBER_WORDS.contains(&first.as_str()) || CODE_WORDS.contains(&first.as_str()))
    {
        let n_linking =
            rest.iter().take_while(|word| matches!(word.as_str(), "de" | "del" | "la" | "o" | "of")).count();
        stems.push((rest[n_linking..].concat(), NUMBER_WORDS.contains(&first.as_str())));
    }
    if let [before @ .., last] = words.as_slice()
        && (NUMBER_WORDS.contains(&last.as_str()) || CODE_WORDS.contains(&last.as_str()))
    {
        stems.push((before.concat(), NUMBER_WORDS.contains(&last.as_str())));
    }
    for (ends, is_number) in [(NUMBER_ENDS, true), (CODE_ENDS, false)] {
        for stem in ends.iter().filter_map(|end| whole.strip_suffix(end)) {
            // A German compound may have a linking letter: Maschinennummer.
            let linked = stem.strip_suffix(['n', 's']).unwrap_or(stem);
            stems.extend([(stem.to_owned(), is_number), (linked.to_owned(), is_number)]);
            if is_number {
                stems.push((format!("{stem}nummer"), true));
            }
        }
    }
    stems.extend(whole.strip_suffix('s').map(|stem| (stem.to_owned(), false)));
    let singular: Vec<_> =
        stems.iter().filter_map(|(stem, is)| Some((stem.strip_suffix('s')?.to_owned(), *is))).collect();
    stems.extend(singular);
    stems.iter().filter(|(stem, _)| stem.chars().count() >= 2).find_map(|(stem, is_number)| {
        let mut found = listed(profile, kind, stem)?;
        found.rank += BY_RULE;
        if *is_number && found.field == Field::JobCd && is_operation_key(stem) {
            found.field = Field::ProcSeq;
            return Some(found);
        }
        (found.field.is_code() || *is_number && found.field == Field::ProcSeq).then_some(found)
    })
}

/// Words that make a number, and those that make a code, of what stands beside them.
const NUMBER_WORDS: [&str; 10] = ["no", "nr", "nro", "num", "number", "nbr", "numero", "n", "nos", "numbers"];
const CODE_WORDS: [&str; 9] = ["id", "code", "cd", "key", "kennung", "codigo", "cod", "ids", "codes"];
/// The same, written together.
const NUMBER_ENDS: &[&str] = &["nummer", "nr", "no", "number", "번호", "编号", "号码", "号", "番号"];
const CODE_ENDS: &[&str] =
    &["code", "cd", "id", "schlussel", "kennung", "코드", "编码", "代码", "代号", "コード", "码"];

/// A heading in two languages, or with a remark in brackets: all that is understood must mean the same.
fn in_parts(profile: &Profile, kind: TableKind, header: &str) -> Option<Recognised> {
    let parts = parts(header);
    if parts.len() < 2 {
        return None;
    }
    let named = |part: &String| (!is_neutral(&key(part))).then(|| one(profile, kind, part)).flatten();
    let known: Vec<Option<Recognised>> = parts.iter().map(named).collect();
    let mut best: Option<(Recognised, &str)> = None;
    for (part, found) in parts.iter().zip(&known) {
        let Some(found) = *found else { continue };
        best = match best {
            None => Some((found, part)),
            Some((other, other_part)) => Some(agreed((other, other_part), (found, part))?),
        };
    }
    let (found, _) = best?;
    let is_han = |part: &str| part.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii());
    let other_script = parts.iter().zip(&known).any(|(part, found)| found.is_some() && is_han(part));
    let unknown = parts.iter().zip(&known).filter(|(_, found)| found.is_none());
    for (part, _) in unknown {
        let is_technical = other_script && part.contains('_') && part.is_ascii() && !is_qualified(part);
        if !is_technical && !is_neutral(&key(part)) {
            return None;
        }
    }
    Some(found)
}

/// Of two parts that mean the same, what both say; a bare `품목` also stands beside the name of the item.
fn agreed<'a>(one: (Recognised, &'a str), other: (Recognised, &'a str)) -> Option<(Recognised, &'a str)> {
    if one.0.field == other.0.field {
        let (mut first, second) = if one.0.rank <= other.0.rank { (one, other) } else { (other, one) };
        if first.0.unit.is_some() && second.0.unit.is_some() && first.0.unit != second.0.unit {
            return None;
        }
        first.0.unit = first.0.unit.or(second.0.unit);
        first.0.per = first.0.per.or(second.0.per);
        return Some(first);
    }
    let is_bare = |part: &str| {
        let key = key(part);
        !NUMBER_ENDS.iter().chain(CODE_ENDS).any(|end| key.ends_with(end))
    };
    for (bare, exact) in [(one, other), (other, one)] {
        let goes_with = match bare.0.field {
            Field::ItemCd => exact.0.field == Field::ItemNm && is_bare(bare.1),
            Field::ResCd => exact.0.field == Field::ResNm && is_bare(bare.1),
            Field::JobCd => matches!(exact.0.field, Field::ProcSeq | Field::JobNm) && is_operation_key(&key(bare.1)),
            _ => false,
        };
        if goes_with {
            return Some(exact);
        }
    }
    None
}

fn is_operation_key(key: &str) -> bool {
    OPERATION.contains(&key)
}
