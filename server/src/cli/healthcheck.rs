//! `healthcheck`: whether a server on this machine is ready, for containers that have no other HTTP client.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Console;

/// Shorter than what Docker waits for, so that the reason is still seen.
const LIMIT: Duration = Duration::from_secs(4);
/// Most bytes of an answer that are read.
const MOST_BYTES: u64 = 64 * 1024;

/// Asks a running server whether it is ready; the exit code is the answer.
#[derive(Debug, Args)]
pub struct Healthcheck {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
}

impl Healthcheck {
    pub(super) async fn run(&self, console: &Console) -> Result<()> {
        let (status, body) = tokio::time::timeout(LIMIT, ask(self.addr))
            .await
            .with_context(|| format!("{} did not answer within {} s", self.addr, LIMIT.as_secs()))??;
        if status != "200" {
            bail!("{} is not ready: HTTP status {status} {body}", self.addr);
        }
        // Answers are right, and yet somebody should look.
        if !body.contains("\"state\":\"ok\"") {
            console.say(&body);
        }
        Ok(())
    }
}

/// HTTP status and body of the readiness address.
pub(super) async fn ask(addr: SocketAddr) -> Result<(String, String)> {
    let mut stream = TcpStream::connect(addr).await.with_context(|| format!("nothing listens on {addr}"))?;
    let request = format!("GET /api/v1/health/ready HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(MOST_BYTES).read_to_end(&mut answer).await.context("the answer is cut off")?;
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
    let status = status.with_context(|| format!("{addr} does not speak HTTP"))?.to_owned();
    Ok((status, answer.split_once("\r\n\r\n").map_or("", |(_, body)| body).trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    async fn check_against(answer: &'static str) -> Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port exists");
        let addr = listener.local_addr().expect("a listener has an address");
        let answering = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("the check connects");
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                assert_ne!(stream.read_buf(&mut request).await.expect("the check asks"), 0);
            }
            assert!(request.starts_with(b"GET /api/v1"));
            stream.write_all(answer.as_bytes()).await.expect("the check reads");
        });
        let checked = Healthcheck { addr }.run(&Console::new(std::io::sink(), std::io::sink())).await;
        answering.await.expect("the answer was given");
        checked
    }

    #[tokio::test]
    async fn only_ready_is_ready() {
        assert!(check_against("HTTP/1.1 200 OK\r\n\r\n").await.is_ok());
        let error = check_against("HTTP/1.1 503 Service Unavailable\r\n\r\n").await.expect_err("it is not ready");
        assert!(error.to_string().contains("503"), "{error}");
    }
}
