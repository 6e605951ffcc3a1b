//! How far a job is, between the threads that do it and the worker that tells of it.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Hears a phase and the share of the whole that is done, 0 to 1.
pub type Listener = Arc<dyn Fn(&'static str, f64) + Send + Sync>;

/// A job under way. Clones are the same one.
#[derive(Clone, Default)]
pub struct Ticket(Arc<Shared>);

#[derive(Default)]
struct Shared {
    is_ended: AtomicBool,
    at: Mutex<(&'static str, f64)>,
    listener: Option<Listener>,
}

impl Ticket {
    /// With somebody who watches.
    pub fn heard_by(listener: Listener) -> Self {
        Self(Arc::new(Shared { listener: Some(listener), ..Shared::default() }))
    }

    /// Says how far the job is, and hears whether to go on.
    pub fn at(&self, phase: &'static str, share: f64) -> ControlFlow<()> {
        *self.0.at.lock().unwrap_or_else(PoisonError::into_inner) = (phase, share);
        if let Some(listener) = &self.0.listener {
            listener(phase, share);
        }
        if self.is_ended() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// How far the job is.
    pub fn now(&self) -> (&'static str, f64) {
        *self.0.at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the job is to end.
    pub fn is_ended(&self) -> bool {
        self.0.is_ended.load(Ordering::Relaxed)
    }

    /// Ends the job at its next step.
    pub fn end(&self) {
        self.0.is_ended.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_does_the_work_hears_that_it_is_to_end() {
        let ticket = Ticket::default();
        assert_eq!(ticket.at("weights", 0.5), ControlFlow::Continue(()));
        assert_eq!(ticket.clone().now(), ("weights", 0.5));
        ticket.clone().end();
        assert_eq!(ticket.at("voting", 0.6), ControlFlow::Break(()));
    }
}
