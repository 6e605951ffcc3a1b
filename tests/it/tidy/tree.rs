//! The files of the repository, as the laws see them: path from the root and text.

use std::fs;
use std::path::{Path, PathBuf};

/// A text file of the tree.
pub struct TextFile {
    /// From the root, with `/`.
    pub path: String,
    pub text: String,
}

impl TextFile {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies one folder below the root")
}

/// One file.
pub fn read(path: &str) -> TextFile {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    TextFile::new(path, &text)
}

/// Every file below `folder` whose name ends in `.ext`, in order of path; none if the folder does not exist.
pub fn below(folder: &str, ext: &str) -> Vec<TextFile> {
    let mut paths = Vec::new();
    collect(&root().join(folder), ext, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let relative = path.strip_prefix(root()).expect("found below the root");
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
            read(&parts.join("/"))
        })
        .collect()
}

fn collect(folder: &Path, ext: &str, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "target" && name != "node_modules" {
                collect(&path, ext, into);
            }
        } else if path.extension().is_some_and(|e| e == ext) {
            into.push(path);
        }
    }
}

/// Fails with one line for each violation.
pub fn assert_none(violations: &[String]) {
    assert!(violations.is_empty(), "{} violations:\n{}", violations.len(), violations.join("\n"));
}
