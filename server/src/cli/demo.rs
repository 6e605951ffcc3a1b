//! `demo`: the tables of an invented plant.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use engine::demo::{DEMO_FILES, DemoFile, DemoSettings, stream};

use super::Console;

/// Writes `items.csv`, `routings.csv` and `work_results.csv`. The same size and seed give the same bytes.
#[derive(Debug, Args)]
pub struct Demo {
    /// Distinct items.
    #[arg(long, default_value_t = 5000, value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
    items: u32,
    /// Everything that is drawn follows from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Items on top of these: codes of standard routings.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=300))]
    standard_codes: u32,
    /// Folder for the tables; made when it does not exist.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Also write the routings that were left out of the tables, to compare predictions with.
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
}

impl Demo {
    pub(super) fn run(&self, console: &mut Console) -> Result<()> {
        std::fs::create_dir_all(&self.out).with_context(|| format!("cannot create {}", self.out.display()))?;
        let paths = DEMO_FILES.map(|file| match file {
            DemoFile::Truth => self.truth.clone(),
            table => Some(self.out.join(table.file_name())),
        });
        let mut files: Vec<Option<BufWriter<File>>> = Vec::new();
        for path in &paths {
            let create = |path: &PathBuf| {
                File::create(path).map(BufWriter::new).with_context(|| format!("cannot write {}", path.display()))
            };
            files.push(path.as_ref().map(create).transpose()?);
        }
        console.progress().at(&format!("making a plant of {} items with seed {}", self.items, self.seed), 0.0);
        let settings = DemoSettings {
            items: usize::try_from(self.items)?,
            seed: self.seed,
            standard_codes: usize::try_from(self.standard_codes)?,
        };
        let mut emit = |file: DemoFile, piece: &str| -> std::io::Result<()> {
            match files.get_mut(file as usize).and_then(Option::as_mut) {
                Some(writer) => writer.write_all(piece.as_bytes()),
                None => Ok(()),
            }
        };
        stream(&settings, &mut emit, &mut |_| {}).context("cannot write the tables")?;
        for file in files.iter_mut().flatten() {
            file.flush().context("cannot write the tables")?;
        }
        console.progress().done();
        for path in paths.iter().flatten() {
            writeln!(console.out(), "{}", path.display())?;
        }
        Ok(())
    }
}
