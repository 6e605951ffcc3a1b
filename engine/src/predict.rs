//! From neighbours to candidate routings with times, confidence and evidence.
//!
//! Comes in: near items and the book of past routings. Goes out: a [`Prediction`].
//! Never does: prose, rounding for display, files.

pub(crate) mod align;
mod answer;
mod explanation;
mod lot;
mod options;
pub(crate) mod propose;
pub(crate) mod question;
pub(crate) mod receipt;
pub(crate) mod standards;
pub(crate) mod support;
pub(crate) mod times;
pub(crate) mod vote;

pub use align::matched_steps;
pub use answer::{
    AbstainReason, Candidate, Contribution, DisputedJob, Evidence, Neighbour, Origin, Prediction, ProposedOperation,
    Question, QuestionValue, TimeEstimate, TimeSource,
};
pub use explanation::{
    AttributeScore, ComparedStep, Contest, Contestant, Explanation, PartScore, ScorePart, StepPlace,
};
pub use lot::LotTime;
pub use options::{OwnHistory, PredictOptions};
pub use receipt::CODE;
