//! What every request shares.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;

use crate::config::leptos_options;
use crate::services::Services;
use crate::services::bundle::Bundles;
use crate::site::client::Client;

/// Use cases, the offline bundle and the way to the assets. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub services: Services,
    pub bundles: Arc<Bundles>,
    pub leptos: LeptosOptions,
    pub site_root: PathBuf,
    pub client: Arc<Client>,
    /// How long an answer may take from the request's headers on: a body that comes slowly (a minute) and work.
    pub answer_within: Duration,
}

/// See [`AppState::answer_within`].
const ANSWER_WITHIN: Duration = Duration::from_secs(120);

impl AppState {
    /// Around services that exist already.
    pub fn new(services: Services, site_root: PathBuf) -> Self {
        let client = Arc::new(Client::read(&site_root));
        let leptos = leptos_options(&site_root);
        Self { services, bundles: Arc::default(), leptos, site_root, client, answer_within: ANSWER_WITHIN }
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
