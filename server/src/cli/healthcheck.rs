//! `healthcheck`: whether a server on this machine is ready, for containers that have no other HTTP client.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Shorter than what Docker waits for, so that the reason is still seen.
const LIMIT: Duration = Duration::from_secs(4);

/// Asks a running server whether it is ready; the exit code is the answer.
#[derive(Debug, Args)]
pub struct Healthcheck {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
}

impl Healthcheck {
    pub(super) async fn run(&self) -> Result<()> {
        let status = tokio::time::timeout(LIMIT, status(self.addr))
            .await
            .with_context(|| format!("{} did not answer within {} s", self.addr, LIMIT.as_secs()))??;
        if status != "200" {
            bail!("{} is not ready: HTTP status {status}", self.addr);
        }
        Ok(())
    }
}

/// The HTTP status of the readiness address.
pub(super) async fn status(addr: SocketAddr) -> Result<String> {
    let mut stream = TcpStream::connect(addr).await.with_context(|| format!("nothing listens on {addr}"))?;
    let request = format!("GET /api/v1/health/ready HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut head = [0u8; 12];
    stream.read_exact(&mut head).await.context("the answer is cut off")?;
    let head = String::from_utf8_lossy(&head);
    head.strip_prefix("HTTP/1.1 ").map(str::to_owned).with_context(|| format!("{addr} does not speak HTTP"))
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
            let mut request = [0u8; 16];
            stream.read_exact(&mut request).await.expect("the check asks");
            assert!(request.starts_with(b"GET /api/v1"));
            stream.write_all(answer.as_bytes()).await.expect("the check reads");
        });
        let checked = Healthcheck { addr }.run().await;
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
