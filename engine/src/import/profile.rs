//! Which column names an import understands.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::columns::{self, ERP_LENGTHS, ERP_ONLY, ERP_ZERO_IS_NOTHING, Field, NAMES, TableKind};
use crate::clean::Length;

type FieldOfKey = BTreeMap<String, (Field, usize)>;

/// (with ERP names, table) → key of a name → field and rank; made once, because every header asks often.
static FIELDS: LazyLock<BTreeMap<(bool, TableKind), FieldOfKey>> = LazyLock::new(|| {
    let mut fields: BTreeMap<(bool, TableKind), FieldOfKey> = BTreeMap::new();
    for erp in [false, true] {
        for names in &NAMES {
            let own = if erp { names.erp } else { &[] };
            for (rank, name) in own.iter().chain(names.common).enumerate() {
                for kind in names.tables {
                    let known = fields.entry((erp, *kind)).or_default();
                    known.entry(columns::key(name)).or_insert((names.field, rank));
                }
            }
        }
    }
    fields
});

/// A set of column names and of what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    name: &'static str,
    erp: bool,
}

impl Profile {
    /// The names that [`Profile::by_name`] knows.
    pub const NAMES: [&'static str; 3] = ["auto", "common", "erp"];

    /// The common form: plain English and Korean names.
    pub const fn common() -> Self {
        Self { name: "common", erp: false }
    }

    /// The ERP of `domain/data-model.md`, and the common names where it has none.
    pub const fn erp() -> Self {
        Self { name: "erp", erp: true }
    }

    /// Decided by the header of each file.
    pub const fn auto() -> Self {
        Self { name: "auto", erp: false }
    }

    /// `auto`, `common` or `erp`.
    pub fn by_name(name: &str) -> Option<Self> {
        [Self::auto(), Self::common(), Self::erp()].into_iter().find(|profile| profile.name == name.to_lowercase())
    }

    /// The profile that fits a header: the ERP's when it has a column that only the ERP has.
    pub fn detect(header: &[String]) -> Self {
        let is_erp = header
            .iter()
            .map(|name| columns::key(name))
            .any(|key| ERP_ONLY.iter().any(|name| columns::key(name) == key));
        if is_erp { Self::erp() } else { Self::common() }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// This profile, or the detected one for `auto`.
    pub(super) fn for_header(&self, header: &[String]) -> Self {
        if self.name == "auto" { Self::detect(header) } else { *self }
    }

    /// The field that a column of a table of `kind` holds, and the rank of its name; the lowest rank wins.
    pub(super) fn field(&self, kind: TableKind, header: &str) -> Option<(Field, usize)> {
        FIELDS.get(&(self.erp, kind))?.get(&columns::key(header)).copied()
    }

    /// Names that are accepted for `field`.
    pub(super) fn accepted(&self, field: Field) -> Vec<String> {
        let names = columns::names(field);
        let erp = if self.erp { names.erp } else { &[] };
        let mut accepted: Vec<String> = Vec::new();
        for name in names.common.iter().chain(erp) {
            if !accepted.iter().any(|known| known == name) {
                accepted.push((*name).to_owned());
            }
        }
        accepted
    }

    /// For an attribute that the profile knows as a length: the key of its unit column, and how it is read.
    pub(super) fn length(&self, header: &str) -> Option<(String, Length)> {
        let key = columns::key(header);
        let known = ERP_LENGTHS.iter().filter(|_| self.erp).find(|(name, ..)| columns::key(name) == key)?;
        Some((columns::key(known.1), known.2))
    }

    /// Whether `0` means "nothing" in this text column.
    pub(super) fn zero_is_nothing(&self, header: &str) -> bool {
        self.erp && ERP_ZERO_IS_NOTHING.iter().any(|name| columns::key(name) == columns::key(header))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_found_by_name_and_by_header() {
        assert_eq!(Profile::by_name("ERP"), Some(Profile::erp()));
        assert_eq!(Profile::by_name("sap"), None);
        assert!(
            Profile::NAMES.iter().all(|name| Profile::by_name(name).is_some_and(|profile| profile.name() == *name))
        );
        let header = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(Profile::detect(&header(&["ITEM_CD", "OUTDIAMETER"])), Profile::erp());
        assert_eq!(Profile::detect(&header(&["dbo_BI_ROUTING_VIEW_ROUT_NO"])), Profile::erp());
        assert_eq!(Profile::detect(&header(&["item_cd", "item_nm", "bore_mm"])), Profile::common());
    }
}
