//! The rules of working without the server, tested natively.
//!
//! Comes in: facts that `frontend` observed (times, headers, events) and the kept model. Goes out: decisions and answers.
//! Never does: touch the window, IndexedDB, the network or a clock.

pub mod connection;
pub mod freshness;
pub mod keep;
pub mod kept_backend;
