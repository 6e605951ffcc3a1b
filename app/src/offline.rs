//! Pure rules of the offline slice.
//!
//! Comes in: ages and states as numbers. Goes out: what to show or to do.
//! Never does: clock, network, storage; those are `frontend`'s.

pub mod freshness;
