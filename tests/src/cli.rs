//! The command line in process.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use clap::Parser;
use server::cli::{Cli, Console};

/// What a command wrote and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub out: String,
    pub err: String,
    pub result: Result<(), String>,
}

/// A writer that can be read afterwards.
#[derive(Clone, Default)]
struct Page(Arc<Mutex<Vec<u8>>>);

impl Page {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("no writer panics").clone()).expect("commands write UTF-8")
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no writer panics").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Runs `routing-ml --data-dir DIR ARGS…` on SQLite.
pub async fn run(data_dir: &Path, args: &[&str]) -> Ran {
    let url = format!("sqlite://{}?mode=rwc", data_dir.join("cli.sqlite").display());
    run_at(data_dir, &[&["--database-url", &url][..], args].concat()).await
}

/// Runs `routing-ml --data-dir DIR ARGS…`.
pub async fn run_at(data_dir: &Path, args: &[&str]) -> Ran {
    let fixed = ["routing-ml", "--data-dir", data_dir.to_str().expect("a temporary path is UTF-8")];
    let cli = match Cli::try_parse_from(fixed.iter().chain(args)) {
        Ok(cli) => cli,
        Err(error) => return Ran { out: String::new(), err: error.to_string(), result: Err("arguments".into()) },
    };
    let (out, err) = (Page::default(), Page::default());
    let mut console = Console::new(out.clone(), err.clone());
    let result = cli.run(&mut console).await.map_err(|error| format!("{error:#}"));
    Ran { out: out.text(), err: err.text(), result }
}

impl Ran {
    /// The output of a command that must succeed.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.result, Ok(()), "{}", self.err);
        self.out
    }
}
