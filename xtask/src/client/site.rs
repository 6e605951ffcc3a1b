//! `target/site`: files under the hash of their content, `hash.txt` in the form that leptos reads, and copies of
//! `public/`. A group of files is made again only when its inputs changed.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::{Kind, OUTPUT_NAME, split};
use crate::{progress, repo};

/// How long the hash in a name is.
pub const HASH_LEN: usize = 16;

/// A file to be written into `pkg/`.
pub struct File {
    /// Its name before the hash.
    name: String,
    /// The ending of its name.
    pub extension: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file that has no hash in its name yet.
    pub fn new(name: &str, extension: &'static str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), extension, bytes }
    }
}

/// A file of `pkg/`: its name with the hash apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    name: String,
    extension: String,
    hash: String,
}

impl Named {
    fn file_name(&self) -> String {
        format!("{}.{}.{}", self.name, self.hash, self.extension)
    }

    /// Under which word leptos looks for the hash in `hash.txt`; the others are named by these.
    fn word(&self) -> Option<&str> {
        match self.name.as_str() {
            OUTPUT_NAME => Some(&self.extension),
            split::LINK => Some("split"),
            split::MANIFEST => Some("manifest"),
            _ => None,
        }
    }
}

/// Names files that name each other: one hash of all of them takes its place in each.
pub fn named_together(files: Vec<File>) -> Vec<(Named, Vec<u8>)> {
    let parts: Vec<&[u8]> = files.iter().flat_map(|file| [file.name.as_bytes(), file.bytes.as_slice()]).collect();
    let hash = hash_of(&parts)[..HASH_LEN].to_owned();
    let named = |file: File| {
        let bytes = replaced(file.bytes, split::HASH_TO_COME.as_bytes(), hash.as_bytes());
        (Named { name: file.name, extension: file.extension.to_owned(), hash: hash.clone() }, bytes)
    };
    files.into_iter().map(named).collect()
}

/// `bytes` with every `from` as `to`, which is as long.
fn replaced(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut at = 0;
    while at + from.len() <= bytes.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
            at += to.len();
        } else {
            at += 1;
        }
    }
    bytes
}

/// The folder that the server serves.
pub struct Site {
    root: PathBuf,
    stamps: PathBuf,
    kind: Kind,
}

impl Site {
    /// Opens or creates `target/site`.
    pub fn open(kind: Kind) -> Result<Self> {
        let site = Self { root: repo::site(), stamps: repo::scratch("stamps")?, kind };
        fs::create_dir_all(site.pkg()).with_context(|| format!("cannot create {}", site.pkg().display()))?;
        Ok(site)
    }

    fn pkg(&self) -> PathBuf {
        self.root.join("pkg")
    }

    /// The files of group `name`: those of the last time if `inputs` are the same, else what `make` returns.
    pub fn unless_current(
        &self,
        name: &str,
        inputs: &[&[u8]],
        make: impl FnOnce() -> Result<Vec<(Named, Vec<u8>)>>,
    ) -> Result<Vec<Named>> {
        let stamp = self.stamps.join(name);
        let key = hash_of(inputs);
        if let Some(named) = read_stamp(&stamp, &key)
            && named.iter().all(|file| self.pkg().join(file.file_name()).is_file())
        {
            progress::say(&format!("{name}: unchanged"));
            return Ok(named);
        }
        let files = make()?;
        for (file, bytes) in &files {
            self.write(&self.pkg().join(file.file_name()), bytes)?;
        }
        let named: Vec<Named> = files.into_iter().map(|(file, _)| file).collect();
        fs::write(&stamp, write_stamp(&key, &named)).with_context(|| format!("cannot write {}", stamp.display()))?;
        Ok(named)
    }

    /// Writes a file and, in a release, its brotli twin.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        replace(path, bytes)?;
        let twin = twin_of(path);
        if self.kind == Kind::Dev || !is_compressible(path) {
            if twin.exists() {
                fs::remove_file(&twin).with_context(|| format!("cannot remove {}", twin.display()))?;
            }
            return Ok(());
        }
        let compressed = brotli(bytes).with_context(|| format!("cannot compress {}", path.display()))?;
        replace(&twin, &compressed)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        progress::say(&format!(
            "  {name}: {}, brotli {}",
            progress::kilobytes(bytes.len()),
            progress::kilobytes(compressed.len())
        ));
        Ok(())
    }

    /// Copies `public/`, writes `hash.txt`, then removes files of earlier builds.
    pub fn finish(&self, named: &[Named]) -> Result<()> {
        let public = repo::root().join("public");
        let mut kept = BTreeSet::new();
        for path in files_below(&public)? {
            let relative = path.strip_prefix(&public).context("a file below public/")?.to_owned();
            let to = self.root.join(&relative);
            let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let has_twin = self.kind == Kind::Dev || !is_compressible(&to) || twin_of(&to).is_file();
            if !has_twin
                || fs::read(&to).ok().as_deref() != Some(&bytes)
                || (self.kind == Kind::Dev && twin_of(&to).exists())
            {
                self.write(&to, &bytes)?;
            }
            kept.insert(to);
        }
        let hashes: String =
            named.iter().filter_map(|file| file.word().map(|word| format!("{word}: {}\n", file.hash))).collect();
        let hash_file = self.root.join("hash.txt");
        replace(&hash_file, hashes.as_bytes())?;
        kept.insert(hash_file);
        kept.extend(named.iter().map(|file| self.pkg().join(file.file_name())));
        for path in files_below(&self.root)? {
            let is_twin = path.extension().is_some_and(|e| e == "br") && kept.contains(&path.with_extension(""));
            if !(kept.contains(&path) || is_twin) {
                fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
        progress::say(&format!("the client is in {}", self.root.display()));
        Ok(())
    }
}

fn hash_of(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write_stamp(key: &str, named: &[Named]) -> String {
    let files =
        named.iter().map(|file| format!("\n{} {} {}", file.extension, file.hash, file.name)).collect::<String>();
    format!("{key}{files}")
}

fn read_stamp(path: &Path, key: &str) -> Option<Vec<Named>> {
    let text = fs::read_to_string(path).ok()?;
    let mut lines = text.lines();
    if lines.next()? != key {
        return None;
    }
    let named = |line: &str| {
        let mut words = line.splitn(3, ' ').map(str::to_owned);
        Some(Named { extension: words.next()?, hash: words.next()?, name: words.next()? })
    };
    lines.map(named).collect()
}

/// Writes beside and renames, so that a running server never reads half a file.
fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let parent = path.parent().context("a file has a folder")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    let beside = parent.join(format!(".{}.new", path.file_name().unwrap_or_default().to_string_lossy()));
    fs::write(&beside, bytes).with_context(|| format!("cannot write {}", beside.display()))?;
    fs::rename(&beside, path).with_context(|| format!("cannot write {}", path.display()))
}

fn twin_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}

fn is_compressible(path: &Path) -> bool {
    const TEXT: [&str; 8] = ["js", "wasm", "css", "svg", "json", "webmanifest", "html", "txt"];
    path.extension().and_then(|e| e.to_str()).is_some_and(|e| TEXT.contains(&e))
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_read_back_only_under_its_key() {
        let named = vec![
            Named { name: OUTPUT_NAME.into(), extension: "js".into(), hash: "0123".into() },
            Named { name: "split-home".into(), extension: "wasm".into(), hash: "4567".into() },
        ];
        let path = std::env::temp_dir().join(format!("routing-ml-stamp-{}", std::process::id()));
        fs::write(&path, write_stamp("key", &named)).expect("the temporary folder can be written");
        assert_eq!(read_stamp(&path, "key"), Some(named));
        assert_eq!(read_stamp(&path, "another"), None);
        fs::remove_file(&path).expect("it was just written");
    }

    #[test]
    fn files_that_name_each_other_get_one_hash() {
        let import = format!("import {}", split::HASH_TO_COME).into_bytes();
        let files = vec![File::new("x", "js", import.clone()), File::new("a", "wasm", b"no names".to_vec())];
        let named = named_together(files);
        let (main, part) = (&named[0], &named[1]);
        assert_eq!(main.0.hash, part.0.hash);
        assert_eq!(main.1, format!("import {}", main.0.hash).into_bytes());
        assert_eq!(part.1, b"no names");
        let alone = named_together(vec![File::new("x", "js", import)]);
        assert_ne!(alone[0].0.hash, main.0.hash, "the hash is of everything together");
    }

    #[test]
    fn inputs_do_not_run_into_each_other() {
        assert_ne!(hash_of(&[b"ab", b"c"]), hash_of(&[b"a", b"bc"]));
    }

    #[test]
    fn brotli_gives_back_what_it_took() {
        let text = b"routing routing routing ".repeat(50);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut brotli(&text).expect("writing to memory works").as_slice(), &mut back)
            .expect("valid");
        assert_eq!(back, text);
    }
}
