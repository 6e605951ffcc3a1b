//! Sending what a planner thinks of a candidate.

use contract::feedback::{Feedback, FeedbackReceipt};
use leptos::prelude::*;
use server_fn::codec::{Json, Postcard};

use crate::page_error::PageError;

#[server(prefix = "/api/ui", endpoint = "send_feedback", input = Json, output = Postcard)]
pub async fn send_feedback(idempotency_key: String, feedback: Feedback) -> Result<FeedbackReceipt, PageError> {
    Ok(crate::backend::backend()?.send_feedback(idempotency_key, feedback).await?)
}
