//! Training and evaluation, from the plant's data in the database.

use engine::Model;
use engine::domain::Plant;
use engine::evaluate::{self, EvaluateError, EvaluateSettings, Evaluation};
use engine::train::{self, TrainError, TrainSettings, TrainStep};

use super::Services;
use crate::db::models::ModelRow;
use crate::db::plant;
use crate::error::Failure;
use crate::registry::RegistryError;

/// Why there is no new model or no evaluation.
#[derive(Debug, thiserror::Error)]
pub enum TrainingError {
    #[error(transparent)]
    Train(#[from] TrainError),
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
    #[error(transparent)]
    Registry(#[from] RegistryError),
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// Trains on everything that was imported, stores the model and makes it the one that answers.
pub async fn train_model(
    services: &Services,
    settings: TrainSettings,
    mut progress: impl FnMut(TrainStep, f64) + Send + 'static,
) -> Result<ModelRow, TrainingError> {
    let plant = load(services).await?;
    let model: Model = services.compute(move || train::train(&plant, &settings, &mut progress)).await??;
    Ok(services.registry.store(&services.db, &model, services.clock.stamp()).await?)
}

/// Holds items out, trains on the rest and compares; nothing is stored.
pub async fn evaluate_plant(
    services: &Services,
    settings: EvaluateSettings,
    mut progress: impl FnMut(f64) + Send + 'static,
) -> Result<Evaluation, TrainingError> {
    let plant = load(services).await?;
    Ok(services.compute(move || evaluate::evaluate(&plant, &settings, &mut progress)).await??)
}

async fn load(services: &Services) -> Result<Plant, Failure> {
    Ok(plant::load(&services.db).await?)
}
