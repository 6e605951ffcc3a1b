//! `cargo xtask shots`: pictures of the pages of a server that runs already, for people to look at.

use std::net::SocketAddr;
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::{install, process, repo, serve};

#[derive(Args)]
pub struct ShotsArgs {
    /// The running server.
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
}

pub fn run(args: &ShotsArgs) -> Result<()> {
    serve::status_of(args.addr, "/api/v1/health/ready")
        .with_context(|| format!("no server answers on {}; start one with `cargo xtask run`", args.addr))?;
    let folder = repo::root().join("end2end");
    install::node()?;
    install::npm(&folder)?;
    let mut npm = Command::new("npm");
    npm.args(["run", "--silent", "screenshots"])
        .current_dir(&folder)
        .env("E2E_BASE_URL", format!("http://{}", args.addr))
        .env("CHROMIUM_PATH", install::chromium()?);
    process::run(&mut npm)
}
