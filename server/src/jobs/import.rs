//! An import as a job: its files lie in the database, and so does what it leaves.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use app::locale::Locale;
use contract::jobs::{JobOutcome, JobState};
use engine::import::StoredProfile;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use super::place::{JobError, Place};
use super::ticket::Ticket;
use crate::db::files;
use crate::error::Failure;
use crate::services::Services;
use crate::services::acting::Acting;
use crate::services::import::{
    Beside, ImportEvent, ImportFailure, ImportSummary, Left, Listener, SourceFile, Wanted, Words, import,
};
use crate::services::jobs::{ImportTask, files_from, files_of};
use crate::services::store::StoreError;

/// Files of a job's results: its report, how its tables were read, all flaws, and from here on the rows to correct.
pub const REPORT: i64 = 0;
pub const TABLES: i64 = 1;
pub const ERRORS: i64 = 2;
pub const REFUSED: i64 = 3;

/// An import whose files lie here, with somebody who hears of it.
pub struct AtHand {
    pub sources: Vec<SourceFile>,
    pub listener: Listener,
}

impl AtHand {
    /// The listener, and the ticket beside it.
    pub(super) fn heard_by(&self, ticket: &Ticket) -> Listener {
        let (listener, ticket) = (Arc::clone(&self.listener), ticket.clone());
        Arc::new(move |event| {
            let heard = heard(&event, &ticket);
            if listener(event).is_break() { ControlFlow::Break(()) } else { heard }
        })
    }
}

/// How an import came out, which its asker may read in another process.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "end", content = "with", rename_all = "snake_case")]
pub enum ImportEnd {
    Summary(Box<ImportSummary>),
    RemovesMany(Box<ImportSummary>),
    UnknownColumns(Vec<String>),
    Overtaken,
}

impl ImportEnd {
    /// Of what the import says.
    ///
    /// # Errors
    /// [`JobError`] when somebody ended it, or the database fails.
    pub fn of(imported: Result<ImportSummary, ImportFailure>) -> Result<Self, JobError> {
        match imported {
            Ok(summary) => Ok(Self::Summary(Box::new(summary))),
            Err(ImportFailure::RemovesMany(summary)) => Ok(Self::RemovesMany(summary)),
            Err(ImportFailure::UnknownColumns { columns }) => Ok(Self::UnknownColumns(columns)),
            Err(ImportFailure::Store(StoreError::Overtaken)) => Ok(Self::Overtaken),
            Err(ImportFailure::Ended(_)) => Err(JobError::Stopped),
            Err(ImportFailure::Store(StoreError::Failure(failure))) => Err(failure.into()),
            Err(ImportFailure::Store(other)) => Err(Failure::Other(other.to_string()).into()),
        }
    }

    /// What the import says, as if it had run here.
    ///
    /// # Errors
    /// [`ImportFailure`] when it stored nothing.
    pub fn into_result(self) -> Result<ImportSummary, ImportFailure> {
        match self {
            Self::Summary(summary) => Ok(*summary),
            Self::RemovesMany(summary) => Err(ImportFailure::RemovesMany(summary)),
            Self::UnknownColumns(columns) => Err(ImportFailure::UnknownColumns { columns }),
            Self::Overtaken => Err(ImportFailure::Store(StoreError::Overtaken)),
        }
    }

    pub(super) fn outcome(&self) -> (JobState, JobOutcome) {
        let failed = |code: &str, detail: Option<String>| {
            (JobState::Failed, JobOutcome { code: code.to_owned(), detail, ..JobOutcome::default() })
        };
        match self {
            Self::Summary(summary) if !summary.failed.is_empty() => {
                failed("not_read", summary.failed.first().map(|first| first.reason.clone()))
            }
            Self::Summary(summary) if summary.files.is_empty() => failed("no_tables", None),
            Self::Summary(summary) => {
                let made = summary.no.map(|no| no.to_string());
                (JobState::Done, JobOutcome { code: "done".into(), made, ..JobOutcome::default() })
            }
            Self::RemovesMany(_) => failed("removes_many", None),
            Self::UnknownColumns(columns) => failed("unknown_columns", Some(columns.join(", "))),
            Self::Overtaken => failed("overtaken", None),
        }
    }
}

/// Lays the files of an import where a worker can read them.
///
/// # Errors
/// [`JobError`] when one cannot be read, or the database fails.
pub async fn stage(services: &Services, job: &str, sources: &[SourceFile]) -> Result<(), JobError> {
    for (no, source) in (0_i64..).zip(sources) {
        let file = File::open(&source.path).map_err(files::FileError::from)?;
        let now_ms = services.clock_ms();
        files::put(&services.db, &files_of(job), (no, &source.name), BufReader::new(file), now_ms).await?;
    }
    Ok(())
}

/// Imports the files that lie in the database for this job.
pub(super) async fn import_staged(
    acting: &Acting,
    task: &ImportTask,
    place: &Place<'_>,
) -> Result<ImportEnd, JobError> {
    let services = acting.services();
    let (from, to) = (files_of(place.job), files_from(place.job));
    let folder = tempfile::Builder::new().prefix("routing-ml-").tempdir().map_err(files::FileError::from)?;
    let sources = unstage(services, &from, task, &folder).await?;
    let errors = folder.path().join("errors.csv");
    let refused = folder.path().join("refused.csv");
    let wanted = Wanted {
        errors: task.wants_errors.then_some(errors.as_path()),
        refused: task.wants_refused.then_some(refused.as_path()),
        profile: &task.save_profile,
        joins: task.joins().clone(),
        words: Words(Locale::from_code(&task.lang).unwrap_or(Locale::En)),
    };
    let beside = Beside::open(&wanted).map_err(|error| Failure::Other(error.to_string()))?;
    let (ticket, hearing) = (place.ticket.clone(), beside.clone());
    let listener: Listener = Arc::new(move |event| {
        hearing.hear(&event);
        heard(&event, &ticket)
    });
    let end = ImportEnd::of(import(acting, sources, &task.options(), listener).await)?;
    let left = beside.finish().map_err(|error| Failure::Other(error.to_string()))?;
    keep(services, &to, &left).await?;
    Ok(end)
}

async fn unstage(
    services: &Services,
    from: &str,
    task: &ImportTask,
    folder: &TempDir,
) -> Result<Vec<SourceFile>, JobError> {
    let names = files::list(&services.db, from).await.map_err(Failure::from)?;
    if names.len() != task.is_named.len() {
        return Err(JobError::FilesGone);
    }
    let mut sources = Vec::new();
    for ((no, name), is_named) in names.into_iter().zip(&task.is_named) {
        let path = folder.path().join(no.to_string());
        let mut file = File::create(&path).map_err(files::FileError::from)?;
        files::copy(&services.db, from, no, &mut file).await?;
        sources.push(SourceFile { path, name, is_named: *is_named });
    }
    Ok(sources)
}

async fn keep(services: &Services, to: &str, left: &Left) -> Result<(), JobError> {
    let now_ms = services.clock_ms();
    let tables = serde_json::to_vec(&left.tables).map_err(|error| Failure::Other(error.to_string()))?;
    files::put(&services.db, to, (TABLES, "tables.json"), tables.as_slice(), now_ms).await?;
    let refused = (REFUSED..).zip(left.refused.iter().flatten());
    for (no, path) in left.errors.iter().map(|path| (ERRORS, path)).chain(refused) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let file = File::open(path).map_err(files::FileError::from)?;
        files::put(&services.db, to, (no, &name), BufReader::new(file), now_ms).await?;
    }
    Ok(())
}

/// What an import of another process has left; its files get the wanted names.
///
/// # Errors
/// [`JobError`] when a file cannot be written, or the database fails.
pub async fn fetch_left(
    services: &Services,
    job: &str,
    errors: Option<&Path>,
    refused: impl Fn(usize) -> Option<std::path::PathBuf>,
) -> Result<Left, JobError> {
    let folder = files_from(job);
    let mut left = Left { refused: refused(0).map(|_| Vec::new()), ..Left::default() };
    for (no, _) in files::list(&services.db, &folder).await.map_err(Failure::from)? {
        let path = match no {
            TABLES => {
                let mut text = Vec::new();
                files::copy(&services.db, &folder, no, &mut text).await?;
                let tables: Result<Vec<StoredProfile>, _> = serde_json::from_slice(&text);
                left.tables = tables.map_err(|error| Failure::Other(error.to_string()))?;
                continue;
            }
            ERRORS => errors.map(Path::to_owned),
            no if no >= REFUSED => refused(usize::try_from(no - REFUSED).unwrap_or(usize::MAX)),
            _ => continue,
        };
        let Some(path) = path else { continue };
        let mut file = File::create(&path).map_err(files::FileError::from)?;
        files::copy(&services.db, &folder, no, &mut file).await?;
        match (no, &mut left.refused) {
            (ERRORS, _) => left.errors = Some(path),
            (_, Some(refused)) => refused.push(path),
            _ => {}
        }
    }
    Ok(left)
}

/// Tells the ticket how far the import is.
fn heard(event: &ImportEvent<'_>, ticket: &Ticket) -> ControlFlow<()> {
    /// Of the whole, storing takes about the other half.
    const READING: f64 = 0.5;
    match event {
        ImportEvent::Share(share) => {
            let (phase, before) = ticket.now();
            let phase = if phase.is_empty() { "reading" } else { phase };
            ticket.at(phase, before.max(share * READING))
        }
        ImportEvent::Storing => ticket.at("storing", READING),
        _ => ControlFlow::Continue(()),
    }
}
