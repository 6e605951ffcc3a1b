//! All files of one import: looked at together, then read.
//!
//! What one file leaves open another may settle: an encoding, the sign before decimals, the order of dates. Rows of one
//! routing count together wherever they stand.

mod originals;
mod reader;

use std::collections::{BTreeSet, HashSet};
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::columns::{self, Field, TableKind};
use super::encoding::{Decoded, Encoding, Refusal, Verdict, judge, settle};
use super::error::{Flaw, ImportError};
use super::gathered::{Gathered, Gathering};
use super::input::SetFile;
use super::options::{Join, Options, Purpose};
use super::profile::{Profile, StoredProfile};
use super::reader::{Belongs, Outcome, Record, TableRows};
use super::report::ImportReport;
use super::rows::{self, RowSource, Rows, Shape};
use super::sheet::OpenSheet;
use super::survey::survey;
use super::table::{Draft, Table, Together, asked, decide, evidence};
use super::workbook::{FileForm, Limits, Workbook, form_of};
use crate::domain::{ItemCode, RoutingId};

pub use originals::OriginalRow;
pub use reader::TableReader;

/// Bytes by which the form of a file is known.
const HEAD_BYTES: u64 = 64 * 1024;

/// A file that was left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    pub file: String,
    /// What is wrong with it, with a code.
    pub error: ImportError,
    /// The same in words.
    pub reason: String,
}

/// The tables of an import, understood and not yet read.
pub struct Look {
    pub tables: Vec<OpenTable>,
    /// Files that are something else.
    pub left_out: Vec<LeftOut>,
    /// Files that should be a table and cannot be read as one: nothing of the import may go in.
    pub failed: Vec<LeftOut>,
    /// Plants in the data with their rows, when there are several and none was chosen.
    pub plants: Vec<(String, u64)>,
}

/// A table that can be read.
pub struct OpenTable {
    pub table: Arc<Table>,
    /// Its file's place in the import.
    pub file_at: usize,
    source: Source,
}

/// How rows are reached again.
#[derive(Clone)]
enum Source {
    Text { encoding: Encoding, shape: Shape },
    Sheet(OpenSheet),
}

/// What happens while files are read.
pub enum ReadEvent<'a> {
    /// A table begins.
    Table(&'a Table),
    /// A row was refused or has doubtful values.
    Row(&'a Table, &'a Outcome),
    /// Rows of this table so far.
    Rows(u64),
}

/// How many columns of a header are recognised in any table.
fn score(options: &Options) -> impl Fn(&[String]) -> usize + '_ {
    let profiles: Vec<Profile> = match options.profile.name() {
        "auto" => Profile::NAMES.iter().filter_map(|name| Profile::by_name(name)).collect(),
        _ => vec![options.profile],
    };
    let stated = options.columns.iter().map(|one| one.column.as_str());
    let remembered = options.stored.iter().flat_map(|stored| &stored.columns).map(|one| one.header.as_str());
    let stated: HashSet<String> = stated.chain(remembered).map(columns::key).collect();
    move |header: &[String]| {
        let is_known = |name: &&String| {
            if name.trim().is_empty() {
                return false;
            }
            stated.contains(&columns::key(name))
                || TableKind::ALL
                    .iter()
                    .any(|kind| profiles.iter().any(|profile| columns::recognise(profile, *kind, name).is_some()))
        };
        header.iter().filter(is_known).count()
    }
}

/// Looks at all files of an import.
pub fn look(files: &[SetFile], options: &Options, on_file: &dyn Fn(&str)) -> Look {
    let mut look = Look { tables: Vec::new(), left_out: Vec::new(), failed: Vec::new(), plants: Vec::new() };
    let mut forms: Vec<Result<Form, ImportError>> = files.iter().map(|file| form(file, options)).collect();
    settle_encodings(&mut forms, options);
    let mut drafts: Vec<(usize, Draft, Source)> = Vec::new();
    for (at, (file, form)) in files.iter().zip(forms).enumerate() {
        on_file(&file.name);
        let opened = form.and_then(|form| open(file, form, options));
        match opened {
            Ok(opened) => drafts.extend(opened.into_iter().map(|(draft, source)| (at, draft, source))),
            Err(error) => look.leave_out(file, error),
        }
    }
    let mut together = Together::default();
    for (_, draft, _) in &drafts {
        let one = evidence(draft);
        together.numbers.merge(&one.numbers);
        together.dates.merge(&one.dates);
    }
    let mut n_tables = vec![0_usize; files.len()];
    let mut errors: Vec<(usize, ImportError)> = Vec::new();
    for (at, draft, source) in drafts {
        match decide(&draft, &together, options) {
            Ok(table) => {
                n_tables[at] += 1;
                if table.has(Field::Plant) {
                    look.add_plants(&draft.survey.plants);
                }
                look.tables.push(OpenTable { table: Arc::new(table), file_at: at, source });
            }
            Err(error) => errors.push((at, error)),
        }
    }
    for (at, error) in errors {
        // Other sheets of a workbook may hold what they like.
        if n_tables[at] == 0 || !error.is_other_table() {
            look.leave_out(&files[at], error);
        }
    }
    look.choose_plant(options);
    look
}

impl Look {
    fn leave_out(&mut self, file: &SetFile, error: ImportError) {
        let is_said = TableKind::of_file_name(&file.name).is_some();
        let is_failure = file.is_named || error.is_broken_table(is_said);
        let reason = error.to_string();
        let left_out = LeftOut { file: file.name.clone(), error, reason };
        if is_failure { self.failed.push(left_out) } else { self.left_out.push(left_out) }
    }

    fn add_plants(&mut self, plants: &[(String, u64)]) {
        for (plant, n) in plants {
            match self.plants.iter_mut().find(|(known, _)| known == plant) {
                Some((_, all)) => *all += n,
                None => self.plants.push((plant.clone(), *n)),
            }
        }
    }

    /// Takes the one plant of the data, or the chosen one; several without a choice are a failure.
    fn choose_plant(&mut self, options: &Options) {
        self.plants.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let stated = options.plant.clone().or_else(|| self.stored(options).find_map(|stored| stored.plant.clone()));
        let chosen = match (&stated, self.plants.as_slice()) {
            (_, []) => return,
            (Some(plant), plants) if plants.iter().any(|(known, _)| known == plant) => plant.clone(),
            (None, [(only, _)]) => only.clone(),
            (chosen, plants) => {
                let error = ImportError::Plants { asked: chosen.clone(), plants: plants.to_vec() };
                let reason = error.to_string();
                self.failed.push(LeftOut { file: String::new(), error, reason });
                return;
            }
        };
        for open in &mut self.tables {
            if open.table.has(Field::Plant)
                && let Some(table) = Arc::get_mut(&mut open.table)
            {
                table.plant = Some(chosen.clone());
            }
        }
    }

    /// The stored profiles by which the tables are read.
    fn stored<'o>(&self, options: &'o Options) -> impl Iterator<Item = &'o StoredProfile> {
        self.tables.iter().filter_map(|open| options.stored.iter().find(|stored| stored.fits(&open.table.header)))
    }

    /// Which codes are joined: what is stated, and what the stored profiles of the tables remember.
    pub fn joins(&self, options: &Options) -> BTreeSet<Join> {
        let remembered = self.stored(options).flat_map(|stored| &stored.joins).filter_map(|name| Join::by_name(name));
        remembered.chain(options.joins.iter().copied()).collect()
    }

    /// The plant whose rows are taken, where the data name plants.
    pub fn plant(&self) -> Option<&str> {
        self.tables.iter().find_map(|open| open.table.plant.as_deref())
    }

    /// Reads all tables.
    pub fn read(&self, files: &[SetFile], on_event: &mut dyn FnMut(ReadEvent<'_>)) -> (Gathered, Vec<ImportReport>) {
        let mut gathering = Gathering::default();
        let mut reports = Vec::with_capacity(self.tables.len());
        let mut held_items: Vec<(ItemCode, Flaw)> = Vec::new();
        for open in &self.tables {
            on_event(ReadEvent::Table(&open.table));
            let rows = open.source.rows(&files[open.file_at], &open.table);
            let mut rows = match rows {
                Ok(source) => TableRows::new(Arc::clone(&open.table), source),
                Err(error) => TableRows::unopened(Arc::clone(&open.table), &error),
            };
            read_table(&open.table, &mut rows, &mut gathering, &mut held_items, on_event);
            reports.push(rows.report());
        }
        for (item, flaw) in &held_items {
            gathering.hold_item(item, flaw);
        }
        (gathering.finish(), reports)
    }
}

/// Rows between two calls of the listener.
const ROWS_PER_EVENT: u64 = 4096;

fn read_table(
    table: &Table,
    rows: &mut TableRows,
    gathering: &mut Gathering,
    held_items: &mut Vec<(ItemCode, Flaw)>,
    on_event: &mut dyn FnMut(ReadEvent<'_>),
) {
    let mapped = gathering.map(table.mapped_attributes());
    let file_at = gathering.next_file();
    let mut last: Option<(ItemCode, RoutingId)> = None;
    // Refused rows of which nobody knows where they belong, until the next routing is known.
    let mut waiting: Vec<Flaw> = Vec::new();
    for (n, outcome) in rows.enumerate() {
        if (n as u64).is_multiple_of(ROWS_PER_EVENT) {
            on_event(ReadEvent::Rows(n as u64));
        }
        if outcome.record.is_err() || !outcome.doubts.is_empty() {
            on_event(ReadEvent::Row(table, &outcome));
        }
        let key = match outcome.record {
            Ok(None) => continue,
            Ok(Some(Record::Item(item))) => {
                gathering.item(item, mapped);
                continue;
            }
            Ok(Some(Record::WorkResult(report))) => {
                gathering.report(report, file_at);
                continue;
            }
            Ok(Some(Record::Operation(row))) => {
                let key = (row.item.clone(), row.routing.clone());
                gathering.operation(row);
                key
            }
            Err(refusal) => match refusal.belongs {
                Belongs::Nowhere => continue,
                Belongs::Item(item) => {
                    held_items.push((item, refusal.flaw));
                    continue;
                }
                Belongs::Neighbours => {
                    if let Some((item, routing)) = last.clone() {
                        gathering.hold(item, routing, refusal.flaw.clone());
                    }
                    waiting.push(refusal.flaw);
                    continue;
                }
                Belongs::Routing(item, routing) => {
                    gathering.hold(item.clone(), routing.clone(), refusal.flaw);
                    (item, routing)
                }
            },
        };
        for flaw in waiting.drain(..) {
            if last.as_ref() != Some(&key) {
                gathering.hold(key.0.clone(), key.1.clone(), flaw);
            }
        }
        last = Some(key);
    }
}

/// What a file is, before its rows are looked at.
enum Form {
    Text(Verdict),
    Workbook(FileForm),
}

fn unreadable(file: &SetFile, error: &io::Error) -> ImportError {
    ImportError::Read { file: file.name.clone(), message: error.to_string() }
}

fn form(file: &SetFile, options: &Options) -> Result<Form, ImportError> {
    let read_error = |error: io::Error| unreadable(file, &error);
    let mut head = Vec::new();
    file.input.open().map_err(read_error)?.take(HEAD_BYTES).read_to_end(&mut head).map_err(read_error)?;
    match form_of(&head, &file.name) {
        FileForm::Text => {
            let input = file.input.open().map_err(read_error)?;
            judge(input, options.encoding).map(Form::Text).map_err(|refusal| match refusal {
                Refusal::Empty => ImportError::Empty { file: file.name.clone() },
                Refusal::Binary(looks_like) => {
                    ImportError::Binary { file: file.name.clone(), looks_like: looks_like.map(str::to_owned) }
                }
                Refusal::Encoding => ImportError::UnknownEncoding { file: file.name.clone() },
                Refusal::Read(error) => unreadable(file, &error),
            })
        }
        FileForm::Other(advice) => Err(ImportError::OtherForm { file: file.name.clone(), advice: advice.to_owned() }),
        form => Ok(Form::Workbook(form)),
    }
}

/// Ties between encodings, by the other files and then by a remembered profile.
fn settle_encodings(forms: &mut [Result<Form, ImportError>], options: &Options) {
    let remembered = options.stored.iter().find_map(|stored| Encoding::from_name(stored.encoding.as_deref()?));
    let mut verdicts: Vec<Verdict> = Vec::new();
    for form in forms.iter() {
        if let Ok(Form::Text(verdict)) = form {
            verdicts.push(verdict.clone());
        }
    }
    settle(&mut verdicts, remembered);
    let mut settled = verdicts.into_iter();
    for form in forms.iter_mut() {
        if let Ok(Form::Text(verdict)) = form
            && let Some(other) = settled.next()
        {
            *verdict = other;
        }
    }
}

fn open(file: &SetFile, form: Form, options: &Options) -> Result<Vec<(Draft, Source)>, ImportError> {
    match form {
        Form::Text(verdict) => open_text(file, &verdict, options).map(|one| vec![one]),
        Form::Workbook(form) => open_workbook(file, &form, options),
    }
}

fn open_text(file: &SetFile, verdict: &Verdict, options: &Options) -> Result<(Draft, Source), ImportError> {
    let Some(encoding) = verdict.encoding else {
        let readings =
            verdict.candidates.iter().map(|one| (one.encoding.name().to_owned(), one.sample.clone())).collect();
        return Err(ImportError::OpenEncoding { file: file.name.clone(), readings });
    };
    let read_error = |error: io::Error| unreadable(file, &error);
    let empty = || ImportError::Empty { file: file.name.clone() };
    let decoded = |encoding| -> Result<Decoded<Box<dyn Read + Send>>, ImportError> {
        let input = file.input.open().map_err(read_error)?;
        Decoded::open_as(input, encoding).map_err(|refusal| match refusal {
            Refusal::Read(error) => unreadable(file, &error),
            _ => empty(),
        })
    };
    let stated = rows::Stated { delimiter: options.delimiter, header_row: None };
    let opened = Rows::open_stated(decoded(encoding)?, &stated, &score(options)).map_err(read_error)?;
    let Some((mut rows, mut header)) = opened else { return Err(empty()) };
    if let Some((_, second)) = &header.second {
        header.names = super::header::with_units(std::mem::take(&mut header.names), second);
    }
    if header.names.iter().any(|name| super::cells::is_damaged(name)) {
        return Err(ImportError::UnknownEncoding { file: file.name.clone() });
    }
    let shape = *rows.shape();
    let wanted = asked(&header.names, options);
    let found = survey(&mut rows, &header.names, &wanted).map_err(read_error)?;
    let draft = Draft {
        file: file.name.clone(),
        sheet: None,
        header_row: header.row,
        n_titles: header.passed_over.len() as u64 + u64::from(header.second.is_some()),
        header: header.names,
        n_hidden_rows: 0,
        encoding: Ok(encoding),
        delimiter: Some(char::from(shape.delimiter)),
        is_from_1904: false,
        survey: found,
    };
    Ok((draft, Source::Text { encoding, shape }))
}

fn open_workbook(file: &SetFile, form: &FileForm, options: &Options) -> Result<Vec<(Draft, Source)>, ImportError> {
    let read_error = |error: io::Error| unreadable(file, &error);
    let broken = |error: super::workbook::WorkbookError| ImportError::Workbook {
        file: file.name.clone(),
        message: error.to_string(),
    };
    let limits = Limits::default();
    let mut bytes = Vec::new();
    let most = limits.max_file_bytes();
    file.input.open().map_err(read_error)?.take(most + 1).read_to_end(&mut bytes).map_err(read_error)?;
    let mut workbook = Workbook::open(Cursor::new(bytes), &limits).map_err(broken)?;
    let sheets = workbook.sheets().to_vec();
    let mut opened = Vec::new();
    for (at, info) in sheets.iter().enumerate().filter(|(_, info)| info.n_rows > 0) {
        let sheet = workbook.rows(at).map_err(broken)?;
        let Some(sheet) = OpenSheet::open(sheet, &score(options)) else { continue };
        let header = sheet.header();
        let wanted = asked(&header, options);
        let found = survey(&mut sheet.rows(&[]), &header, &wanted).map_err(read_error)?;
        let draft = Draft {
            file: file.name.clone(),
            sheet: Some(info.name.clone()),
            header_row: sheet.header_row(),
            n_titles: sheet.n_titles(),
            header,
            n_hidden_rows: info.n_hidden_rows as u64,
            encoding: Err(match form {
                FileForm::Xls => "xls",
                FileForm::Ods => "ods",
                _ => "xlsx",
            }),
            delimiter: None,
            // Cells of days come as days, whichever year they count from.
            is_from_1904: false,
            survey: found,
        };
        opened.push((draft, Source::Sheet(sheet)));
    }
    if opened.is_empty() {
        let sheets = sheets.into_iter().map(|info| info.name).collect();
        return Err(ImportError::NoSheet { file: file.name.clone(), sheets });
    }
    Ok(opened)
}

impl Source {
    fn rows(&self, file: &SetFile, table: &Table) -> io::Result<Box<dyn RowSource + Send>> {
        match self {
            Self::Text { encoding, shape } => {
                let decoded = Decoded::open_as(file.input.open()?, *encoding).map_err(|refusal| match refusal {
                    Refusal::Read(error) => error,
                    _ => io::Error::other("the file has changed since it was looked at"),
                })?;
                Ok(Box::new(Rows::open_as(decoded, shape)?))
            }
            Self::Sheet(sheet) => Ok(Box::new(sheet.rows(&table.code_columns()))),
        }
    }
}

/// Names of columns that the caller stated and that no table has.
pub fn unknown_columns(look: &Look, options: &Options) -> Vec<String> {
    let is_there = |name: &str| {
        look.tables.iter().any(|open| open.table.header.iter().any(|one| columns::key(one) == columns::key(name)))
    };
    let stated = options.columns.iter().filter(|one| one.purpose != Purpose::Unused);
    stated.filter(|one| !is_there(&one.column)).map(|one| one.column.clone()).collect()
}
