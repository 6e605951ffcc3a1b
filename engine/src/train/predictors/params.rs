//! How the base predictors are fitted: parameters that are checked once, before anything runs.
//!
//! # Source
//! The idea of linfa's `ParamGuard`: only checked parameters can be used for fitting.

use std::fmt::Display;
use std::ops::Deref;

/// A parameter that is out of bounds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} is {value}: it must be {expected}")]
pub struct ParamError {
    pub name: &'static str,
    pub value: String,
    pub expected: &'static str,
}

/// Parameters that have not been checked yet.
pub trait Params: Sized {
    /// Looks at every parameter.
    ///
    /// # Errors
    /// The first one that is out of bounds.
    fn is_within_bounds(&self) -> Result<(), ParamError>;

    /// The same parameters, ready for use.
    ///
    /// # Errors
    /// Those of [`Params::is_within_bounds`].
    fn check(self) -> Result<Checked<Self>, ParamError> {
        self.is_within_bounds()?;
        Ok(Checked(self))
    }
}

/// Parameters that were checked. Only [`Params::check`] makes them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checked<P>(P);

impl<P> Deref for Checked<P> {
    type Target = P;

    fn deref(&self) -> &P {
        &self.0
    }
}

fn demand(holds: bool, name: &'static str, value: impl Display, expected: &'static str) -> Result<(), ParamError> {
    if holds { Ok(()) } else { Err(ParamError { name, value: value.to_string(), expected }) }
}

fn at_least_one(name: &'static str, value: usize) -> Result<(), ParamError> {
    demand(value >= 1, name, value, "at least 1")
}

/// How extremely randomised trees are grown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForestParams {
    pub n_trees: usize,
    /// Of 256 items, how many each tree grows with.
    pub bag_share: u16,
    /// Examples in a leaf, at least.
    pub least_leaf: usize,
}

impl ForestParams {
    /// Items that each tree grows with, at most.
    const MAX_BAG: usize = 6_000;
    /// Items per tree: the more items, the fewer trees are needed and can be afforded.
    const TREE_ITEMS: usize = 100_000;

    /// For a plant with `n_items` routed items.
    pub fn for_items(n_items: usize) -> Self {
        Self {
            n_trees: (Self::TREE_ITEMS / n_items.max(1)).clamp(12, 40),
            bag_share: (Self::MAX_BAG * 256 / n_items.max(1)).clamp(1, 205) as u16,
            least_leaf: if n_items < 100 { 1 } else { 2 },
        }
    }
}

impl Params for ForestParams {
    fn is_within_bounds(&self) -> Result<(), ParamError> {
        at_least_one("n_trees", self.n_trees)?;
        at_least_one("least_leaf", self.least_leaf)?;
        // With all items in every bag, no tree could be asked about an item that the model was trained with.
        demand((1..=255).contains(&self.bag_share), "bag_share", self.bag_share, "1 to 255 of 256 items")
    }
}

/// How boosted trees are grown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoostParams {
    /// Rounds; each grows one tree per class.
    pub n_rounds: usize,
    /// Part of a leaf's best score that it adds.
    pub rate: f32,
    /// Leaves of a tree: few, so that the main effects are learned before their interplay.
    pub max_leaves: usize,
    /// Share of the examples that each round looks at.
    pub example_share: f64,
}

impl Default for BoostParams {
    fn default() -> Self {
        Self { n_rounds: 24, rate: 0.18, max_leaves: 10, example_share: 0.8 }
    }
}

impl Params for BoostParams {
    fn is_within_bounds(&self) -> Result<(), ParamError> {
        at_least_one("n_rounds", self.n_rounds)?;
        demand(self.rate > 0.0 && self.rate <= 1.0, "rate", self.rate, "above 0 and at most 1")?;
        demand(self.max_leaves >= 2, "max_leaves", self.max_leaves, "at least 2")?;
        let is_share = self.example_share > 0.0 && self.example_share <= 1.0;
        demand(is_share, "example_share", self.example_share, "above 0 and at most 1")
    }
}

/// How the models of whole routes are fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteParams {
    /// Items that they are fitted to.
    pub max_items: usize,
    /// Products of examples and classes that the linear model may cost.
    pub max_work: usize,
    /// Routes that they choose among: as many as `max_work` allows within these.
    pub least_classes: usize,
    pub most_classes: usize,
    /// Weights kept of the linear model.
    pub max_entries: usize,
}

impl Default for RouteParams {
    fn default() -> Self {
        Self { max_items: 5_000, max_work: 1_000_000, least_classes: 200, most_classes: 512, max_entries: 200_000 }
    }
}

impl Params for RouteParams {
    fn is_within_bounds(&self) -> Result<(), ParamError> {
        at_least_one("max_items", self.max_items)?;
        at_least_one("least_classes", self.least_classes)?;
        let is_range = self.most_classes >= self.least_classes && self.most_classes <= usize::from(u16::MAX);
        demand(is_range, "most_classes", self.most_classes, "at least least_classes and at most 65535")
    }
}

/// How the models of steps are fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepParams {
    /// Steps that the models of one context are fitted to.
    pub max_examples: usize,
    /// Weights kept of each linear model: so many for each of its examples, within these.
    pub entries_per_example: usize,
    pub least_entries: usize,
    pub most_entries: usize,
}

impl Default for StepParams {
    fn default() -> Self {
        Self { max_examples: 6_000, entries_per_example: 4, least_entries: 8_000, most_entries: 12_000 }
    }
}

impl Params for StepParams {
    fn is_within_bounds(&self) -> Result<(), ParamError> {
        at_least_one("max_examples", self.max_examples)?;
        let is_range = self.most_entries >= self.least_entries;
        demand(is_range, "most_entries", self.most_entries, "at least least_entries")
    }
}

/// How the models of single jobs are fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobParams {
    /// Items that they are fitted to.
    pub max_items: usize,
    /// A job that fewer items take, or do without, is not learned.
    pub least_takers: usize,
}

impl Default for JobParams {
    fn default() -> Self {
        Self { max_items: 4_000, least_takers: 3 }
    }
}

impl Params for JobParams {
    fn is_within_bounds(&self) -> Result<(), ParamError> {
        at_least_one("max_items", self.max_items)?;
        at_least_one("least_takers", self.least_takers)
    }
}

/// The parameters of all base predictors, each of them checked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PredictorParams {
    pub forest: Checked<ForestParams>,
    pub boost: Checked<BoostParams>,
    pub routes: Checked<RouteParams>,
    pub steps: Checked<StepParams>,
    pub jobs: Checked<JobParams>,
}

impl PredictorParams {
    /// For a plant with `n_items` routed items.
    ///
    /// # Errors
    /// The first parameter that is out of bounds.
    pub fn for_items(n_items: usize) -> Result<Self, ParamError> {
        Ok(Self {
            forest: ForestParams::for_items(n_items).check()?,
            boost: BoostParams::default().check()?,
            routes: RouteParams::default().check()?,
            steps: StepParams::default().check()?,
            jobs: JobParams::default().check()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plant_of_any_size_has_parameters_within_bounds() {
        for n_items in (0..2_000).chain([5_999, 6_000, 7_500, 1_000_000, usize::MAX / 256]) {
            assert!(PredictorParams::for_items(n_items).is_ok(), "{n_items}");
        }
    }

    #[test]
    fn what_is_out_of_bounds_is_named_with_its_value_and_what_would_do() {
        let all_in_bag = ForestParams { bag_share: 256, ..ForestParams::for_items(50) };
        let error = all_in_bag.check().expect_err("no tree would be out of bag");
        assert_eq!(error.to_string(), "bag_share is 256: it must be 1 to 255 of 256 items");
        for (name, refused) in [
            ("n_trees", ForestParams { n_trees: 0, ..ForestParams::for_items(50) }.check().err()),
            ("least_leaf", ForestParams { least_leaf: 0, ..ForestParams::for_items(50) }.check().err()),
            ("n_rounds", BoostParams { n_rounds: 0, ..BoostParams::default() }.check().err()),
            ("rate", BoostParams { rate: f32::NAN, ..BoostParams::default() }.check().err()),
            ("max_leaves", BoostParams { max_leaves: 1, ..BoostParams::default() }.check().err()),
            ("example_share", BoostParams { example_share: 1.1, ..BoostParams::default() }.check().err()),
            ("max_items", RouteParams { max_items: 0, ..RouteParams::default() }.check().err()),
            ("most_classes", RouteParams { most_classes: 100, ..RouteParams::default() }.check().err()),
            ("max_examples", StepParams { max_examples: 0, ..StepParams::default() }.check().err()),
            ("most_entries", StepParams { most_entries: 7_999, ..StepParams::default() }.check().err()),
            ("least_takers", JobParams { least_takers: 0, ..JobParams::default() }.check().err()),
        ] {
            assert_eq!(refused.map(|error| error.name), Some(name));
        }
    }
}
