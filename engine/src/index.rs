//! Which past items are nearest to a query.
//!
//! Comes in: encoded items and a query. Goes out: [`Hit`]s with a score from 0 to 1 and its parts by feature.
//! Never does: routings, votes.

mod exact;
mod local;

pub use exact::{Catalogue, Hit};
pub use local::{LocalIndex, RECALL_GATE};
