//! From a plant to a model, in one readable function.

use crate::Model;
use crate::domain::Plant;

/// Settings of a training.
#[derive(Clone, Debug)]
pub struct TrainSettings {
    /// Every random choice follows from it.
    pub seed: u64,
}

/// A step of the training, for a progress display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrainStep {
    Features,
    Weights,
    Index,
    Families,
    Calibration,
}

/// Why a plant cannot be trained on.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TrainError {
    /// There is nothing to learn from.
    #[error("the plant has {n_items} items and {n_routings} routings: at least one item with one routing is needed")]
    Empty { n_items: usize, n_routings: usize },
}

/// Trains a model; `progress` hears each step with the share of the whole that is done, 0 to 1.
pub fn train(
    _plant: &Plant,
    _settings: &TrainSettings,
    _progress: &mut dyn FnMut(TrainStep, f64),
) -> Result<Model, TrainError> {
    todo!()
}
