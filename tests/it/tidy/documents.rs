//! A map that names places which are gone is worse than none.

use super::tree::{self, TextFile};

/// Paths in backticks that do not exist. Left out are addresses (`/api/v1`), build output (`target/…`), patterns and
/// anything with a space.
pub fn missing(document: &TextFile, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (at, line) in document.text.lines().enumerate() {
        for quoted in line.split('`').skip(1).step_by(2) {
            if looks_like_a_path(quoted) && !exists(quoted.trim_end_matches('/')) {
                found.push(format!("{}:{}: {quoted} does not exist", document.path, at + 1));
            }
        }
    }
    found
}

pub fn looks_like_a_path(text: &str) -> bool {
    let is_plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    let has_place =
        text.contains('/') || [".rs", ".md", ".toml", ".scss", ".ftl"].iter().any(|ext| text.ends_with(ext));
    is_plain && has_place && !text.starts_with('/') && !text.starts_with("target/")
}

#[test]
fn every_path_in_the_map_exists() {
    let documents = ["docs/ADDING.md", "docs/ARCHITECTURE.md", "docs/ROADMAP.md", "docs/SECURITY.md", "README.md"];
    let found: Vec<String> =
        documents.iter().flat_map(|path| missing(&tree::read(path), |path| tree::root().join(path).exists())).collect();
    tree::assert_none(&found);
}

#[test]
fn the_map_names_every_package_and_every_folder_of_the_engine() {
    let map = tree::read("docs/ARCHITECTURE.md").text;
    let mut wanted: Vec<String> = ["engine/", "contract/", "app/", "server/", "frontend/", "tests/", "xtask/"]
        .map(|name| format!("`{name}`"))
        .to_vec();
    let folders = std::fs::read_dir(tree::root().join("engine/src")).expect("the engine is there").flatten();
    wanted.extend(
        folders.filter(|e| e.path().is_dir()).map(|e| format!("`engine/src/{}/`", e.file_name().to_string_lossy())),
    );
    let found: Vec<String> = wanted.into_iter().filter(|name| !map.contains(name.as_str())).collect();
    assert!(found.is_empty(), "docs/ARCHITECTURE.md does not name {found:?}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_gone_is_found_and_other_code_is_not() {
        let text = "See `engine/src/gone.rs`, `engine/src/`, `/api/v1/items`, `cargo xtask run`, `target/site`, `Backend`, `gone.md`.";
        let found = missing(&TextFile::new("docs/X.md", text), |path| path == "engine/src");
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
