//! Asking for candidate routings.

use contract::predict::{PredictAnswer, PredictRequest, RecentPrediction};
use contract::wire::Schema;
use leptos::prelude::*;
use server_fn::codec::{Json, Postcard};

use crate::page_error::PageError;

#[server(prefix = "/api/ui", endpoint = "ask_prediction", input = Json, output = Postcard)]
pub async fn ask_prediction(request: PredictRequest) -> Result<Vec<PredictAnswer>, PageError> {
    Ok(crate::backend::backend()?.predict(request).await?)
}

#[server(prefix = "/api/ui", endpoint = "get_schema", input = Json, output = Postcard)]
pub async fn get_schema() -> Result<Schema, PageError> {
    Ok(crate::backend::backend()?.schema().await?)
}

#[server(prefix = "/api/ui", endpoint = "get_recent_predictions", input = Json, output = Postcard)]
pub async fn get_recent_predictions(limit: usize) -> Result<Vec<RecentPrediction>, PageError> {
    Ok(crate::backend::backend()?.recent_predictions(limit).await?)
}
