//! `Backend`: what the UI may ask of the server. `server` provides it; the browser only sees server functions.

use std::sync::Arc;

use contract::accounts::AccountsApi;
use contract::audit::AuditApi;
use contract::error::ApiError;
use contract::explain::ExplainApi;
use contract::feedback::FeedbackApi;
use contract::items::ItemsApi;
use contract::plant::PlantApi;
use contract::predict::{PredictApi, RecentApi};
use contract::settings::SettingsApi;
use leptos::prelude::use_context;

/// Everything that the server must be able to answer, each for the one who asks.
pub trait AllApis:
    ItemsApi
    + PredictApi
    + RecentApi
    + ExplainApi
    + FeedbackApi
    + PlantApi
    + AccountsApi
    + AuditApi
    + SettingsApi
    + Send
    + Sync
{
}
impl<T> AllApis for T where
    T: ItemsApi
        + PredictApi
        + RecentApi
        + ExplainApi
        + FeedbackApi
        + PlantApi
        + AccountsApi
        + AuditApi
        + SettingsApi
        + Send
        + Sync
{
}

/// Handle on the server's use cases, given by context.
#[derive(Clone)]
pub struct Backend(pub Arc<dyn AllApis>);

/// The handle of this request.
///
/// # Errors
/// [`ApiError::Unavailable`] where no server stands behind, which is a wiring fault.
pub fn backend() -> Result<Arc<dyn AllApis>, ApiError> {
    use_context::<Backend>().map(|backend| backend.0).ok_or(ApiError::Unavailable)
}
