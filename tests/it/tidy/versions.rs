//! `Cargo.lock`: versions below which a dependency has a fault that concerns us, and crates that must stand there once
//! or not at all. The reasons stand in `docs/adr/0006-dependencies.md`.

use super::tree;

/// Crate, lowest version, what is wrong below it.
const FLOORS: &[(&str, [u64; 3], &str)] = &[
    ("leptos", [0, 8, 21], "Suspense can hang"),
    ("server_fn", [0, 8, 13], "bodies of requests have no size limit"),
    ("hydration_context", [0, 3, 1], "`<` in serialised errors is not escaped"),
];

/// Crates of which there must be exactly one version, beginning with this.
const SINGLE: &[(&str, &str, &str)] = &[
    ("tower-http", "0.6.", "leptos_axum is on 0.6; 0.7 would be a second copy"),
    ("libsqlite3-sys", "", "two cannot be linked into one binary"),
    ("wasm-bindgen", "0.2.130", "the schema between the crate and its command line must match"),
    ("wasm-bindgen-cli-support", "0.2.130", "the schema between the crate and its command line must match"),
    ("axum", "0.8.", "a handler of one version does not fit the router of another"),
];

const NEVER: &[(&str, &str)] = &[
    ("openssl-sys", "TLS is rustls; the binary must not need a system library"),
    ("native-tls", "TLS is rustls"),
    ("rusqlite", "it links SQLite a second time"),
];

fn versions_of<'a>(packages: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    packages.iter().filter(|(n, _)| n == name).map(|(_, version)| version.as_str()).collect()
}

fn parse(version: &str) -> [u64; 3] {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let mut parts = core.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}

fn violations(lock: &str) -> Vec<String> {
    let lock: toml::Table = lock.parse().expect("Cargo.lock is TOML");
    let text = |package: &toml::Value, key: &str| package[key].as_str().expect("every package has it").to_owned();
    let packages: Vec<(String, String)> = lock["package"]
        .as_array()
        .expect("a lock file lists packages")
        .iter()
        .map(|package| (text(package, "name"), text(package, "version")))
        .collect();
    let mut found = Vec::new();
    for (name, floor, fault) in FLOORS {
        let versions = versions_of(&packages, name);
        if versions.is_empty() {
            found.push(format!("{name} is not in Cargo.lock; if it is no longer needed, remove its floor"));
        }
        for version in versions.into_iter().filter(|version| parse(version) < *floor) {
            found.push(format!("{name} {version} is below {floor:?}: {fault}"));
        }
    }
    for (name, prefix, reason) in SINGLE {
        let versions = versions_of(&packages, name);
        if versions.len() != 1 || !versions[0].starts_with(prefix) {
            found.push(format!("{name} must stand once, as {prefix}…, but there is {versions:?}: {reason}"));
        }
    }
    for (name, reason) in NEVER {
        if !versions_of(&packages, name).is_empty() {
            found.push(format!("{name} must not be used: {reason}"));
        }
    }
    found
}

#[test]
fn locked_versions_are_sound() {
    tree::assert_none(&violations(&tree::read("Cargo.lock").text));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock_with(name: &str, version: &str) -> String {
        tree::read("Cargo.lock").text + &format!("\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n")
    }

    #[test]
    fn each_kind_of_fault_is_found() {
        for (name, version) in
            [("server_fn", "0.8.12"), ("tower-http", "0.7.0"), ("openssl-sys", "0.9.1"), ("libsqlite3-sys", "0.1.0")]
        {
            assert_eq!(violations(&lock_with(name, version)).len(), 1, "{name} {version}");
        }
        assert_eq!(violations(&lock_with("server_fn", "0.9.0-rc.1")), Vec::<String>::new());
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(parse("0.8.9") < parse("0.8.21") && parse("1.0.0-alpha") == [1, 0, 0]);
    }
}
