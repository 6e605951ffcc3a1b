//! What an import brings beside what is current: what is equal is settled here, by its hash; all else goes on.
//!
//! Comes in: what was gathered and what is current, both in ascending order of keys. Goes out: blocks of what may have
//! changed. Never does: read or write the database, keep more than a block.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::sync::Arc;

use engine::domain::{Date, Period};
use engine::import::{Gathered, GatheredItem, GatheredRouting, ReportGroup};
use engine::side_by_side::ahead;
use tokio::sync::mpsc::Sender;

use super::StoreOptions;
use super::changes::Changes;
use crate::db::DbError;
use crate::db::current::Current;
use crate::db::stored::held::HeldFlaw;
use crate::db::stored::{content_hash, held, item, report, routing};
use crate::db::versions::{Kind, State};

/// What may have changed, in one block.
const BLOCK_LEN: usize = 2_000;

/// What is current of all kinds.
pub struct Plant {
    pub items: Vec<Current<String>>,
    pub routings: Vec<Current<(String, String)>>,
    pub reports: Vec<Current<(String, String)>>,
}

/// Something that may have changed, with its own text and hash; what is gone has none.
pub struct Candidate<K, T> {
    pub old: Option<Current<K>>,
    pub new: Option<Brought<T>>,
}

/// What an import brings under a key.
pub struct Brought<T> {
    pub value: T,
    pub content: String,
    pub content_hash: i64,
}

/// Of a routing, with the flaws as they are stored.
pub struct BroughtRouting {
    pub routing: GatheredRouting,
    pub flaws: Vec<HeldFlaw>,
}

/// Of an item.
pub struct BroughtItem {
    pub item: GatheredItem,
    /// The list of items is complete without it, and only others name it: what was known of it goes.
    pub is_stripped: bool,
}

/// A part of the comparison.
pub enum Block {
    Routings(Vec<Candidate<(String, String), BroughtRouting>>),
    Reports(Vec<Candidate<(String, String), ReportGroup>>),
    Items(Vec<Candidate<String, BroughtItem>>),
    /// What was settled by the hash alone, with the versions that are confirmed.
    End(Box<Changes>, Vec<(Kind, i64)>),
}

/// Compares everything. Ends early when the other side has gone.
pub fn compare(
    gathered: &Arc<Gathered>,
    current: Plant,
    options: &StoreOptions,
    blocks: &Sender<Result<Block, DbError>>,
) {
    let mut comparison = Comparison { options, changes: Changes::default(), confirmed: Vec::new(), blocks };
    let done = comparison.all(gathered, current);
    let Comparison { changes, confirmed, .. } = comparison;
    let last = match done {
        Ok(()) => Ok(Block::End(Box::new(changes), confirmed)),
        Err(Ended::Closed) => return,
        Err(Ended::Db(error)) => Err(error),
    };
    // The other side may have gone: then nobody asks for the end.
    let _ = blocks.blocking_send(last);
}

enum Ended {
    /// Nobody listens any more.
    Closed,
    Db(DbError),
}

impl From<DbError> for Ended {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

struct Comparison<'a> {
    options: &'a StoreOptions,
    changes: Changes,
    confirmed: Vec<(Kind, i64)>,
    blocks: &'a Sender<Result<Block, DbError>>,
}

impl Comparison<'_> {
    fn all(&mut self, gathered: &Gathered, current: Plant) -> Result<(), Ended> {
        // Items that routings and reports name after this import.
        let mut named: Vec<String> = Vec::new();
        self.routings(gathered, current.routings, &mut named)?;
        let n = named.len();
        self.reports(gathered, current.reports, &mut named)?;
        // Both parts are in order.
        if n < named.len() {
            named.sort();
            named.dedup();
        }
        self.items(gathered, current.items, named)
    }

    fn routings(
        &mut self,
        gathered: &Gathered,
        current: Vec<Current<(String, String)>>,
        named: &mut Vec<String>,
    ) -> Result<(), Ended> {
        let is_complete = self.options.is_complete(Kind::Routing);
        let new = ahead(gathered.lens().1, |at| brought_routing(gathered.routing(at)));
        let mut block = Vec::new();
        for (key, old, new) in joined(current, new) {
            self.count_before(Kind::Routing, &old);
            let is_there = new.is_some() || (old.as_ref().is_some_and(Current::is_there) && !is_complete);
            if is_there && named.last() != Some(&key.0) {
                named.push(key.0);
            }
            match new {
                Some(new) => {
                    let new = new?;
                    self.count_periods(&new.value.routing);
                    self.changes.n_held += usize::from(!new.value.flaws.is_empty());
                    if !self.is_settled(Kind::Routing, old.as_ref(), new.content_hash, 1) {
                        block.push(Candidate { old, new: Some(new) });
                    }
                }
                None if is_complete && old.as_ref().is_some_and(Current::is_there) => {
                    block.push(Candidate { old, new: None });
                }
                None => {}
            }
            if block.len() == BLOCK_LEN {
                self.send(Block::Routings(std::mem::take(&mut block)))?;
            }
        }
        self.send(Block::Routings(block))
    }

    fn reports(
        &mut self,
        gathered: &Gathered,
        current: Vec<Current<(String, String)>>,
        named: &mut Vec<String>,
    ) -> Result<(), Ended> {
        let is_complete = self.options.is_complete(Kind::Report);
        let new = ahead(gathered.lens().2, |at| brought_reports(gathered.report_group(at)));
        let mut block = Vec::new();
        for (key, old, new) in joined(current, new) {
            self.count_before(Kind::Report, &old);
            let is_there = new.is_some() || (old.as_ref().is_some_and(Current::is_there) && !is_complete);
            if is_there && named.last() != Some(&key.0) {
                named.push(key.0);
            }
            match new {
                Some(new) => {
                    let new = new?;
                    if !self.is_settled(Kind::Report, old.as_ref(), new.content_hash, new.value.reports.len()) {
                        block.push(Candidate { old, new: Some(new) });
                    }
                }
                None if is_complete && old.as_ref().is_some_and(Current::is_there) => {
                    block.push(Candidate { old, new: None });
                }
                None => {}
            }
            if block.len() == BLOCK_LEN {
                self.send(Block::Reports(std::mem::take(&mut block)))?;
            }
        }
        self.send(Block::Reports(block))
    }

    fn items(&mut self, gathered: &Gathered, current: Vec<Current<String>>, named: Vec<String>) -> Result<(), Ended> {
        let is_complete = self.options.is_complete(Kind::Item);
        let new = ahead(gathered.lens().0, |at| brought_item(gathered.item(at)));
        let mut named = named.into_iter().peekable();
        let mut block = Vec::new();
        // A code that is only named comes as an item without anything that is mapped.
        for (code, old, new) in joined(current, merged(new, &mut named)) {
            self.count_before(Kind::Item, &old);
            let is_there = old.as_ref().is_some_and(Current::is_there);
            match new {
                Some(Known::Listed(new)) => {
                    let new = (*new)?;
                    if !self.is_settled(Kind::Item, old.as_ref(), new.content_hash, 1) {
                        block.push(Candidate { old, new: Some(new) });
                    }
                }
                // Whoever names an item does not say what it is: what is known of it stays, unless the list of items is
                // complete without it.
                Some(Known::Named) if is_there && !is_complete => {}
                Some(Known::Named) => {
                    let bare = GatheredItem { item: engine::domain::Item::new(code), mapped: Arc::default() };
                    let content = item::encode(&bare.item)?;
                    let content_hash = content_hash(&["", &content]);
                    match &old {
                        Some(old) if is_there && old.content_hash == content_hash => {}
                        _ => {
                            self.changes.n_unlisted_items += usize::from(!is_there);
                            let value = BroughtItem { item: bare, is_stripped: is_there };
                            block.push(Candidate { old, new: Some(Brought { value, content, content_hash }) });
                        }
                    }
                }
                None if is_complete && is_there => block.push(Candidate { old, new: None }),
                None => {}
            }
            if block.len() == BLOCK_LEN {
                self.send(Block::Items(std::mem::take(&mut block)))?;
            }
        }
        self.send(Block::Items(block))
    }

    fn count_before<K>(&mut self, kind: Kind, old: &Option<Current<K>>) {
        if let Some(old) = old.as_ref().filter(|old| old.is_there()) {
            self.changes.of_mut(kind).n_before += if kind == Kind::Report { old.n } else { 1 };
        }
    }

    fn count_periods(&mut self, routing: &GatheredRouting) {
        let today: Date = self.options.as_of;
        for row in &routing.rows {
            match (row.period(today), row.valid_from) {
                (Period::Over, _) => self.changes.n_expired += 1,
                (Period::Later, Some(day)) => *self.changes.due.entry(day).or_default() += 1,
                _ => {}
            }
        }
    }

    /// Whether the hash shows that nothing changes.
    fn is_settled<K>(&mut self, kind: Kind, old: Option<&Current<K>>, content_hash: i64, n: usize) -> bool {
        let Some(old) = old.filter(|old| old.is_there() && old.content_hash == content_hash) else { return false };
        self.changes.of_mut(kind).n_unchanged += n;
        self.confirmed.push((kind, old.version));
        true
    }

    fn send(&self, block: Block) -> Result<(), Ended> {
        self.blocks.blocking_send(Ok(block)).map_err(|_| Ended::Closed)
    }
}

type Keyed<K, T> = (K, Result<Brought<T>, DbError>);

fn brought_routing(routing: GatheredRouting) -> Keyed<(String, String), BroughtRouting> {
    let key = (routing.item.as_str().to_owned(), routing.id.as_str().to_owned());
    let flaws: Vec<HeldFlaw> = routing.held.iter().cloned().map(HeldFlaw::from).collect();
    let brought = routing::encode(&routing.rows).map(|content| {
        let content_hash = content_hash(&[&content, &held::essence(&flaws)]);
        Brought { value: BroughtRouting { routing, flaws }, content, content_hash }
    });
    (key, brought)
}

fn brought_reports(group: ReportGroup) -> Keyed<(String, String), ReportGroup> {
    let key = (group.item.as_str().to_owned(), group.order.clone().unwrap_or_default());
    let brought = report::encode(&group.reports).map(|content| {
        let content_hash = content_hash(&[&content]);
        Brought { value: group, content, content_hash }
    });
    (key, brought)
}

fn brought_item(item: GatheredItem) -> Keyed<String, BroughtItem> {
    let code = item.item.code.as_str().to_owned();
    let brought = item::encode(&item.item).map(|content| {
        let content_hash = content_hash(&[item.item.name.as_deref().unwrap_or_default(), &content]);
        Brought { value: BroughtItem { item, is_stripped: false }, content, content_hash }
    });
    (code, brought)
}

impl<K> Current<K> {
    /// Whether there is something under the key, whole or held back.
    pub fn is_there(&self) -> bool {
        self.state != State::Removed
    }
}

/// What the files say of an item.
enum Known {
    Listed(Box<Result<Brought<BroughtItem>, DbError>>),
    /// Routings or reports name it.
    Named,
}

/// Listed items and named codes, both ascending, as one; what is listed counts.
fn merged<'a>(
    listed: impl Iterator<Item = (String, Result<Brought<BroughtItem>, DbError>)> + 'a,
    named: &'a mut Peekable<std::vec::IntoIter<String>>,
) -> impl Iterator<Item = (String, Known)> + 'a {
    let mut listed = listed.peekable();
    std::iter::from_fn(move || {
        let order = match (listed.peek(), named.peek()) {
            (None, None) => return None,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((code, _)), Some(name)) => code.cmp(name),
        };
        if order != Ordering::Less {
            let name = named.next()?;
            if order == Ordering::Greater {
                return Some((name, Known::Named));
            }
        }
        listed.next().map(|(code, item)| (code, Known::Listed(Box::new(item))))
    })
}

/// Every key of either side, both ascending, with what stands there.
fn joined<'a, K: Ord + Clone + 'a, T: 'a>(
    old: Vec<Current<K>>,
    new: impl Iterator<Item = (K, T)> + 'a,
) -> impl Iterator<Item = (K, Option<Current<K>>, Option<T>)> + 'a {
    let (mut old, mut new) = (old.into_iter().peekable(), new.peekable());
    std::iter::from_fn(move || {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return None,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(old), Some((key, _))) => old.key.cmp(key),
        };
        match order {
            Ordering::Less => old.next().map(|old| (old.key.clone(), Some(old), None)),
            Ordering::Greater => new.next().map(|(key, new)| (key, None, Some(new))),
            Ordering::Equal => {
                let (key, new) = new.next()?;
                Some((key, old.next(), Some(new)))
            }
        }
    })
}
