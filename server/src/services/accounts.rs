//! People: who they are, how they come in, what becomes of them.
//!
//! Comes in: names, passwords, cookies and tokens as texts, and changes of an admin. Goes out: callers, sessions, lines.
//! Never does: HTTP, cookies as headers, words.

mod believed;
mod enter;
mod identify;
mod join;
mod leave;
mod one_time;
mod password;
mod people;
mod profile;
mod sweep;
mod users;
mod uses;

pub(super) use believed::Believed;
pub use enter::{Arrival, Entered};
pub use sweep::KEEP_DEVICES_DAYS;
pub(super) use uses::Uses;
