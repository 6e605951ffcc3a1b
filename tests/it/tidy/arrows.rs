//! Which package may depend on which, read from the manifests.

use std::collections::BTreeSet;

use super::tree;

/// Package, the packages of the workspace it may use, and outside crates it must not have.
const ARROWS: &[(&str, &[&str], &[&str])] = &[
    // js-sys is there for Unicode's tables in one file, which `rooms.rs` watches.
    (
        "engine",
        &[],
        &["tokio", "sqlx", "leptos", "axum", "web-sys", "wasm-bindgen", "anyhow", "reqwest", "tracing", "utoipa"],
    ),
    (
        "contract",
        &["engine"],
        &[
            "leptos",
            "leptos_router",
            "server_fn",
            "axum",
            "sqlx",
            "tokio",
            "rexie",
            "web-sys",
            "wasm-bindgen",
            "anyhow",
        ],
    ),
    ("app", &["contract", "engine"], &["sqlx", "axum", "leptos_axum", "tokio", "rexie", "anyhow", "web-sys", "utoipa"]),
    ("server", &["app", "contract", "engine"], &["rexie", "gloo-net", "web-sys"]),
    ("frontend", &["app", "contract", "engine"], &["sqlx", "axum", "tokio", "anyhow", "utoipa"]),
    ("tests", &["app", "contract", "engine", "server"], &[]),
    ("xtask", &[], &[]),
];

const OURS: [&str; 7] = ["engine", "contract", "app", "server", "frontend", "tests", "xtask"];

/// Names in every table of dependencies, development and target-specific ones included.
fn dependencies(manifest: &toml::Table) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (key, value) in manifest {
        let Some(table) = value.as_table() else { continue };
        if ["dependencies", "dev-dependencies", "build-dependencies"].contains(&key.as_str()) {
            names.extend(table.keys().cloned());
        } else {
            names.extend(dependencies(table));
        }
    }
    names
}

fn violations(package: &str, manifest: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().unwrap_or_else(|error| panic!("{package}/Cargo.toml: {error}"));
    let names = dependencies(&manifest);
    let Some((_, may_use, never)) = ARROWS.iter().find(|(name, ..)| *name == package) else {
        return vec![format!("{package}: has no row in the table of arrows")];
    };
    let inward = names.iter().filter(|name| OURS.contains(&name.as_str()) && !may_use.contains(&name.as_str()));
    let outward = names.iter().filter(|name| never.contains(&name.as_str()));
    inward.chain(outward).map(|name| format!("{package} must not depend on {name}")).collect()
}

#[test]
fn packages_depend_only_along_the_arrows() {
    let workspace: toml::Table = tree::read("Cargo.toml").text.parse().expect("the workspace has a manifest");
    let members = workspace["workspace"]["members"].as_array().expect("the workspace has members");
    let found: Vec<String> = members
        .iter()
        .filter_map(|member| member.as_str())
        .flat_map(|member| violations(member, &tree::read(&format!("{member}/Cargo.toml")).text))
        .collect();
    tree::assert_none(&found);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_against_the_flow_is_found_in_every_kind_of_table() {
        for manifest in [
            "[dependencies]\nserver.workspace = true",
            "[dev-dependencies]\nserver = { path = \"../server\" }",
            "[target.'cfg(unix)'.dependencies]\nserver = \"1\"",
            "[dependencies]\nsqlx = \"0.9\"",
        ] {
            assert_eq!(violations("app", manifest).len(), 1, "{manifest}");
            assert_eq!(violations("contract", manifest).len(), 1, "{manifest}");
        }
        assert_eq!(violations("app", "[dependencies]\nengine.workspace = true\nserde = \"1\""), Vec::<String>::new());
        assert_eq!(violations("new", "[dependencies]").len(), 1);
    }
}
