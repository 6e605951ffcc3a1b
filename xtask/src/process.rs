//! Running other programs. What is started here is also stopped here: on success, on failure and on Ctrl-C.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{progress, repo};

/// How to stop something that outlives one command: a shell line, run when a signal ends the task.
static TO_STOP: Mutex<Vec<(u64, Vec<String>)>> = Mutex::new(Vec::new());

fn to_stop() -> MutexGuard<'static, Vec<(u64, Vec<String>)>> {
    TO_STOP.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Registers a command that undoes something; dropping the token forgets it.
pub struct StopOnSignal(u64);

impl StopOnSignal {
    pub fn new(command: Vec<String>) -> Self {
        let mut list = to_stop();
        let id = list.last().map_or(0, |(id, _)| id + 1);
        list.push((id, command));
        Self(id)
    }
}

impl Drop for StopOnSignal {
    fn drop(&mut self) {
        to_stop().retain(|(id, _)| *id != self.0);
    }
}

/// On Ctrl-C or SIGTERM, stops what is still running and leaves with the shell's code for an interrupt.
pub fn stop_children_on_signal() -> Result<()> {
    ctrlc::set_handler(|| {
        progress::say("interrupted: stopping what was started");
        for (_, command) in to_stop().drain(..).rev() {
            if let Some((program, args)) = command.split_first() {
                let _ = Command::new(program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
            }
        }
        std::process::exit(130);
    })
    .context("cannot listen for Ctrl-C")
}

/// Asks a process to end. Signals need unsafe code or a program; every system with a shell has `kill`.
fn terminate_command(pid: u32) -> Vec<String> {
    ["sh", "-c", &format!("kill -TERM {pid}")].map(str::to_owned).to_vec()
}

/// A program that runs beside the task, ended at the latest when this is dropped.
pub struct Background {
    name: String,
    child: Child,
    _stop: StopOnSignal,
}

impl Background {
    /// Starts `command`; both of its streams go to `log`, or to the terminal.
    pub fn start(name: &str, mut command: Command, log: Option<&Path>) -> Result<Self> {
        if let Some(log) = log {
            let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
            command.stdout(file.try_clone()?).stderr(file);
        }
        let child = command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot start {name}"))?;
        let stop = StopOnSignal::new(terminate_command(child.id()));
        Ok(Self { name: name.to_owned(), child, _stop: stop })
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().with_context(|| format!("cannot ask after {}", self.name))
    }

    /// Waits until it ends by itself.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        self.child.wait().with_context(|| format!("cannot wait for {}", self.name))
    }
}

impl Drop for Background {
    /// Asks it to end, gives it five seconds, then ends it.
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        let command = terminate_command(self.child.id());
        let _ = Command::new(&command[0]).args(&command[1..]).stderr(Stdio::null()).status();
        let deadline = Instant::now() + Duration::from_secs(5);
        while Instant::now() < deadline {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command that reads `input`.
pub fn run_with_input(command: &mut Command, input: &str) -> Result<()> {
    let mut child = command.stdin(Stdio::piped()).spawn().with_context(|| format!("cannot start {command:?}"))?;
    // Dropped at the end of the statement, so that the child sees the end of its input.
    child.stdin.take().context("the child has an input")?.write_all(input.as_bytes())?;
    let status = child.wait()?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

/// Cargo, in the root, without what the outer `cargo run` left in the environment: those variables would make build
/// scripts of the inner call believe that their inputs changed.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(repo::root());
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_set_by_cargo_run) {
            command.env_remove(name);
        }
    }
    command
}

fn is_set_by_cargo_run(name: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"]
        .iter()
        .any(|p| name.starts_with(p))
}

/// Runs a command on the terminal of the task.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.status().with_context(|| format!("cannot start {shown}"))?;
    if !status.success() {
        bail!("{shown} ended with {status}");
    }
    Ok(())
}

/// What a command writes to stdout, if it succeeds.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = shown(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {shown}"))?;
    if !output.status.success() {
        bail!("{shown} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("{shown} wrote something that is not UTF-8"))
}

/// Whether a program of this name is on the path.
pub fn has(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

/// Runs a command, writes everything to `log`, and shows the lines that `is_shown` picks; says every half minute
/// what the last line was, so that a long step never looks dead.
pub fn run_logged(command: &mut Command, log: &mut File, is_shown: fn(&str) -> bool) -> Result<()> {
    let shown = shown(command);
    writeln!(log, "$ {shown}")?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {shown}"))?;
    let _stop = StopOnSignal::new(terminate_command(child.id()));
    let sink = Arc::new(Mutex::new(Sink { log: log.try_clone()?, last: String::new(), spoke: Instant::now() }));
    let readers = [
        child.stdout.take().map(|s| Box::new(s) as Box<dyn Read + Send>),
        child.stderr.take().map(|s| Box::new(s) as Box<dyn Read + Send>),
    ]
    .into_iter()
    .flatten()
    .map(|stream| {
        let sink = Arc::clone(&sink);
        std::thread::spawn(move || copy_lines(stream, &sink, is_shown))
    })
    .collect::<Vec<_>>();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        sink.lock().unwrap_or_else(PoisonError::into_inner).speak_if_silent();
        std::thread::sleep(Duration::from_millis(100));
    };
    for reader in readers {
        let _ = reader.join();
    }
    if !status.success() {
        bail!("{shown} ended with {status}");
    }
    Ok(())
}

struct Sink {
    log: File,
    last: String,
    spoke: Instant,
}

impl Sink {
    fn speak_if_silent(&mut self) {
        if self.spoke.elapsed() > Duration::from_secs(30) {
            progress::say(&format!("  … {}", self.last.trim()));
            self.spoke = Instant::now();
        }
    }
}

fn copy_lines(stream: impl Read, sink: &Mutex<Sink>, is_shown: fn(&str) -> bool) {
    let mut reader = BufReader::new(stream);
    let mut bytes = Vec::new();
    while matches!(reader.read_until(b'\n', &mut bytes), Ok(n) if n > 0) {
        let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
        let mut sink = sink.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(sink.log, "{line}");
        if is_shown(&line) {
            progress::say(&format!("  {line}"));
            sink.spoke = Instant::now();
        }
        sink.last = line;
        bytes.clear();
    }
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(OsStr::to_string_lossy).map(|word| word.into_owned()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_fails_is_an_error_that_names_it() {
        let error = run(Command::new("sh").args(["-c", "exit 3"])).expect_err("the command failed").to_string();
        assert!(error.contains("sh -c exit 3") && error.contains('3'), "{error}");
    }

    #[test]
    fn a_background_program_is_gone_after_its_guard() {
        let mut command = Command::new("sh");
        command.args(["-c", "while :; do sleep 1; done"]);
        let background = Background::start("a loop", command, None).expect("a shell starts");
        let pid = background.child.id();
        drop(background);
        assert!(!Path::new(&format!("/proc/{pid}")).exists() || !Path::new("/proc").exists());
    }

    #[test]
    fn only_what_cargo_run_sets_is_removed() {
        assert!(is_set_by_cargo_run("CARGO_PKG_NAME") && is_set_by_cargo_run("CARGO_MANIFEST_DIR"));
        assert!(!is_set_by_cargo_run("CARGO_HOME") && !is_set_by_cargo_run("CARGO_INCREMENTAL"));
    }
}
