//! `replay`: an answer made again from its receipt.

use anyhow::{Result, bail};
use clap::Args;
use engine::domain::Receipt;

use super::Console;
use crate::services::Services;

/// Makes the answer of a receipt again by the model that made it, writes it as one line, and fails when its bytes are
/// not those of the first time.
#[derive(Debug, Args)]
pub struct Replay {
    /// The receipt, or enough of its first digits.
    receipt: String,
}

impl Replay {
    pub(super) async fn run(&self, services: &Services, console: &mut Console) -> Result<()> {
        let replay = services.replay(&Receipt::new(self.receipt.trim())).await?;
        let line = serde_json::to_string(&replay.prediction)?;
        writeln!(console.out(), "{line}")?;
        console.out().flush()?;
        if !replay.is_same {
            bail!("the answer is not the one of the first time");
        }
        console.say("the same bytes as the first time");
        Ok(())
    }
}
