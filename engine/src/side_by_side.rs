//! The work of an import on all cores.
//!
//! These are threads and no tasks of rayon's pool: a reader waits for whoever takes its rows, and a thread has the
//! priority of the one that began it, so that an import in the background stays there.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Whether there is more than one core, and more than one thing to do.
pub fn is_worth_it(n: usize) -> bool {
    n_threads(n) > 1
}

fn n_threads(n: usize) -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get).min(n)
}

/// Begins `work` for each of `0..n` in ascending order, on as many threads as there are cores, while `meanwhile` runs
/// here. Whoever waits for one below it waits for work that has begun.
pub fn begin<R>(n: usize, work: impl Fn(usize) + Sync, meanwhile: impl FnOnce() -> R) -> R {
    let next = AtomicUsize::new(0);
    let work_on = || {
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && at < n
        {
            work(at);
        }
    };
    thread::scope(|scope| {
        for _ in 0..n_threads(n) {
            scope.spawn(work_on);
        }
        meanwhile()
    })
}

/// Results of `work` for each of `0..n`, in their order.
pub fn map<T: Send>(n: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if !is_worth_it(n) {
        return (0..n).map(work).collect();
    }
    let done = Mutex::new(Vec::with_capacity(n));
    let one = |at: usize| {
        let result = work(at);
        done.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
    };
    begin(n, one, || ());
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The same as [`map`] bit by bit: the results of some thousands at once, when they are asked for.
pub fn ahead<T: Send>(n: usize, work: impl Fn(usize) -> T + Sync) -> impl Iterator<Item = T> {
    const AT_ONCE: usize = 8_000;
    const IN_ONE: usize = 500;
    (0..n).step_by(AT_ONCE).flat_map(move |from| {
        let to = (from + AT_ONCE).min(n);
        let parts = map((to - from).div_ceil(IN_ONE), |part| {
            let from = from + part * IN_ONE;
            (from..(from + IN_ONE).min(to)).map(&work).collect::<Vec<T>>()
        });
        parts.into_iter().flatten()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn results_come_in_order() {
        assert_eq!(map(5, |at| at * 10), [0, 10, 20, 30, 40]);
        assert!(map(0, |at| at).is_empty());
        assert!(ahead(17_001, |at| at).eq(0..17_001));
    }

    #[test]
    fn whoever_waits_for_one_below_is_not_left_waiting() {
        // Each sends more than its channel holds, and the channels are emptied one after the other.
        let (senders, receivers): (Vec<_>, Vec<_>) = (0..7).map(|_| sync_channel(1)).unzip();
        let senders = Mutex::new(senders.into_iter().map(Some).collect::<Vec<_>>());
        let send = |at: usize| {
            let sender = senders.lock().expect("nobody panics")[at].take().expect("each is begun once");
            (0..20).for_each(|n| sender.send(at * 100 + n).expect("somebody listens"));
        };
        let all: Vec<usize> = begin(7, send, || receivers.iter().flat_map(|receiver| receiver.iter()).collect());
        let expected: Vec<usize> = (0..7).flat_map(|at| (0..20).map(move |n| at * 100 + n)).collect();
        assert_eq!(all, expected);
    }
}
