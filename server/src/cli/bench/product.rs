//! The product's own commands and its server, as processes of their own.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::used;
use crate::cli::healthcheck;
use crate::config::Config;

/// How long the server may take until it answers.
const START: Duration = Duration::from_secs(60);

/// The product's own commands over one data directory.
pub struct Product {
    pub config: Config,
}

/// A command that is told what to do and says nothing.
pub struct Quiet(Command);

impl Product {
    pub fn command(&self, name: &str) -> Quiet {
        // Without a path of its own the shell's is taken.
        let program = std::env::current_exe().unwrap_or_else(|_| "routing-ml".into());
        let mut command = Command::new(program);
        command.arg(name).arg("--data-dir").arg(&self.config.data_dir).arg("--database-url");
        command.arg(&self.config.database_url).stdout(Stdio::null()).stderr(Stdio::piped()).stdin(Stdio::null());
        Quiet(command)
    }
}

impl Quiet {
    pub fn arg(mut self, arg: impl AsRef<std::ffi::OsStr>) -> Self {
        self.0.arg(arg);
        self
    }

    pub fn run(self) -> Result<()> {
        self.spawn()?.wait()
    }

    pub fn spawn(mut self) -> Result<Running> {
        Ok(Running(self.0.spawn().context("cannot start the product's own command")?))
    }
}

/// A command under way.
pub struct Running(Child);

impl Running {
    pub fn wait(self) -> Result<()> {
        let output = self.0.wait_with_output()?;
        if !output.status.success() {
            bail!("a command of the benchmark failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    }
}

/// The served product.
pub struct Served {
    child: Child,
    pub addr: SocketAddr,
}

impl Served {
    /// With further arguments of `serve`.
    pub fn start(product: &Product, arguments: &[&str]) -> Result<Self> {
        // Free a moment ago: nobody else is expected to take it.
        let addr = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = product.command("serve").arg("--addr").arg(addr.to_string());
        command.0.args(arguments);
        command.0.stderr(Stdio::null());
        Ok(Self { child: command.0.spawn().context("cannot start the server")?, addr })
    }

    /// Waits until it is ready, and says how many seconds that took.
    pub async fn wait(&mut self) -> Result<f64> {
        let began = Instant::now();
        while !healthcheck::ask(self.addr).await.is_ok_and(|(status, _)| status == "200") {
            if began.elapsed() > START || self.child.try_wait()?.is_some() {
                bail!("the server did not become ready");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(began.elapsed().as_secs_f64())
    }

    /// Memory and file handles, where the system tells them (Linux).
    pub fn used(&self) -> (Option<f64>, Option<usize>) {
        let process = format!("/proc/{}", self.child.id());
        let memory = std::fs::read_to_string(format!("{process}/status")).ok();
        let handles = std::fs::read_dir(format!("{process}/fd")).ok();
        (memory.and_then(|status| used::resident_of(&status)), handles.map(Iterator::count))
    }

    pub fn stop(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It has ended already when it was stopped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
