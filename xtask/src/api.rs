//! `cargo xtask api`: requests made up from the description of `/api/v1`, against a served demo plant.
//!
//! Comes in: how long. Goes out: an exit code that is 0 only when every answer was one that the description lists, of the
//! form that it gives, and none was a fault of ours. What was found stands on the terminal with a command that repeats it.
//! Never does: use a version of the tool that somebody installed.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::process::Background;
use crate::temporary::TemporaryFolder;
use crate::{install, plant, process, progress, repo, serve};

/// The tool that makes up the requests, and the only version that is used.
const SCHEMATHESIS: &str = "4.32.5";
/// Items of the demo plant.
const N_ITEMS: usize = 200;
/// Who asks, of `plant::add_people`.
const PLANNER: &str = "e2e planner";

/// A request may fit the description and still ask for nothing at all, or write a whole number as `1.0`: both are refused.
const NOT_CHECKED: &str = "positive_data_acceptance";

#[derive(Args)]
pub struct ApiArgs {
    /// Seconds for all endpoints together.
    #[arg(long, default_value_t = 120)]
    seconds: u32,
    /// Repeat a run; the tool says its seed at the end.
    #[arg(long)]
    seed: Option<u64>,
}

pub fn run(args: &ApiArgs) -> Result<()> {
    let tool = installed()?;
    let binary = serve::build_debug()?;
    let data = TemporaryFolder::new("api")?;
    plant::prepare(&binary, data.path(), N_ITEMS, &mut |command| process::run(command.env_remove("DATABASE_URL")))?;
    plant::add_people(&binary, data.path())?;
    let addr = serve::free_address()?;
    let log = repo::scratch("logs")?.join("api-server.log");
    let mut command = serve::command(&binary, addr, data.path());
    command.env_remove("DATABASE_URL");
    let mut server = Background::start("the server", command, Some(&log))?;
    serve::wait_until_ready(&mut server, addr, Duration::from_secs(60))
        .with_context(|| format!("its log is in {}", log.display()))?;
    let token = token(addr)?;
    progress::step(&format!("ask /api/v1 for {} s", args.seconds), || {
        let mut ask = Command::new(&tool);
        ask.args(["run", &format!("http://{addr}/api/v1/openapi.json"), "--continue-on-failure"])
            .args(["--header", &format!("Authorization: Bearer {token}")])
            .args(["--checks", "all", "--exclude-checks", NOT_CHECKED])
            .args(["--phases", "coverage,fuzzing", "--max-time", &args.seconds.to_string()])
            .args(["--request-timeout", "60"])
            // It leaves files behind.
            .current_dir(repo::scratch("schemathesis")?);
        if let Some(seed) = args.seed {
            ask.args(["--seed", &seed.to_string()]);
        }
        process::run(&mut ask).with_context(|| format!("the server's log is in {}", log.display()))
    })?;
    match server.ended()? {
        Some(status) => bail!("the server ended with {status} while it was asked"),
        None => Ok(()),
    }
}

/// A token with every scope, made as a planner makes one: by signing in and by the form of the profile.
fn token(addr: SocketAddr) -> Result<String> {
    let form = format!("name={}&password={}", PLANNER.replace(' ', "+"), plant::PASSWORD.replace(' ', "+"));
    let entered = post(addr, "/sign-in", "", &form)?;
    let session = between(&entered, "set-cookie: session=", ";").context("the planner was not let in")?;
    let form = "act=make_token&name=schemathesis&scope=read&scope=predict&scope=feedback&days=1";
    let page = post(addr, "/profile", &format!("session={session}"), form)?;
    let end = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let secret = page.split("rml_").nth(1).and_then(|rest| rest.split(end).next()).context("no token was made")?;
    Ok(format!("rml_{secret}"))
}

/// Sends a form and gives the whole answer. A whole HTTP client only for this would be heavier than these lines.
fn post(addr: SocketAddr, path: &str, cookie: &str, form: &str) -> Result<String> {
    let mut stream = TcpStream::connect_timeout(&addr, Duration::from_secs(2))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).context("the answer is no text")?;
    Ok(answer)
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    text.split(begin).nth(1)?.split(end).next()
}

/// The tool in an environment of its own below `target/`, fetched if it is not there yet.
fn installed() -> Result<PathBuf> {
    let root = repo::scratch(&format!("schemathesis-{SCHEMATHESIS}"))?;
    let tool = root.join("bin/schemathesis");
    if !tool.is_file() {
        install::python()?;
        progress::step(&format!("install schemathesis {SCHEMATHESIS}"), || {
            process::run(Command::new("python3").args(["-m", "venv"]).arg(&root))?;
            process::run(
                Command::new(root.join("bin/pip"))
                    .args(["install", "--quiet", "--disable-pip-version-check"])
                    .arg(format!("schemathesis=={SCHEMATHESIS}")),
            )
        })?;
    }
    Ok(tool)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_between_its_ends() {
        assert_eq!(between("a: b\r\nset-cookie: session=x; Path", "session=", ";"), Some("x"));
        assert_eq!(between("nothing", "session=", ";"), None);
    }
}
