//! Reading a plant's tables into the database.
//!
//! All files of one import are gathered first; then they are stored together, wholly or not at all.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::domain::Item;
use engine::import::{Flaw, Gathering, ImportError, ImportReport, Profile, Record, Report, TableReader};
use serde::{Deserialize, Serialize};

use super::Services;
use super::acting::Caller;
use super::store::{Changes, StoreError, StoreOptions, store};
use crate::db::imports::{self, PlantCounts};
use crate::error::Failure;

/// After so many rows a person waiting hears how far it is.
const ROWS_PER_NEWS: u64 = 4_000;
/// Endings of files that an import of a folder reads.
const TABLE_ENDINGS: [&str; 3] = ["csv", "txt", "tsv"];

/// Something that a person waiting wants to hear.
pub enum ImportEvent<'a> {
    /// A file was opened.
    File(&'a Path),
    /// Rows read of the file so far.
    Rows(u64),
    /// A row was refused.
    Refused(&'a Flaw),
}

/// Hears what happens; called from the reading thread too.
pub type Listener = Arc<dyn Fn(ImportEvent<'_>) + Send + Sync>;

/// A file that was left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    pub file: String,
    /// What is wrong with it, with a code.
    pub error: ImportError,
    /// The same in words.
    pub reason: String,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// Files that were read, each with its account: `n_rows = n_ok + n_duplicates + n_errors`.
    pub files: Vec<ImportReport>,
    /// Files of a folder that are not one of the tables.
    pub skipped: Vec<LeftOut>,
    /// Files that should be a table of ours and cannot be read.
    pub failed: Vec<LeftOut>,
    /// New in the database; other rows that went in were there before and were completed.
    pub n_new_items: usize,
    pub n_new_operations: usize,
    pub n_new_results: usize,
    /// Items that only a routing names: they were added without attributes, and are among the new items.
    pub n_unlisted_items: usize,
    /// The plant after the import.
    pub n_items: usize,
    pub n_items_with_routing: usize,
    pub n_routings: usize,
    pub n_results: usize,
}

/// Why nothing can be imported from a path.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("{path}: {reason}")]
    Unreadable { path: PathBuf, reason: std::io::Error },
    #[error("{path}: the folder holds no .csv, .tsv or .txt file")]
    NoTables { path: PathBuf },
}

/// One file to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub path: PathBuf,
    /// Named by the caller, not found in a folder: then it must be a table.
    pub is_named: bool,
}

/// The files that `paths` mean: a file itself, or the tables of a folder by name.
pub fn sources(paths: &[PathBuf]) -> Result<Vec<Source>, SourceError> {
    let mut sources = Vec::new();
    for path in paths {
        let unreadable = |reason| SourceError::Unreadable { path: path.clone(), reason };
        if !std::fs::metadata(path).map_err(unreadable)?.is_dir() {
            sources.push(Source { path: path.clone(), is_named: true });
            continue;
        }
        let mut found = Vec::new();
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            let file = entry.map_err(unreadable)?.path();
            let ending = file.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
            if file.is_file() && ending.is_some_and(|ending| TABLE_ENDINGS.contains(&ending.as_str())) {
                found.push(Source { path: file, is_named: false });
            }
        }
        if found.is_empty() {
            return Err(SourceError::NoTables { path: path.clone() });
        }
        // The order of a folder depends on the disk; the result must not.
        found.sort_by(|a, b| a.path.cmp(&b.path));
        sources.extend(found);
    }
    Ok(sources)
}

/// Imports the files in order and records what was done.
pub async fn import(
    services: &Services,
    sources: Vec<Source>,
    profile: Profile,
    listener: Listener,
) -> Result<ImportSummary, Failure> {
    let mut gathering = Gathering::default();
    let (mut files, mut skipped, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for source in sources {
        listener(ImportEvent::File(&source.path));
        let (path, listener) = (source.path.clone(), Arc::clone(&listener));
        let reading = tokio::task::spawn_blocking(move || {
            let report = read(&path, profile, &listener, &mut gathering);
            (report, gathering)
        });
        let report;
        (report, gathering) = reading.await?;
        match report {
            Ok(report) => files.push(report),
            Err(error) => {
                let reason = error.to_string();
                let is_broken = source.is_named || is_broken_table(&error);
                let left_out = LeftOut { file: source.path.display().to_string(), error, reason };
                if is_broken { failed.push(left_out) } else { skipped.push(left_out) }
            }
        }
    }
    if files.is_empty() {
        let counts = imports::count(&services.db).await?;
        return Ok(summary(&Changes::default(), counts, files, skipped, failed));
    }
    let names: Vec<&str> = files.iter().map(|file| file.file.as_str()).collect();
    let names = serde_json::to_string(&names).map_err(|error| Failure::Other(error.to_string()))?;
    let options = StoreOptions::replacing(services.clock.now().date_naive());
    let gathered = tokio::task::spawn_blocking(move || Arc::new(gathering.finish())).await?;
    let acting = services.acting(Caller::Console, None);
    let stored = store(&acting, gathered, &names, &options).await.map_err(|error| match error {
        StoreError::Failure(failure) => failure,
        other => Failure::Other(other.to_string()),
    })?;
    let summary = summary(&stored.changes, stored.counts, files, skipped, failed);
    if let Some(import) = &stored.import {
        let report = serde_json::to_string(&summary).map_err(|error| Failure::Other(error.to_string()))?;
        imports::keep_report(&services.db, &import.id, &report).await?;
    }
    Ok(summary)
}

fn summary(
    changes: &Changes,
    after: PlantCounts,
    files: Vec<ImportReport>,
    skipped: Vec<LeftOut>,
    failed: Vec<LeftOut>,
) -> ImportSummary {
    ImportSummary {
        files,
        skipped,
        failed,
        n_new_items: changes.items.n_new,
        n_new_operations: changes.n_new_operations,
        n_new_results: changes.results.n_new,
        n_unlisted_items: changes.n_unlisted_items,
        n_items: after.n_items,
        n_items_with_routing: after.n_items_with_routing,
        n_routings: after.n_routings,
        n_results: after.n_results,
    }
}

/// Whether a file of a folder was meant to be a table of ours.
fn is_broken_table(error: &ImportError) -> bool {
    matches!(error, ImportError::MissingColumn { .. } | ImportError::DuplicateColumn { .. } | ImportError::Read { .. })
}

fn read(
    path: &Path,
    profile: Profile,
    listener: &Listener,
    gathering: &mut Gathering,
) -> Result<ImportReport, ImportError> {
    let name = file_name(path);
    let file =
        File::open(path).map_err(|error| ImportError::Read { file: name.clone(), message: error.to_string() })?;
    let mut table = TableReader::open(&name, file, &profile)?;
    // A length or a mass stands under its name with the unit.
    let names = table.report().attributes.into_iter().flat_map(|column| {
        let with = |unit: &str| format!("{}{unit}", column.attribute);
        [with(""), with("_mm"), with("_kg")]
    });
    let mapped = gathering.map(names.collect());
    for (row, n_rows) in table.by_ref().zip(1_u64..) {
        match row {
            Ok(Record::Item(item)) => gathering.item(item, mapped),
            Ok(Record::Operation(row)) => gathering.operation(row),
            Ok(Record::WorkResult(result)) => gathering.report(Report { result, ..Report::default() }),
            Err(error) => listener(ImportEvent::Refused(&error)),
        }
        if n_rows % ROWS_PER_NEWS == 0 {
            listener(ImportEvent::Rows(n_rows));
        }
    }
    Ok(table.report())
}

/// The items of a table that is not imported, for a prediction.
pub fn read_items(
    name: &str,
    input: impl std::io::Read,
    profile: Profile,
) -> Result<(Vec<Item>, Vec<Flaw>, usize), ImportError> {
    let mut table = TableReader::open(name, input, &profile)?;
    let (mut items, mut errors, mut n_others) = (Vec::new(), Vec::new(), 0);
    for row in table.by_ref() {
        match row {
            Ok(Record::Item(item)) => items.push(item),
            Ok(_) => n_others += 1,
            Err(error) => errors.push(error),
        }
    }
    Ok((items, errors, n_others))
}

/// The name of a file without its folders.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
