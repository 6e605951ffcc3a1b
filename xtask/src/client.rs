//! The browser client: compile → bind → shrink → name by content → precompress, into `target/site`.
//!
//! Comes in: the sources of `frontend`, `style/` and `public/`. Goes out: `target/site` with `hash.txt`, which the
//! server reads to name the files in its pages.
//! Never does: compile the server; cargo must not see both in one call, or it would unify `ssr` with `hydrate`.

mod bind;
mod shrink;
mod site;
mod styles;

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{install, process, progress, repo};

/// The name of all files of the client, also known to the server.
pub const OUTPUT_NAME: &str = "routing-ml";

/// How the client is built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Fast to build.
    Dev,
    /// Small to load.
    Release,
}

/// Builds what changed since the last time.
pub fn build(kind: Kind) -> Result<()> {
    install::wasm_target()?;
    let wasm = progress::step("compile the client", || compile(kind))?;
    let site = site::Site::open(kind)?;
    let shrinker = match kind {
        Kind::Release => shrink::Shrinker::find(),
        Kind::Dev => None,
    };
    let input = std::fs::read(&wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let recipe = format!("{kind:?} {}", shrinker.as_ref().map_or("as compiled", |s| s.describe()));
    let code = site.unless_current("code", &[recipe.as_bytes(), &input], || {
        let bound = progress::step("bind to JavaScript", || bind::bind(&wasm, kind))?;
        let small = match &shrinker {
            Some(shrinker) => progress::step("wasm-opt", || shrinker.shrink(bound.wasm))?,
            None => bound.wasm,
        };
        Ok(vec![("js", bound.js), ("wasm", small)])
    })?;
    let css = styles::compile()?;
    let style = site.unless_current("style", &[format!("{kind:?}").as_bytes(), css.as_bytes()], || {
        Ok(vec![("css", css.clone().into_bytes())])
    })?;
    site.finish(&[code, style].concat())
}

/// The dev client has no debug information, which would make it many times as large to bind and to load, but else uses
/// the `dev` profile: a profile of its own would compile every macro of our dependencies once more.
fn compile(kind: Kind) -> Result<PathBuf> {
    let (args, folder) = match kind {
        Kind::Dev => (["--config", "profile.dev.debug=false"], "debug"),
        Kind::Release => (["--profile", "wasm-release"], "wasm-release"),
    };
    process::run(process::cargo().args(["build", "--package", "frontend", "--target", install::WASM]).args(args))?;
    Ok(repo::target().join(install::WASM).join(folder).join("frontend.wasm"))
}
