//! From what may have changed to new versions: what an import brings is put together with what was there.
//!
//! Comes in: blocks of a comparison, and the old texts they need. Goes out: new versions and what they change.
//! Never does: write.

use std::collections::HashMap;

use engine::domain::{Item, ItemCode, OperationRow, RoutingId};
use engine::import::{
    GatheredRouting, ReportGroup, ReportKey, WorkReport, added_rows, effective, merged_item, merged_reports,
};

use super::changes::{Changes, Shrunk};
use super::compare::{Brought, BroughtItem, BroughtRouting, Candidate};
use super::{Mode, StoreOptions};
use crate::db::current::{Current, StoredText, contents};
use crate::db::stored::held::HeldFlaw;
use crate::db::stored::{content_hash, held, item, report, routing};
use crate::db::versions::{ItemVersion, Kind, ReportVersion, RoutingVersion, State, Versions};
use crate::db::{Db, DbError};

/// Puts blocks together with what was there.
pub struct Resolver<'a> {
    pub db: &'a Db,
    pub options: &'a StoreOptions,
    pub changes: Changes,
    /// Versions that this import brings again without a change.
    pub confirmed: Vec<(Kind, i64)>,
}

type PairCandidate<T> = Candidate<(String, String), T>;

fn n(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn there<K>(old: Option<Current<K>>) -> (Option<Current<K>>, i64) {
    let previous = old.as_ref().map_or(0, |old| old.version);
    (old.filter(Current::is_there), previous)
}

impl Resolver<'_> {
    async fn texts<K, T>(
        &self,
        kind: Kind,
        block: &[Candidate<K, T>],
        is_needed: impl Fn(&Current<K>) -> bool,
    ) -> Result<HashMap<i64, StoredText>, DbError> {
        let of_new = block.iter().filter(|one| one.new.is_some());
        let old = of_new.filter_map(|one| one.old.as_ref()).filter(|old| old.is_there() && is_needed(old));
        let ids: Vec<i64> = old.map(|old| old.version).collect();
        contents(self.db, kind, &ids).await
    }

    /// New versions of routings.
    pub async fn routings(&mut self, block: Vec<PairCandidate<BroughtRouting>>) -> Result<Versions, DbError> {
        let adds_only = self.options.mode == Mode::Add;
        // A routing replaces: the old one is read where its rows stay, and where its hash is not known.
        let texts = self.texts(Kind::Routing, &block, |old| adds_only || old.content_hash == 0).await?;
        let mut versions = Vec::new();
        for Candidate { old, new } in block {
            let (old, previous) = there(old);
            let Some(Brought { value: BroughtRouting { routing, mut flaws }, mut content, content_hash: hash }) = new
            else {
                self.changes.routings.n_removed += 1;
                versions.extend(old.map(|old| removed_routing(old.key, previous)));
                continue;
            };
            let GatheredRouting { item, id, mut rows, .. } = routing;
            let mut hash = hash;
            if let Some(text) = old.as_ref().and_then(|old| texts.get(&old.version)) {
                let (old_rows, old_flaws) = (routing::decode(&item, &id, &text.content)?, held::decode(&text.beside)?);
                if adds_only {
                    (rows, flaws) = added(old_rows.clone(), old_flaws.clone(), rows, flaws);
                    content = routing::encode(&rows)?;
                    hash = content_hash(&[&content, &held::essence(&flaws)]);
                }
                if rows == old_rows && held::essence(&flaws) == held::essence(&old_flaws) {
                    self.unchanged(Kind::Routing, previous, 1);
                    continue;
                }
            }
            let n_operations = routing::n_operations(&rows);
            self.count_routing(old.as_ref(), &item, &id, n_operations, flaws.is_empty());
            versions.push(RoutingVersion {
                item: item.as_str().to_owned(),
                routing: id.as_str().to_owned(),
                content,
                content_hash: hash,
                n_operations: n(n_operations),
                held: held::encode(&flaws)?,
                state: if flaws.is_empty() { State::Whole } else { State::HeldBack },
                previous,
            });
        }
        Ok(Versions::Routings(versions))
    }

    fn count_routing(
        &mut self,
        old: Option<&Current<(String, String)>>,
        item: &ItemCode,
        id: &RoutingId,
        n_after: usize,
        is_whole: bool,
    ) {
        let was_whole = old.is_some_and(|old| old.state == State::Whole);
        let n_before = old.filter(|_| was_whole).map_or(0, |old| old.n);
        match old {
            None => self.changes.routings.n_new += 1,
            Some(_) => self.changes.routings.n_changed += 1,
        }
        self.changes.n_newly_held += usize::from(was_whole && !is_whole);
        self.changes.n_mended += usize::from(old.is_some() && !was_whole && is_whole);
        if is_whole {
            self.changes.n_new_operations += n_after.saturating_sub(n_before);
            if n_after * 2 < n_before {
                let (item, routing) = (item.to_string(), id.to_string());
                self.changes.shrunk.push(Shrunk { item, routing, n_before, n_after });
            }
        }
    }

    fn unchanged(&mut self, kind: Kind, version: i64, n: usize) {
        self.changes.of_mut(kind).n_unchanged += n;
        self.confirmed.push((kind, version));
    }

    /// New versions of reports.
    pub async fn reports(&mut self, block: Vec<PairCandidate<ReportGroup>>) -> Result<Versions, DbError> {
        let texts = self.texts(Kind::Report, &block, |_| true).await?;
        let mut versions = Vec::new();
        for Candidate { old, new } in block {
            let (old, previous) = there(old);
            let Some(Brought { value: ReportGroup { item, order, reports }, mut content, content_hash: hash }) = new
            else {
                self.changes.results.n_removed += old.as_ref().map_or(0, |old| old.n);
                versions.extend(old.map(|old| removed_reports(old.key, previous)));
                continue;
            };
            let mut hash = hash;
            let stored = old.as_ref().and_then(|old| texts.get(&old.version));
            let old_reports = match stored {
                Some(text) => report::decode(&item, &order, &text.content)?,
                None => Vec::new(),
            };
            let all = self.merged_reports(&old_reports, reports);
            if old.is_some() {
                if all == old_reports {
                    self.unchanged(Kind::Report, previous, all.len());
                    continue;
                }
                content = report::encode(&all)?;
                hash = content_hash(&[&content]);
            }
            self.count_reports(&old_reports, &all);
            versions.push(ReportVersion {
                item: item.as_str().to_owned(),
                order: order.unwrap_or_default(),
                content,
                content_hash: hash,
                n_reports: n(all.len()),
                n_effective: n(effective(&all).len()),
                state: State::Whole,
                previous,
            });
        }
        Ok(Versions::Reports(versions))
    }

    fn merged_reports(&self, old: &[WorkReport], new: Vec<WorkReport>) -> Vec<WorkReport> {
        if self.options.is_complete(Kind::Report) || old.is_empty() {
            return new;
        }
        match self.options.mode {
            Mode::Replace => merged_reports(old.to_vec(), new),
            // What is written down already is not written down again.
            Mode::Add => {
                let mut all = old.to_vec();
                all.extend(new.into_iter().filter(|report| !old.contains(report)));
                all
            }
        }
    }

    fn count_reports(&mut self, old: &[WorkReport], all: &[WorkReport]) {
        let mut open: HashMap<ReportKey, Vec<&WorkReport>> = HashMap::new();
        for report in old {
            open.entry(report.key()).or_default().push(report);
        }
        let counts = &mut self.changes.results;
        for report in all {
            let Some(same) = open.get_mut(&report.key()).filter(|same| !same.is_empty()) else {
                counts.n_new += 1;
                continue;
            };
            let equal = same.iter().position(|old| *old == report);
            same.remove(equal.unwrap_or(0));
            match equal {
                Some(_) => counts.n_unchanged += 1,
                None => counts.n_changed += 1,
            }
        }
        counts.n_removed += open.values().map(Vec::len).sum::<usize>();
    }

    /// New versions of items.
    pub async fn items(&mut self, block: Vec<Candidate<String, BroughtItem>>) -> Result<Versions, DbError> {
        let texts = self.texts(Kind::Item, &block, |_| true).await?;
        let mut versions = Vec::new();
        for Candidate { old, new } in block {
            let (old, previous) = there(old);
            let Some(Brought { value: BroughtItem { item: brought, is_stripped }, mut content, content_hash: hash }) =
                new
            else {
                self.changes.items.n_removed += 1;
                versions.extend(old.map(|old| removed_item(old.key, previous)));
                continue;
            };
            let (mut hash, mut merged) = (hash, brought.item.clone());
            if let Some(text) = old.as_ref().and_then(|old| texts.get(&old.version)) {
                let code = brought.item.code.as_str().to_owned();
                let old_item = item::decode(code, text.beside.clone(), &text.content)?;
                if !is_stripped {
                    merged = merged_item(Some(old_item.clone()), &brought, self.options.mode == Mode::Add);
                }
                if merged == old_item {
                    self.unchanged(Kind::Item, previous, 1);
                    continue;
                }
                content = item::encode(&merged)?;
                hash = content_hash(&[merged.name.as_deref().unwrap_or_default(), &content]);
            }
            match (&old, is_stripped) {
                (_, true) => self.changes.items.n_removed += 1,
                (Some(_), _) => self.changes.items.n_changed += 1,
                (None, _) => self.changes.items.n_new += 1,
            }
            versions.push(item_version(merged, content, hash, previous));
        }
        Ok(Versions::Items(versions))
    }
}

/// A routing with rows added, and why it is held back then. One that is held back is whole when as many rows came new as
/// were refused before.
fn added(
    old_rows: Vec<OperationRow>,
    old_flaws: Vec<HeldFlaw>,
    new_rows: Vec<OperationRow>,
    new_flaws: Vec<HeldFlaw>,
) -> (Vec<OperationRow>, Vec<HeldFlaw>) {
    let n_old = old_rows.len();
    let rows = added_rows(old_rows, new_rows);
    let is_mended = rows.len() >= n_old + held::n_rows(&old_flaws);
    let mut flaws = if is_mended { Vec::new() } else { old_flaws };
    flaws.extend(new_flaws);
    (rows, flaws)
}

fn item_version(item: Item, content: String, content_hash: i64, previous: i64) -> ItemVersion {
    let Item { code, name, .. } = item;
    ItemVersion {
        code: code.as_str().to_owned(),
        name: name.unwrap_or_default(),
        content,
        content_hash,
        state: State::Whole,
        previous,
    }
}

fn removed_item(code: String, previous: i64) -> ItemVersion {
    ItemVersion { code, name: String::new(), content: String::new(), content_hash: 0, state: State::Removed, previous }
}

fn removed_routing((item, routing): (String, String), previous: i64) -> RoutingVersion {
    RoutingVersion {
        item,
        routing,
        content: String::new(),
        content_hash: 0,
        n_operations: 0,
        held: String::new(),
        state: State::Removed,
        previous,
    }
}

fn removed_reports((item, order): (String, String), previous: i64) -> ReportVersion {
    ReportVersion {
        item,
        order,
        content: String::new(),
        content_hash: 0,
        n_reports: 0,
        n_effective: 0,
        state: State::Removed,
        previous,
    }
}
