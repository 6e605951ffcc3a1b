//! Versions of items, routings and reports: written while nothing points to them, and made current in one step.
//!
//! Comes in: rows of one import. Goes out: the same under ids of that import, and pointers to them.
//! Never does: compare, decide what replaces what.

use contract::every::every;
use sqlx::{Any, AssertSqlSafe, Transaction};
use strum::{EnumCount, IntoStaticStr, VariantArray};

use super::rows::{Value, as_count, insert};
use super::{Db, DbError};

/// Bits of a version's id below the number of its import.
const OWN_BITS: u32 = 32;
/// Versions deleted in one transaction.
const DELETED_AT_ONCE: i64 = 20_000;

/// What a version is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumCount, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    Item,
    Routing,
    Report,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    pub(super) fn code(self) -> &'static str {
        self.into()
    }

    pub(super) fn versions(self) -> &'static str {
        match self {
            Self::Item => "item_versions",
            Self::Routing => "routing_versions",
            Self::Report => "report_versions",
        }
    }

    pub(super) fn current(self) -> &'static str {
        match self {
            Self::Item => "current_items",
            Self::Routing => "current_routings",
            Self::Report => "current_reports",
        }
    }

    /// Columns of the key in both tables.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Item => "code",
            Self::Routing => "item, routing",
            Self::Report => "item, order_no",
        }
    }

    /// Columns beside the key that the table of what is current copies from the version.
    fn copied(self) -> &'static [&'static str] {
        match self {
            Self::Item => &["content_hash", "state"],
            Self::Routing => &["content_hash", "state", "n_operations"],
            Self::Report => &["content_hash", "state", "n_reports", "n_effective"],
        }
    }
}

/// Whether a version counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Whole,
    /// Kept and shown, but nothing is learned from it.
    HeldBack,
    /// There is no such thing any more.
    Removed,
}

impl State {
    pub(super) fn code(self) -> i64 {
        match self {
            Self::Whole => 0,
            Self::HeldBack => 1,
            Self::Removed => 2,
        }
    }

    pub(super) fn from_code(code: i64) -> Result<Self, DbError> {
        match code {
            0 => Ok(Self::Whole),
            1 => Ok(Self::HeldBack),
            2 => Ok(Self::Removed),
            other => Err(DbError::Decode { what: "state", reason: other.to_string() }),
        }
    }
}

/// First and last id that versions of an import can have.
pub fn ids_of(no: i64) -> (i64, i64) {
    (no << OWN_BITS, (no << OWN_BITS) | i64::from(u32::MAX))
}

/// The number of the import that made a version.
pub fn import_of(version: i64) -> i64 {
    version >> OWN_BITS
}

/// A new version of an item.
#[derive(Clone, Debug)]
pub struct ItemVersion {
    pub code: String,
    /// `""` for none.
    pub name: String,
    pub content: String,
    pub content_hash: i64,
    pub state: State,
    pub previous: i64,
}

/// A new version of a routing.
#[derive(Clone, Debug)]
pub struct RoutingVersion {
    pub item: String,
    pub routing: String,
    pub content: String,
    pub content_hash: i64,
    pub n_operations: i64,
    pub held: String,
    pub state: State,
    pub previous: i64,
}

/// A new version of the reports of one item and order.
#[derive(Clone, Debug)]
pub struct ReportVersion {
    pub item: String,
    /// `""` for none.
    pub order: String,
    pub content: String,
    pub content_hash: i64,
    pub n_reports: i64,
    pub n_effective: i64,
    pub state: State,
    pub previous: i64,
}

/// New versions of one kind.
#[derive(Clone, Debug)]
pub enum Versions {
    Items(Vec<ItemVersion>),
    Routings(Vec<RoutingVersion>),
    Reports(Vec<ReportVersion>),
}

impl Versions {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Items(versions) => versions.len(),
            Self::Routings(versions) => versions.len(),
            Self::Reports(versions) => versions.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What they are of.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Items(_) => Kind::Item,
            Self::Routings(_) => Kind::Routing,
            Self::Reports(_) => Kind::Report,
        }
    }
}

/// Writes versions under the ids from `first_id` on.
pub async fn add(
    db: &Db,
    transaction: &mut Transaction<'static, Any>,
    first_id: i64,
    versions: Versions,
) -> Result<(), DbError> {
    let mut ids = first_id..;
    let mut id = || Value::Number(ids.next().unwrap_or(i64::MAX));
    match versions {
        Versions::Items(versions) => {
            let into = "item_versions (id, code, name, content, content_hash, state, previous)";
            let rows = versions.into_iter().map(|one| {
                [
                    id(),
                    one.code.into(),
                    one.name.into(),
                    one.content.into(),
                    one.content_hash.into(),
                    one.state.code().into(),
                    one.previous.into(),
                ]
            });
            insert(transaction, db.kind, into, rows.collect()).await
        }
        Versions::Routings(versions) => {
            let into =
                "routing_versions (id, item, routing, content, content_hash, n_operations, held, state, previous)";
            let rows = versions.into_iter().map(|one| {
                [
                    id(),
                    one.item.into(),
                    one.routing.into(),
                    one.content.into(),
                    one.content_hash.into(),
                    one.n_operations.into(),
                    one.held.into(),
                    one.state.code().into(),
                    one.previous.into(),
                ]
            });
            insert(transaction, db.kind, into, rows.collect()).await
        }
        Versions::Reports(versions) => {
            let into =
                "report_versions (id, item, order_no, content, content_hash, n_reports, n_effective, state, previous)";
            let rows = versions.into_iter().map(|one| {
                [
                    id(),
                    one.item.into(),
                    one.order.into(),
                    one.content.into(),
                    one.content_hash.into(),
                    one.n_reports.into(),
                    one.n_effective.into(),
                    one.state.code().into(),
                    one.previous.into(),
                ]
            });
            insert(transaction, db.kind, into, rows.collect()).await
        }
    }
}

/// How many versions of a kind an import has.
pub async fn count(transaction: &mut Transaction<'static, Any>, kind: Kind, no: i64) -> Result<usize, DbError> {
    let (first, last) = ids_of(no);
    let sql = format!("SELECT COUNT(*) FROM {} WHERE id BETWEEN $1 AND $2", kind.versions());
    let n: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).bind(first).bind(last).fetch_one(&mut **transaction).await?;
    Ok(as_count(n))
}

/// Makes all versions of an import current.
pub async fn make_current(transaction: &mut Transaction<'static, Any>, kind: Kind, no: i64) -> Result<(), DbError> {
    let (first, last) = ids_of(no);
    point(transaction, kind, &format!("id BETWEEN {first} AND {last}")).await
}

/// Makes those versions current that a condition on their table names.
pub(super) async fn point(
    transaction: &mut Transaction<'static, Any>,
    kind: Kind,
    condition: &str,
) -> Result<(), DbError> {
    let (key, copied) = (kind.key(), kind.copied());
    let columns = copied.join(", ");
    let updates: Vec<String> = copied.iter().map(|column| format!("{column} = excluded.{column}")).collect();
    let sql = format!(
        "INSERT INTO {} ({key}, version, {columns}) SELECT {key}, id, {columns} FROM {} WHERE {condition} \
         ON CONFLICT ({key}) DO UPDATE SET version = excluded.version, {}",
        kind.current(),
        kind.versions(),
        updates.join(", ")
    );
    sqlx::query(AssertSqlSafe(sql)).persistent(false).execute(&mut **transaction).await?;
    Ok(())
}

/// Writes down which versions an import brought again without a change: ascending ranges.
pub async fn confirm(
    db: &Db,
    transaction: &mut Transaction<'static, Any>,
    no: i64,
    kind: Kind,
    ranges: &[(i64, i64)],
) -> Result<(), DbError> {
    let rows = ranges
        .iter()
        .map(|(first, last)| [no.into(), kind.code().to_owned().into(), (*first).into(), (*last).into()])
        .collect();
    insert(transaction, db.kind, "confirmations (no, kind, first_version, last_version)", rows).await
}

/// Deletes the versions of an import that never became current, some at a time, so that others can write in between.
pub async fn delete(db: &Db, no: i64) -> Result<(), DbError> {
    let (first, last) = ids_of(no);
    for kind in Kind::ALL {
        let table = kind.versions();
        let sql =
            format!("DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE id BETWEEN $1 AND $2 LIMIT $3)");
        loop {
            let query = sqlx::query(AssertSqlSafe(sql.clone())).bind(first).bind(last).bind(DELETED_AT_ONCE);
            if query.execute(db.writers()).await?.rows_affected() == 0 {
                break;
            }
        }
    }
    Ok(())
}
