//! `serve`: pages and REST until interrupted.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use ipnet::IpNet;
use tokio::net::TcpListener;

use crate::config::site_root;
use crate::listen;
use crate::peer::parse_network;
use crate::registry::RegistryError;
use crate::services::Services;
use crate::state::AppState;
use crate::tls::Certificate;

/// How often the files of the certificate are looked at.
const CERTIFICATE_EVERY: Duration = Duration::from_secs(5);

/// Serves the pages and `/api/v1` until it is interrupted; requests under way are finished first.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// The built client; `site` beside the executable, else `target/site`, unless given.
    #[arg(long, env = "ROUTING_ML_SITE", value_name = "DIR")]
    site_root: Option<PathBuf>,
    /// Serve by TLS with this certificate chain (PEM); taken anew when it changes.
    #[arg(long, env = "ROUTING_ML_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The private key of that certificate (PEM).
    #[arg(long, env = "ROUTING_ML_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// A network of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; may be given several times.
    #[arg(long, value_name = "CIDR", value_parser = parse_network)]
    trusted_proxy: Vec<IpNet>,
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
        let certificate = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(Certificate::open(certificate, key).await?),
            _ => None,
        };
        if listen::is_exposed(addr, &self.trusted_proxy, certificate.is_some()) {
            tracing::warn!(
                addr = %addr,
                "passwords can be overheard on {addr}: serve with --tls-cert and --tls-key, or behind a --trusted-proxy"
            );
        }
        let scheme = if certificate.is_some() { "https" } else { "http" };
        tracing::info!(addr = %addr, "serving on {scheme}://{addr}");
        let tls = certificate.as_ref().map(Certificate::config);
        let watching = certificate.map(|certificate| tokio::spawn(watch(certificate)));
        let served = listen::serve(listener, router, self.trusted_proxy, tls, interrupted()).await;
        if let Some(watching) = watching {
            watching.abort();
        }
        served.context("the server stopped")?;
        db.close().await;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Takes the certificate anew whenever its files change.
async fn watch(mut certificate: Certificate) {
    let mut ticks = tokio::time::interval(CERTIFICATE_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut last_fault = None;
    loop {
        ticks.tick().await;
        let fault = match certificate.reload().await {
            Ok(false) => continue,
            Ok(true) => {
                tracing::info!("new connections get the new certificate");
                None
            }
            Err(error) => Some(error.to_string()),
        };
        // A file that stays away is told once, not every few seconds.
        if let Some(fault) = fault.as_ref().filter(|fault| last_fault.as_ref() != Some(*fault)) {
            tracing::error!(error = %fault, "the old certificate stays in use: {fault}");
        }
        last_fault = fault;
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
