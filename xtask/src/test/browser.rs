//! The browser tests: a server of our own with a small demo plant, and Playwright in a real Chromium. This part also
//! prepares what the others may have left out, so that it can run alone.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Recorder;
use crate::process::Background;
use crate::serve::SERVER_SIDE;
use crate::temporary::TemporaryFolder;
use crate::{install, plant, repo, serve};

/// Items of the demo plant: enough for every page, few enough to train in a moment.
const N_ITEMS: usize = 600;

pub fn run(recorder: &mut Recorder) -> Result<()> {
    let folder = repo::root().join("end2end");
    super::release_client()?;
    install::node()?;
    install::npm(&folder)?;
    let chromium = install::chromium()?;
    recorder.run(Command::new("npm").args(["run", "--silent", "check"]).current_dir(&folder))?;
    let linting = super::Linting::new()?;
    recorder.run(linting.of(serve::build_debug_command().arg("--locked")))?;
    // The native answers that the browser's must equal.
    recorder.run(linting.of(super::cargo("test").args(SERVER_SIDE).args(["--test", "it", "parity::"])))?;

    let binary = serve::debug_binary();
    let data = TemporaryFolder::new("e2e")?;
    plant::prepare(&binary, data.path(), N_ITEMS, &mut |command| recorder.run(command.env_remove("DATABASE_URL")))?;
    plant::measure(&binary, data.path(), &mut |command| recorder.run(command.env_remove("DATABASE_URL")))?;
    plant::add_people(&binary, data.path())?;
    let addr = serve::free_address()?;
    let log = repo::scratch("logs")?.join("server.log");
    let mut command = serve::command(&binary, addr, data.path());
    command.env_remove("DATABASE_URL");
    let mut server = Background::start("the server", command, Some(&log))?;
    serve::wait_until_ready(&mut server, addr, Duration::from_secs(60))
        .with_context(|| format!("its log is in {}", log.display()))?;

    let mut playwright = Command::new("npm");
    playwright
        .args(["run", "--silent", "test"])
        .current_dir(&folder)
        .env("E2E_BASE_URL", format!("http://{addr}"))
        .env("E2E_DATA_DIR", data.path())
        .env("E2E_PASSWORD", plant::PASSWORD)
        .env("ROUTING_ML_BIN", &binary)
        .env("CHROMIUM_PATH", chromium)
        .env("CI", "1");
    recorder.run(&mut playwright).with_context(|| format!("the server's log is in {}", log.display()))?;
    match server.ended()? {
        Some(status) => bail!("the server ended with {status} while the browser tests ran"),
        None => Ok(()),
    }
}
