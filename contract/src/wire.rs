//! What goes over the wire in place of the engine's own types, so that a change of REST or of a page is no change of a
//! bundle, and a change of the engine is seen here before anybody outside sees it.
//!
//! Comes in: domain types of `engine`. Goes out: forms with their JSON and their description for machines (`docs/API.md`), and
//! back. A field that the engine gets must be named here before anything compiles.
//! Never does: maths. Whoever computes turns a form back into the domain type.

#[macro_use]
mod form;

pub mod code;
mod explanation;
mod items;
mod model;
mod prediction;

pub use explanation::{
    AttributeScore, ComparedStep, Contest, Contestant, Explanation, PartScore, ScorePart, StepPlace,
};
pub use form::WireForm;
pub use items::{Item, Operation, Routing};
pub use model::{
    Confusion, CoveragePoint, FamilyMap, FamilySpot, Feature, FeatureKind, MethodKind, ModelCard, ReliabilityBin,
    Schema, TrialGroup, TrialGroups, TrialMethod,
};
pub use prediction::{
    AbstainReason, Candidate, Contribution, DisputedJob, Evidence, Neighbour, Origin, OwnHistory, Prediction,
    ProposedOperation, Question, QuestionValue, TimeEstimate, TimeSource,
};
