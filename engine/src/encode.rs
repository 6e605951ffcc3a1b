//! Embedding: all features of an item in one short vector, for clustering and for the local index; and, on the server
//! only, texts as vectors by the optional sentence encoder.
//!
//! Comes in: encoded values. Goes out: a [`Point`] whose dot products approximate the weighted similarity.
//! Never does: the final score; that is always computed again from the features (`index::Catalogue::rank`).

#[cfg(feature = "sentence")]
pub mod sentence;
mod sketch;

pub use sketch::{DIMENSIONS, Point, sketch};
