//! `cargo xtask fuzz`: what strangers send, made up by the million, against the targets in `fuzz/`.
//!
//! Comes in: how long. Goes out: an exit code that is 0 only when no target found anything; a finding lies as a file in
//! `fuzz/artifacts`, and what was learnt in `target/xtask/fuzz`, where the next run goes on.
//! Never does: need a nightly compiler. Only the address sanitizer would, and none of our own code has `unsafe`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{process, progress, repo};

/// The tool that builds and runs the targets, and the only version that is used.
const CARGO_FUZZ: &str = "0.13.2";

#[derive(Args)]
pub struct FuzzArgs {
    /// Seconds for each target.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Only this target; may be given several times.
    #[arg(long)]
    target: Vec<String>,
}

pub fn run(args: &FuzzArgs) -> Result<()> {
    let tool = installed()?;
    let known = targets()?;
    if let Some(unknown) = args.target.iter().find(|target| !known.contains(target)) {
        bail!("there is no fuzz target {unknown}; there are: {}", known.join(", "));
    }
    let chosen = known.iter().filter(|target| args.target.is_empty() || args.target.contains(target));
    let mut failed = Vec::new();
    for target in chosen {
        let done =
            progress::step(&format!("fuzz {target} for {} s", args.seconds), || fuzz(&tool, target, args.seconds));
        if let Err(error) = done {
            progress::say(&format!("{target}: {error:#}"));
            failed.push(target.clone());
        }
    }
    if !failed.is_empty() {
        bail!("findings of {}: see fuzz/artifacts", failed.join(", "));
    }
    Ok(())
}

/// The targets are the files of their folder, so that none can be forgotten.
fn targets() -> Result<Vec<String>> {
    let folder = repo::root().join("fuzz/fuzz_targets");
    let entries = std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}

fn fuzz(tool: &PathBuf, target: &str, seconds: u32) -> Result<()> {
    let corpus = repo::scratch("fuzz")?.join(target);
    std::fs::create_dir_all(&corpus).with_context(|| format!("cannot create {}", corpus.display()))?;
    let mut command = Command::new(tool);
    command
        .args(["fuzz", "run", "--sanitizer", "none", "--target-dir"])
        .arg(repo::target().join("fuzz"))
        .arg(target)
        .arg(&corpus)
        .arg(repo::root().join("fuzz/seeds").join(target))
        .args(["--", "-timeout=10", "-max_len=8192", "-print_final_stats=1"])
        .arg(format!("-max_total_time={seconds}"))
        .current_dir(repo::root().join("fuzz"));
    process::run(&mut command)
}

/// The tool, built below `target/` if it is not there yet: no version that somebody installed gets in.
fn installed() -> Result<PathBuf> {
    let root = repo::scratch(&format!("cargo-fuzz-{CARGO_FUZZ}"))?;
    let tool = root.join("bin/cargo-fuzz");
    if !tool.is_file() {
        progress::step(&format!("install cargo-fuzz {CARGO_FUZZ}"), || {
            process::run(
                process::cargo()
                    .args(["install", "cargo-fuzz", "--locked", "--version", CARGO_FUZZ, "--root"])
                    .arg(&root)
                    .arg("--target-dir")
                    .arg(repo::target().join("cargo-fuzz")),
            )
        })?;
    }
    Ok(tool)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_built_and_has_seeds() {
        let manifest = std::fs::read_to_string(repo::root().join("fuzz/Cargo.toml")).expect("there is a manifest");
        let bins = manifest.split("[[bin]]").skip(1);
        let mut built: Vec<String> =
            bins.filter_map(|bin| bin.split("name = \"").nth(1)?.split('"').next()).map(str::to_owned).collect();
        built.sort();
        let targets = targets().expect("the folder is there");
        assert_eq!(targets, built);
        for target in targets {
            let seeds = std::fs::read_dir(repo::root().join("fuzz/seeds").join(&target));
            assert!(seeds.is_ok_and(|seeds| seeds.count() > 0), "{target} has no seeds");
        }
    }
}
