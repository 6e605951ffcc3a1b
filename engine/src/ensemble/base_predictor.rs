//! What a base predictor is: the trait, and what is declared of one where it is registered.

use crate::features::Cues;
use crate::predict::ScorePart;

use super::{LearnedPredictors, Neighbourhood, OutOfBag, Sheet};

/// One item as the base predictors are asked about it.
#[derive(Clone, Copy)]
pub struct Query<'a> {
    pub learned: &'a LearnedPredictors,
    pub cues: &'a Cues,
    /// The item's columns, as trees read them.
    pub sheet: &'a Sheet,
    pub neighbourhood: &'a Neighbourhood<'a>,
    /// Which models may be asked about this item.
    pub out_of_bag: OutOfBag,
}

/// A base predictor at work on one item. A group of models that share their work is one predictor with several columns.
///
/// Of an item that the model was trained with it uses only what does not know the item: trees that
/// [`OutOfBag`] allows, and other items. Where it has nothing else, its best honest column stands in.
pub trait BasePredictor {
    /// Job sequences that it would propose by itself, at most `n_best`; a predictor that only weighs proposes none.
    fn propose(&mut self, n_best: usize) -> Vec<Vec<u32>>;

    /// Probability of each candidate.
    ///
    /// # Shapes
    /// One row for each of its columns, with one probability, 0 to 1, for each candidate.
    fn rate(&mut self, candidates: &[Vec<u32>]) -> Vec<Vec<f64>>;
}

/// One column of base predictions: all that the stacker, the model card, an evaluation and an explanation know of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its stable name: in model cards, in evaluations and in the locale keys of the page of the model.
    pub code: &'static str,
    /// Where an explanation counts it.
    pub part: ScorePart,
    /// Its weight in the linear pool before anything was tried; all together add up to 1.
    pub untried_weight: f64,
    /// Whether its favourite is one of those that a candidate is compared with, to see how much the predictors agree.
    pub is_compared: bool,
}

/// A base predictor as it is registered.
#[derive(Clone, Copy)]
pub struct Registration {
    pub columns: &'static [Column],
    /// Puts it to work on one item.
    pub read: for<'a> fn(&Query<'a>) -> Box<dyn BasePredictor + 'a>,
}
