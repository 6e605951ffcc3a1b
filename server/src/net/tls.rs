//! TLS of our own: a certificate from two files, replaced when they change.
//!
//! Comes in: the files' names. Goes out: what the listener needs, always with the last pair that was sound.
//! Never does: log, ask what time it is, keep a private key longer than it is used.

use std::path::{Path, PathBuf};

use axum_server::tls_rustls::RustlsConfig;
use sha2::{Digest, Sha256};

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("cannot read {}: {source}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    /// No certificate, no private key, or two that do not belong together.
    #[error("{} and {} are no certificate and its key: {source}", certificate.display(), key.display())]
    Refused { certificate: PathBuf, key: PathBuf, source: std::io::Error },
}

/// A certificate chain and its private key, both PEM.
#[derive(Clone, Debug)]
pub struct Certificate {
    certificate: PathBuf,
    key: PathBuf,
    /// Of what was read last, sound or not.
    digest: [u8; 32],
    config: RustlsConfig,
}

impl Certificate {
    /// Reads both files.
    ///
    /// # Errors
    /// [`TlsError`].
    pub async fn open(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let pair = Pair::read(certificate, key).await?;
        let (certificate, key, digest) = (certificate.to_owned(), key.to_owned(), pair.digest());
        match RustlsConfig::from_pem(pair.certificate, pair.key).await {
            Ok(config) => Ok(Self { certificate, key, digest, config }),
            Err(source) => Err(TlsError::Refused { certificate, key, source }),
        }
    }

    /// For the listener. Connections made after a reload get the new certificate.
    pub fn config(&self) -> RustlsConfig {
        self.config.clone()
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
        match self.config.reload_from_pem(pair.certificate, pair.key).await {
            Ok(()) => Ok(true),
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

    fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for bytes in [&self.certificate, &self.key] {
            hash.update(Sha256::digest(bytes));
        }
        hash.finalize().into()
    }
}
