//! Asking what the plant's data and the active model are.

use contract::plant::{ActiveModel, PlantStatus};
use leptos::prelude::*;
use server_fn::codec::{Json, Postcard};

use crate::page_error::PageError;

#[server(prefix = "/api/ui", endpoint = "get_plant_status", input = Json, output = Postcard)]
pub async fn get_plant_status() -> Result<PlantStatus, PageError> {
    Ok(crate::backend::backend()?.plant_status().await?)
}

#[server(prefix = "/api/ui", endpoint = "get_active_model", input = Json, output = Postcard)]
pub async fn get_active_model() -> Result<Option<ActiveModel>, PageError> {
    Ok(crate::backend::backend()?.active_model().await?)
}
