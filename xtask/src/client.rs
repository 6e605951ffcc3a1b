//! The browser client: compile → cut into parts → bind → shrink → name by content → precompress, into `target/site`.
//!
//! Comes in: the sources of `frontend`, `style/` and `public/`. Goes out: `target/site` with `hash.txt`, which the
//! server reads to name the files in its pages.
//! Never does: compile the server; cargo must not see both in one call, or it would unify `ssr` with `hydrate`.

mod bind;
pub mod first_load;
mod shrink;
mod site;
mod split;
mod styles;

use std::path::PathBuf;
use std::process::Command;

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
    build_by(kind, &|_| {})
}

/// The same by a compiler that `prepare` has told more, such as to lint.
pub fn build_by(kind: Kind, prepare: &dyn Fn(&mut Command)) -> Result<()> {
    install::wasm_target()?;
    let wasm = progress::step("compile the client", || compile(kind, prepare))?;
    let site = site::Site::open(kind)?;
    let shrinker = match kind {
        Kind::Release => shrink::Shrinker::find(),
        Kind::Dev => None,
    };
    let input = std::fs::read(&wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let recipe = format!("{kind:?} {}", shrinker.as_ref().map_or("as compiled", |s| s.describe()));
    let code = site.unless_current("code", &[recipe.as_bytes(), &input], || {
        let pieces = progress::step("cut into parts", || split::split(&wasm))?;
        let bound = progress::step("bind to JavaScript", || bind::bind(&pieces.main, kind))?;
        let mut files = vec![
            site::File::new(OUTPUT_NAME, "js", bound.js),
            site::File::new(OUTPUT_NAME, "wasm", bound.wasm),
            site::File::new(split::LINK, "js", pieces.link.into_bytes()),
            site::File::new(split::MANIFEST, "json", pieces.manifest),
        ];
        files.extend(pieces.files.into_iter().map(|(name, wasm)| site::File::new(&name, "wasm", wasm)));
        if let Some(shrinker) = &shrinker {
            progress::step("wasm-opt", || {
                files.iter_mut().filter(|file| file.extension == "wasm").try_for_each(|file| shrinker.shrink(file))
            })?;
        }
        Ok(site::named_together(files))
    })?;
    let css = styles::compile()?;
    let style = site.unless_current("style", &[format!("{kind:?}").as_bytes(), css.as_bytes()], || {
        Ok(site::named_together(vec![site::File::new(OUTPUT_NAME, "css", css.clone().into_bytes())]))
    })?;
    site.finish(&[code, style].concat())?;
    if kind == Kind::Release { first_load::report().map(drop) } else { Ok(()) }
}

/// The linker leaves its relocations in, by which the module is cut into parts.
///
/// The dev client has no debug information, which would make it many times as large to bind and to load, but else uses
/// the `dev` profile: a profile of its own would compile every macro of our dependencies once more.
fn compile(kind: Kind, prepare: &dyn Fn(&mut Command)) -> Result<PathBuf> {
    let (args, folder) = match kind {
        Kind::Dev => (["--config", "profile.dev.debug=false"], "debug"),
        Kind::Release => (["--profile", "wasm-release"], "wasm-release"),
    };
    let mut cargo = process::cargo();
    cargo.args(["rustc", "--package", "frontend", "--lib", "--target", install::WASM]);
    cargo.args(args).args(["--", "-C", "link-args=--emit-relocs"]);
    prepare(&mut cargo);
    process::run(&mut cargo)?;
    Ok(repo::target().join(install::WASM).join(folder).join("frontend.wasm"))
}
