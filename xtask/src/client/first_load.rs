//! How much the browser loads before a page is alive: the main module, its script and style, and the page's own part.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{OUTPUT_NAME, split};
use crate::{progress, repo};

/// Bytes of wasm, compressed by brotli, that a page may load first: what people wait for on a first visit. A page that
/// needs more gets a line of its own here, with what it is worth.
/// Home, with script and style, stays below 330 KB: its errors name the codes that were meant. Predicting reads pasted tables and
/// hands routings on.
const BUDGETS: [(&str, u64); 2] = [("home", 310_000), ("predict", 425_000)];
/// The same for all other pages.
const BUDGET: u64 = 400_000;
/// How the parts with words begin, one for each language.
const WORDS: &str = "words_";

/// What a page loads first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstLoad {
    page: String,
    /// Compressed.
    wasm_bytes: u64,
}

impl FirstLoad {
    fn budget(&self) -> u64 {
        BUDGETS.iter().find(|(page, _)| *page == self.page).map_or(BUDGET, |(_, bytes)| *bytes)
    }
}

/// Says what each page's first load is, beside its budget.
pub fn report() -> Result<Vec<FirstLoad>> {
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
    let mut pages_first = Vec::new();
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
        let first = FirstLoad { page: part.clone(), wasm_bytes: wasm };
        progress::say(&format!(
            "first load of {part}: wasm {} of {} ({} in {} files of its own), script and style {}",
            progress::kilobytes(wasm as usize),
            progress::kilobytes(first.budget() as usize),
            progress::kilobytes(own as usize),
            files.len(),
            progress::kilobytes(scripts as usize)
        ));
        pages_first.push(first);
    }
    if main_wasm == 0 || BUDGETS.iter().any(|(page, _)| pages_first.iter().all(|first| first.page != *page)) {
        bail!("{} has no release client with a part for each page that has a budget", pkg.display());
    }
    Ok(pages_first)
}

/// Refuses a client that has grown. Only the tests ask: a build without wasm-opt is larger and works all the same.
///
/// # Errors
/// When a page's first load is larger than its budget.
pub fn check() -> Result<()> {
    let over = over(&report()?);
    if over.is_empty() { Ok(()) } else { bail!("{}", over.join("; ")) }
}

fn over(pages: &[FirstLoad]) -> Vec<String> {
    let pages = pages.iter().filter(|first| first.wasm_bytes > first.budget());
    let text = |first: &FirstLoad| {
        format!("{} loads {} bytes of wasm first, more than {}", first.page, first.wasm_bytes, first.budget())
    };
    pages.map(text).collect()
}

fn read_manifest(path: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is not a manifest", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_has_its_own_budget() {
        let first = |page: &str, wasm_bytes| FirstLoad { page: page.to_owned(), wasm_bytes };
        assert_eq!(over(&[first("home", 310_000), first("model", 400_000)]), [""; 0]);
        let named = over(&[first("home", 310_001), first("model", 310_001), first("item", 400_001)]);
        assert_eq!(named.len(), 2);
        assert!(named[0].starts_with("home loads 310001") && named[1].contains("more than 400000"), "{named:?}");
    }
}
