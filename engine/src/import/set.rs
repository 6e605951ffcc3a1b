//! All files of one import: looked at together, then read.
//!
//! What one file leaves open another may settle: an encoding, the sign before decimals, the order of dates. Rows of one
//! routing count together wherever they stand.

mod opening;
mod originals;
mod reader;
mod taking;

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::columns::{self, Field, TableKind};
use super::encoding::{Decoded, Encoding, Refusal};
use super::error::ImportError;
use super::input::SetFile;
use super::options::{Join, Options, Purpose};
use super::profile::StoredProfile;
use super::rows::{RowSource, Rows, Shape};
use super::sheet::OpenSheet;
use super::table::{Draft, Table, Together, decide, evidence};
use crate::side_by_side;
use opening::{form, open, settle_encodings};

pub use originals::OriginalRow;
pub use reader::TableReader;
pub use taking::ReadEvent;

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
    source: TableSource,
}

/// How rows are reached again.
#[derive(Clone)]
enum TableSource {
    Text { encoding: Encoding, shape: Shape },
    Sheet(OpenSheet),
}

/// Looks at all files of an import.
pub fn look(files: &[SetFile], options: &Options, on_file: &(dyn Fn(&str) + Sync)) -> Look {
    let mut look = Look { tables: Vec::new(), left_out: Vec::new(), failed: Vec::new(), plants: Vec::new() };
    let mut forms = side_by_side::map(files.len(), |at| form(&files[at], options));
    settle_encodings(&mut forms, options);
    let opened = side_by_side::map(files.len(), |at| {
        on_file(&files[at].name);
        forms[at].as_ref().map_err(ImportError::clone).and_then(|form| open(&files[at], form, options))
    });
    let mut drafts: Vec<(usize, Draft, TableSource)> = Vec::new();
    for (at, opened) in opened.into_iter().enumerate() {
        match opened {
            Ok(opened) => drafts.extend(opened.into_iter().map(|(draft, source)| (at, draft, source))),
            Err(error) => look.leave_out(&files[at], error),
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
}

impl TableSource {
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
