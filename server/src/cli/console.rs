//! Where a command writes: results to one side, progress and remarks to the other.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use serde::Serialize;

/// How much of the progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    /// One line that is written over.
    Live,
    /// A line per tenth.
    Tenths,
    /// A line per step.
    Steps,
}

/// Results and remarks of one command.
pub struct Console {
    out: Box<dyn Write + Send>,
    progress: Progress,
    /// Whether somebody sits there who can answer.
    can_ask: bool,
}

/// The side of remarks and progress; a clone goes along to other threads.
#[derive(Clone)]
pub struct Progress {
    err: Arc<Mutex<Box<dyn Write + Send>>>,
    detail: Detail,
    /// The step and the tenth shown last.
    shown: Arc<Mutex<(String, u32)>>,
}

impl Console {
    /// Standard output and standard error.
    pub fn of_process(wants_progress: bool) -> Self {
        let detail = match (std::io::stderr().is_terminal(), wants_progress) {
            (true, _) => Detail::Live,
            (false, true) => Detail::Tenths,
            (false, false) => Detail::Steps,
        };
        let can_ask = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        Self { out: Box::new(std::io::stdout()), progress: Progress::new(Box::new(std::io::stderr()), detail), can_ask }
    }

    /// Into writers of one's own.
    pub fn new(out: impl Write + Send + 'static, err: impl Write + Send + 'static) -> Self {
        Self { out: Box::new(out), progress: Progress::new(Box::new(err), Detail::Steps), can_ask: false }
    }

    /// Where results go.
    pub fn out(&mut self) -> &mut (dyn Write + Send) {
        &mut self.out
    }

    /// Writes a result as indented JSON.
    pub fn json(&mut self, value: &impl Serialize) -> Result<()> {
        serde_json::to_writer_pretty(&mut self.out, value)?;
        writeln!(self.out)?;
        Ok(self.out.flush()?)
    }

    /// Writes a remark.
    pub fn say(&self, text: &str) {
        self.progress.say(text);
    }

    /// Asks something that only `y` agrees to; `None` where nobody can answer.
    pub fn ask(&self, question: &str) -> Option<bool> {
        if !self.can_ask {
            return None;
        }
        self.progress.write(&format!("{question} "));
        let mut answer = String::new();
        let is_read = std::io::stdin().read_line(&mut answer).is_ok();
        Some(is_read && matches!(answer.trim(), "y" | "Y" | "yes"))
    }

    /// The side of progress.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }
}

impl Progress {
    fn new(err: Box<dyn Write + Send>, detail: Detail) -> Self {
        Self { err: Arc::new(Mutex::new(err)), detail, shown: Arc::default() }
    }

    /// Writes a remark on a line of its own.
    pub fn say(&self, text: &str) {
        if self.detail == Detail::Live {
            self.write("\r\x1b[2K");
        }
        self.write(&format!("{text}\n"));
    }

    /// Shows that `share` (0 to 1) of the command is done and that it is at `step`.
    pub fn at(&self, step: &str, share: f64) {
        let percent = (share.clamp(0.0, 1.0) * 100.0).floor() as u32;
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new_step = shown.0 != step;
        match self.detail {
            Detail::Live if is_new_step || shown.1 != percent => self.write(&format!("\r\x1b[2K{percent:>3} % {step}")),
            Detail::Tenths if is_new_step || shown.1 / 10 != percent / 10 => {
                self.write(&format!("{percent:>3} % {step}\n"))
            }
            Detail::Steps if is_new_step => self.write(&format!("{step}\n")),
            _ => return,
        }
        *shown = (step.to_owned(), percent);
    }

    /// Shows a count of unknown total, on a terminal only.
    pub fn count(&self, text: &str) {
        if self.detail == Detail::Live {
            self.write(&format!("\r\x1b[2K{text}"));
        }
    }

    /// Ends the line that is written over.
    pub fn done(&self) {
        if self.detail == Detail::Live {
            self.write("\r\x1b[2K");
        }
    }

    fn write(&self, text: &str) {
        let mut err = self.err.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody listens any more: the command itself goes on.
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }
}
