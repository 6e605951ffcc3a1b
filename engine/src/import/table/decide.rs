//! From a header and what the first pass found to what each column is and how it is read.

use std::collections::BTreeMap;

use super::super::columns::{self, Field, LooksLike, Recognised, TableKind, looks_like};
use super::super::encoding::Encoding;
use super::super::error::ImportError;
use super::super::kind::{self, KeyStats};
use super::super::machines;
use super::super::options::{Options, Purpose, StatedColumn};
use super::super::profile::{OtherUse, Profile, StoredColumn, StoredProfile};
use super::super::report::IgnoredReason;
use super::super::survey::{Asked, ColumnSurvey, Survey, Watch};
use super::{Attribute, Column, Table, UsedAs};
use crate::clean::dates::{self, DateEvidence, DateOrder};
use crate::clean::durations::{self, DurationEvidence};
use crate::clean::numbers::{self, Decimal, NumberDecision, NumberEvidence};
use crate::clean::time_units::TimeUnit;
use crate::clean::{Length, text, units};

/// A table after the first pass, before anything is decided.
pub struct Draft {
    pub file: String,
    pub sheet: Option<String>,
    pub header: Vec<String>,
    pub header_row: u32,
    pub n_titles: u64,
    pub n_hidden_rows: u64,
    /// Encoding of a text, name of the form of a workbook.
    pub encoding: Result<Encoding, &'static str>,
    pub delimiter: Option<char>,
    pub is_from_1904: bool,
    pub survey: Survey,
}

/// What all files of an import say together.
#[derive(Clone, Debug, Default)]
pub struct Together {
    pub numbers: NumberEvidence,
    pub dates: DateEvidence,
}

const ALL: [TableKind; 3] = [TableKind::Items, TableKind::Routings, TableKind::WorkResults];
/// Share of the filled cells that are numbers in a column of numbers.
const NUMBER_SHARE: f64 = 0.9;
/// `NA` is a value where it stands in this share of the cells.
const NA_SHARE: f64 = 0.05;

/// What the first pass has to look for under a header.
pub fn asked(header: &[String], options: &Options) -> Asked {
    let profile = options.profile.for_header(header);
    let found: Vec<Vec<Recognised>> = header
        .iter()
        .map(|name| ALL.iter().filter_map(|kind| columns::recognise(&profile, *kind, name)).collect())
        .collect();
    let stated = statements(header, options, stored_for(header, options));
    let field_of = |at: usize| -> Vec<Field> {
        match stated[at].as_ref().map(|one| one.purpose) {
            Some(Purpose::Field(field)) => vec![field],
            Some(_) => Vec::new(),
            None => found[at].iter().map(|known| known.field).collect(),
        }
    };
    let watch = (0..header.len()).map(|at| {
        let fields = field_of(at);
        let like = looks_like(&header[at]);
        let is_plain = fields.is_empty();
        Watch {
            numbers: is_plain || fields.iter().any(|field| field.is_time() || is_quantity(*field)),
            dates: fields.iter().any(|field| is_day(*field)) || (is_plain && like == Some(LooksLike::Date)),
            durations: fields.iter().any(|field| field.is_time()) || (is_plain && like == Some(LooksLike::Time)),
            codes: fields.iter().any(|field| matches!(field, Field::ResCd | Field::Alternatives | Field::JobCd)),
            examples: !columns::is_personal(&header[at]),
        }
    });
    let has = |at: usize, field: Field| field_of(at).contains(&field);
    let key_fields = [Field::ItemCd, Field::RoutingId, Field::ProcSeq, Field::JobCd];
    let is_item =
        |said: &Option<StatedColumn>| said.as_ref().is_some_and(|one| one.purpose == Purpose::Field(Field::ItemCd));
    let item_of_stated = stated.iter().position(is_item);
    Asked {
        watch: watch.collect(),
        keys: (0..header.len()).filter(|at| key_fields.iter().any(|field| has(*at, *field))).collect(),
        item: item_of_stated.or_else(|| kind::item_column(header, &options.profile)),
        plant: (0..header.len()).find(|at| has(*at, Field::Plant)),
    }
}

fn is_quantity(field: Field) -> bool {
    matches!(field, Field::Qty | Field::GoodQty | Field::BadQty | Field::LotSize)
}

fn is_day(field: Field) -> bool {
    matches!(field, Field::Created | Field::ValidFrom | Field::ValidTo | Field::End)
}

/// Decides what a table is.
///
/// # Errors
/// [`ImportError`] when it is none of the three tables, lacks a column, or has a column of numbers with two readings.
pub fn decide(draft: &Draft, together: &Together, options: &Options) -> Result<Table, ImportError> {
    let header: Vec<String> = draft.header.iter().map(|name| text::clean(name)).collect();
    let stored = stored_for(&header, options);
    let base = stored.and_then(|stored| Profile::by_name(&stored.base)).unwrap_or(options.profile);
    let profile = base.for_header(&header);
    let stated = statements(&header, options, stored);
    let numbered = is_numbered(draft);
    let decision = decide_kind(draft, &header, &profile, options, stored, &stated, &numbered)?;
    let mut table = Table {
        file: draft.file.clone(),
        sheet: draft.sheet.clone(),
        kind: decision.kind,
        profile,
        stored: stored.map(|stored| stored.name.clone()),
        encoding: match &draft.encoding {
            Ok(encoding) => encoding.code().to_owned(),
            Err(form) => (*form).to_owned(),
        },
        delimiter: draft.delimiter,
        header_row: draft.header_row,
        n_titles: draft.n_titles,
        n_hidden_rows: draft.n_hidden_rows,
        columns: vec![Column::default(); header.len()],
        attributes: Vec::new(),
        keys: Vec::new(),
        plant: None,
        assumed: Vec::new(),
        fields: Vec::new(),
        composites: profile.composites(&header),
        fallbacks: profile.fallbacks(&header),
        meanings: profile.meanings(&header),
        header,
    };
    if decision.assumed_routing_id {
        table.assumed.push(Field::RoutingId);
    }
    if decision.assumed_seq {
        table.assumed.push(Field::ProcSeq);
    }
    place(&mut table, draft, &stated, &numbered)?;
    if decision.job_from_name
        && let Some(at) = table.at(Field::JobNm)
        && !table.has(Field::JobCd)
    {
        table.fields.push((Field::JobCd, at));
    }
    if decision.work_centre_from_name
        && let Some(at) = table.at(Field::ResNm)
        && !table.has(Field::ResCd)
    {
        table.fields.push((Field::ResCd, at));
    }
    let key_fields = [Field::ItemCd, Field::RoutingId, Field::ProcSeq, Field::JobCd];
    table.keys = key_fields.iter().filter_map(|field| table.at(*field)).collect();
    pair_units(&mut table, |at| stated[at].as_ref().is_some_and(|said| said.unit.is_some()));
    formats(&mut table, draft, together, options, stored)?;
    for (column, survey) in table.columns.iter_mut().zip(&draft.survey.columns) {
        column.n_filled = survey.n_filled;
        if !matches!(column.used_as, UsedAs::Ignored(IgnoredReason::PersonalData, _)) {
            column.examples.clone_from(&survey.examples);
        }
    }
    Ok(table)
}

/// Whether the values of a column are numbers; `None` for a column whose values were not kept.
fn is_numbered(draft: &Draft) -> impl Fn(usize) -> Option<bool> + '_ {
    move |at: usize| {
        let codes = &draft.survey.columns.get(at)?.codes;
        (!codes.is_empty()).then(|| {
            let n_numbers = codes.iter().filter(|code| code.starts_with(|c: char| c.is_ascii_digit())).count();
            n_numbers * 2 > codes.len()
        })
    }
}

/// The stored profile of a header.
fn stored_for<'o>(header: &[String], options: &'o Options) -> Option<&'o StoredProfile> {
    options.stored.iter().find(|stored| stored.fits(header))
}

/// What is said of each column by hand or by a stored profile; the caller's own words count first.
fn statements(header: &[String], options: &Options, stored: Option<&StoredProfile>) -> Vec<Option<StatedColumn>> {
    header
        .iter()
        .map(|name| {
            let own = options.columns.iter().find(|one| columns::key(&one.column) == columns::key(name));
            own.cloned().or_else(|| {
                let kept = stored?.column(name)?;
                let purpose = match (kept.field, kept.other) {
                    (Some(field), _) => Purpose::Field(field),
                    (None, Some(OtherUse::Attribute)) => Purpose::Attribute,
                    (None, Some(OtherUse::Unused)) => Purpose::Unused,
                    (None, None) => return None,
                };
                Some(StatedColumn { column: name.clone(), purpose, unit: kept.unit.map(TimeUnit::from) })
            })
        })
        .collect()
}

fn decide_kind(
    draft: &Draft,
    header: &[String],
    profile: &Profile,
    options: &Options,
    stored: Option<&StoredProfile>,
    stated: &[Option<StatedColumn>],
    numbered: &dyn Fn(usize) -> Option<bool>,
) -> Result<kind::Decision, ImportError> {
    // A column that is stated counts as if it had the field's own name.
    let named: Vec<String> = header
        .iter()
        .zip(stated)
        .map(|(name, said)| match said.as_ref().map(|said| said.purpose) {
            Some(Purpose::Field(field)) => field.name().to_owned(),
            Some(Purpose::Attribute | Purpose::Unused) => String::new(),
            None => name.clone(),
        })
        .collect();
    let codes = &draft.survey.codes;
    let stats =
        KeyStats { n_rows: codes.n_filled, n_distinct_items: codes.n_distinct, n_rows_as_above: codes.n_like_above };
    let kind = options.kind.or(stored.map(|stored| stored.kind));
    let file = match kind {
        // A file of this name says it, where the columns leave it open.
        Some(kind) => format!("{}.csv", kind.name()),
        None => draft
            .sheet
            .clone()
            .filter(|sheet| TableKind::of_file_name(sheet).is_some())
            .unwrap_or_else(|| draft.file.clone()),
    };
    let decided = kind::decide(&file, &named, draft.delimiter.unwrap_or(','), profile, &stats, numbered);
    let decision = match (decided, kind) {
        (Ok(decision), Some(kind)) if decision.kind != kind => {
            kind::decide_as(&draft.file, header, &named, profile, &stats, kind)?
        }
        (Err(error), Some(kind)) => {
            kind::decide_as(&draft.file, header, &named, profile, &stats, kind).map_err(|_| error)?
        }
        (decided, _) => decided.map_err(|error| error.in_file(&draft.file, header))?,
    };
    if decision.kind == TableKind::Items {
        refuse_details(draft, header, profile)?;
    }
    Ok(decision)
}

/// Refuses a table without names whose codes repeat with other content in more than a fifth of its rows.
fn refuse_details(draft: &Draft, header: &[String], profile: &Profile) -> Result<(), ImportError> {
    let has_name = header.iter().any(|name| {
        columns::recognise(profile, TableKind::Items, name).is_some_and(|known| known.field == Field::ItemNm)
    });
    let codes = &draft.survey.codes;
    if has_name || codes.n_repeated_otherwise < 3 || codes.n_repeated_otherwise * 5 <= codes.n_filled {
        return Ok(());
    }
    let column = kind::item_column(header, profile).map(|at| header[at].clone()).unwrap_or_default();
    Err(ImportError::NotATable {
        file: draft.file.clone(),
        reason: super::super::error::NotATableReason::RepeatedCodes {
            column,
            n_rows: codes.n_filled,
            n_repeated: codes.n_repeated_otherwise,
        },
    })
}

/// Gives each column its purpose.
fn place(
    table: &mut Table,
    draft: &Draft,
    stated: &[Option<StatedColumn>],
    numbered: &dyn Fn(usize) -> Option<bool>,
) -> Result<(), ImportError> {
    let survey = &draft.survey.columns;
    let found = kind::fields(&table.header, &table.profile, table.kind, numbered);
    // Field → (rank of the name, column), the best first.
    let mut claims: BTreeMap<Field, Vec<(usize, usize)>> = BTreeMap::new();
    let mut rest = Vec::new();
    for at in 0..table.header.len() {
        let name = &table.header[at];
        match stated[at].as_ref().map(|said| said.purpose) {
            Some(Purpose::Field(field)) => {
                claims.entry(field).or_default().push((0, at));
                continue;
            }
            Some(Purpose::Unused) => {
                table.columns[at].used_as = UsedAs::Ignored(IgnoredReason::Stated, None);
                continue;
            }
            Some(Purpose::Attribute) => {
                rest.push((at, IgnoredReason::NotUsed));
                continue;
            }
            None => {}
        }
        if columns::is_refusal_reason(name) {
            table.columns[at].used_as = UsedAs::Ignored(IgnoredReason::RefusalReason, None);
        } else if columns::key(name).is_empty() {
            table.columns[at].used_as = UsedAs::Ignored(IgnoredReason::EmptyName, None);
        } else if columns::is_personal(name) {
            table.columns[at].used_as = UsedAs::Ignored(IgnoredReason::PersonalData, None);
        } else if let Some(known) = found[at].filter(|known| known.field != Field::ParentItem) {
            // What the caller says of another column counts before a name.
            claims.entry(known.field).or_default().push((known.rank + 1, at));
        } else {
            rest.push((at, IgnoredReason::NotUsed));
        }
    }
    for (field, mut claims) in claims {
        // A column without any value never takes a field from one that has some.
        claims.sort_by_key(|(rank, at)| (*rank > 0 && survey[*at].n_filled == 0, *rank, *at));
        if let [(rank, first), (other_rank, second), ..] = claims[..]
            && rank == other_rank
            && survey[second].n_filled > 0
        {
            let (first, second) = (table.header[first].clone(), table.header[second].clone());
            return Err(ImportError::DuplicateColumn { file: table.file.clone(), field, first, second });
        }
        let at = claims[0].1;
        table.columns[at].used_as = UsedAs::Field(field);
        table.columns[at].unit = stated[at]
            .as_ref()
            .and_then(|said| said.unit)
            .or_else(|| found[at].and_then(|known| known.unit).map(TimeUnit::from));
        table.columns[at].per = found[at].and_then(|known| known.per);
        table.fields.push((field, at));
        rest.extend(claims[1..].iter().map(|(_, at)| (*at, IgnoredReason::FieldTaken)));
    }
    let parts: Vec<usize> = table
        .composites
        .iter()
        .flat_map(|(_, parts, _)| parts.clone())
        .chain(table.fallbacks.iter().flat_map(|(_, choices, _)| choices.clone()))
        .chain(table.meanings.iter().map(|(at, _)| *at))
        .collect();
    let first_parts: Vec<(Field, usize)> = table
        .composites
        .iter()
        .map(|(field, parts, _)| (*field, parts))
        .chain(table.fallbacks.iter().map(|(field, choices, _)| (*field, choices)))
        .filter_map(|(field, columns)| Some((field, *columns.first()?)))
        .filter(|(field, _)| !table.has(*field))
        .collect();
    table.fields.extend(first_parts);
    for at in parts {
        if !matches!(table.columns[at].used_as, UsedAs::Field(_)) {
            table.columns[at].used_as = UsedAs::Part;
            rest.retain(|(other, _)| *other != at);
        }
    }
    rest.sort_unstable_by_key(|(at, _)| *at);
    for (at, reason) in rest {
        if table.kind == TableKind::Items {
            add_attribute(table, &survey[at], at);
        } else {
            let like = looks_like(&table.header[at]).or_else(|| like_by_values(&survey[at]));
            let reason = if survey[at].n_filled == 0 { IgnoredReason::NoValues } else { reason };
            let like = like.filter(|_| survey[at].n_filled > 0);
            table.columns[at].used_as = UsedAs::Ignored(reason, like);
        }
    }
    Ok(())
}

/// What the values of an unnamed column suggest: times written with units or colons.
fn like_by_values(survey: &ColumnSurvey) -> Option<LooksLike> {
    let durations = &survey.durations;
    let n_timed = durations.n_with_unit + durations.n_three_parts + durations.n_two_parts;
    (survey.n_filled > 0 && n_timed * 2 > survey.n_filled).then_some(LooksLike::Time)
}

fn add_attribute(table: &mut Table, survey: &ColumnSurvey, at: usize) {
    let header = &table.header[at];
    let plain = text::attribute_name(header);
    let is_taken = |name: &str| table.attributes.iter().any(|other| other.name == name);
    let name = (2..).map(|n| format!("{plain}_{n}")).find(|name| !is_taken(name)).filter(|_| is_taken(&plain));
    let n_filled = survey.n_filled.max(1) as f64;
    let n_marked = survey.n_multi_marks;
    // Article numbers such as `12.345.678` are no numbers: nothing in the column has decimals.
    let is_number = survey.numbers.n_numbers() as f64 >= NUMBER_SHARE * n_filled
        && !(n_marked > 0 && n_marked == survey.numbers.n_point + survey.numbers.n_comma);
    let na_is_a_value = survey.n_na > 0 && survey.n_na as f64 >= NA_SHARE * n_filled;
    table.columns[at].used_as = UsedAs::Attribute;
    table.attributes.push(Attribute {
        at,
        name: name.unwrap_or(plain),
        unit: None,
        declared: None,
        zero_is_nothing: table.profile.zero_is_nothing(header),
        is_number,
        na_is_a_value: na_is_a_value && !is_number,
    });
}

/// Ties each attribute to the column of its unit, which then is no attribute of its own, and each time to its unit,
/// where the caller has not stated it.
fn pair_units(table: &mut Table, is_stated: impl Fn(usize) -> bool) {
    let named: Vec<(usize, String)> = table.attributes.iter().map(|one| (one.at, one.name.clone())).collect();
    let mut used = Vec::new();
    for attribute in &mut table.attributes {
        let declared: Option<(String, Length)> = table.profile.length(&table.header[attribute.at]);
        attribute.declared = declared.as_ref().map(|(_, length)| *length);
        let unit = match &declared {
            Some((unit_key, _)) => named.iter().find(|(at, _)| columns::key(&table.header[*at]) == *unit_key),
            None => named.iter().find(|(_, name)| units::measured_by(name) == Some(attribute.name.as_str())),
        };
        attribute.unit = unit.cloned();
        used.extend(unit.map(|(at, _)| *at));
    }
    table.attributes.retain(|attribute| !used.contains(&attribute.at));
    for at in used {
        table.columns[at].used_as = UsedAs::Part;
    }
    let times: Vec<usize> = (0..table.header.len()).filter(|at| table.time_at(*at).is_some()).collect();
    // A unit for all columns is for those whose heading has none; where every heading has one, the two must agree.
    let is_for_all = times.iter().all(|at| table.columns[*at].unit.is_some());
    let general = table.at(Field::TimeUnit);
    for at in times.into_iter().filter(|at| !is_stated(*at)) {
        let own = table.profile.unit_column(&table.header, at);
        let unit_column = own.or(general.filter(|_| is_for_all || table.columns[at].unit.is_none()));
        table.columns[at].unit_column = unit_column;
        if let Some(unit_at) = unit_column
            && !matches!(table.columns[unit_at].used_as, UsedAs::Field(_))
        {
            table.columns[unit_at].used_as = UsedAs::Part;
        }
    }
}

/// Decides how numbers, days and times of each column are read.
fn formats(
    table: &mut Table,
    draft: &Draft,
    together: &Together,
    options: &Options,
    stored: Option<&StoredProfile>,
) -> Result<(), ImportError> {
    let of_file = evidence(draft);
    for at in 0..table.header.len() {
        let survey = &draft.survey.columns[at];
        let kept = stored.and_then(|stored| stored.column(&table.header[at]));
        // Times may have their unit behind the number.
        let is_timed = table.time_at(at).is_some() && survey.durations != DurationEvidence::default();
        let evidence = if is_timed { &survey.durations.numbers } else { &survey.numbers };
        let mut number = decide_numbers(evidence, &of_file.numbers, together, options);
        // What an earlier import knew counts where this one's files leave it open.
        if let Some(decimal) = kept.and_then(stored_decimal).filter(|_| number.open.is_some()) {
            number = numbers::decide(evidence, &of_file.numbers, Some(decimal));
        }
        let is_number = match table.columns[at].used_as {
            UsedAs::Field(field) => field.is_time() || is_quantity(field),
            UsedAs::Part => table.time_at(at).is_some(),
            UsedAs::Attribute => table.attributes.iter().any(|one| one.at == at && one.is_number),
            _ => false,
        };
        if is_number {
            refuse_open(table, at, evidence, &number)?;
        }
        let time = table.time_at(at);
        let column = &mut table.columns[at];
        column.numbers = number.format;
        if let Some(field) = time {
            let default = matches!(field, Field::SetupHrs | Field::ActualHrs).then_some(TimeUnit::Hour);
            let unit = column.unit.or(default);
            let mut decided = durations::decide(&survey.durations, &of_file.numbers, options.decimal, unit);
            decided.format.number = number.format;
            column.duration = Some(decided.format);
        }
        if let UsedAs::Field(field) = column.used_as {
            if is_day(field) {
                let decide =
                    |file: &DateEvidence| dates::decide(&survey.dates, file, options.date_order, draft.is_from_1904);
                let decided = decide(&of_file.dates);
                let decided = if decided.open.is_some() { decide(&together.dates) } else { decided };
                let order = kept.and_then(|kept| kept.dates).filter(|_| decided.open.is_some()).map(DateOrder::from);
                let decided = match order {
                    Some(order) => dates::decide(&survey.dates, &of_file.dates, Some(order), draft.is_from_1904),
                    None => decided,
                };
                column.dates = decided.format;
            }
            if matches!(field, Field::ResCd | Field::Alternatives) {
                column.is_list =
                    field == Field::Alternatives || machines::are_lists(survey.codes.iter().map(String::as_str));
            }
        }
    }
    Ok(())
}

/// What the columns of numbers and of days of one file say together.
pub fn evidence(draft: &Draft) -> Together {
    let mut together = Together::default();
    for column in &draft.survey.columns {
        // Codes with points in them say nothing of numbers.
        if column.numbers.n_numbers() as f64 >= NUMBER_SHARE * column.n_filled.max(1) as f64 {
            together.numbers.merge(&column.numbers);
        }
        together.numbers.merge(&column.durations.numbers);
        together.dates.merge(&column.dates);
    }
    together
}

fn decide_numbers(
    column: &NumberEvidence,
    file: &NumberEvidence,
    together: &Together,
    options: &Options,
) -> NumberDecision {
    let decided = numbers::decide(column, file, options.decimal);
    if decided.open.is_none() {
        return decided;
    }
    numbers::decide(column, &together.numbers, options.decimal)
}

/// Refuses a column of numbers that has two readings as a whole. Where its values contradict each other, each value
/// with two readings is doubtful by itself.
fn refuse_open(
    table: &Table,
    at: usize,
    evidence: &NumberEvidence,
    decision: &NumberDecision,
) -> Result<(), ImportError> {
    let contradicts = evidence.n_point > 0 && evidence.n_comma > 0;
    match &decision.open {
        Some((value, open)) if !contradicts => Err(ImportError::OpenNumbers {
            file: table.file.clone(),
            column: table.header[at].clone(),
            value: value.clone(),
            as_point: open.as_point,
            as_comma: open.as_comma,
        }),
        _ => Ok(()),
    }
}

fn stored_decimal(kept: &StoredColumn) -> Option<Decimal> {
    match kept.numbers?.decimal {
        '.' => Some(Decimal::Point),
        ',' => Some(Decimal::Comma),
        _ => None,
    }
}
