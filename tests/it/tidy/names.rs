//! The shape of the tree: `thing.rs` beside `thing/`, opened by what it is for, and names that say something.

use std::collections::BTreeSet;

use super::rust::{Kind, tokens};
use super::tree::{self, TextFile};

const EMPTY_WORDS: [&str; 11] =
    ["util", "utils", "helper", "helpers", "common", "commons", "misc", "manager", "managers", "stuff", "shared"];

/// Folders of Rust sources, by package.
const SOURCES: [&str; 7] =
    ["engine/src", "contract/src", "app/src", "server/src", "frontend/src", "xtask/src", "tests"];

fn shape(files: &[TextFile]) -> Vec<String> {
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let mut found = Vec::new();
    let mut openers = BTreeSet::new();
    for file in files {
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        if name == "mod.rs" {
            found.push(format!("{}: a module is thing.rs beside thing/", file.path));
        }
        if name == "lib.rs" || name == "main.rs" {
            openers.insert(file.path.clone());
        } else if !["/src", "/it"].iter().any(|root| folder.ends_with(root)) {
            openers.insert(format!("{folder}.rs"));
        }
        for word in file.path.trim_end_matches(".rs").split('/').filter(|part| EMPTY_WORDS.contains(part)) {
            found.push(format!("{}: `{word}` says nothing; if it has no home, it has no name yet", file.path));
        }
        found.extend(inline_modules(file));
    }
    for opener in openers {
        match files.iter().find(|file| file.path == opener) {
            None if !paths.contains(opener.as_str()) => found.push(format!("{opener}: is missing beside its folder")),
            Some(file) if !file.text.starts_with("//!") => {
                found.push(format!("{opener}: does not open with `//!`: purpose, in, out, what it never does"));
            }
            _ => {}
        }
    }
    found
}

fn inline_modules(file: &TextFile) -> Vec<String> {
    let tokens = tokens(&file.text);
    tokens
        .windows(2)
        .filter_map(|pair| match (&pair[0].kind, &pair[1].kind) {
            (Kind::Ident(keyword), Kind::Ident(name)) if keyword == "mod" && EMPTY_WORDS.contains(&name.as_str()) => {
                Some(format!("{}:{}: `mod {name}` says nothing", file.path, pair[0].line))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn folders_are_opened_by_a_file_and_modules_have_names() {
    let files: Vec<TextFile> = SOURCES.iter().flat_map(|folder| tree::below(folder, "rs")).collect();
    assert!(files.len() > 20, "only {} files were read", files.len());
    tree::assert_none(&shape(&files));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_found() {
        let cases = [
            ("a mod.rs", vec![("engine/src/a/mod.rs", "//! x"), ("engine/src/a.rs", "//! x")]),
            ("a folder without its file", vec![("engine/src/a/b.rs", "")]),
            ("a folder's file without a purpose", vec![("engine/src/a/b.rs", ""), ("engine/src/a.rs", "mod b;")]),
            ("a root without a purpose", vec![("server/src/main.rs", "fn main() {}")]),
            ("an empty word", vec![("app/src/utils.rs", "")]),
            ("an empty word inside", vec![("app/src/x.rs", "mod helpers { }")]),
        ];
        for (name, files) in cases {
            let files: Vec<_> = files.into_iter().map(|(path, text)| TextFile::new(path, text)).collect();
            assert_eq!(shape(&files).len(), 1, "{name}: {:?}", shape(&files));
        }
    }

    #[test]
    fn a_tidy_tree_passes() {
        let files = [
            ("engine/src/lib.rs", "//! x"),
            ("engine/src/a.rs", "//! x"),
            ("engine/src/a/b.rs", ""),
            ("tests/it/main.rs", "//! x"),
        ];
        let files: Vec<_> = files.into_iter().map(|(path, text)| TextFile::new(path, text)).collect();
        assert_eq!(shape(&files), Vec::<String>::new());
    }
}
