//! `target/site`: files under the hash of their content, `hash.txt` in the form that leptos reads, and copies of
//! `public/`. A group of files is made again only when its inputs changed.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::{Kind, OUTPUT_NAME};
use crate::{progress, repo};

/// A file of `pkg/`: its extension and the hash in its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    extension: String,
    hash: String,
}

impl Named {
    fn file_name(&self) -> String {
        format!("{OUTPUT_NAME}.{}.{}", self.hash, self.extension)
    }
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
        make: impl FnOnce() -> Result<Vec<(&'static str, Vec<u8>)>>,
    ) -> Result<Vec<Named>> {
        let stamp = self.stamps.join(name);
        let key = hash_of(inputs);
        if let Some(named) = read_stamp(&stamp, &key)
            && named.iter().all(|file| self.pkg().join(file.file_name()).is_file())
        {
            progress::say(&format!("{name}: unchanged"));
            return Ok(named);
        }
        let named =
            make()?.into_iter().map(|(extension, bytes)| self.add(extension, &bytes)).collect::<Result<Vec<_>>>()?;
        fs::write(&stamp, write_stamp(&key, &named)).with_context(|| format!("cannot write {}", stamp.display()))?;
        Ok(named)
    }

    fn add(&self, extension: &str, bytes: &[u8]) -> Result<Named> {
        let named = Named { extension: extension.to_owned(), hash: hash_of(&[bytes])[..16].to_owned() };
        let path = self.pkg().join(named.file_name());
        self.write(&path, bytes)?;
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
        let hashes: String = named.iter().map(|file| format!("{}: {}\n", file.extension, file.hash)).collect();
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
    let files = named.iter().map(|file| format!("\n{} {}", file.extension, file.hash)).collect::<String>();
    format!("{key}{files}")
}

fn read_stamp(path: &Path, key: &str) -> Option<Vec<Named>> {
    let text = fs::read_to_string(path).ok()?;
    let mut lines = text.lines();
    if lines.next()? != key {
        return None;
    }
    lines.map(|line| line.split_once(' ').map(|(e, h)| Named { extension: e.to_owned(), hash: h.to_owned() })).collect()
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
            Named { extension: "js".into(), hash: "0123".into() },
            Named { extension: "wasm".into(), hash: "4567".into() },
        ];
        let path = std::env::temp_dir().join(format!("routing-ml-stamp-{}", std::process::id()));
        fs::write(&path, write_stamp("key", &named)).expect("the temporary folder can be written");
        assert_eq!(read_stamp(&path, "key"), Some(named));
        assert_eq!(read_stamp(&path, "another"), None);
        fs::remove_file(&path).expect("it was just written");
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
