//! What an import leaves beside its report: all flaws, the rows to correct, and how the tables were read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use engine::import::{Join, StoredProfile};

use super::ImportEvent;
use super::flaw_files::{ErrorFile, FileError, RefusedFiles};
use super::words::Words;

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Where every refusal and doubt goes, as CSV.
    pub errors: Option<&'a Path>,
    /// Where the refused rows go as they stand.
    pub refused: Option<&'a Path>,
    /// Under which name the tables are remembered.
    pub profile: &'a str,
    /// Which codes are joined, to be remembered too.
    pub joins: BTreeSet<Join>,
    pub words: Words,
}

/// What there is at the end.
#[derive(Clone, Debug, Default)]
pub struct Left {
    pub errors: Option<PathBuf>,
    /// `None` when nobody wanted them.
    pub refused: Option<Vec<PathBuf>>,
    pub tables: Vec<StoredProfile>,
}

/// Listens to an import and writes along. Clones are the same one.
#[derive(Clone)]
pub struct Beside(Arc<Mutex<Files>>);

struct Files {
    errors: Option<ErrorFile>,
    refused: Option<RefusedFiles>,
    tables: Vec<StoredProfile>,
    profile: String,
    joins: BTreeSet<Join>,
}

impl Beside {
    /// Begins the files.
    ///
    /// # Errors
    /// [`FileError`] when one cannot be written.
    pub fn open(wanted: &Wanted<'_>) -> Result<Self, FileError> {
        Ok(Self(Arc::new(Mutex::new(Files {
            errors: wanted.errors.map(|path| ErrorFile::create(path, wanted.words)).transpose()?,
            refused: wanted.refused.map(|path| RefusedFiles::new(path, wanted.words)),
            tables: Vec::new(),
            profile: wanted.profile.to_owned(),
            joins: wanted.joins.clone(),
        }))))
    }

    /// Takes what concerns it.
    pub fn hear(&self, event: &ImportEvent<'_>) {
        match event {
            ImportEvent::Reading(table) => {
                let mut files = self.files();
                let kept = table.remember(&files.profile, &files.joins);
                files.tables.push(kept);
            }
            ImportEvent::Row(_, outcome) => {
                if let Some(errors) = &mut self.files().errors {
                    outcome.record.as_ref().err().into_iter().for_each(|refusal| errors.take(&refusal.flaw));
                    outcome.doubts.iter().for_each(|doubt| errors.take(doubt));
                }
            }
            ImportEvent::Original(row) => {
                if let Some(refused) = &mut self.files().refused {
                    refused.take(row);
                }
            }
            _ => {}
        }
    }

    /// Ends the files.
    ///
    /// # Errors
    /// [`FileError`] when one could not be written.
    pub fn finish(&self) -> Result<Left, FileError> {
        let mut files = self.files();
        Ok(Left {
            errors: files.errors.take().map(ErrorFile::finish).transpose()?,
            refused: files.refused.take().map(RefusedFiles::finish).transpose()?,
            tables: std::mem::take(&mut files.tables),
        })
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
