//! Training and evaluation, from the plant's data in the database.

use std::ops::ControlFlow;

use engine::domain::{Item, Plant};
use engine::encode::sentence::{EncodeError, Tell};
use engine::evaluate::{self, EvaluateError, EvaluateSettings, Evaluation};
use engine::features::Sentences;
use engine::import::Profile;
use engine::model::Learned;
use engine::train::{self, TrainError, TrainSettings, TrainStep};

use super::Services;
use super::acting::{Acting, AuditEvent};
use crate::background::{self, Share};
use crate::db::models::ModelRow;
use crate::db::{evaluations, plant};
use crate::encoder::{EncoderError, EncoderStore};
use crate::error::Failure;
use crate::registry::RegistryError;

/// Why there is no new model or no evaluation.
#[derive(Debug, thiserror::Error)]
pub enum TrainingError {
    /// Whoever watched ended it.
    #[error("it was ended")]
    Stopped,
    #[error(transparent)]
    Train(TrainError),
    #[error(transparent)]
    Evaluate(EvaluateError),
    #[error(transparent)]
    Encoder(EncoderError),
    #[error(transparent)]
    Registry(#[from] RegistryError),
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<TrainError> for TrainingError {
    fn from(error: TrainError) -> Self {
        if error == TrainError::Stopped { Self::Stopped } else { Self::Train(error) }
    }
}

impl From<EvaluateError> for TrainingError {
    fn from(error: EvaluateError) -> Self {
        if error == EvaluateError::Stopped { Self::Stopped } else { Self::Evaluate(error) }
    }
}

impl From<EncoderError> for TrainingError {
    fn from(error: EncoderError) -> Self {
        if matches!(error, EncoderError::Encode(EncodeError::Stopped)) { Self::Stopped } else { Self::Encoder(error) }
    }
}

/// Trains on the snapshot of everything that was imported, stores the model and makes it the one that answers. With an `encoder`, the model
/// also reads the vectors of the items' texts. `hear` is told the steps, and asked whether to go on.
pub async fn train_model(
    acting: &Acting,
    encoder: Option<&EncoderStore>,
    settings: TrainSettings,
    share: Share,
    mut hear: impl FnMut(TrainStep, f64) -> ControlFlow<()> + Send + 'static,
) -> Result<ModelRow, TrainingError> {
    let services = &acting.services;
    // Hours of work would end at a full disk, and fill what is left of it.
    services.registry.room_for_another(&services.db).await?;
    services.make_snapshot(share).await?;
    let snapshot = services.latest_snapshot().await?;
    let encoder = encoder.cloned();
    let work = move || -> Result<Learned, TrainingError> {
        let read = &mut |_| hear(TrainStep::Features, 0.0);
        let items = || -> Vec<Item> { (0..snapshot.len()).map(|at| snapshot.item(at)).collect() };
        let sentences = encoder.map(|store| sentences(&store, &items(), read)).transpose()?;
        let grammars = Profile::auto().standard_codes();
        Ok(train::train_from(&snapshot, sentences.as_ref(), &grammars, &settings, &mut hear)?.learned())
    };
    let learned = background::run(share, work).await??;
    let note = acting.line(AuditEvent::done("train_model", learned.id().short()).to("active"));
    let row = services.registry.store(&services.db, &learned, services.clock.stamp(), note).await?;
    services.renew(share).await;
    Ok(row)
}

/// Holds items out, trains on the rest and compares; nothing is stored but vectors in the encoder's cache ([`keep_evaluations`] does). With an `encoder`,
/// the model with the vectors of the items' texts is measured, and beside it the one without. `hear` is told the share
/// done, and asked whether to go on.
pub async fn evaluate_plant(
    services: &Services,
    encoder: Option<&EncoderStore>,
    settings: EvaluateSettings,
    share: Share,
    mut hear: impl FnMut(f64) -> ControlFlow<()> + Send + 'static,
) -> Result<Evaluation, TrainingError> {
    let plant = load(services).await?;
    let encoder = encoder.cloned();
    let work = move || -> Result<Evaluation, TrainingError> {
        let visible = evaluate::visible(&plant, &settings)?;
        let sentences = encoder.map(|store| sentences(&store, &visible.items, &mut |_| hear(0.0))).transpose()?;
        Ok(evaluate::evaluate_with(&plant, sentences.as_ref(), &settings, &mut |(), share| hear(share))?)
    };
    background::run(share, work).await?
}

/// Keeps evaluations, each of a split of its own, for the page of the model, which shows the latest of each.
pub async fn keep_evaluations(acting: &Acting, evaluations: &[Evaluation]) -> Result<(), Failure> {
    let services = &acting.services;
    let splits: Vec<&str> = evaluations.iter().map(|evaluation| evaluation.split.code()).collect();
    let mut write = services.db.begin_write().await?;
    evaluations::add(&mut write, &services.clock.stamp(), evaluations).await?;
    acting.note_in(&mut write, AuditEvent::done("keep_evaluation", splits.join(","))).await?;
    write.commit().await.map_err(crate::db::DbError::from)?;
    Ok(())
}

/// The texts of all items with their vectors.
fn sentences(store: &EncoderStore, items: &[Item], hear: &mut Tell<'_>) -> Result<Sentences, EncoderError> {
    let mut sentences = Sentences::of(items);
    let vectors = store.vectors(&sentences.texts(), hear)?.all;
    sentences.set_vectors(vectors);
    Ok(sentences)
}

async fn load(services: &Services) -> Result<Plant, Failure> {
    Ok(plant::load(&services.db).await?)
}
