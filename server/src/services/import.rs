//! Reading a plant's tables into the database.
//!
//! All files of one import are looked at together, gathered, and stored together, wholly or not at all.

mod beside;
mod flaw_files;
mod pace;
mod profiles;
mod sources;
mod summary;
mod words;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use engine::domain::{Date, Item, ItemCode};
use engine::import::{
    Flaw, Gathered, ImportError, ImportReport, LeftOut, LikeCode, Look, Options, OriginalRow, Outcome, Profile,
    ReadEvent, Record, SetFile, Table, TableKind, TableReader, join, look, unknown_columns,
};

use super::acting::Acting;
use super::store::{Changes, Mode, StoreError, StoreOptions, store_unless};
use crate::background::{self, Share};
use crate::db::{current, imports};
use crate::error::Failure;

pub use beside::{Beside, Left, Wanted};
pub use flaw_files::numbered;
use pace::{Ended, Pace};
pub use profiles::{ProfileError, Profiles};
pub use sources::{FileMark, SourceError, SourceFile, file_name, sources};
use summary::FlawGroups;
pub use summary::{FlawGroup, HeldRouting, HeldRoutings, ImportSummary, LookAlike};
pub use words::{Words, n};

/// How files are read and what becomes of what is there.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    pub read: Options,
    pub mode: Mode,
    /// Of these kinds the files hold everything.
    pub complete: BTreeSet<TableKind>,
    /// Whether more than a tenth of a kind may be removed.
    pub may_remove_many: bool,
    pub is_dry_run: bool,
    /// The plant's day; `None` is today.
    pub as_of: Option<Date>,
    /// Whether the listener hears the rows that have to be corrected, once everything is read.
    pub wants_refused: bool,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            read: Options::default(),
            mode: Mode::Replace,
            complete: BTreeSet::new(),
            may_remove_many: false,
            is_dry_run: false,
            as_of: None,
            wants_refused: false,
        }
    }
}

/// Something that a person waiting wants to hear.
pub enum ImportEvent<'a> {
    /// A file is looked at.
    Looking(&'a str),
    /// The rows of a table are read.
    Reading(&'a Table),
    /// Rows read of the table so far.
    Rows(u64),
    /// A row was refused or has doubtful values.
    Row(&'a Table, &'a Outcome),
    /// A refused row, or a good one of a routing that is held back, as it stands in its file.
    Original(&'a OriginalRow<'a>),
    /// So much of the reading is done, 0 to 1.
    Share(f64),
    /// Everything is read and is now stored.
    Storing,
}

/// Hears what happens, from whichever thread comes by. `Break` ends the import within moments.
pub type Listener = Arc<dyn Fn(ImportEvent<'_>) -> ControlFlow<()> + Send + Sync>;

/// Nobody who hears.
pub fn nobody() -> Listener {
    Arc::new(|_| ControlFlow::Continue(()))
}

/// Why an import came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    /// More than a tenth of a kind would be removed, and nobody agreed to that.
    #[error("more than a tenth of what is there would be removed")]
    RemovesMany(Box<ImportSummary>),
    /// A column that was named is in no table.
    #[error("no table has the column {}", columns.join(", "))]
    UnknownColumns { columns: Vec<String> },
    /// Its listener wanted the end.
    #[error(transparent)]
    Ended(#[from] Ended),
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for ImportFailure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Ended => Self::Ended(Ended),
            error => Self::Store(error),
        }
    }
}

impl From<Failure> for ImportFailure {
    fn from(failure: Failure) -> Self {
        Self::Store(failure.into())
    }
}

/// What was read, before it is stored.
struct Taken {
    gathered: Gathered,
    files: Vec<ImportReport>,
    skipped: Vec<LeftOut>,
    failed: Vec<LeftOut>,
    flaws: FlawGroups,
    held: HeldRoutings,
    look_alike: Vec<LikeCode>,
    plant: Option<String>,
    unknown_columns: Vec<String>,
    marks: Vec<FileMark>,
}

/// Imports files together.
///
/// A file that should be a table and cannot be read stops all of them: then the summary names it and nothing is stored.
///
/// # Errors
/// [`ImportFailure`]; then nothing is stored either.
pub async fn import(
    acting: &Acting,
    sources: Vec<SourceFile>,
    options: &ImportOptions,
    listener: Listener,
) -> Result<ImportSummary, ImportFailure> {
    let services = &acting.services;
    let as_of = options.as_of.unwrap_or_else(|| services.clock.now().date_naive());
    let listed = current::described_items(&services.db).await.map_err(Failure::from)?;
    let listed: Vec<ItemCode> = listed.into_iter().map(ItemCode::new).collect();
    let (read, wants_refused) = (options.read.clone(), options.wants_refused);
    let n_bytes = sources.iter().map(SourceFile::n_bytes).sum();
    let pace = Arc::new(Pace::new(n_bytes, Arc::clone(&listener)));
    pace.ask(0.0)?;
    let (news, paced) = (Arc::clone(&listener), Arc::clone(&pace));
    let work = move || take(&sources, &read, wants_refused, &listed, &news, &paced);
    let taken = background::run(Share::Whole, work).await?;
    if pace.is_ended() {
        return Err(Ended.into());
    }
    if !taken.unknown_columns.is_empty() {
        return Err(ImportFailure::UnknownColumns { columns: taken.unknown_columns });
    }
    let mut summary = ImportSummary {
        id: None,
        no: None,
        is_dry_run: options.is_dry_run,
        as_of,
        plant: taken.plant,
        files: taken.files,
        skipped: taken.skipped,
        failed: taken.failed,
        flaws: taken.flaws.finish(),
        held: taken.held,
        look_alike: taken.look_alike.into(),
        changes: Changes::default(),
        n_new_items: 0,
        n_new_operations: 0,
        n_new_results: 0,
        n_unlisted_items: 0,
        n_items: 0,
        n_items_with_routing: 0,
        n_routings: 0,
        n_held_routings: 0,
        n_results: 0,
    };
    if summary.files.is_empty() || !summary.failed.is_empty() {
        summary.set_plant(imports::count(&services.db).await.map_err(Failure::from)?);
        return Ok(summary);
    }
    tell(&listener, ImportEvent::Storing);
    let marks = serde_json::to_string(&taken.marks).map_err(|error| Failure::Other(error.to_string()))?;
    let how = StoreOptions {
        mode: options.mode,
        complete: options.complete.clone(),
        may_remove_many: options.may_remove_many,
        is_dry_run: options.is_dry_run,
        as_of,
    };
    let stored = match store_unless(acting, Arc::new(taken.gathered), &marks, &how, &|| pace.ask(1.0).is_err()).await {
        Ok(stored) => stored,
        Err(StoreError::RemovesMany(changes)) => {
            summary.set_changes(*changes);
            summary.set_plant(imports::count(&services.db).await.map_err(Failure::from)?);
            return Err(ImportFailure::RemovesMany(Box::new(summary)));
        }
        Err(error) => return Err(error.into()),
    };
    summary.set_changes(stored.changes);
    summary.set_plant(stored.counts);
    if let Some(import) = stored.import {
        (summary.id, summary.no) = (Some(import.id.clone()), Some(import.no));
        let report = serde_json::to_string(&summary).map_err(|error| Failure::Other(error.to_string()))?;
        imports::keep_report(&services.db, &import.id, &report).await.map_err(Failure::from)?;
    }
    Ok(summary)
}

/// Reads all files.
fn take(
    sources: &[SourceFile],
    options: &Options,
    wants_refused: bool,
    listed: &[ItemCode],
    listener: &Listener,
    pace: &Arc<Pace>,
) -> Taken {
    let files: Vec<SetFile> = sources.iter().map(|source| source.file(pace)).collect();
    let mut looked: Look = look(&files, options, &|name| tell(listener, ImportEvent::Looking(name)));
    let unknown_columns = unknown_columns(&looked, options);
    let flaws = Mutex::new(FlawGroups::default());
    let add = |flaw: &Flaw| flaws.lock().unwrap_or_else(PoisonError::into_inner).add(flaw);
    let (mut gathered, reports) = if looked.failed.is_empty() && unknown_columns.is_empty() {
        looked.read(&files, &mut |event| match event {
            ReadEvent::Table(table) => tell(listener, ImportEvent::Reading(table)),
            ReadEvent::Rows(n) => tell(listener, ImportEvent::Rows(n)),
            ReadEvent::Row(table, outcome) => {
                outcome.record.as_ref().err().into_iter().for_each(|refusal| add(&refusal.flaw));
                outcome.doubts.iter().for_each(add);
                tell(listener, ImportEvent::Row(table, outcome));
            }
        })
    } else {
        (Gathered::default(), Vec::new())
    };
    if wants_refused && reports.iter().any(|report| report.n_refused > 0) {
        // Before codes are joined: the files write the keys as they are now.
        let held = gathered.held_keys().cloned().collect();
        looked.refused_rows(&files, &held, &mut |row| tell(listener, ImportEvent::Original(&row)));
    }
    let look_alike = join(&mut gathered, listed, &looked.joins(options));
    Taken {
        held: HeldRoutings::of(&gathered),
        gathered,
        files: reports,
        plant: looked.plant().map(str::to_owned),
        skipped: std::mem::take(&mut looked.left_out),
        failed: std::mem::take(&mut looked.failed),
        flaws: flaws.into_inner().unwrap_or_else(PoisonError::into_inner),
        look_alike,
        unknown_columns,
        marks: sources.iter().map(FileMark::of).collect(),
    }
}

/// Whether to go on is asked by [`Pace`], which reading and storing heed.
fn tell(listener: &Listener, event: ImportEvent<'_>) {
    let _ = listener(event);
}

/// The items of a table that is not imported, for a prediction.
///
/// # Errors
/// [`ImportError`] when it is no table.
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
