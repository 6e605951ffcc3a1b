//! Training and evaluation, from the plant's data in the database.

use engine::Model;
use engine::domain::Plant;
use engine::evaluate::{self, EvaluateError, EvaluateSettings, Evaluation};
use engine::features::Sentences;
use engine::train::{self, TrainError, TrainSettings, TrainStep};

use super::Services;
use super::acting::{Caller, Deed};
use crate::db::models::ModelRow;
use crate::db::{evaluations, plant};
use crate::encoder::{EncoderError, EncoderStore};
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
    Encoder(#[from] EncoderError),
    #[error(transparent)]
    Registry(#[from] RegistryError),
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// Trains on everything that was imported, stores the model and makes it the one that answers. With an `encoder`, the model
/// also reads the vectors of the items' texts. The trail has it as done from the console.
pub async fn train_model(
    services: &Services,
    encoder: Option<&EncoderStore>,
    settings: TrainSettings,
    mut progress: impl FnMut(TrainStep, f64) + Send + 'static,
) -> Result<ModelRow, TrainingError> {
    // Hours of work would end at a full disk, and fill what is left of it.
    services.registry.room_for_another(&services.db).await?;
    let plant = load(services).await?;
    let encoder = encoder.cloned();
    let work = move || -> Result<Model, TrainingError> {
        let sentences = encoder.map(|store| sentences(&store, &plant, &mut |_| {})).transpose()?;
        Ok(train::train_with(&plant, sentences.as_ref(), &settings, &mut progress)?)
    };
    let model = services.compute(work).await??;
    let deed = Deed::done("train_model", model.id().short()).to("active");
    let note = services.acting(Caller::Console, None).line(deed);
    Ok(services.registry.store(&services.db, &model, services.clock.stamp(), note).await?)
}

/// Holds items out, trains on the rest and compares; nothing is stored but vectors in the encoder's cache ([`keep_evaluations`] does). With an `encoder`,
/// the model with the vectors of the items' texts is measured, and beside it the one without.
pub async fn evaluate_plant(
    services: &Services,
    encoder: Option<&EncoderStore>,
    settings: EvaluateSettings,
    mut progress: impl FnMut(f64) + Send + 'static,
) -> Result<Evaluation, TrainingError> {
    let plant = load(services).await?;
    let encoder = encoder.cloned();
    let work = move || -> Result<Evaluation, TrainingError> {
        let visible = evaluate::visible(&plant, &settings)?;
        let sentences = encoder.map(|store| sentences(&store, &visible, &mut |_| {})).transpose()?;
        Ok(evaluate::evaluate_with(&plant, sentences.as_ref(), &settings, &mut progress)?)
    };
    services.compute(work).await?
}

/// Keeps evaluations, each of a split of its own, for the page of the model, which shows the latest of each. The trail has
/// it as done from the console.
pub async fn keep_evaluations(services: &Services, evaluations: &[Evaluation]) -> Result<(), Failure> {
    let splits: Vec<&str> = evaluations.iter().map(|evaluation| evaluation.split.code()).collect();
    let acting = services.acting(Caller::Console, None);
    let mut write = services.db.begin_write().await?;
    evaluations::add(&mut write, &services.clock.stamp(), evaluations).await?;
    acting.note_in(&mut write, Deed::done("keep_evaluation", splits.join(","))).await?;
    write.commit().await.map_err(crate::db::DbError::from)?;
    Ok(())
}

/// The texts of all items with their vectors.
fn sentences(store: &EncoderStore, plant: &Plant, progress: &mut dyn FnMut(f64)) -> Result<Sentences, EncoderError> {
    let mut sentences = Sentences::of(&plant.items);
    let vectors = store.vectors(&sentences.texts(), progress)?.all;
    sentences.set_vectors(vectors);
    Ok(sentences)
}

async fn load(services: &Services) -> Result<Plant, Failure> {
    Ok(plant::load(&services.db).await?)
}
