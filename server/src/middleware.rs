//! What every response gets.
//!
//! Comes in: responses. Goes out: the same with headers, statuses and log lines.
//! Never does: answer in place of a handler, except after a panic.

pub mod headers;
pub mod identify;
pub mod origin;
pub mod panic;
pub mod status;
pub mod trace;
