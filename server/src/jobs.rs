//! Workers: they take jobs from the queue, do them by the use cases of `services`, and say meanwhile that they live
//! (ADR 0014).
//!
//! Comes in: jobs. Goes out: what they made, and how far they are.
//! Never does: decide who may ask for a job (that is `services`), HTTP.

mod import;
mod perform;
mod place;
mod pulse;
mod ticket;
mod worker;

pub use import::{AtHand, ImportEnd, REPORT, fetch_left, stage};
pub use perform::{Done, Measured};
pub use place::JobError;
pub use pulse::LEASE_MS;
pub use ticket::Ticket;
pub use worker::{Ended, Worker};
