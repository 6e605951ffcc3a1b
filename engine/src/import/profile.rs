//! Which column names an import understands: the common ones, and those of a system whose exports are known.

mod erp;
mod erpnext;
mod odoo;
mod sap;
mod stored;
mod system;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::columns::{self, Field, NAMES, TableKind};
use crate::clean::Length;
use crate::clean::time_units::TimeUnit;
use system::System;

pub use stored::{DateOrder, NumberFormat, OtherUse, StoredColumn, StoredProfile};
pub use system::Meaning;

/// The common form: plain names in six languages, and nothing else.
const COMMON: System = System {
    name: "common",
    names: &[],
    only: &[],
    composites: &[],
    fallbacks: &[],
    meanings: &[],
    units: &[],
    lengths: &[],
    zero_is_nothing: &[],
};

/// Those whose columns tell them, the first wins a tie.
const SYSTEMS: [&System; 4] = [&erp::ERP, &sap::SAP, &erpnext::ERPNEXT, &odoo::ODOO];

type Known = HashMap<(TableKind, String), (Field, usize, Option<TimeUnit>)>;

/// Key of a common name → field and rank; made once, because every header asks often.
static COMMON_NAMES: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known::new();
    for names in NAMES {
        for (rank, name) in names.all().enumerate() {
            for spelling in columns::spellings(name) {
                for kind in names.tables {
                    known.entry((*kind, spelling.clone())).or_insert((names.field, AFTER_OWN + rank, None));
                }
            }
        }
    }
    known
});

/// The same for the own names of each of [`SYSTEMS`].
static OWN_NAMES: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let of_system = |system: &&System| {
        let mut known = Known::new();
        let mut rank = 0;
        for own in system.names {
            for name in own.names {
                rank += 1;
                for spelling in columns::spellings(name) {
                    for kind in own.tables {
                        known.entry((*kind, spelling.clone())).or_insert((own.field, rank, own.unit));
                    }
                }
            }
        }
        known
    };
    SYSTEMS.iter().map(of_system).collect()
});

/// The keys of the columns that only one of [`SYSTEMS`] has.
static ONLY: LazyLock<Vec<HashSet<String>>> = LazyLock::new(|| {
    let of_system = |system: &&System| system.only.iter().flat_map(|name| columns::spellings(name)).collect();
    SYSTEMS.iter().map(of_system).collect()
});

/// Common names rank behind all own names of a system.
const AFTER_OWN: usize = 200;

/// A set of column names and of what they mean.
#[derive(Clone, Copy)]
pub struct Profile {
    name: &'static str,
    system: &'static System,
}

impl PartialEq for Profile {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Profile {}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Profile").field(&self.name).finish()
    }
}

impl Profile {
    /// The names that [`Profile::by_name`] knows.
    pub const NAMES: [&'static str; 6] = ["auto", "common", "erp", "sap", "erpnext", "odoo"];

    /// Plain names in English, Korean, German, Spanish, Chinese and Japanese.
    pub const fn common() -> Self {
        Self { name: "common", system: &COMMON }
    }

    /// The ERP of `domain/data-model.md`, and the common names where it has none.
    pub const fn erp() -> Self {
        Self { name: "erp", system: &erp::ERP }
    }

    /// Routing lists and confirmations of SAP.
    pub const fn sap() -> Self {
        Self { name: "sap", system: &sap::SAP }
    }

    /// Exports of ERPNext.
    pub const fn erpnext() -> Self {
        Self { name: "erpnext", system: &erpnext::ERPNEXT }
    }

    /// Exports of Odoo.
    pub const fn odoo() -> Self {
        Self { name: "odoo", system: &odoo::ODOO }
    }

    /// Decided by the header of each file.
    pub const fn auto() -> Self {
        Self { name: "auto", system: &COMMON }
    }

    /// One of [`Profile::NAMES`].
    pub fn by_name(name: &str) -> Option<Self> {
        let all = [Self::auto(), Self::common(), Self::erp(), Self::sap(), Self::erpnext(), Self::odoo()];
        all.into_iter().find(|profile| profile.name == name.to_lowercase())
    }

    /// The profile that fits a header: that of the system most of whose own columns are there.
    pub fn detect(header: &[String]) -> Self {
        let keys: Vec<String> = header.iter().map(|name| columns::key(name)).collect();
        let mut best = (0, &COMMON);
        for (system, only) in SYSTEMS.into_iter().zip(ONLY.iter()) {
            let n = keys.iter().filter(|key| only.contains(*key)).count();
            if n > best.0 {
                best = (n, system);
            }
        }
        Self { name: best.1.name, system: best.1 }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// This profile, or the detected one for `auto`.
    pub(super) fn for_header(&self, header: &[String]) -> Self {
        if self.name == "auto" { Self::detect(header) } else { *self }
    }

    /// The field of a name that is listed, by its key: field, rank and the unit that the system always has.
    pub(super) fn listed(&self, kind: TableKind, key: &str) -> Option<(Field, usize, Option<TimeUnit>)> {
        let wanted = (kind, key.to_owned());
        let own = SYSTEMS.iter().position(|system| system.name == self.system.name).and_then(|at| OWN_NAMES.get(at));
        own.and_then(|names| names.get(&wanted)).or_else(|| COMMON_NAMES.get(&wanted)).copied()
    }

    /// Names that are accepted for `field`.
    pub(super) fn accepted(&self, field: Field) -> Vec<String> {
        let own = self.system.names.iter().filter(|own| own.field == field).flat_map(|own| own.names).copied();
        let mut accepted: Vec<String> = Vec::new();
        for name in columns::names(field).listed().chain(own) {
            if !accepted.iter().any(|known| known == name) {
                accepted.push(name.to_owned());
            }
        }
        accepted
    }

    /// Fields that are written in several columns, with those columns and what stands between them. Only those of
    /// which every part is there.
    pub fn composites(&self, header: &[String]) -> Vec<(Field, Vec<usize>, &'static str)> {
        let found = self.system.composites.iter().filter_map(|composite| {
            let parts = composite.parts.iter().map(|names| column(header, names)).collect::<Option<Vec<_>>>()?;
            Some((composite.field, parts, composite.separator))
        });
        found.collect()
    }

    /// Fields that are the first filled one of several columns, with those that are there, and whether a zero is
    /// nothing.
    pub fn fallbacks(&self, header: &[String]) -> Vec<(Field, Vec<usize>, bool)> {
        let found = self.system.fallbacks.iter().filter_map(|fallback| {
            let choices: Vec<usize> = fallback.choices.iter().filter_map(|names| column(header, names)).collect();
            (!choices.is_empty()).then_some((fallback.field, choices, fallback.skips_zero))
        });
        found.collect()
    }

    /// Columns whose values answer a yes-or-no field.
    pub fn meanings(&self, header: &[String]) -> Vec<(usize, &'static Meaning)> {
        let meanings = self.system.meanings.iter();
        meanings.filter_map(|meaning| Some((column(header, meaning.column)?, meaning))).collect()
    }

    /// The column that holds the unit of the time in column `at`: by the system's names, by its own name (`Rüstzeit
    /// Einheit`), or a bare `Einheit` right behind the time.
    pub fn unit_column(&self, header: &[String], at: usize) -> Option<usize> {
        let own = columns::key(header.get(at)?);
        if let Some((_, unit)) = self.system.units.iter().find(|(value, _)| columns::key(value) == own) {
            return column(header, &[unit]);
        }
        let base = columns::key(&columns::in_header(&header[at]).base);
        let is_its_unit =
            |name: &String| columns::unit_column_of(name).is_some_and(|of| !of.is_empty() && (of == own || of == base));
        header.iter().position(is_its_unit).or_else(|| {
            let next = header.get(at + 1)?;
            columns::unit_column_of(next).is_some_and(|of| of.is_empty()).then_some(at + 1)
        })
    }

    /// For an attribute that the profile knows as a length: the key of its unit column, and how it is read.
    pub(super) fn length(&self, header: &str) -> Option<(String, Length)> {
        let key = columns::key(header);
        let known = self.system.lengths.iter().find(|(name, ..)| columns::key(name) == key)?;
        Some((columns::key(known.1), known.2))
    }

    /// Whether `0` means "nothing" in this text column.
    pub(super) fn zero_is_nothing(&self, header: &str) -> bool {
        self.system.zero_is_nothing.iter().any(|name| columns::key(name) == columns::key(header))
    }
}

/// The first column with one of these names; an earlier name wins.
fn column(header: &[String], names: &[&str]) -> Option<usize> {
    let keys: Vec<String> = header.iter().map(|name| columns::key(name)).collect();
    let of_name = |name: &&str| {
        let spellings = columns::spellings(name);
        keys.iter().position(|key| spellings.contains(key))
    };
    names.iter().find_map(of_name)
}
