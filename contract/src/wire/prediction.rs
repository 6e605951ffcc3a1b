//! The answer for one item, and how its own history enters it.

use engine::domain::{ItemCode, JobCode, ModelId, Receipt, RoutingId, Seq, SnapshotId, WorkCentreCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FeatureKind, WireForm, code};

form! {
    /// Candidate routings for one item, or the reason why there are none.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct Prediction of engine::predict::Prediction {
        /// The item asked for.
        #[schema(value_type = code::ItemCode)]
        item: ItemCode,
        /// The model that answered.
        #[schema(value_type = code::ModelId)]
        model: ModelId,
        /// The snapshot of the plant that it answered from. Empty in answers that were stored before there were snapshots.
        #[serde(default)]
        #[schema(value_type = code::SnapshotId)]
        snapshot: SnapshotId,
        /// True when these data are later than those that the model was learned from: what came meanwhile is among the similar
        /// items and votes, and what was learned is as it was.
        #[serde(default)]
        is_of_later_data: bool,
        /// Hash of model, snapshot, question and code, by which this answer can be made again.
        /// Empty in answers that were stored before there were receipts.
        #[serde(default)]
        #[schema(value_type = code::Receipt)]
        receipt: Receipt,
        /// True when the evidence carries no answer from similar items.
        abstained: bool,
        /// Why, as a code.
        abstain_reason: Option<AbstainReason>,
        /// Where the predictors disagree, when this is why there is no proposal: the most disputed step first, at most three.
        #[serde(default)]
        disputed: Vec<DisputedJob>,
        /// What to ask the planner first, where the answer is unsure and an answer would help.
        #[serde(default)]
        question: Option<Question>,
        /// Distinct routings, best first. A standard routing stands before those of similar items, one of which may be the same.
        candidates: Vec<Candidate>,
        /// The most similar items, best first. They are shown even when the model abstains.
        neighbours: Vec<Neighbour>,
    }
}

form! {
    /// Why there is no proposal from similar items.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    enum AbstainReason of engine::predict::AbstainReason {
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
}

form! {
    /// A step that some likely routes have and others lack.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct DisputedJob of engine::predict::DisputedJob {
        #[schema(value_type = code::JobCode)]
        job: JobCode,
        /// Its name in the plant's words.
        job_name: Option<String>,
        /// Share of the likely routes that have it, by their probability, 0 to 1.
        share: f64,
    }
}

form! {
    /// The missing attribute whose value is expected to raise the probability of the first candidate most.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct Question of engine::predict::Question {
        /// Attribute name; `item_nm` is the name.
        attribute: String,
        /// How it is compared.
        kind: FeatureKind,
        /// Probability of the first candidate without an answer, also where it is withheld.
        confidence_prob: f64,
        /// The same with an answer, on average over the answers that are likely.
        expected_prob: f64,
        /// Values that are likely, likeliest first, at most four. A number stands for a range around it, a text
        /// or code for all that differ from it in digits only.
        values: Vec<QuestionValue>,
    }
}

form! {
    /// One likely answer.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct QuestionValue of engine::predict::QuestionValue {
        /// As the plant writes it.
        value: String,
        /// Share of the items that it could be like that have this value, of those that have any, 0 to 1.
        share: f64,
        /// Probability of the first candidate when this is the answer.
        confidence_prob: f64,
    }
}

form! {
    /// One proposed routing.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct Candidate of engine::predict::Candidate {
        /// 1 is best, within its origin for a standard routing, and when own history stands beside.
        rank: u32,
        /// Where it comes from.
        origin: Origin,
        /// Calibrated probability that this job sequence is the right one, 0 to 1.
        /// `None` for a routing of the item's own history and for one that is kept under a standard code: they are records, not
        /// guesses.
        confidence_prob: Option<f64>,
        /// Hash over the whole (job, work centre) sequence.
        signature: String,
        /// Steps in order.
        operations: Vec<ProposedOperation>,
    }
}

/// Where a candidate comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Voted by similar items.
    Similar,
    /// A routing that the item already has.
    OwnHistory {
        /// Its number.
        #[schema(value_type = code::RoutingId)]
        routing: RoutingId,
    },
    /// The plant's standard routing for exactly the features that the item has.
    Standard {
        /// The standard code.
        #[schema(value_type = code::ItemCode)]
        item: ItemCode,
        /// Number of the routing that is kept under it; `None` where there is none, and the routing was composed by the
        /// rules that the plant's other standard routings follow.
        #[schema(value_type = Option<code::RoutingId>)]
        routing: Option<RoutingId>,
    },
}

impl WireForm<engine::predict::Origin> for Origin {
    fn of(domain: engine::predict::Origin) -> Self {
        match domain {
            engine::predict::Origin::Similar => Self::Similar,
            engine::predict::Origin::OwnHistory { routing } => Self::OwnHistory { routing },
            engine::predict::Origin::Standard { item, routing } => Self::Standard { item, routing },
        }
    }

    fn into_domain(self) -> engine::predict::Origin {
        match self {
            Self::Similar => engine::predict::Origin::Similar,
            Self::OwnHistory { routing } => engine::predict::Origin::OwnHistory { routing },
            Self::Standard { item, routing } => engine::predict::Origin::Standard { item, routing },
        }
    }
}

form! {
    /// One step of a proposed routing.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
    struct ProposedOperation of engine::predict::ProposedOperation {
        /// 10, 20, 30 …
        #[schema(value_type = code::Seq)]
        seq: Seq,
        /// What is done.
        #[schema(value_type = code::JobCode)]
        job: JobCode,
        /// Its name in the plant's words.
        job_name: Option<String>,
        /// Where; `None` when no past routing says.
        #[schema(value_type = Option<code::WorkCentreCode>)]
        work_centre: Option<WorkCentreCode>,
        /// Its name.
        work_centre_name: Option<String>,
        /// Other work centres that ran the same job for similar items, best first.
        #[schema(value_type = Vec<code::WorkCentreCode>)]
        alternatives: Vec<WorkCentreCode>,
        /// Whether a supplier does it; `None` is unknown.
        outsourced: Option<bool>,
        /// Setup, minutes per order; `None` is unknown.
        setup_min: Option<TimeEstimate>,
        /// Run time, minutes per piece; `None` is unknown.
        run_min_per_piece: Option<TimeEstimate>,
        /// Run time of the whole lot, minutes, where it does not grow with the pieces: a batch operation. Then, and only
        /// then, `run_min_per_piece` is `None` though the time is known.
        #[serde(default)]
        run_min_per_lot: Option<TimeEstimate>,
        /// Planned queue before the operation, minutes per order; `None` is unknown.
        #[serde(default)]
        queue_min: Option<TimeEstimate>,
        /// Planned wait after the operation, minutes per order; `None` is unknown.
        #[serde(default)]
        wait_min: Option<TimeEstimate>,
        /// Planned move to the next work centre, minutes per order; `None` is unknown.
        #[serde(default)]
        move_min: Option<TimeEstimate>,
        /// The past operations that voted for this step; weights of one step add up to at most 1.
        evidence: Vec<Evidence>,
    }
}

form! {
    /// A time with its spread and its ground.
    ///
    /// # Units
    /// Minutes.
    #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct TimeEstimate of engine::predict::TimeEstimate {
        /// Half of the orders take at most this long.
        p50: f64,
        /// Four of five orders take at most this long.
        p80: f64,
        /// How many reports or planned values stand behind it.
        n: u32,
        /// What they are.
        source: TimeSource,
    }
}

form! {
    /// What a time was estimated from, best first.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    enum TimeSource of engine::predict::TimeSource {
        /// Reported work of the voting operations.
        Actual,
        /// Planned values of the voting operations.
        Planned,
        /// The same job elsewhere in the plant.
        Similar,
    }
}

form! {
    /// One past operation that voted.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct Evidence of engine::predict::Evidence {
        /// Item of the past routing.
        #[schema(value_type = code::ItemCode)]
        item: ItemCode,
        /// Its number.
        #[schema(value_type = code::RoutingId)]
        routing: RoutingId,
        /// The operation in it.
        #[schema(value_type = code::Seq)]
        seq: Seq,
        /// Share of the vote for this candidate, 0 to 1.
        weight: f64,
        /// Reports of it that the shop floor wrote: of setup or of run, whichever has more. 0 is a plan only.
        #[serde(default)]
        n_reports: u32,
    }
}

form! {
    /// A similar item and why it is similar.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct Neighbour of engine::predict::Neighbour {
        /// The similar item.
        #[schema(value_type = code::ItemCode)]
        item: ItemCode,
        /// Its name.
        name: Option<String>,
        /// Similarity, 0 to 1.
        score: f64,
        /// What the query shares with any item that has a routing: the mean of their scores. 0 in answers that were stored
        /// before it was told.
        #[serde(default)]
        expected: f64,
        /// Parts of the score by feature, largest first; they add up to `score`. One that has an `expected` above 0 is there
        /// although it adds nothing.
        contributions: Vec<Contribution>,
    }
}

form! {
    /// What one feature adds to a similarity.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct Contribution of engine::predict::Contribution {
        /// Attribute name, or `item_nm` and `item_cd` for name and code.
        feature: String,
        /// Its part of the score, never negative.
        value: f64,
        /// What it adds with any item that has a routing, on average. `value - expected` is what it says for this neighbour,
        /// or against it; these and `expected` of the neighbour add up to the score.
        #[serde(default)]
        expected: f64,
        /// The value of the item asked for.
        #[serde(default)]
        query_value: Option<String>,
        /// The value of the neighbour; `None` where it has none.
        #[serde(default)]
        neighbour_value: Option<String>,
        /// For a number that both have: how much larger that of the neighbour is, in the unit of the attribute.
        #[serde(default)]
        difference: Option<f64>,
    }
}

form! {
    /// How the item's own past routings enter its answer. They never vote for the similar-item candidates.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    enum OwnHistory of engine::predict::OwnHistory {
        /// As if the item were new: what an evaluation needs.
        Ignore,
        /// Its own routings lead, similar-item candidates fill up.
        #[default]
        First,
        /// Both lists, each with ranks of its own.
        Beside,
    }
}

impl Contribution {
    /// What this feature says for the neighbour, or against it: its part beyond what any two items share.
    pub fn beyond_expected(&self) -> f64 {
        self.value - self.expected
    }
}
