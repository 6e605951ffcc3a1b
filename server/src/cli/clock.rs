//! `clock`: whether the machine's clock is believed, and saying that it is right.

use anyhow::Result;
use clap::{Args, Subcommand};

use super::Console;
use crate::services::Services;
use crate::services::acting::Caller;

/// Shows or confirms the clock. One that is far beyond the latest time that was seen deletes and revokes nothing until
/// somebody says that it is right.
#[derive(Debug, Args)]
pub struct Clock {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum What {
    /// Tell whether the clock is believed.
    Status,
    /// Say that the clock is right; running servers believe it within a minute.
    Confirm,
}

impl Clock {
    pub(super) async fn run(self, services: &Services, console: &mut Console) -> Result<()> {
        let acting = services.acting(Caller::Console, None);
        match self.what {
            What::Status => match acting.held_clock().await? {
                Some(held) => writeln!(
                    console.out(),
                    "the clock says {}, far beyond {}: set it right, or run `routing-ml clock confirm`",
                    held.clock_at,
                    held.latest_at
                )?,
                None => writeln!(console.out(), "the clock is believed")?,
            },
            What::Confirm => {
                acting.confirm_clock().await?;
                writeln!(console.out(), "the clock is believed")?;
            }
        }
        Ok(())
    }
}
