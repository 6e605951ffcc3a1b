//! Whether every crate of the tree has a licence that `deny.toml` allows, and comes from crates.io. `cargo deny` does more,
//! but takes minutes to install; this much is known from `cargo metadata` alone.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{process, repo};

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Checks the whole tree, for every platform.
pub fn run() -> Result<()> {
    let policy = std::fs::read_to_string(repo::root().join("deny.toml")).context("cannot read deny.toml")?;
    let allowed = allowed(&policy);
    if allowed.is_empty() {
        bail!("deny.toml allows no licence at all");
    }
    let metadata = process::output(process::cargo().args(["metadata", "--format-version", "1", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata wrote no JSON")?;
    let packages = metadata["packages"].as_array().context("cargo metadata listed no packages")?;
    let faults: Vec<String> = packages.iter().filter_map(|package| fault(package, &allowed)).collect();
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}

fn fault(package: &Value, allowed: &[String]) -> Option<String> {
    // Packages without a source are our own.
    let source = package["source"].as_str()?;
    let name = package["name"].as_str().unwrap_or("?");
    let licence = package["license"].as_str().unwrap_or("none stated");
    if source != REGISTRY {
        return Some(format!("{name} comes from {source}, not from crates.io"));
    }
    (!is_allowed(licence, allowed)).then(|| format!("{name}: deny.toml does not allow its licence ({licence})"))
}

/// The strings of `allow = […]` under `[licenses]`.
fn allowed(policy: &str) -> Vec<String> {
    let list =
        policy.split_once("\nallow = [").and_then(|(_, rest)| rest.split_once("\n]")).map_or("", |(list, _)| list);
    list.lines().filter_map(|line| line.trim().strip_prefix('"')?.split('"').next()).map(str::to_owned).collect()
}

/// Whether an SPDX expression can be met with allowed licences only. `/` is an old way to write `OR`.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "_WITH_");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    either(&words, &mut at, allowed) && at == words.len()
}

fn either(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = both(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= both(words, at, allowed);
    }
    met
}

fn both(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allowed);
    }
    met
}

fn one(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word == "(" {
        let met = either(words, at, allowed);
        *at += 1;
        return met;
    }
    allowed.contains(&word.replace("_WITH_", " WITH "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str =
        "[licenses]\nallow = [\n  \"MIT\",\n  \"Zlib\", # why\n  \"Apache-2.0 WITH LLVM-exception\",\n]\n";

    #[test]
    fn expressions_are_read_with_their_precedence() {
        let allowed = allowed(POLICY);
        assert_eq!(allowed.len(), 3);
        for good in
            ["MIT", "GPL-3.0 OR MIT", "GPL-3.0/MIT", "(GPL-3.0 OR MIT) AND Zlib", "Apache-2.0 WITH LLVM-exception"]
        {
            assert!(is_allowed(good, &allowed), "{good}");
        }
        for bad in ["GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0", "(MIT", "none stated", "MIT Zlib"] {
            assert!(!is_allowed(bad, &allowed), "{bad}");
        }
    }

    #[test]
    fn a_crate_from_elsewhere_is_a_fault_and_our_own_is_not() {
        let allowed = allowed(POLICY);
        let package = |source: Value| serde_json::json!({ "name": "x", "license": "MIT", "source": source });
        assert_eq!(fault(&package(REGISTRY.into()), &allowed), None);
        assert_eq!(fault(&package(Value::Null), &allowed), None);
        assert!(fault(&package("git+https://example.org/x".into()), &allowed).is_some());
    }
}
