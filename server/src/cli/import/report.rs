//! What an import did, for a person at a terminal of 80 columns.
//!
//! Comes in: the summary. Goes out: text, the warnings first.

mod flaws;

use std::collections::BTreeMap;
use std::io::{self, Write};

use engine::import::{Encoding, Field, ImportReport, LikeCode, TableKind};

use super::columns;
use super::page::{cut, wrapped};
use super::words::{Words, n};
use crate::services::import::ImportSummary;
use crate::services::store::KindChanges;

/// Words taken as missing that are told.
const N_MISSING: usize = 8;
/// Shrunk routings, days and the like that are told.
const N_LISTED: usize = 6;

/// Prints a summary.
pub fn print(summary: &ImportSummary, words: Words, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { words, out };
    page.warnings(summary)?;
    for file in &summary.files {
        page.table(file)?;
    }
    flaws::print(&summary.flaws, &mut page)?;
    page.held(summary)?;
    page.alike(summary)?;
    for left_out in &summary.skipped {
        page.line(0, &words.say("left-out", &[("reason", words.error(&left_out.error))]))?;
    }
    for failed in &summary.failed {
        page.line(0, &words.say("failed", &[("reason", words.error(&failed.error))]))?;
    }
    if !summary.files.is_empty() && summary.failed.is_empty() {
        page.changes(summary)?;
    }
    Ok(())
}

/// Where it is printed.
struct Page<'a> {
    words: Words,
    out: &'a mut dyn Write,
}

impl Page<'_> {
    fn line(&mut self, indent: usize, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", wrapped(text, indent, indent + 2))
    }

    fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// What a person should look at before trusting the rest.
    fn warnings(&mut self, summary: &ImportSummary) -> io::Result<()> {
        let words = self.words;
        let mut warnings = Vec::new();
        let mut has_suspicious = false;
        for file in &summary.files {
            for column in file.suspicious() {
                has_suspicious = true;
                let what = words.word(&format!("like-{}", column.looks_like.as_deref().unwrap_or_default()));
                let named = ("column", format!("{:?}", column.column));
                warnings.push(words.say("suspicious", &[place(file), named, ("what", what)]));
            }
            for (column, n_numbers) in &file.number_codes {
                let named = [place(file), ("column", format!("{column:?}")), ("n", n(*n_numbers))];
                warnings.push(words.say("number-codes", &named));
            }
            if is_bare(file) {
                warnings.push(words.say("bare", &[place(file)]));
            }
            for field in &file.assumed {
                warnings.push(words.say(&format!("assumed-{}", field.name()), &[place(file)]));
            }
        }
        if let Some(plant) = &summary.plant {
            let n_others: u64 = summary.files.iter().map(|file| file.n_other_plants).sum();
            warnings.push(words.say("plant", &[("plant", plant.clone()), ("n", n(n_others))]));
        }
        if warnings.is_empty() {
            return Ok(());
        }
        self.line(0, &words.word("first"))?;
        for warning in warnings {
            self.line(0, &format!("! {warning}"))?;
        }
        if has_suspicious {
            self.line(2, &words.word("suspicious-how"))?;
        }
        self.blank()
    }

    fn table(&mut self, file: &ImportReport) -> io::Result<()> {
        let words = self.words;
        let kind = self.kind(file.kind);
        let title = match &file.sheet {
            Some(sheet) => {
                words.say("table-sheet", &[("file", file.file.clone()), ("sheet", sheet.clone()), ("kind", kind)])
            }
            None => words.say("table", &[("file", file.file.clone()), ("kind", kind)]),
        };
        self.line(0, &title)?;
        let encoding =
            Encoding::from_name(&file.encoding).map_or(file.encoding.to_uppercase(), |one| one.name().into());
        let mut form =
            vec![("encoding", encoding), ("row", file.header_row.to_string()), ("profile", file.profile.clone())];
        let key = match file.delimiter {
            Some(delimiter) => {
                form.push(("delimiter", self.delimiter(delimiter)));
                "form-text"
            }
            None => "form",
        };
        self.line(2, &words.say(key, &form))?;
        columns::print(file, words, self.out)?;
        self.line(
            2,
            &words.say(
                "rows",
                &[
                    ("rows", n(file.n_rows)),
                    ("ok", n(file.n_ok)),
                    ("duplicates", n(file.n_duplicates)),
                    ("refused", n(file.n_errors)),
                ],
            ),
        )?;
        let counts = [
            ("doubtful", file.n_doubtful),
            ("continued", file.n_continued),
            ("blank", file.n_blank),
            ("hidden", file.n_hidden_rows),
        ];
        let more: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(key, count)| words.say(key, &[("n", n(*count))]))
            .collect();
        if !more.is_empty() {
            self.line(2, &more.join(", "))?;
        }
        if !file.no_data.is_empty() {
            let one = |(kind, count): (&String, &u64)| words.say(&format!("no-data-{kind}"), &[("n", n(*count))]);
            let list = file.no_data.iter().map(one).collect::<Vec<_>>().join(", ");
            self.line(2, &words.say("no-data", &[("list", list)]))?;
        }
        if !file.missing.is_empty() {
            let list = self.missing(&file.missing);
            self.line(2, &words.say("missing", &[("list", list)]))?;
        }
        self.blank()
    }

    fn missing(&self, missing: &BTreeMap<String, u64>) -> String {
        let mut sorted: Vec<(&String, &u64)> = missing.iter().collect();
        sorted.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        let shown = sorted.iter().take(N_MISSING).map(|(word, count)| format!("{word} ({})", n(**count))).collect();
        self.words.list(shown, sorted.len())
    }

    fn kind(&self, kind: TableKind) -> String {
        self.words.word(&format!("kind-{}", kind.name()))
    }

    fn delimiter(&self, delimiter: char) -> String {
        match delimiter {
            ',' => self.words.word("delimiter-comma"),
            ';' => self.words.word("delimiter-semicolon"),
            '\t' => self.words.word("delimiter-tab"),
            other => other.to_string(),
        }
    }

    fn held(&mut self, summary: &ImportSummary) -> io::Result<()> {
        if summary.held.n == 0 {
            return Ok(());
        }
        let shown =
            summary.held.first.iter().take(N_LISTED).map(|one| format!("{} / {}", one.item, one.routing)).collect();
        let list = self.words.list(shown, summary.held.n);
        self.line(0, &self.words.say("held", &[("n", n(summary.held.n)), ("list", list)]))?;
        self.line(2, &self.words.word("held-how"))?;
        self.blank()
    }

    fn alike(&mut self, summary: &ImportSummary) -> io::Result<()> {
        let (words, alike) = (self.words, &summary.look_alike);
        if alike.n == 0 {
            return Ok(());
        }
        self.line(0, &words.say("alike", &[("n", n(alike.n)), ("joined", n(alike.n_joined))]))?;
        for code in alike.first.iter().take(N_LISTED) {
            self.line(2, &alike_code(code, words))?;
        }
        if alike.n > N_LISTED {
            self.line(2, &words.say("place-more", &[("n", n(alike.n - N_LISTED))]))?;
        }
        if alike.n_joined < alike.n {
            self.line(2, &words.word("alike-join"))?;
        }
        self.blank()
    }

    fn changes(&mut self, summary: &ImportSummary) -> io::Result<()> {
        let (words, changes) = (self.words, &summary.changes);
        let kinds = [
            (TableKind::Items, &changes.items),
            (TableKind::Routings, &changes.routings),
            (TableKind::WorkResults, &changes.results),
        ];
        let concerned = kinds.into_iter().filter(|(_, counts)| is_concerned(counts)).collect::<Vec<_>>();
        if !concerned.is_empty() {
            self.line(0, &words.word("changes"))?;
        }
        for (kind, counts) in concerned {
            self.kind_changes(kind, counts)?;
        }
        if changes.n_mended > 0 {
            self.line(2, &words.say("mended", &[("n", n(changes.n_mended))]))?;
        }
        if !changes.shrunk.is_empty() {
            let one = |one: &crate::services::store::Shrunk| {
                format!("{} / {} ({} → {})", one.item, one.routing, one.n_before, one.n_after)
            };
            let list = words.list(changes.shrunk.iter().take(N_LISTED).map(one).collect(), changes.shrunk.len());
            self.line(0, &format!("! {}", words.say("shrunk", &[("n", n(changes.shrunk.len())), ("list", list)])))?;
        }
        if changes.n_expired > 0 {
            let day = ("day", summary.as_of.to_string());
            self.line(2, &words.say("expired", &[day, ("n", n(changes.n_expired))]))?;
        }
        if !changes.due.is_empty() {
            let one = |(day, count): (&engine::domain::Date, &usize)| {
                words.say("due-day", &[("day", day.to_string()), ("n", n(*count))])
            };
            let list = words.list(changes.due.iter().take(N_LISTED).map(one).collect(), changes.due.len());
            self.line(2, &words.say("due", &[("list", list)]))?;
        }
        self.line(
            0,
            &words.say(
                "new",
                &[
                    ("items", n(summary.n_new_items)),
                    ("unlisted", n(summary.n_unlisted_items)),
                    ("operations", n(summary.n_new_operations)),
                    ("results", n(summary.n_new_results)),
                ],
            ),
        )?;
        self.line(
            0,
            &words.say(
                "plant-totals",
                &[
                    ("items", n(summary.n_items)),
                    ("routed", n(summary.n_items_with_routing)),
                    ("routings", n(summary.n_routings)),
                    ("results", n(summary.n_results)),
                ],
            ),
        )?;
        if summary.n_held_routings > 0 {
            self.line(0, &words.say("plant-held", &[("n", n(summary.n_held_routings))]))?;
        }
        match summary.no {
            _ if summary.is_dry_run => self.line(0, &words.word("dry-run")),
            Some(no) => self.line(0, &words.say("undo-hint", &[("no", no.to_string())])),
            None => Ok(()),
        }
    }

    fn kind_changes(&mut self, kind: TableKind, counts: &KindChanges) -> io::Result<()> {
        let arguments = [
            ("kind", self.kind(kind)),
            ("new", n(counts.n_new)),
            ("changed", n(counts.n_changed)),
            ("removed", n(counts.n_removed)),
            ("unchanged", n(counts.n_unchanged)),
        ];
        self.line(2, &self.words.say("changes-kind", &arguments))
    }
}

/// Whether an import brings or removes anything of a kind.
fn is_concerned(counts: &KindChanges) -> bool {
    counts.n_new + counts.n_changed + counts.n_unchanged + counts.n_removed > 0
}

fn place(file: &ImportReport) -> (&'static str, String) {
    let name = match &file.sheet {
        Some(sheet) => format!("{} ({sheet})", file.file),
        None => file.file.clone(),
    };
    ("file", cut(&name, 40))
}

/// A table of routings that tells nothing of its operations but what they are.
fn is_bare(file: &ImportReport) -> bool {
    let tells = |field: Field| field.is_time() || matches!(field, Field::ResCd | Field::ResNm | Field::Alternatives);
    file.kind == TableKind::Routings && !file.columns.iter().any(|column| tells(column.field))
}

fn alike_code(code: &LikeCode, words: Words) -> String {
    let of = match code.of {
        engine::import::CodeOf::Item => "item",
        engine::import::CodeOf::Job => "job",
        engine::import::CodeOf::WorkCentre => "work_centre",
    };
    let arguments = [
        ("of", words.word(&format!("alike-of-{of}"))),
        ("code", code.code.clone()),
        ("like", code.like.clone()),
        ("how", words.word(&format!("alike-how-{}", code.how))),
        ("state", words.word(if code.is_joined { "alike-joined" } else { "alike-apart" })),
    ];
    words.say("alike-code", &arguments)
}
