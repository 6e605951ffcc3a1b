//! Forms of accounts and administration: plain HTML forms that need no scripts (ADR 0011).
//!
//! Comes in: what a browser sends. Goes out: a page of `app::screens`, or the way to one, with cookies.
//! Never does: decide (that is `services`), write a word or markup.

pub mod audit;
pub mod choices;
pub mod enter;
mod fields;
pub mod jobs;
pub mod own;
pub mod settings;
pub mod users;
