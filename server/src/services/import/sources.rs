//! The files of an import.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::import::{Input, SetFile};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::pace::Pace;

/// Endings of files that an import of a folder reads.
const TABLE_ENDINGS: [&str; 8] = ["csv", "txt", "tsv", "tab", "xlsx", "xlsm", "xls", "ods"];

/// Why nothing can be imported from a path.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("{path}: {reason}")]
    Unreadable { path: PathBuf, reason: io::Error },
    #[error("{path}: the folder holds no file that ends in {}", TABLE_ENDINGS.map(|ending| format!(".{ending}")).join(", "))]
    NoTables { path: PathBuf },
}

/// One file to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    pub path: PathBuf,
    /// As reports say it: the file's own name, wherever it lies now.
    pub name: String,
    /// Named by the caller, not found in a folder: then it must be a table.
    pub is_named: bool,
}

impl SourceFile {
    fn new(path: PathBuf, is_named: bool) -> Self {
        Self { name: file_name(&path), path, is_named }
    }

    /// Its size in bytes; 0 for one that cannot be read.
    pub(super) fn n_bytes(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |file| file.len())
    }

    pub(super) fn file(&self, pace: &Arc<Pace>) -> SetFile {
        let input = Heard { file: OnDisk(self.path.clone()), pace: Arc::clone(pace) };
        SetFile { name: self.name.clone(), is_named: self.is_named, input: Box::new(input) }
    }
}

/// The files that `paths` mean: a file itself, or the tables of a folder by name.
///
/// # Errors
/// [`SourceError`] for a path that does not exist or is no file, and a folder without tables.
pub fn sources(paths: &[PathBuf]) -> Result<Vec<SourceFile>, SourceError> {
    let mut sources = Vec::new();
    for path in paths {
        let unreadable = |reason| SourceError::Unreadable { path: path.clone(), reason };
        if !std::fs::metadata(path).map_err(unreadable)?.is_dir() {
            sources.push(SourceFile::new(path.clone(), true));
            continue;
        }
        let mut found = Vec::new();
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            let file = entry.map_err(unreadable)?.path();
            let ending = file.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
            // What an open workbook leaves beside it.
            let is_lock = file_name(&file).starts_with("~$");
            if !is_lock && file.is_file() && ending.is_some_and(|ending| TABLE_ENDINGS.contains(&ending.as_str())) {
                found.push(SourceFile::new(file, false));
            }
        }
        if found.is_empty() {
            return Err(SourceError::NoTables { path: path.clone() });
        }
        // The order of a folder depends on the disk; the result must not.
        found.sort_by(|a, b| a.path.cmp(&b.path));
        sources.extend(found);
    }
    Ok(sources)
}

/// A file on the disk, opened anew for each pass.
struct OnDisk(PathBuf);

impl Input for OnDisk {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        // A pipe gives its bytes once, and opening one may wait for ever.
        if !std::fs::metadata(&self.0)?.is_file() {
            return Err(io::Error::other("this is no regular file; save the table as a file first"));
        }
        Ok(Box::new(File::open(&self.0)?))
    }
}

/// The same, telling how much of it was read.
struct Heard {
    file: OnDisk,
    pace: Arc<Pace>,
}

impl Input for Heard {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(HeardRead { inner: self.file.open()?, pace: Arc::clone(&self.pace) }))
    }
}

struct HeardRead {
    inner: Box<dyn Read + Send>,
    pace: Arc<Pace>,
}

impl Read for HeardRead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.pace.read(n as u64).map_err(io::Error::other)?;
        Ok(n)
    }
}

/// A file as it was, for the record of imports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileMark {
    pub name: String,
    pub size_bytes: u64,
    /// `None` for a file that cannot be read.
    pub sha256: Option<String>,
}

impl FileMark {
    pub(super) fn of(source: &SourceFile) -> Self {
        let hashed = hash(&source.path);
        let (size_bytes, sha256) = hashed.map_or((0, None), |(size, hash)| (size, Some(hash)));
        Self { name: source.name.clone(), size_bytes, sha256 }
    }
}

fn hash(path: &Path) -> io::Result<(u64, String)> {
    let mut input = OnDisk(path.to_owned()).open()?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 256 * 1024];
    let mut size = 0;
    loop {
        let n = input.read(&mut piece)?;
        if n == 0 {
            break;
        }
        size += n as u64;
        hash.update(&piece[..n]);
    }
    Ok((size, hex::encode(hash.finalize())))
}

/// The name of a file without its folders.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
