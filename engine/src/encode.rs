//! Embedding: all features of an item in one short vector, for clustering and for the local index.
//!
//! Comes in: encoded values. Goes out: a [`Point`] whose dot products approximate the weighted similarity.
//! Never does: the final score; that is always computed again from the features (`index::Catalogue::rank`).

mod sketch;

pub use sketch::{DIMENSIONS, Point, sketch};
