//! How much the browser loads before a page is alive: the main module, its script and style, and the page's own part.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{OUTPUT_NAME, split};
use crate::{progress, repo};

/// Most bytes of wasm, compressed by brotli, that the home page may load first.
const MOST_WASM: u64 = 300_000;
/// The part of the home page.
const HOME: &str = "home";
/// How the parts with words begin, one for each language.
const WORDS: &str = "words_";

/// Says what each part's first load is, and gives that of the home page in bytes of compressed wasm.
pub fn report() -> Result<u64> {
    let pkg = repo::site().join("pkg");
    let mut sizes: BTreeMap<String, u64> = BTreeMap::new();
    let mut manifest: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in fs::read_dir(&pkg).with_context(|| format!("cannot list {}", pkg.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(plain) = name.strip_suffix(".br") {
            sizes.insert(plain.to_owned(), entry.metadata()?.len());
        } else if name.starts_with(split::MANIFEST) {
            manifest = read_manifest(&entry.path())?;
        }
    }
    let sum = |is_meant: &dyn Fn(&str) -> bool| -> u64 {
        sizes.iter().filter(|(name, _)| is_meant(name)).map(|(_, size)| size).sum()
    };
    let main = format!("{OUTPUT_NAME}.");
    let scripts = sum(&|name| name.ends_with(".js") || name.ends_with(".css"));
    let main_wasm = sum(&|name| name.starts_with(&main) && name.ends_with(".wasm"));
    let mut home = None;
    // A page comes with the words of one language; the larger one counts.
    let (words, pages): (Vec<_>, Vec<_>) = manifest.iter().partition(|(part, _)| part.starts_with(WORDS));
    let size = |files: &[String], words: &[String]| {
        let is_meant = |name: &str| {
            name.strip_suffix(".wasm").is_some_and(|stem| files.iter().chain(words).any(|file| file == stem))
        };
        sum(&is_meant)
    };
    // The offline part is no page: it is loaded after one.
    for (part, files) in pages.into_iter().filter(|(part, _)| *part != "offline") {
        let own = words.iter().map(|(_, words)| size(files, words)).max().unwrap_or_else(|| size(files, &[]));
        let wasm = main_wasm + own;
        progress::say(&format!(
            "first load of {part}: wasm {} ({} in {} files of its own), script and style {}",
            progress::kilobytes(wasm as usize),
            progress::kilobytes(own as usize),
            files.len(),
            progress::kilobytes(scripts as usize)
        ));
        if part == HOME && main_wasm > 0 {
            home = Some(wasm);
        }
    }
    home.with_context(|| format!("{} has no release client with a part for the home page", pkg.display()))
}

/// Refuses a client that has grown. Only the tests ask: a build without wasm-opt is larger and works all the same.
///
/// # Errors
/// When the home page's first load is larger than [`MOST_WASM`].
pub fn check() -> Result<()> {
    let wasm = report()?;
    if wasm > MOST_WASM {
        bail!("the home page loads {wasm} bytes of wasm first, more than {MOST_WASM}");
    }
    Ok(())
}

fn read_manifest(path: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is not a manifest", path.display()))
}
