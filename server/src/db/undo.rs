//! Taking an import back: what it made current becomes what was current before.
//!
//! Comes in: the number of an import that is marked undone. Goes out: what was taken back, and what stays and why.
//! Never does: change a version, undo a part of an import.

use std::collections::{BTreeSet, HashMap};

use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use super::DbError;
use super::rows::list;
use super::versions::{Kind, ids_of, import_of, point};

/// Ids in one statement.
const IDS_AT_ONCE: usize = 1_000;

/// Keys of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// What is now as it was before the import.
    pub taken_back: Vec<String>,
    /// What stays: it was changed or confirmed since, or others that stay name it.
    pub kept: Vec<String>,
    /// What stays because the version before is gone.
    pub failed: Vec<String>,
}

/// Takes back what an import brought of one kind. Routings and reports come before items, which stay while one of
/// them names them.
pub async fn take_back(transaction: &mut Transaction<'static, Any>, kind: Kind, no: i64) -> Result<Undone, DbError> {
    let support = Support::read(transaction, kind).await?;
    let mut undone = Undone { kept: overtaken(transaction, kind, no).await?, ..Undone::default() };
    let named = if kind == Kind::Item { named_items(transaction).await? } else { BTreeSet::new() };
    let is_own = |version: i64| import_of(version) == no;

    let mut candidates: Vec<Candidate> = Vec::new();
    for (key, version) in pointers(transaction, kind, &support.undone).await? {
        if !support.holds(version) {
            candidates.push(Candidate { key, version, target: Some(version) });
        } else if is_own(version) {
            undone.kept.push(key);
        }
    }
    loop {
        let open: Vec<i64> = candidates.iter().filter_map(|one| one.target).filter(|id| !support.holds(*id)).collect();
        if open.is_empty() {
            break;
        }
        let previous = previous(transaction, kind, &open).await?;
        for one in &mut candidates {
            if let Some(target) = one.target.filter(|target| !support.holds(*target)) {
                one.target = previous.get(&target).copied();
            }
        }
    }

    let (mut back_to, mut gone) = (Vec::new(), Vec::new());
    for Candidate { key, version, target } in candidates {
        match target {
            None => undone.failed.push(key),
            Some(0) if named.contains(&key) => undone.kept.push(key),
            Some(0) => {
                gone.push(version);
                undone.taken_back.push(key);
            }
            Some(target) => {
                back_to.push(target);
                undone.taken_back.push(key);
            }
        }
    }
    for ids in back_to.chunks(IDS_AT_ONCE) {
        point(transaction, kind, &format!("id IN ({})", list(ids.iter().copied()))).await?;
    }
    for ids in gone.chunks(IDS_AT_ONCE) {
        let (key, ids) = (kind.key(), list(ids.iter().copied()));
        let sql = format!(
            "DELETE FROM {} WHERE ({key}) IN (SELECT {key} FROM {} WHERE id IN ({ids}))",
            kind.current(),
            kind.versions()
        );
        sqlx::query(AssertSqlSafe(sql)).persistent(false).execute(&mut **transaction).await?;
    }
    Ok(undone)
}

struct Candidate {
    key: String,
    version: i64,
    /// What becomes current; 0 for nothing, `None` when it cannot be told.
    target: Option<i64>,
}

/// Which versions may be current: those of imports that count, and those that such an import confirmed.
struct Support {
    undone: BTreeSet<i64>,
    /// Ascending, without overlap.
    confirmed: Vec<(i64, i64)>,
}

impl Support {
    async fn read(transaction: &mut Transaction<'static, Any>, kind: Kind) -> Result<Self, DbError> {
        let undone: Vec<i64> =
            sqlx::query_scalar("SELECT no FROM imports WHERE state = 'undone'").fetch_all(&mut **transaction).await?;
        let ranges: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT first_version, last_version FROM confirmations JOIN imports ON imports.no = confirmations.no \
             WHERE imports.state = 'done' AND kind = $1 ORDER BY first_version",
        )
        .bind(kind.code())
        .fetch_all(&mut **transaction)
        .await?;
        let mut confirmed: Vec<(i64, i64)> = Vec::new();
        for (first, last) in ranges {
            match confirmed.last_mut() {
                Some(range) if first <= range.1 => range.1 = range.1.max(last),
                _ => confirmed.push((first, last)),
            }
        }
        Ok(Self { undone: undone.into_iter().collect(), confirmed })
    }

    /// Whether a version may be current; 0, which stands for none, may.
    fn holds(&self, version: i64) -> bool {
        if !self.undone.contains(&import_of(version)) {
            return true;
        }
        let behind = self.confirmed.partition_point(|(first, _)| *first <= version);
        behind.checked_sub(1).and_then(|at| self.confirmed.get(at)).is_some_and(|(_, last)| version <= *last)
    }
}

/// The key as a person reads it.
fn key_of(row: &sqlx::any::AnyRow, kind: Kind) -> Result<String, DbError> {
    let first: String = row.try_get(0)?;
    if kind == Kind::Item {
        return Ok(first);
    }
    let second: &str = row.try_get(1)?;
    Ok(if second.is_empty() { first } else { format!("{first} / {second}") })
}

/// Everything that points to a version of these imports.
async fn pointers(
    transaction: &mut Transaction<'static, Any>,
    kind: Kind,
    imports: &BTreeSet<i64>,
) -> Result<Vec<(String, i64)>, DbError> {
    let sql = format!(
        "SELECT {key}, version FROM {} WHERE version >> 32 IN ({}) ORDER BY {key}",
        kind.current(),
        list(imports.iter().copied()),
        key = kind.key()
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).persistent(false).fetch_all(&mut **transaction).await?;
    rows.iter().map(|row| Ok((key_of(row, kind)?, row.try_get("version")?))).collect()
}

/// What an import brought and another one changed since.
async fn overtaken(transaction: &mut Transaction<'static, Any>, kind: Kind, no: i64) -> Result<Vec<String>, DbError> {
    let (first, last) = ids_of(no);
    let sql = format!(
        "SELECT {key} FROM {versions} WHERE id BETWEEN {first} AND {last} \
         AND ({key}) IN (SELECT {key} FROM {current} WHERE version NOT BETWEEN {first} AND {last}) ORDER BY {key}",
        key = kind.key(),
        versions = kind.versions(),
        current = kind.current()
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).persistent(false).fetch_all(&mut **transaction).await?;
    rows.iter().map(|row| key_of(row, kind)).collect()
}

async fn previous(
    transaction: &mut Transaction<'static, Any>,
    kind: Kind,
    ids: &[i64],
) -> Result<HashMap<i64, i64>, DbError> {
    let mut all = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(IDS_AT_ONCE) {
        let sql = format!("SELECT id, previous FROM {} WHERE id IN ({})", kind.versions(), list(chunk.iter().copied()));
        let query = sqlx::query_as::<_, (i64, i64)>(AssertSqlSafe(sql)).persistent(false);
        all.extend(query.fetch_all(&mut **transaction).await?);
    }
    Ok(all)
}

async fn named_items(transaction: &mut Transaction<'static, Any>) -> Result<BTreeSet<String>, DbError> {
    let sql =
        "SELECT item FROM current_routings WHERE state <> 2 UNION SELECT item FROM current_reports WHERE state <> 2";
    Ok(sqlx::query_scalar::<_, String>(sql).fetch_all(&mut **transaction).await?.into_iter().collect())
}
