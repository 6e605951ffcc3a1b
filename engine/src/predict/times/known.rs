//! What a model knows of the times of each past step, beside the book.

use serde::{Deserialize, Serialize};

use crate::snapshot::book::Book;

/// Reports and plan of one kind of time of one step, taken together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// Reports with a positive time.
    pub n: u32,
    /// Reports of zero minutes: a forgotten clock, or a job that really takes none.
    pub n_zero: u32,
    /// Where the step lies; `None` when no positive time is known of it, neither reported nor planned.
    pub level: Option<Level>,
}

/// A step's time relative to what the time model expects of its item, job and work centre.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Natural logarithm of (time of the step / expected time).
    pub deviation: f32,
    /// Share of the deviation that is the step's own and not chance, 0 to 1: near 1 with many reports.
    pub trust: f32,
}

/// What is known of setup and run of one step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KnownStep {
    pub setup: Known,
    pub run: Known,
}

impl KnownStep {
    /// Neither a report nor a plan.
    #[cfg(feature = "train")]
    pub const NOTHING: Self = {
        let nothing = Known { n: 0, n_zero: 0, level: None };
        Self { setup: nothing, run: nothing }
    };

    /// Reports of setup or of run, whichever has more, those of zero minutes included.
    pub fn n_reports(&self) -> u32 {
        let n = |known: &Known| known.n + known.n_zero;
        n(&self.setup).max(n(&self.run))
    }
}

/// The same of all steps of a book.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KnownSteps {
    /// First step of each routing.
    starts: Vec<u32>,
    steps: Vec<KnownStep>,
}

impl KnownSteps {
    /// Asks `of` about each step, by its routing and its place there.
    pub fn of(book: &Book, mut of: impl FnMut(usize, usize) -> KnownStep) -> Self {
        let mut known = Self::default();
        for (routing_idx, routing) in book.routings.iter().enumerate() {
            known.starts.push(known.steps.len() as u32);
            known.steps.extend((0..routing.steps.len()).map(|step_idx| of(routing_idx, step_idx)));
        }
        known
    }

    /// Of a step, by its routing and its place there.
    pub fn at(&self, routing_idx: usize, step_idx: usize) -> &KnownStep {
        &self.steps[self.starts[routing_idx] as usize + step_idx]
    }

    /// Of all steps.
    pub fn iter(&self) -> impl Iterator<Item = &KnownStep> {
        self.steps.iter()
    }
}
