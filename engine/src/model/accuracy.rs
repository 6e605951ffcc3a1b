//! Where a model fails, measured on held-out items while it was trained: methods, groups of items, part families.
//!
//! Codes and values of the plant's own data, and numbers; never prose.

use serde::{Deserialize, Serialize};

use crate::domain::{ItemCode, JobCode};

/// What a method is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MethodKind {
    /// The whole model, as a planner meets it.
    Model,
    /// One of its predictors by itself.
    Part,
    /// Something simple that a model has to beat.
    Baseline,
    /// The model with something taken away, to see what that is worth.
    Ablation,
}

/// How often one method is right on the trials. Shares are 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrialMethod {
    /// `model`, a predictor of it alone (`vote`, `steps` …), `commonest_route` or `nearest_item`.
    pub method: String,
    pub kind: MethodKind,
    /// Trials, the same ones for every method.
    pub n_trials: usize,
    /// The true job sequence is the first candidate, also where the model would have withheld it.
    pub exact_at_1: f64,
    /// The true job sequence is among the first four.
    pub exact_at_4: f64,
}

/// The trials by group of items, worst first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrialGroups {
    /// The attribute whose values make the groups, because it tells most about the route; `None` where no attribute
    /// has two values that are common enough: then the part families make them.
    pub column: Option<String>,
    /// Lowest `exact_at_1` first, at most 30.
    pub groups: Vec<TrialGroup>,
    /// Trials of items in no listed group: their group is too small to be judged, or it is better than 30 others.
    pub n_other_trials: usize,
}

/// The trials of one group. Shares are 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrialGroup {
    /// The attribute's value, or what distinguishes the part family; empty where the items have no value.
    pub label: Vec<String>,
    /// Trials; an item is tried up to twice, once without its name family.
    pub n_trials: usize,
    /// Distinct items tried, at least ten.
    pub n_items: usize,
    /// Share of trials whose first candidate is right, also where it would have been withheld.
    pub exact_at_1: f64,
    /// Share of trials that would have been answered.
    pub answered_share: f64,
    /// Mean stated probability of the first candidate.
    pub stated_prob: f64,
    /// What goes wrong most often, at most three.
    pub confusions: Vec<Confusion>,
}

/// One way to be wrong: the same true route, the same first candidate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Confusion {
    /// Jobs of the true route, in order.
    pub truth: Vec<JobCode>,
    /// Jobs of the first candidate, in order; empty where there was none.
    pub said: Vec<JobCode>,
    /// Trials that went wrong so.
    pub n_trials: usize,
    /// Items that did, at most three, in the order of their codes.
    pub items: Vec<ItemCode>,
}

/// Part families in the plane: what is near on the map is alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FamilyMap {
    /// Largest family first.
    pub spots: Vec<FamilySpot>,
    /// Share of the differences between families that two directions can show, 0 to 1.
    pub shown_share: f64,
}

/// One part family on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FamilySpot {
    /// Number of the family.
    pub family: u16,
    /// Category values and name words that distinguish it, at most two; empty where none does.
    pub label: Vec<String>,
    /// Place of its centre, −1 to 1, both axes on one scale.
    pub x: f64,
    pub y: f64,
    /// Items of the model in it.
    pub n_items: usize,
    /// Trials with items of it.
    pub n_trials: usize,
    /// Share of them whose first candidate is right, 0 to 1; `None` with fewer than ten trials.
    pub exact_at_1: Option<f64>,
}
