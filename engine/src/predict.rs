//! From neighbours to candidate routings with times, confidence and evidence.
//!
//! Comes in: a query item and a model. Goes out: a [`Prediction`].
//! Never does: prose, rounding for display, files.

mod answer;
mod options;

pub use answer::{
    AbstainReason, Candidate, Contribution, Evidence, Neighbour, Origin, Prediction, ProposedOperation, TimeEstimate,
    TimeSource,
};
pub use options::{OwnHistory, PredictOptions};
