//! Opening a file of an import: what it is, how it is split, and the first pass over its rows.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::io::{self, Cursor, Read};

use super::super::columns::{self, TableKind};
use super::super::encoding::{Decoded, Encoding, Refusal, Verdict, judge, settle};
use super::super::error::ImportError;
use super::super::input::SetFile;
use super::super::options::Options;
use super::super::profile::Profile;
use super::super::rows::{self, Rows};
use super::super::sheet::OpenSheet;
use super::super::survey::survey;
use super::super::table::{Draft, survey_plan};
use super::super::workbook::{FileForm, Limits, Workbook, WorkbookError, form_of};
use super::super::{cells, header};
use super::TableSource;

/// Cells of a line by which it is told whether it is the header: a sheet of thousands of columns has twenty such lines.
const MAX_SCORED: usize = 300;
/// Bytes by which the form of a file is known.
const HEAD_BYTES: u64 = 64 * 1024;

/// What a file is, before its rows are looked at.
pub(super) enum Form {
    Text(Verdict),
    Workbook(FileForm),
}

fn unreadable(file: &SetFile, error: &io::Error) -> ImportError {
    ImportError::Read { file: file.name.clone(), message: error.to_string() }
}

pub(super) fn form(file: &SetFile, options: &Options) -> Result<Form, ImportError> {
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
pub(super) fn settle_encodings(forms: &mut [Result<Form, ImportError>], options: &Options) {
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

pub(super) fn open(file: &SetFile, form: &Form, options: &Options) -> Result<Vec<(Draft, TableSource)>, ImportError> {
    match form {
        Form::Text(verdict) => open_text(file, verdict, options).map(|one| vec![one]),
        Form::Workbook(form) => open_workbook(file, form, options),
    }
}

fn open_text(file: &SetFile, verdict: &Verdict, options: &Options) -> Result<(Draft, TableSource), ImportError> {
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
        header.names = header::with_units(std::mem::take(&mut header.names), second);
    }
    if header.names.iter().any(|name| cells::is_damaged(name)) {
        return Err(ImportError::UnknownEncoding { file: file.name.clone() });
    }
    let shape = *rows.shape();
    let wanted = survey_plan(&header.names, options);
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
    Ok((draft, TableSource::Text { encoding, shape }))
}

fn open_workbook(file: &SetFile, form: &FileForm, options: &Options) -> Result<Vec<(Draft, TableSource)>, ImportError> {
    let read_error = |error: io::Error| unreadable(file, &error);
    let broken = |error: WorkbookError| ImportError::Workbook { file: file.name.clone(), message: error.to_string() };
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
        let wanted = survey_plan(&header, options);
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
        opened.push((draft, TableSource::Sheet(sheet)));
    }
    if opened.is_empty() {
        let sheets = sheets.into_iter().map(|info| info.name).collect();
        return Err(ImportError::NoSheet { file: file.name.clone(), sheets });
    }
    Ok(opened)
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
    // The same words are asked for each delimiter that a text may have, and again in later rows.
    let asked: RefCell<HashMap<String, bool>> = RefCell::default();
    move |header: &[String]| {
        let is_recognised = |name: &str| {
            let in_kind = |kind| profiles.iter().any(|profile| columns::recognise(profile, kind, name).is_some());
            stated.contains(&columns::key(name)) || TableKind::ALL.into_iter().any(in_kind)
        };
        let is_known = |name: &&String| {
            if !name.contains(char::is_alphabetic) {
                return false;
            }
            if let Some(known) = asked.borrow().get(*name) {
                return *known;
            }
            let is_known = is_recognised(name);
            asked.borrow_mut().insert((*name).clone(), is_known);
            is_known
        };
        header.iter().take(MAX_SCORED).filter(is_known).count()
    }
}
