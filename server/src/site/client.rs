//! The built client as the pages name it: which files each of its slices needs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use app::shell::SliceFiles;

/// Files of the slices of the client, read once. Without a built client there are none, and pages name none.
#[derive(Debug, Default)]
pub struct Client {
    script: Option<String>,
    modules: BTreeMap<String, Vec<String>>,
}

impl Client {
    /// What `cargo xtask client` left below `site_root`.
    pub fn read(site_root: &Path) -> Self {
        let hashes = std::fs::read_to_string(site_root.join("hash.txt")).unwrap_or_default();
        let hash = |word: &str| hashes.lines().filter_map(|line| line.split_once(": ")).find(|(name, _)| *name == word);
        let manifest = hash("manifest").map(|(_, hash)| format!("pkg/__wasm_split_manifest.{hash}.json"));
        let modules: BTreeMap<String, Vec<String>> = manifest
            .and_then(|name| std::fs::read(site_root.join(name)).ok())
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        Self { script: hash("split").map(|(_, hash)| format!("/pkg/__wasm_split.{hash}.js")), modules }
    }

    /// The files of some slices, each file once.
    pub fn files_of(&self, slices: &[&str]) -> SliceFiles {
        let modules: BTreeSet<&String> = slices.iter().filter_map(|slice| self.modules.get(*slice)).flatten().collect();
        SliceFiles {
            scripts: self.script.iter().cloned().collect(),
            modules: modules.into_iter().map(|name| format!("/pkg/{name}.wasm")).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_names_its_files_and_an_unknown_one_none() {
        let site = tempfile::tempdir().expect("the temporary folder is writable");
        std::fs::create_dir(site.path().join("pkg")).expect("it was just made");
        let write = |name: &str, text: &str| std::fs::write(site.path().join(name), text).expect("it is writable");
        write("hash.txt", "js: 01\nsplit: 01\nmanifest: 01\n");
        write(
            "pkg/__wasm_split_manifest.01.json",
            r#"{"home":["x-chunk-5.01","x-split-home.01"],"words":["x-chunk-5.01"]}"#,
        );
        let files = Client::read(site.path()).files_of(&["home", "words"]);
        assert_eq!(files.scripts, ["/pkg/__wasm_split.01.js"]);
        assert_eq!(files.modules, ["/pkg/x-chunk-5.01.wasm", "/pkg/x-split-home.01.wasm"]);
        assert!(Client::read(site.path()).files_of(&["nothing"]).modules.is_empty());
        assert_eq!(Client::read(Path::new("/nowhere")).files_of(&["home"]), SliceFiles::default());
    }
}
