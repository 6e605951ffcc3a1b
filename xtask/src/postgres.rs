//! A PostgreSQL of Debian's package for one test run: own folder, own port on loopback, gone afterwards.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::process::{self, StopOnSignal};
use crate::temporary::TemporaryFolder;
use crate::{install, serve};

/// A running server; stopped and deleted when dropped.
pub struct Postgres {
    bin: PathBuf,
    url: String,
    _stop: StopOnSignal,
    folder: TemporaryFolder,
}

impl Postgres {
    /// Installs PostgreSQL if it is lacking and allowed, then starts one.
    pub fn start() -> Result<Self> {
        install::debian(&["postgresql"], || bin_folder().is_some())?;
        let bin = bin_folder().context("PostgreSQL has no initdb")?;
        // Made before what stops the server, so that a signal stops the server first and then deletes the folder.
        let folder = TemporaryFolder::new("postgres")?;
        if install::is_root() {
            process::run(Command::new("chown").arg("postgres").arg(folder.path()))
                .context("PostgreSQL refuses to run as root, and there is no user postgres to run it as")?;
        }
        let port = serve::free_address()?.port();
        let stop = StopOnSignal::new(words(&pg_ctl(&bin, folder.path(), &["-m", "immediate", "-w", "stop"])));
        let postgres = Self { bin, folder, url: format!("postgres://postgres@127.0.0.1:{port}/postgres"), _stop: stop };
        postgres.initialise()?;
        postgres.listen(port)?;
        Ok(postgres)
    }

    /// Address for a superuser, who may create databases.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn initialise(&self) -> Result<()> {
        let mut initdb = as_database_user(&self.bin.join("initdb"));
        initdb.arg("-D").arg(data_folder(self.folder.path()));
        initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        process::output(initdb.current_dir("/")).map(drop)
    }

    /// Durability is off: this data is thrown away in any case, and tests wait for every commit.
    fn listen(&self, port: u16) -> Result<()> {
        let log = self.folder.path().join("log");
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync=off \
             -c synchronous_commit=off -c full_page_writes=off -c max_connections=300",
            self.folder.path().display()
        );
        let mut start = pg_ctl(&self.bin, self.folder.path(), &["-w", "-t", "60", "-o", &options, "start"]);
        start.arg("-l").arg(&log).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if !start.status().context("cannot start pg_ctl")?.success() {
            bail!("PostgreSQL did not start: {}", std::fs::read_to_string(&log).unwrap_or_default());
        }
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = pg_ctl(&self.bin, self.folder.path(), &["-m", "immediate", "-w", "stop"]);
        let _ = stop.stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

fn data_folder(folder: &Path) -> PathBuf {
    folder.join("data")
}

fn pg_ctl(bin: &Path, folder: &Path, args: &[&str]) -> Command {
    let mut command = as_database_user(&bin.join("pg_ctl"));
    command.arg("-D").arg(data_folder(folder)).args(args).current_dir("/");
    command
}

/// PostgreSQL refuses to run as root; then the package's own user runs it.
fn as_database_user(program: &Path) -> Command {
    if !install::is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command
}

fn words(command: &Command) -> Vec<String> {
    std::iter::once(command.get_program()).chain(command.get_args()).map(|w| w.to_string_lossy().into_owned()).collect()
}

/// The newest of Debian's versions, else what is on the path.
fn bin_folder() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("pg_ctl").is_file())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin).or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|dir| dir.join("initdb").is_file() && dir.join("pg_ctl").is_file())
    })
}
