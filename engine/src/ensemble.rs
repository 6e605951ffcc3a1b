//! Predictors that fail differently, and the one that weighs them.
//!
//! Comes in: an item in cues, the neighbours' vote, what was learned. Goes out: distinct job sequences with
//! probabilities, and the probability that none of them is right.
//! Never does: fitting (that is `train`), work centres and times (that is `predict`), anything that depends on the
//! number of threads or on the order of a map.
//!
//! Each base predictor is registered once, in `registered`; the others need not know of it (ADR 0018).
//!
//! - [`Routes`] knows whole routes: a linear model and trees choose among those that the plant has.
//! - [`Steps`] knows what follows what, given the item: it composes routes that nobody has written yet.
//! - [`Jobs`] knows which jobs an item takes at all, in whatever order.
//! - the vote of `predict` copies from neighbours.
//! - [`Stacker`] learned on items held out how far each of them is to be trusted.

// Fitting (feature `train`) uses more of this than predicting does.
#![cfg_attr(not(feature = "train"), allow(unused_imports, dead_code))]

mod base_predictions;
mod base_predictor;
mod boost;
mod forest;
mod history;
mod jobs;
mod registered;
mod routes;
mod softmax;
mod stacker;
mod stacker_features;
mod steps;
mod vote;

pub use base_predictions::{BasePrediction, BasePredictions, Neighbourhood, base_predictions};
pub use boost::{Boost, Branch, LEAF_UNIT};
#[cfg(test)]
pub use forest::Row;
pub use forest::{Forest, Node, Tree, is_in_bag, item_key};
pub use history::{History, Look, Shape, Sheet};
pub use jobs::{Jobs, Taken};
pub use registered::{COLUMNS, N_COLUMNS};
pub use routes::Routes;
pub use softmax::{Softmax, normalise, normalised};
pub use stacker::{Contrast, Curve, Pool, Regime, Stacker, shares};
pub use stacker_features::{Features, N_FEATURES, features};
pub use steps::{Context, Steps};

use serde::{Deserialize, Serialize};

use crate::features::CueBook;

/// Everything that the base predictors have learned; the vote needs nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LearnedPredictors {
    pub cues: CueBook,
    pub routes: Routes,
    pub steps: Steps,
    pub jobs: Jobs,
    /// Of 256 items, how many each tree grew with.
    pub bag_share: u16,
}

/// Which models may be asked about an item: of one that the model was trained with only trees that grew without it, so that
/// the answer is as honest as for a new item (out-of-bag prediction).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfBag {
    /// `None` for an item that is new to the model.
    pub known_item: Option<u64>,
    pub bag_share: u16,
}

impl OutOfBag {
    /// Whether models that were fitted to every item of the training may be asked: linear models and boosted trees.
    pub fn allows_all(self) -> bool {
        self.known_item.is_none()
    }

    /// Whether the tree of this number may be asked.
    pub fn allows(self, tree: usize) -> bool {
        self.known_item.is_none_or(|key| !is_in_bag(key, tree, self.bag_share))
    }
}
