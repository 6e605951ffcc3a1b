//! Why the first candidate and not another one, in codes and numbers.

use serde::{Deserialize, Serialize};

use crate::domain::{ItemCode, JobCode, ModelId};

/// The first candidate of an answer against each further one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The item asked for.
    pub item: ItemCode,
    /// The model that answered.
    pub model: ModelId,
    /// One for each further candidate from similar items, in their order; empty where there is nothing to compare.
    pub contests: Vec<Contest>,
}

/// Two candidates side by side.
///
/// # Units
/// Scores are natural logarithms of odds: positive speaks for the first candidate, 0.7 makes it twice as likely.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contest {
    pub first: Contestant,
    pub other: Contestant,
    /// How much likelier the first is, before confidence is calibrated and capped: the parts of `parts` add up to it.
    pub log_odds: f64,
    /// What each part of the predictors says, in a fixed order.
    pub parts: Vec<PartScore>,
    /// What each attribute of the item adds, largest first; with `others` and `ground` they add up to `log_odds`, and
    /// so they do part by part.
    pub attributes: Vec<AttributeScore>,
    /// What the attributes add that are not listed by name.
    pub others: Vec<PartScore>,
    /// What is said of an item of which nothing is known.
    pub ground: Vec<PartScore>,
    /// The steps of both, in order.
    pub steps: Vec<ComparedStep>,
}

/// One of two candidates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contestant {
    /// Its jobs in order: they tell which candidate of the answer it is.
    pub jobs: Vec<JobCode>,
    /// As in the answer.
    pub confidence_prob: f64,
    /// Share of the vote of similar items for exactly these jobs, 0 to 1.
    pub vote_share: f64,
    /// The similar items that voted for exactly these jobs, heaviest first, at most five.
    pub voters: Vec<ItemCode>,
}

/// A part of the predictors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScorePart {
    /// Similar items and their routings.
    Vote,
    /// The models of whole routes.
    Routes,
    /// The models of single steps.
    Steps,
    /// The models of which jobs an item takes at all.
    Jobs,
    /// How often the plant has this very route.
    Frequency,
    /// How far the predictors agree.
    Agreement,
}

impl ScorePart {
    /// In the order in which they are shown.
    pub const ALL: [Self; 6] = [Self::Vote, Self::Routes, Self::Steps, Self::Jobs, Self::Frequency, Self::Agreement];
}

/// What one part adds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartScore {
    pub part: ScorePart,
    pub score: f64,
}

/// What one attribute adds.
///
/// # Source
/// The mean of two orders of insertion, the most telling attribute first and last: a Shapley value (Shapley, 1953)
/// over two orders only, which adds up exactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributeScore {
    /// Attribute name, or `item_nm` and `item_cd` for name and code.
    pub attribute: String,
    /// Its value in the item.
    pub value: String,
    /// Sum of its parts.
    pub score: f64,
    pub parts: Vec<PartScore>,
}

/// A step of either candidate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparedStep {
    pub job: JobCode,
    /// Its name in the plant's words.
    pub job_name: Option<String>,
    pub place: StepPlace,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepPlace {
    Both,
    OnlyFirst,
    OnlyOther,
    /// In both, but elsewhere in the other; this is its place in the first.
    MovedFirst,
    /// The same step's place in the other.
    MovedOther,
}
