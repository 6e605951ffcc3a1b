//! Doing what a job says.

use std::sync::Arc;

use contract::jobs::{JobOutcome, JobState};
use engine::evaluate::{EvaluateError, Evaluation, Split};
use engine::snapshot::Snapshot;
use engine::train::{TrainError, TrainSettings, TrainStep};
use serde::{Deserialize, Serialize};

use super::import::{AtHand, ImportEnd, import_staged};
use super::place::{JobError, Place};
use crate::db::models::ModelRow;
use crate::error::Failure;
use crate::services::acting::Acting;
use crate::services::bundle::{KeptBundle, keep_bundle};
use crate::services::import::import;
use crate::services::jobs::{EvaluateTask, Task};
use crate::services::training::{TrainingError, evaluate_plant, keep_evaluations, train_model};

/// What a job has made.
#[derive(Debug)]
pub enum Done {
    Model(Box<ModelRow>),
    Evaluations(Measured),
    Bundle(KeptBundle),
    Import(Box<ImportEnd>),
    Snapshot(Arc<Snapshot>),
}

/// What measuring has shown.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Measured {
    pub all: Vec<Evaluation>,
    /// Splits of several that the plant's data do not allow, and why.
    pub left_out: Vec<(Split, String)>,
}

impl Done {
    /// For the queue.
    pub(super) fn outcome(&self) -> (JobState, JobOutcome) {
        let made = |made: String| JobOutcome { code: "done".into(), made: Some(made), ..JobOutcome::default() };
        let outcome = match self {
            Self::Model(row) => made(row.id.short().to_owned()),
            Self::Evaluations(measured) => {
                let splits: Vec<&str> = measured.all.iter().map(|evaluation| evaluation.split.code()).collect();
                made(splits.join(" "))
            }
            Self::Bundle(kept) => made(kept.n_bytes.div_ceil(1_000).to_string()),
            Self::Import(end) => return end.outcome(),
            Self::Snapshot(snapshot) => made(snapshot.len().to_string()),
        };
        (JobState::Done, outcome)
    }

    /// What whoever asked for it gets besides, as JSON; `None` where the database has it.
    pub(super) fn report(&self) -> Result<Option<Vec<u8>>, Failure> {
        let report = match self {
            Self::Model(_) | Self::Bundle(_) | Self::Snapshot(_) => return Ok(None),
            Self::Evaluations(measured) => serde_json::to_vec(measured),
            Self::Import(end) => serde_json::to_vec(end),
        };
        report.map(Some).map_err(|error| Failure::Other(error.to_string()))
    }
}

/// Does it. What the ticket's holder wants is heard at every step.
pub(super) async fn perform(
    acting: &Acting,
    task: &Task,
    place: &Place<'_>,
    at_hand: Option<AtHand>,
) -> Result<Done, JobError> {
    match task {
        Task::Train { seed, with_encoder } => {
            let settings = TrainSettings { seed: *seed };
            let ticket = place.ticket.clone();
            let hear = move |step, share| ticket.at(phase(step), share);
            let encoder = with_encoder.then_some(place.encoder);
            Ok(Done::Model(Box::new(train_model(acting, encoder, settings, place.share, hear).await?)))
        }
        Task::Evaluate(task) => Ok(Done::Evaluations(evaluate(acting, task, place).await?)),
        Task::Bundle { limit } => {
            // Cutting takes seconds and is one piece of work.
            if place.ticket.at("bundle", 0.0).is_break() {
                return Err(JobError::Stopped);
            }
            Ok(Done::Bundle(keep_bundle(acting, *limit, place.share).await?))
        }
        Task::Import(task) => {
            let end = match at_hand {
                Some(at_hand) => {
                    let heard = at_hand.heard_by(place.ticket);
                    ImportEnd::of(import(acting, at_hand.sources, &task.options(), heard).await)?
                }
                None => import_staged(acting, task, place).await?,
            };
            Ok(Done::Import(Box::new(end)))
        }
        Task::Snapshot => {
            // One piece of work, as cutting is.
            if place.ticket.at("snapshot", 0.0).is_break() {
                return Err(JobError::Stopped);
            }
            Ok(Done::Snapshot(acting.services().make_snapshot(place.share).await?))
        }
    }
}

async fn evaluate(acting: &Acting, task: &EvaluateTask, place: &Place<'_>) -> Result<Measured, JobError> {
    let mut measured = Measured::default();
    let n_splits = task.splits.len() as f64;
    for (at, split) in task.splits.iter().enumerate() {
        let (ticket, phase) = (place.ticket.clone(), phase_of_split(*split));
        let hear = move |share: f64| ticket.at(phase, (at as f64 + share) / n_splits);
        let encoder = task.with_encoder.then_some(place.encoder);
        match evaluate_plant(acting.services(), encoder, task.settings(*split), place.share, hear).await {
            // Of several, those that the plant's data allow.
            Err(TrainingError::Evaluate(
                error @ (EvaluateError::NoDates { .. } | EvaluateError::OneFamily { .. } | EvaluateError::TimeFolds),
            )) if task.splits.len() > 1 => measured.left_out.push((*split, error.to_string())),
            evaluation => measured.all.push(evaluation?),
        }
    }
    if task.is_kept {
        keep_evaluations(acting, &measured.all).await?;
    }
    Ok(measured)
}

/// Why a job did not succeed. A fault of ours is in the log under a reference.
pub(super) fn failure(acting: &Acting, error: JobError) -> JobOutcome {
    let (code, detail, ref_id) = match error {
        JobError::Stopped => ("cancelled", None, None),
        JobError::FilesGone => ("files_gone", None, None),
        JobError::Training(TrainingError::Train(error @ TrainError::Empty { .. })) => {
            ("no_routings", Some(error.to_string()), None)
        }
        JobError::Training(TrainingError::Evaluate(error)) => ("not_possible", Some(error.to_string()), None),
        JobError::Training(TrainingError::Encoder(error)) => ("not_possible", Some(error.to_string()), None),
        error => {
            let failure = match error {
                JobError::Failure(failure) => failure,
                error => Failure::Other(error.to_string()),
            };
            match acting.services().refuse(failure) {
                contract::error::ApiError::Internal { ref_id } => ("internal", None, Some(ref_id)),
                contract::error::ApiError::NoModel => ("no_model", None, None),
                _ => ("internal", None, None),
            }
        }
    };
    JobOutcome { code: code.to_owned(), made: None, ref_id, detail }
}

/// `job-phase-<code>` in the locales.
fn phase(step: TrainStep) -> &'static str {
    match step {
        TrainStep::Features => "features",
        TrainStep::Weights => "weights",
        TrainStep::Voting => "voting",
        TrainStep::Predictors => "predictors",
        TrainStep::Calibration => "calibration",
        TrainStep::Families => "families",
    }
}

fn phase_of_split(split: Split) -> &'static str {
    match split {
        Split::Random => "split-random",
        Split::Time => "split-time",
        Split::Family => "split-family",
    }
}
