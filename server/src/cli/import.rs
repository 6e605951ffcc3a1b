//! `import`: a plant's tables into the database, and what became of earlier imports.

mod args;
mod columns;
mod history;
mod page;
mod report;
mod running;
mod words;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use app::locale::Locale;
use clap::{Args, Subcommand};
use engine::clean::dates::DateOrder;
use engine::clean::numbers::Decimal;
use engine::domain::Date;
use engine::import::{Encoding, Join, Options, Profile, StatedColumn, TableKind};

use self::words::{Words, n, words_of};
use super::Console;
use crate::config::Config;
use crate::encoder::EncoderStore;
use crate::services::Services;
use crate::services::acting::{Acting, Caller};
use crate::services::import::{
    ImportFailure, ImportOptions, ImportSummary, Left, Profiles, SourceFile, import, nobody, sources,
};
use crate::services::store::{Changes, Mode};

/// Reads items, routings and work results. Of a folder it reads every table and workbook and leaves out, with the reason,
/// those that are something else. Everything is stored together, or nothing. See docs/DATA.md.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Import {
    #[command(subcommand)]
    history: Option<History>,
    #[command(flatten)]
    import: ImportFiles,
    /// Language of the report: `en` or `ko`; else the machine's.
    #[arg(long, global = true, value_name = "LANG", value_parser = lang)]
    lang: Option<Locale>,
}

/// What to do with earlier imports.
#[derive(Debug, Subcommand)]
enum History {
    /// List all imports, the latest first.
    List(history::List),
    /// Show what an import did.
    Show(history::Show),
    /// Take an import back.
    Undo(history::Undo),
}

#[derive(Debug, Args)]
struct ImportFiles {
    /// Folders and files.
    #[arg(required = true, value_name = "DIR|FILE")]
    paths: Vec<PathBuf>,
    /// How columns are recognised: auto, common, erp, sap, erpnext, odoo, or a saved profile.
    #[arg(long, default_value = "auto", value_name = "NAME")]
    profile: String,
    /// Keep how these tables were read, for the next files of the same columns.
    #[arg(long, value_name = "NAME")]
    save_profile: Option<String>,
    /// Encoding of the texts, such as utf-8, cp949, windows-1252.
    #[arg(long, value_name = "NAME", value_parser = args::encoding)]
    encoding: Option<Encoding>,
    /// What separates the fields: , ; tab or |
    #[arg(long, value_name = "CHAR", value_parser = args::delimiter)]
    delimiter: Option<char>,
    /// Sign before the decimals: point or comma.
    #[arg(long, value_name = "SIGN", value_parser = args::decimal)]
    decimal: Option<Decimal>,
    /// Order in dates: ymd, dmy or mdy.
    #[arg(long, value_name = "ORDER", value_parser = args::date_order)]
    date_order: Option<DateOrder>,
    /// What the tables are: items, routings or results.
    #[arg(long, value_name = "KIND", value_parser = args::kind)]
    kind: Option<TableKind>,
    /// What a column is: NAME=FIELD, NAME=FIELD:unit, NAME=attribute, or NAME=- for one that is not used.
    #[arg(long, value_name = "NAME=FIELD[:UNIT]", value_parser = args::column)]
    column: Vec<StatedColumn>,
    /// The plant whose rows are taken.
    #[arg(long, value_name = "NAME")]
    plant: Option<String>,
    /// Codes that differ only so are one: case or zeros.
    #[arg(long, value_name = "HOW", value_parser = args::join)]
    join: Vec<Join>,
    /// Only add: nothing that is there is replaced.
    #[arg(long, conflicts_with = "complete")]
    add: bool,
    /// The files hold all items, routings or results: what they lack is removed.
    #[arg(long, value_name = "KIND", value_parser = args::kind)]
    complete: Vec<TableKind>,
    /// Remove also more than a tenth, without asking.
    #[arg(long, short)]
    yes: bool,
    /// The plant's day, such as 2026-11-30; else today.
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
    /// Do everything but store.
    #[arg(long)]
    dry_run: bool,
    /// End with an error when a value is doubtful.
    #[arg(long)]
    strict: bool,
    /// Write every refusal and doubt to this file, as CSV.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Write the refused rows to this file as they stand, to be corrected and imported alone.
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

fn lang(code: &str) -> Result<Locale, String> {
    Locale::from_code(code).ok_or_else(|| "expected en or ko".to_owned())
}

impl Import {
    pub(super) async fn run(
        self,
        config: &Config,
        services: &Services,
        encoder: &EncoderStore,
        console: &mut Console,
    ) -> Result<()> {
        let words = words_of(self.lang);
        match self.history {
            Some(History::List(command)) => command.run(services, words, console).await,
            Some(History::Show(command)) => command.run(services, words, console).await,
            Some(History::Undo(command)) => command.run(services, words, console).await,
            None => {
                let profiles = Profiles::of_data_dir(&config.data_dir);
                self.import.run(&profiles, (services, encoder), words, console).await
            }
        }
    }
}

impl ImportFiles {
    async fn run(
        self,
        profiles: &Profiles,
        (services, encoder): (&Services, &EncoderStore),
        words: Words,
        console: &mut Console,
    ) -> Result<()> {
        if let Some(name) = &self.save_profile {
            Profiles::check_name(name)?;
            if Profile::by_name(name).is_some() {
                bail!("{name:?} is a built-in profile; choose another name");
            }
        }
        let options = self.options(profiles)?;
        let sources = sources(&self.paths)?;
        let acting = services.acting(Caller::Console, None);
        if !options.complete.is_empty() && !options.is_dry_run {
            self.preview(&acting, &sources, &options, words, console).await?;
        }
        let (imported, left) = self.import(services, encoder, sources, &options, words, console).await?;
        let summary = imported.map_err(|failure| anyhow!(reason(failure, words)))?;
        self.tell(&summary, left, profiles, words, console)?;
        self.judge(&summary, words)
    }

    fn options(&self, profiles: &Profiles) -> Result<ImportOptions> {
        let mut stored = profiles.load()?;
        let profile = match Profile::by_name(&self.profile) {
            Some(profile) => {
                // A built-in profile that is asked for counts alone.
                if profile != Profile::auto() {
                    stored.clear();
                }
                profile
            }
            None => {
                stored.retain(|one| one.name == self.profile);
                if stored.is_empty() {
                    let (name, path) = (&self.profile, profiles.path(&self.profile));
                    bail!(
                        "there is no profile {name:?}; built in are {}, and {} does not exist",
                        Profile::NAMES.join(", "),
                        path.display()
                    );
                }
                Profile::auto()
            }
        };
        let read = Options {
            profile,
            stored,
            encoding: self.encoding,
            delimiter: self.delimiter,
            decimal: self.decimal,
            date_order: self.date_order,
            kind: self.kind,
            columns: self.column.clone(),
            plant: self.plant.clone(),
            joins: self.join.iter().copied().collect(),
        };
        Ok(ImportOptions {
            read,
            mode: if self.add { Mode::Add } else { Mode::Replace },
            complete: self.complete.iter().copied().collect::<BTreeSet<_>>(),
            may_remove_many: self.yes || self.dry_run,
            is_dry_run: self.dry_run,
            as_of: self.as_of,
            wants_refused: self.refused.is_some(),
        })
    }

    /// Tells what would be removed, and asks where that is much.
    async fn preview(
        &self,
        acting: &Acting,
        sources: &[SourceFile],
        options: &ImportOptions,
        words: Words,
        console: &mut Console,
    ) -> Result<()> {
        let dry = ImportOptions { is_dry_run: true, may_remove_many: true, wants_refused: false, ..options.clone() };
        let summary = import(acting, sources.to_vec(), &dry, nobody()).await;
        let summary = summary.map_err(|failure| anyhow!(reason(failure, words)))?;
        // A file that cannot be read is told by the import itself.
        if !summary.failed.is_empty() {
            return Ok(());
        }
        let changes = &summary.changes;
        console.say(&removing(changes, words));
        let is_much =
            [&changes.items, &changes.routings, &changes.results].iter().any(|kind| kind.removed_share() > 0.1);
        if is_much && !self.yes {
            match console.ask(&words.word("ask")) {
                Some(true) => {}
                Some(false) => bail!(words.word("stop-declined")),
                None => bail!(words.word("stop-removes")),
            }
        }
        Ok(())
    }

    fn tell(
        &self,
        summary: &ImportSummary,
        left: Left,
        profiles: &Profiles,
        words: Words,
        console: &mut Console,
    ) -> Result<()> {
        let is_fine = summary.failed.is_empty() && !summary.files.is_empty();
        if self.json {
            console.json(summary)?;
        } else if is_fine {
            report::print(summary, words, console.out())?;
        } else {
            // What came to nothing is no result.
            let mut text = Vec::new();
            report::print(summary, words, &mut text)?;
            console.say(String::from_utf8_lossy(&text).trim_end());
        }
        if let (Some(written), Some(path)) = (left.refused, &self.refused) {
            if written.is_empty() {
                console.say(&words.say("refused-none", &[("path", path.display().to_string())]));
            }
            for path in written {
                console.say(&words.say("refused-written", &[("path", path.display().to_string())]));
            }
        }
        if let Some(name) = self.save_profile.as_ref().filter(|_| is_fine && !self.dry_run) {
            let path = profiles.save(name, &left.tables)?;
            console.say(&words.say("profile-saved", &[("path", path.display().to_string())]));
        }
        let is_saved = Profile::by_name(&self.profile).is_none();
        if is_saved && is_fine && !summary.files.iter().any(|file| file.profile == self.profile) {
            console.say(&words.say("profile-unused", &[("name", self.profile.clone())]));
        }
        Ok(())
    }

    /// How the command ends.
    fn judge(&self, summary: &ImportSummary, words: Words) -> Result<()> {
        if !summary.failed.is_empty() {
            bail!(words.say("stop-failed", &[("n", n(summary.failed.len()))]));
        }
        if summary.files.is_empty() {
            bail!(words.word("stop-none"));
        }
        if self.strict && summary.n_doubtful() > 0 {
            let key = if self.dry_run { "stop-strict-dry" } else { "stop-strict" };
            bail!(words.say(key, &[("n", n(summary.n_doubtful()))]));
        }
        Ok(())
    }
}

fn removing(changes: &Changes, words: Words) -> String {
    words.say(
        "removing",
        &[
            ("items", n(changes.items.n_removed)),
            ("of_items", n(changes.items.n_before)),
            ("routings", n(changes.routings.n_removed)),
            ("of_routings", n(changes.routings.n_before)),
            ("results", n(changes.results.n_removed)),
            ("of_results", n(changes.results.n_before)),
        ],
    )
}

fn reason(failure: ImportFailure, words: Words) -> String {
    match failure {
        ImportFailure::RemovesMany(summary) => {
            format!("{}; {}", removing(&summary.changes, words), words.word("stop-removes"))
        }
        ImportFailure::UnknownColumns { columns } => words.say("stop-columns", &[("columns", columns.join(", "))]),
        ImportFailure::Ended(error) => error.to_string(),
        ImportFailure::Store(error) => error.to_string(),
    }
}
