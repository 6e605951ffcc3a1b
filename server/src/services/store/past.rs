//! Imports of the past: finding one, taking one back.

use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::db::imports::{self, ImportRow, ImportState, PlantCounts};
use crate::db::undo::{Undone, take_back};
use crate::db::versions::Kind;
use crate::db::{Db, DbError};
use crate::error::Failure;
use crate::services::acting::{Acting, AuditEvent};

/// Keys that are told of each.
const N_TOLD: usize = 20;

/// What an undo does one thing with, of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneKeys {
    pub n: usize,
    /// The first ones: an item, `item / routing` or `item / order`.
    pub first: Vec<String>,
}

impl From<Vec<String>> for UndoneKeys {
    fn from(keys: Vec<String>) -> Self {
        Self { n: keys.len(), first: keys.into_iter().take(N_TOLD).collect() }
    }
}

/// What an undo does with what an import brought of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneKind {
    /// As before the import again.
    pub taken_back: UndoneKeys,
    /// Stays, because a later import changed it or brought it again, or because what stays names it.
    pub kept: UndoneKeys,
    /// Stays, because what was there before is gone.
    pub failed: UndoneKeys,
}

impl From<Undone> for UndoneKind {
    fn from(undone: Undone) -> Self {
        let Undone { taken_back, kept, failed } = undone;
        Self { taken_back: taken_back.into(), kept: kept.into(), failed: failed.into() }
    }
}

/// What an undo does.
#[derive(Clone, Debug)]
pub struct UndoneImport {
    pub import: ImportRow,
    pub items: UndoneKind,
    pub routings: UndoneKind,
    /// Groups of reports of one item and order.
    pub results: UndoneKind,
    /// The plant after it.
    pub counts: PlantCounts,
}

/// Why an import cannot be taken back.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    #[error("there is no import {0}")]
    Unknown(String),
    #[error("import {0} was taken back already")]
    Already(i64),
    #[error("import {0} came to nothing: there is nothing to take back")]
    NotDone(i64),
    #[error("import {0} was made before imports could be taken back")]
    TooOld(i64),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbError> for UndoError {
    fn from(error: DbError) -> Self {
        Self::Store(error.into())
    }
}

/// All imports, the latest first.
pub async fn list(db: &Db) -> Result<Vec<ImportRow>, Failure> {
    Ok(imports::list(db).await?)
}

/// The import of an id or a number.
pub async fn find(db: &Db, id_or_no: &str) -> Result<Option<ImportRow>, Failure> {
    Ok(imports::find(db, id_or_no).await?)
}

/// Takes an import back; a dry run tells what would happen.
///
/// # Errors
/// [`UndoError`]; then nothing has changed.
pub async fn undo(acting: &Acting, id_or_no: &str, is_dry_run: bool) -> Result<UndoneImport, UndoError> {
    let services = &acting.services;
    let db = &services.db;
    let Some(import) = imports::find(db, id_or_no).await? else { return Err(UndoError::Unknown(id_or_no.to_owned())) };
    match import.state {
        ImportState::Done if import.has_versions => {}
        ImportState::Done => return Err(UndoError::TooOld(import.no)),
        ImportState::Undone => return Err(UndoError::Already(import.no)),
        ImportState::Staging | ImportState::Failed => return Err(UndoError::NotDone(import.no)),
    }
    let (at, by) = (services.clock.stamp(), acting.caller.who());
    let mut transaction = db.begin_write().await?;
    imports::take_any_turn(&mut transaction).await?;
    if !imports::undo(&mut transaction, &import.id, &at, by).await? {
        return Err(UndoError::Already(import.no));
    }
    let routings = take_back(&mut transaction, Kind::Routing, import.no).await?.into();
    let results = take_back(&mut transaction, Kind::Report, import.no).await?.into();
    let items = take_back(&mut transaction, Kind::Item, import.no).await?.into();
    let counts = imports::count_in(&mut transaction).await?;
    let undone = UndoneImport { import, items, routings, results, counts };
    if is_dry_run {
        transaction.rollback().await.map_err(DbError::from)?;
        return Ok(undone);
    }
    acting.note_in(&mut transaction, AuditEvent::done("undo_import", format!("import {}", undone.import.no))).await?;
    transaction.commit().await.map_err(DbError::from)?;
    Ok(undone)
}
