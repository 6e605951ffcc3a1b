//! The answer. Its JSON is how answers are stored; what crosses a border is the form of `contract`.

use serde::{Deserialize, Serialize};

use crate::domain::{ItemCode, JobCode, ModelId, Receipt, RoutingId, Seq, SnapshotId, WorkCentreCode};
use crate::features::FeatureKind;

/// Candidate routings for one item, or the reason why there are none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// The item asked for.
    pub item: ItemCode,
    /// The model that answered.
    pub model: ModelId,
    /// The snapshot of the plant that it answered from. Empty in answers that were stored before there were snapshots.
    #[serde(default)]
    pub snapshot: SnapshotId,
    /// True when these data are others than those that the model was learned from: later ones. What came meanwhile is among
    /// the similar items and votes; what was learned is as it was.
    #[serde(default)]
    pub is_of_later_data: bool,
    /// Hash of model, snapshot, question and code, by which this answer can be made again.
    /// Empty in answers that were stored before there were receipts.
    #[serde(default)]
    pub receipt: Receipt,
    /// True when the evidence carries no answer from similar items.
    pub abstained: bool,
    /// Why, as a code.
    pub abstain_reason: Option<AbstainReason>,
    /// Where the predictors disagree, when this is why there is no proposal: the most disputed step first, at most three.
    #[serde(default)]
    pub disputed: Vec<DisputedJob>,
    /// What to ask the planner first, where the answer is unsure and an answer would help.
    #[serde(default)]
    pub question: Option<Question>,
    /// Distinct routings, best first. A standard routing stands before those of similar items, one of which may be the same.
    pub candidates: Vec<Candidate>,
    /// The most similar items, best first. They are shown even when the model abstains.
    pub neighbours: Vec<Neighbour>,
}

/// Why there is no proposal from similar items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbstainReason {
    /// The plant has no routing to learn from.
    NoRoutings,
    /// The query says nothing that the model knows: no name, no code pattern, no known attribute.
    NothingKnown,
    /// No item with a routing is similar enough.
    NothingSimilar,
    /// Held-out items have shown that attributes do not determine routes in this plant.
    NotDetermined,
    /// The predictors disagree so much that the four best candidates are no surer than the plant's commonest routes.
    Disagreement,
}

/// A step that some likely routes have and others lack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DisputedJob {
    pub job: JobCode,
    /// Its name in the plant's words.
    pub job_name: Option<String>,
    /// Share of the likely routes that have it, by their probability, 0 to 1.
    pub share: f64,
}

/// The missing attribute whose value is expected to raise the probability of the first candidate most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Attribute name; `item_nm` is the name.
    pub attribute: String,
    /// How it is compared.
    pub kind: FeatureKind,
    /// Probability of the first candidate without an answer, also where it is withheld.
    pub confidence_prob: f64,
    /// The same with an answer, on average over the answers that are likely.
    pub expected_prob: f64,
    /// Values that are likely, likeliest first, at most four. A number stands for a range around it, a text
    /// or code for all that differ from it in digits only.
    pub values: Vec<QuestionValue>,
}

/// One likely answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionValue {
    /// As the plant writes it.
    pub value: String,
    /// Share of the items that it could be like that have this value, of those that have any, 0 to 1.
    pub share: f64,
    /// Probability of the first candidate when this is the answer.
    pub confidence_prob: f64,
}

/// One proposed routing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// 1 is best, within its origin for a standard routing, and when own history stands beside.
    pub rank: u32,
    /// Where it comes from.
    pub origin: Origin,
    /// Calibrated probability that this job sequence is the right one, 0 to 1.
    /// `None` for a routing of the item's own history and for one that is kept under a standard code: they are records, not
    /// guesses.
    pub confidence_prob: Option<f64>,
    /// Hash over the whole (job, work centre) sequence.
    pub signature: String,
    /// Steps in order.
    pub operations: Vec<ProposedOperation>,
}

/// Where a candidate comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Voted by similar items.
    Similar,
    /// A routing that the item already has.
    OwnHistory {
        /// Its number.
        routing: RoutingId,
    },
    /// The plant's standard routing for exactly the features that the item has.
    Standard {
        /// The standard code.
        item: ItemCode,
        /// Number of the routing that is kept under it; `None` where there is none, and the routing was composed by the
        /// rules that the plant's other standard routings follow.
        routing: Option<RoutingId>,
    },
}

/// One step of a proposed routing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProposedOperation {
    /// 10, 20, 30 …
    pub seq: Seq,
    /// What is done.
    pub job: JobCode,
    /// Its name in the plant's words.
    pub job_name: Option<String>,
    /// Where; `None` when no past routing says.
    pub work_centre: Option<WorkCentreCode>,
    /// Its name.
    pub work_centre_name: Option<String>,
    /// Other work centres that ran the same job for similar items, best first.
    pub alternatives: Vec<WorkCentreCode>,
    /// Whether a supplier does it; `None` is unknown.
    pub outsourced: Option<bool>,
    /// Setup, minutes per order; `None` is unknown.
    pub setup_min: Option<TimeEstimate>,
    /// Run time, minutes per piece; `None` is unknown.
    pub run_min_per_piece: Option<TimeEstimate>,
    /// Run time of the whole lot, minutes, where it does not grow with the pieces: a batch operation. Then, and only
    /// then, `run_min_per_piece` is `None` though the time is known.
    #[serde(default)]
    pub run_min_per_lot: Option<TimeEstimate>,
    /// Planned queue before the operation, minutes per order; `None` is unknown.
    #[serde(default)]
    pub queue_min: Option<TimeEstimate>,
    /// Planned wait after the operation, minutes per order; `None` is unknown.
    #[serde(default)]
    pub wait_min: Option<TimeEstimate>,
    /// Planned move to the next work centre, minutes per order; `None` is unknown.
    #[serde(default)]
    pub move_min: Option<TimeEstimate>,
    /// The past operations that voted for this step; weights of one step add up to at most 1.
    pub evidence: Vec<Evidence>,
}

/// A time with its spread and its ground.
///
/// # Units
/// Minutes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeEstimate {
    /// Half of the orders take at most this long.
    pub p50: f64,
    /// Four of five orders take at most this long.
    pub p80: f64,
    /// How many reports or planned values stand behind it.
    pub n: u32,
    /// What they are.
    pub source: TimeSource,
}

/// What a time was estimated from, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeSource {
    /// Reported work of the voting operations.
    Actual,
    /// Planned values of the voting operations.
    Planned,
    /// The same job elsewhere in the plant.
    Similar,
}

/// One past operation that voted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Item of the past routing.
    pub item: ItemCode,
    /// Its number.
    pub routing: RoutingId,
    /// The operation in it.
    pub seq: Seq,
    /// Share of the vote for this candidate, 0 to 1.
    pub weight: f64,
    /// Reports of it that the shop floor wrote: of setup or of run, whichever has more. 0 is a plan only.
    #[serde(default)]
    pub n_reports: u32,
}

/// A similar item and why it is similar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Neighbour {
    /// The similar item.
    pub item: ItemCode,
    /// Its name.
    pub name: Option<String>,
    /// Similarity, 0 to 1.
    pub score: f64,
    /// What the query shares with any item that has a routing: the mean of their scores. 0 in answers that were stored before
    /// it was told.
    #[serde(default)]
    pub expected: f64,
    /// Parts of the score by feature, largest first; they add up to `score`. One that has an `expected` above 0 is there
    /// although it adds nothing.
    pub contributions: Vec<Contribution>,
}

/// What one feature adds to a similarity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// Attribute name, or `item_nm` and `item_cd` for name and code.
    pub feature: String,
    /// Its part of the score, never negative.
    pub value: f64,
    /// What it adds with any item that has a routing, on average. `value - expected` is what it says for this neighbour, or
    /// against it; these and `expected` of the neighbour add up to the score.
    #[serde(default)]
    pub expected: f64,
    /// The value of the item asked for.
    #[serde(default)]
    pub query_value: Option<String>,
    /// The value of the neighbour; `None` where it has none.
    #[serde(default)]
    pub neighbour_value: Option<String>,
    /// For a number that both have: how much larger that of the neighbour is, in the unit of the attribute.
    #[serde(default)]
    pub difference: Option<f64>,
}
