//! wasm-opt from the npm package `binaryen`, where Node is there. Debian's version is too old: what it writes dies in
//! the browser. The client also works without this step, only larger.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::site::File;
use crate::{process, progress, repo};

const PACKAGE: &str = "binaryen@132.0.0";

/// A wasm-opt that can be called.
pub struct Shrinker {
    program: PathBuf,
}

impl Shrinker {
    /// The one installed under `target/tools`, or freshly installed; `None`, with a reason on stderr, where it cannot be.
    pub fn find() -> Option<Self> {
        let folder = repo::target().join("tools/binaryen");
        let program = folder.join("node_modules/.bin/wasm-opt");
        let stamp = folder.join("installed");
        if std::fs::read_to_string(&stamp).is_ok_and(|s| s == PACKAGE) && program.exists() && process::has("node") {
            return Some(Self { program });
        }
        if !(process::has("node") && process::has("npm")) {
            progress::say("wasm-opt is skipped: there is no Node (the client works, a little larger)");
            return None;
        }
        let installed = progress::step(&format!("install {PACKAGE} under target/tools"), || {
            std::fs::create_dir_all(&folder)?;
            process::run(
                Command::new("npm")
                    .args(["install", "--no-audit", "--no-fund", "--no-save", "--loglevel=error", "--prefix"])
                    .args([&folder])
                    .arg(PACKAGE)
                    .current_dir(&folder),
            )?;
            std::fs::write(&stamp, PACKAGE).context("cannot write the stamp")
        });
        match installed {
            Ok(()) => Some(Self { program }),
            Err(error) => {
                progress::say(&format!("wasm-opt is skipped: {error:#}"));
                None
            }
        }
    }

    /// What is done, for the stamp: another version or level means doing it again.
    pub fn describe(&self) -> &'static str {
        "binaryen@132.0.0 -O1"
    }

    /// Makes a module smaller that goes on doing the same.
    ///
    /// `-O1` without feature flags: `-Oz` takes ten times as long and compresses no better, and naming features lets
    /// the optimiser use some that browsers do not have yet.
    pub fn shrink(&self, file: &mut File) -> Result<()> {
        let dir = repo::scratch("shrink")?;
        let (from, to) = (dir.join("in.wasm"), dir.join("out.wasm"));
        std::fs::write(&from, &file.bytes)?;
        process::run(Command::new(&self.program).arg("-O1").arg(&from).arg("-o").arg(&to))?;
        file.bytes = std::fs::read(&to).context("wasm-opt wrote nothing")?;
        if file.bytes.is_empty() {
            bail!("wasm-opt wrote an empty module");
        }
        Ok(())
    }
}
