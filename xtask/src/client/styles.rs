//! `style/main.scss` → one compressed CSS file, by `grass`, a Sass compiler in Rust.

use anyhow::{Result, anyhow};

use crate::repo;

/// The whole style sheet. Without `style/main.scss` there is nothing to serve, which is an error.
pub fn compile() -> Result<String> {
    let main = repo::root().join("style/main.scss");
    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    grass::from_path(&main, &options).map_err(|error| anyhow!("{}: {error}", main.display()))
}
