//! Workers: they take jobs from the queue, do them by the use cases of `services`, and say meanwhile that they live
//! (ADR 0014).
//!
//! Comes in: jobs. Goes out: what they made, and how far they are.
//! Never does: decide who may ask for a job (that is `services`), HTTP.

mod perform;
mod ticket;
mod worker;

pub use perform::Done;
pub use ticket::Ticket;
pub use worker::{LEASE_MS, Worker};
