//! An import as a task.

use std::collections::BTreeSet;

use engine::clean::dates::DateOrder;
use engine::clean::numbers::Decimal;
use engine::domain::Date;
use engine::import::{Encoding, Join, Options, Profile, StatedColumn, StoredProfile, TableKind};
use serde::{Deserialize, Serialize};

use crate::services::import::ImportOptions;
use crate::services::store::Mode;

/// How to read the files that lie beside the task, and what to leave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportTask {
    /// For each file whether it must be a table.
    pub is_named: Vec<bool>,
    profile: String,
    /// Saved profiles by their names.
    stored: Vec<(String, StoredProfile)>,
    encoding: Option<Encoding>,
    delimiter: Option<char>,
    decimal: Option<Decimal>,
    date_order: Option<DateOrder>,
    kind: Option<TableKind>,
    columns: Vec<StatedColumn>,
    plant: Option<String>,
    joins: BTreeSet<Join>,
    only_adds: bool,
    complete: BTreeSet<TableKind>,
    may_remove_many: bool,
    is_dry_run: bool,
    as_of: Option<Date>,
    /// Language of what it leaves: `en` or `ko`.
    pub lang: String,
    /// Whether it leaves every refusal and doubt.
    pub wants_errors: bool,
    /// Whether it leaves the refused rows.
    pub wants_refused: bool,
    /// Under which name the tables are remembered; `""` for none.
    pub save_profile: String,
}

impl ImportTask {
    /// Of files, by `options`.
    pub fn new(is_named: Vec<bool>, options: &ImportOptions, lang: &str) -> Self {
        let read = &options.read;
        Self {
            is_named,
            profile: read.profile.name().to_owned(),
            stored: read.stored.iter().map(|one| (one.name.clone(), one.clone())).collect(),
            encoding: read.encoding,
            delimiter: read.delimiter,
            decimal: read.decimal,
            date_order: read.date_order,
            kind: read.kind,
            columns: read.columns.clone(),
            plant: read.plant.clone(),
            joins: read.joins.clone(),
            only_adds: options.mode == Mode::Add,
            complete: options.complete.clone(),
            may_remove_many: options.may_remove_many,
            is_dry_run: options.is_dry_run,
            as_of: options.as_of,
            lang: lang.to_owned(),
            wants_errors: false,
            wants_refused: options.wants_refused,
            save_profile: String::new(),
        }
    }

    /// How the files are read and stored.
    pub fn options(&self) -> ImportOptions {
        let named = |(name, stored): &(String, StoredProfile)| StoredProfile { name: name.clone(), ..stored.clone() };
        let read = Options {
            profile: Profile::by_name(&self.profile).unwrap_or_else(Profile::auto),
            stored: self.stored.iter().map(named).collect(),
            encoding: self.encoding,
            delimiter: self.delimiter,
            decimal: self.decimal,
            date_order: self.date_order,
            kind: self.kind,
            columns: self.columns.clone(),
            plant: self.plant.clone(),
            joins: self.joins.clone(),
        };
        ImportOptions {
            read,
            mode: if self.only_adds { Mode::Add } else { Mode::Replace },
            complete: self.complete.clone(),
            may_remove_many: self.may_remove_many,
            is_dry_run: self.is_dry_run,
            as_of: self.as_of,
            wants_refused: self.wants_refused,
        }
    }

    /// Which codes are joined.
    pub fn joins(&self) -> &BTreeSet<Join> {
        &self.joins
    }
}

#[cfg(test)]
mod tests {
    use engine::import::Purpose;

    use super::*;

    #[test]
    fn what_was_stated_comes_back() {
        let read = Options {
            profile: Profile::sap(),
            encoding: Some(Encoding::Cp949),
            delimiter: Some(';'),
            decimal: Some(Decimal::Comma),
            date_order: Some(DateOrder::Dmy),
            columns: vec![StatedColumn { column: "Werk".into(), purpose: Purpose::Unused, unit: None }],
            plant: Some("P2".into()),
            joins: BTreeSet::from([Join::Case]),
            ..Options::default()
        };
        let options = ImportOptions {
            read,
            mode: Mode::Add,
            complete: BTreeSet::from([TableKind::Items]),
            as_of: Some("2026-02-03".parse().expect("a day")),
            ..ImportOptions::default()
        };
        let task = ImportTask::new(vec![true, false], &options, "ko");
        let text = serde_json::to_string(&task).expect("plain data");
        let again: ImportTask = serde_json::from_str(&text).expect("as it was written");
        assert_eq!(again, task);
        assert_eq!(format!("{:?}", again.options()), format!("{options:?}"));
    }
}
