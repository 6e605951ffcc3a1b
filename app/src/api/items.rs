//! Finding and reading items.

use contract::items::{ItemDetail, ItemPage, SearchItems};
use engine::domain::ItemCode;
use leptos::prelude::*;
use server_fn::codec::{Json, Postcard};

use crate::page_error::PageError;

#[server(prefix = "/api/ui", endpoint = "find_items", input = Json, output = Postcard)]
pub async fn find_items(query: SearchItems) -> Result<ItemPage, PageError> {
    Ok(crate::backend::backend()?.search_items(query).await?)
}

#[server(prefix = "/api/ui", endpoint = "get_item", input = Json, output = Postcard)]
pub async fn get_item(code: ItemCode) -> Result<ItemDetail, PageError> {
    Ok(crate::backend::backend()?.item(code).await?)
}
