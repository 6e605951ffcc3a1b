//! `cargo xtask run`: from a fresh clone to a page in the browser.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::process::Background;
use crate::{client, plant, progress, repo, serve};

#[derive(Args)]
pub struct RunArgs {
    /// Where to listen; only on this machine, because whoever reads the console may sign in.
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// What the product keeps; `data` in the repository unless given.
    #[arg(long, env = "ROUTING_ML_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Size of the demo plant that is made when there is no model yet.
    #[arg(long, default_value_t = 5000)]
    items: usize,
}

pub fn run(args: &RunArgs) -> Result<()> {
    serve::must_be_free(args.addr)?;
    progress::step("build the client", || client::build(client::Kind::Release))?;
    let binary = progress::step("build the server", serve::build_release)?;
    let data_dir = match &args.data_dir {
        Some(dir) => std::path::absolute(dir).with_context(|| format!("{} is not a folder name", dir.display()))?,
        None => repo::root().join("data"),
    };
    std::fs::create_dir_all(&data_dir).with_context(|| format!("cannot create {}", data_dir.display()))?;
    if plant::has_model(&binary, &data_dir)? {
        progress::say(&format!("there is a model in {}", data_dir.display()));
    } else {
        plant::prepare(&binary, &data_dir, args.items, &mut |command| crate::process::run(command))?;
    }
    let mut server = Background::start("the server", serve::demo_command(&binary, args.addr, &data_dir), None)?;
    serve::wait_until_ready(&mut server, args.addr, Duration::from_secs(60))?;
    progress::say(&format!(
        "Routing ML is served on http://{}; sign in by the link above (Ctrl-C stops it)",
        args.addr
    ));
    let status = server.wait()?;
    if !status.success() {
        bail!("the server ended with {status}");
    }
    Ok(())
}
