//! Storing what an import gathered, and taking it back.
//!
//! Comes in: [`Gathered`], how to store it. Goes out: what changed, and the plant after it.
//! Never does: read a file, print.
//!
//! New versions are written first, some thousands in a transaction, so that others write in between; nothing points to
//! them. Then one short transaction makes all of them current. An import that ends in the middle has changed nothing.

mod changes;
mod compare;
mod live;
mod past;
mod resolve;

use std::collections::BTreeSet;
use std::sync::Arc;

use engine::domain::Date;
use engine::import::{Gathered, TableKind};
use tokio::sync::mpsc;

pub use changes::{Changes, KindChanges, Shrunk};
use compare::{Block, Plant, compare};
use live::Live;
pub use past::{UndoError, UndoneImport, UndoneKeys, UndoneKind, find, list, undo};
use resolve::Resolver;

use super::acting::{Acting, AuditEvent};
use crate::background::{self, Share};
use crate::db::imports::{self, NewImport, PlantCounts};
use crate::db::versions::{self, Kind, Versions};
use crate::db::{DbError, current};
use crate::error::Failure;

/// Blocks that may wait for the database.
const WAITING_BLOCKS: usize = 2;
/// How often an import starts again because another one took effect before it.
const N_TRIES: usize = 3;
/// What may be removed unasked, 0 to 1.
const REMOVED_UNASKED: f64 = 0.1;

/// What becomes of what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A routing replaces the one of its item and id; of an item the columns that the files have; a report the one of
    /// its key.
    Replace,
    /// Nothing goes.
    Add,
}

/// How something is stored.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    pub mode: Mode,
    /// Of these kinds the files hold everything: what they lack is removed.
    pub complete: BTreeSet<TableKind>,
    /// Whether more than a tenth of a kind may be removed.
    pub may_remove_many: bool,
    /// Everything but the change.
    pub is_dry_run: bool,
    /// The plant's day.
    pub as_of: Date,
}

impl StoreOptions {
    /// The usual: files replace what they hold.
    pub fn replacing(as_of: Date) -> Self {
        let complete = BTreeSet::new();
        Self { mode: Mode::Replace, complete, may_remove_many: false, is_dry_run: false, as_of }
    }

    fn is_complete(&self, kind: Kind) -> bool {
        let table = match kind {
            Kind::Item => TableKind::Items,
            Kind::Routing => TableKind::Routings,
            Kind::Report => TableKind::WorkResults,
        };
        self.mode == Mode::Replace && self.complete.contains(&table)
    }
}

/// What was stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// `None` after a dry run.
    pub import: Option<StoredImport>,
    pub changes: Changes,
    /// The plant, read back after the import; before it in a dry run.
    pub counts: PlantCounts,
}

/// Under what an import is found again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredImport {
    pub id: String,
    pub no: i64,
}

/// Why nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// More than a tenth of a kind would be removed, and nobody agreed to that.
    #[error("more than a tenth would be removed: {0:?}")]
    RemovesMany(Box<Changes>),
    /// Somebody wanted the end before anything counted.
    #[error("the import was ended")]
    Ended,
    /// Others changed the plant's data each time before this import could take effect.
    #[error("other imports took effect meanwhile, {N_TRIES} times; nothing was stored")]
    Overtaken,
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbError> for StoreError {
    fn from(error: DbError) -> Self {
        Self::Failure(error.into())
    }
}

/// Stores what was gathered, wholly or not at all. `files` is JSON: the files with their hashes and counts.
///
/// # Errors
/// [`StoreError`]; then nothing of it counts.
pub async fn store(
    acting: &Acting,
    gathered: Arc<Gathered>,
    files: &str,
    options: &StoreOptions,
) -> Result<Stored, StoreError> {
    store_unless(acting, gathered, files, options, &|| false).await
}

/// The same, asking between blocks whether somebody wants the end.
///
/// # Errors
/// [`StoreError`]; then nothing of it counts.
pub async fn store_unless(
    acting: &Acting,
    gathered: Arc<Gathered>,
    files: &str,
    options: &StoreOptions,
    is_ended: &(dyn Fn() -> bool + Sync),
) -> Result<Stored, StoreError> {
    let services = &acting.services;
    let db = &services.db;
    live::clear_away(services).await?;
    if options.is_dry_run {
        let changes = stage(acting, gathered, None, options, is_ended).await?.changes;
        return Ok(Stored { import: None, changes, counts: imports::count(db).await? });
    }
    let live = Live::new(services.clock.new_id());
    let new = NewImport {
        id: live.id(),
        at: &services.clock.stamp(),
        as_of: options.as_of,
        by: acting.caller.who(),
        files,
        process: live::process(&services.clock),
    };
    let mut no = imports::begin(db, &new).await?;
    let done = async {
        for _ in 0..N_TRIES {
            let revision = current::revision(db).await?;
            let staged = stage(acting, Arc::clone(&gathered), Some((live.id(), no)), options, is_ended).await?;
            if !options.may_remove_many
                && Kind::ALL.iter().any(|kind| staged.changes.of(*kind).removed_share() > REMOVED_UNASKED)
            {
                return Err(StoreError::RemovesMany(Box::new(staged.changes)));
            }
            if let Some(counts) = switch(acting, live.id(), no, revision, &staged).await? {
                let import = Some(StoredImport { id: live.id().to_owned(), no });
                return Ok(Stored { import, changes: staged.changes, counts });
            }
            versions::delete(db, no).await?;
            no = imports::renumber(db, live.id()).await?;
        }
        Err(StoreError::Overtaken)
    }
    .await;
    if done.is_err() {
        // What went wrong is told in any case; what is left is cleared away by the next import.
        let _ = imports::fail(db, live.id()).await;
        let _ = versions::delete(db, no).await;
    }
    done
}

/// What was written and waits for the switch.
struct Staged {
    changes: Changes,
    confirmed: Vec<(Kind, i64)>,
    /// Versions of each kind, in the order of [`Kind::ALL`].
    n_versions: [usize; 3],
}

/// Compares with what is current and writes new versions; without an import only compares.
async fn stage(
    acting: &Acting,
    gathered: Arc<Gathered>,
    import: Option<(&str, i64)>,
    options: &StoreOptions,
    is_ended: &(dyn Fn() -> bool + Sync),
) -> Result<Staged, StoreError> {
    let db = &acting.services.db;
    let (items, routings, reports) =
        futures::try_join!(current::items(db), current::routings(db), current::reports(db))?;
    let plant = Plant { items, routings, reports };
    let (sender, mut blocks) = mpsc::channel(WAITING_BLOCKS);
    let comparing = tokio::spawn({
        let options = options.clone();
        background::run(Share::Whole, move || compare(&gathered, plant, &options, &sender))
    });
    let mut resolver = Resolver { db, options, changes: Changes::default(), confirmed: Vec::new() };
    let mut n_versions = [0; 3];
    let mut ended = None;
    while let Some(block) = blocks.recv().await {
        if is_ended() {
            return Err(StoreError::Ended);
        }
        let versions = match block? {
            Block::Routings(block) => resolver.routings(block).await?,
            Block::Reports(block) => resolver.reports(block).await?,
            Block::Items(block) => resolver.items(block).await?,
            Block::End(changes, confirmed) => {
                ended = Some((changes, confirmed));
                continue;
            }
        };
        let of_kind = &mut n_versions[versions.kind() as usize];
        let at = *of_kind;
        *of_kind += versions.len();
        if let Some((id, no)) = import
            && !versions.is_empty()
        {
            write(acting, id, no, at, versions).await?;
        }
    }
    comparing.await.map_err(Failure::from)??;
    let Some((settled, mut confirmed)) = ended else {
        return Err(Failure::Other("the comparison ended early".into()).into());
    };
    let mut changes = resolver.changes;
    confirmed.append(&mut resolver.confirmed);
    changes.absorb(*settled);
    Ok(Staged { changes, confirmed, n_versions })
}

async fn write(acting: &Acting, id: &str, no: i64, at: usize, versions: Versions) -> Result<(), StoreError> {
    let services = &acting.services;
    let mut transaction = services.db.begin_write().await?;
    if !imports::touch(&mut transaction, id, &services.clock.stamp()).await? {
        return Err(Failure::Other(format!("import {no} was cleared away while it ran")).into());
    }
    let first = versions::ids_of(no).0 + i64::try_from(at).unwrap_or(i64::MAX) + 1;
    versions::add(&services.db, &mut transaction, first, versions).await?;
    transaction.commit().await.map_err(DbError::from)?;
    Ok(())
}

/// Makes what was written current; `None` when something has changed since the comparison.
async fn switch(
    acting: &Acting,
    id: &str,
    no: i64,
    revision: i64,
    staged: &Staged,
) -> Result<Option<PlantCounts>, StoreError> {
    let services = &acting.services;
    let db = &services.db;
    let mut transaction = db.begin_write().await?;
    if !imports::take_turn(&mut transaction, revision).await? {
        return Ok(None);
    }
    for (kind, n_staged) in Kind::ALL.into_iter().zip(staged.n_versions) {
        let n_there = versions::count(&mut transaction, kind, no).await?;
        if n_there != n_staged {
            let what = format!("import {no} wrote {n_staged} versions of one kind, and {n_there} are there");
            return Err(Failure::Other(what).into());
        }
        if n_staged > 0 {
            versions::make_current(&mut transaction, kind, no).await?;
        }
        let ranges = ranges(staged.confirmed.iter().filter(|(of, _)| *of == kind).map(|(_, version)| *version));
        versions::confirm(db, &mut transaction, no, kind, &ranges).await?;
    }
    let counts = imports::count_in(&mut transaction).await?;
    let changes = serde_json::to_string(&staged.changes).map_err(|error| Failure::Other(error.to_string()))?;
    if !imports::finish(&mut transaction, id, &services.clock.stamp(), &changes, counts).await? {
        return Err(Failure::Other(format!("import {no} was cleared away while it ran")).into());
    }
    let after = format!("{} items, {} routings, {} results", counts.n_items, counts.n_routings, counts.n_results);
    acting.note_in(&mut transaction, AuditEvent::done("import_data", format!("import {no}")).to(after)).await?;
    transaction.commit().await.map_err(DbError::from)?;
    Ok(Some(counts))
}

/// Numbers as ascending ranges.
fn ranges(numbers: impl Iterator<Item = i64>) -> Vec<(i64, i64)> {
    let mut numbers: Vec<i64> = numbers.collect();
    numbers.sort_unstable();
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if number <= *last + 1 => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn numbers_that_follow_each_other_are_one_range() {
        assert_eq!(ranges([5, 1, 2, 3, 9, 8].into_iter()), [(1, 3), (5, 5), (8, 9)]);
        assert_eq!(ranges(std::iter::empty()), []);
    }
}
