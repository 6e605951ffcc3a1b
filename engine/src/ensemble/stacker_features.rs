//! What the stacker's logit reads of a candidate, and of "none of them".

use super::registered::column;
use super::{BasePrediction, BasePredictions, N_COLUMNS, Pool};

/// One input of the logit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StackerFeature {
    /// A column of base predictions by itself, for what it says beyond the pool.
    Of(usize, Form),
    /// The linear pool of all columns.
    Pool(Form),
    /// The logarithm of the number of items that have the route.
    ItemCount,
    /// Whether none has it.
    IsUnseen,
    /// Similarity of the nearest item that has it.
    Nearness,
    /// Whether it is the vote's favourite.
    IsVoted,
    /// How much it resembles the favourites.
    Alike,
    /// The constant of "none".
    IsNone,
}

/// How a probability is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Its logarithm.
    Log,
    /// Itself: sure and nearly sure differ less in logarithms than in what they are worth.
    Share,
    /// Whether it is the highest.
    IsHighest,
    /// Of "none": the logarithm of what the highest one leaves.
    LeftToNone,
}

use Form::{IsHighest, LeftToNone, Log, Share};
use StackerFeature::{Alike, IsNone, IsUnseen, IsVoted, ItemCount, Nearness, Of, Pool as Pooled};

const STEPS: usize = column("steps");
const JOBS: usize = column("jobs");

/// The features in the order of the weights, which is part of the bundle format.
pub const FEATURES: [StackerFeature; 15] = [
    Of(STEPS, Log),
    Pooled(Log),
    ItemCount,
    IsUnseen,
    Nearness,
    IsVoted,
    Alike,
    Of(STEPS, Share),
    Pooled(Share),
    Of(STEPS, IsHighest),
    Pooled(IsHighest),
    IsNone,
    Of(STEPS, LeftToNone),
    Pooled(LeftToNone),
    Of(JOBS, Log),
];

/// How many there are.
pub const N_FEATURES: usize = FEATURES.len();

/// Values of the features of one candidate.
pub type Features = [f64; N_FEATURES];

/// Weights before anything was tried: the pool alone, damped by "none".
pub fn untried_weights() -> Features {
    FEATURES.map(|feature| match feature {
        Pooled(Log) => 1.0,
        IsNone => -1.2,
        _ => 0.0,
    })
}

/// Logarithms are cut here: beyond it, unlikely is unlikely.
const LEAST_LOG: f64 = -9.0;
/// The same for the pool.
const LEAST_POOLED: f64 = 0.003;
/// What the surest route leaves to "none" at least, above 1.
const LEFT_ABOVE: f64 = 1.02;

/// Pooled probability of a candidate: a linear opinion pool (Stone, 1961).
pub fn pooled(pool: &Pool, prediction: &BasePrediction) -> f64 {
    pool.iter().zip(&prediction.shares).map(|(weight, share)| weight * share).sum()
}

/// The highest probability of any candidate, by column and of the pool.
pub struct Highest {
    shares: [f64; N_COLUMNS],
    pooled: f64,
}

impl Highest {
    pub fn of(pool: &Pool, predictions: &BasePredictions) -> Self {
        let mut highest = Self { shares: [0.0; N_COLUMNS], pooled: 0.0 };
        for prediction in &predictions.all {
            highest.shares.iter_mut().zip(&prediction.shares).for_each(|(most, share)| *most = most.max(*share));
            highest.pooled = highest.pooled.max(pooled(pool, prediction));
        }
        highest
    }
}

/// Features of a candidate.
pub fn features_of(pool: &Pool, highest: &Highest, prediction: &BasePrediction) -> Features {
    let is = |condition: bool| f64::from(u8::from(condition));
    let together = pooled(pool, prediction);
    FEATURES.map(|feature| match feature {
        Of(column, Log) => libm::log(prediction.shares[column]).max(LEAST_LOG),
        Of(column, Share) => prediction.shares[column],
        Of(column, IsHighest) => is(prediction.shares[column] >= highest.shares[column]),
        Pooled(Log) => libm::log(together + LEAST_POOLED),
        Pooled(Share) => together,
        Pooled(IsHighest) => is(together >= highest.pooled),
        ItemCount => libm::log(f64::from(prediction.n_items) + 1.0),
        IsUnseen => is(prediction.n_items == 0),
        Nearness => prediction.nearness,
        IsVoted => is(prediction.is_voted),
        Alike => prediction.alike,
        IsNone | Of(_, LeftToNone) | Pooled(LeftToNone) => 0.0,
    })
}

/// Features of each candidate and, last, of none.
pub fn features(pool: &Pool, predictions: &BasePredictions) -> Vec<Features> {
    let highest = Highest::of(pool, predictions);
    let none = FEATURES.map(|feature| match feature {
        IsNone => 1.0,
        Of(column, LeftToNone) => libm::log(LEFT_ABOVE - highest.shares[column].min(1.0)),
        Pooled(LeftToNone) => libm::log(LEFT_ABOVE - highest.pooled.min(1.0)),
        _ => 0.0,
    });
    let of_each = predictions.all.iter().map(|prediction| features_of(pool, &highest, prediction));
    of_each.chain(std::iter::once(none)).collect()
}
