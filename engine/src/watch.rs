//! Long work that is watched, and that ends early when its watcher says so.
//!
//! Whoever watches is asked at every step, from whichever thread comes by, whether to go on. If not, the work unwinds:
//! there is no half-trained model to hand back, and no loop in between has to know of it.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Hears a step of the work and the share of the whole that is done before it, 0 to 1; [`ControlFlow::Break`] ends it.
pub type Hear<'h, S> = dyn FnMut(S, f64) -> ControlFlow<()> + Send + 'h;

/// Asks whether to go on. It does not come back when not.
pub type Check<'c> = &'c (dyn Fn() + Sync);

/// The work was ended by its watcher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// Goes on for ever.
pub fn unwatched<S>(_: S, _: f64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Runs `work` under the eyes of `hear`.
///
/// # Errors
/// [`Stopped`] when it said so.
pub fn watched<S: Copy + Send, T>(
    hear: &mut Hear<'_, S>,
    work: impl FnOnce(&Watch<'_, '_, S>) -> T,
) -> Result<T, Stopped> {
    let watch = Watch { state: Mutex::new(Heard { hear, last: None }), is_stopped: AtomicBool::new(false) };
    match catch_unwind(AssertUnwindSafe(|| work(&watch))) {
        Ok(done) => Ok(done),
        Err(payload) if payload.is::<Stopped>() => Err(Stopped),
        Err(panic) => resume_unwind(panic),
    }
}

/// Work that is watched.
pub struct Watch<'w, 'h, S> {
    state: Mutex<Heard<'w, 'h, S>>,
    is_stopped: AtomicBool,
}

/// Who hears, and what was told last.
struct Heard<'w, 'h, S> {
    hear: &'w mut Hear<'h, S>,
    last: Option<(S, f64)>,
}

impl<S: Copy + Send> Watch<'_, '_, S> {
    /// A step begins. It does not come back when the watcher has had enough.
    pub fn at(&self, step: S, share: f64) {
        let flow = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            // What runs side by side may come by in another order.
            let share = state.last.map_or(share, |(_, before)| share.max(before));
            state.last = Some((step, share));
            (state.hear)(step, share)
        };
        self.heed(flow);
    }

    /// Between two steps. Where others are asking already, what they hear counts.
    pub fn check(&self) {
        let flow = match self.state.try_lock() {
            Ok(mut state) => match state.last {
                Some((step, share)) => (state.hear)(step, share),
                None => ControlFlow::Continue(()),
            },
            Err(_) => ControlFlow::Continue(()),
        };
        self.heed(flow);
    }

    fn heed(&self, flow: ControlFlow<()>) {
        if flow.is_break() {
            self.is_stopped.store(true, Ordering::Relaxed);
        }
        if self.is_stopped.load(Ordering::Relaxed) {
            // Not a panic: no hook hears of it.
            resume_unwind(Box::new(Stopped));
        }
    }
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    #[test]
    fn work_is_heard_and_done() {
        let mut heard = Vec::new();
        let hear = &mut |step, share| {
            heard.push((step, share));
            ControlFlow::Continue(())
        };
        let done = watched(hear, |watch| {
            watch.check();
            watch.at('a', 0.0);
            watch.check();
            watch.at('b', 0.5);
            7
        });
        assert_eq!(done, Ok(7));
        assert_eq!(heard, [('a', 0.0), ('a', 0.0), ('b', 0.5)]);
    }

    #[test]
    fn work_on_many_threads_ends_when_its_watcher_says_so() {
        let mut n = 0;
        let hear = &mut |(), _| {
            n += 1;
            if n < 100 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let done = watched(hear, |watch| {
            watch.at((), 0.0);
            (0..100_000).into_par_iter().for_each(|_| watch.check());
        });
        assert_eq!(done, Err(Stopped));
    }

    #[test]
    #[should_panic(expected = "a fault")]
    fn a_fault_stays_a_fault() {
        let _ = watched(&mut unwatched::<()>, |_| panic!("a fault"));
    }
}
