//! wasm-bindgen as a library, so that its command line tool need not be installed.

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use super::{Kind, OUTPUT_NAME};
use crate::repo;

/// The two halves of the client.
pub struct Bound {
    pub js: Vec<u8>,
    pub wasm: Vec<u8>,
}

/// Splits the compiler's wasm into wasm and the JavaScript around it.
///
/// The JavaScript carries no address of the wasm: the page passes it, since only the page knows the hashed name.
pub fn bind(wasm: &[u8], kind: Kind) -> Result<Bound> {
    let out = repo::scratch("bound")?;
    std::fs::remove_dir_all(&out).with_context(|| format!("cannot empty {}", out.display()))?;
    Bindgen::new()
        .input_bytes(OUTPUT_NAME, wasm.to_vec())
        .web(true)?
        .out_name(OUTPUT_NAME)
        .typescript(false)
        .omit_default_module_path(true)
        .keep_debug(false)
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(kind == Kind::Release)
        .remove_producers_section(true)
        .generate(&out)
        .context("wasm-bindgen could not read the client")?;
    if out.join("snippets").exists() {
        bail!("a dependency brought JavaScript files of its own; they need hashed names before they can be served");
    }
    let read = |name: String| std::fs::read(out.join(&name)).with_context(|| format!("wasm-bindgen wrote no {name}"));
    Ok(Bound { js: read(format!("{OUTPUT_NAME}.js"))?, wasm: read(format!("{OUTPUT_NAME}_bg.wasm"))? })
}
