//! What is known about a model without opening it.

use serde::{Deserialize, Serialize};

use crate::domain::ModelId;

use super::accuracy::{FamilyMap, TrialGroups, TrialMethod};

/// Facts about a model, all measured while it was trained.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelCard {
    /// Seed of the training.
    pub seed: u64,
    /// Items in the model.
    pub n_items: usize,
    /// Items that have at least one routing.
    pub n_items_with_routing: usize,
    /// Routings in the model.
    pub n_routings: usize,
    /// Distinct job sequences.
    pub n_distinct_routes: usize,
    /// Reports of work that found their operation and carry a time.
    pub n_results: usize,
    /// Part families found.
    pub n_families: usize,
    /// `exact` or `hnsw`.
    pub index: String,
    /// Recall@10 of the local index against exact search, 0 to 1; `None` where none was built. Below the gate the
    /// index is `exact` all the same.
    pub index_recall_at_10: Option<f64>,
    /// Expected calibration error of the first candidate's confidence on trials that it was not fitted to; `None` with
    /// too few items.
    pub calibration_ece: Option<f64>,
    /// Share of held-out trials whose first candidate was right, half of them without their name family; `None` with
    /// too few items.
    pub trial_exact_at_1: Option<f64>,
    /// Share of these trials that would have been answered; `None` with too few items.
    #[serde(default)]
    pub trial_answered_share: Option<f64>,
    /// Sum of the four best probabilities below which an answer is withheld; above 1 where attributes do not determine
    /// routes in this plant.
    #[serde(default)]
    pub answer_above_prob: f64,
    /// Stated against true, in bins of equal mass; empty with too few items.
    #[serde(default)]
    pub reliability: Vec<ReliabilityBin>,
    /// How good answers are when only the surest are given; empty with too few items.
    #[serde(default)]
    pub coverage: Vec<CoveragePoint>,
    /// The whole, each predictor alone and the cheap baselines on the same trials; empty with too few items, and in an
    /// offline bundle.
    #[serde(default)]
    pub trial_methods: Vec<TrialMethod>,
    /// The same trials by group of items; `None` with too few items, and in an offline bundle.
    #[serde(default)]
    pub trial_groups: Option<TrialGroups>,
    /// The part families in the plane; `None` with fewer than two families that differ, and in an offline bundle.
    #[serde(default)]
    pub family_map: Option<FamilyMap>,
    /// For an offline bundle: the model it was cut from.
    pub parent: Option<ModelId>,
}

/// One bin of the reliability diagram, over trials that the model was not fitted to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReliabilityBin {
    /// Trials in it.
    pub n: usize,
    /// Mean stated probability of the first candidate, 0 to 1.
    pub stated_prob: f64,
    /// Share of first candidates that were right, 0 to 1.
    pub right_share: f64,
}

/// One point of the curve of coverage against accuracy, over trials that the model was not fitted to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoveragePoint {
    /// Answers whose first candidate has at least this probability are given, 0 to 1.
    pub threshold_prob: f64,
    /// Share of trials that are answered then, 0 to 1.
    pub answered_share: f64,
    /// Share of the answered ones whose first candidate is right, 0 to 1.
    pub exact_at_1: f64,
    /// Share of the answered ones with the right one among the first four, 0 to 1.
    pub exact_at_4: f64,
}
