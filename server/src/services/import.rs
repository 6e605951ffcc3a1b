//! Reading a plant's tables into the database.
//!
//! Rows stream: a reader thread hands batches over a short channel, each batch is one transaction. An import that is
//! interrupted leaves whole batches; running it again completes them, because equal rows are stored once.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::domain::{Item, OperationRow, WorkResult};
use engine::import::{Flaw, ImportError, ImportReport, Profile, Record, TableReader};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::Services;
use crate::db::imports::{self, PlantCounts};
use crate::db::{items, operations, work_results};
use crate::error::Failure;

/// Rows of one transaction.
const ROWS_PER_BATCH: usize = 4_000;
/// Batches that may wait for the database.
const WAITING_BATCHES: usize = 2;
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
    let before = imports::count(&services.db).await?;
    let (mut files, mut skipped, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for source in sources {
        listener(ImportEvent::File(&source.path));
        match import_file(services, &source.path, profile, Arc::clone(&listener)).await? {
            Ok(report) => files.push(report),
            Err(error) => {
                let reason = error.to_string();
                let is_broken = source.is_named || is_broken_table(&error);
                let left_out = LeftOut { file: source.path.display().to_string(), error, reason };
                if is_broken { failed.push(left_out) } else { skipped.push(left_out) }
            }
        }
    }
    let n_unlisted_items = items::add_unlisted(&services.db).await?;
    let after = imports::count(&services.db).await?;
    let summary = summary(before, after, n_unlisted_items, files, skipped, failed);
    if !summary.files.is_empty() {
        let report = serde_json::to_string(&summary).map_err(|error| Failure::Other(error.to_string()))?;
        imports::add(&services.db, &services.clock.new_id(), &services.clock.stamp(), &report, after).await?;
    }
    Ok(summary)
}

fn summary(
    before: PlantCounts,
    after: PlantCounts,
    n_unlisted_items: usize,
    files: Vec<ImportReport>,
    skipped: Vec<LeftOut>,
    failed: Vec<LeftOut>,
) -> ImportSummary {
    ImportSummary {
        files,
        skipped,
        failed,
        // Imports never delete, but another process may.
        n_new_items: after.n_items.saturating_sub(before.n_items),
        n_new_operations: after.n_operations.saturating_sub(before.n_operations),
        n_new_results: after.n_results.saturating_sub(before.n_results),
        n_unlisted_items,
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

/// Rows of one kind on their way to the database.
#[derive(Default)]
struct Batch {
    items: Vec<Item>,
    operations: Vec<OperationRow>,
    results: Vec<WorkResult>,
}

impl Batch {
    fn push(&mut self, record: Record) {
        match record {
            Record::Item(item) => self.items.push(item),
            Record::Operation(row) => self.operations.push(row),
            Record::WorkResult(result) => self.results.push(result),
        }
    }

    fn len(&self) -> usize {
        self.items.len() + self.operations.len() + self.results.len()
    }
}

async fn import_file(
    services: &Services,
    path: &Path,
    profile: Profile,
    listener: Listener,
) -> Result<Result<ImportReport, ImportError>, Failure> {
    let (sender, mut batches) = mpsc::channel(WAITING_BATCHES);
    let path = path.to_owned();
    let reader = tokio::task::spawn_blocking(move || read(&path, profile, &listener, &sender));
    while let Some(batch) = batches.recv().await {
        store(services, batch).await?;
    }
    Ok(reader.await?)
}

fn read(
    path: &Path,
    profile: Profile,
    listener: &Listener,
    batches: &mpsc::Sender<Batch>,
) -> Result<ImportReport, ImportError> {
    let name = file_name(path);
    let file =
        File::open(path).map_err(|error| ImportError::Read { file: name.clone(), message: error.to_string() })?;
    let mut table = TableReader::open(&name, file, &profile)?;
    let mut batch = Batch::default();
    let mut n_rows: u64 = 0;
    for row in table.by_ref() {
        n_rows += 1;
        match row {
            Ok(record) => batch.push(record),
            Err(error) => listener(ImportEvent::Refused(&error)),
        }
        if batch.len() == ROWS_PER_BATCH {
            listener(ImportEvent::Rows(n_rows));
            // The other side is gone when the database failed; it reports that.
            if batches.blocking_send(std::mem::take(&mut batch)).is_err() {
                break;
            }
        }
    }
    if batch.len() > 0 {
        let _ = batches.blocking_send(batch);
    }
    Ok(table.report())
}

async fn store(services: &Services, batch: Batch) -> Result<(), Failure> {
    let mut transaction = services.db.begin_write().await?;
    items::merge(&mut transaction, batch.items).await?;
    operations::merge(&mut transaction, batch.operations).await?;
    work_results::add(&mut transaction, batch.results).await?;
    transaction.commit().await.map_err(crate::db::DbError::from)?;
    Ok(())
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
