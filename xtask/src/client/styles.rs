//! `style/main.scss` → one compressed CSS file, by `grass`, a Sass compiler in Rust.

use anyhow::{Result, anyhow};

use crate::{progress, repo};

/// The whole style sheet. Without `style/main.scss` there is nothing to serve, which is an error.
pub fn compile() -> Result<String> {
    let main = repo::root().join("style/main.scss");
    if !main.is_file() {
        progress::say("style/main.scss is not there yet: the pages are unstyled");
        return Ok(String::new());
    }
    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    grass::from_path(&main, &options).map_err(|error| anyhow!("{}: {error}", main.display()))
}
