//! The second pass over all files: their rows, gathered.
//!
//! Tables are read side by side, each into a gathering of its own, and what is to be told of their rows is told table by
//! table, in the order of the files. A reader that is far ahead with rows to tell of waits.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::super::error::Flaw;
use super::super::gathered::{Gathered, Gathering};
use super::super::input::SetFile;
use super::super::reader::{Belongs, Outcome, Record, TableRows};
use super::super::report::ImportReport;
use super::super::table::Table;
use super::{Look, OpenTable};
use crate::domain::{ItemCode, RoutingId};
use crate::side_by_side;

/// Rows between two calls of the listener.
const ROWS_PER_EVENT: u64 = 4096;
/// What may wait to be told of one table.
const WAITING: usize = 1_000;

/// What happens while files are read.
pub enum ReadEvent<'a> {
    /// A table begins.
    Table(&'a Table),
    /// A row was refused or has doubtful values.
    Row(&'a Table, &'a Outcome),
    /// Rows of this table so far.
    Rows(u64),
}

/// What a reader tells of its table.
enum News {
    Row(Box<Outcome>),
    Rows(u64),
    /// Nothing more.
    End(Box<Part>),
}

/// One table, read.
struct Part {
    gathering: Gathering,
    held_items: Vec<(ItemCode, Flaw)>,
    report: ImportReport,
}

impl Look {
    /// Reads all tables.
    pub fn read(&self, files: &[SetFile], on_event: &mut dyn FnMut(ReadEvent<'_>)) -> (Gathered, Vec<ImportReport>) {
        let mut whole = Whole::default();
        if side_by_side::is_worth_it(self.tables.len()) {
            self.read_side_by_side(files, &mut whole, on_event);
        } else {
            for (at, open) in self.tables.iter().enumerate() {
                on_event(ReadEvent::Table(&open.table));
                let part = open.read(at, &files[open.file_at], &mut |news| drop(tell(&open.table, news, on_event)));
                whole.add(part);
            }
        }
        whole.finish()
    }

    fn read_side_by_side(&self, files: &[SetFile], whole: &mut Whole, on_event: &mut dyn FnMut(ReadEvent<'_>)) {
        let (senders, receivers): (Vec<_>, Vec<Receiver<News>>) =
            self.tables.iter().map(|_| sync_channel(WAITING)).unzip();
        let senders: Vec<Mutex<Option<SyncSender<News>>>> =
            senders.into_iter().map(|sender| Mutex::new(Some(sender))).collect();
        let read = |at: usize| {
            let Some(sender) = senders[at].lock().ok().and_then(|mut sender| sender.take()) else { return };
            let open = &self.tables[at];
            // Nobody listens any more when the listener has panicked.
            let send = |news| drop(sender.send(news));
            let part = open.read(at, &files[open.file_at], &mut |news| send(news));
            send(News::End(Box::new(part)));
        };
        side_by_side::begin(self.tables.len(), read, || {
            for (open, receiver) in self.tables.iter().zip(receivers) {
                on_event(ReadEvent::Table(&open.table));
                for news in receiver {
                    if let Some(part) = tell(&open.table, news, on_event) {
                        whole.add(part);
                    }
                }
            }
        });
    }
}

/// Tells of a row; the end of a table is handed back.
fn tell(table: &Table, news: News, on_event: &mut dyn FnMut(ReadEvent<'_>)) -> Option<Part> {
    match news {
        News::Row(outcome) => on_event(ReadEvent::Row(table, &outcome)),
        News::Rows(n) => on_event(ReadEvent::Rows(n)),
        News::End(part) => return Some(*part),
    }
    None
}

/// What all tables say, put together in their order.
#[derive(Default)]
struct Whole {
    gathering: Gathering,
    held_items: Vec<(ItemCode, Flaw)>,
    reports: Vec<ImportReport>,
}

impl Whole {
    fn add(&mut self, part: Part) {
        self.gathering.append(part.gathering);
        self.held_items.extend(part.held_items);
        self.reports.push(part.report);
    }

    fn finish(mut self) -> (Gathered, Vec<ImportReport>) {
        self.gathering.hold_items(self.held_items);
        (self.gathering.finish(), self.reports)
    }
}

impl OpenTable {
    /// Reads the table at `at` among all of an import.
    fn read(&self, at: usize, file: &SetFile, on_news: &mut dyn FnMut(News)) -> Part {
        let mut rows = match self.source.rows(file, &self.table) {
            Ok(source) => TableRows::new(self.table.clone(), source),
            Err(error) => TableRows::unopened(self.table.clone(), &error),
        };
        let mut taking = Taking {
            gathering: Gathering::numbered_from(at as u32),
            held_items: Vec::new(),
            last: None,
            waiting: Vec::new(),
        };
        let mapped = taking.gathering.map(self.table.mapped_attributes());
        let file_no = taking.gathering.next_file();
        for (n, outcome) in rows.by_ref().enumerate() {
            if (n as u64).is_multiple_of(ROWS_PER_EVENT) {
                on_news(News::Rows(n as u64));
            }
            let is_told = outcome.record.is_err() || !outcome.doubts.is_empty();
            if is_told {
                on_news(News::Row(Box::new(outcome.clone())));
            }
            taking.take(outcome, mapped, file_no);
        }
        Part { gathering: taking.gathering, held_items: taking.held_items, report: rows.report() }
    }
}

/// Takes the rows of one table, and finds out which routings its refused rows hold back.
struct Taking {
    gathering: Gathering,
    held_items: Vec<(ItemCode, Flaw)>,
    last: Option<(ItemCode, RoutingId)>,
    /// Refused rows of which nobody knows where they belong, until the next routing is known.
    waiting: Vec<Flaw>,
}

impl Taking {
    fn take(&mut self, outcome: Outcome, mapped: u32, file_no: u32) {
        let key = match outcome.record {
            Ok(None) => return,
            Ok(Some(Record::Item(item))) => return self.gathering.item(item, mapped),
            Ok(Some(Record::WorkResult(report))) => return self.gathering.report(report, file_no),
            Ok(Some(Record::Operation(row))) => {
                if self.last.as_ref().is_some_and(|(item, routing)| (item, routing) == (&row.item, &row.routing)) {
                    self.waiting.clear();
                    return self.gathering.operation(row);
                }
                let key = (row.item.clone(), row.routing.clone());
                self.gathering.operation(row);
                key
            }
            Err(refusal) => match refusal.belongs {
                Belongs::Nowhere => return,
                Belongs::Item(item) => return self.held_items.push((item, refusal.flaw)),
                Belongs::Neighbours => {
                    if let Some((item, routing)) = self.last.clone() {
                        self.gathering.hold(item, routing, refusal.flaw.clone());
                    }
                    return self.waiting.push(refusal.flaw);
                }
                Belongs::Routing(item, routing) => {
                    self.gathering.hold(item.clone(), routing.clone(), refusal.flaw);
                    (item, routing)
                }
            },
        };
        for flaw in self.waiting.drain(..) {
            if self.last.as_ref() != Some(&key) {
                self.gathering.hold(key.0.clone(), key.1.clone(), flaw);
            }
        }
        self.last = Some(key);
    }
}
