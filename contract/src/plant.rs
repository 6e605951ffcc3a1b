//! What the plant's data and the active model are.

use async_trait::async_trait;
use engine::domain::ModelId;
use serde::{Deserialize, Serialize};

use crate::error::ApiError;
use crate::wire::{MethodKind, ModelCard};

/// Measured facts for the home page and for monitoring; nothing here is estimated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlantStatus {
    pub n_items: usize,
    pub n_items_with_routing: usize,
    /// Whole ones.
    pub n_routings: usize,
    /// Routings that are held back.
    #[serde(default)]
    pub n_held: usize,
    pub n_results: usize,
    /// The active model; `None` before the first training.
    pub model: Option<ModelLine>,
    /// Version of the product.
    pub version: String,
}

/// The model that answers, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelLine {
    pub id: ModelId,
    /// RFC 3339, UTC.
    pub trained_at: String,
}

/// The model that answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActiveModel {
    pub id: ModelId,
    /// RFC 3339, UTC.
    pub trained_at: String,
    pub size_bytes: usize,
    pub card: ModelCard,
    /// The latest evaluation that was kept of each way of holding items out, in the order of [`HeldOut`].
    pub measured: Vec<Measured>,
}

/// Which items an evaluation holds out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldOut {
    /// Items at random.
    Random,
    /// The items whose routing is newest.
    Time,
    /// Whole name families.
    Family,
}

/// What an evaluation has shown: a model like this one was trained without some items and then asked about them. Shares are
/// 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    pub held_out: HeldOut,
    /// RFC 3339, UTC.
    pub measured_at: String,
    /// Items that were trained on, mean of all repeats.
    pub n_train: usize,
    /// Answers judged: the n of every share.
    pub n_test: usize,
    pub answered_share: f64,
    /// Expected calibration error of the first candidate; `None` with too few answers.
    pub ece: Option<f64>,
    /// What it would be about if every stated probability were exactly true.
    pub ece_by_chance: Option<f64>,
    /// The model first, then the baselines and what else is no part of it.
    pub methods: Vec<MeasuredMethod>,
    /// Against the best baseline.
    pub over_baseline: Option<Lead>,
    /// All predictors together against the best of them.
    pub over_part: Option<Lead>,
}

/// One method in an evaluation. Shares are 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasuredMethod {
    pub method: String,
    pub kind: MethodKind,
    pub exact_at_1: f64,
    /// 95 % interval of it.
    pub low: f64,
    pub high: f64,
    pub exact_at_4: f64,
}

/// How much more often the first candidate is right than that of another method on the same items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    pub over: String,
    /// Difference of the shares of right answers, −1 to 1.
    pub difference: f64,
    /// 95 % interval of it.
    pub low: f64,
    pub high: f64,
}

/// What the server knows of the plant.
#[async_trait]
pub trait PlantApi {
    async fn plant_status(&self) -> Result<PlantStatus, ApiError>;
    /// The model that answers with its card; `None` before the first training.
    async fn active_model(&self) -> Result<Option<ActiveModel>, ApiError>;
}
