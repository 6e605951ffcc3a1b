//! Asking why the first candidate was chosen and not another one.

use contract::explain::ExplainRequest;
use contract::wire::Explanation;
use leptos::prelude::*;
use server_fn::codec::{Json, Postcard};

use crate::page_error::PageError;

#[server(prefix = "/api/ui", endpoint = "ask_explanation", input = Json, output = Postcard)]
pub async fn ask_explanation(request: ExplainRequest) -> Result<Explanation, PageError> {
    Ok(crate::backend::backend()?.explain(request).await?)
}
