//! Items: search and detail.

use axum::Json;
use contract::error::ApiError;
use contract::items::{ItemDetail, ItemPage, ItemsApi, SearchItems};
use engine::domain::ItemCode;

use crate::exchange::asking::As;
use crate::exchange::reply::{Path, Query, Refusal};

/// Items whose code, name or attributes hold every word of `q`.
#[utoipa::path(get, path = "/api/v1/items", tag = "items", params(SearchItems),
    responses((status = 200, body = ItemPage)))]
pub async fn search(As(acting): As, Query(query): Query<SearchItems>) -> Result<Json<ItemPage>, Refusal> {
    Ok(Json(acting.search_items(query).await?))
}

/// One item with its routings and similar items. The code is percent-encoded: `#` is `%23`, `/` is `%2F`.
#[utoipa::path(get, path = "/api/v1/items/{*code}", tag = "items",
    params(("code" = String, Path, description = "Item code, percent-encoded")),
    responses((status = 200, body = ItemDetail), (status = 404, body = ApiError, description = "no item has this code")))]
pub async fn detail(As(acting): As, Path(code): Path<String>) -> Result<Json<ItemDetail>, Refusal> {
    Ok(Json(acting.item(ItemCode::new(code)).await?))
}
