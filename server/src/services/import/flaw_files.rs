//! The files that an import writes beside its report: all flaws, and the rows that have to be corrected.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use engine::import::{Flaw, Grade, OriginalRow, REFUSAL_REASON_COLUMN, line};

use super::words::Words;
use crate::spreadsheet::harmless;

/// So that Excel reads the text as UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A file that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {path}: {reason}")]
pub struct FileError {
    path: PathBuf,
    reason: io::Error,
}

/// A text file that is written bit by bit; a failure is told at the end.
struct Written {
    path: PathBuf,
    file: BufWriter<File>,
    failure: Option<io::Error>,
}

impl Written {
    fn create(path: &Path) -> Result<Self, FileError> {
        let file = File::create(path).map_err(|reason| FileError { path: path.to_owned(), reason })?;
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file), failure: None })
    }

    fn write(&mut self, text: &str) {
        if self.failure.is_none() {
            self.failure = self.file.write_all(text.as_bytes()).err();
        }
    }

    fn finish(mut self) -> Result<PathBuf, FileError> {
        let flushed = self.file.flush();
        match self.failure.or(flushed.err()) {
            Some(reason) => Err(FileError { path: self.path, reason }),
            None => Ok(self.path),
        }
    }
}

/// Every refusal and doubt, a line each.
pub struct ErrorFile {
    file: Written,
    words: Words,
}

impl ErrorFile {
    /// Creates it with its header.
    ///
    /// # Errors
    /// [`FileError`] when it cannot be written.
    pub fn create(path: &Path, words: Words) -> Result<Self, FileError> {
        let mut file = Written::create(path)?;
        file.write(BYTE_ORDER_MARK);
        file.write("file,sheet,row,column,value,expected,rule,grade,suggestion\n");
        Ok(Self { file, words })
    }

    /// Writes a flaw.
    pub fn take(&mut self, flaw: &Flaw) {
        let line = [
            quoted(&flaw.file),
            quoted(flaw.sheet.as_deref().unwrap_or_default()),
            flaw.row.to_string(),
            quoted(flaw.column.as_deref().unwrap_or_default()),
            quoted(&flaw.value),
            quoted(&self.words.expected(&flaw.expected)),
            flaw.rule.clone(),
            grade(flaw.grade).to_owned(),
            quoted(flaw.suggestion.as_deref().unwrap_or_default()),
        ];
        self.file.write(&format!("{}\n", line.join(",")));
    }

    /// The file that was written.
    ///
    /// # Errors
    /// [`FileError`] when something of it could not be written.
    pub fn finish(self) -> Result<PathBuf, FileError> {
        self.file.finish()
    }
}

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Refused => "refused",
        Grade::Doubtful => "doubtful",
    }
}

/// A CSV field; always quoted, so that it may hold anything, and never a formula.
fn quoted(text: &str) -> String {
    format!("\"{}\"", harmless(text).replace('"', "\"\""))
}

/// The rows to correct: for each table a file with its header and a first column for the reason.
pub struct RefusedFiles {
    /// Where the first table goes; the next ones get `-2`, `-3` … before the ending.
    path: PathBuf,
    words: Words,
    files: Vec<Written>,
    /// File and sheet of the table that is written now.
    current: Option<(String, Option<String>)>,
    failure: Option<FileError>,
}

impl RefusedFiles {
    /// Nothing is written before the first row.
    pub fn new(path: &Path, words: Words) -> Self {
        Self { path: path.to_owned(), words, files: Vec::new(), current: None, failure: None }
    }

    /// Writes a row with its reason.
    pub fn take(&mut self, row: &OriginalRow<'_>) {
        if self.failure.is_some() {
            return;
        }
        let table = (row.table.file.clone(), row.table.sheet.clone());
        let delimiter = row.table.delimiter().unwrap_or(',');
        if self.current.as_ref() != Some(&table) {
            self.current = Some(table);
            match Written::create(&numbered(&self.path, self.files.len())) {
                Ok(mut file) => {
                    // A file of refused rows that is imported again has the column already.
                    let names = own_cells(row, &row.table.header).into_iter().map(String::as_str);
                    let header = line(std::iter::once(REFUSAL_REASON_COLUMN).chain(names), delimiter);
                    file.write(&format!("{BYTE_ORDER_MARK}{header}\n"));
                    self.files.push(file);
                }
                Err(failure) => {
                    self.failure = Some(failure);
                    return;
                }
            }
        }
        let text = self.text(row, delimiter);
        if let Some(file) = self.files.last_mut() {
            file.write(&text);
        }
    }

    fn text(&self, row: &OriginalRow<'_>, delimiter: char) -> String {
        let reason = row.flaw.map(|flaw| self.reason(flaw)).unwrap_or_default();
        let n_columns = row.table.header.len();
        let rule = row.flaw.map(|flaw| flaw.rule.as_str());
        match (row.cells, rule) {
            // A row with too many fields stands there as it is: it is refused again until it is corrected.
            ([text], Some("n_fields")) if n_columns > 1 => {
                let text = without_reason(row, text, delimiter);
                format!("{}{delimiter}{text}\n", line([reason.as_str()], delimiter))
            }
            // A row that could not be split at all is told in the reason; its cells are to be filled in.
            ([text], Some(_)) if n_columns > 1 => {
                let reason = format!("{reason}: {text}");
                let empty = std::iter::repeat_n("", n_columns);
                format!("{}\n", line(std::iter::once(reason.as_str()).chain(empty), delimiter))
            }
            (cells, _) => {
                let cells = own_cells(row, cells).into_iter().map(String::as_str);
                format!("{}\n", line(std::iter::once(reason.as_str()).chain(cells), delimiter))
            }
        }
    }

    fn reason(&self, flaw: &Flaw) -> String {
        let mut arguments = vec![("row", flaw.row.to_string()), ("expected", self.words.expected(&flaw.expected))];
        let reason = match &flaw.column {
            Some(column) => {
                arguments.push(("column", column.clone()));
                self.words.say("reason", &arguments)
            }
            None => self.words.say("reason-row", &arguments),
        };
        harmless(&reason)
    }

    /// The files that were written.
    ///
    /// # Errors
    /// [`FileError`] when one could not be written.
    pub fn finish(self) -> Result<Vec<PathBuf>, FileError> {
        match self.failure {
            Some(failure) => Err(failure),
            None => self.files.into_iter().map(Written::finish).collect(),
        }
    }
}

/// Where the table at `at`, from 0, of several goes: `refused.csv`, `refused-2.csv`.
pub fn numbered(path: &Path, at: usize) -> PathBuf {
    if at == 0 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    path.with_file_name(format!("{stem}-{}{}", at + 1, ending.unwrap_or_default()))
}

/// The cells without a reason of an earlier import.
fn own_cells<'a>(row: &OriginalRow<'_>, cells: &'a [String]) -> Vec<&'a String> {
    let is_own = |at: usize| row.table.header.get(at).is_none_or(|name| !engine::import::is_refusal_reason(name));
    cells.iter().enumerate().filter(|(at, _)| is_own(*at)).map(|(_, cell)| cell).collect()
}

/// The text of a row without the reason of an earlier import, which stands in its first field.
fn without_reason<'t>(row: &OriginalRow<'_>, text: &'t str, delimiter: char) -> &'t str {
    if !row.table.header.first().is_some_and(|name| engine::import::is_refusal_reason(name)) {
        return text;
    }
    let end = match text.starts_with('"') {
        true => text.find(&format!("\"{delimiter}")).map(|at| at + 1),
        false => text.find(delimiter),
    };
    end.map_or(text, |at| &text[at + delimiter.len_utf8()..])
}
