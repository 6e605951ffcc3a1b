//! `Backend`: what the UI may ask of the server. `server` provides it; the browser only sees server functions.

use std::sync::Arc;

use leptos::prelude::use_context;

use crate::api::accounts::AccountsApi;
use crate::api::audit::AuditApi;
use crate::api::explain::ExplainApi;
use crate::api::feedback::FeedbackApi;
use crate::api::items::ItemsApi;
use crate::api::plant::PlantApi;
use crate::api::predict::PredictApi;
use crate::api::settings::SettingsApi;
use crate::error::ApiError;

/// Everything that the server must be able to answer, each for the one who asks.
pub trait AllApis:
    ItemsApi + PredictApi + ExplainApi + FeedbackApi + PlantApi + AccountsApi + AuditApi + SettingsApi + Send + Sync
{
}
impl<T> AllApis for T where
    T: ItemsApi + PredictApi + ExplainApi + FeedbackApi + PlantApi + AccountsApi + AuditApi + SettingsApi + Send + Sync
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
