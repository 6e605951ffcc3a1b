//! What is fuzzed: the very files of the server, compiled without the rest of it, so that a build takes a minute and not
//! ten. A file that comes to need more of the server no longer compiles here, and then belongs behind a dependency.
//!
//! Comes in: bytes. Goes out: a crash, if a law of these files does not hold.
//! Never does: stand in for a test; a finding becomes one.

pub mod auth;
pub mod import;
#[path = "../../server/src/middleware/origin.rs"]
pub mod origin;
