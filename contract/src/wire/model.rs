//! What is known about a model: its features, its card, where it fails. Codes and values of the plant's own data, and
//! numbers; never prose.

use engine::domain::{ItemCode, JobCode, ModelId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

form! {
    /// How an attribute is compared.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    enum FeatureKind of engine::features::FeatureKind {
        /// A quantity, compared on a log scale.
        Number,
        /// One of few values, compared by rarity-weighted agreement.
        Category,
        /// A structured identifier such as a drawing number, compared by character n-grams.
        Code,
        /// Words, compared by character n-grams.
        Text,
        /// Yes or no.
        Flag,
        /// A day; shown, not compared.
        Date,
    }
}

form! {
    /// One feature.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Feature of engine::features::Feature {
        /// Attribute name; `item_nm` and `item_cd` stand for name and code.
        name: String,
        /// How it is compared.
        kind: FeatureKind,
        /// Unit, where the plant's data says one: `mm`, `kg` …
        unit: Option<String>,
        /// Influence on the similarity, 0 to 4; 0 is not compared.
        weight: f64,
        /// Share of items that have a value, 0 to 1.
        filled_share: f64,
        /// The commonest values of a category or flag, most frequent first, at most 50: what a form offers.
        common_values: Vec<String>,
    }
}

form! {
    /// All features of one model, in a fixed order.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Schema of engine::features::Schema {
        /// Raised when the meaning of a feature changes.
        version: u32,
        /// In the order in which they are compared and shown.
        features: Vec<Feature>,
        /// Names of the features that together name a standard routing: a form offers them whatever their weight, in this
        /// order. Empty in a plant without codes of standard routings.
        #[serde(default)]
        standard: Vec<String>,
    }
}

form! {
    /// Facts about a model, all measured while it was trained.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    struct ModelCard of engine::model::ModelCard {
        /// Seed of the training.
        seed: u64,
        /// Items in the model.
        n_items: usize,
        /// Items that have at least one routing.
        n_items_with_routing: usize,
        /// Routings in the model.
        n_routings: usize,
        /// Distinct job sequences.
        n_distinct_routes: usize,
        /// Reports of work that found their operation and carry a time.
        n_results: usize,
        /// Part families found.
        n_families: usize,
        /// `exact` or `hnsw`.
        index: String,
        /// Recall@10 of the local index against exact search, 0 to 1; `None` where none was built. Below the gate the
        /// index is `exact` all the same.
        index_recall_at_10: Option<f64>,
        /// Expected calibration error of the first candidate's confidence on trials that it was not fitted to; `None` with
        /// too few items.
        calibration_ece: Option<f64>,
        /// Share of held-out trials whose first candidate was right, half of them without their name family; `None` with
        /// too few items.
        trial_exact_at_1: Option<f64>,
        /// Share of these trials that would have been answered; `None` with too few items.
        #[serde(default)]
        trial_answered_share: Option<f64>,
        /// Sum of the four best probabilities below which an answer is withheld; above 1 where attributes do not determine
        /// routes in this plant.
        #[serde(default)]
        answer_above_prob: f64,
        /// Stated against true, in bins of equal mass; empty with too few items.
        #[serde(default)]
        reliability: Vec<ReliabilityBin>,
        /// How good answers are when only the surest are given; empty with too few items.
        #[serde(default)]
        coverage: Vec<CoveragePoint>,
        /// The whole, each predictor alone and the cheap baselines on the same trials; empty with too few items, and in an
        /// offline bundle.
        #[serde(default)]
        trial_methods: Vec<TrialMethod>,
        /// The same trials by group of items; `None` with too few items, and in an offline bundle.
        #[serde(default)]
        trial_groups: Option<TrialGroups>,
        /// The part families in the plane; `None` with fewer than two families that differ, and in an offline bundle.
        #[serde(default)]
        family_map: Option<FamilyMap>,
        /// For an offline bundle: the model it was cut from.
        parent: Option<ModelId>,
    }
}

form! {
    /// One bin of the reliability diagram, over trials that the model was not fitted to.
    #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
    struct ReliabilityBin of engine::model::ReliabilityBin {
        /// Trials in it.
        n: usize,
        /// Mean stated probability of the first candidate, 0 to 1.
        stated_prob: f64,
        /// Share of first candidates that were right, 0 to 1.
        right_share: f64,
    }
}

form! {
    /// One point of the curve of coverage against accuracy, over trials that the model was not fitted to.
    #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
    struct CoveragePoint of engine::model::CoveragePoint {
        /// Answers whose first candidate has at least this probability are given, 0 to 1.
        threshold_prob: f64,
        /// Share of trials that are answered then, 0 to 1.
        answered_share: f64,
        /// Share of the answered ones whose first candidate is right, 0 to 1.
        exact_at_1: f64,
        /// Share of the answered ones with the right one among the first four, 0 to 1.
        exact_at_4: f64,
    }
}

form! {
    /// What a method is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum MethodKind of engine::model::MethodKind {
        /// The whole model, as a planner meets it.
        Model,
        /// One of its predictors by itself.
        Part,
        /// Something simple that a model has to beat.
        Baseline,
        /// The model with something taken away, to see what that is worth.
        Ablation,
    }
}

form! {
    /// How often one method is right on the trials. Shares are 0 to 1.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct TrialMethod of engine::model::TrialMethod {
        /// `model`, a predictor of it alone (`vote`, `steps` …), `commonest_route` or `nearest_item`.
        method: String,
        kind: MethodKind,
        /// Trials, the same ones for every method.
        n_trials: usize,
        /// The true job sequence is the first candidate, also where the model would have withheld it.
        exact_at_1: f64,
        /// The true job sequence is among the first four.
        exact_at_4: f64,
    }
}

form! {
    /// The trials by group of items, worst first.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct TrialGroups of engine::model::TrialGroups {
        /// The attribute whose values make the groups, because it tells most about the route; `None` where no attribute
        /// has two values that are common enough: then the part families make them.
        column: Option<String>,
        /// Lowest `exact_at_1` first, at most 30.
        groups: Vec<TrialGroup>,
        /// Trials of items in no listed group: their group is too small to be judged, or it is better than 30 others.
        n_other_trials: usize,
    }
}

form! {
    /// The trials of one group. Shares are 0 to 1.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct TrialGroup of engine::model::TrialGroup {
        /// The attribute's value, or what distinguishes the part family; empty where the items have no value.
        label: Vec<String>,
        /// Trials; an item is tried up to twice, once without its name family.
        n_trials: usize,
        /// Distinct items tried, at least ten.
        n_items: usize,
        /// Share of trials whose first candidate is right, also where it would have been withheld.
        exact_at_1: f64,
        /// Share of trials that would have been answered.
        answered_share: f64,
        /// Mean stated probability of the first candidate.
        stated_prob: f64,
        /// What goes wrong most often, at most three.
        confusions: Vec<Confusion>,
    }
}

form! {
    /// One way to be wrong: the same true route, the same first candidate.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Confusion of engine::model::Confusion {
        /// Jobs of the true route, in order.
        truth: Vec<JobCode>,
        /// Jobs of the first candidate, in order; empty where there was none.
        said: Vec<JobCode>,
        /// Trials that went wrong so.
        n_trials: usize,
        /// Items that did, at most three, in the order of their codes.
        items: Vec<ItemCode>,
    }
}

form! {
    /// Part families in the plane: what is near on the map is alike.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct FamilyMap of engine::model::FamilyMap {
        /// Largest family first.
        spots: Vec<FamilySpot>,
        /// Share of the differences between families that two directions can show, 0 to 1.
        shown_share: f64,
    }
}

form! {
    /// One part family on the map.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct FamilySpot of engine::model::FamilySpot {
        /// Number of the family.
        family: u16,
        /// Category values and name words that distinguish it, at most two; empty where none does.
        label: Vec<String>,
        /// Place of its centre, −1 to 1, both axes on one scale.
        x: f64,
        y: f64,
        /// Items of the model in it.
        n_items: usize,
        /// Trials with items of it.
        n_trials: usize,
        /// Share of them whose first candidate is right, 0 to 1; `None` with fewer than ten trials.
        exact_at_1: Option<f64>,
    }
}
