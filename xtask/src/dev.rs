//! `cargo xtask dev`: builds fast, serves, and does both again whenever a source file changes.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use clap::Args;

use crate::process::Background;
use crate::{client, plant, progress, repo, serve};

/// What a build depends on, below the root.
const WATCHED: [&str; 10] =
    ["engine", "contract", "app", "server", "frontend", "locales", "style", "public", "Cargo.toml", "Cargo.lock"];

#[derive(Args)]
pub struct DevArgs {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// What the product keeps; `data` in the repository unless given.
    #[arg(long, env = "ROUTING_ML_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Size of the demo plant that is made when there is no model yet.
    #[arg(long, default_value_t = 600)]
    items: usize,
}

pub fn run(args: &DevArgs) -> Result<()> {
    serve::must_be_free(args.addr)?;
    let data_dir = match &args.data_dir {
        Some(dir) => std::path::absolute(dir).with_context(|| format!("{} is not a folder name", dir.display()))?,
        None => repo::root().join("data"),
    };
    std::fs::create_dir_all(&data_dir).with_context(|| format!("cannot create {}", data_dir.display()))?;
    let mut server = None;
    loop {
        let seen = snapshot(repo::root());
        if let Err(error) = rebuild(args, &data_dir, &mut server) {
            progress::say(&format!("{error:#}; waiting for a change"));
        }
        while snapshot(repo::root()) == seen {
            std::thread::sleep(Duration::from_millis(300));
        }
        progress::say("a source file changed");
    }
}

/// Builds both sides and starts the new server. The old one serves until both builds succeeded.
fn rebuild(args: &DevArgs, data_dir: &Path, server: &mut Option<Background>) -> Result<()> {
    progress::step("build the client", || client::build(client::Kind::Dev))?;
    let binary = progress::step("build the server", serve::build_debug)?;
    drop(server.take());
    if !plant::has_model(&binary, data_dir)? {
        plant::prepare(&binary, data_dir, args.items, &mut |command| crate::process::run(command))?;
    }
    let mut started = Background::start("the server", serve::demo_command(&binary, args.addr, data_dir), None)?;
    serve::wait_until_ready(&mut started, args.addr, Duration::from_secs(60))?;
    *server = Some(started);
    progress::say(&format!("serving on http://{} (Ctrl-C stops)", args.addr));
    Ok(())
}

/// Every watched file with the time of its last change.
fn snapshot(root: &Path) -> BTreeMap<PathBuf, Option<SystemTime>> {
    let mut files = BTreeMap::new();
    for name in WATCHED {
        collect(&root.join(name), &mut files);
    }
    files
}

fn collect(path: &Path, files: &mut BTreeMap<PathBuf, Option<SystemTime>>) {
    let Ok(entries) = std::fs::read_dir(path) else {
        if let Ok(meta) = path.metadata() {
            files.insert(path.to_owned(), meta.modified().ok());
        }
        return;
    };
    for entry in entries.flatten() {
        if !entry.file_name().to_string_lossy().starts_with('.') {
            collect(&entry.path(), files);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_changes_the_snapshot_and_a_hidden_one_does_not() {
        let root = std::env::temp_dir().join(format!("routing-ml-dev-{}", std::process::id()));
        std::fs::create_dir_all(root.join("engine/src")).expect("the temporary folder can be written");
        let before = snapshot(&root);
        std::fs::write(root.join("engine/.swap"), "x").expect("it can be written");
        assert_eq!(snapshot(&root), before);
        std::fs::write(root.join("engine/src/lib.rs"), "x").expect("it can be written");
        assert_ne!(snapshot(&root), before);
        std::fs::remove_dir_all(&root).expect("it was just made");
    }
}
