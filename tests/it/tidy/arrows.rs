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

/// Outside crates in every table of dependencies, by the names that they have at the registry.
fn crates(manifest: &toml::Table) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (key, value) in manifest {
        let Some(table) = value.as_table() else { continue };
        if ["dependencies", "dev-dependencies", "build-dependencies"].contains(&key.as_str()) {
            let named = |(name, what): (&String, &toml::Value)| {
                what.get("package").and_then(toml::Value::as_str).unwrap_or(name).to_owned()
            };
            names.extend(table.iter().map(named).filter(|name| !OURS.contains(&name.as_str())));
        } else {
            names.extend(crates(table));
        }
    }
    names
}

/// The crates that the tables of ADR 0006 have lines of: the first word of each name in the first column.
fn reasons(document: &str) -> BTreeSet<String> {
    let cells = document.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let without_remarks = |cell: &str| {
        let pieces = cell.split('(').map(|piece| piece.split_once(')').map_or(piece, |(_, rest)| rest));
        pieces.collect::<String>()
    };
    let names = cells.map(without_remarks).flat_map(|cell| {
        let words = cell.split(',').filter_map(|name| Some(name.split_whitespace().next()?.to_owned()));
        words.collect::<Vec<_>>()
    });
    names.filter(|name| name != "Crate").collect()
}

/// Crates without a line, and lines without a crate; what is installed beside the tree has lines too.
fn unreasoned(used: &BTreeSet<String>, document: &str) -> Vec<String> {
    const INSTALLED: [&str; 3] = ["cargo-fuzz", "libfuzzer-sys", "schemathesis"];
    let reasons = reasons(document);
    let new = used.difference(&reasons).map(|name| format!("{name} has no line in ADR 0006"));
    let gone = reasons.difference(used).filter(|name| !INSTALLED.contains(&name.as_str()));
    new.chain(gone.map(|name| format!("{name} has a line in ADR 0006 and is used nowhere"))).collect()
}

#[test]
fn every_dependency_has_its_reason() {
    let manifests = OURS.map(|package| tree::read(&format!("{package}/Cargo.toml")).text);
    let used = manifests.iter().flat_map(|text| crates(&text.parse().expect("cargo reads it too"))).collect();
    tree::assert_none(&unreasoned(&used, &tree::read("docs/adr/0006-dependencies.md").text));
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

    #[test]
    fn a_crate_without_a_line_and_a_line_without_a_crate_are_found() {
        let document =
            "| Crate | What |\n|---|---|\n| a, b (feature `x, y`) | … |\n| c 0.2 (wasm) | … |\n| schemathesis | … |";
        let manifest = "[dependencies]\na = \"1\"\nengine.workspace = true\n[target.x.dependencies]\n\
                        c_02 = { package = \"c\", version = \"0.2\" }\n[dev-dependencies]\nd = \"1\"";
        let used = crates(&manifest.parse().expect("it is a manifest"));
        let found = unreasoned(&used, document);
        assert_eq!(found, ["d has no line in ADR 0006", "b has a line in ADR 0006 and is used nowhere"]);
    }
}
