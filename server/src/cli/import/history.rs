//! Imports of the past: what there is, what one did, and taking one back.

use anyhow::{Result, bail};
use app::wording::format;
use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::page::{WIDTH, cut, wrapped};
use super::report;
use super::words::{Words, n};
use crate::background::Share;
use crate::cli::Console;
use crate::db::imports::{ImportRow, ImportState};
use crate::services::Services;
use crate::services::acting::Caller;
use crate::services::import::ImportSummary;
use crate::services::store::{self, UndoError, UndoneImport, UndoneKind};

/// Lists all imports, the latest first.
#[derive(Debug, Args)]
pub struct List {
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

/// Shows what an import did.
#[derive(Debug, Args)]
pub struct Show {
    /// Number or id of the import.
    #[arg(value_name = "ID")]
    import: String,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

/// Takes an import back: what was there before counts again, unless it was changed since.
#[derive(Debug, Args)]
pub struct Undo {
    /// Number or id of the import.
    #[arg(value_name = "ID")]
    import: String,
    /// Tell what would happen, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Do it without asking.
    #[arg(long, short)]
    yes: bool,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

/// An import as `--json` writes it.
#[derive(Serialize)]
struct Entry<'a> {
    no: i64,
    id: &'a str,
    at: &'a str,
    by: &'a str,
    state: ImportState,
    as_of: Option<engine::domain::Date>,
    files: Value,
    changes: Value,
    n_items: usize,
    n_routings: usize,
    n_held_routings: usize,
    n_results: usize,
    /// Without versions it cannot be taken back.
    can_be_undone: bool,
    undone_at: Option<&'a str>,
    undone_by: Option<&'a str>,
    /// What was printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Value>,
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

impl<'a> Entry<'a> {
    fn of(import: &'a ImportRow) -> Self {
        let some = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        Self {
            no: import.no,
            id: &import.id,
            at: &import.at,
            by: &import.by,
            state: import.state,
            as_of: import.as_of,
            files: json(&import.files),
            changes: json(&import.changes),
            n_items: import.counts.n_items,
            n_routings: import.counts.n_routings,
            n_held_routings: import.counts.n_held,
            n_results: import.counts.n_results,
            can_be_undone: import.state == ImportState::Done && import.has_versions,
            undone_at: some(&import.undone_at),
            undone_by: some(&import.undone_by),
            report: None,
        }
    }
}

fn state(import: &ImportRow, words: Words) -> String {
    words.word(match import.state {
        ImportState::Staging => "state-staging",
        ImportState::Done => "state-done",
        ImportState::Undone => "state-undone",
        ImportState::Failed => "state-failed",
    })
}

/// Names of the files, and sizes where they are known.
fn files(import: &ImportRow) -> Vec<(String, Option<usize>)> {
    let files = json(&import.files);
    let one = |file: &Value| {
        let name = file["name"].as_str().or_else(|| file["file"].as_str()).or_else(|| file.as_str())?;
        Some((name.to_owned(), file["size_bytes"].as_u64().and_then(|size| usize::try_from(size).ok())))
    };
    files.as_array().into_iter().flatten().filter_map(one).collect()
}

impl List {
    pub async fn run(self, services: &Services, words: Words, console: &mut Console) -> Result<()> {
        let all = store::list(&services.db).await?;
        if self.json {
            return console.json(&all.iter().map(Entry::of).collect::<Vec<_>>());
        }
        if all.is_empty() {
            writeln!(console.out(), "{}", words.word("none-yet"))?;
        }
        for import in &all {
            let names = files(import).into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(", ");
            let arguments = [
                ("no", format!("{:>4}", import.no)),
                ("at", format::day_and_minute(&import.at)),
                ("state", state(import, words)),
                ("by", import.by.clone()),
                ("files", names),
            ];
            writeln!(console.out(), "{}", cut(&words.say("head-short", &arguments), WIDTH))?;
        }
        Ok(())
    }
}

impl Show {
    pub async fn run(self, services: &Services, words: Words, console: &mut Console) -> Result<()> {
        let Some(import) = store::find(&services.db, &self.import).await? else {
            bail!(words.say("undo-unknown", &[("no", self.import)]));
        };
        if self.json {
            let report = Some(json(&import.report));
            return console.json(&Entry { report, ..Entry::of(&import) });
        }
        let head = [
            ("no", import.no.to_string()),
            ("at", format::day_and_minute(&import.at)),
            ("by", import.by.clone()),
            ("state", state(&import, words)),
        ];
        writeln!(console.out(), "{}", wrapped(&words.say("head", &head), 0, 2))?;
        if !import.undone_at.is_empty() {
            let at = ("at", format::day_and_minute(&import.undone_at));
            writeln!(console.out(), "{}", words.say("head-undone", &[at, ("by", import.undone_by.clone())]))?;
        }
        for (name, size) in files(&import) {
            let size = size.map_or_else(|| "–".to_owned(), format::bytes);
            writeln!(
                console.out(),
                "  {}",
                cut(&words.say("head-file", &[("name", name), ("size", size)]), WIDTH - 2)
            )?;
        }
        // Imports from before there were reports have none.
        if let Ok(summary) = serde_json::from_str::<ImportSummary>(&import.report) {
            writeln!(console.out())?;
            report::print(&summary, words, console.out())?;
        }
        Ok(())
    }
}

/// What `import undo --json` writes.
#[derive(Serialize)]
struct UndoReport<'a> {
    import: Entry<'a>,
    is_dry_run: bool,
    items: &'a UndoneKind,
    routings: &'a UndoneKind,
    results: &'a UndoneKind,
}

impl Undo {
    pub async fn run(self, services: &Services, words: Words, console: &mut Console) -> Result<()> {
        let acting = services.acting(Caller::Console, None);
        let refused = |error| anyhow::anyhow!(reason(error, words));
        let preview = store::undo(&acting, &self.import, true).await.map_err(refused)?;
        let no = preview.import.no.to_string();
        if !self.json {
            print_undo(&preview, words, console)?;
        }
        // A person is asked; a script has said what it wants.
        if !self.dry_run && !self.yes && console.ask(&words.word("ask")) == Some(false) {
            bail!(words.word("stop-declined-undo"));
        }
        let done =
            if self.dry_run { preview } else { store::undo(&acting, &self.import, false).await.map_err(refused)? };
        // Nobody else may be there to do it; where somebody is, it is done once.
        services.make_snapshot(Share::Whole).await?;
        if self.json {
            return console.json(&UndoReport {
                import: Entry::of(&done.import),
                is_dry_run: self.dry_run,
                items: &done.items,
                routings: &done.routings,
                results: &done.results,
            });
        }
        let key = if self.dry_run { "dry-run-undo" } else { "undone" };
        writeln!(console.out(), "{}", words.say(key, &[("no", no)]))?;
        Ok(())
    }
}

fn reason(error: UndoError, words: Words) -> String {
    let say = |key: &str, no: String| words.say(key, &[("no", no)]);
    match error {
        UndoError::Unknown(no) => say("undo-unknown", no),
        UndoError::Already(no) => say("undo-already", no.to_string()),
        UndoError::NotDone(no) => say("undo-not-done", no.to_string()),
        UndoError::TooOld(no) => say("undo-too-old", no.to_string()),
        UndoError::Store(error) => error.to_string(),
    }
}

fn print_undo(undone: &UndoneImport, words: Words, console: &mut Console) -> Result<()> {
    let at = format::day_and_minute(&undone.import.at);
    let title = words.say("undo-title", &[("no", undone.import.no.to_string()), ("at", at)]);
    writeln!(console.out(), "{title}")?;
    for (kind, parts) in [("items", &undone.items), ("routings", &undone.routings), ("work_results", &undone.results)] {
        let counts = [
            ("kind", words.word(&format!("kind-{kind}"))),
            ("back", n(parts.taken_back.n)),
            ("kept", n(parts.kept.n)),
            ("failed", n(parts.failed.n)),
        ];
        writeln!(console.out(), "{}", wrapped(&words.say("undo-kind", &counts), 2, 4))?;
        for (key, part) in [("undo-kept", &parts.kept), ("undo-failed-list", &parts.failed)] {
            if part.n > 0 {
                let list = words.list(part.first.clone(), part.n);
                writeln!(console.out(), "{}", wrapped(&words.say(key, &[("list", list)]), 4, 6))?;
            }
        }
    }
    Ok(())
}
