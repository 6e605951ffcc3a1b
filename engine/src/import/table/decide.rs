//! From a header and what the first pass found to what each column is and how it is read.

use super::super::columns::{self, Field, LooksLike, Recognised, TableKind, looks_like};
use super::super::encoding::Encoding;
use super::super::error::ImportError;
use super::super::kind::{self, KeyStats};
use super::super::options::{Options, Purpose, StatedColumn};
use super::super::profile::{OtherUse, Profile, StoredProfile};
use super::super::report::IgnoredReason;
use super::super::survey::{Survey, SurveyPlan, Watch};
use super::formats::{Together, formats};
use super::place::{pair_units, place};
use super::{Column, Table, UsedAs};
use crate::clean::text;

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

const ALL: [TableKind; 3] = [TableKind::Items, TableKind::Routings, TableKind::WorkResults];

/// What the first pass has to look for under a header.
pub fn survey_plan(header: &[String], options: &Options) -> SurveyPlan {
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
            numbers: is_plain || fields.iter().any(|field| field.is_time() || field.is_quantity()),
            dates: fields.iter().any(|field| field.is_day()) || (is_plain && like == Some(LooksLike::Date)),
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
    SurveyPlan {
        watch: watch.collect(),
        keys: (0..header.len()).filter(|at| key_fields.iter().any(|field| has(*at, *field))).collect(),
        item: item_of_stated.or_else(|| kind::item_column(header, &options.profile)),
        plant: (0..header.len()).find(|at| has(*at, Field::Plant)),
    }
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
                Some(StatedColumn { column: name.clone(), purpose, unit: kept.unit })
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
