//! The connections of the server, and which of them keep it waiting.
//!
//! Comes in: what happens on a connection, and when. Goes out: which connection is to end.
//! Never does: touch a socket, ask what time it is.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::Instant;

use super::limits::Limits;

/// All connections.
pub(super) struct Table {
    limits: Limits,
    lines: Mutex<Lines>,
    /// Rung whenever there may be room.
    changed: Notify,
}

#[derive(Default)]
struct Lines {
    next: u64,
    by_id: HashMap<u64, Line>,
}

/// What is known of one connection.
pub(super) struct Line {
    /// Whose share it counts in; `None` for a trusted proxy.
    network: Option<IpAddr>,
    /// The handshake is over, or there is none.
    is_open: bool,
    /// A request came whole once.
    has_asked: bool,
    is_http2: bool,
    /// Since when no answer has been under way.
    since: Instant,
    /// When the request began of which the headers are not whole.
    begun: Option<Instant>,
    /// Nothing more has come than was read.
    is_heard_out: bool,
    /// Requests of which the body is not whole.
    n_bodies: usize,
    /// Requests that came whole and are not wholly answered.
    n_whole: usize,
    /// Of those, answers of which a piece waits for the client.
    n_untaken: usize,
    /// The socket takes no more.
    is_blocked: bool,
    /// When the client last took something.
    moved: Instant,
    is_given_up: bool,
    /// When the connection's task looks here next.
    alarm: Option<Instant>,
    wake: Arc<Notify>,
}

impl Line {
    /// Something came from the client.
    pub(super) fn heard(&mut self, now: Instant) {
        self.is_heard_out = false;
        // HTTP/2 has frames that are no requests.
        if self.n_whole == 0 && self.n_bodies == 0 && !(self.is_http2 && self.has_asked) {
            self.begun.get_or_insert(now);
        }
    }

    /// Nothing comes from the client for now.
    pub(super) fn heard_out(&mut self) {
        self.is_heard_out = true;
    }

    /// The client took a piece.
    pub(super) fn took(&mut self, now: Instant) {
        (self.moved, self.is_blocked) = (now, false);
    }

    /// The client takes nothing for now.
    pub(super) fn blocked(&mut self, now: Instant) {
        if !self.is_blocked {
            (self.moved, self.is_blocked) = (now, true);
        }
    }

    /// The handshake is over.
    pub(super) fn opened(&mut self) {
        (self.is_open, self.begun) = (true, None);
    }

    /// Headers are whole.
    pub(super) fn asked(&mut self, is_http2: bool) {
        (self.has_asked, self.is_http2, self.begun) = (true, is_http2, None);
        self.n_bodies += 1;
    }

    /// A body is whole.
    pub(super) fn arrived(&mut self) {
        self.n_bodies -= 1;
        self.n_whole += 1;
    }

    /// A piece of an answer waits for the client.
    pub(super) fn handed(&mut self, now: Instant) {
        self.n_untaken += 1;
        self.moved = now;
    }

    /// The client wants more of an answer.
    pub(super) fn wanted(&mut self, now: Instant) {
        self.n_untaken -= 1;
        self.moved = now;
    }

    /// A request is over, of which the body was whole or not, and a piece of the answer waiting or not.
    pub(super) fn answered(&mut self, was_whole: bool, was_untaken: bool, now: Instant) {
        self.n_bodies -= usize::from(!was_whole);
        self.n_whole -= usize::from(was_whole);
        self.n_untaken -= usize::from(was_untaken);
        if self.n_whole == 0 {
            self.since = now;
        }
    }

    /// Whether a request that came whole is being answered.
    fn is_answering(&self) -> bool {
        self.n_whole > 0 || self.is_blocked
    }

    /// Whether it is the client that holds the answer up.
    fn is_untaken(&self) -> bool {
        self.is_blocked || (self.n_whole > 0 && self.n_untaken >= self.n_whole)
    }

    /// Whether a request has begun that did not come whole; a new connection is one.
    fn is_incomplete(&self) -> bool {
        !self.is_given_up && !self.is_answering() && (!self.has_asked || self.begun.is_some() || self.n_bodies > 0)
    }

    /// Whether nothing is lost when it ends now. Those that have been answered once are told by HTTP.
    fn is_silent(&self) -> bool {
        !self.has_asked && self.n_bodies == 0 && (self.begun.is_none() || !self.is_open)
    }

    /// When it has kept the server waiting for too long. A body has limits of its own, and so has making an answer.
    fn due(&self, limits: &Limits) -> Option<Instant> {
        if !self.has_asked {
            Some(self.since + limits.head)
        } else if self.is_untaken() {
            Some(self.moved + limits.taking)
        } else if self.n_whole > 0 || self.n_bodies > 0 {
            None
        } else {
            Some(self.begun.map_or(self.since.max(self.moved) + limits.idle, |begun| begun + limits.head))
        }
    }

    /// Since when it has waited without a complete request, and from when on that counts against it. What has come and
    /// was not read yet may be a request.
    fn waits(&self, limits: &Limits) -> Option<(Instant, Instant)> {
        if self.is_given_up {
            None
        } else if !self.is_answering() {
            self.is_heard_out.then_some((self.since, self.since + limits.newcomer))
        } else {
            self.is_untaken().then_some((self.moved, self.moved + limits.taking_when_full))
        }
    }

    fn give_up(&mut self) {
        self.is_given_up = true;
        self.wake.notify_one();
    }
}

impl Lines {
    /// Ends the connection that has waited longest, of all or of one network's incomplete ones. Says whether there was one.
    fn give_up_longest(&mut self, limits: &Limits, network: Option<IpAddr>, now: Instant) -> bool {
        let is_meant = |line: &Line| network.is_none() || (line.network == network && line.is_incomplete());
        let meant = self.by_id.values_mut().filter(|line| is_meant(line));
        let waiting = meant.filter_map(|line| Some((line.waits(limits)?, line)));
        let longest = waiting.filter(|((_, counts_from), _)| *counts_from <= now).min_by_key(|((since, _), _)| *since);
        longest.map(|(_, line)| line.give_up()).is_some()
    }

    /// Holds all connections together to the limit, as far as any of them waits. Says whether there are still too many.
    fn settle(&mut self, limits: &Limits, now: Instant) -> bool {
        let n_given_up = self.by_id.values().filter(|line| line.is_given_up).count();
        let n_over = (self.by_id.len() - n_given_up).saturating_sub(limits.most);
        for _ in 0..n_over {
            if !self.give_up_longest(limits, None, now) {
                return true;
            }
        }
        false
    }

    /// Holds one network to its share.
    fn settle_share(&mut self, limits: &Limits, network: Option<IpAddr>, now: Instant) {
        let Some(network) = network else { return };
        let of_it = self.by_id.values().filter(|line| line.network == Some(network) && line.is_incomplete());
        let n_over = of_it.count().saturating_sub(limits.share);
        for _ in 0..n_over {
            if !self.give_up_longest(limits, Some(network), now) {
                break;
            }
        }
    }
}

impl Table {
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self { limits, lines: Mutex::default(), changed: Notify::new() })
    }

    fn lock(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a connection that was just taken in; where there is none, another connection ends for it.
    pub(super) fn enter(self: &Arc<Self>, network: Option<IpAddr>, is_open: bool, now: Instant) -> Seat {
        let mut lines = self.lock();
        let id = lines.next;
        lines.next += 1;
        let line = Line {
            network,
            is_open,
            has_asked: false,
            is_http2: false,
            since: now,
            begun: None,
            is_heard_out: false,
            n_bodies: 0,
            n_whole: 0,
            n_untaken: 0,
            is_blocked: false,
            moved: now,
            is_given_up: false,
            alarm: None,
            wake: Arc::default(),
        };
        lines.by_id.insert(id, line);
        lines.settle_share(&self.limits, network, now);
        lines.settle(&self.limits, now);
        Seat(Spot { table: Arc::clone(self), id })
    }

    /// Ends the connection that has waited longest.
    pub(super) fn give_up_longest(&self, now: Instant) {
        self.lock().give_up_longest(&self.limits, None, now);
    }

    /// Waits until one more may be taken in: until a connection has gone, for which one ends as soon as one has waited.
    pub(super) async fn room(&self, now: impl Fn() -> Instant) {
        loop {
            let changed = self.changed.notified();
            let next = {
                let mut lines = self.lock();
                if lines.by_id.len() <= self.limits.most {
                    return;
                }
                let now = now();
                let is_over = lines.settle(&self.limits, now);
                let waiting = lines.by_id.values().filter_map(|line| Some(line.waits(&self.limits)?.1));
                // A client that stops taking its answer makes no sound. Whoever was given up goes at once.
                let look_again = waiting.chain([now + self.limits.taking_when_full]).min();
                look_again.filter(|_| is_over)
            };
            match next {
                Some(next) => drop(tokio::time::timeout_at(next, changed).await),
                None => changed.await,
            }
        }
    }

    /// Ends all connections on which nothing has begun.
    pub(super) fn give_up_silent(&self) {
        self.lock().by_id.values_mut().filter(|line| line.is_silent()).for_each(Line::give_up);
    }
}

/// A connection's place; free again when this is dropped.
pub(super) struct Seat(Spot);

impl Seat {
    pub(super) fn spot(&self) -> Spot {
        self.0.clone()
    }

    /// Waits until the connection is to end.
    pub(super) async fn over(&self, now: impl Fn() -> Instant) {
        let Spot { table, id } = &self.0;
        loop {
            let (alarm, wake) = {
                let (mut lines, now) = (table.lock(), now());
                let Some(line) = lines.by_id.get_mut(id) else { return };
                let due = line.due(&table.limits);
                // When it is no newcomer any more, its network's share is looked at again.
                let grown = line.since + table.limits.newcomer;
                line.alarm = if line.is_incomplete() && now < grown { due.map(|due| due.min(grown)) } else { due };
                let (alarm, wake) = (line.alarm, Arc::clone(&line.wake));
                if line.is_incomplete() {
                    let network = line.network;
                    lines.settle_share(&table.limits, network, now);
                }
                if lines.by_id.get(id).is_none_or(|line| line.is_given_up) || due.is_some_and(|due| due <= now) {
                    return;
                }
                (alarm, wake)
            };
            match alarm {
                Some(alarm) => drop(tokio::time::timeout_at(alarm, wake.notified()).await),
                None => wake.notified().await,
            }
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.table.lock().by_id.remove(&self.0.id);
        self.0.table.changed.notify_waiters();
    }
}

/// The way to a connection's line.
#[derive(Clone)]
pub(super) struct Spot {
    table: Arc<Table>,
    id: u64,
}

impl Spot {
    /// Writes down what happened, and tells those whom it may concern.
    pub(super) fn note(&self, now: Instant, change: impl FnOnce(&mut Line)) {
        let limits = &self.table.limits;
        let mut lines = self.table.lock();
        let Some(line) = lines.by_id.get_mut(&self.id) else { return };
        let (was_incomplete, was_answering, was_heard_out) =
            (line.is_incomplete(), line.is_answering(), line.is_heard_out);
        change(line);
        let due = line.due(limits);
        if due.is_some_and(|due| line.alarm.is_none_or(|alarm| due < alarm)) {
            line.alarm = due;
            line.wake.notify_one();
        }
        let network = line.network;
        let (is_incomplete, is_answering, is_heard_out) =
            (line.is_incomplete(), line.is_answering(), line.is_heard_out);
        if is_incomplete && !was_incomplete {
            lines.settle_share(limits, network, now);
        }
        if was_answering && !is_answering || is_heard_out && !was_heard_out {
            self.table.changed.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests;
