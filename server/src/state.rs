//! What every request shares.

use std::path::PathBuf;
use std::sync::Arc;

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
}

impl AppState {
    /// Around services that exist already.
    pub fn new(services: Services, site_root: PathBuf) -> Self {
        let client = Arc::new(Client::read(&site_root));
        Self { services, bundles: Arc::default(), leptos: leptos_options(&site_root), site_root, client }
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
