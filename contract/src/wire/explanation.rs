//! Why the first candidate and not another one, in codes and numbers.

use engine::domain::{ItemCode, JobCode, ModelId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::code;

form! {
    /// The first candidate of an answer against each further one.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct Explanation of engine::predict::Explanation {
        /// The item asked for.
        #[schema(value_type = code::ItemCode)]
        item: ItemCode,
        /// The model that answered.
        #[schema(value_type = code::ModelId)]
        model: ModelId,
        /// One for each further candidate from similar items, in their order; empty where there is nothing to compare.
        contests: Vec<Contest>,
    }
}

form! {
    /// Two candidates side by side.
    ///
    /// # Units
    /// Scores are natural logarithms of odds: positive speaks for the first candidate, 0.7 makes it twice as likely.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct Contest of engine::predict::Contest {
        first: Contestant,
        other: Contestant,
        /// How much likelier the first is, before confidence is calibrated and capped: the parts of `parts` add up to it.
        log_odds: f64,
        /// What each part of the predictors says, in a fixed order.
        parts: Vec<PartScore>,
        /// What each attribute of the item adds, largest first; with `others` and `ground` they add up to `log_odds`, and
        /// so they do part by part.
        attributes: Vec<AttributeScore>,
        /// What the attributes add that are not listed by name.
        others: Vec<PartScore>,
        /// What is said of an item of which nothing is known.
        ground: Vec<PartScore>,
        /// The steps of both, in order.
        steps: Vec<ComparedStep>,
    }
}

form! {
    /// One of two candidates.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct Contestant of engine::predict::Contestant {
        /// Its jobs in order: they tell which candidate of the answer it is.
        #[schema(value_type = Vec<code::JobCode>)]
        jobs: Vec<JobCode>,
        /// As in the answer.
        confidence_prob: f64,
        /// Share of the vote of similar items for exactly these jobs, 0 to 1.
        vote_share: f64,
        /// The similar items that voted for exactly these jobs, heaviest first, at most five.
        #[schema(value_type = Vec<code::ItemCode>)]
        voters: Vec<ItemCode>,
    }
}

form! {
    /// A part of the predictors.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    enum ScorePart of engine::predict::ScorePart {
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
}

form! {
    /// What one part adds.
    #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct PartScore of engine::predict::PartScore {
        part: ScorePart,
        score: f64,
    }
}

form! {
    /// What one attribute adds.
    ///
    /// # Source
    /// The mean of two orders of insertion, the most telling attribute first and last: a Shapley value (Shapley, 1953)
    /// over two orders only, which adds up exactly.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct AttributeScore of engine::predict::AttributeScore {
        /// Attribute name, or `item_nm` and `item_cd` for name and code.
        attribute: String,
        /// Its value in the item.
        value: String,
        /// Sum of its parts.
        score: f64,
        parts: Vec<PartScore>,
    }
}

form! {
    /// A step of either candidate.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
    struct ComparedStep of engine::predict::ComparedStep {
        #[schema(value_type = code::JobCode)]
        job: JobCode,
        /// Its name in the plant's words.
        job_name: Option<String>,
        place: StepPlace,
    }
}

form! {
    /// Where a step stands.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    enum StepPlace of engine::predict::StepPlace {
        Both,
        OnlyFirst,
        OnlyOther,
        /// In both, but elsewhere in the other; this is its place in the first.
        MovedFirst,
        /// The same step's place in the other.
        MovedOther,
    }
}
