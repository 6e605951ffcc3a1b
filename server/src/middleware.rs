//! What every request and every response gets.
//!
//! Comes in: requests and responses. Goes out: the same, whole, with who asks, an id, headers, statuses and log lines.
//! Never does: answer in place of a handler, except where no handler could.

pub mod guard;
pub mod headers;
pub mod identify;
pub mod origin;
pub mod shape;
pub mod status;
pub mod trace;
pub mod whole;

/// A file at the root or of the client; an item's code may look like a file's name as well.
fn is_file(path: &str) -> bool {
    path.starts_with("/pkg/") || (path.rfind('/') == Some(0) && crate::site::assets::is_file(path))
}
