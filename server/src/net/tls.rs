//! TLS of our own: a certificate from two files, replaced when they change.
//!
//! Comes in: the files' names. Goes out: what the listener needs, always with the last pair that was sound.
//! Never does: log, ask what time it is, keep a private key longer than it is used.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use sha2::{Digest, Sha256};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("cannot read {}: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    /// No certificate, no private key, or two that do not belong together.
    #[error("{} and {} are no certificate and its key: {source}", certificate.display(), key.display())]
    Refused { certificate: PathBuf, key: PathBuf, source: io::Error },
}

/// A certificate chain and its private key, both PEM.
#[derive(Clone, Debug)]
pub struct Certificate {
    certificate: PathBuf,
    key: PathBuf,
    /// Of what was read last, sound or not.
    digest: [u8; 32],
    tls: Tls,
}

/// What is shown in a handshake. Clones share it.
#[derive(Clone, Debug)]
pub struct Tls(Arc<RwLock<Arc<ServerConfig>>>);

impl Tls {
    fn new(config: ServerConfig) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(config))))
    }

    /// For the next handshake.
    pub fn current(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, config: ServerConfig) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(config);
    }
}

impl Certificate {
    /// Reads both files.
    ///
    /// # Errors
    /// [`TlsError`].
    pub async fn open(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let pair = Pair::read(certificate, key).await?;
        let (certificate, key, digest) = (certificate.to_owned(), key.to_owned(), pair.digest());
        match pair.config() {
            Ok(config) => Ok(Self { certificate, key, digest, tls: Tls::new(config) }),
            Err(source) => Err(TlsError::Refused { certificate, key, source }),
        }
    }

    /// For the listener. Connections made after a reload get the new certificate.
    pub fn tls(&self) -> Tls {
        self.tls.clone()
    }

    /// Reads both files again and takes them if they have changed. A pair that is not sound, such as the new certificate
    /// beside the old key while somebody copies, leaves the old one in use; it is told once and tried again when
    /// a file changes again.
    ///
    /// Whether they have changed is told by what is in them: times of modification are coarse, and links to other
    /// files do not show in them.
    ///
    /// # Errors
    /// [`TlsError`].
    pub async fn reload(&mut self) -> Result<bool, TlsError> {
        let pair = Pair::read(&self.certificate, &self.key).await?;
        let digest = pair.digest();
        if digest == self.digest {
            return Ok(false);
        }
        self.digest = digest;
        match pair.config() {
            Ok(config) => {
                self.tls.replace(config);
                Ok(true)
            }
            Err(source) => {
                let (certificate, key) = (self.certificate.clone(), self.key.clone());
                Err(TlsError::Refused { certificate, key, source })
            }
        }
    }
}

/// What is in the two files.
struct Pair {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

impl Pair {
    async fn read(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let read = async |path: &Path| {
            tokio::fs::read(path).await.map_err(|source| TlsError::Read { path: path.to_owned(), source })
        };
        Ok(Self { certificate: read(certificate).await?, key: read(key).await? })
    }

    /// What a handshake shows, if the two belong together.
    fn config(&self) -> io::Result<ServerConfig> {
        let chain: Vec<CertificateDer<'static>> =
            CertificateDer::pem_slice_iter(&self.certificate).collect::<Result<_, _>>().map_err(io::Error::other)?;
        let key = PrivateKeyDer::from_pem_slice(&self.key).map_err(io::Error::other)?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(io::Error::other)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(config)
    }

    fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for bytes in [&self.certificate, &self.key] {
            hash.update(Sha256::digest(bytes));
        }
        hash.finalize().into()
    }
}
