//! `serve`: pages and REST until interrupted.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use tokio::net::TcpListener;

use crate::config::site_root;
use crate::registry::RegistryError;
use crate::services::Services;
use crate::state::AppState;

/// Serves the pages and `/api/v1` until it is interrupted; requests under way are finished first.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// The built client; `site` beside the executable, else `target/site`, unless given.
    #[arg(long, env = "ROUTING_ML_SITE", value_name = "DIR")]
    site_root: Option<PathBuf>,
}

impl Serve {
    pub(super) async fn run(self, services: Services) -> Result<()> {
        match services.registry.active(&services.db).await {
            Ok(active) => tracing::info!(model = active.row.id.short(), "model {} answers", active.row.id.short()),
            Err(RegistryError::NoModel) => {
                tracing::warn!("there is no model yet: run `routing-ml import DIR` and `routing-ml train`");
            }
            // Pages that need no model still work, and the readiness check tells monitoring.
            Err(error) => tracing::error!(error = %error, "the active model is refused: {error}"),
        }
        let db = services.db.clone();
        let site_root = site_root(self.site_root);
        if !site_root.join("pkg").is_dir() {
            tracing::warn!(path = %site_root.display(), "no built client in {}: pages come without styles and scripts", site_root.display());
        }
        let router = crate::build(AppState::new(services, site_root));
        let listener = TcpListener::bind(self.addr).await.with_context(|| format!("cannot listen on {}", self.addr))?;
        let addr = listener.local_addr().unwrap_or(self.addr);
        tracing::info!(addr = %addr, "serving on http://{addr}");
        axum::serve(listener, router).with_graceful_shutdown(interrupted()).await.context("the server stopped")?;
        db.close().await;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Waits for SIGINT or SIGTERM.
async fn interrupted() {
    let control_c = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(error = %error, "cannot hear SIGINT: {error}");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::warn!(error = %error, "cannot hear SIGTERM: {error}");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = control_c => {}
        () = terminate => {}
    }
    tracing::info!("stopping: requests under way are finished first");
}
