//! The server's binary: building it, starting it, knowing when it is ready.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::process::{self, Background};
use crate::repo;

/// The packages that are compiled for the server. Naming the same set in every call lets cargo share what it built:
/// another set may mean other features of the same dependency, and compiling it again.
pub const SERVER_SIDE: [&str; 10] = ["-p", "engine", "-p", "contract", "-p", "app", "-p", "server", "-p", "tests"];

/// Builds the binary fast, for tests and daily work, with cargo's own progress on the terminal.
pub fn build_debug() -> Result<PathBuf> {
    process::run(&mut build_debug_command())?;
    Ok(debug_binary())
}

/// The command behind [`build_debug`].
pub fn build_debug_command() -> Command {
    let mut cargo = process::cargo();
    cargo.arg("build").args(SERVER_SIDE).args(["--bin", "routing-ml"]);
    cargo
}

/// Where [`build_debug`] puts it.
pub fn debug_binary() -> PathBuf {
    repo::target().join("debug/routing-ml")
}

/// Builds the binary that runs fast.
pub fn build_release() -> Result<PathBuf> {
    process::run(process::cargo().args(["build", "--release", "-p", "server", "--bin", "routing-ml"]))?;
    Ok(repo::target().join("release/routing-ml"))
}

/// `routing-ml serve`, not started yet.
pub fn command(binary: &Path, addr: SocketAddr, data_dir: &Path) -> Command {
    let mut command = Command::new(binary);
    command
        .args(["serve", "--addr", &addr.to_string()])
        .env("ROUTING_ML_DATA_DIR", data_dir)
        .env("ROUTING_ML_SITE", repo::site())
        .current_dir(repo::root());
    command
}

/// The same for trying the product: the server prints a link that signs in as the demo's admin.
pub fn demo_command(binary: &Path, addr: SocketAddr, data_dir: &Path) -> Command {
    let mut command = command(binary, addr, data_dir);
    command.arg("--demo");
    command
}

/// An address on loopback that nobody uses now.
pub fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on 127.0.0.1")?;
    listener.local_addr().context("a listener has an address")
}

/// Refuses early, with advice, an address that somebody uses.
pub fn must_be_free(addr: SocketAddr) -> Result<()> {
    match TcpListener::bind(addr) {
        Ok(_) => Ok(()),
        Err(error) => bail!(
            "cannot listen on {addr} ({error}); stop what uses it, or choose another with --addr {}:{}",
            addr.ip(),
            addr.port().wrapping_add(1).max(1024)
        ),
    }
}

/// Waits until the server says that it is ready, which needs a model.
///
/// # Errors
/// When it ends by itself, or is not ready within `limit`.
pub fn wait_until_ready(server: &mut Background, addr: SocketAddr, limit: Duration) -> Result<()> {
    wait_until_ok(server, addr, "/api/v1/health/ready", limit)
}

/// Waits until the server answers at all, with or without a model.
///
/// # Errors
/// When it ends by itself, or does not answer within `limit`.
pub fn wait_until_alive(server: &mut Background, addr: SocketAddr, limit: Duration) -> Result<()> {
    wait_until_ok(server, addr, "/api/v1/health/live", limit)
}

fn wait_until_ok(server: &mut Background, addr: SocketAddr, path: &str, limit: Duration) -> Result<()> {
    let deadline = Instant::now() + limit;
    let mut last = String::from("no answer yet");
    while Instant::now() < deadline {
        if let Some(status) = server.ended()? {
            bail!("the server ended with {status} before it was ready");
        }
        match status_of(addr, path) {
            Ok(200) => return Ok(()),
            Ok(status) => last = format!("HTTP status {status}"),
            Err(error) => last = format!("{error:#}"),
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    bail!("the server on {addr} did not say 200 to {path} within {} s: {last}", limit.as_secs())
}

/// The HTTP status of one GET. A whole HTTP client only for this would be heavier than these lines.
pub fn status_of(addr: SocketAddr, path: &str) -> Result<u16> {
    let mut stream = TcpStream::connect_timeout(&addr, Duration::from_secs(2))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n")?;
    let mut head = [0u8; 12];
    stream.read_exact(&mut head)?;
    std::str::from_utf8(&head)
        .ok()
        .and_then(|line| line.strip_prefix("HTTP/1.1 "))
        .and_then(|code| code.parse().ok())
        .context("the answer is not HTTP")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_use_is_refused_with_another_to_try() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port exists");
        let addr = taken.local_addr().expect("a listener has an address");
        let message = must_be_free(addr).expect_err("it is taken").to_string();
        assert!(message.contains(&addr.to_string()) && message.contains("--addr"), "{message}");
    }

    #[test]
    fn the_status_is_read_from_the_first_line() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port exists");
        let addr = listener.local_addr().expect("a listener has an address");
        let answering = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a connection comes");
            // To its end: a connection closed on unread bytes is a broken pipe to the one who still writes.
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0u8];
                stream.read_exact(&mut byte).expect("a request comes");
                request.extend(byte);
            }
            stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\n\r\n").expect("it is read");
        });
        assert_eq!(status_of(addr, "/x").expect("it answers"), 503);
        answering.join().expect("the thread ends");
    }
}
