//! `serve`: pages and REST until interrupted.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use contract::access::Role;
use ipnet::IpNet;
use tokio::net::TcpListener;

use super::Console;
use super::work::Workers;
use crate::auth::secret::{Secret, SecretKind};
use crate::background::Share;
use crate::config::site_root;
use crate::encoder::EncoderStore;
use crate::error::Failure;
use crate::net::limits::Limits;
use crate::net::listen::{self, Listening};
use crate::net::peer::parse_network;
use crate::net::tls::Certificate;
use crate::registry::RegistryError;
use crate::services::Services;
use crate::services::acting::Caller;
use crate::services::answers::DEFAULT_BYTES;
use crate::state::AppState;

/// How often the files of the certificate are looked at.
const CERTIFICATE_EVERY: Duration = Duration::from_secs(5);

/// How often sessions, tokens and old lines of the audit trail are looked through.
const SWEEP_EVERY: Duration = Duration::from_secs(60);
/// How long the database may take to finish what it does, when the server stops.
const CLOSE_DATABASE_WITHIN: Duration = Duration::from_secs(5);
/// A plant's browsers may need more connections than that.
const FEW_CONNECTIONS: usize = 64;
/// Name of the demo's admin.
const DEMO: &str = "demo";

/// Serves the pages and `/api/v1` until it is interrupted; requests under way are finished first, for at most ten
/// seconds.
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
    /// Jobs that run here at the same time: trainings and measurements, one at a time, with all cores but one. 0 leaves them to
    /// `routing-ml work`.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(0..=64))]
    workers: u16,
    /// Megabytes for answers that are remembered; 0 remembers none.
    #[arg(long, env = "ROUTING_ML_ANSWERS_MB", default_value_t = DEFAULT_BYTES >> 20, value_name = "MB",
        value_parser = clap::value_parser!(u64).range(0..=1_048_576))]
    answers_mb: u64,
    /// For trying the product on one's own machine: print a link that signs in as a demo admin.
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub(super) async fn run(self, services: Services, encoder: &EncoderStore, console: &mut Console) -> Result<()> {
        if self.demo && !self.addr.ip().is_loopback() {
            bail!("--demo lets whoever reads the console in: it listens on this machine only, not on {}", self.addr);
        }
        let services = services.with_answers_of(self.answers_mb << 20);
        // Also begins to put the latest data beside the model.
        match services.active().await {
            Ok(active) => {
                tracing::info!(model = active.row.id.short(), "model {} answers", active.row.id.short());
            }
            Err(Failure::Registry(RegistryError::NoModel)) => {
                tracing::warn!("there is no model yet: run `routing-ml import DIR` and `routing-ml train`");
            }
            // Pages that need no model still work, and the readiness check tells monitoring.
            Err(error) => tracing::error!(error = %error, "the active model is refused: {error}"),
        }
        if let Err(error) = services.registry.clean(&services.db).await {
            tracing::warn!(error = %error, "what dead trainings have left could not be looked for: {error}");
        }
        let db = services.db.clone();
        let (for_links, for_the_end) = (services.clone(), services.clone());
        let sweeping = tokio::spawn(sweep(services.clone()));
        let workers = Workers::start(&services, encoder, self.workers, Share::BesideRequests);
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
        // Nobody can open "any address".
        let here = if addr.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], addr.port())) } else { addr };
        match say_link(&for_links, self.demo, &format!("{scheme}://{here}"), console).await {
            // Whoever is signed in already can read.
            Err(error) if is_unwritable(&error) => {
                tracing::error!(error = %error, "there is no link for signing in: {error}");
            }
            said => said?,
        }
        let tls = certificate.as_ref().map(Certificate::tls);
        let watching = certificate.map(|certificate| tokio::spawn(watch(certificate)));
        let limits = Limits::of_this_process();
        if limits.most < FEW_CONNECTIONS {
            let n_connections = limits.most;
            tracing::warn!(n_connections, "this process may open few files, so at most {n_connections} connections");
        }
        let listening = Listening { trusted_proxies: self.trusted_proxy, tls, limits };
        listen::serve(listener, router, listening, interrupted()).await;
        if let Some(watching) = watching {
            watching.abort();
        }
        sweeping.abort();
        workers.stop().await;
        // Of requests that were given up, what they left behind is kept all the same.
        match tokio::time::timeout(CLOSE_DATABASE_WITHIN, for_the_end.settle()).await {
            Ok(Err(error)) => tracing::error!(error = %error, "what the last requests left behind is lost: {error}"),
            Err(_) => tracing::error!("what the last requests left behind is lost: the database is held by others"),
            Ok(Ok(())) => {}
        }
        // A connection that is still in use does not keep the process: the database undoes what was not finished.
        if tokio::time::timeout(CLOSE_DATABASE_WITHIN, db.close()).await.is_err() {
            tracing::warn!("the database is still busy with a request that was given up");
        }
        tracing::info!("stopped");
        Ok(())
    }
}

/// Whether something failed only because nothing can be written.
fn is_unwritable(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(Failure::Db(error)) if error.may_read())
}

/// The way in for those who have none yet: the first admin's, or the demo's.
async fn say_link(services: &Services, is_demo: bool, url: &str, console: &mut Console) -> Result<()> {
    if is_demo {
        let acting = services.acting(Caller::Console, None);
        if services.sign_in_link(DEMO).await?.is_none() {
            // Nobody knows this password: the link is the way in.
            let password = Secret::new(SecretKind::Session)?.reveal();
            acting.add_user(DEMO, Role::Admin, &password, false).await?;
        }
        if let Some(key) = services.sign_in_link(DEMO).await? {
            console.say(&format!("sign in as the demo's admin (once): {url}/link?key={}", key.reveal()));
        }
    } else if let Some(key) = services.setup_link().await? {
        console.say(&format!("make the first admin (once, within a day): {url}/setup?key={}", key.reveal()));
    }
    Ok(())
}

/// Ends what is over, every minute.
async fn sweep(services: Services) {
    let mut ticks = tokio::time::interval(SWEEP_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(failure) = services.sweep().await {
            services.refuse(failure);
        }
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
pub(super) async fn interrupted() {
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
