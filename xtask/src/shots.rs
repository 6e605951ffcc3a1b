//! `cargo xtask shots`: pictures of the pages of a server that runs already, for people to look at.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::{install, process, repo, serve};

#[derive(Args)]
pub struct ShotsArgs {
    /// The running server.
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// Who looks: somebody who can sign in there.
    #[arg(long)]
    user: String,
    /// Where the password is taken from, so that it is in no list of processes.
    #[arg(long, env = "ROUTING_ML_PASSWORD", hide_env_values = true)]
    password: String,
    /// Folder of the pictures; `target/screenshots` unless given.
    #[arg(long)]
    out: Option<PathBuf>,
}

pub fn run(args: &ShotsArgs) -> Result<()> {
    serve::status_of(args.addr, "/api/v1/health/ready")
        .with_context(|| format!("no server answers on {}; start one with `cargo xtask run`", args.addr))?;
    let folder = repo::root().join("end2end");
    install::node()?;
    install::npm(&folder)?;
    let out = args.out.clone().unwrap_or_else(|| repo::target().join("screenshots"));
    let out = std::path::absolute(&out).with_context(|| format!("{} is not a folder name", out.display()))?;
    let mut npm = Command::new("npm");
    npm.args(["run", "--silent", "screenshots", "--"])
        .arg(out)
        .current_dir(&folder)
        .env("E2E_BASE_URL", format!("http://{}", args.addr))
        .env("E2E_USER", &args.user)
        .env("E2E_PASSWORD", &args.password)
        .env("CHROMIUM_PATH", install::chromium()?);
    process::run(&mut npm)
}
