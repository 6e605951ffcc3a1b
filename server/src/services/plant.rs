//! What the plant's data and the active model are.

use async_trait::async_trait;
use contract::access::Action;
use contract::error::ApiError;
use contract::plant::{ActiveModel, HeldOut, Lead, Measured, MeasuredMethod, ModelLine, PlantApi, PlantStatus};
use contract::wire::{ModelCard, WireForm};
use engine::evaluate::{Measure, Split};
use engine::model::{MethodKind, RANKING};

use super::Services;
use super::acting::Acting;
use crate::db::evaluations::{self, EvaluationRow};
use crate::db::imports;
use crate::db::models::{self, ModelRow};
use crate::error::Failure;
use crate::registry::RegistryError;

#[async_trait]
impl PlantApi for Acting {
    async fn plant_status(&self) -> Result<PlantStatus, ApiError> {
        self.run(Action::SeePlant, "", status(&self.services)).await
    }

    async fn active_model(&self) -> Result<Option<ActiveModel>, ApiError> {
        self.run(Action::ReadModel, "", active_model(&self.services)).await
    }
}

async fn status(services: &Services) -> Result<PlantStatus, Failure> {
    let counts = imports::count(&services.db).await?;
    let model = answering(services).await?.map(|row| ModelLine { id: row.id, trained_at: row.trained_at });
    Ok(PlantStatus {
        n_items: counts.n_items,
        n_items_with_routing: counts.n_items_with_routing,
        n_routings: counts.n_routings,
        n_held: counts.n_held,
        n_results: counts.n_results,
        model,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// The model that answers; the one that shall where none can.
async fn answering(services: &Services) -> Result<Option<ModelRow>, Failure> {
    match services.active().await {
        Ok(active) => Ok(Some(active.row.clone())),
        Err(Failure::Registry(RegistryError::NoModel)) => Ok(None),
        Err(error) => {
            // What needs no model goes on; the failure is in the log.
            services.refuse(error);
            Ok(models::active(&services.db).await?)
        }
    }
}

async fn active_model(services: &Services) -> Result<Option<ActiveModel>, Failure> {
    let Some(row) = answering(services).await? else { return Ok(None) };
    let mut measured: Vec<Measured> = evaluations::latest(&services.db).await?.into_iter().map(measured).collect();
    measured.sort_by_key(|measured| measured.held_out);
    Ok(Some(ActiveModel {
        id: row.id,
        trained_at: row.trained_at,
        size_bytes: row.size_bytes,
        card: ModelCard::of(row.card),
        measured,
    }))
}

/// What the page of the model shows of an evaluation.
fn measured(row: EvaluationRow) -> Measured {
    let EvaluationRow { measured_at, evaluation } = row;
    let lead = |kind: MethodKind| {
        let found = evaluation
            .comparisons
            .iter()
            .find(|found| found.measure == Measure::ExactAt1 && found.against_kind == kind);
        found.map(|found| Lead {
            over: found.against.clone(),
            difference: found.difference,
            low: found.interval.low,
            high: found.interval.high,
        })
    };
    let (over_baseline, over_part) = (lead(MethodKind::Baseline), lead(MethodKind::Part));
    let of_model = evaluation.scores.iter().find(|score| score.kind == MethodKind::Model);
    let (ece, ece_by_chance) = of_model.map_or((None, None), |score| (score.ece, score.ece_by_chance));
    let methods = evaluation.scores.iter().filter(|score| score.kind != MethodKind::Part && score.method != RANKING);
    Measured {
        held_out: match evaluation.split {
            Split::Random => HeldOut::Random,
            Split::Time => HeldOut::Time,
            Split::Family => HeldOut::Family,
        },
        measured_at,
        n_train: evaluation.n_train,
        n_test: evaluation.n_test,
        answered_share: evaluation.answered_share,
        ece,
        ece_by_chance,
        methods: methods
            .map(|score| MeasuredMethod {
                method: score.method.clone(),
                kind: WireForm::of(score.kind),
                exact_at_1: score.exact_at_1,
                low: score.exact_at_1_interval.low,
                high: score.exact_at_1_interval.high,
                exact_at_4: score.exact_at_4,
            })
            .collect(),
        over_baseline,
        over_part,
    }
}
