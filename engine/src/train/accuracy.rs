//! Where the model fails: what its own inner folds have shown of it, by method, by group of items and by part family.
//!
//! Comes in: held-out cases with the answers of a stacker that was not fitted to them. Goes out: the parts of the model
//! card that a planner reads before trusting the model.
//! Never does: fitting, or a number that stands on fewer trials than it says.

mod confusions;
mod family_map;
mod groups;
mod labels;
mod methods;
mod projection;
pub mod telling;
mod yardsticks;

use crate::domain::{Item, ItemCode, JobCode};
use crate::encode::Point;
use crate::features::Schema;
use crate::model::ModelCard;
use crate::snapshot::book::Book;

use super::fit_stacker::OutOfFold;
use super::folds::Case;

pub use yardsticks::{Baselines, Ranks};

/// Fewer trials than this are not worth a number about the whole model.
const LEAST_TRIALS: usize = 20;
/// Fewer items, or trials of a part family, than this are not worth a number of their own.
const LEAST_OF_GROUP: usize = 10;

/// What the trials were made with.
pub struct TrialContext<'a> {
    pub schema: &'a Schema,
    pub book: &'a Book,
    /// All items of the model, ascending by code.
    pub items: &'a [Item],
    /// Position among the items of each voter.
    pub voters: &'a [u32],
    /// Part family of each item.
    pub families: &'a [u16],
    /// Embedding of each item.
    pub points: &'a [Point],
    /// Jobs of each voter's main routing.
    pub truths: &'a [Vec<u32>],
    /// Sum of the four best probabilities below which an answer is withheld.
    pub answer_above: f64,
}

/// One held-out question with what the whole model answered.
#[derive(Clone, Copy)]
struct Trial<'a> {
    case: &'a Case,
    answer: &'a OutOfFold,
}

impl Trial<'_> {
    /// Jobs of the first candidate; none where there is no candidate.
    fn said(&self) -> &[u32] {
        self.answer.first.map_or(&[], |at| &self.case.predictions.all[at].jobs)
    }
}

impl TrialContext<'_> {
    fn item(&self, trial: &Trial) -> &Item {
        &self.items[self.voters[trial.case.voter] as usize]
    }

    fn family(&self, trial: &Trial) -> u16 {
        self.families[self.voters[trial.case.voter] as usize]
    }

    fn is_answered(&self, trial: &Trial) -> bool {
        trial.answer.four_prob >= self.answer_above
    }

    fn job_codes(&self, jobs: &[u32]) -> Vec<JobCode> {
        jobs.iter().map(|job| self.book.jobs[*job as usize].code.clone()).collect()
    }

    fn item_code(&self, trial: &Trial) -> ItemCode {
        self.item(trial).code.clone()
    }
}

/// Writes down how the trials went. `answers` are the out-of-fold answers to the fully described `cases`, in their order.
pub fn describe(card: &mut ModelCard, cases: &[Case], answers: &[OutOfFold], context: &TrialContext) {
    let full = cases.iter().filter(|case| !case.is_hidden);
    let trials: Vec<Trial> = full.zip(answers).map(|(case, answer)| Trial { case, answer }).collect();
    if trials.len() >= LEAST_TRIALS {
        card.trial_methods = methods::methods(&trials);
        card.trial_groups = Some(groups::groups(&trials, context));
    }
    card.family_map = family_map::family_map(&trials, context);
}

/// Share of the trials for which something holds, 0 to 1; there is at least one trial.
fn share<'a>(trials: &[Trial<'a>], holds: impl Fn(&Trial<'a>) -> bool) -> f64 {
    trials.iter().filter(|trial| holds(trial)).count() as f64 / trials.len().max(1) as f64
}

#[cfg(test)]
mod tests;
