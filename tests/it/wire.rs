//! The product on a socket of this machine, and the other end of it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use rcgen::{CertificateParams, DnType, KeyPair};
use server::net::limits::Limits;
use server::net::listen::{self, Listening};
use server::net::peer::parse_network;
use server::net::tls::{Certificate, TlsError};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// A request that everybody may make, and its connection's last.
pub const REQUEST: &str = "GET /api/v1/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// What a server gets for the files of a usual process.
pub fn limits() -> Limits {
    Limits::for_files(1024)
}

/// A certificate for `localhost` that trusts itself, and its files.
pub struct Files {
    folder: TempDir,
}

impl Files {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("the temporary folder is writable") }
    }

    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("cert.pem")
    }

    pub fn key(&self) -> PathBuf {
        self.folder.path().join("key.pem")
    }

    /// Writes a new pair.
    pub fn renew(&self, name: &str) -> CertificateDer<'static> {
        let (certificate, key) = made(name);
        std::fs::write(self.certificate(), certificate.pem()).expect("the folder is writable");
        std::fs::write(self.key(), key.serialize_pem()).expect("the folder is writable");
        certificate.der().clone()
    }

    pub async fn open(&self) -> Result<Certificate, TlsError> {
        Certificate::open(&self.certificate(), &self.key()).await
    }
}

pub fn made(name: &str) -> (rcgen::Certificate, KeyPair) {
    let key = KeyPair::generate().expect("a key can be made");
    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).expect("a sound name");
    params.distinguished_name.push(DnType::CommonName, name);
    (params.self_signed(&key).expect("a certificate can be made"), key)
}

/// The server on a free port, until it is told to stop.
pub struct Running {
    pub addr: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Running {
    pub async fn start(router: Router, certificate: Option<&Certificate>) -> Self {
        Self::with(router, certificate, &[], limits()).await
    }

    pub async fn with(router: Router, certificate: Option<&Certificate>, proxies: &[&str], limits: Limits) -> Self {
        let trusted_proxies = proxies.iter().map(|text| parse_network(text).expect("a sound network")).collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let addr = listener.local_addr().expect("it is bound");
        let (stop, stopped) = oneshot::channel();
        let stopped = async move { stopped.await.unwrap_or(()) };
        let listening = Listening { trusted_proxies, tls: certificate.map(Certificate::tls), limits };
        let served = tokio::spawn(listen::serve(listener, router, listening, stopped));
        Self { addr, stop, served }
    }

    pub async fn plain(&self) -> TcpStream {
        TcpStream::connect(self.addr).await.expect("it listens")
    }

    /// A handshake that trusts one certificate.
    pub async fn connect(&self, trusted: &CertificateDer<'static>) -> std::io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots.add(trusted.clone()).expect("a sound certificate");
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring has them")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let stream = TcpStream::connect(self.addr).await?;
        let name = ServerName::try_from("localhost").expect("a sound name");
        TlsConnector::from(Arc::new(config)).connect(name, stream).await
    }

    /// What tells it to stop, and what ends when it has.
    pub fn parts(self) -> (oneshot::Sender<()>, JoinHandle<()>) {
        (self.stop, self.served)
    }

    pub async fn finish(self) {
        self.stop.send(()).expect("it runs");
        self.served.await.expect("no panic");
    }
}

pub async fn answer(stream: impl AsyncRead + AsyncWrite + Unpin) -> String {
    answer_to(REQUEST, stream).await
}

/// All that is answered until the server closes, in small letters.
pub async fn answer_to(request: &str, mut stream: impl AsyncRead + AsyncWrite + Unpin) -> String {
    stream.write_all(request.as_bytes()).await.expect("the server listens");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.expect("the server answers and closes");
    String::from_utf8_lossy(&bytes).to_lowercase()
}
