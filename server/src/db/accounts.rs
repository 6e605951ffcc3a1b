//! People, sessions, known devices, API tokens and one-time links.
//!
//! Comes in: ids, hashes, instants. Goes out: rows of this folder.
//! Never does: make or check a secret, decide whether somebody may do something.

pub mod devices;
pub mod links;
pub mod sessions;
pub mod tokens;
pub mod users;
