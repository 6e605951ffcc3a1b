//! `import`: a plant's tables into the database.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use engine::import::{Flaw, ImportReport, Options, Profile};

use super::{Console, Progress};
use crate::services::Services;
use crate::services::acting::Caller;
use crate::services::import::{ImportEvent, ImportOptions, ImportSummary, Listener, import, sources};
use crate::spreadsheet::harmless;

/// Row errors that are printed; `--errors` writes all of them.
const N_PRINTED_ERRORS: usize = 20;

/// Reads items, routings and work results. Of a folder it reads every .csv, .tsv and .txt file and skips, with the
/// reason, those that are not one of the tables. Refused rows are reported; the good rows go in.
#[derive(Debug, Args)]
pub struct Import {
    /// Folders and files.
    #[arg(required = true, value_name = "DIR|FILE")]
    paths: Vec<PathBuf>,
    /// How columns are recognised: `auto`, `common` or `erp`.
    #[arg(long, default_value = "auto", value_name = "NAME", value_parser = profile)]
    profile: Profile,
    /// Write every refused row to this file (CSV: file, row, column, value, expected).
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

fn profile(name: &str) -> Result<Profile, String> {
    Profile::by_name(name).ok_or_else(|| "expected auto, common or erp".to_owned())
}

impl Import {
    pub(super) async fn run(&self, services: &Services, console: &mut Console) -> Result<()> {
        let sources = sources(&self.paths)?;
        let refused = Arc::new(Mutex::new(Refused::open(self.errors.as_ref())?));
        let listener = listener(console.progress(), Arc::clone(&refused));
        let read = Options { profile: self.profile, ..Options::default() };
        let options = ImportOptions { read, ..ImportOptions::default() };
        let summary = import(&services.acting(Caller::Console, None), sources, &options, listener).await?;
        console.progress().done();
        {
            let mut refused = refused.lock().unwrap_or_else(PoisonError::into_inner);
            refused.finish(self.errors.as_ref())?;
            for error in &refused.first {
                console.say(&format!("refused: {error}"));
            }
            if refused.n_all > refused.first.len() {
                let more = refused.n_all - refused.first.len();
                console.say(&format!("refused: {more} more rows (--errors FILE writes all of them)"));
            }
        }
        for left_out in &summary.skipped {
            console.say(&format!("skipped: {}", left_out.reason));
        }
        for left_out in &summary.failed {
            console.say(&format!("failed: {}", left_out.reason));
        }
        if self.json {
            console.json(&summary)?;
        } else if !summary.files.is_empty() {
            print(&summary, console)?;
        }
        if !summary.failed.is_empty() {
            bail!("{} of the files could not be read; nothing was imported", summary.failed.len());
        }
        if summary.files.is_empty() {
            bail!("none of the files is a table of items, routings or work results");
        }
        Ok(())
    }
}

fn print(summary: &ImportSummary, console: &mut Console) -> Result<()> {
    for file in &summary.files {
        writeln!(console.out(), "{}", line(file))?;
    }
    writeln!(
        console.out(),
        "new: {} items ({} named by routings only), {} operations, {} work results",
        summary.n_new_items,
        summary.n_unlisted_items,
        summary.n_new_operations,
        summary.n_new_results
    )?;
    writeln!(
        console.out(),
        "plant: {} items ({} with a routing), {} routings, {} work results",
        summary.n_items,
        summary.n_items_with_routing,
        summary.n_routings,
        summary.n_results
    )?;
    Ok(())
}

fn line(file: &ImportReport) -> String {
    format!(
        "{} ({}): {} rows = {} taken + {} duplicates + {} refused",
        file.file,
        file.kind.name(),
        file.n_rows,
        file.n_ok,
        file.n_duplicates,
        file.n_errors
    )
}

fn listener(progress: Progress, refused: Arc<Mutex<Refused>>) -> Listener {
    let current = Mutex::new(String::new());
    Arc::new(move |event| match event {
        ImportEvent::Looking(name) => progress.at(&format!("looking at {name}"), 0.0),
        ImportEvent::Reading(table) => {
            progress.at(&format!("reading {}", table.file), 0.0);
            table.file.clone_into(&mut current.lock().unwrap_or_else(PoisonError::into_inner));
        }
        ImportEvent::Rows(n_rows) => {
            let name = current.lock().unwrap_or_else(PoisonError::into_inner);
            progress.count(&format!("reading {name}: {n_rows} rows"));
        }
        ImportEvent::Row(_, outcome) => {
            let mut refused = refused.lock().unwrap_or_else(PoisonError::into_inner);
            if let Err(refusal) = &outcome.record {
                refused.take(&refusal.flaw);
            }
        }
        ImportEvent::Storing => progress.at("storing", 0.0),
    })
}

/// Refused rows: the first ones to print, all of them into the file.
struct Refused {
    first: Vec<Flaw>,
    n_all: usize,
    file: Option<BufWriter<File>>,
    /// The first failure to write, told at the end.
    failure: Option<std::io::Error>,
}

impl Refused {
    fn open(path: Option<&PathBuf>) -> Result<Self> {
        let file = path
            .map(|path| File::create(path).with_context(|| format!("cannot write {}", path.display())))
            .transpose()?
            .map(BufWriter::new);
        let mut refused = Self { first: Vec::new(), n_all: 0, file, failure: None };
        refused.write("file,row,column,value,expected\n");
        Ok(refused)
    }

    fn take(&mut self, error: &Flaw) {
        self.n_all += 1;
        if self.first.len() < N_PRINTED_ERRORS {
            self.first.push(error.clone());
        }
        let line = [
            quoted(&error.file),
            error.row.to_string(),
            quoted(error.column.as_deref().unwrap_or_default()),
            quoted(&error.value),
            quoted(&error.expected.to_string()),
        ];
        self.write(&format!("{}\n", line.join(",")));
    }

    fn write(&mut self, text: &str) {
        if let Some(file) = &mut self.file
            && self.failure.is_none()
        {
            self.failure = file.write_all(text.as_bytes()).err();
        }
    }

    fn finish(&mut self, path: Option<&PathBuf>) -> Result<()> {
        if let Some(file) = &mut self.file {
            let flushed = file.flush();
            self.failure = self.failure.take().or(flushed.err());
        }
        match (self.failure.take(), path) {
            (Some(failure), Some(path)) => Err(anyhow!(failure).context(format!("cannot write {}", path.display()))),
            _ => Ok(()),
        }
    }
}

/// A CSV field; always quoted, so that it may hold anything, and never a formula.
fn quoted(text: &str) -> String {
    format!("\"{}\"", harmless(text).replace('"', "\"\""))
}
