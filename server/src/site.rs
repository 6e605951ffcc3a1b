//! The built client: its files, and which of them each page needs.
//!
//! Comes in: the folder that the build has filled. Goes out: files, and their names for the pages.
//! Never does: make one.

pub mod assets;
pub mod client;
