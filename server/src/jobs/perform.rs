//! Doing what a job says.

use app::api::jobs::JobOutcome;
use engine::evaluate::{EvaluateError, EvaluateSettings, Evaluation, Split};
use engine::train::{TrainError, TrainSettings, TrainStep};

use super::ticket::Ticket;
use crate::background::Share;
use crate::db::models::ModelRow;
use crate::encoder::EncoderStore;
use crate::services::acting::Acting;
use crate::services::jobs::Task;
use crate::services::training::{TrainingError, evaluate_plant, keep_evaluations, train_model};

/// What a job has made.
#[derive(Debug)]
pub enum Done {
    Model(Box<ModelRow>),
    Evaluations(Vec<Evaluation>),
}

impl Done {
    /// For the queue.
    pub(super) fn outcome(&self) -> JobOutcome {
        let made = match self {
            Self::Model(row) => row.id.short().to_owned(),
            Self::Evaluations(all) => {
                let splits: Vec<&str> = all.iter().map(|evaluation| evaluation.split.code()).collect();
                splits.join(" ")
            }
        };
        JobOutcome { code: "done".into(), made: Some(made), ..JobOutcome::default() }
    }
}

/// Does it. What the ticket's holder wants is heard at every step.
pub(super) async fn perform(
    acting: &Acting,
    encoder: &EncoderStore,
    task: &Task,
    share: Share,
    ticket: &Ticket,
) -> Result<Done, TrainingError> {
    match task {
        Task::Train { seed, with_encoder } => {
            let settings = TrainSettings { seed: *seed };
            let ticket = ticket.clone();
            let hear = move |step, share| ticket.at(phase(step), share);
            let encoder = with_encoder.then_some(encoder);
            Ok(Done::Model(Box::new(train_model(acting, encoder, settings, share, hear).await?)))
        }
        Task::Evaluate { splits, holdout, seed, with_encoder } => {
            let mut all = Vec::new();
            for (at, split) in splits.iter().enumerate() {
                let settings = EvaluateSettings::once(*split, *holdout, *seed);
                let (ticket, n_splits) = (ticket.clone(), splits.len() as f64);
                let phase = phase_of_split(*split);
                let hear = move |share: f64| ticket.at(phase, (at as f64 + share) / n_splits);
                match evaluate_plant(acting.services(), with_encoder.then_some(encoder), settings, share, hear).await {
                    // Of several, those that the plant's data allow.
                    Err(TrainingError::Evaluate(
                        EvaluateError::NoDates { .. } | EvaluateError::OneFamily { .. } | EvaluateError::TimeFolds,
                    )) if splits.len() > 1 => {}
                    evaluation => all.push(evaluation?),
                }
            }
            keep_evaluations(acting, &all).await?;
            Ok(Done::Evaluations(all))
        }
    }
}

/// Why a job did not succeed. A fault of ours is in the log under a reference.
pub(super) fn failure(acting: &Acting, error: TrainingError) -> JobOutcome {
    let (code, detail, ref_id) = match error {
        TrainingError::Stopped => ("cancelled", None, None),
        TrainingError::Train(error @ TrainError::Empty { .. }) => ("no_routings", Some(error.to_string()), None),
        TrainingError::Evaluate(error) => ("not_possible", Some(error.to_string()), None),
        TrainingError::Encoder(error) => ("not_possible", Some(error.to_string()), None),
        error => {
            let failure = crate::error::Failure::Other(error.to_string());
            match acting.services().refuse(failure) {
                app::error::ApiError::Internal { ref_id } => ("internal", None, Some(ref_id)),
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
