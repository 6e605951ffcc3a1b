//! `predict`: candidate routings as one JSON object per line.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use engine::domain::Item;
use engine::import::Profile;
use engine::predict::{OwnHistory, PredictOptions};
use futures::{StreamExt, TryStreamExt};

use super::Console;
use crate::services::Services;
use crate::services::import::{file_name, read_items};

/// Items of one piece of work.
const ITEMS_PER_PIECE: usize = 50;
/// Pieces that are worked on or wait for being written.
const PIECES_AT_ONCE: usize = 4;

/// Predicts for items of a table, known or unknown, and for items by code. Each line is one `Prediction` as described
/// in docs/API.md, in the order asked: the file first.
#[derive(Debug, Args)]
pub struct Predict {
    /// A table of items (`item_cd`, `item_nm`, attributes); `-` is standard input.
    #[arg(long, value_name = "FILE|-", required_unless_present = "item")]
    items: Option<PathBuf>,
    /// An item by code; may be given several times.
    #[arg(long, value_name = "CODE")]
    item: Vec<String>,
    /// How past routings of the item itself are used.
    #[arg(long, value_enum, default_value_t = History::First)]
    own_history: History,
    /// Where the lines go; `-` is standard output.
    #[arg(long, value_name = "FILE|-", default_value = "-")]
    out: PathBuf,
}

/// How past routings of the item itself are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum History {
    /// As if the item were new.
    Ignore,
    /// Its own routings lead.
    First,
    /// Both lists, each with ranks of its own.
    Beside,
}

impl From<History> for OwnHistory {
    fn from(history: History) -> Self {
        match history {
            History::Ignore => Self::Ignore,
            History::First => Self::First,
            History::Beside => Self::Beside,
        }
    }
}

impl Predict {
    pub(super) async fn run(&self, services: &Services, console: &mut Console) -> Result<()> {
        let mut queries = self.items.as_ref().map(|path| read(path, console)).transpose()?.unwrap_or_default();
        queries.extend(self.item.iter().map(Item::new));
        if queries.is_empty() {
            bail!("there is no item to predict for");
        }
        let options = PredictOptions { own_history: self.own_history.into(), ..PredictOptions::default() };
        let to_stdout = self.out.as_os_str() == "-";
        let mut file = (!to_stdout)
            .then(|| File::create(&self.out).with_context(|| format!("cannot write {}", self.out.display())))
            .transpose()?
            .map(BufWriter::new);
        let n_queries = queries.len();
        let progress = console.progress();
        progress.at(&format!("predicting for {n_queries} items"), 0.0);
        let pieces: Vec<Vec<Item>> = queries.chunks(ITEMS_PER_PIECE).map(<[Item]>::to_vec).collect();
        let work = pieces.into_iter().map(|piece| services.predict_items(piece, options));
        let mut answers = futures::stream::iter(work).buffered(PIECES_AT_ONCE);
        let mut n_done = 0;
        while let Some(predictions) = answers.try_next().await? {
            n_done += predictions.len();
            progress.at(&format!("predicting for {n_queries} items"), n_done as f64 / n_queries as f64);
            let out: &mut dyn Write = match &mut file {
                Some(file) => file,
                None => console.out(),
            };
            for prediction in predictions {
                serde_json::to_writer(&mut *out, &prediction)?;
                out.write_all(b"\n")?;
            }
        }
        progress.done();
        match &mut file {
            Some(file) => file.flush().with_context(|| format!("cannot write {}", self.out.display()))?,
            None => console.out().flush()?,
        }
        Ok(())
    }
}

fn read(path: &PathBuf, console: &Console) -> Result<Vec<Item>> {
    let (items, errors, n_others) = if path.as_os_str() == "-" {
        read_items("standard input", std::io::stdin().lock(), Profile::auto())?
    } else {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        read_items(&file_name(path), file, Profile::auto())?
    };
    if n_others > 0 {
        bail!("{}: this is a table of routings or work results, not of items", path.display());
    }
    for error in &errors {
        console.say(&format!("refused: {error}"));
    }
    if items.is_empty() {
        bail!("{}: the table holds no item", path.display());
    }
    Ok(items)
}
