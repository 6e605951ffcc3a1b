//! The files of an import.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use engine::import::{Input, SetFile};
use serde::Serialize;
use sha2::{Digest, Sha256};

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
pub struct Source {
    pub path: PathBuf,
    /// Named by the caller, not found in a folder: then it must be a table.
    pub is_named: bool,
}

impl Source {
    pub(super) fn file(&self) -> SetFile {
        SetFile { name: file_name(&self.path), is_named: self.is_named, input: Box::new(OnDisk(self.path.clone())) }
    }
}

/// The files that `paths` mean: a file itself, or the tables of a folder by name.
///
/// # Errors
/// [`SourceError`] for a path that does not exist or is no file, and a folder without tables.
pub fn sources(paths: &[PathBuf]) -> Result<Vec<Source>, SourceError> {
    let mut sources = Vec::new();
    for path in paths {
        let unreadable = |reason| SourceError::Unreadable { path: path.clone(), reason };
        if !std::fs::metadata(path).map_err(unreadable)?.is_dir() {
            sources.push(Source { path: path.clone(), is_named: true });
            continue;
        }
        let mut found = Vec::new();
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            let file = entry.map_err(unreadable)?.path();
            let ending = file.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
            // What an open workbook leaves beside it.
            let is_lock = file_name(&file).starts_with("~$");
            if !is_lock && file.is_file() && ending.is_some_and(|ending| TABLE_ENDINGS.contains(&ending.as_str())) {
                found.push(Source { path: file, is_named: false });
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

/// A file as it was, for the record of imports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileMark {
    pub name: String,
    pub size_bytes: u64,
    /// `None` for a file that cannot be read.
    pub sha256: Option<String>,
}

impl FileMark {
    pub(super) fn of(source: &Source) -> Self {
        let hashed = hash(&source.path);
        let (size_bytes, sha256) = hashed.map_or((0, None), |(size, hash)| (size, Some(hash)));
        Self { name: file_name(&source.path), size_bytes, sha256 }
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
    Ok((size, hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
}

/// The name of a file without its folders.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
